//! `data/naming/LANG.toml` → one language's `Naming` each; `data/naming/people.tsv` → the given names of all.

use crate::per_language;
use parallax_core::almanac::{Naming, People, PerLanguage, Transliteration};

pub(crate) fn load() -> PerLanguage<Naming> {
    per_language!(
        "naming", "ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "pl", "pt", "ru", "tr", "uk",
        "zh"
    )
}

pub(crate) fn people(languages: &PerLanguage<Naming>) -> People {
    let tables = Transliteration::parse(include_str!("../data/naming/transliteration.tsv"));
    People::new(include_str!("../data/naming/people.tsv"), languages, tables)
}
