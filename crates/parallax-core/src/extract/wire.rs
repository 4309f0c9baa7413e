//! A report's first and last lines → the agencies whose copy it is and who signs it; and the text without credits.

use super::credits::{CREDIT_CHARS, agencies, byline, is_short_name, looks_like_person};
use super::paragraphs::{ends_sentence, weight};
use crate::almanac::{Almanac, Outlets, Role};
use crate::text::fold;
use std::collections::BTreeSet;

/// The place and the agency of a dateline stand in so many letters.
const DATELINE_CHARS: usize = 80;
/// A place before an agency has no more words.
const PLACE_WORDS: usize = 6;
/// An agency's name has no more words.
const AGENCY_WORDS: usize = 4;
/// Lines at each end of a text that can be credits.
const CREDIT_LINES: usize = 3;
/// Initials beside an agency ("dpa/kr") are no longer.
const INITIALS: usize = 3;
/// A signature stands below a paragraph of at least this weight.
const SIGNED_WEIGHT: usize = 60;

/// Takes an agency credit off the end of a report's last paragraph; gives the agencies.
pub fn take_end_credit(text: &mut String, outlets: &Outlets) -> Vec<String> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let Some(open) = trimmed.rfind(['(', '[']).filter(|_| trimmed.ends_with([')', ']'])) else { return Vec::new() };
    let credit = &trimmed[open + 1..trimmed.len() - 1];
    if credit.chars().count() > CREDIT_CHARS {
        return Vec::new();
    }
    let agencies = agencies(credit, outlets);
    let short = |part: &str| part.split_whitespace().count() <= 3;
    if !agencies.is_empty() && credit.split(['/', ',']).all(short) {
        let end = text[..open].trim_end().len();
        text.truncate(end);
    }
    agencies
}

/// The agencies of a dateline, "PARIS, Dec 2 (Reuters) –", which stays in the text. One that no catalogue knows counts where the
/// form leaves no doubt: a place, a name in brackets that is no place, a dash.
#[must_use]
pub fn dateline_agencies(text: &str, almanac: &Almanac) -> Vec<String> {
    let end = text.char_indices().nth(DATELINE_CHARS).map_or(text.len(), |(at, _)| at);
    let brackets = |open: char, close: char| text[..end].find(open).zip(text[..end].find(close));
    let Some((open, close)) = brackets('(', ')').or_else(|| brackets('（', '）')).filter(|(open, close)| open < close)
    else {
        return Vec::new();
    };
    let length = |at: usize| text[at..].chars().next().map_or(1, char::len_utf8);
    let after = text[close + length(close)..].trim_start_matches(['.', ' ', '\u{A0}', '\u{3000}']);
    if !after.starts_with(['-', '–', '—', '―', ':', '：', '−', '─']) {
        return Vec::new();
    }
    let name = text[open + length(open)..close].trim();
    let known = agencies(name, &almanac.outlets);
    if known.is_empty() && is_place_like(&text[..open]) && is_agency_like(name, almanac) {
        vec![name.to_owned()]
    } else {
        known
    }
}

/// A few words in capitals: how agencies set the place.
fn is_place_like(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let cased = text.contains(char::is_uppercase);
    (1..=PLACE_WORDS).contains(&words) && cased && !text.contains(char::is_lowercase)
}

/// A name in capitals that is neither a place nor a country.
#[must_use]
pub fn is_agency_like(name: &str, almanac: &Almanac) -> bool {
    let words = name.split_whitespace().count();
    let place = almanac.places.is_place(name) || almanac.outlets.country(name).is_some();
    let capitals = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (1..=AGENCY_WORDS).contains(&words) && capitals && !place && !name.contains(|c: char| c.is_numeric() || c == '/')
}

/// What credits at the ends of a text give.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Credits {
    /// Agencies whose copy it is.
    pub agencies: Vec<String>,
    /// Who signs it.
    pub authors: Vec<String>,
}

