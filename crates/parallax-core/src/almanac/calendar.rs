//! One language's words of time: months, weekdays, relative dates, plans and outcomes, and the forms in which dates are written.

use super::forms::{FormKind, Forms, compile};
use super::{Phrases, WordSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A data file as it stands: `data/calendar/LANG.toml`. Phrases may be of several words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalendarData {
    /// Order of day and month in all-digit dates.
    pub order: DayOrder,
    /// Are names of months written with a capital, so that "may" is none?
    pub capital: bool,
    /// Month names and abbreviations → 1 to 12.
    pub month: BTreeMap<String, i64>,
    /// Short month names that are months only beside a day's number → 1 to 12.
    pub short_month: BTreeMap<String, i64>,
    /// Weekday names and abbreviations → 1 (Monday) to 7.
    pub weekday: BTreeMap<String, i64>,
    /// "today", "tomorrow" → days from the article's.
    pub day: BTreeMap<String, i64>,
    /// "this", "last", "next" → units from the article's.
    pub direction: BTreeMap<String, i64>,
    /// "last month" as one phrase → "-1 month".
    pub relative: BTreeMap<String, String>,
    /// Unit of time → its words.
    pub unit: BTreeMap<TimeUnit, Vec<String>>,
    /// Words for before and after noon → hours to add to 1..11.
    pub meridiem: BTreeMap<String, i64>,
    /// Season → its first month in the northern hemisphere.
    pub season: BTreeMap<String, i64>,
    /// "sixties" → 60, of the last century.
    pub decade: BTreeMap<String, i64>,
    /// Quarter or half of a year → its first month and how many.
    pub part_of_year: BTreeMap<String, [i64; 2]>,
    /// Feast → "MM-DD", "easter+N" for N days after Easter, or "MM/WEEKDAY/N" for the nth such weekday of a month.
    pub holiday: BTreeMap<String, String>,
    /// Short forms that are used inside others by name.
    pub part: BTreeMap<String, Vec<String>>,
    /// The forms of dates.
    pub form: Vec<FormData>,
    /// Words of a range: before its first date (may be empty), between the two.
    pub range: Vec<[String; 2]>,
    /// Letters glued to the beginning of words (Hebrew, Arabic).
    pub prefix: Vec<String>,
    /// Words that put a sentence into the future: a bare weekday is then the next one.
    pub future: Vec<String>,
    /// Words that do so from behind ("am Donnerstag treffen werden").
    pub future_after: Vec<String>,
    /// Words just before a date that lies ahead ("called a strike for Thursday").
    pub ahead: Vec<String>,
    /// Endings of verbs that tell of what is to come ("-ecek", "-rá").
    pub future_endings: Vec<String>,
    /// Words that put a clause into the past: nearer to a date than a word of the future, they count ("will resign, he said on Friday").
    pub past: Vec<String>,
    /// Words of plan and expectation ("is expected to", "was considering").
    pub planned: Vec<String>,
    /// Words that say that something did not come about ("cancelled", "without").
    pub cancelled: Vec<String>,
    /// Words of negation ("not", "no").
    pub negation: Vec<String>,
    /// Words before a date that is only the beginning of something longer ("since").
    pub since: Vec<String>,
}

/// A form kind with its spellings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormData {
    /// What it means.
    pub is: FormKind,
    /// How it is written; see `forms`.
    pub of: Vec<String>,
}

/// Order of the parts of an all-digit date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum DayOrder {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What a word of time says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimeWord {
    /// 1 to 12.
    Month(u8),
    /// 1 to 12, if a day's number stands before it.
    ShortMonth(u8),
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// "last month": units from the article's.
    Relative(i64, TimeUnit),
    /// Days from the article's.
    Day(i64),
    /// Units from the article's.
    Direction(i64),
    /// A unit.
    Unit(TimeUnit),
    /// Hours to add to 1..11.
    Meridiem(u8),
    /// First month, number of months.
    Season(u8, u8),
    /// First of ten years of the last century.
    Decade(u8),
    /// A feast.
    Holiday(Holiday),
}

/// A day that is named by its feast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holiday {
    /// Month and day.
    Fixed(u8, u8),
    /// Days after the Sunday of Easter, as the western churches reckon it.
    Easter(i64),
    /// Month, weekday (1 to 7), and which one of the month.
    Nth(u8, u8, u8),
}

