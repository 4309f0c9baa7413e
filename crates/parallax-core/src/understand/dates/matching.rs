//! Tokens → the longest form of a date that begins at one of them, with its slots filled.

use super::Numbered;
use crate::almanac::{Calendar, Element, FormKind, Holiday, Slot, Takes, TimeUnit, TimeWord};
use crate::model::Decimal;
use crate::text::{Token, TokenKind};
use std::ops::RangeInclusive;

/// A matched form's values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    pub season: Option<(i8, i8)>,
    pub holiday: Option<Holiday>,
    pub decade: Option<i16>,
}

/// A text's tokens with the words of time among them.
pub struct Matcher<'a> {
    tokens: &'a [Token],
    numbered: &'a Numbered<'a>,
    calendar: &'a Calendar,
    /// The words of time in text order: how many tokens, what they say.
    words: Vec<(usize, TimeWord)>,
    /// For each token where its words begin in `words`, and their end.
    places: Vec<u32>,
}

impl<'a> Matcher<'a> {
    /// Looks every token up once.
    pub fn new(numbered: &'a Numbered<'a>, calendar: &'a Calendar) -> Self {
        let tokens = numbered.tokens.as_slice();
        let (mut words, mut places) = (Vec::new(), vec![0]);
        for at in 0..tokens.len() {
            add_words(&mut words, tokens, at, calendar);
            places.push(u32::try_from(words.len()).unwrap_or(u32::MAX));
        }
        Matcher { tokens, numbered, calendar, words, places }
    }

    fn words_at(&self, at: usize) -> &[(usize, TimeWord)] {
        let place = |at: usize| self.places.get(at).map_or(0, |p| *p as usize);
        self.words.get(place(at)..place(at + 1)).unwrap_or_default()
    }

