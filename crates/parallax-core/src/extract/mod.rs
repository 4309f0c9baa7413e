//! A page, or a document of JSON lines → an article: its text without furniture, who published it, who carries it, when.

mod access;
mod credits;
mod dateline;
mod frame;
mod furniture;
mod head;
mod html;
mod kind;
mod marked;
mod markup;
mod metadata;
mod paragraphs;
mod plain;
mod provenance;
mod structured;
mod tail;
mod title;
mod wire;

use crate::almanac::Almanac;
use crate::limits::{ARTICLE_BYTES, PAGE_BYTES};
use crate::model::{Article, Document, Format, Outlet, Page, Problem, Stage, Text};
use crate::text;

/// Reads a page: markup or saved text, in whatever encoding. Never fails: a strange page gives less, plus a problem.
#[must_use]
pub fn article(page: &Page, almanac: &Almanac) -> Article {
    let mut problems = Vec::new();
    let mut problem = |message: &str, remedy: &str| {
        problems.push(Problem {
            stage: Stage::Extract,
            document: Some(page.id.0.clone()),
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        });
    };
    let mut bytes = &page.bytes[..];
    if bytes.len() > PAGE_BYTES {
        bytes = &bytes[..PAGE_BYTES];
        problem("the page is very large: only its beginning was read", "save the article alone");
    }
    let decoded = text::decode(bytes, page.charset.as_deref(), page.format == Format::Html);
    if decoded.binary {
        problem("this is no text", "give a saved page, plain text or JSON lines");
    } else if decoded.malformed {
        problem("some bytes could not be decoded and stand as U+FFFD", "save the page as UTF-8");
    }
    let mended = text::mend(&decoded.text);
    let seen = visible(&mended);
    let mut article = match page.format {
        Format::Plain => plain::article(page, &seen, almanac),
        Format::Html => {
            let (article, bare) = html::article(page, &seen, almanac);
            if bare {
                problem(
                    "the markup is nested too deeply or has too many elements: it was read as bare lines",
                    "save the article alone",
                );
            }
            article
        }
    };
    if article.text.is_empty() && !decoded.binary {
        problem("there is no text here", "check that the page was saved with its contents");
    }
    article.problems = problems;
    within_limit(article)
}

/// Cuts a text that is too long at a paragraph, or inside a single endless one, and says so.
fn within_limit(mut article: Article) -> Article {
    if article.text.len() <= ARTICLE_BYTES {
        return article;
    }
    let most = article.text.floor_char_boundary(ARTICLE_BYTES);
    // A paragraph may end just there.
    let ends = article.text[most..].starts_with('\n');
    let end = if ends { most } else { article.text[..most].rfind('\n').filter(|end| *end > 0).unwrap_or(most) };
    article.text = Text::new(article.text[..end].to_owned());
    article.problems.push(Problem {
        stage: Stage::Extract,
        document: Some(article.id.0.clone()),
        message: "the text is very long: only its beginning was read".to_owned(),
        remedy: "give each report as a document of its own".to_owned(),
    });
    article
}

/// Without control characters, which no reader sees. Joiners and direction marks stay: scripts need them.
fn visible(text: &str) -> String {
    text.chars().filter(|c| (!c.is_control() || c.is_whitespace()) && !matches!(c, '\u{FEFF}' | '\u{AD}')).collect()
}

/// Takes a document as it is: its text verbatim, its hints as hints.
#[must_use]
pub fn document(document: Document, almanac: &Almanac) -> Article {
    let url = document.url.as_deref();
    let outlet = match document.source.as_deref() {
        Some(source) if source.contains('.') && !source.contains(' ') => Some(provenance::outlet_at(source, almanac)),
        Some(source) => Some(provenance::outlet_named(source, almanac)),
        None => url.map(|url| provenance::outlet_at(url, almanac)),
    };
    let claimed =
        document.country.as_deref().and_then(|code| almanac.outlets.country_of_code(&code.to_ascii_uppercase()));
    let outlet = outlet
        .map(|outlet| Outlet { country: outlet.country.or(claimed.map(|country| country.code.clone())), ..outlet });
    let labels = document.title.as_deref().map(title::labels).unwrap_or_default();
    let signs = kind::Signs { url, title: document.title.as_deref(), labels: &labels, ..kind::Signs::default() };
    let kind = kind::kind(&signs, &document.text, &almanac.kinds);
    within_limit(Article {
        kind,
        id: document.id,
        url: document.url,
        title: document.title,
        text: Text::new(document.text),
        outlet: outlet.filter(|outlet| outlet.name.is_some() || outlet.domain.is_some()),
        published: document.date.as_deref().and_then(dateline::iso),
        language: document.lang.filter(|tag| metadata::is_tag(tag)),
        ..Article::default()
    })
}
