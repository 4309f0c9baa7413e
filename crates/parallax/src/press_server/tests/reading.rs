//! Feeds and pages of the press, read by the core: what comes out is what was written.

use super::{PRESS, asked, at, header, revisions};
use crate::input::{Input, Item};
use crate::pipeline;
use crate::press_server::Desk;
use crate::press_server::article::{Article, Paragraph, Revision};
use crate::press_server::outlet::{FeedKind, Outlet};
use parallax_core::feed;
use parallax_core::model::{self, ArticleId, Format, Page};

/// An entry of Atom without an author is by the feed's (RFC 4287, 4.2.1).
fn credited<'a>(outlet: &'a Outlet, article: &'a Article) -> Vec<&'a str> {
    match (&article.authors[..], outlet.feed) {
        ([], FeedKind::Atom) => vec![&outlet.name],
        (authors, _) => authors.to_vec(),
    }
}

#[test]
fn feeds_are_read_with_titles_summaries_authors_and_times() {
    let now = PRESS.last_change();
    for desk in &PRESS.desks {
        let outlet = &desk.outlet;
        let response = asked(now, &outlet.domain, outlet.feed.path(), &[]);
        let read = feed::parse(response.body()).expect("a feed");
        assert!(read.problems.is_empty(), "{}: {:?}", outlet.id, read.problems);
        assert_eq!(read.title.as_deref(), Some(outlet.name.as_str()));
        assert_eq!(read.language.as_deref(), Some(outlet.language.as_str()), "{}", outlet.id);
        assert_eq!(read.entries.len(), desk.articles.len().min(20), "{}", outlet.id);
        for (entry, article) in read.entries.iter().zip(desk.articles.iter().rev()) {
            let last = article.revisions.last().expect("never empty");
            let same = |said: &Option<String>, time| said.as_deref().map(at) == Some(time);
            assert!(same(&entry.published, article.published().instant()), "{}: {entry:?}", outlet.id);
            if article.revisions.len() > 1 {
                assert!(same(&entry.updated, last.at.instant()), "{}: {entry:?}", outlet.id);
            }
            assert_eq!(entry.authors, credited(outlet, article), "{}: {entry:?}", outlet.id);
            if article.garble.is_some() {
                assert_ne!(entry.summary.as_deref(), Some(article.header("summary")), "mojibake is planted here");
                continue;
            }
            assert_eq!(entry.title.as_deref(), Some(last.title));
            assert_eq!(entry.summary.as_deref(), Some(article.header("summary")), "{}", outlet.id);
        }
    }
}

/// The text that a reader should get: what is shown, without the page's notices.
fn text_of(revision: &Revision) -> String {
    let shown = revision.paragraphs.iter().filter_map(|paragraph| match paragraph {
        Paragraph::Text(text) | Paragraph::Heading(text) | Paragraph::Link { title: text, .. } => Some(*text),
        Paragraph::Notice(_) => None,
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The first paragraphs that are in one text alone.
fn first_difference(expected: &str, read: &str) -> String {
    let missing = expected.lines().find(|line| !read.lines().any(|l| l == *line)).unwrap_or("");
    let surplus = read.lines().find(|line| !expected.lines().any(|l| l == *line)).unwrap_or("");
    format!("  missing: {missing}\n  surplus: {surplus}")
}

/// Of a hundred pages, so many are read with all that was written, and so many with nothing else. Both only rise.
const COMPLETE: usize = 99;
const PURE: usize = 99;

/// A page as it stood, as the fetcher gets it.
pub(super) fn page(desk: &Desk, article: &Article, revision: &Revision) -> Page {
    let address = format!("http://{}{}", desk.outlet.domain, article.path);
    let response = asked(revision.at.instant(), &desk.outlet.domain, article.path, &[]);
    let charset = header(&response, "content-type").split_once("charset=").map(|(_, charset)| charset.to_owned());
    let bytes = response.into_body();
    Page { id: ArticleId(address.clone()), url: Some(address), format: Format::Html, charset, bytes }
}

/// A page in full, as the core reads it.
pub(super) fn read(desk: &Desk, article: &Article, revision: &Revision) -> model::Article {
    let input = Input { item: Item::Page(page(desk, article, revision)), problems: Vec::new() };
    pipeline::extract(Ok(input), parallax_almanac::almanac()).expect("it is read")
}

#[test]
fn pages_are_read_as_they_were_written() {
    let (mut pages, mut complete, mut pure, mut exact) = (0, 0, 0, 0);
    let mut wrong = String::new();
    for (desk, article, revision) in revisions().filter(|(_, article, _)| article.header("gold-access") == "full") {
        let (written, read) = (text_of(revision), read(desk, article, revision).text.to_string());
        // Some templates show the summary above the text, as a standfirst: it may be read with the text.
        let first = read.split_once('\n').filter(|(first, _)| *first == article.header("summary"));
        let without_standfirst = first.map_or(&*read, |(_, text)| text);
        pages += 1;
        exact += usize::from(read == written);
        complete += usize::from(written.lines().all(|paragraph| read.lines().any(|line| line == paragraph)));
        if read == written || without_standfirst == written {
            pure += 1;
        } else {
            wrong +=
                &format!("{}{}\n{}\n", desk.outlet.id, article.path, first_difference(&written, without_standfirst));
        }
    }
    println!(
        "of {pages} pages, {complete} are read with every paragraph, {pure} with nothing else but a standfirst, {exact} \
         exactly; otherwise:\n{wrong}"
    );
    assert!(complete * 100 >= pages * COMPLETE, "{complete} of {pages} are complete:\n{wrong}");
    assert!(pure * 100 >= pages * PURE, "{pure} of {pages} are pure:\n{wrong}");
}
