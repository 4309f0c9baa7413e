//! `data/kinds/LANG.toml` → one `Kinds` of all languages.

use crate::per_language;
use parallax_core::almanac::{KindWords, Kinds, PerLanguage};

pub(crate) fn load() -> Kinds {
    let languages: PerLanguage<KindWords> = per_language!(
        "kinds", "en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh", "ja",
        "ko"
    );
    Kinds::new(languages.values())
}
