//! What the sample press serves, held against its files and against what the core reads out of it.

use super::answer::answer;
use super::article::{self, Article, Paragraph, Revision};
use super::template::Template;
use super::{Clock, Desk, SamplePress, outlet, serve};
use crate::input::{Input, Item};
use crate::pipeline;
use axum::http::{Method, Request, Response};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use parallax_core::feed;
use parallax_core::model::{ArticleId, Format, Page};
use std::io::{Read, Write};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

static PRESS: LazyLock<SamplePress> = LazyLock::new(|| SamplePress::load().expect("the bundled files are right"));

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

/// Asks a host for a path at a moment, with headers.
fn asked(now: Timestamp, host: &str, path: &str, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
    let request = Request::builder().uri(path).header("host", host);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    answer(&PRESS, now, &request.body(()).unwrap().into_parts().0)
}

fn got(now: Timestamp, host: &str, path: &str) -> (u16, String) {
    let response = asked(now, host, path, &[]);
    (response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned())
}

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

/// Every revision of every article with its outlet.
fn revisions() -> impl Iterator<Item = (&'static Desk, &'static Article, &'static Revision)> {
    let articles = PRESS.desks.iter().flat_map(|desk| desk.articles.iter().map(move |article| (desk, article)));
    articles.flat_map(|(desk, article)| article.revisions.iter().map(move |revision| (desk, article, revision)))
}

#[test]
fn all_files_are_read() {
    let articles: usize = PRESS.desks.iter().map(|desk| desk.articles.len()).sum();
    assert!(PRESS.desks.len() >= 12 && articles >= 90, "{articles} articles of {} outlets", PRESS.desks.len());
    assert_eq!(PRESS.feeds().len(), PRESS.desks.len());
    assert!(revisions().count() > articles, "some are revised");
    assert_eq!(PRESS.first_day(), at("2026-03-02T00:00:00Z"));
    assert!(PRESS.last_change() > at("2026-03-05T12:00:00Z") && PRESS.last_change() < at("2026-03-06T00:00:00Z"));
}

#[test]
fn a_mistake_names_file_and_line() {
    const HEAD: &str = "=== /a\npublished: 2026-03-02T01:20:00-03:00\nsection: S\ntitle: T\nsummary: U\n\
                        gold-story: alone\ngold-kind: report\ngold-access: full\n";
    fn check(more: &str, expected: &str) {
        let text: &'static str = Box::leak(format!("{HEAD}{more}").into_boxed_str());
        let mistake = article::articles("articles/x.txt", text).expect_err(expected);
        assert_eq!(mistake.to_string(), expected);
    }
    check("titel: T\n\nText.", "articles/x.txt:9: unknown header \"titel\"");
    check("title: T\n\nText.", "articles/x.txt:9: title stands twice");
    check("garble: latin-99\n\nText.", "articles/x.txt:1: \"latin-99\" is no encoding");
    check("\n", "articles/x.txt:1: there is no text");
    check("\n* /b no title\n", "articles/x.txt:10: a link is written * /path | title");
    check("\nText.\n--- 2026-03-02T01:20:00-03:00\nText.", "articles/x.txt:11: older than the revision before it");
    check("\nText.\n\n--- Monday\nText.", "articles/x.txt:12: \"Monday\" is no time like 2026-03-02T07:40:00+01:00");
    check("\nText.\n\n=== b\n", "articles/x.txt:12: \"b\" is no path: it begins with a slash");
    check("\nText.\n\n=== /b\n", "articles/x.txt:12: no published");
    let twice: &'static str = Box::leak(format!("{HEAD}\nText.\n\n{HEAD}\nText.\n").into_boxed_str());
    let mistake = article::articles("articles/x.txt", twice).expect_err("one address for two articles");
    assert_eq!(mistake.to_string(), "articles/x.txt:12: /a stands twice");

    let outlets = "[[outlet]]\nid = \"a\"\nname = \"A\"\ncountry = \"GB\"\nlanguage = \"en\"\ndomain = \"a.org\"\n";
    let mistake = format!("{:#}", outlet::outlets("outlets.toml", outlets).expect_err("a real domain"));
    assert!(mistake.contains("outlets.toml") && mistake.contains("line 6") && mistake.contains("somebody"), "{mistake}");

    let template = Template::parse("templates/t.html", "<p>\n{{title}} {{titel}}").expect("it can be cut");
    let filled = template.fill(|name| (name == "title").then(String::new)).expect_err("an unknown place");
    assert_eq!(filled.to_string(), "templates/t.html:2: there is nothing to fill {{titel}} with");
    let open = Template::parse("templates/t.html", "<p>\n\n{{title\n}}").expect_err("it is not closed");
    assert!(open.to_string().starts_with("templates/t.html:3: "), "{open}");
}

