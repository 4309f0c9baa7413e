//! `data/vocabulary/LANG.toml` → one language's `Vocabulary` each.

use crate::per_language;
use parallax_core::almanac::{PerLanguage, Vocabulary};

pub(crate) fn load() -> PerLanguage<Vocabulary> {
    per_language!(
        "vocabulary",
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
    )
}
