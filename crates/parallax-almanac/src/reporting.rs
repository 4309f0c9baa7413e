//! `data/reporting/LANG.toml` → one language's `Reporting` each.

use crate::per_language;
use parallax_core::almanac::{PerLanguage, Reporting};

pub(crate) fn load() -> PerLanguage<Reporting> {
    per_language!("reporting", "en")
}
