//! A text → its tokens, and the number that begins at one of them, written in digits or in words.

use crate::almanac::{Numbers, Numeral};
use crate::text::{Token, TokenKind, tokens};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::borrow::Cow;

/// Parts of one number word that are looked at: longer ones are no numbers.
const MAX_PARTS: usize = 24;
/// Digits of one number that are put together: a `Decimal` holds no more than 29.
const MAX_DIGITS: usize = 32;

/// A number read from tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// Tokens it takes.
    pub length: usize,
    /// A place in an order ("sixth").
    pub ordinal: bool,
    /// Is it a part of a hundred ("百分之七十")? Then the value is in percent.
    pub percent: bool,
    /// Is it written in plain digits, without grouping, decimals or scale word?
    pub plain_digits: bool,
}

/// A text's tokens with the number that begins at each of them.
pub struct Numbered<'a> {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The words of number they were read with.
    pub numbers: &'a Numbers,
    /// For each token one more than the place of its number in `found`; 0 where none begins.
    places: Vec<u32>,
    found: Vec<Number>,
}

impl<'a> Numbered<'a> {
    /// Cuts a text and reads each number once, from the last token to the first, since a number may go on in a later one.
    pub fn new(text: &str, numbers: &'a Numbers) -> Self {
        let tokens = tokens(text);
        let mut read = Numbered { places: vec![0; tokens.len()], tokens, numbers, found: Vec::new() };
        for at in (0..read.tokens.len()).rev() {
            if let Some(number) = read.read(at) {
                read.found.push(number);
                read.places[at] = u32::try_from(read.found.len()).unwrap_or(0);
            }
        }
        read
    }

    /// The number that begins at token `at`, as long as it goes.
    pub fn number(&self, at: usize) -> Option<&Number> {
        self.found.get((*self.places.get(at)? as usize).checked_sub(1)?)
    }

    fn read(&self, at: usize) -> Option<Number> {
        let found = match self.tokens[at].kind {
            // "1 in 3" is one number, too.
            TokenKind::Digits => self.fraction(at).or_else(|| self.digits(at)),
            TokenKind::Word | TokenKind::Mark => {
                let (words, part) = (words(&self.tokens, at, self.numbers), self.fraction(at));
                match (words, part) {
                    (Some(words), Some(part)) if part.length > words.length => Some(part),
                    (words, part) => words.or(part).or_else(|| self.negative(at)),
                }
            }
            TokenKind::Break => None,
        }?;
        let whole = self.with_fraction(at, found);
        Some(self.part_of(at, &whole).unwrap_or(whole))
    }

    /// "minus five", " -5": not the dash of a range, a score or a name.
    fn negative(&self, at: usize) -> Option<Number> {
        let token = &self.tokens[at];
        let next = self.tokens.get(at + 1)?;
        let after_number = at.checked_sub(1).is_some_and(|before| self.tokens[before].kind == TokenKind::Digits);
        let sign =
            token.is_mark("-") && token.spaced && !next.spaced && next.kind == TokenKind::Digits && !after_number;
        let length = if sign { 1 } else { self.numbers.minus.longest(&self.tokens, at)?.0 };
        let number =
            self.number(at + length).filter(|n| !n.ordinal && n.value.is_sign_positive() && !n.value.is_zero())?;
        Some(Number { value: -number.value, length: length + number.length, plain_digits: false, ..*number })
    }

    /// "百分之七十", "四分の一": the part stands after its whole.
    fn part_of(&self, at: usize, whole: &Number) -> Option<Number> {
        let next = at + whole.length;
        let (length, ()) = self.numbers.over.longest(&self.tokens, next)?;
        let part = self.number(next + length).filter(|p| !p.ordinal && !p.percent)?;
        let percent = whole.value == Decimal::ONE_HUNDRED;
        let value = if percent { part.value } else { part.value.checked_div(whole.value)?.round_dp(15).normalize() };
        Some(Number {
            value,
            length: whole.length + length + part.length,
            percent,
            plain_digits: false,
            ordinal: false,
        })
    }

