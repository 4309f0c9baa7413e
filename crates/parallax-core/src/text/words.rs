//! A text → its words by UAX #29, dictionary-based where there are no spaces.

use super::{fold, stem};
use crate::model::Span;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use std::sync::LazyLock;

static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// A word and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Word<'a> {
    /// As it stands.
    pub text: &'a str,
    /// Byte offsets in the string that was cut.
    pub span: Span,
}

impl Word<'_> {
    /// Its folded form.
    #[must_use]
    pub fn folded(&self) -> String {
        fold(self.text)
    }

    /// The stem of its folded form, see [`stem`].
    #[must_use]
    pub fn stem(&self, language: Option<&str>) -> String {
        stem(&self.folded(), language)
    }
}

/// The words of a text: segments with a letter or digit (`is_word_like` would lose Hindi and decomposed accents). White space is in none, even
/// where a mark without a letter follows it, which UAX #29 (WB4) would leave together.
#[must_use]
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let mut start = 0;
    // White space parts words in every script, so pieces between it can be cut alone, most of them without tables.
    for piece in text.split([' ', '\n', '\t', '\r']) {
        if piece.chars().all(|c| simple(c).is_some()) {
            cut_simple(piece, start, &mut words);
        } else {
            cut_any(piece, start, &mut words);
        }
        start += piece.len() + 1;
    }
    words
}

/// Word-break classes of UAX #29, as far as plain Latin, Greek and Cyrillic text needs them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Joins words but is none: "_".
    Link,
    /// Joins letters: "·".
    MidLetter,
    /// Joins digits: "," in "1,000".
    MidDigit,
    /// Joins letters or digits: "." in "U.S" and "3.5", "’" in "don’t".
    Mid,
    Other,
}

/// The class of a character that needs no tables; `None`: leave the piece to the general segmenter.
fn simple(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '_' => Class::Link,
        '·' => Class::MidLetter,
        ',' | ';' => Class::MidDigit,
        '.' | '\'' | '‘' | '’' => Class::Mid,
        ' '..='~' if c != ':' => Class::Other,
        '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…' | '€' | '£' | '§' | '°' | '№' | '¿' | '¡' => {
            Class::Other
        }
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'А'..='ҁ' => Class::Letter,
        'Ά' | 'Έ'..='Ί' | 'Ό' | 'Ύ' | 'Ώ' | 'Ѐ'..='Џ' | 'Ҋ'..='ԯ' => Class::Letter,
        _ => return None,
    })
}

fn cut_simple<'a>(piece: &'a str, offset: usize, words: &mut Vec<Word<'a>>) {
    let mut characters = piece.char_indices().peekable();
    while let Some((begin, c)) = characters.next() {
        let mut last = simple(c).unwrap_or(Class::Other);
        if !matches!(last, Class::Letter | Class::Digit | Class::Link) {
            continue;
        }
        let mut end = begin + c.len_utf8();
        let mut says = last != Class::Link;
        while let Some(&(at, c)) = characters.peek() {
            let class = simple(c).unwrap_or(Class::Other);
            if matches!(class, Class::Letter | Class::Digit | Class::Link) {
                says |= class != Class::Link;
                last = class;
                end = at + c.len_utf8();
                characters.next();
                continue;
            }
            let joins = match last {
                Class::Letter => matches!(class, Class::MidLetter | Class::Mid),
                Class::Digit => matches!(class, Class::MidDigit | Class::Mid),
                _ => false,
            };
            let after = piece[at + c.len_utf8()..].chars().next().and_then(simple);
            if !joins || after != Some(last) {
                break;
            }
            characters.next();
        }
        if says {
            words.push(Word { text: &piece[begin..end], span: Span::new(offset + begin, offset + end) });
        }
    }
}

fn cut_any<'a>(piece: &'a str, offset: usize, words: &mut Vec<Word<'a>>) {
    let mut start = 0;
    for end in SEGMENTER.segment_str(piece) {
        let segment = &piece[start..end];
        if segment.chars().any(char::is_alphanumeric) {
            words.push(Word { text: segment, span: Span::new(offset + start, offset + end) });
        }
        start = end;
    }
}
