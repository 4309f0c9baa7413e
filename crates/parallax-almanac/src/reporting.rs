//! `data/reporting/LANG.toml` → one language's `Reporting` each, its lists made ready to look up.

use crate::per_language;
use parallax_core::almanac::{Lexicon, PerLanguage, Reporting};
use parallax_core::text::pieces;

pub(crate) fn load() -> PerLanguage<Reporting> {
    let mut all: PerLanguage<Reporting> = per_language!(
        "reporting",
        "ar",
        "de",
        "el",
        "en",
        "es",
        "fa",
        "fr",
        "he",
        "hi",
        "it",
        "ja",
        "ko",
        "pl",
        "pt",
        "ru",
        "tr",
        "uk",
        "zh"
    );
    for reporting in all.values_mut() {
        reporting.lexicon = Lexicon::new(reporting, words);
    }
    all
}

/// The words of a phrase as the text is cut; a star stays with the word before it.
fn words(phrase: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in pieces(phrase) {
        match words.last_mut() {
            Some(last) if piece.text == "*" => last.push('*'),
            _ => words.push(piece.folded()),
        }
    }
    words
}
