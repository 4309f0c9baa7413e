//! A page's markup → its article: main text by two extractors of different temper, metadata by what the page says of itself.

use super::access;
use super::credits;
use super::dateline::dateline;
use super::frame::frame;
use super::furniture::{Piece, SOLID};
use super::kind::{Signs, kind};
use super::marked::{Marked, marked};
use super::markup;
use super::metadata::{Metadata, metadata};
use super::paragraphs::{ends_sentence, paragraphs, weight};
use super::plain;
use super::provenance::{of_one_site, outlet_at, outlet_named};
use super::wire;
use crate::almanac::{Almanac, Role};
use crate::limits::{MARKUP_DEPTH, MARKUP_TAGS};
use crate::model::{Access, Article, Outlet, Page, Text};
use crate::text::fold;
use dom_smoothie::{Config, Readability, TextMode};
use trafilatura::{ExtractionFocus, Options};

/// So many headings make a text one with headings.
const HEADINGS: usize = 2;
/// A standfirst of this weight is not repeated by chance.
const TOLD_AGAIN: usize = 30;
/// A shorter headline could stand in any sentence.
const TITLED: usize = 20;
/// The headline is among the first lines.
const ABOVE_LINES: usize = 8;
/// A line of a menu says no more.
const MENU_WEIGHT: usize = 30;
/// Less than this is not taken for an article while another extractor has more.
const TOO_LITTLE: usize = 200;

/// Reads decoded markup. The second result says that the page was too deep or large for a tree and was read as bare lines.
#[must_use]
pub fn article(page: &Page, html: &str, almanac: &Almanac) -> (Article, bool) {
    let structure = markup::structure(html);
    let mut about = metadata(html, page.url.as_deref(), &almanac.furniture);
    // What a page says of its own address is believed of its own site alone: a page may not speak in another outlet's name.
    about.url = about.url.filter(|said| page.url.as_deref().is_none_or(|came| of_one_site(said, came, almanac)));
    if structure.depth > MARKUP_DEPTH || structure.tags > MARKUP_TAGS {
        let bare = plain::article(page, &markup::lines(html), almanac);
        return (Article { title: about.title.or(bare.title), language: about.language, ..bare }, true);
    }
    fill(&mut about, html, almanac);
    let marked = marked(html);
    let (mut lines, wall, notice) = main_text(html, &about, &marked, almanac);
    let (mut authors, mut agencies) = credited(&about, almanac);
    if let Some(last) = lines.last_mut() {
        agencies.extend(wire::take_end_credit(last, &almanac.outlets));
    }
    agencies.extend(lines.iter().take(2).flat_map(|line| wire::dateline_agencies(line, almanac)));
    let url = about.url.clone().or_else(|| page.url.clone());
    let outlet = outlet(&about, url.as_deref(), almanac);
    let own = [outlet.as_ref().and_then(|outlet| outlet.name.as_deref()), about.site.as_deref()];
    agencies.extend(marked.agencies.iter().filter(|name| wire::is_agency_like(name, almanac)).cloned());
    let named: Vec<&str> =
        own.into_iter().flatten().chain(authors.iter().chain(&agencies).map(String::as_str)).collect();
    let unsigned = authors.is_empty() && agencies.is_empty();
    let credits = wire::take_credits(&mut lines, &named, unsigned, &marked.credits, almanac);
    agencies.extend(credits.agencies);
    authors.extend(credits.authors);
    agencies.sort();
    agencies.dedup();
    // Whoever carries its own copy carries nobody's.
    agencies.retain(|agency| !own.iter().flatten().any(|own| fold(own) == fold(agency)));
    authors.retain(|author| !agencies.contains(author));
    let text = Text::new(lines.join("\n"));
    let access = if about.free == Some(false) && weight(&text) < 3 * TOO_LITTLE * 3 {
        Access::Excerpt
    } else {
        access::judge(&text, wall, notice)
    };
    let signs = Signs {
        declared: about.kind,
        url: url.as_deref(),
        title: about.title.as_deref(),
        labels: &about.labels,
        marked: Some(&marked),
    };
    let kind = kind(&signs, &text, &almanac.kinds);
    let article = Article {
        id: page.id.clone(),
        outlet,
        url,
        title: about.title,
        text,
        authors,
        agencies,
        published: about.published,
        updated: about.updated,
        language: about.language,
        access,
        kind,
        ..Article::default()
    };
    (article, false)
}

/// What the markup does not say, from the lines around the headline.
fn fill(about: &mut Metadata, html: &str, almanac: &Almanac) {
    let complete = about.site.is_some() && about.published.is_some() && !about.authors.is_empty();
    let Some(title) = about.full_title.clone().filter(|_| !complete) else { return };
    let title = if about.site.is_some() { about.title.as_deref().unwrap_or(&title) } else { &title };
    let frame = frame(&markup::lines(html), title, &almanac.furniture);
    if let Some((headline, site)) = frame.titles.filter(|_| about.site.is_none()) {
        about.title = Some(headline);
        about.site = Some(site);
    }
    about.published = about.published.or(frame.published);
    if about.authors.is_empty() {
        about.authors = frame.authors;
    }
}

