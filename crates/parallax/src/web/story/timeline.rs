//! The timeline → its days with what happened or was to happen.

use crate::web::sheet::{Quote, Sheet};
use crate::web::words::when;

/// One moment or day.
pub struct Day {
    /// In words; nothing where it is that of the one before.
    pub when: String,
    /// ISO 8601, where it is one moment.
    pub stamp: String,
    /// The sentence that tells it.
    pub quote: Quote,
    /// Who else tells it.
    pub also: Vec<Quote>,
    /// Planned, happened, did not happen; nothing where that is not known.
    pub status: &'static str,
}

pub fn timeline(sheet: &Sheet<'_>) -> Vec<Day> {
    let day = |d: &crate::web::shape::Development| {
        let mut quotes = sheet.quotes(&d.evidence);
        if quotes.is_empty() {
            return None;
        }
        let quote = quotes.remove(0);
        let status = match d.status.as_str() {
            "planned" => "planned",
            "did_not_happen" => "did not happen",
            "happened" if d.settled_by.is_some() => "planned, and happened",
            _ => "",
        };
        Some(Day { when: when(&d.when), stamp: stamp(&d.when), quote, also: quotes, status })
    };
    let mut days: Vec<Day> = sheet.story.timeline.iter().filter_map(day).collect();
    // A date stands once, however many sentences are of it.
    for n in (1..days.len()).rev() {
        if days[n].when == days[n - 1].when {
            days[n].when.clear();
        }
    }
    days
}

/// What HTML takes as a time: a year, a month, a day, a moment; no interval.
fn stamp(value: &str) -> String {
    let is_one = !value.contains('/') && value.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if is_one { value.to_owned() } else { String::new() }
}
