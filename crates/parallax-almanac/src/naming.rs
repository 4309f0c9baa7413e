//! `data/naming/LANG.toml` → one language's `Naming` each; `data/naming/people.tsv` → the given names of all.

use crate::per_language;
use parallax_core::almanac::{Naming, People, PerLanguage};

pub(crate) fn load() -> PerLanguage<Naming> {
    per_language!("naming", "en")
}

pub(crate) fn people(languages: &PerLanguage<Naming>) -> People {
    People::new(include_str!("../data/naming/people.tsv"), languages)
}
