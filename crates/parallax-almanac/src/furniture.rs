//! `data/furniture/LANG.toml` → one `Furniture` of all languages.

use crate::per_language;
use parallax_core::almanac::{Furniture, FurnitureWords, PerLanguage};

pub(crate) fn load() -> Furniture {
    let languages: PerLanguage<FurnitureWords> = per_language!("furniture", "en", "pt");
    Furniture::new(languages.values())
}