    /// "two and a half", "three-and-a-half", "1½".
    fn with_fraction(&self, at: usize, found: Number) -> Number {
        if found.ordinal {
            return found;
        }
        match self.numbers.and_fraction.longest(&self.tokens, at + found.length) {
            Some((length, part)) if !part.is_zero() => match found.value.checked_add(*part) {
                Some(value) => {
                    self.scaled(at, Number { value, length: found.length + length, plain_digits: false, ..found })
                }
                None => found,
            },
            _ => found,
        }
    }

    /// "a half", "a third", "half a million", "1 in 3".
    fn fraction(&self, at: usize) -> Option<Number> {
        let numbers = self.numbers;
        let (length, part) = numbers.fraction.longest(&self.tokens, at)?;
        let mut found = Number { value: *part, length, ordinal: false, percent: false, plain_digits: false };
        let mut next = at + length;
        if self.tokens.get(next).is_some_and(|t| numbers.article.has(&t.key)) {
            next += 1;
        }
        if let Some((length, Numeral::Multiplier(factor))) = numbers.numerals.longest(&self.tokens, next) {
            found.value = found.value.checked_mul(Decimal::from(*factor))?;
            found.length = next + length - at;
        } else if next > at + length && numbers.unit.longest(&self.tokens, next).is_some() {
            // "Half an hour".
            found.length = next - at;
        }
        Some(found)
    }

    fn digits(&self, at: usize) -> Option<Number> {
        let (tokens, numbers) = (&self.tokens, self.numbers);
        let mut text = Cow::Borrowed(tokens[at].key.as_str());
        let mut end = at + 1;
        let mut grouped = false;
        let mut decimals = false;
        while !decimals && text.len() <= MAX_DIGITS {
            let (Some(mark), Some(next)) = (tokens.get(end), tokens.get(end + 1)) else { break };
            let tight = mark.kind == TokenKind::Mark && !mark.spaced && next.kind == TokenKind::Digits && !next.spaced;
            let is_group = next.key.len() == 3 && (grouped || text.len() <= 3);
            if tight && is_group && numbers.group.contains(&mark.key) && !text.starts_with('0') {
                text.to_mut().push_str(&next.key);
                grouped = true;
                end += 2;
            } else if tight && numbers.decimal.contains(&mark.key) && !starts_dotted(tokens, end) {
                text.to_mut().push('.');
                text.to_mut().push_str(&next.key);
                decimals = true;
                end += 2;
            } else if numbers.space_group
                && mark.kind == TokenKind::Digits
                && mark.spaced
                && mark.key.len() == 3
                && (grouped || text.len() <= 3)
                && !text.starts_with('0')
                && gap(tokens, end) <= 4
            {
                text.to_mut().push_str(&mark.key);
                grouped = true;
                end += 1;
            } else {
                break;
            }
        }
        let value: Decimal = text.parse().ok()?;
        let found =
            Number { value, length: end - at, ordinal: false, percent: false, plain_digits: !grouped && !decimals };
        let suffix = tokens.get(end).filter(|t| !t.spaced && numbers.ordinal_suffix.has(&t.key));
        if suffix.is_some() && found.plain_digits {
            return Some(Number { length: found.length + 1, ordinal: true, plain_digits: false, ..found });
        }
        Some(self.scaled(at, found))
    }

