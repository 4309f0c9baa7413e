//! A line of a page's frame → the days and times it gives, with what they are dates of.

use crate::almanac::{Furniture, Role};
use crate::model::Moment;
use jiff::civil::{Date, DateTime, Weekday, date};

/// What a date is said to be of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// First published.
    Published,
    /// Changed.
    Updated,
    /// Not said.
    Unlabelled,
}

/// A line that is a date and hardly anything else.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Dateline {
    /// Its dates in order.
    pub moments: Vec<(Event, Moment)>,
    /// A month and day whose year is not given.
    pub yearless: Option<(i8, i8)>,
}

/// More unknown words than this, and the line is about something else.
const STRANGERS: usize = 2;
/// A longer line is prose, whatever dates it names.
const LINE_CHARS: usize = 120;

/// Reads a line as dates; `None` where it is something else or holds no date.
#[must_use]
pub fn dateline(line: &str, furniture: &Furniture) -> Option<Dateline> {
    if line.chars().nth(LINE_CHARS).is_some() || !line.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let tokens = tokens(line, furniture);
    let mut found = Dateline::default();
    let mut event = Event::Unlabelled;
    let mut early: Option<Clock> = None;
    let mut strangers = 0;
    let mut at = 0;
    while at < tokens.len() {
        if let Some((length, day)) = day_at(&tokens[at..]) {
            at += length;
            let clock = clock_after(&tokens, &mut at).or(early.take());
            found.moments.push((event, moment(day, clock)));
            event = Event::Unlabelled;
        } else if let Some((length, month, day)) = month_and_day_at(&tokens[at..]) {
            at += length;
            found.yearless = Some((month, day));
        } else if let Some((length, clock)) = clock_at(&tokens[at..]) {
            at += length;
            early = Some(clock);
        } else {
            match &tokens[at] {
                Token::Label(label) => event = *label,
                Token::Word | Token::Number(..) => strangers += 1,
                _ => {}
            }
            at += 1;
        }
    }
    let any = !found.moments.is_empty() || found.yearless.is_some();
    (any && strangers <= STRANGERS).then_some(found)
}

/// A month and day → the date in the year given, if the line's day of the week, where there is one, agrees.
#[must_use]
pub fn in_year(yearless: (i8, i8), year: i16, weekday: Option<Weekday>) -> Option<Date> {
    let day = Date::new(year, yearless.0, yearless.1).ok()?;
    weekday.is_none_or(|weekday| weekday == day.weekday()).then_some(day)
}

