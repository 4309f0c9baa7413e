//! Two dates with the words of a range between them → one interval.

use super::Dated;
use super::matching::Found;
use super::resolve::{Anchor, resolve};
use super::when::When;
use crate::almanac::{Calendar, FormKind};
use crate::model::Precision;
use crate::text::Token;
use jiff::civil::Date;

/// Joins neighbours that make a range; the rest stays as it is.
pub fn joined(dated: Vec<Dated>, tokens: &[Token], calendar: &Calendar, reference: Option<Date>) -> Vec<Dated> {
    let mut out: Vec<Dated> = Vec::with_capacity(dated.len());
    for next in dated {
        let range = out.last().and_then(|first| joins(first, &next, tokens, calendar, reference));
        match range {
            Some(range) => {
                out.pop();
                out.push(range);
            }
            None => out.push(next),
        }
    }
    out
}

/// Is only the day of a month given?
fn is_bare_day(found: &Found) -> bool {
    found.kind == Some(FormKind::Date)
        && found.day.is_some()
        && found.month.is_none()
        && found.year.is_none()
        && found.direction.is_none()
        && found.day2.is_none()
}

fn joins(
    first: &Dated,
    second: &Dated,
    tokens: &[Token],
    calendar: &Calendar,
    reference: Option<Date>,
) -> Option<Dated> {
    let between: Vec<&str> = tokens.get(first.end..second.start)?.iter().map(|t| t.key.as_str()).collect();
    let start = calendar.ranges.iter().find_map(|(open, mid)| {
        let fits = between.len() == mid.len() && between.iter().zip(mid).all(|(a, b)| a == b);
        let start = first.start.checked_sub(open.len())?;
        let opened = open.iter().zip(&tokens[start..]).all(|(w, t)| t.key == *w);
        (fits && opened).then_some(start)
    })?;
    let is_date =
        |d: &Dated| matches!(d.found.kind, Some(FormKind::Date | FormKind::Period | FormKind::Ago | FormKind::Ahead));
    if !is_date(first) || !is_date(second) {
        return None;
    }
    let anchor = Anchor { reference, sentence: None, last: None, future: false };
    let bounds = |found: &Found, when: &When| resolve(found, anchor).map_or_else(|| when.bounds(), |(w, _)| w.bounds());
    // The first takes the year, and a bare day the month, of the second.
    let mut found = first.found;
    let end = second.when.bounds()?.0;
    if is_bare_day(&found) && second.found.month.is_some() {
        found.month = second.found.month;
    }
    if found.year.is_none() && found.month.is_some() {
        found.year = second.found.year.or(Some(end.year()));
    }
    let (from, _) = bounds(&found, &first.when)?;
    let (_, mut to) = second.when.bounds()?;
    // "2 May 2020 to 7 May", "2 May to the 7th": the second takes them of the first.
    let mut last = second.found;
    if is_bare_day(&last) {
        (last.month, last.year) = (Some(from.month()), Some(from.year()));
    } else if last.year.is_none() && last.month.is_some() && first.found.year.is_some() {
        last.year = first.found.year;
    }
    if last != second.found {
        to = bounds(&last, &second.when)?.1;
    }
    if to <= from && second.found.year.is_none() && second.found.month.is_some() {
        let mut found = second.found;
        found.year = from.year().checked_add(1);
        to = resolve(&found, anchor)?.0.bounds()?.1;
    }
    if to <= from {
        return None;
    }
    Some(Dated { start, end: second.end, found, when: When::Interval(from, to), precision: Precision::Interval })
}
