//! A point in time as precisely as the page gives it: a day, a wall-clock time, or an instant with its offset.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// When something was published. What is not known is not there: no invented midnight, no invented zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Moment {
    /// Only the day is known.
    Day(Date),
    /// Day and time, zone unknown.
    Civil(DateTime),
    /// Local day and time with the offset from UTC in minutes.
    Offset(DateTime, i16),
}

impl Moment {
    /// The day in the page's own zone.
    #[must_use]
    pub fn day(&self) -> Date {
        match self {
            Moment::Day(day) => *day,
            Moment::Civil(time) | Moment::Offset(time, _) => time.date(),
        }
    }

    /// A number to order moments by: minutes since 1970 UTC; an unknown zone counts as UTC, an unknown time as the day's start.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        let (time, offset) = match self {
            Moment::Day(day) => (day.at(0, 0, 0, 0), 0),
            Moment::Civil(time) => (*time, 0),
            Moment::Offset(time, offset) => (*time, i64::from(*offset)),
        };
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = i64::from(time.date().since(epoch).map(|s| s.get_days()).unwrap_or(0));
        days * 1440 + i64::from(time.hour()) * 60 + i64::from(time.minute()) - offset
    }
}

/// ISO 8601: `2025-12-03`, `2025-12-03T05:19:00`, `2025-12-03T05:19:00+01:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clock = |f: &mut fmt::Formatter<'_>, t: &DateTime| {
            write!(f, "{}T{:02}:{:02}:{:02}", t.date(), t.hour(), t.minute(), t.second())
        };
        match self {
            Moment::Day(day) => write!(f, "{day}"),
            Moment::Civil(time) => clock(f, time),
            Moment::Offset(time, offset) => {
                clock(f, time)?;
                let sign = if *offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// Reads what `Display` writes; seconds may be missing, `Z` stands for `+00:00`, fractions of a second are dropped.
impl FromStr for Moment {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(clock) = text.find(['T', ' ']) else { return text.parse().map(Moment::Day) };
        let (local, offset) = match text[clock..].find(['Z', '+', '-']) {
            Some(zone) => text.split_at(clock + zone),
            None => (text, ""),
        };
        let time: DateTime = local.replacen(' ', "T", 1).parse()?;
        let time = time.date().at(time.hour(), time.minute(), time.second(), 0);
        match offset {
            "" => Ok(Moment::Civil(time)),
            zone => Ok(Moment::Offset(time, offset_minutes(zone)?)),
        }
    }
}

/// `Z`, `+01:00`, `-0330` → minutes.
fn offset_minutes(zone: &str) -> Result<i16, jiff::Error> {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let minutes = match (digits.len(), digits.parse::<i16>()) {
        (0, _) if zone == "Z" => Some(0),
        (2, Ok(hours)) => Some(hours * 60),
        (4, Ok(both)) => Some(both / 100 * 60 + both % 100),
        _ => None,
    };
    let minutes = minutes.ok_or_else(|| jiff::Error::from_args(format_args!("`{zone}` is no offset from UTC")))?;
    Ok(if zone.starts_with('-') { -minutes } else { minutes })
}
