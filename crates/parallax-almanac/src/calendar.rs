//! `data/calendar/LANG.toml` → one language's `Calendar` each, with CLDR's names (`cldr`) and what is common to all (`und`).

use crate::{parse, per_language};
use parallax_core::almanac::{Calendar, CalendarData, PerLanguage};

pub(crate) fn load() -> PerLanguage<Calendar> {
    let common: CalendarData = parse("calendar/und.toml", include_str!("../data/calendar/und.toml"));
    let own: PerLanguage<CalendarData> = per_language!(
        "calendar", "en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh",
        "ja", "ko"
    );
    let names: PerLanguage<CalendarData> = per_language!(
        "calendar/cldr",
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
    let layers = |language: &String, own| -> Vec<&CalendarData> {
        [Some(own), names.get(language), Some(&common)].into_iter().flatten().collect()
    };
    let mut all: PerLanguage<Calendar> =
        own.iter().map(|(language, own)| (language.clone(), ready(language, &layers(language, own)))).collect();
    all.insert("und".to_owned(), ready("und", &[&common]));
    all
}

/// The data are part of the program and a test loads them all, so a mistake in them stops at once.
fn ready(language: &str, layers: &[&CalendarData]) -> Calendar {
    Calendar::new(layers).unwrap_or_else(|error| panic!("the almanac's calendar/{language}.toml is not sound: {error}"))
}
