//! `data/contrast/LANG.toml` → one language's `Contrast` each.

use crate::per_language;
use parallax_core::almanac::{Contrast, PerLanguage};

pub(crate) fn load() -> PerLanguage<Contrast> {
    per_language!("contrast", "de", "en", "es", "fr", "it", "pt", "ru", "uk")
}
