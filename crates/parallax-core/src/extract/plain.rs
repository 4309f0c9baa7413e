//! A page saved as text → its article: title, text without the page's frame, who wrote, published and carries it, when.

use super::dateline::{Event, in_url, in_year};
use super::furniture::{Piece, topic};
use super::head::{Head, head};
use super::paragraphs::{paragraphs, weight};
use super::provenance::{Signs, provenance};
use super::tail::{owner, tail};
use super::title::labels;
use super::{access, credits, kind, wire};
use crate::almanac::{Almanac, Furniture, Role};
use crate::model::{Article, ArticleKind, Moment, Outlet, Page, Text};
use crate::text::fold;
use std::collections::BTreeSet;

/// Paragraphs from this weight on are not told twice; shorter lines may be headings or refrains.
const REPEATED: usize = 40;
/// Titles of other articles that follow a "Related" are at most so many.
const RELATED_TITLES: usize = 8;

/// Reads decoded text.
#[must_use]
pub fn article(page: &Page, text: &str, almanac: &Almanac) -> Article {
    let furniture = &almanac.furniture;
    let pieces: Vec<Piece> = paragraphs(text).into_iter().map(|paragraph| Piece::new(paragraph, furniture)).collect();
    let head = head(&pieces, almanac);
    let about = topic(pieces[head.end..].iter().filter(|piece| piece.is_solid()).map(Piece::text));
    let end = tail(&pieces, head.end, &head.authors, &about);
    let title = head.title.map(|at| pieces[at].text().to_owned());
    let mut body = body(&pieces, &head, &end, furniture);
    if body.is_empty() {
        // A text of a few words is all head: what is not furniture is all there is.
        body.extend(pieces.iter().filter(|piece| piece.role.is_none()).map(|piece| piece.text().to_owned()));
    }
    let mut agencies = head.agencies.clone();
    if let Some(last) = body.last_mut() {
        agencies.extend(wire::take_end_credit(last, &almanac.outlets));
    }
    agencies.extend(body.iter().take(2).flat_map(|line| wire::dateline_agencies(line, almanac)));
    let named: Vec<&str> = head.authors.iter().chain(&agencies).map(String::as_str).collect();
    agencies.extend(wire::take_credits(&mut body, &named, false, &BTreeSet::new(), almanac).agencies);
    let mut seen = BTreeSet::new();
    agencies.retain(|agency| seen.insert(agency.clone()));

    let signs = Signs { url: page.url.as_deref(), site_names: site_names(&pieces), owner: owner(&pieces, &end) };
    let (outlet, carrier) = provenance(&head, &signs, almanac);
    let (published, updated) = dates(&head, &pieces);
    let translated_from = translated_from(&pieces, outlet.as_ref(), head.country.as_deref(), almanac);
    let text = Text::new(body.join("\n"));
    let access = access::of(&pieces, &text);
    let labels = title.as_deref().map(labels).unwrap_or_default();
    let declared = Some(access::kind(&pieces[..head.end])).filter(|kind| *kind != ArticleKind::Report);
    let signs = kind::Signs {
        declared,
        url: head.links.first().map(String::as_str).or(page.url.as_deref()),
        title: title.as_deref(),
        labels: &labels,
        marked: None,
    };
    let kind = kind::kind(&signs, &text, &almanac.kinds);
    Article {
        id: page.id.clone(),
        url: head.links.first().cloned().or_else(|| page.url.clone()),
        title,
        text,
        authors: head.authors,
        agencies,
        outlet,
        carrier,
        published,
        updated,
        translated_from,
        access,
        kind,
        ..Article::default()
    }
}

/// The paragraphs that stay, in order.
fn body(pieces: &[Piece], head: &Head, tail: &[usize], furniture: &Furniture) -> Vec<String> {
    let title = head.title.map(|at| fold(pieces[at].text()));
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut kept = Vec::new();
    let mut related = 0usize;
    for (at, piece) in pieces.iter().enumerate() {
        let inside = if at < head.end { head.kept.contains(&at) } else { !tail.contains(&at) };
        if piece.role == Some(Role::Related) {
            related = RELATED_TITLES;
            continue;
        }
        if piece.role.is_some() || !inside || is_player_title(pieces, at) {
            continue;
        }
        let after_related = related > 0 && !piece.is_solid() && !piece.is_sentence();
        related = if after_related { related - 1 } else { 0 };
        if after_related || (at >= head.end && Some(fold(piece.text())) == title) {
            continue;
        }
        let text = without_echo(piece.text());
        let text = match credits::photo_credit(text, furniture) {
            Some(0) => continue,
            Some(end) => text[..end].trim_end(),
            None => text,
        };
        if weight(text) >= REPEATED && !told.insert(fold(text)) {
            continue;
        }
        kept.push(text.to_owned());
    }
    kept
}

