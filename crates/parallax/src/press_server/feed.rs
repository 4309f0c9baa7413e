//! An outlet's articles at a moment → its feed as bytes: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1.

use super::Desk;
use super::article::{Article, Revision};
use super::markup::{encoded, escaped, garbled};
use super::outlet::{FeedKind, Outlet};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fmt::Write;

/// Entries of a feed: the newest.
const ENTRIES: usize = 20;

/// The outlet's feed as it stands then, last `changed` when; `base` is the address its paths begin with.
pub(super) fn feed(desk: &Desk, now: Timestamp, base: &str, changed: Timestamp) -> Vec<u8> {
    let outlet = &desk.outlet;
    let entries: Vec<Entry<'_>> =
        desk.standing(now).rev().take(ENTRIES).map(|(a, r)| Entry::new(outlet, a, r, base)).collect();
    let text = match outlet.feed {
        FeedKind::Rss => rss(outlet, &entries, base),
        FeedKind::Atom => atom(outlet, &entries, base, changed),
        FeedKind::Json => json_feed(outlet, &entries, base),
    };
    encoded(&text, outlet.feed_encoding())
}

/// An article as a feed tells of it; mojibake where that is planted.
struct Entry<'a> {
    /// Its address for good, wherever this feed was fetched.
    id: String,
    url: String,
    title: String,
    summary: String,
    article: &'a Article,
    revision: &'a Revision,
}

impl<'a> Entry<'a> {
    fn new(outlet: &Outlet, article: &'a Article, revision: &'a Revision, base: &str) -> Self {
        Entry {
            id: format!("https://{}{}", outlet.domain, article.path),
            url: format!("{base}{}", article.path),
            title: garbled(revision.title, article.garble),
            summary: garbled(article.header("summary"), article.garble),
            article,
            revision,
        }
    }

    /// Whether it was changed after it appeared.
    fn is_revised(&self) -> bool {
        self.revision.at.instant() > self.article.published().instant()
    }
}

fn rss(outlet: &Outlet, entries: &[Entry<'_>], base: &str) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"{}\"?>\n\
         <!-- Sample press of Parallax: outlet, people, places and events are invented. -->\n\
         <rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\n\
         <channel>\n<title>{}</title>\n<link>{}/</link>\n<description>{1}</description>\n<language>{}</language>\n",
        outlet.charset(),
        escaped(&outlet.name),
        escaped(base),
        escaped(&outlet.language),
    );
    for entry in entries {
        out += "<item>\n";
        element(&mut out, "title", &entry.title);
        element(&mut out, "link", &entry.url);
        let _ = writeln!(out, "<guid isPermaLink=\"false\">{}</guid>", escaped(&entry.id));
        element(&mut out, "pubDate", &entry.article.published().for_rss());
        if entry.is_revised() {
            element(&mut out, "dcterms:modified", entry.revision.at.written);
        }
        element(&mut out, "category", entry.article.header("section"));
        for author in &entry.article.authors {
            element(&mut out, "dc:creator", author);
        }
        // A description is markup, and so escaped twice (RSS 2.0).
        element(&mut out, "description", &escaped(&entry.summary));
        out += "</item>\n";
    }
    out + "</channel>\n</rss>\n"
}

fn atom(outlet: &Outlet, entries: &[Entry<'_>], base: &str, changed: Timestamp) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"{}\"?>\n\
         <!-- Sample press of Parallax: outlet, people, places and events are invented. -->\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        outlet.charset(),
        escaped(&outlet.language),
    );
    element(&mut out, "title", &outlet.name);
    element(&mut out, "id", &format!("https://{}/", outlet.domain));
    let base = escaped(base);
    let _ = writeln!(out, "<link href=\"{base}/\"/>\n<link rel=\"self\" href=\"{base}{}\"/>", outlet.feed.path());
    element(&mut out, "updated", &changed.to_string());
    let _ = writeln!(out, "<author><name>{}</name></author>", escaped(&outlet.name));
    for entry in entries {
        out += "<entry>\n";
        element(&mut out, "title", &entry.title);
        element(&mut out, "id", &entry.id);
        let _ = writeln!(out, "<link href=\"{}\"/>", escaped(&entry.url));
        element(&mut out, "published", entry.article.published().written);
        element(&mut out, "updated", entry.revision.at.written);
        for author in &entry.article.authors {
            let _ = writeln!(out, "<author><name>{}</name></author>", escaped(author));
        }
        let _ = writeln!(out, "<category term=\"{}\"/>", escaped(entry.article.header("section")));
        element(&mut out, "summary", &entry.summary);
        out += "</entry>\n";
    }
    out + "</feed>\n"
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escaped(text));
}

fn json_feed(outlet: &Outlet, entries: &[Entry<'_>], base: &str) -> String {
    let item = |entry: &Entry<'_>| {
        let authors: Vec<Value> = entry.article.authors.iter().map(|name| json!({ "name": name })).collect();
        json!({
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "date_published": entry.article.published().written,
            "date_modified": entry.revision.at.written,
            "authors": authors,
            "tags": [entry.article.header("section")],
        })
    };
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": "Sample press of Parallax: outlet, people, places and events are invented.",
        "home_page_url": format!("{base}/"),
        "feed_url": format!("{base}{}", outlet.feed.path()),
        "language": outlet.language,
        "items": entries.iter().map(item).collect::<Vec<_>>(),
    });
    format!("{feed:#}\n")
}
