//! Bylines, agency credits and photo credits → who is named; and the text without them.

use super::paragraphs::weight;
use crate::almanac::{Furniture, Outlets, Role};

/// A credit in brackets at the end of a report is no longer: "(Reuters)", "(sda/dpa/abc)".
pub const CREDIT_CHARS: usize = 60;
/// A name in Han, kana or Hangul has no more characters.
const UNSPACED_NAME: usize = 5;
/// More names than this in one byline is a list of something else.
const MOST_AUTHORS: usize = 12;

/// The people of a byline: "By Ann Lee and Bo Kim" → both. Empty where the line is no byline.
#[must_use]
pub fn byline(line: &str, furniture: &Furniture) -> Vec<String> {
    match furniture.after(Role::Byline, line) {
        Some(rest) => names(rest.trim_start_matches([':', ' ', '.']), furniture),
        None => Vec::new(),
    }
}

/// The people of a list: names parted by commas, slashes, bars and "and"; places and offices after a comma don't look like names
/// and are left out.
#[must_use]
pub fn names(list: &str, furniture: &Furniture) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in list.split([',', ';', '|', '/', '&', '•', '·', '\n', '、', '，', '،']) {
        let mut name: Vec<&str> = Vec::new();
        let mut keep = |name: &mut Vec<&str>| {
            let whole = name.join(" ");
            if looks_like_person(&whole) && !found.contains(&whole) {
                found.push(whole);
            }
            name.clear();
        };
        for word in part.split_whitespace() {
            if furniture.is_word_of(Role::And, word) && !word.starts_with(char::is_uppercase) {
                keep(&mut name);
            } else {
                name.push(word);
            }
        }
        keep(&mut name);
    }
    found.truncate(MOST_AUTHORS);
    found
}

/// Two to five words, each with a capital where the script has them (particles apart), no figures.
#[must_use]
pub fn looks_like_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let cased = name.contains(|c: char| c.is_lowercase() || c.is_uppercase());
    let capital = |word: &&&str| word.trim_start_matches(['"', '“', '\'', '’', '-']).starts_with(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    let plain = !name.contains(|c: char| c.is_numeric() || "@:?!()[]{}<>_=+*#…".contains(c));
    let long = name.chars().count();
    if cased {
        let particle = |word: &&str| word.chars().count() <= 4 || word.starts_with(char::is_uppercase);
        plain && (2..=5).contains(&words.len()) && capitals >= 2 && words.iter().all(particle) && long <= 50
    } else {
        plain && words.len() <= 4 && (2..=30).contains(&long)
    }
}

/// Is it as short as the names of people are in scripts that set no spaces? In others every name is.
#[must_use]
pub fn is_short_name(name: &str) -> bool {
    let unspaced = name.chars().filter(|c| weight(c.encode_utf8(&mut [0; 4])) > 1).count();
    unspaced == 0 || (2..=UNSPACED_NAME).contains(&unspaced)
}

/// The agencies of a credit: names parted by slashes, commas, "and"; at least one must be an agency, the others are initials.
#[must_use]
pub fn agencies(credit: &str, outlets: &Outlets) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let parts = credit.split(['/', ',', ';', '|', '+', '&', '–', '—']).flat_map(|part| part.split(" and "));
    for part in parts {
        let part = part.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(agency) = outlets.agency(part).filter(|agency| !found.contains(&agency.name)) {
            found.push(agency.name.clone());
        }
    }
    found
}

/// Where a picture's credit begins at the end of a paragraph ("… along the quay.Image: agency"); 0 if it is all credit.
#[must_use]
pub fn photo_credit(text: &str, furniture: &Furniture) -> Option<usize> {
    let (before, after) = text.rsplit_once([':', '：'])?;
    let credited = after.trim();
    if credited.is_empty() || credited.chars().count() > CREDIT_CHARS || credited.split_whitespace().count() > 6 {
        return None;
    }
    // One or two words before the colon: "Image:", "Photo credit:".
    let boundary = |c: char| !c.is_alphabetic();
    let one = before.rfind(boundary).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let two = before[..one]
        .trim_end()
        .rfind(boundary)
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    [two, one].into_iter().find(|start| {
        let own = before[..*start].trim_end();
        let ended = own.is_empty() || own.ends_with(|c: char| !c.is_alphanumeric() && !",;-–—".contains(c));
        ended && furniture.is_word_of(Role::Credit, &before[*start..])
    })
}