    /// Multiplies by the scale words that follow: "2.5 million", "3bn", "3万5000".
    fn scaled(&self, at: usize, mut found: Number) -> Number {
        let (tokens, numbers) = (&self.tokens, self.numbers);
        let next = at + found.length;
        let tight = tokens.get(next).is_some_and(|t| !t.spaced);
        if let Some((length, factor)) =
            numbers.scale.longest(tokens, next).filter(|_| tight || found.value < Decimal::from(1000))
        {
            let ends = tokens.get(next + length).is_none_or(|t| t.spaced || t.kind != TokenKind::Word);
            if let Some(value) = found.value.checked_mul(Decimal::from(*factor)).filter(|_| ends) {
                return Number {
                    value,
                    length: found.length + length,
                    ordinal: false,
                    percent: false,
                    plain_digits: false,
                };
            }
        }
        let dash = tokens.get(next).is_some_and(|t| t.is_mark("-"));
        let next = next + usize::from(dash);
        let Some((length, Numeral::Multiplier(factor))) = numbers.numerals.longest(tokens, next) else { return found };
        // "14,27 cents" are no hundreds.
        if *factor < 1000 && !numbers.positional && !found.value.fract().is_zero() {
            return found;
        }
        let Some(value) = found.value.checked_mul(Decimal::from(*factor)) else { return found };
        found = Number { value, length: next + length - at, ordinal: false, percent: false, plain_digits: false };
        if let Some((more, Numeral::Multiplier(factor))) = numbers.numerals.longest(tokens, at + found.length)
            && let Some(value) = found.value.checked_mul(Decimal::from(*factor))
        {
            found = Number { value, length: found.length + more, ..found };
        }
        if numbers.positional {
            let rest = tokens.get(at + found.length).filter(|t| !t.spaced && t.kind != TokenKind::Break);
            let rest = rest
                .and_then(|_| self.number(at + found.length))
                .filter(|r| !r.ordinal && r.value < Decimal::from(*factor));
            if let Some(rest) = rest
                && let Some(value) = found.value.checked_add(rest.value)
            {
                found = Number { value, length: found.length + rest.length, ..found };
            }
        }
        found
    }
}

/// Bytes of space before token `at`.
fn gap(tokens: &[Token], at: usize) -> u32 {
    tokens[at].span.start.saturating_sub(tokens[at - 1].span.end)
}

/// Is the mark at `mark` the first of several ("23.04.2022", "1.2.3")? Then the digits are no decimal.
fn starts_dotted(tokens: &[Token], mark: usize) -> bool {
    let (Some(second), Some(after)) = (tokens.get(mark + 2), tokens.get(mark + 3)) else { return false };
    second.key == tokens[mark].key && !second.spaced && after.kind == TokenKind::Digits && !after.spaced
}

/// The sum so far while a number in words is read.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Closed by a large multiplier.
    total: i64,
    /// Below the next large multiplier.
    section: i64,
    /// Below the next small multiplier.
    pending: i64,
    /// The last large multiplier.
    last: Option<i64>,
    any: bool,
    ordinal: bool,
}

impl Sum {
    /// Takes one more part in, if it can follow.
    fn add(self, part: Numeral, joined: bool, numbers: &Numbers) -> Option<Sum> {
        let mut sum = Sum { any: true, ..self };
        match part {
            Numeral::Cardinal(value) | Numeral::Ordinal(value) => {
                sum.ordinal = matches!(part, Numeral::Ordinal(_));
                let pending = self.pending;
                if value >= 100 && !numbers.positional {
                    if pending != 0 || self.section % 1000 != 0 {
                        return None;
                    }
                    sum.section += value;
                } else if pending == 0 {
                    if self.section % 100 != 0 && !numbers.positional || self.section % 10 != 0 {
                        return None;
                    }
                    sum.pending = value;
                } else if numbers.positional && value < 10 && self.total == 0 && self.section == 0 {
                    // "二〇一六": digit by digit.
                    sum.pending = Some(pending).filter(|p| *p < 100_000_000)? * 10 + value;
                } else if adds_unit(pending, value)
                    || (joined && numbers.units_first && pending < 10 && (20..100).contains(&value) && value % 10 == 0)
                {
                    sum.pending += value;
                } else {
                    return None;
                }
            }
            Numeral::Multiplier(factor) if factor < if numbers.positional { 10_000 } else { 1000 } => {
                if self.pending == 0 && self.section % 1000 != 0 && !numbers.positional {
                    return None;
                }
                sum.section += self.pending.max(1).checked_mul(factor)?;
                sum.pending = 0;
            }
            Numeral::Multiplier(factor) => {
                let below = self.section + self.pending;
                if below == 0 && self.any {
                    sum.total = self.total.checked_mul(factor)?;
                } else if self.last.is_some_and(|last| last <= factor) {
                    sum.total = (self.total + below).checked_mul(factor)?;
                } else {
                    sum.total = self.total.checked_add(below.max(1).checked_mul(factor)?)?;
                }
                sum.section = 0;
                sum.pending = 0;
                sum.last = Some(factor);
            }
        }
        Some(sum)
    }

