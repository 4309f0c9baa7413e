//! The bytes of a page → the feeds that its head offers (`<link rel="alternate">`, as the HTML standard has it, 4.6.7.1).

use super::tree::attributes;
use crate::limits::{FEEDS_OFFERED, PAGE_BYTES};
use crate::text::decode;
use std::collections::BTreeMap;

/// Media types of feeds; `application/json` is one only where WordPress does not offer its pages by it.
const FEEDS: [&str; 5] =
    ["application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml"];

/// A feed that a page offers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offered {
    /// As it stands there: perhaps relative to the page.
    pub href: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// The feeds that a page offers, in its order, those of comments last.
#[must_use]
pub fn offered(page: &[u8]) -> Vec<Offered> {
    let text = decode(&page[..page.len().min(PAGE_BYTES)], None, false).text;
    let nothing = BTreeMap::new();
    let mut found: Vec<Offered> = Vec::new();
    let mut rest: &str = &text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.find("-->").map_or("", |end| &rest[end + 3..]);
            continue;
        }
        let Some(tag) = rest.get(..5).filter(|tag| tag[..4].eq_ignore_ascii_case("link")) else { continue };
        if !tag.ends_with(|c: char| c.is_whitespace() || c == '/') {
            continue;
        }
        let (named, _, after) = attributes(&rest[4..], &nothing);
        rest = after;
        let value = |name: &str| named.iter().find(|(n, _)| n == name).map(|(_, v)| v.trim());
        let has = |name: &str, word: &str| {
            value(name).is_some_and(|v| v.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
        };
        let kind = value("type").unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        if !has("rel", "alternate") || !FEEDS.contains(&kind.as_str()) {
            continue;
        }
        let Some(href) = value("href").filter(|href| !href.is_empty()) else { continue };
        let title = value("title").filter(|title| !title.is_empty()).map(ToOwned::to_owned);
        if !found.iter().any(|f| f.href == href) {
            found.push(Offered { href: href.to_owned(), title });
        }
        if found.len() == FEEDS_OFFERED {
            break;
        }
    }
    found.sort_by_key(|feed| feed.href.to_lowercase().contains("comment"));
    found
}
