//! A matched form and the day it was written on → the time it means.

use super::matching::Found;
use super::when::When;
use crate::almanac::{FormKind, Holiday, TimeUnit};
use crate::model::{Decimal, Precision};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

/// What a relative date is counted from.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// The article's day.
    pub reference: Option<Date>,
    /// The first day named in this sentence.
    pub sentence: Option<Date>,
    /// The day named last.
    pub last: Option<Date>,
    /// Does the sentence speak of what is to come?
    pub future: bool,
}

/// The time a form means; `None` where that cannot be said.
pub fn resolve(found: &Found, anchor: Anchor) -> Option<(When, Precision)> {
    let kind = found.kind?;
    let counted = |from: Option<Date>, sign: i64| {
        let unit = found.unit.unwrap_or(TimeUnit::Day);
        let when = shifted(from?, found.n.unwrap_or(Decimal::ONE), unit, sign)?;
        let when = at_time(when, found);
        Some((when, unit_precision(unit)))
    };
    let own = |when: Option<When>| when.map(|w| (w.clone(), w.precision()));
    match kind {
        FormKind::Date => own(date(found, anchor)),
        FormKind::Ago => counted(anchor.reference, -1),
        FormKind::Ahead => counted(anchor.reference, 1),
        FormKind::AfterEvent => counted(anchor.sentence.or(anchor.reference), -1),
        FormKind::BeforeEvent => counted(anchor.sentence.or(anchor.reference), 1),
        FormKind::Later => counted(anchor.last.or(anchor.reference), 1),
        FormKind::Earlier => counted(anchor.last.or(anchor.reference), -1),
        FormKind::Past => own(stretch(found, anchor.reference?, -1)),
        FormKind::Coming => own(stretch(found, anchor.reference?, 1)),
        FormKind::Length => own(length(found.n.unwrap_or(Decimal::ONE), found.unit?)),
        FormKind::Period => own(period(found, anchor.reference?)),
        FormKind::SoFar => {
            let (from, to) = period(found, anchor.reference?)?.bounds()?;
            let now = anchor.reference?;
            own(Some(When::Interval(from, if (from..to).contains(&now) && from < now { now } else { to })))
        }
        FormKind::Remaining => {
            let (from, to) = period(found, anchor.reference?)?.bounds()?;
            own(Some(When::Interval(anchor.reference.filter(|now| (from..to).contains(now)).unwrap_or(from), to)))
        }
        FormKind::Century => {
            let from = i16::from(found.day?).checked_sub(1)?.checked_mul(100)?;
            own(Some(When::Interval(Date::new(from, 1, 1).ok()?, Date::new(from.checked_add(100)?, 1, 1).ok()?)))
        }
        FormKind::Decade => {
            let from = found.decade?;
            own(Some(When::Interval(Date::new(from, 1, 1).ok()?, Date::new(from.checked_add(10)?, 1, 1).ok()?)))
        }
        FormKind::Clock => {
            let (hour, minute, second) = clock(found)?;
            let time = Time::new(hour, minute, second, 0).ok()?;
            own(Some(anchor.reference.map_or(When::Clock(hour, minute), |day| When::Time(day.to_datetime(time)))))
        }
        FormKind::Nothing => None,
    }
}

/// How exact "`n` units ago" is.
fn unit_precision(unit: TimeUnit) -> Precision {
    match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => Precision::Time,
        TimeUnit::Day | TimeUnit::Week | TimeUnit::Weekend => Precision::Day,
        TimeUnit::Month | TimeUnit::Quarter => Precision::Month,
        TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => Precision::Year,
    }
}

fn clock(found: &Found) -> Option<(i8, i8, i8)> {
    let hour = found.hour?;
    let hour = match found.meridiem {
        Some(add) if hour < 12 => hour + add,
        Some(0) if hour == 12 => 0,
        _ => hour,
    };
    Some((hour % 24, found.minute.unwrap_or(0), found.second.unwrap_or(0)))
}

fn at_time(when: When, found: &Found) -> When {
    let time = clock(found).and_then(|(h, m, s)| Time::new(h, m, s, 0).ok());
    match (when, time) {
        (When::Day(day), Some(time)) => When::Time(day.to_datetime(time)),
        (when, _) => when,
    }
}

