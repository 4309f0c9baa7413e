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

/// The words of a text: segments with a letter or digit (`is_word_like` would lose Hindi and decomposed accents).
#[must_use]
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut start = 0;
    let mut words = Vec::new();
    for end in SEGMENTER.segment_str(text) {
        let segment = &text[start..end];
        if segment.chars().any(char::is_alphanumeric) {
            words.push(Word { text: segment, span: Span::new(start, end) });
        }
        start = end;
    }
    words
}
