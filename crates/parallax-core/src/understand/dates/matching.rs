//! Tokens → the longest form of a date that begins at one of them, with its slots filled.

use super::numerals;
use crate::almanac::{Calendar, Element, Form, FormKind, Holiday, Numbers, Slot, Takes, TimeUnit, TimeWord};
use crate::model::Decimal;
use crate::text::{Token, TokenKind};
use std::collections::BTreeMap;

/// A matched form's values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Found {
    pub kind: Option<FormKind>,
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub month2: Option<i8>,
    pub day: Option<i8>,
    pub day2: Option<i8>,
    pub weekday: Option<i8>,
    pub today: Option<i64>,
    pub n: Option<Decimal>,
    pub unit: Option<TimeUnit>,
    pub direction: Option<i64>,
    pub hour: Option<i8>,
    pub minute: Option<i8>,
    pub second: Option<i8>,
    pub meridiem: Option<i8>,
    pub season: Option<i8>,
    pub holiday: Option<Holiday>,
    pub decade: Option<i16>,
}

/// A text's tokens with the words of time among them, and the forms by what they begin with.
pub struct Matcher<'a> {
    tokens: &'a [Token],
    calendar: &'a Calendar,
    numbers: &'a Numbers,
    words: Vec<Vec<(usize, TimeWord)>>,
    by_word: BTreeMap<&'a str, Vec<&'a Form>>,
    by_slot: BTreeMap<Slot, Vec<&'a Form>>,
}

impl<'a> Matcher<'a> {
    /// Looks every token up once.
    pub fn new(tokens: &'a [Token], calendar: &'a Calendar, numbers: &'a Numbers) -> Self {
        let words = (0..tokens.len()).map(|at| words_at(tokens, at, calendar)).collect();
        let mut by_word: BTreeMap<&str, Vec<&Form>> = BTreeMap::new();
        let mut by_slot: BTreeMap<Slot, Vec<&Form>> = BTreeMap::new();
        for form in &calendar.forms {
            form.first_words.iter().for_each(|w| by_word.entry(w).or_default().push(form));
            form.first_slots.iter().for_each(|s| by_slot.entry(*s).or_default().push(form));
        }
        Matcher { tokens, calendar, numbers, words, by_word, by_slot }
    }

    /// The longest form that begins at `at`: the token after it, its values. Of equally long ones the first in the data.
    pub fn longest(&self, at: usize) -> Option<(usize, Found)> {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Break {
            return None;
        }
        let mut best: Option<(usize, Found)> = None;
        let by_word = self.by_word.get(token.key.as_str()).into_iter().flatten();
        let slots = self.by_slot.iter().filter(|(slot, _)| self.may_fill(**slot, at));
        for form in by_word.chain(slots.flat_map(|(_, forms)| forms)) {
            let found = Found { kind: Some(form.kind), ..Found::default() };
            if let Some((end, found)) = self.matched(&form.elements, at, found)
                && best.as_ref().is_none_or(|(length, _)| end > *length)
                && self.stands_alone(end)
            {
                best = Some((end, found));
            }
        }
        best.filter(|(end, found)| *end > at && found.kind != Some(FormKind::Nothing))
    }