    fn value(self) -> i64 {
        self.total.saturating_add(self.section).saturating_add(self.pending)
    }
}

fn words(tokens: &[Token], at: usize, numbers: &Numbers) -> Option<Number> {
    let mut sum = Sum::default();
    let mut next = at;
    let mut end = at;
    if numbers.article.has(&tokens[at].key) {
        let multiplies = |n| matches!(numbers.numerals.longest(tokens, n), Some((_, Numeral::Multiplier(_))));
        if !multiplies(at) && multiplies(at + 1) {
            next += 1;
        }
    }
    for parts in 0..MAX_PARTS {
        let joined = next > at && tokens.get(next).is_some_and(|t| numbers.joiner.has(&t.key) || t.is_mark("-"));
        let start = if joined { next + 1 } else { next };
        let Some((length, taken)) = part_at(tokens, start, sum, joined, numbers) else {
            if parts == 1 && !numbers.lone_parts {
                return None;
            }
            break;
        };
        if sum.any && tokens.get(next).is_some_and(|t| t.kind == TokenKind::Break) {
            break;
        }
        sum = taken;
        next = start + length;
        end = next;
        if sum.ordinal {
            break;
        }
    }
    if !sum.any {
        return None;
    }
    let value = Decimal::from_i64(sum.value())?;
    Some(Number { value, length: end - at, ordinal: sum.ordinal, percent: false, plain_digits: false })
}

/// The part of a number word at `start` and the sum with it; a compound is taken apart.
fn part_at(tokens: &[Token], start: usize, sum: Sum, joined: bool, numbers: &Numbers) -> Option<(usize, Sum)> {
    let whole =
        numbers.numerals.at(tokens, start).find_map(|(length, part)| Some((length, sum.add(*part, joined, numbers)?)));
    if whole.is_some() || !numbers.compound {
        return whole;
    }
    let token = tokens.get(start).filter(|t| t.kind == TokenKind::Word)?;
    Some((1, compound(&token.key, sum, joined, numbers, 0)?))
}

/// A word made of number words wholly ("siebenundzwanzig"), its parts added up.
fn compound(rest: &str, sum: Sum, joined: bool, numbers: &Numbers, depth: usize) -> Option<Sum> {
    if rest.is_empty() {
        return (depth > 1 && !joined).then_some(sum);
    }
    if depth > 12 {
        return None;
    }
    numbers.pieces.get(&rest.chars().next()?)?.iter().find_map(|(key, part)| {
        let rest = rest.strip_prefix(key.as_str())?;
        match part {
            None if depth > 0 && !joined => compound(rest, sum, true, numbers, depth + 1),
            None => None,
            Some(part) => compound(rest, sum.add(*part, joined, numbers)?, false, numbers, depth + 1),
        }
    })
}

/// "Twenty" and "five", "quatre-vingt" and "dix": does the unit add to the tens before it?
fn adds_unit(tens: i64, unit: i64) -> bool {
    tens % 10 == 0 && tens >= 20 && unit > 0 && (unit < 10 || (unit < 20 && tens % 20 == 0))
}