/// The people and the agencies that a page names as authors.
fn credited(about: &Metadata, almanac: &Almanac) -> (Vec<String>, Vec<String>) {
    let (mut authors, mut agencies) = (Vec::<String>::new(), Vec::new());
    for author in &about.authors {
        let bare = almanac.furniture.after(Role::Byline, author).unwrap_or(author).trim_start_matches([':', ' ']);
        let credited = credits::agencies(bare, &almanac.outlets);
        if !credited.is_empty() {
            agencies.extend(credited);
            continue;
        }
        let names = credits::names(bare, &almanac.furniture);
        // What structured data call an author is one, even if it doesn't look like a person's name.
        let plain = names.is_empty() && !bare.contains(['@', '/']) && bare.chars().count() <= credits::CREDIT_CHARS;
        let names = if plain { vec![bare.to_owned()] } else { names };
        for name in names {
            if !authors.contains(&name) {
                authors.push(name);
            }
        }
    }
    (authors, agencies)
}

fn outlet(about: &Metadata, url: Option<&str>, almanac: &Almanac) -> Option<Outlet> {
    let mut outlet = url.map(|url| outlet_at(url, almanac)).unwrap_or_default();
    if outlet.name.is_none()
        && let Some(site) = &about.site
    {
        let known = outlet_named(site, almanac);
        // Whoever calls a site by the name of an outlet that is elsewhere does not make it that outlet.
        let elsewhere = known.domain.is_some() && outlet.domain.is_some() && known.domain != outlet.domain;
        let named = if elsewhere { Outlet { name: Some(site.clone()), ..Outlet::default() } } else { known };
        outlet = Outlet {
            name: named.name,
            domain: outlet.domain.or(named.domain),
            country: outlet.country.or(named.country),
        };
    }
    (outlet.name.is_some() || outlet.domain.is_some()).then_some(outlet)
}

/// The article's paragraphs; whether a wall, or a consent or error text, stood among them.
fn main_text(html: &str, about: &Metadata, marked: &Marked, almanac: &Almanac) -> (Vec<String>, bool, bool) {
    let careful = by_trafilatura(html);
    let text = if weight(&careful) < TOO_LITTLE {
        let quick = by_readability(html);
        if weight(&quick) > weight(&careful) { quick } else { careful }
    } else {
        careful
    };
    clean(&text, about, marked, almanac)
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

/// Takes lines that are furniture word for word out of what the extractors kept, and links off its ends.
fn clean(text: &str, about: &Metadata, marked: &Marked, almanac: &Almanac) -> (Vec<String>, bool, bool) {
    let pieces: Vec<Piece> =
        paragraphs(text).into_iter().map(|paragraph| Piece::new(paragraph, &almanac.furniture)).collect();
    let has = |roles: &[Role]| pieces.iter().any(|piece| piece.role.is_some_and(|role| roles.contains(&role)));
    let (wall, notice) = (has(&[Role::Wall]), has(&[Role::Consent, Role::Error]));
    let is_heading = |piece: &Piece| piece.weight <= SOLID && marked.headings.contains(&fold(piece.text()));
    // In an article that has headings a label among them is one of them: "At a glance".
    let parted = pieces.iter().filter(|piece| piece.role.is_none() && is_heading(piece)).count() >= HEADINGS;
    let mut lines: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let is_title = at < 2 && about.title.as_deref() == Some(piece.text());
        let below = pieces.get(at + 1).is_some_and(Piece::is_solid);
        let heads = parted && below && piece.role == Some(Role::Label) && is_heading(piece);
        if (piece.role.is_some() && !heads) || is_title {
            continue;
        }
        lines.push(piece.text().to_owned());
    }
    above_headline(&mut lines, about.title.as_deref().unwrap_or_default(), almanac);
    // A standfirst that the text begins with again is told once.
    if lines.len() > 1 && weight(&lines[0]) >= TOLD_AGAIN && lines[1].starts_with(lines[0].as_str()) {
        lines.remove(0);
    }
    let is_menu = |line: &String| {
        let menu = weight(line) <= MENU_WEIGHT && !ends_sentence(line) && marked.links.contains(&fold(line));
        menu || (weight(line) < SOLID && marked.forms.contains(&fold(line)))
    };
    while lines.len() > 1 && lines.last().is_some_and(is_menu) {
        lines.pop();
    }
    let menu = lines.iter().take(lines.len().saturating_sub(1)).take_while(|line| is_menu(line)).count();
    lines.drain(..menu);
    (lines, wall, notice)
}

/// Takes off what stands above the headline, where section, date, headline and standfirst came out as one line: "Sport | 2 March
/// 2031Headline of the reportStandfirst".
fn above_headline(lines: &mut Vec<String>, title: &str, almanac: &Almanac) {
    if weight(title) < TITLED {
        return;
    }
    let glued = |line: &String| {
        let Some((before, after)) = line.split_once(title) else { return false };
        let dated = || dateline(before.trim(), &almanac.furniture).is_some();
        let stuck = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        (stuck && title.contains(' ')) || dated()
    };
    if let Some(at) = lines.iter().take(ABOVE_LINES).position(glued).filter(|at| at + 1 < lines.len()) {
        lines.drain(..=at);
    }
}
