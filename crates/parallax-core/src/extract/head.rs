//! The lines above an article → its title, standfirst, authors, dates, and what names who published it.

use super::credits;
use super::dateline::{Dateline, dateline};
use super::furniture::{Piece, SOLID, overlap, topic};
use crate::almanac::{Almanac, Role};
use std::collections::BTreeSet;

/// A line of dates or authors this many lines below what looks like prose shows that the head goes on.
const LOOK_AHEAD: usize = 7;
/// Half of a title's longer words come again in the text; a slogan's don't.
const TITLE_OVERLAP: usize = 500;
/// Fewer of a standfirst's do, since it is longer and puts things in other words.
const STANDFIRST_OVERLAP: usize = 300;
/// A longer line is no title.
const TITLE_WEIGHT: usize = 240;

/// What stands above an article.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Index of the first piece of the body.
    pub end: usize,
    /// Index of the title.
    pub title: Option<usize>,
    /// Pieces of the head that belong in the text: standfirst, captions; the title too where it is a sentence.
    pub kept: Vec<usize>,
    /// As the byline has them.
    pub authors: Vec<String>,
    /// All lines of dates.
    pub datelines: Vec<Dateline>,
    /// Links that stand on a line of their own.
    pub links: Vec<String>,
    /// The name of an outlet, by the catalogue or by where it stands.
    pub outlet: Option<String>,
    /// ISO 3166-1 alpha-2 of a country that stands on a line of its own.
    pub country: Option<String>,
    /// Agencies credited above the text.
    pub agencies: Vec<String>,
}

/// What a line of the head is.
#[derive(Clone, PartialEq, Debug)]
enum Line {
    Furniture,
    Dates(Dateline),
    Link,
    Byline(Vec<String>),
    Country(String),
    Outlet,
    Agency(Vec<String>),
    Author,
    Other,
}

/// Reads the head.
#[must_use]
pub fn head(pieces: &[Piece], almanac: &Almanac) -> Head {
    let first = pieces.iter().position(|piece| piece.is_solid()).unwrap_or(pieces.len());
    let mut lines: Vec<Line> = Vec::new();
    let mut end = first;
    for (at, piece) in pieces.iter().enumerate() {
        let line = line(piece, almanac);
        let frame = !matches!(line, Line::Other | Line::Furniture);
        if at >= first && (at > first + LOOK_AHEAD || (at > first && piece.is_solid())) {
            break;
        }
        lines.push(line);
        if at >= first && frame {
            end = at + 1;
        }
    }
    lines.truncate(end);
    let body = topic(pieces[end..].iter().filter(|piece| piece.role.is_none()).map(Piece::text));
    name_by_place(pieces, &mut lines, &body);
    gather(pieces, &lines, &body, end)
}

fn line(piece: &Piece, almanac: &Almanac) -> Line {
    let text = piece.text();
    if text.starts_with("http://") || text.starts_with("https://") {
        return if text.contains(' ') { Line::Other } else { Line::Link };
    }
    if piece.weight > SOLID * 2 {
        return Line::Other;
    }
    let furniture = &almanac.furniture;
    let (known, dates) = (almanac.outlets.named(text).is_some(), dateline(text, furniture));
    if let Some(dates) = dates {
        return Line::Dates(dates);
    }
    if piece.role.is_some() && !known {
        return Line::Furniture;
    }
    if let Some(country) = almanac.outlets.country(text) {
        return Line::Country(country.code.clone());
    }
    let authors = credits::byline(text, furniture);
    if !authors.is_empty() && !piece.is_sentence() {
        return Line::Byline(authors);
    }
    let credit = furniture.after(Role::Byline, text).unwrap_or(text);
    let agencies = credits::agencies(credit, &almanac.outlets);
    if !agencies.is_empty() && piece.weight < 40 {
        return Line::Agency(agencies);
    }
    if known { Line::Outlet } else { Line::Other }
}

/// Names outlets and authors that no catalogue knows by where they stand: a short line given twice (a logo and its name), or
/// above a country's name, is the outlet; a person's name next to it, which the text does not have, is the author.
fn name_by_place(pieces: &[Piece], lines: &mut [Line], body: &BTreeSet<String>) {
    let short = |at: usize| pieces[at].weight <= 40 && !pieces[at].is_sentence();
    for at in 0..lines.len() {
        let next = lines.get(at + 1);
        let twice = next == Some(&Line::Other) && pieces[at].text() == pieces[at + 1].text();
        let above_country = matches!(next, Some(Line::Country(_)));
        if lines[at] == Line::Other && short(at) && at + 1 < lines.len() && (twice || above_country) {
            lines[at] = Line::Outlet;
            if twice {
                lines[at + 1] = Line::Outlet;
            }
        }
    }
    for at in 0..lines.len() {
        let beside =
            |other: Option<usize>| other.and_then(|at| lines.get(at)).is_some_and(|line| *line == Line::Outlet);
        let named = lines[at] == Line::Other && short(at) && credits::looks_like_person(pieces[at].text());
        if named
            && (beside(at.checked_sub(1)) || beside(Some(at + 1)))
            && overlap(pieces[at].text(), body) < TITLE_OVERLAP
        {
            lines[at] = Line::Author;
        }
    }
}

fn gather(pieces: &[Piece], lines: &[Line], body: &BTreeSet<String>, end: usize) -> Head {
    let mut head = Head { end, ..Head::default() };
    let candidate = |at: &usize| {
        let piece = &pieces[*at];
        let words = piece.text().split_whitespace().count();
        lines[*at] == Line::Other
            && piece.weight <= TITLE_WEIGHT
            && piece.weight >= 15
            && (words >= 3 || !piece.text().is_ascii())
    };
    let candidates: Vec<usize> = (0..lines.len()).filter(candidate).collect();
    let fitting = candidates.iter().find(|at| overlap(pieces[**at].text(), body) >= TITLE_OVERLAP);
    head.title = fitting.or(candidates.first()).copied();
    for (at, line) in lines.iter().enumerate() {
        let piece = &pieces[at];
        match line {
            Line::Dates(dates) => head.datelines.push(dates.clone()),
            Line::Link => head.links.push(piece.text().to_owned()),
            Line::Byline(names) => head
                .authors
                .extend(names.iter().filter(|name| !head.authors.contains(name)).cloned().collect::<Vec<_>>()),
            Line::Author => head.authors.push(piece.text().to_owned()),
            Line::Country(code) => head.country = head.country.take().or_else(|| Some(code.clone())),
            Line::Outlet => head.outlet = head.outlet.take().or_else(|| Some(piece.text().to_owned())),
            Line::Agency(agencies) => head.agencies.extend(agencies.iter().cloned()),
            Line::Other => {
                let told =
                    piece.is_sentence() && piece.weight >= 40 && overlap(piece.text(), body) >= STANDFIRST_OVERLAP;
                if told {
                    head.kept.push(at);
                }
            }
            Line::Furniture => {}
        }
    }
    head
}
