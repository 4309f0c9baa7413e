//! `data/furniture/LANG.toml` → one `Furniture` of all languages.

use crate::per_language;
use parallax_core::almanac::{Furniture, FurnitureWords, PerLanguage};

pub(crate) fn load() -> Furniture {
    let languages: PerLanguage<FurnitureWords> = per_language!(
        "furniture",
        "en",
        "es",
        "fr",
        "de",
        "pt",
        "it",
        "ru",
        "uk",
        "pl",
        "el",
        "tr",
        "ar",
        "fa",
        "he",
        "hi",
        "zh",
        "ja",
        "ko"
    );
    Furniture::new(languages.values())
}
