//! `data/naming/LANG.toml` → one language's `Naming` each.

use crate::per_language;
use parallax_core::almanac::{Naming, PerLanguage};

pub(crate) fn load() -> PerLanguage<Naming> {
    per_language!("naming", "en")
}