/// A short line right above what a player shows is the name of what it plays.
fn is_player_title(pieces: &[Piece], at: usize) -> bool {
    let next = pieces.get(at + 1);
    let player = next.is_some_and(|next| next.role == Some(Role::Player) && !next.paragraph.apart);
    player && pieces[at].weight <= 160 && !pieces[at].is_sentence()
}

/// "Caption (Caption)" → "Caption": a picture's text and its alternative text, which saved pages set side by side.
fn without_echo(text: &str) -> &str {
    if !text.ends_with(')') {
        return text;
    }
    let half = text.len().saturating_sub(3) / 2;
    let echoed = text.len() == half * 2 + 3
        && text.get(half..half + 2) == Some(" (")
        && text.get(..half) == text.get(half + 2..half * 2 + 2);
    if echoed { &text[..half] } else { text }
}

/// Names that furniture gives the page's site. What has no capital is one only where nothing but a name can stand.
fn site_names(pieces: &[Piece]) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in pieces.iter().filter(|piece| piece.role.is_some()) {
        let named = piece.marks.iter().filter_map(|mark| {
            let name = piece.text().get(mark.name.clone()?)?;
            let open = matches!(mark.role, Role::Picture | Role::Promotion | Role::Legal)
                && !name.starts_with(char::is_lowercase);
            (open || mark.role == Role::Related).then_some(name)
        });
        // Where two patterns fit, the one that says more leaves less for the name.
        names.extend(named.min_by_key(|name| name.len()));
    }
    names
}

/// First published and last changed, from the head's lines of dates and its links.
fn dates(head: &Head, pieces: &[Piece]) -> (Option<Moment>, Option<Moment>) {
    let moments = || head.datelines.iter().flat_map(|line| &line.moments);
    let labelled = |event: Event| moments().find(|(of, _)| *of == event).map(|(_, moment)| *moment);
    let plain: Vec<Moment> = moments().filter(|(of, _)| *of == Event::Unlabelled).map(|(_, moment)| *moment).collect();
    let linked = head.links.iter().find_map(|link| in_url(link)).map(Moment::Day);
    let published = labelled(Event::Published).or(plain.first().copied());
    let updated = labelled(Event::Updated).or_else(|| {
        plain.iter().copied().find(|moment| published.is_some_and(|first| moment.minutes() > first.minutes()))
    });
    let yearless = head.datelines.iter().find_map(|line| line.yearless);
    let evident = || in_year(yearless?, evident_year(pieces)?, None).map(Moment::Day);
    (published.or(linked).or_else(evident), updated)
}

/// The year of a copyright notice in the page's frame: the year that the page was made in.
fn evident_year(pieces: &[Piece]) -> Option<i16> {
    let notices = pieces.iter().filter(|piece| piece.text().contains('©') || piece.role == Some(Role::Legal));
    let years =
        notices.flat_map(|piece| piece.text().split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4));
    years.filter_map(|digits| digits.parse::<i16>().ok()).filter(|year| (1995..2100).contains(year)).max()
}

/// Where the page says that its articles are translated: from the outlet's language, else that of its country's press.
fn translated_from(
    pieces: &[Piece],
    outlet: Option<&Outlet>,
    country: Option<&str>,
    almanac: &Almanac,
) -> Option<String> {
    if !pieces.iter().any(|piece| piece.marks.iter().any(|mark| mark.role == Role::Translated)) {
        return None;
    }
    let known =
        outlet.and_then(|outlet| almanac.outlets.named(outlet.name.as_deref()?)).map(|facts| facts.language.clone());
    let of_country = || {
        let code = outlet.and_then(|outlet| outlet.country.as_deref()).or(country)?;
        almanac.outlets.country_of_code(code).map(|country| country.language.clone())
    };
    known.filter(|language| !language.is_empty()).or_else(of_country)
}
