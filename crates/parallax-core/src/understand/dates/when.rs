//! A resolved time → its ISO 8601 spelling.

use crate::model::Precision;
use jiff::civil::{Date, DateTime};
use std::fmt;

/// A resolved time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum When {
    /// A day.
    Day(Date),
    /// A day and a time of it.
    Time(DateTime),
    /// Hour and minute of an unknown day.
    Clock(i8, i8),
    /// Year and month.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// From, to (not included).
    Interval(Date, Date),
    /// A length, spelt.
    Length(String),
}

impl When {
    /// The day it falls on, where it is one.
    pub fn day(&self) -> Option<Date> {
        match self {
            When::Day(day) => Some(*day),
            When::Time(time) => Some(time.date()),
            _ => None,
        }
    }

    /// First day and day after the last.
    pub fn bounds(&self) -> Option<(Date, Date)> {
        match self {
            When::Day(day) => Some((*day, day.tomorrow().ok()?)),
            When::Time(time) => Some((time.date(), time.date().tomorrow().ok()?)),
            When::Month(year, month) => {
                let first = Date::new(*year, *month, 1).ok()?;
                Some((first, first.last_of_month().tomorrow().ok()?))
            }
            When::Year(year) => Some((Date::new(*year, 1, 1).ok()?, Date::new(year.checked_add(1)?, 1, 1).ok()?)),
            When::Interval(from, to) => Some((*from, *to)),
            When::Clock(..) | When::Length(_) => None,
        }
    }

    /// How exact a value of this shape is.
    pub fn precision(&self) -> Precision {
        match self {
            When::Day(_) => Precision::Day,
            When::Time(_) | When::Clock(..) => Precision::Time,
            When::Month(..) => Precision::Month,
            When::Year(_) => Precision::Year,
            When::Interval(..) | When::Length(_) => Precision::Interval,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            When::Day(day) => write!(f, "{day}"),
            When::Time(t) => write!(f, "{}T{:02}:{:02}:{:02}", t.date(), t.hour(), t.minute(), t.second()),
            When::Clock(hour, minute) => write!(f, "T{hour:02}:{minute:02}:00"),
            When::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            When::Year(year) => write!(f, "{year:04}"),
            When::Interval(from, to) => write!(f, "{from}/{to}"),
            When::Length(length) => f.write_str(length),
        }
    }
}