#[test]
fn an_article_is_there_from_its_hour_on_and_changes_at_its_revisions() {
    for (desk, article, revision) in revisions().filter(|(_, article, _)| !article.is_entry_only()) {
        let domain = &desk.outlet.domain;
        let since = revision.at.instant();
        let before = asked(since - Duration::from_secs(1), domain, article.path, &[]);
        let after = asked(since, domain, article.path, &[]);
        assert_eq!(after.status(), 200, "{domain}{}", article.path);
        let is_first = std::ptr::eq(revision, &article.revisions[0]);
        assert_eq!(before.status(), if is_first { 404 } else { 200 }, "{domain}{}", article.path);
        assert_ne!(before.body(), after.body(), "{domain}{}", article.path);
        let place = desk.outlet.feed.path();
        let feed_of = |now| feed::parse(asked(now, domain, place, &[]).body()).expect("a feed");
        let address = format!("http://{domain}{}", article.path);
        let listed = |now| feed_of(now).entries.iter().any(|entry| entry.url.as_deref() == Some(&address));
        assert_eq!((listed(since - Duration::from_secs(1)), listed(since)), (!is_first, true), "{address}");
    }
}

#[test]
fn a_page_that_is_entry_only_is_refused() {
    let refused: Vec<_> = revisions().filter(|(_, article, _)| article.is_entry_only()).collect();
    assert!(!refused.is_empty());
    for (desk, article, _) in refused {
        assert_eq!(got(PRESS.last_change(), &desk.outlet.domain, article.path).0, 403, "{}", article.path);
        let (_, feed) = got(PRESS.last_change(), &desk.outlet.domain, desk.outlet.feed.path());
        assert!(feed.contains(article.path), "its entry is in the feed");
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
            assert_eq!(entry.authors.is_empty() || entry.authors == article.authors, true, "{entry:?}");
            if article.garble.is_some() {
                assert_ne!(entry.title.as_deref(), Some(last.title), "mojibake is planted here");
                continue;
            }
            assert_eq!(entry.title.as_deref(), Some(last.title));
            assert_eq!(entry.summary.as_deref(), Some(article.header("summary")), "{}", outlet.id);
        }
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let now = at("2026-03-04T12:00:00Z");
    let host = "rheinblick.example";
    for path in ["/", "/atom.xml", "/robots.txt"] {
        let first = asked(now, host, path, &[]);
        assert_eq!(first.status(), 200, "{path}");
        let (tag, since) = (header(&first, "etag").to_owned(), header(&first, "last-modified").to_owned());
        for known in [[("if-none-match", tag.as_str())], [("if-modified-since", since.as_str())]] {
            let again = asked(now, host, path, &known);
            assert_eq!((again.status().as_u16(), again.body().len()), (304, 0), "{path} {known:?}");
            assert_eq!(header(&again, "etag"), tag);
        }
        let other = asked(now, host, path, &[("if-none-match", "\"other\""), ("if-modified-since", &since)]);
        assert_eq!(other.status(), 200, "the tag outweighs the date");
    }
    let feed = asked(now, host, "/atom.xml", &[]);
    let known = [("if-none-match", header(&feed, "etag")), ("if-modified-since", header(&feed, "last-modified"))];
    assert_eq!(asked(PRESS.last_change(), host, "/atom.xml", &known).status(), 200, "there is news");
    assert_eq!(asked(PRESS.last_change(), host, "/atom.xml", &known[1..]).status(), 200);
}

#[test]
fn gzip_goes_to_those_who_take_it() {
    let now = PRESS.last_change();
    let plain = asked(now, "al-marsad.example", "/feed.xml", &[("accept-encoding", "br, gzip;q=0")]);
    assert_eq!(header(&plain, "content-encoding"), "");
    let packed = asked(now, "al-marsad.example", "/feed.xml", &[("accept-encoding", "gzip, br;q=0.5")]);
    assert_eq!(header(&packed, "content-encoding"), "gzip");
    assert!(packed.body().len() < plain.body().len());
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed.body()[..]).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(&unpacked, plain.body());
}

