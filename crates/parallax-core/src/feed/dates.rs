//! A feed's date, in any of the forms that are about → ISO 8601, as exact as it was.

use crate::model::Moment;
use jiff::civil::{Date, DateTime, Time};

/// Offsets in minutes of the zone names of RFC 822 and the commonest others. Military letters are not believed (RFC 1123, 5.2.14).
const ZONES: &[(&str, i16)] = &[
    ("z", 0),
    ("gmt", 0),
    ("ut", 0),
    ("utc", 0),
    ("wet", 0),
    ("bst", 60),
    ("cet", 60),
    ("west", 60),
    ("cest", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("ist", 330),
    ("hkt", 480),
    ("sgt", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("adt", -180),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The moment, or nothing where it can't be made out.
pub(super) fn iso(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    numeric(text).or_else(|| worded(text)).map(|moment| moment.to_string())
}

/// `2003-12-31T10:14:55Z` and its relatives: W3CDTF, ISO 8601 basic, a blank for the T, slashes, month or year alone.
fn numeric(text: &str) -> Option<Moment> {
    let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
    let (day, rest) = (&text[..end], text.get(end + 1..).unwrap_or(""));
    let parts: Vec<&str> = if day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()) {
        vec![&day[..4], &day[4..6], &day[6..]]
    } else {
        day.split(['-', '/', '.']).collect()
    };
    if parts.len() > 3 || parts[0].len() != 4 || !parts.iter().all(|part| is_number(part)) {
        return None;
    }
    let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<i8>().ok());
    let date = Date::new(parts[0].parse().ok()?, number(1)?, number(2)?).ok()?;
    let rest = rest.trim();
    let clock_end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(rest.len());
    match clock(&rest[..clock_end]) {
        Some(time) => Some(at(date, time, rest[clock_end..].trim())),
        None => Some(Moment::Day(date)),
    }
}

/// `Thu, 01 Jan 2004 19:48:21 GMT` and its relatives: RFC 822, asctime, "January 1, 2004", two-digit years, missing parts.
fn worded(text: &str) -> Option<Moment> {
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, String::new());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')')).filter(|word| !word.is_empty())
    {
        // "01-Jan-2004" is three words, "-0500" one.
        let pieces: Vec<&str> = match word.find('-') {
            Some(at) if at > 0 && month.is_none() && word.bytes().any(|b| b.is_ascii_alphabetic()) => {
                word.split('-').collect()
            }
            _ => vec![word],
        };
        for piece in pieces {
            let lower = piece.to_lowercase();
            let known =
                MONTHS.iter().position(|m| lower.starts_with(m)).filter(|_| month.is_none() && lower.is_ascii());
            if piece.contains(':') && time.is_none() && !piece.starts_with(['+', '-']) {
                let end = piece.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(piece.len());
                time = Some(clock(&piece[..end])?);
                zone = piece[end..].to_owned();
            } else if let Some(at) = known {
                month = Some(at + 1);
            } else if is_number(piece) && piece.len() <= 4 {
                let value: i16 = piece.parse().ok()?;
                match (day, year) {
                    (None, _) if piece.len() <= 2 && value <= 31 => day = Some(value),
                    (_, None) => year = Some(if piece.len() > 2 { value } else { century(value) }),
                    _ => {}
                }
            } else if matches!(lower.as_str(), "am" | "pm" | "a.m." | "p.m.") {
                time = time.and_then(|t: Time| half_day(t, lower.starts_with('p')));
            } else if time.is_some() {
                // "GMT+0200": what follows GMT says more than GMT.
                let more =
                    (piece.starts_with(['+', '-']) || zone.eq_ignore_ascii_case("gmt")) && offset(piece).is_some();
                if zone.is_empty() || more {
                    zone = lower;
                }
            }
        }
    }
    let date = Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
    Some(time.map_or(Moment::Day(date), |time| at(date, time, &zone)))
}

/// Two-digit years as in RFC 5322, 4.3, but for the years to come.
fn century(year: i16) -> i16 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn half_day(time: Time, afternoon: bool) -> Option<Time> {
    let hour = time.hour() % 12 + if afternoon { 12 } else { 0 };
    Time::new(hour, time.minute(), time.second(), 0).ok()
}

fn at(date: Date, time: Time, zone: &str) -> Moment {
    let time = DateTime::from_parts(date, time);
    offset(zone).map_or(Moment::Civil(time), |minutes| Moment::Offset(time, minutes))
}

/// `10:14:55`, `10:14`, `10`, `101455`; a leap second and midnight as 24:00 are brought back into the day.
fn clock(text: &str) -> Option<Time> {
    let text = text.split(['.', ',']).next()?;
    let parts: Vec<i8> = if text.len() >= 4 && is_number(text) {
        text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok()?.parse().ok()).collect::<Option<_>>()?
    } else {
        text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?
    };
    let [hour, rest @ ..] = parts.as_slice() else { return None };
    let (minute, second) = (rest.first().copied().unwrap_or(0), rest.get(1).copied().unwrap_or(0));
    Time::new(if *hour == 24 { 0 } else { *hour }, minute, second.min(59), 0).ok()
}

/// `+01:00`, `-0500`, `+1`, `EST`, `GMT+02:00`, in minutes.
fn offset(zone: &str) -> Option<i16> {
    let zone = zone.trim().to_lowercase();
    let zone =
        ["gmt", "utc"].iter().find_map(|name| zone.strip_prefix(name).filter(|rest| rest.len() > 1)).unwrap_or(&zone);
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == zone) {
        return Some(*minutes);
    }
    let sign = match zone.bytes().next()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
    let value: i16 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { value * 60 } else { value / 100 * 60 + value % 100 };
    (minutes <= 18 * 60).then_some(sign * minutes)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
