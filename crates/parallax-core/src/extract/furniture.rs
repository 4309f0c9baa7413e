//! Paragraphs of a page saved as text → which of them are the page's frame, by what they say and by their form.

use super::paragraphs::{Paragraph, ends_sentence, weight};
use crate::almanac::{Furniture, Mark, Role};
use crate::limits::TOPIC_BYTES;
use crate::text::{fold, words};
use std::collections::BTreeSet;

/// At least this much is said by a paragraph that can only be an article's prose.
pub const SOLID: usize = 100;
/// An open pattern ("… in the app") speaks for a whole line up to this weight; a longer one needs two of them.
const OPEN_LINE: usize = 140;
/// No furniture is longer.
const LONGEST: usize = 700;

/// A paragraph with what its words and form say of it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The paragraph.
    pub paragraph: Paragraph,
    /// Every pattern of furniture that fits.
    pub marks: Vec<Mark>,
    /// The role by which the whole of it is furniture.
    pub role: Option<Role>,
    /// Its weight.
    pub weight: usize,
}

impl Piece {
    /// Judges one paragraph by itself.
    #[must_use]
    pub fn new(paragraph: Paragraph, furniture: &Furniture) -> Self {
        let weight = weight(&paragraph.text);
        let marks = if weight <= LONGEST { furniture.marks(&paragraph.text) } else { Vec::new() };
        let role = role(&paragraph.text, weight, &marks);
        Piece { paragraph, marks, role, weight }
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.paragraph.text
    }

    /// Prose of the article, to all appearance.
    #[must_use]
    pub fn is_solid(&self) -> bool {
        self.role.is_none() && self.weight >= SOLID
    }

    /// A sentence, however short.
    #[must_use]
    pub fn is_sentence(&self) -> bool {
        ends_sentence(self.text()) && self.text().contains(|c: char| c == ' ' || !c.is_ascii())
    }
}

/// The role by which a whole paragraph is furniture.
fn role(text: &str, weight: usize, marks: &[Mark]) -> Option<Role> {
    let notice = text.starts_with('©') || text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("(c) "));
    if notice && weight <= OPEN_LINE {
        return Some(Role::Legal);
    }
    let frames = || marks.iter().filter(|mark| is_frame(mark.role));
    let whole = frames().find(|mark| covers_all(text, mark));
    if let Some(mark) = whole {
        return Some(mark.role);
    }
    let mut open: Vec<&Mark> = frames().collect();
    open.dedup_by(|a, b| a.covers == b.covers);
    let spoken = text.contains(['“', '"', '«', '„', '「']) && weight >= SOLID;
    match open.first() {
        Some(mark) if !spoken && (weight <= OPEN_LINE || open.len() >= 2) => Some(mark.role),
        _ => None,
    }
}

fn covers_all(text: &str, mark: &Mark) -> bool {
    let outside = |part: Option<&str>| part.is_some_and(|part| !part.contains(char::is_alphanumeric));
    outside(text.get(..mark.covers.start)) && outside(text.get(mark.covers.end..))
}

/// Roles whose patterns make a line furniture wherever it stands. The others need their place, or are signs of something else.
fn is_frame(role: Role) -> bool {
    use Role::{
        Advertisement, Comments, Consent, Error, Label, Legal, Navigation, Picture, Player, Promotion, Related, Share,
        Translated, Wall,
    };
    matches!(
        role,
        Label
            | Navigation
            | Promotion
            | Wall
            | Share
            | Comments
            | Related
            | Advertisement
            | Player
            | Picture
            | Legal
            | Consent
            | Error
            | Translated
    )
}

/// The longer words of a text, cut to their beginnings, which inflection leaves alone: what it is about.
#[must_use]
pub fn topic<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut size = 0;
    let within = texts.into_iter().map_while(|text| {
        let rest = TOPIC_BYTES.checked_sub(size)?;
        size += text.len();
        Some(if text.len() <= rest { text } else { &text[..text.floor_char_boundary(rest)] })
    });
    within.flat_map(topic_words).collect()
}

/// How much of a line is about the same: thousandths of its longer words.
#[must_use]
pub fn overlap(line: &str, topic: &BTreeSet<String>) -> usize {
    let words: BTreeSet<String> = topic_words(line).collect();
    let common = words.intersection(topic).count();
    if words.is_empty() { 0 } else { common * 1000 / words.len() }
}

fn topic_words(text: &str) -> impl Iterator<Item = String> + '_ {
    words(text).into_iter().filter_map(|word| {
        let spaced = word.text.is_ascii() || weight(word.text) == word.text.chars().count();
        let folded = fold(word.text);
        let long = folded.chars().count() >= if spaced { 4 } else { 2 };
        long.then(|| folded.chars().take(5).collect())
    })
}