#[test]
fn hosts_and_paths_lead_to_their_outlets() {
    let now = PRESS.last_change();
    for desk in &PRESS.desks {
        let outlet = &desk.outlet;
        let (status, front) = got(now, &outlet.domain, "/");
        let feed = format!("href=\"http://{}{}\"", outlet.domain, outlet.feed.path());
        assert!(status == 200 && front.contains("rel=\"alternate\"") && front.contains(&feed), "{front}");
        let (status, front) = got(now, "127.0.0.1:8080", &format!("/{}/", outlet.id));
        let feed = format!("href=\"http://127.0.0.1:8080/{}{}\"", outlet.id, outlet.feed.path());
        assert!(status == 200 && front.contains(&feed), "{front}");
        let feed = asked(now, "127.0.0.1:8080", &format!("/{}{}", outlet.id, outlet.feed.path()), &[]);
        let read = feed::parse(feed.body()).expect("a feed");
        let address = read.entries.iter().filter_map(|entry| entry.url.as_deref());
        for address in address.map(|url| url.strip_prefix("http://127.0.0.1:8080").expect("it leads here")) {
            assert!(matches!(got(now, "127.0.0.1:8080", address).0, 200 | 403), "{address}");
        }
    }
    let (_, feed) = got(now, "Rheinblick.example.:8080", "/atom.xml");
    assert!(feed.contains("<link href=\"http://rheinblick.example:8080/"), "the port is kept: {feed}");
    let (status, root) = got(now, "127.0.0.1:8080", "/");
    assert!(status == 200 && root.contains("href=\"/rheinblick/atom.xml\""), "{root}");
    for (host, path) in [("127.0.0.1", "/nobody/feed.xml"), ("rheinblick.example", "/nothing"), ("", "/feed.xml")] {
        assert_eq!(got(now, host, path).0, 404, "{host}{path}");
    }
    let (mut request, ()) = Request::builder().uri("/atom.xml").body(()).unwrap().into_parts();
    request.method = Method::POST;
    assert_eq!(answer(&PRESS, now, &request).status(), 405);
}

#[test]
fn links_of_a_page_beneath_the_server_lead_on() {
    let now = PRESS.last_change();
    let (desk, article, _) = revisions().filter(|(_, a, _)| !a.is_entry_only()).last().expect("there are articles");
    let (_, page) = got(now, "127.0.0.1:8080", &format!("/{}{}", desk.outlet.id, article.path));
    let inside = page.to_lowercase();
    let links: Vec<_> = inside.split("href=\"/").skip(1).chain(inside.split("href=/").skip(1)).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with(&desk.outlet.id)), "{page}");
}

#[test]
fn robots_are_let_in_but_one_outlet_asks_for_more() {
    let of = |domain: &str| got(PRESS.first_day(), domain, "/robots.txt").1;
    assert_eq!(of("rheinblick.example"), "User-agent: *\nDisallow: \n");
    let asks: Vec<_> = PRESS.desks.iter().filter(|desk| of(&desk.outlet.domain).contains("Crawl-delay: ")).collect();
    assert_eq!(asks.len(), 1);
    let disallowed = asks[0].outlet.disallow.as_deref().expect("a path");
    assert!(of(&asks[0].outlet.domain).contains(&format!("Disallow: {disallowed}\n")) && disallowed.len() > 1);
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

#[test]
fn pages_are_read_as_they_were_written() {
    let (mut pages, mut wrong) = (0, Vec::new());
    for (desk, article, revision) in revisions().filter(|(_, article, _)| article.header("gold-access") == "full") {
        let address = format!("http://{}{}", desk.outlet.domain, article.path);
        let response = asked(revision.at.instant(), &desk.outlet.domain, article.path, &[]);
        let charset = header(&response, "content-type").split_once("charset=").map(|(_, charset)| charset.to_owned());
        let page = Page {
            id: ArticleId(address.clone()),
            url: Some(address.clone()),
            format: Format::Html,
            charset,
            bytes: response.body().clone(),
        };
        let input = Input { item: Item::Page(page), problems: Vec::new() };
        let read = pipeline::extract(Ok(input), parallax_almanac::almanac()).expect("it is read");
        pages += 1;
        let expected = text_of(revision);
        if *read.text != *expected {
            wrong.push(format!("{address}\n{}", first_difference(&expected, &read.text)));
        }
    }
    println!("{} of {pages} pages are read as they were written; the others:\n{}", pages - wrong.len(), wrong.join("\n"));
    assert!(wrong.len() * 20 <= pages, "{} of {pages} pages are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_reader_on_the_network_gets_the_press_until_it_is_told_to_stop() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let press = Arc::new(SamplePress::load().expect("the bundled files are right"));
    let clock = Clock::starting_at(press.last_change(), 1);
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = runtime.spawn(serve(press, clock, listener, async { stopped.await.unwrap_or(()) }));
    for feed in PRESS.feeds() {
        let path = feed.url.split_once(&feed.domain).expect("its domain is in its address").1;
        let mut connection = std::net::TcpStream::connect(address).expect("it listens");
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", feed.domain).unwrap();
        let mut response = Vec::new();
        connection.read_to_end(&mut response).expect("it answers");
        assert!(response.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", String::from_utf8_lossy(&response));
        let end = response.windows(4).position(|window| window == b"\r\n\r\n").expect("headers end") + 4;
        let read = feed::parse(&response[end..]).expect("a feed");
        assert_eq!((read.title, read.language), (Some(feed.outlet), Some(feed.language)));
    }
    stop.send(()).expect("it still runs");
    runtime.block_on(server).expect("no panic").expect("it ends well");
    assert!(std::net::TcpStream::connect(address).is_err(), "nobody listens any more");
}