/// One language's words of time, ready for look-up; what all languages share is added in.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// Order of day and month in all-digit dates.
    pub order: DayOrder,
    /// Are names of months written with a capital?
    pub capital: bool,
    /// Words of time.
    pub words: Phrases<TimeWord>,
    /// The forms of dates, own before common.
    pub forms: Forms,
    /// Words that open a range → what stands between its two dates.
    pub ranges: Vec<(Vec<String>, Vec<String>)>,
    /// Letters glued to the beginning of words, longest first.
    pub prefix: Vec<String>,
    /// Words that put a sentence into the future.
    pub future: Phrases<()>,
    /// Words that do so from behind.
    pub future_after: Phrases<()>,
    /// Words just before a date that lies ahead.
    pub ahead: Phrases<()>,
    /// Endings of verbs that tell of what is to come.
    pub future_endings: Vec<String>,
    /// Words that put a clause into the past.
    pub past: Phrases<()>,
    /// Words of plan and expectation.
    pub planned: Phrases<()>,
    /// Words that say that something did not come about.
    pub cancelled: Phrases<()>,
    /// Words of negation.
    pub negation: Phrases<()>,
    /// Words before a date that is only the beginning of something longer.
    pub since: WordSet,
}

impl Calendar {
    /// Makes one language's data ready: its own before what is taken from elsewhere and what is common to all.
    ///
    /// # Errors
    /// A form that cannot be understood, in words for whoever wrote it.
    pub fn new(layers: &[&CalendarData]) -> Result<Self, String> {
        let Some(own) = layers.first() else { return Ok(Calendar::default()) };
        let mut words = Phrases::default();
        let small = |n: i64| u8::try_from(n).unwrap_or(0);
        for data in layers {
            data.month.iter().for_each(|(w, n)| words.add(w, TimeWord::Month(small(*n))));
            data.short_month.iter().for_each(|(w, n)| words.add(w, TimeWord::ShortMonth(small(*n))));
            data.weekday.iter().for_each(|(w, n)| words.add(w, TimeWord::Weekday(small(*n))));
            data.day.iter().for_each(|(w, n)| words.add(w, TimeWord::Day(*n)));
            data.direction.iter().for_each(|(w, n)| words.add(w, TimeWord::Direction(*n)));
            data.meridiem.iter().for_each(|(w, n)| words.add(w, TimeWord::Meridiem(small(*n))));
            data.season.iter().for_each(|(w, n)| words.add(w, TimeWord::Season(small(*n), 3)));
            data.decade.iter().for_each(|(w, n)| words.add(w, TimeWord::Decade(small(*n))));
            data.part_of_year.iter().for_each(|(w, [n, m])| words.add(w, TimeWord::Season(small(*n), small(*m))));
            for (phrase, meaning) in &data.relative {
                let word = relative(meaning).ok_or_else(|| format!("{phrase} = {meaning}: no such time"))?;
                words.add(phrase, word);
            }
            for (unit, names) in &data.unit {
                names.iter().for_each(|w| words.add(w, TimeWord::Unit(*unit)));
            }
            for (name, rule) in &data.holiday {
                words.add(
                    name,
                    TimeWord::Holiday(holiday(rule).ok_or_else(|| format!("{name} = {rule}: no such day"))?),
                );
            }
        }
        let mut part = BTreeMap::new();
        layers.iter().rev().for_each(|data| part.extend(data.part.clone()));
        let mut forms = Vec::new();
        for data in layers.iter().flat_map(|data| &data.form) {
            for spelling in &data.of {
                forms.push(compile(data.is, spelling, &part)?);
            }
        }
        let phrases = |words: &[String]| words.iter().map(|w| (w.clone(), ())).collect();
        let ranges = layers.iter().flat_map(|data| &data.range);
        let mut prefix = own.prefix.clone();
        prefix.sort_by_key(|p| std::cmp::Reverse(p.len()));
        Ok(Calendar {
            order: own.order,
            capital: own.capital,
            words,
            forms: Forms::new(forms),
            ranges: ranges.map(|[open, mid]| (super::keys(open), super::keys(mid))).collect(),
            prefix,
            future: phrases(&own.future),
            future_after: phrases(&own.future_after),
            ahead: phrases(&own.ahead),
            future_endings: own.future_endings.clone(),
            past: phrases(&own.past),
            planned: phrases(&own.planned),
            cancelled: phrases(&own.cancelled),
            negation: phrases(&own.negation),
            since: WordSet::new(&own.since),
        })
    }
}

/// "-1 month".
fn relative(meaning: &str) -> Option<TimeWord> {
    let (n, unit) = meaning.split_once(' ')?;
    let unit = match unit {
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "weekend" => TimeUnit::Weekend,
        "month" => TimeUnit::Month,
        "quarter" => TimeUnit::Quarter,
        "year" => TimeUnit::Year,
        "decade" => TimeUnit::Decade,
        "century" => TimeUnit::Century,
        _ => return None,
    };
    Some(TimeWord::Relative(n.parse().ok()?, unit))
}

fn holiday(rule: &str) -> Option<Holiday> {
    if let Some(days) = rule.strip_prefix("easter") {
        return Some(Holiday::Easter(days.parse().ok()?));
    }
    let numbers: Vec<u8> = rule.split(['-', '/']).map(|n| n.parse().ok()).collect::<Option<_>>()?;
    match numbers[..] {
        [month, day] => Some(Holiday::Fixed(month, day)),
        [month, weekday, nth] => Some(Holiday::Nth(month, weekday, nth)),
        _ => None,
    }
}