/// Takes lines off the ends of a text that only credit somebody: `named` (outlet, site, authors, agencies that are known from
/// elsewhere), agencies ("Reuters/dpa", "With agencies"), what the page marks as a credit, and, where nobody is named yet
/// (`unsigned`), a person who signs.
pub fn take_credits(
    lines: &mut Vec<String>,
    named: &[&str],
    unsigned: bool,
    marked: &BTreeSet<String>,
    almanac: &Almanac,
) -> Credits {
    let mut credits = Credits::default();
    let named: Vec<String> = named.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
    for from_end in [true, false] {
        for _ in 0..CREDIT_LINES {
            let at = if from_end { lines.len().checked_sub(1) } else { Some(0) };
            let Some(line) = at.filter(|_| lines.len() > 1).map(|at| lines[at].clone()) else { break };
            if line.chars().count() > CREDIT_CHARS * 2 || ends_sentence(&line) && !line.ends_with(['.', ':']) {
                break;
            }
            let agencies = credit_line(&line, almanac);
            let signed = from_end && unsigned && credits.authors.is_empty();
            let before = lines.len().checked_sub(2).map(|at| lines[at].as_str());
            let signer = signed.then(|| signature(&line, before, almanac)).flatten();
            if is_all_named(&line, &named) {
            } else if let Some(agencies) = agencies {
                credits.agencies.extend(agencies);
            } else if from_end && marked.contains(&fold(&line)) && is_agency_like(&line, almanac) {
                credits.agencies.push(line);
            } else if let Some(signer) = signer {
                credits.authors.extend(signer);
            } else {
                break;
            }
            if from_end {
                lines.pop();
            } else {
                lines.remove(0);
            }
        }
    }
    credits
}

/// Is nothing left of the line without the names that are known?
fn is_all_named(line: &str, named: &[String]) -> bool {
    let mut rest = fold(line);
    let mut any = false;
    for name in named {
        if let Some(at) = rest.find(name.as_str()) {
            rest.replace_range(at..at + name.len(), " ");
            any = true;
        }
    }
    any && !rest.contains(char::is_alphanumeric)
}

/// The agencies of a line that is a credit and nothing else; the word for agencies where it names none.
fn credit_line(line: &str, almanac: &Almanac) -> Option<Vec<String>> {
    if weight(line) > CREDIT_CHARS {
        return None;
    }
    let furniture = &almanac.furniture;
    let line = line.trim_matches(|c: char| "()[]（）*.–—- ".contains(c));
    let bare = furniture.after(Role::Wire, line).map_or(line, |rest| rest.trim_start_matches([':', '：', ' ']));
    let mut found = Vec::new();
    for part in bare.split(['/', ',', ';', '|', '+', '&', '、', '،', '·', '–', '—']) {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        if part.is_empty() {
            continue;
        }
        if let Some(agency) = almanac.outlets.agency(part) {
            found.push(agency.name.clone());
        } else if furniture.is_word_of(Role::Agencies, part) {
            found.push(part.to_owned());
        } else if part.chars().count() > INITIALS {
            return None;
        }
    }
    found.dedup();
    (!found.is_empty()).then_some(found)
}

/// The person whose name is the last line below prose, or stands there after "By".
fn signature(line: &str, before: Option<&str>, almanac: &Almanac) -> Option<Vec<String>> {
    let people = byline(line, &almanac.furniture);
    if !people.is_empty() && line.split_whitespace().count() <= 8 {
        return Some(people);
    }
    let below_prose = before.is_some_and(|before| ends_sentence(before) && weight(before) >= SIGNED_WEIGHT);
    let person = looks_like_person(line) && is_short_name(line) && line.split_whitespace().count() <= 4;
    let spaced = line.contains(' ') || weight(line) > line.chars().count();
    (below_prose && person && spaced && !ends_sentence(line)).then(|| vec![line.to_owned()])
}