/// Year, month, day, weekday, feast, as far as they are given; the rest from the article's day.
fn date(found: &Found, anchor: Anchor) -> Option<When> {
    let day = |d: Date| Some(at_time(When::Day(d), found));
    if let Some(offset) = found.today {
        return day(anchor.reference?.checked_add(offset.days()).ok()?);
    }
    if let Some(feast) = found.holiday {
        return day(feast_day(feast, found, anchor)?);
    }
    if let Some(season) = found.season {
        return season_of(season, found, anchor);
    }
    match (found.year, found.month, found.day) {
        (year, Some(month), Some(first)) => {
            let year = match (year, found.direction) {
                (Some(year), _) => year,
                (None, Some(direction)) => anchor.reference?.year().checked_add(i16::try_from(direction).ok()?)?,
                (None, None) => nearest_year(month, first, anchor)?,
            };
            let from = Date::new(year, month, first).ok()?;
            match found.day2 {
                Some(last) => {
                    let to = Date::new(year, found.month2.unwrap_or(month), last).ok()?.tomorrow().ok()?;
                    (to > from).then_some(When::Interval(from, to))
                }
                None => day(from),
            }
        }
        (year, Some(month), None) => {
            let year = match year {
                Some(year) => year,
                None if found.unit == Some(TimeUnit::Year) => {
                    anchor.reference?.year().checked_add(i16::try_from(found.direction?).ok()?)?
                }
                None => year_of_month(month, found.direction, anchor)?,
            };
            match found.month2 {
                Some(last) => {
                    let from = Date::new(year, month, 1).ok()?;
                    let to = Date::new(year, last, 1).ok()?.last_of_month().tomorrow().ok()?;
                    (to > from).then_some(When::Interval(from, to))
                }
                None => Some(When::Month(year, month)),
            }
        }
        (Some(year), None, None) => Some(When::Year(year)),
        (None, None, Some(number)) => {
            let from = day_of_month(number, found.direction, anchor)?;
            match found.day2 {
                Some(last) => {
                    let to = Date::new(from.year(), from.month(), last).ok()?.tomorrow().ok()?;
                    (to > from).then_some(When::Interval(from, to))
                }
                None => day(from),
            }
        }
        (None, None, None) => day(weekday(found, anchor)?),
        (Some(_), None, Some(_)) => None,
    }
}

/// "The 12th": of the month meant by `direction`, or else of that which brings it nearest to the article's day.
fn day_of_month(day: i8, direction: Option<i64>, anchor: Anchor) -> Option<Date> {
    let this = anchor.reference?;
    let of_month = |offset: i64| {
        let month = this.first_of_month().checked_add(offset.months()).ok()?;
        Date::new(month.year(), month.month(), day).ok()
    };
    if let Some(offset) = direction {
        return of_month(offset);
    }
    let distance = |date: Date| {
        let days = date.since(this).ok()?.get_days();
        // News looks back: a day to come is meant only where it is near, or the sentence says so.
        Some(match (days > 0, anchor.future) {
            (true, false) => days.saturating_mul(3),
            (false, true) if days < 0 => days.saturating_mul(-3),
            _ => days.abs(),
        })
    };
    let dates = [-1, 0, 1].into_iter().filter_map(of_month);
    dates.filter_map(|date| Some((distance(date)?, date))).min().map(|(_, date)| date)
}

/// The year that brings a month and day nearest to the article's day.
fn nearest_year(month: i8, day: i8, anchor: Anchor) -> Option<i16> {
    let reference = anchor.reference?;
    let distance = |year: i16| {
        let date = Date::new(year, month, day).ok()?;
        let days = date.since(reference).ok()?.get_days();
        // A day that is long to come is meant only where the sentence says so.
        Some(if days > 0 && !anchor.future { days.saturating_mul(2) } else { days.abs() })
    };
    let years =
        [reference.year() - 1, reference.year(), reference.year() + 1, reference.year() - 2, reference.year() + 2];
    years.into_iter().filter_map(|y| Some((distance(y)?, y))).min().map(|(_, year)| year)
}