/// An ISO 8601 date, date-time or instant, as `datetime` attributes and JSON-LD have them; more liberal in its separators.
#[must_use]
pub fn iso(text: &str) -> Option<Moment> {
    let text = text.trim();
    let day: Date = text.get(..10)?.parse().ok()?;
    if day.year() < 1990 {
        return None;
    }
    let rest = text[10..].trim_start_matches(['T', 't', ' ']);
    let digits = |from: usize| rest.get(from..from + 2)?.parse::<i8>().ok();
    let (Some(hour), Some(minute)) = (digits(0), digits(3)) else { return Some(Moment::Day(day)) };
    let second = if rest.as_bytes().get(5) == Some(&b':') { digits(6).unwrap_or(0) } else { 0 };
    let Ok(time) = DateTime::new(day.year(), day.month(), day.day(), hour, minute, second.min(59), 0) else {
        return Some(Moment::Day(day));
    };
    let zone = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.').trim_start();
    if zone.starts_with(['Z', 'z']) || zone.starts_with("UTC") || zone.starts_with("GMT") {
        return Some(Moment::Offset(time, 0));
    }
    let sign = match zone.chars().next() {
        Some('+') => 1,
        Some('-' | '−') => -1,
        _ => return Some(Moment::Civil(time)),
    };
    let numbers: String = zone.chars().filter(char::is_ascii_digit).take(4).collect();
    let offset = numbers
        .get(..2)
        .and_then(|h| h.parse::<i16>().ok())
        .map(|hours| hours * 60 + numbers.get(2..4).and_then(|m| m.parse::<i16>().ok()).unwrap_or(0));
    Some(
        offset
            .filter(|minutes| *minutes <= 14 * 60)
            .map_or(Moment::Civil(time), |minutes| Moment::Offset(time, sign * minutes)),
    )
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token {
    /// Its value and its digits.
    Number(i16, u8),
    Month(i8),
    /// Years, months, days of East Asian dates: 年 月 日.
    Mark(char),
    Sign(char),
    Morning,
    Evening,
    Label(Event),
    /// A day of the week, "at", a zone's name.
    Filler,
    Word,
}

fn tokens(line: &str, furniture: &Furniture) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_numeric() {
            let length = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            tokens.push(number(&rest[..length]));
            length
        } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일' | '时' | '時' | '시' | '分' | '분') {
            tokens.push(Token::Mark(c));
            c.len_utf8()
        } else if c.is_alphabetic() {
            let length = word_length(rest);
            tokens.push(word(&rest[..length], furniture));
            length
        } else {
            if !c.is_whitespace() && !matches!(c, ',' | '(' | ')' | '|' | '·' | '•') {
                tokens.push(Token::Sign(c));
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    label(line, furniture).into_iter().for_each(|event| tokens.insert(0, Token::Label(event)));
    tokens
}

/// A word ends where capitals begin: two dates are often set without a space ("7:05 amMay 4").
fn word_length(rest: &str) -> usize {
    let mut lower = false;
    rest.char_indices()
        .find(|(_, c)| {
            let ends = !(c.is_alphabetic() || unicode_normalization::char::is_combining_mark(*c))
                || (lower && c.is_uppercase());
            lower = c.is_lowercase();
            ends || matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
        })
        .map_or(rest.len(), |(at, _)| at.max(1))
}

fn number(digits: &str) -> Token {
    let value = digits.chars().try_fold(0i32, |value, c| {
        let digit = c.to_digit(10).or_else(|| foreign_digit(c))?;
        (value < 100_000).then(|| value * 10 + i32::try_from(digit).unwrap_or(0))
    });
    let value = value.and_then(|value| i16::try_from(value).ok()).unwrap_or(i16::MAX);
    Token::Number(value, u8::try_from(digits.chars().count()).unwrap_or(u8::MAX))
}

/// Digits of Arabic, Persian, Devanagari, Bengali and Thai; full-width ones.
fn foreign_digit(c: char) -> Option<u32> {
    [0x0660u32, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10]
        .into_iter()
        .find_map(|zero| (c as u32).checked_sub(zero).filter(|d| *d < 10))
}

fn word(text: &str, furniture: &Furniture) -> Token {
    if let Some(month) = furniture.month(text) {
        return Token::Month(month);
    }
    match text.to_lowercase().as_str() {
        "am" | "a" | "a.m" | "上午" | "午前" | "오전" => Token::Morning,
        "pm" | "p" | "下午" | "午後" | "오후" => Token::Evening,
        "m" | "t" => Token::Filler,
        _ if furniture.is_word_of(Role::Updated, text) => Token::Label(Event::Updated),
        _ if furniture.is_word_of(Role::Published, text) => Token::Label(Event::Published),
        _ if furniture.is_date_word(text) => Token::Filler,
        _ => Token::Word,
    }
}

/// A label of several words at the line's start.
fn label(line: &str, furniture: &Furniture) -> Option<Event> {
    if furniture.after(Role::Updated, line).is_some() {
        Some(Event::Updated)
    } else {
        furniture.after(Role::Published, line).map(|_| Event::Published)
    }
}

fn year(token: Option<&Token>) -> Option<i16> {
    match token {
        Some(Token::Number(year, 4)) if (1900..=2100).contains(year) => Some(*year),
        _ => None,
    }
}

fn small(token: Option<&Token>, most: i16) -> Option<i8> {
    match token {
        Some(Token::Number(value, 1..=2)) if (1..=most).contains(value) => i8::try_from(*value).ok(),
        _ => None,
    }
}

/// Skips "st", "of", "de", dots.
fn skip(tokens: &[Token], mut at: usize) -> usize {
    while matches!(tokens.get(at), Some(Token::Filler | Token::Sign('.' | ',' | '/' | '-'))) {
        at += 1;
    }
    at
}

/// A full date at the front, and how many tokens it takes.
fn day_at(tokens: &[Token]) -> Option<(usize, Date)> {
    if let Some((length, month, day)) = month_and_day_at(tokens) {
        let at = skip(tokens, length);
        let year = year(tokens.get(at))?;
        return Some((at + 1, Date::new(year, month, day).ok()?));
    }
    let separated = |at: usize| match (tokens.get(at), tokens.get(at + 2)) {
        (Some(Token::Sign(a @ ('-' | '/' | '.'))), Some(Token::Sign(b))) if a == b => Some(*a),
        (Some(Token::Mark('年')), Some(Token::Mark('月'))) | (Some(Token::Mark('년')), Some(Token::Mark('월'))) => {
            Some('年')
        }
        _ => None,
    };
    let separator = separated(1)?;
    if let Some(year) = year(tokens.first()) {
        let length = 5 + usize::from(matches!(tokens.get(5), Some(Token::Mark('日' | '일'))));
        return Some((length, Date::new(year, small(tokens.get(2), 12)?, small(tokens.get(4), 31)?).ok()?));
    }
    let year = year(tokens.get(4))?;
    let (first, second) = (small(tokens.first(), 31)?, small(tokens.get(2), 31)?);
    // 12/31 can only be the American order; 03/04 with slashes could be either and is not guessed.
    let (day, month) = match (first, second) {
        (day, month) if day > 12 || day == month || separator != '/' => (day, month),
        (month, day) if day > 12 => (day, month),
        _ => return None,
    };
    Some((5, Date::new(year, month, day).ok()?))
}

/// "December 2", "2 December", "2nd of December".
fn month_and_day_at(tokens: &[Token]) -> Option<(usize, i8, i8)> {
    if let Some(Token::Month(month)) = tokens.first() {
        let at = skip(tokens, 1);
        let day = small(tokens.get(at), 31)?;
        let suffix =
            usize::from(matches!(tokens.get(at + 1), Some(Token::Filler)) && year(tokens.get(at + 2)).is_some());
        return Some((at + 1 + suffix, *month, day));
    }
    let day = small(tokens.first(), 31)?;
    let at = skip(tokens, 1);
    match tokens.get(at) {
        Some(Token::Month(month)) => Some((at + 1, *month, day)),
        _ => None,
    }
}

/// A time of day and, where it is given in numbers, its offset in minutes.
#[derive(Clone, Copy)]
struct Clock(i8, i8, i8, Option<i16>);

/// The time that follows a date, whatever words stand between; moves behind it.
fn clock_after(tokens: &[Token], at: &mut usize) -> Option<Clock> {
    let mut from = *at;
    while matches!(tokens.get(from), Some(Token::Filler | Token::Sign('-' | '–' | '—' | '/' | '.' | '@'))) {
        from += 1;
    }
    let (length, clock) = clock_at(&tokens[from..])?;
    *at = from + length;
    Some(clock)
}

fn clock_at(tokens: &[Token]) -> Option<(usize, Clock)> {
    let before = match tokens.first() {
        Some(half @ (Token::Morning | Token::Evening)) => Some(*half),
        _ => None,
    };
    let start = usize::from(before.is_some());
    let number = |at: usize, below: i16| match tokens.get(at) {
        Some(Token::Number(value, 1..=2)) if *value < below => i8::try_from(*value).ok(),
        _ => None,
    };
    let hour = number(start, 24)?;
    let parted = |at: usize| matches!(tokens.get(at), Some(Token::Sign(':' | '.') | Token::Mark('时' | '時' | '시')));
    let half_at = |at: usize| match tokens.get(at) {
        Some(half @ (Token::Morning | Token::Evening)) => Some(*half),
        _ => None,
    };
    let (minute, mut at) = if parted(start + 1) {
        (number(start + 2, 60)?, start + 3)
    } else {
        half_at(start + 1).map(|_| (0, start + 1))?
    };
    let mut second = 0;
    if matches!(tokens.get(at), Some(Token::Sign(':')))
        && let Some(value) = number(at + 1, 60)
    {
        second = value;
        at += 2;
    }
    at += usize::from(matches!(tokens.get(at), Some(Token::Mark('分' | '분'))));
    let half = before.or_else(|| half_at(at));
    at += usize::from(half_at(at).is_some());
    // "a.m." leaves a dot and an m.
    while half.is_some() && matches!(tokens.get(at), Some(Token::Sign('.') | Token::Filler)) {
        at += 1;
    }
    let hour = match half {
        Some(Token::Evening) if hour < 12 => hour + 12,
        Some(Token::Morning) if hour == 12 => 0,
        _ => hour,
    };
    Some((at, Clock(hour, minute, second, None)))
}

fn moment(day: Date, clock: Option<Clock>) -> Moment {
    let time = clock.and_then(|Clock(h, m, s, _)| DateTime::new(day.year(), day.month(), day.day(), h, m, s, 0).ok());
    match (time, clock) {
        (Some(time), Some(Clock(.., Some(offset)))) => Moment::Offset(time, offset),
        (Some(time), _) => Moment::Civil(time),
        _ => Moment::Day(day),
    }
}

/// The day in a URL's path: `/2025/12/02/`, `/2025-12-02-`.
#[must_use]
pub fn in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|three| {
        let (year, month, day) = (three[0], three[1], three[2]);
        let fits = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        let day = fits.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()?;
        (day >= date(1995, 1, 1) && day < date(2100, 1, 1)).then_some(day)
    })
}
