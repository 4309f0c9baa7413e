//! A page's markup → its article: main text by two extractors of different temper, metadata by what the page says of itself.

use super::access;
use super::credits;
use super::furniture::Piece;
use super::markup;
use super::metadata::{Metadata, metadata};
use super::paragraphs::{paragraphs, weight};
use super::plain;
use super::provenance::{outlet_at, outlet_named};
use crate::almanac::{Almanac, Role};
use crate::limits::{MARKUP_DEPTH, MARKUP_TAGS};
use crate::model::{Access, Article, Outlet, Page, Text};
use dom_smoothie::{Config, Readability, TextMode};
use trafilatura::{ExtractionFocus, Options};

/// Less than this is not taken for an article while another extractor has more.
const TOO_LITTLE: usize = 200;

/// Reads decoded markup. The second result says that the page was too deep or large for a tree and was read as bare lines.
#[must_use]
pub fn article(page: &Page, html: &str, almanac: &Almanac) -> (Article, bool) {
    let structure = markup::structure(html);
    let about = metadata(html, page.url.as_deref(), &almanac.furniture);
    if structure.depth > MARKUP_DEPTH || structure.tags > MARKUP_TAGS {
        let bare = plain::article(page, &markup::lines(html), almanac);
        return (Article { title: about.title.or(bare.title), language: about.language, ..bare }, true);
    }
    let (mut lines, wall, notice) = main_text(html, &about, almanac);
    let mut agencies = Vec::new();
    if let Some(last) = lines.last_mut() {
        agencies.extend(credits::take_end_credit(last, &almanac.outlets));
    }
    agencies.extend(lines.iter().take(2).flat_map(|line| credits::dateline_agencies(line, &almanac.outlets)));
    let mut authors: Vec<String> = Vec::new();
    for author in &about.authors {
        let bare = almanac.furniture.after(Role::Byline, author).unwrap_or(author).trim_start_matches([':', ' ']);
        let credited = credits::agencies(bare, &almanac.outlets);
        if credited.is_empty() {
            let names = credits::names(bare, &almanac.furniture);
            // What structured data call an author is one, even if it doesn't look like a person's name.
            let names = if names.is_empty() && !bare.contains(['@', '/']) && bare.chars().count() <= 60 {
                vec![bare.to_owned()]
            } else {
                names
            };
            for name in names {
                if !authors.contains(&name) {
                    authors.push(name);
                }
            }
        } else {
            agencies.extend(credited);
        }
    }
    agencies.sort();
    agencies.dedup();
    let text = Text::new(lines.join("\n"));
    let access = if about.free == Some(false) && weight(&text) < 3 * TOO_LITTLE * 3 {
        Access::Excerpt
    } else {
        access::judge(&text, wall, notice)
    };
    let url = about.url.clone().or_else(|| page.url.clone());
    let article = Article {
        id: page.id.clone(),
        outlet: outlet(&about, url.as_deref(), almanac),
        url,
        title: about.title,
        text,
        authors,
        agencies,
        published: about.published,
        updated: about.updated,
        language: about.language,
        access,
        kind: about.kind.unwrap_or_default(),
        ..Article::default()
    };
    (article, false)
}

fn outlet(about: &Metadata, url: Option<&str>, almanac: &Almanac) -> Option<Outlet> {
    let mut outlet = url.map(|url| outlet_at(url, almanac)).unwrap_or_default();
    if outlet.name.is_none()
        && let Some(site) = &about.site
    {
        let named = outlet_named(site, almanac);
        outlet = Outlet {
            name: named.name,
            domain: outlet.domain.or(named.domain),
            country: outlet.country.or(named.country),
        };
    }
    (outlet.name.is_some() || outlet.domain.is_some()).then_some(outlet)
}

/// The article's paragraphs; whether a wall, or a consent or error text, stood among them.
fn main_text(html: &str, about: &Metadata, almanac: &Almanac) -> (Vec<String>, bool, bool) {
    let careful = by_trafilatura(html);
    let text = if weight(&careful) < TOO_LITTLE {
        let quick = by_readability(html);
        if weight(&quick) > weight(&careful) { quick } else { careful }
    } else {
        careful
    };
    clean(&text, about, almanac)
}

fn by_trafilatura(html: &str) -> String {
    let options =
        Options::default().with_focus(ExtractionFocus::FavorPrecision).with_fallback(true).with_exclude_comments(true);
    // Its plain text has no paragraphs; its markup has.
    trafilatura::extract(html, &options).map(|result| markup::lines(&result.content_html)).unwrap_or_default()
}

fn by_readability(html: &str) -> String {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::new(html, None, Some(config)) else { return String::new() };
    readability.parse().map(|article| article.text_content.to_string()).unwrap_or_default()
}

/// Takes lines that are furniture word for word out of what the extractors kept.
fn clean(text: &str, about: &Metadata, almanac: &Almanac) -> (Vec<String>, bool, bool) {
    let pieces: Vec<Piece> =
        paragraphs(text).into_iter().map(|paragraph| Piece::new(paragraph, &almanac.furniture)).collect();
    let has = |roles: &[Role]| pieces.iter().any(|piece| piece.role.is_some_and(|role| roles.contains(&role)));
    let (wall, notice) = (has(&[Role::Wall]), has(&[Role::Consent, Role::Error]));
    let mut lines: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let is_title = at < 2 && about.title.as_deref() == Some(piece.text());
        if piece.role.is_some() || is_title {
            continue;
        }
        lines.push(piece.text().to_owned());
    }
    (lines, wall, notice)
}