fn year_of_month(month: i8, direction: Option<i64>, anchor: Anchor) -> Option<i16> {
    let reference = anchor.reference?;
    let (year, now) = (reference.year(), reference.month());
    Some(match direction {
        Some(0) => year,
        Some(d) if d < 0 => {
            if month < now {
                year
            } else {
                year - 1
            }
        }
        Some(_) => {
            if month > now {
                year
            } else {
                year + 1
            }
        }
        None if anchor.future => {
            if month >= now {
                year
            } else {
                year + 1
            }
        }
        None => {
            if month <= now {
                year
            } else {
                year - 1
            }
        }
    })
}

fn weekday(found: &Found, anchor: Anchor) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(found.weekday?).ok()?;
    let reference = anchor.reference?;
    if let (Some(direction), Some(TimeUnit::Week)) = (found.direction, found.unit) {
        let monday = monday_of(reference)?.checked_add((7 * direction).days()).ok()?;
        return monday.checked_add(i64::from(found.weekday? - 1).days()).ok();
    }
    let today = reference.weekday() == wanted;
    match found.direction {
        Some(d) if d < 0 => reference.nth_weekday(-1, wanted).ok(),
        Some(d) if d > 0 => {
            let monday = monday_of(reference)?.checked_add(7.days()).ok()?;
            monday.checked_add(i64::from(found.weekday? - 1).days()).ok()
        }
        Some(_) => monday_of(reference)?.checked_add(i64::from(found.weekday? - 1).days()).ok(),
        None if today => Some(reference),
        None if anchor.future => reference.nth_weekday(1, wanted).ok(),
        None => reference.nth_weekday(-1, wanted).ok(),
    }
}

fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn feast_day(feast: Holiday, found: &Found, anchor: Anchor) -> Option<Date> {
    let in_year = |year: i16| match feast {
        Holiday::Fixed(month, day) => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok(),
        Holiday::Easter(days) => easter(year)?.checked_add(days.days()).ok(),
        Holiday::Nth(month, weekday, nth) => {
            let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
            let weekday = Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
            first.nth_weekday_of_month(i8::try_from(nth).ok()?, weekday).ok()
        }
    };
    if let Some(year) = found.year {
        return in_year(year);
    }
    let reference = anchor.reference?;
    let year = reference.year();
    match found.direction {
        Some(d) if d < 0 => [year, year - 1].into_iter().filter_map(in_year).find(|d| *d < reference),
        Some(d) if d > 0 => [year, year + 1].into_iter().filter_map(in_year).find(|d| *d > reference),
        _ => [year - 1, year, year + 1]
            .into_iter()
            .filter_map(in_year)
            .min_by_key(|d| d.since(reference).map(|s| s.get_days().abs()).unwrap_or(i32::MAX)),
    }
}

/// The Sunday of Easter in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let sum = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    Date::new(year, i8::try_from(sum / 31).ok()?, i8::try_from(sum % 31 + 1).ok()?).ok()
}

fn season_of((month, months): (i8, i8), found: &Found, anchor: Anchor) -> Option<When> {
    let year = match found.year {
        Some(year) => year,
        None => {
            let reference = anchor.reference?;
            let this = reference.year();
            match found.direction {
                Some(0) => this,
                Some(d) if d > 0 => {
                    if month > reference.month() {
                        this
                    } else {
                        this + 1
                    }
                }
                _ if anchor.future && found.direction.is_none() => {
                    if month >= reference.month() {
                        this
                    } else {
                        this + 1
                    }
                }
                _ => {
                    if month <= reference.month() {
                        this
                    } else {
                        this - 1
                    }
                }
            }
        }
    };
    let from = Date::new(year, month, 1).ok()?;
    Some(When::Interval(from, from.checked_add(months.months()).ok()?))
}

/// A day some units away. Half units are rounded down to whole days; hours give a time only on an unknown clock, so the day.
fn shifted(from: Date, n: Decimal, unit: TimeUnit, sign: i64) -> Option<When> {
    let whole = i64::try_from(n.trunc()).ok()?.checked_mul(sign).filter(|n| n.abs() < 40_000)?;
    if unit == TimeUnit::Year && whole.abs() >= 1000 {
        return None;
    }
    let half = !n.fract().is_zero();
    let span = match unit {
        TimeUnit::Second | TimeUnit::Minute => 0.days(),
        TimeUnit::Hour => (whole / 24).days(),
        TimeUnit::Day => whole.days(),
        TimeUnit::Week | TimeUnit::Weekend => (whole * 7 + if half { 3 * sign } else { 0 }).days(),
        TimeUnit::Month => whole.months().days(if half { 15 * sign } else { 0 }),
        TimeUnit::Quarter => whole.checked_mul(3)?.months(),
        TimeUnit::Year => (whole.checked_mul(12)? + if half { 6 * sign } else { 0 }).months(),
        TimeUnit::Decade => whole.checked_mul(120)?.months(),
        TimeUnit::Century => whole.checked_mul(1200)?.months(),
    };
    Some(When::Day(from.checked_add(span).ok()?))
}

