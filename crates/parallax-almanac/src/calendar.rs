//! `data/calendar/LANG.toml` → one language's `Calendar` each.

use crate::per_language;
use parallax_core::almanac::{Calendar, PerLanguage};

pub(crate) fn load() -> PerLanguage<Calendar> {
    per_language!("calendar", "en")
}
