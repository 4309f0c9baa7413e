//! JSON Feed (versions 1 and 1.1, jsonfeed.org) → a feed.

use super::sanitise::{sanitise, visible};
use super::{Enclosure, Entry, Feed, dates};
use serde_json::Value;

/// `None` where the JSON is none or no feed.
pub(super) fn parse(text: &str) -> Option<Feed> {
    let value: Value = serde_json::from_str(text).ok()?;
    let items = value.get("items").and_then(Value::as_array)?;
    Some(Feed {
        title: string(&value, "title"),
        link: string(&value, "home_page_url").or_else(|| string(&value, "feed_url")),
        language: string(&value, "language"),
        entries: items.iter().map(|item| entry(item, &value)).collect(),
        problems: Vec::new(),
    })
}

fn string(value: &Value, name: &str) -> Option<String> {
    let text = match value.get(name)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn entry(item: &Value, feed: &Value) -> Entry {
    let markup = |name: &str| string(item, name).map(|text| sanitise(&text)).filter(|text| !text.is_empty());
    let authors = [item, feed].into_iter().map(authors).find(|authors| !authors.is_empty());
    let attachments = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
    Entry {
        id: string(item, "id"),
        url: string(item, "url").or_else(|| string(item, "external_url")),
        title: string(item, "title").map(|title| visible(&title)),
        summary: markup("summary"),
        content: markup("content_html").or_else(|| string(item, "content_text")),
        authors: authors.unwrap_or_default(),
        published: string(item, "date_published").and_then(|date| dates::iso(&date)),
        updated: string(item, "date_modified").and_then(|date| dates::iso(&date)),
        enclosures: attachments
            .filter_map(|file| {
                Some(Enclosure {
                    url: string(file, "url")?,
                    media_type: string(file, "mime_type"),
                    length: file.get("size_in_bytes").and_then(Value::as_u64),
                })
            })
            .collect(),
    }
}

fn authors(of: &Value) -> Vec<String> {
    let several = of.get("authors").and_then(Value::as_array).into_iter().flatten();
    several
        .chain(of.get("author"))
        .filter_map(|author| string(author, "name").or_else(|| string(author, "url")))
        .collect()
}