/// "the last three months": the units that end (or begin) at the article's day.
fn stretch(found: &Found, reference: Date, sign: i64) -> Option<When> {
    let n = found.n.unwrap_or(Decimal::ONE);
    let other = shifted(reference, n, found.unit?, sign)?.day()?;
    if other == reference {
        return length(n, found.unit?);
    }
    let tomorrow = reference.tomorrow().ok()?;
    Some(if sign < 0 { When::Interval(other, reference) } else { When::Interval(tomorrow, other.tomorrow().ok()?) })
}

fn length(n: Decimal, unit: TimeUnit) -> Option<When> {
    let thousand = Decimal::ONE_THOUSAND;
    if unit == TimeUnit::Year && n > thousand && n < Decimal::from(2200) && !(n % thousand).is_zero() {
        // "1480 роки": the year itself, more likely than so many of them.
        return None;
    }
    let (n, time, letter) = match unit {
        TimeUnit::Second => (n, "T", 'S'),
        TimeUnit::Minute => (n, "T", 'M'),
        TimeUnit::Hour => (n, "T", 'H'),
        TimeUnit::Day => (n, "", 'D'),
        TimeUnit::Weekend => (n.checked_mul(Decimal::TWO)?, "", 'D'),
        TimeUnit::Week => (n, "", 'W'),
        TimeUnit::Month => (n, "", 'M'),
        TimeUnit::Quarter => (n.checked_mul(Decimal::from(3))?, "", 'M'),
        TimeUnit::Year => (n, "", 'Y'),
        TimeUnit::Decade => (n.checked_mul(Decimal::TEN)?, "", 'Y'),
        TimeUnit::Century => (n.checked_mul(Decimal::ONE_HUNDRED)?, "", 'Y'),
    };
    Some(When::Length(format!("P{time}{}{letter}", n.normalize())))
}

/// "last month", "this week", "next year".
fn period(found: &Found, reference: Date) -> Option<When> {
    let direction = found.direction.unwrap_or(0);
    let month = |offset: i64| reference.first_of_month().checked_add(offset.months()).ok();
    let year = i16::try_from(i64::from(reference.year()).checked_add(direction)?).ok()?;
    Some(match found.unit? {
        TimeUnit::Day => When::Day(reference.checked_add(direction.days()).ok()?),
        TimeUnit::Week => {
            let monday = monday_of(reference)?.checked_add((7 * direction).days()).ok()?;
            When::Interval(monday, monday.checked_add(7.days()).ok()?)
        }
        TimeUnit::Weekend => {
            let monday = monday_of(reference)?.checked_add((7 * direction).days()).ok()?;
            When::Interval(monday.checked_add(5.days()).ok()?, monday.checked_add(7.days()).ok()?)
        }
        TimeUnit::Month => {
            let first = month(direction)?;
            When::Month(first.year(), first.month())
        }
        TimeUnit::Quarter => {
            let first = month(-i64::from((reference.month() - 1) % 3))?.checked_add((3 * direction).months()).ok()?;
            When::Interval(first, first.checked_add(3.months()).ok()?)
        }
        TimeUnit::Year => When::Year(year),
        TimeUnit::Decade => {
            let from = (reference.year() / 10).checked_mul(10)?.checked_add(i16::try_from(10 * direction).ok()?)?;
            When::Interval(Date::new(from, 1, 1).ok()?, Date::new(from.checked_add(10)?, 1, 1).ok()?)
        }
        TimeUnit::Century => {
            let from = (reference.year() / 100).checked_mul(100)?.checked_add(i16::try_from(100 * direction).ok()?)?;
            When::Interval(Date::new(from, 1, 1).ok()?, Date::new(from.checked_add(100)?, 1, 1).ok()?)
        }
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
    })
}
