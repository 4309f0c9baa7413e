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
        reporting.lexicon = Lexicon::new(reporting, |phrase| pieces(phrase).map(|p| p.folded()).collect());
    }
    all
}
