//! `data/numbers/LANG.toml` → one language's `Numbers` each.

use crate::per_language;
use parallax_core::almanac::{Numbers, PerLanguage};

pub(crate) fn load() -> PerLanguage<Numbers> {
    per_language!("numbers", "en")
}
