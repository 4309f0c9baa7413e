//! JSON lines → documents, or articles where `extract` has printed them; a bad line is a problem, and the next is read.

use super::{Got, Input, Item, file, problem};
use crate::limits::LINE_BYTES;
use parallax_core::model::{Access, Article, ArticleId, ArticleKind, Carrier, Document, Moment, Outlet, Problem, Text};
use serde::Deserialize;
use std::io::{self, BufRead};

const REMEDY: &str = "give one JSON object a line, at least {\"id\": …, \"text\": …}";

/// The documents of a reader, one a line; blank lines are passed over.
pub fn documents(path: String, mut reader: Box<dyn BufRead + Send>) -> impl Iterator<Item = Got> + Send {
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            number += 1;
            let place = format!("{path}:{number}");
            match next_line(&mut reader) {
                Ok(None) => return None,
                Ok(Some(Line::Whole(bytes))) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(Line::Whole(bytes))) => return Some(parse(&place, &bytes)),
                Ok(Some(Line::TooLong)) => {
                    let message = format!("the line is longer than {LINE_BYTES} bytes");
                    return Some(Err(problem(&place, &message, REMEDY)));
                }
                Err(error) => {
                    ended = true;
                    return Some(Err(file::unreadable(&place, &error)));
                }
            }
        }
        None
    })
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// The next line without its end; the bytes beyond the limit are read past, not kept.
fn next_line(reader: &mut dyn BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut length = 0;
    let mut begun = false;
    loop {
        let chunk = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let ended = chunk.is_empty();
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        length += part.len();
        if length <= LINE_BYTES {
            line.extend_from_slice(part);
        }
        begun |= !ended;
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if ended || end.is_some() {
            return Ok(begun.then_some(if length > LINE_BYTES { Line::TooLong } else { Line::Whole(line) }));
        }
    }
}

fn parse(place: &str, bytes: &[u8]) -> Got {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let line = String::from_utf8_lossy(bytes);
    let mut problems = Vec::new();
    if matches!(line, std::borrow::Cow::Owned(_)) {
        let message = "the line holds bytes that are not UTF-8; they were replaced by \u{FFFD}";
        problems.push(problem(place, message, "save the file as UTF-8"));
    }
    let bad = |error: serde_json::Error| problem(place, &format!("this is no document: {error}"), REMEDY);
    // What `extract` prints has all of these; documents of the contract have none.
    let item = if line.contains("\"access\"") && line.contains("\"agencies\"") && line.contains("\"carrier\"") {
        Item::Article(Box::new(serde_json::from_str::<Extracted>(&line).map_err(bad)?.into_article(&mut problems)))
    } else {
        Item::Document(serde_json::from_str::<Document>(&line).map_err(bad)?)
    };
    Ok(Input { item, problems })
}

/// The object that `extract` prints; what `read` adds to it is ignored and found anew.
#[derive(Deserialize)]
struct Extracted {
    id: String,
    text: String,
    url: Option<String>,
    title: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(default)]
    agencies: Vec<String>,
    outlet: Option<OutletObject>,
    carrier: Option<OutletObject>,
    published: Option<String>,
    updated: Option<String>,
    language: Option<String>,
    translated_from: Option<String>,
    access: String,
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct OutletObject {
    name: Option<String>,
    domain: Option<String>,
    country: Option<String>,
}

impl Extracted {
    fn into_article(self, problems: &mut Vec<Problem>) -> Article {
        let id = self.id;
        let mut moment = |text: Option<String>| {
            let text = text?;
            let parsed = text.parse::<Moment>();
            if parsed.is_err() {
                problems.push(problem(
                    &id,
                    &format!("“{text}” is no date or time"),
                    "write it as in ISO 8601: 2025-12-03T05:19:00+01:00",
                ));
            }
            parsed.ok()
        };
        let (published, updated) = (moment(self.published), moment(self.updated));
        Article {
            url: self.url,
            title: self.title,
            text: Text::new(self.text),
            authors: self.authors,
            agencies: self.agencies,
            outlet: self.outlet.map(|o| Outlet { name: o.name, domain: o.domain, country: o.country }),
            carrier: self.carrier.map(|c| Carrier { name: c.name, domain: c.domain }),
            published,
            updated,
            language: self.language,
            translated_from: self.translated_from,
            access: ACCESS.into_iter().find(|a| a.word() == self.access).unwrap_or_default(),
            kind: KINDS.into_iter().find(|k| k.word() == self.kind).unwrap_or_default(),
            id: ArticleId(id),
            ..Article::default()
        }
    }
}

const ACCESS: [Access; 5] = [Access::Full, Access::Excerpt, Access::Headline, Access::Refused, Access::Notice];
const KINDS: [ArticleKind; 12] = [
    ArticleKind::Report,
    ArticleKind::Analysis,
    ArticleKind::Opinion,
    ArticleKind::Interview,
    ArticleKind::Explainer,
    ArticleKind::Live,
    ArticleKind::Results,
    ArticleKind::Weather,
    ArticleKind::Markets,
    ArticleKind::Gallery,
    ArticleKind::Listing,
    ArticleKind::Other,
];