    /// The longest form that begins at `at`: the token after it, its values. Of equally long ones the first in the data.
    pub fn longest(&self, at: usize) -> Option<(usize, Found)> {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Break {
            return None;
        }
        let mut best: Option<(usize, Found)> = None;
        let by_word = self.calendar.forms.beginning_with(&token.key);
        let slots = self.calendar.forms.by_slot().filter(|(slot, _)| self.may_fill(*slot, at));
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
        let word = |is: fn(&TimeWord) -> bool| self.words_at(at).iter().any(|(_, w)| is(w));
        match slot {
            Slot::Month | Slot::Month2 => word(|w| matches!(w, TimeWord::Month(_))),
            Slot::Relative => word(|w| matches!(w, TimeWord::Relative(..))),
            Slot::Weekday => word(|w| matches!(w, TimeWord::Weekday(_))),
            Slot::Today => word(|w| matches!(w, TimeWord::Day(_))),
            Slot::Unit => word(|w| matches!(w, TimeWord::Unit(_))),
            Slot::Direction => word(|w| matches!(w, TimeWord::Direction(_))),
            Slot::Meridiem => word(|w| matches!(w, TimeWord::Meridiem(_))),
            Slot::Season => word(|w| matches!(w, TimeWord::Season(..))),
            Slot::Holiday => word(|w| matches!(w, TimeWord::Holiday(_))),
            Slot::Tens => word(|w| matches!(w, TimeWord::Decade(_))),
            Slot::Decade if word(|w| matches!(w, TimeWord::Decade(_))) => true,
            Slot::Year
            | Slot::Yy
            | Slot::Mm
            | Slot::First
            | Slot::Other
            | Slot::Decade
            | Slot::Minute
            | Slot::Second => {
                self.tokens[at].kind == TokenKind::Digits
                    || self.numbered.numbers.positional && self.numbered.number(at).is_some()
            }
            Slot::Day | Slot::Day2 | Slot::Nth | Slot::N | Slot::Hour => {
                self.tokens[at].kind == TokenKind::Digits || self.numbered.number(at).is_some()
            }
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
                    if fits { self.matched(rest, at + phrase.len(), found) } else { None }
                }),
                Takes::Slot(slot) => self.filled(*slot, at, found, rest),
                Takes::Part(forms) => {
                    let ends = forms.iter().filter_map(|f| {
                        let (end, found) = self.matched(f, at, found).filter(|(end, _)| *end > at)?;
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

    /// Fills a slot, by a word of time or else a number, so that the rest matches after it.
    fn filled(&self, slot: Slot, at: usize, found: Found, rest: &[Element]) -> Option<(usize, Found)> {
        let by_word = self.words_at(at).iter().find_map(|(length, word)| {
            let found = with_word(slot, *word, found)?;
            self.matched(rest, at + length, found)
        });
        by_word.or_else(|| {
            let (end, found) = self.filled_by_number(slot, at, found)?;
            self.matched(rest, end, found)
        })
    }

    fn filled_by_number(&self, slot: Slot, at: usize, mut f: Found) -> Option<(usize, Found)> {
        let positional = self.numbered.numbers.positional;
        let end = match slot {
            Slot::Mm | Slot::First | Slot::Other if slot_is_month(slot, self.calendar.order) => {
                let (end, value) = self.whole(at, 1..=2, positional)?;
                f.month = Some(small(value, 12).filter(|m| *m > 0)?);
                end
            }
            Slot::First | Slot::Other => {
                let (end, value) = self.whole(at, 1..=2, false)?;
                f.day = Some(small(value, 31).filter(|d| *d > 0)?);
                end
            }
            Slot::Day | Slot::Day2 | Slot::Nth => {
                let (end, value) = self.day(at, slot == Slot::Nth)?;
                if slot == Slot::Day2 {
                    f.day2 = Some(value);
                } else {
                    f.day = Some(value);
                }
                end
            }
            Slot::N => {
                let number = self.numbered.number(at).filter(|n| !n.ordinal && n.value.is_sign_positive())?;
                f.n = Some(number.value);
                at + number.length
            }
            Slot::Year => {
                let (end, value) = self.whole(at, 4..=4, positional)?;
                f.year = Some(year(value)?);
                end
            }
            Slot::Yy => {
                let (end, value) = self.whole(at, 2..=2, false)?;
                f.year = Some(year(if value < 50 { 2000 + value } else { 1900 + value })?);
                end
            }
            Slot::Decade => {
                let (end, value) = self.whole(at, 2..=4, positional).filter(|(_, v)| v % 10 == 0)?;
                f.decade = Some(year(match value {
                    0..30 => 2000 + value,
                    30..100 => 1900 + value,
                    value => value,
                })?);
                end
            }
            Slot::Hour => {
                // "Las dos y media": half an hour past two.
                let spoken = self.numbered.number(at).filter(|_| self.tokens[at].kind != TokenKind::Digits);
                let half = spoken.filter(|n| n.value > Decimal::ONE && n.value.fract() == Decimal::new(5, 1));
                let (end, value) = match half {
                    Some(number) => (at + number.length, i64::try_from(number.value).ok()?),
                    None => self.whole(at, 1..=2, true)?,
                };
                f.hour = Some(small(value, 24)?);
                f.minute = half.map(|_| 30);
                end
            }
            Slot::Minute | Slot::Second => {
                // "2:2" is a verse or a score.
                let after_mark = at.checked_sub(1).is_some_and(|b| self.tokens[b].kind == TokenKind::Mark);
                let (end, value) = self.whole(at, if after_mark { 2..=2 } else { 1..=2 }, true)?;
                let value = Some(small(value, 59)?);
                if slot == Slot::Minute {
                    f.minute = value;
                } else {
                    f.second = value;
                }
                end
            }
            _ => return None,
        };
        Some((end, f))
    }

    /// The whole number at `at` and the token after it: plain digits of so many places, or `words`.
    fn whole(&self, at: usize, places: RangeInclusive<usize>, words: bool) -> Option<(usize, i64)> {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Digits {
            let value = places.contains(&token.key.len()).then(|| token.key.parse().ok()).flatten()?;
            return Some((at + 1, value));
        }
        let number = self.numbered.number(at).filter(|n| words && !n.ordinal && n.value.fract().is_zero())?;
        Some((at + number.length, i64::try_from(number.value).ok()?))
    }

    /// The day of a month at `at`, as a number or as a place in an order.
    fn day(&self, at: usize, ordered: bool) -> Option<(usize, i8)> {
        let number = self.numbered.number(at).filter(|n| n.ordinal || !ordered)?;
        let is_day = |d: &i8| *d > 0;
        if let Some(day) = small(i64::try_from(number.value).ok()?, 31).filter(is_day) {
            return number.value.fract().is_zero().then_some((at + number.length, day));
        }
        // "22.04": the grammar of numbers takes more than the day.
        let (end, value) = self.whole(at, 1..=2, false)?;
        Some((end, small(value, 31).filter(is_day)?))
    }
}

/// A year that news writes of.
fn year(number: i64) -> Option<i16> {
    i16::try_from(number).ok().filter(|y| (1000..2200).contains(y))
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

fn with_word(slot: Slot, word: TimeWord, mut f: Found) -> Option<Found> {
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
        (Slot::Season, TimeWord::Season(m, n)) => f.season = i8::try_from(m).ok().zip(i8::try_from(n).ok()),
        (Slot::Decade | Slot::Tens, TimeWord::Decade(n)) => f.decade = Some(1900 + i16::from(n)),
        (Slot::Holiday, TimeWord::Holiday(h)) => f.holiday = Some(h),
        _ => return None,
    }
    Some(f)
}

/// Tokens of the longest word of time behind a glued prefix ("ב" + "יום שני").
const TIME_WORDS: usize = 4;

/// Adds the words of time that begin at a token; a glued prefix is taken off where nothing is found with it.
fn add_words(words: &mut Vec<(usize, TimeWord)>, tokens: &[Token], at: usize, calendar: &Calendar) {
    let before = words.len();
    words.extend(calendar.words.at(tokens, at).map(|(length, word)| (length, *word)));
    if words.len() > before || calendar.prefix.is_empty() || tokens[at].kind != TokenKind::Word {
        return;
    }
    let mut bare: Vec<Token> = tokens[at..].iter().take(TIME_WORDS).cloned().collect();
    for key in calendar.prefix.iter().filter_map(|p| tokens[at].key.strip_prefix(p.as_str())) {
        bare[0].key = key.into();
        words.extend(calendar.words.at(&bare, 0).map(|(length, word)| (length, *word)));
        if words.len() > before {
            return;
        }
    }
}
