//! `data/calendar/LANG.toml` → one language's `Calendar` each, what is common to all (`und`) added in.

use crate::{parse, per_language};
use parallax_core::almanac::{Calendar, CalendarData, PerLanguage};

pub(crate) fn load() -> PerLanguage<Calendar> {
    let common: CalendarData = parse("calendar/und.toml", include_str!("../data/calendar/und.toml"));
    let own: PerLanguage<CalendarData> = per_language!("calendar", "en");
    let mut all: PerLanguage<Calendar> =
        own.iter().map(|(language, own)| (language.clone(), ready(language, own, &common))).collect();
    all.insert("und".to_owned(), ready("und", &common, &CalendarData::default()));
    all
}

/// The data are part of the program and a test loads them all, so a mistake in them stops at once.
fn ready(language: &str, own: &CalendarData, common: &CalendarData) -> Calendar {
    Calendar::new(own, common)
        .unwrap_or_else(|error| panic!("the almanac's calendar/{language}.toml is not sound: {error}"))
}