    /// Is the match not cut out of a longer number or glued word ("2016-1" of "2016-100")?
    fn stands_alone(&self, end: usize) -> bool {
        let last = &self.tokens[end - 1];
        match self.tokens.get(end) {
            Some(next) if !next.spaced && last.kind == TokenKind::Digits => {
                let digits_go_on = matches!(next.key.as_str(), "." | "," | "/" | ":")
                    && self.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Digits && !t.spaced);
                !digits_go_on && (next.kind != TokenKind::Word || !next.key.is_ascii())
            }
            _ => true,
        }
    }

    /// A quick look whether a form that begins with this slot is worth trying here.
    fn may_fill(&self, slot: Slot, at: usize) -> bool {
        let word = |is: fn(&TimeWord) -> bool| self.words[at].iter().any(|(_, w)| is(w));
        match slot {
            Slot::Month | Slot::Month2 => word(|w| matches!(w, TimeWord::Month(_))),
            Slot::Relative => word(|w| matches!(w, TimeWord::Relative(..))),
            Slot::Weekday => word(|w| matches!(w, TimeWord::Weekday(_))),
            Slot::Today => word(|w| matches!(w, TimeWord::Day(_))),
            Slot::Unit => word(|w| matches!(w, TimeWord::Unit(_))),
            Slot::Direction => word(|w| matches!(w, TimeWord::Direction(_))),
            Slot::Meridiem => word(|w| matches!(w, TimeWord::Meridiem(_))),
            Slot::Season => word(|w| matches!(w, TimeWord::Season(_))),
            Slot::Holiday => word(|w| matches!(w, TimeWord::Holiday(_))),
            Slot::Year
            | Slot::Yy
            | Slot::Mm
            | Slot::First
            | Slot::Other
            | Slot::Decade
            | Slot::Minute
            | Slot::Second => self.tokens[at].kind == TokenKind::Digits || self.numbers.positional,
            Slot::Day | Slot::Day2 | Slot::Nth | Slot::N | Slot::Hour => true,
        }
    }

    fn matched(&self, elements: &[Element], at: usize, found: Found) -> Option<(usize, Found)> {
        let Some((element, rest)) = elements.split_first() else { return Some((at, found)) };
        let here = self.tokens.get(at).filter(|t| !element.tight || !t.spaced);
        if here.is_some_and(|t| t.kind != TokenKind::Break) {
            let longest = match &element.takes {
                Takes::Words(phrases) => phrases.iter().find_map(|phrase| {
                    let fits =
                        phrase.iter().enumerate().all(|(n, w)| self.tokens.get(at + n).is_some_and(|t| t.key == *w));
                    fits.then(|| self.matched(rest, at + phrase.len(), found.clone())).flatten()
                }),
                Takes::Slot(slot) => {
                    self.filled(*slot, at, &found).into_iter().find_map(|(end, f)| self.matched(rest, end, f))
                }
                Takes::Part(forms) => {
                    let ends = forms.iter().filter_map(|f| {
                        let (end, found) = self.matched(f, at, found.clone()).filter(|(end, _)| *end > at)?;
                        self.matched(rest, end, found)
                    });
                    ends.max_by_key(|(end, _)| *end)
                }
            };
            if longest.is_some() {
                return longest;
            }
        }
        if element.optional { self.matched(rest, at, found) } else { None }
    }

    /// The ways in which a slot can be filled from `at`.
    fn filled(&self, slot: Slot, at: usize, found: &Found) -> Vec<(usize, Found)> {
        let by_word =
            self.words[at].iter().filter_map(|(length, word)| Some((at + length, with_word(slot, *word, found)?)));
        let mut all: Vec<_> = by_word.collect();
        if let Some((end, f)) = self.filled_by_number(slot, at, found) {
            all.push((end, f));
        }
        all
    }

    fn filled_by_number(&self, slot: Slot, at: usize, found: &Found) -> Option<(usize, Found)> {
        let token = &self.tokens[at];
        let mut f = found.clone();
        let digits = || digits_of(token);
        let number = || numerals::number(self.tokens, at, self.numbers);
        let mut end = at + 1;
        match slot {
            Slot::Year | Slot::Yy | Slot::Decade => return self.filled_by_year(slot, at, found),
            Slot::Mm | Slot::Month | Slot::Month2 | Slot::First | Slot::Other
                if slot_is_month(slot, self.calendar.order) =>
            {
                if matches!(slot, Slot::Month | Slot::Month2) {
                    return None;
                }
                let value = match digits() {
                    Some(value) if token.key.len() <= 2 => value,
                    _ if self.numbers.positional => {
                        let number = number().filter(|n| !n.ordinal)?;
                        end = at + number.length;
                        i64::try_from(number.value).ok()?
                    }
                    _ => return None,
                };
                f.month = Some(small(value, 12).filter(|m| *m > 0)?);
            }
            Slot::First | Slot::Other => {
                f.day = Some(small(digits().filter(|_| token.key.len() <= 2)?, 31).filter(|d| *d > 0)?);
            }
            Slot::Day | Slot::Day2 | Slot::Nth => {
                let number = number()?;
                if slot == Slot::Nth && !number.ordinal {
                    return None;
                }
                end = at + number.length;
                let mut value = small(i64::try_from(number.value).ok()?, 31).filter(|d| *d > 0);
                if value.is_none() && token.kind == TokenKind::Digits && token.key.len() <= 2 {
                    // "22.04": the grammar of numbers takes more than the day.
                    end = at + 1;
                    value = small(digits()?, 31).filter(|d| *d > 0);
                }
                let value = value.filter(|_| number.value.fract().is_zero() || end == at + 1)?;
                if slot == Slot::Day2 { f.day2 = Some(value) } else { f.day = Some(value) }
            }
            Slot::N => {
                let number = number().filter(|n| !n.ordinal)?;
                end = at + number.length;
                f.n = Some(number.value);
            }
            Slot::Hour | Slot::Minute | Slot::Second => return self.filled_by_clock(slot, at, found),
            _ => return None,
        }
        Some((end, f))
    }

    fn filled_by_year(&self, slot: Slot, at: usize, found: &Found) -> Option<(usize, Found)> {
        let token = &self.tokens[at];
        let mut f = found.clone();
        let digits = || digits_of(token);
        let number = || numerals::number(self.tokens, at, self.numbers);
        let mut end = at + 1;
        match slot {
            Slot::Year => {
                let value = match digits() {
                    Some(value) if token.key.len() == 4 => value,
                    _ if self.numbers.positional => {
                        let number = number().filter(|n| !n.ordinal)?;
                        end = at + number.length;
                        i64::try_from(number.value).ok()?
                    }
                    _ => return None,
                };
                f.year = Some(i16::try_from(value).ok().filter(|y| (1000..2200).contains(y))?);
            }
            Slot::Yy => {
                let value = digits().filter(|_| token.key.len() == 2)?;
                f.year = i16::try_from(if value < 50 { 2000 + value } else { 1900 + value }).ok();
            }
            Slot::Decade => {
                let value = digits().filter(|v| v % 10 == 0 && matches!(token.key.len(), 2 | 4))?;
                let value = if value >= 100 {
                    value
                } else if value < 30 {
                    2000 + value
                } else {
                    1900 + value
                };
                f.decade = Some(i16::try_from(value).ok().filter(|y| (1000..2200).contains(y))?);
            }
            _ => return None,
        }
        Some((end, f))
    }

    fn filled_by_clock(&self, slot: Slot, at: usize, found: &Found) -> Option<(usize, Found)> {
        let token = &self.tokens[at];
        let mut f = found.clone();
        let digits = || digits_of(token);
        let number = || numerals::number(self.tokens, at, self.numbers);
        let mut end = at + 1;
        match slot {
            Slot::Hour => {
                let number = number().filter(|n| !n.ordinal);
                let value = match digits() {
                    Some(value) if token.key.len() <= 2 => value,
                    Some(_) => return None,
                    None => {
                        let number = number?;
                        end = at + number.length;
                        i64::try_from(number.value).ok()?
                    }
                };
                f.hour = Some(small(value, 24)?);
            }
            Slot::Minute | Slot::Second => {
                let value = match digits() {
                    Some(value) if token.key.len() <= 2 => value,
                    Some(_) => return None,
                    None => {
                        let number = number().filter(|n| !n.ordinal)?;
                        end = at + number.length;
                        i64::try_from(number.value).ok()?
                    }
                };
                let value = Some(small(value, 59)?);
                if slot == Slot::Minute { f.minute = value } else { f.second = value }
            }
            _ => return None,
        }
        Some((end, f))
    }
}

