//! What follows an article → where it begins: promotion, walls, comments, related titles, legal notices, notes on authors.

use super::credits;
use super::furniture::{Piece, overlap};
use crate::almanac::Role;
use std::collections::BTreeSet;

/// A sentence between two pieces of furniture stays if this much of it is about what the article is about.
const OWN_OVERLAP: usize = 600;
/// A note on an author or the outlet is no longer.
const NOTE_WEIGHT: usize = 700;
/// A line on who helped is no longer.
const CONTRIBUTION_WEIGHT: usize = 300;

/// The pieces from `from` on that belong to the page's end and not to the article.
#[must_use]
pub fn tail(pieces: &[Piece], from: usize, authors: &[String], topic: &BTreeSet<String>) -> Vec<usize> {
    let notes = notes(pieces, from, authors);
    let ends = |at: usize| notes.contains(&at) || pieces[at].role.is_some_and(opens_tail);
    let mut start = pieces.len();
    while start > from && (!pieces[start - 1].is_solid() || notes.contains(&(start - 1))) {
        start -= 1;
    }
    let Some(first) = (start..pieces.len()).find(|at| ends(*at)) else { return Vec::new() };
    let last = (first..pieces.len()).rev().find(|at| ends(*at)).unwrap_or(first);
    let after_related = |at: usize| (first..at).any(|before| pieces[before].role == Some(Role::Related));
    let region: Vec<usize> = (first..=last).collect();
    let owner = owner(pieces, &region).filter(|_| !notes.is_empty());
    (first..pieces.len())
        .filter(|at| {
            let piece = &pieces[*at];
            let own = piece.role.is_none()
                && !notes.contains(at)
                && piece.is_sentence()
                && !after_related(*at)
                && !owner.as_deref().is_some_and(|name| piece.text().starts_with(name));
            !(own && (*at > last || overlap(piece.text(), topic) >= OWN_OVERLAP))
        })
        .collect()
}

/// Roles that only the end of an article has in numbers.
fn opens_tail(role: Role) -> bool {
    use Role::{Comments, Consent, Legal, Navigation, Picture, Promotion, Related, Share, Translated, Wall};
    matches!(role, Promotion | Wall | Comments | Related | Legal | Share | Consent | Navigation | Picture | Translated)
}

/// Notes on who wrote or publishes this, searched from the end: what begins with an author's name; what is said of a
/// correspondent; a name on a line of its own and a paragraph that begins with it.
fn notes(pieces: &[Piece], from: usize, authors: &[String]) -> BTreeSet<usize> {
    let mut notes = BTreeSet::new();
    let unspoken = |piece: &Piece| piece.weight <= NOTE_WEIGHT && !piece.text().contains(['“', '«', '„']);
    for at in (from..pieces.len()).rev() {
        let piece = &pieces[at];
        let has = |role: Role| piece.marks.iter().any(|mark| mark.role == role);
        // What is said of a correspondent follows the name: "Ann Lee is a reporter …".
        let profiled = piece.marks.iter().filter(|mark| mark.role == Role::Profile).any(|mark| {
            let name = piece.text().get(..mark.covers.start).unwrap_or_default().trim();
            name.is_empty() || credits::looks_like_person(name)
        });
        let by_author = authors.iter().any(|author| piece.text().starts_with(author.as_str()));
        let titled = at > from && is_title_of(pieces[at - 1].text(), piece.text()) && pieces[at - 1].weight <= 60;
        let helped = has(Role::Contribution) && piece.weight <= CONTRIBUTION_WEIGHT;
        if unspoken(piece) && (helped || by_author || profiled || titled) {
            notes.insert(at);
            if titled {
                notes.insert(at - 1);
            }
        } else if piece.is_solid() {
            // Above the last paragraph of prose there are no notes, but for one under a name.
            let more = (from..at)
                .any(|before| before + 1 < at && is_title_of(pieces[before].text(), pieces[before + 1].text()));
            if !more || pieces.len() - at > 8 {
                break;
            }
        }
    }
    notes
}

/// "Name" above "Name is …".
fn is_title_of(line: &str, paragraph: &str) -> bool {
    line.chars().count() >= 4
        && paragraph.len() > line.len() * 2
        && paragraph.strip_prefix(line).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == ','))
}

/// The name that notes and notices at the end begin with, again and again: whose page it is.
#[must_use]
pub fn owner(pieces: &[Piece], tail: &[usize]) -> Option<String> {
    let mut openings: Vec<Vec<&str>> =
        tail.iter().map(|at| opening(pieces[*at].text())).filter(|words| !words.is_empty()).collect();
    openings.sort_unstable();
    let mut best: Option<(usize, String)> = None;
    for first in &openings {
        let group: Vec<&Vec<&str>> = openings.iter().filter(|other| other[0] == first[0]).collect();
        let common = (1..=4)
            .take_while(|count| {
                first.len() >= *count && group.iter().all(|other| other.get(..*count) == first.get(..*count))
            })
            .last();
        let Some(common) = common.filter(|_| group.len() >= 2) else { continue };
        if best.as_ref().is_none_or(|(most, _)| group.len() > *most) {
            best = Some((group.len(), first[..common].join(" ")));
        }
    }
    best.map(|(_, name)| name)
}

/// The capitalised words that a paragraph begins with; a possessive ends them.
fn opening(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace().take_while(|word| word.starts_with(char::is_uppercase)) {
        let plain = word.trim_end_matches("'s").trim_end_matches("’s");
        words.push(plain.trim_matches(|c: char| !c.is_alphanumeric()));
        if plain.len() < word.len() {
            break;
        }
    }
    // A sentence's first word has a capital whatever it is: alone it is a name only if it has more of them.
    if words.len() == 1
        && text.split_whitespace().count() > 1
        && words[0].chars().filter(|c| c.is_uppercase()).count() < 2
    {
        words.clear();
    }
    words
}
