//! A feed → the line that `feed --json` prints.

use crate::feed::Feed;
use crate::model::Problem;
use serde_json::{Value, json};

/// One line a feed; where it could not be parsed, `ok` is false and `error` says why.
#[must_use]
pub fn feed(path: &str, parsed: &Result<Feed, Problem>) -> Value {
    let empty = Feed::default();
    let feed = parsed.as_ref().unwrap_or(&empty);
    let entries = feed.entries.iter().map(|e| {
        let enclosures = e.enclosures.iter().map(|x| json!({"url": x.url, "type": x.media_type, "length": x.length}));
        json!({
            "id": e.id,
            "url": e.url,
            "title": e.title,
            "summary": e.summary,
            "content": e.content,
            "authors": e.authors,
            "published": e.published,
            "updated": e.updated,
            "enclosures": enclosures.collect::<Vec<_>>(),
        })
    });
    json!({
        "path": path,
        "ok": parsed.is_ok(),
        "error": parsed.as_ref().err().map(|p| p.message.clone()),
        "title": feed.title,
        "link": feed.link,
        "language": feed.language,
        "entries": entries.collect::<Vec<_>>(),
    })
}