/// The value of a token of digits.
fn digits_of(token: &Token) -> Option<i64> {
    (token.kind == TokenKind::Digits).then(|| token.key.parse().ok()).flatten()
}

/// A whole number between nought and `to`.
fn small(number: i64, to: i64) -> Option<i8> {
    i8::try_from(number).ok().filter(|n| *n >= 0 && i64::from(*n) <= to)
}

fn slot_is_month(slot: Slot, order: crate::almanac::DayOrder) -> bool {
    use crate::almanac::DayOrder::Mdy;
    match slot {
        Slot::First => order == Mdy,
        Slot::Other => order != Mdy,
        _ => matches!(slot, Slot::Mm | Slot::Month | Slot::Month2),
    }
}

fn with_word(slot: Slot, word: TimeWord, found: &Found) -> Option<Found> {
    let mut f = found.clone();
    match (slot, word) {
        (Slot::Month, TimeWord::Month(m)) => f.month = i8::try_from(m).ok(),
        (Slot::Month, TimeWord::ShortMonth(m)) if f.day.is_some() => f.month = i8::try_from(m).ok(),
        (Slot::Relative, TimeWord::Relative(n, unit)) => {
            f.direction = Some(n);
            f.unit = Some(unit);
        }
        (Slot::Month2, TimeWord::Month(m)) => f.month2 = i8::try_from(m).ok(),
        (Slot::Weekday, TimeWord::Weekday(d)) => f.weekday = i8::try_from(d).ok(),
        (Slot::Today, TimeWord::Day(n)) => f.today = Some(n),
        (Slot::Unit, TimeWord::Unit(unit)) => f.unit = Some(unit),
        (Slot::Direction, TimeWord::Direction(n)) => f.direction = Some(n),
        (Slot::Meridiem, TimeWord::Meridiem(n)) => f.meridiem = i8::try_from(n).ok(),
        (Slot::Season, TimeWord::Season(m)) => f.season = i8::try_from(m).ok(),
        (Slot::Holiday, TimeWord::Holiday(h)) => f.holiday = Some(h),
        _ => return None,
    }
    Some(f)
}

/// The words of time that begin at a token; a glued prefix is taken off where nothing is found with it.
fn words_at(tokens: &[Token], at: usize, calendar: &Calendar) -> Vec<(usize, TimeWord)> {
    let found: Vec<_> = calendar.words.at(tokens, at).map(|(length, word)| (length, *word)).collect();
    if !found.is_empty() || calendar.prefix.is_empty() || tokens[at].kind != TokenKind::Word {
        return found;
    }
    let bare = calendar.prefix.iter().filter_map(|p| tokens[at].key.strip_prefix(p.as_str()));
    bare.filter_map(|key| calendar.words.word(key)).take(1).map(|word| (1, *word)).collect()
}
