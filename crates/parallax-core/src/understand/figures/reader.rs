//! Tokens from a number on → the figure it makes with its qualifier, range, currency, unit and what is counted.

use super::counted::{Counted, counted};
use super::{Number, Numbered};
use crate::almanac::{Bound, Numbers};
use crate::model::{Annotations, Decimal, Figure, Span, Text};
use crate::text::{Token, TokenKind};

/// Statements that begin before a figure and are looked at: they lie within one another two or three deep at most.
const NESTED: usize = 32;
/// Tokens that a qualifier may take ("in the neighbourhood of").
const QUALIFIER_REACH: usize = 5;

/// A text cut into tokens, with the language's words of number.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// All its tokens.
    pub tokens: &'a [Token],
    /// The same, with the numbers that begin at them.
    pub numbered: &'a Numbered<'a>,
    /// The language's data.
    pub numbers: &'a Numbers,
    /// What the steps before have found: dates and statements.
    pub so_far: &'a Annotations,
}

/// A number or range with the tokens it takes.
#[derive(Clone, Copy)]
struct Amount {
    /// First token.
    start: usize,
    /// Token after the last.
    end: usize,
    low: Option<Decimal>,
    high: Option<Decimal>,
    ordinal: bool,
    /// The number alone, where it is one.
    number: Option<Number>,
}

impl Reader<'_> {
    /// What begins at token `at`: a figure and where to go on, or only where to go on, or nothing.
    pub fn figure(&self, at: usize) -> Option<(Option<Figure>, usize)> {
        let token = self.tokens.get(at)?;
        if token.kind == TokenKind::Break {
            return None;
        }
        if let Some(end) = self.not_a_count(at) {
            return Some((None, end));
        }
        let amount = self.vague(at).or_else(|| self.range(at)).or_else(|| self.single(at))?;
        Some((self.complete(amount), amount.end))
    }

    /// Digits glued to letters or dots that name a thing: "F-16", "T72", "1.2.3.4", "10:30", "12/7", phone numbers.
    fn not_a_count(&self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        if token.kind != TokenKind::Digits {
            return None;
        }
        let mut end = at + 1;
        let mut marks = 0;
        let mut clock_or_date = false;
        while let (Some(mark), Some(next)) = (self.tokens.get(end), self.tokens.get(end + 1)) {
            let tight = mark.kind == TokenKind::Mark && !mark.spaced && next.kind == TokenKind::Digits && !next.spaced;
            if !tight {
                break;
            }
            clock_or_date |= mark.key == ":" || mark.key == "/" || (mark.key == "-" && marks > 0);
            marks += 1;
            end += 2;
        }
        let groups = self.numbered.number(at).map_or(1, |n| n.length);
        let dotted = marks >= 2 && at + groups < end && !self.tokens[at + 1].is_mark("-");
        let before = at.checked_sub(1).map(|b| &self.tokens[b]);
        let glued = !token.spaced
            && before.is_some_and(|b| {
                b.kind == TokenKind::Word && b.key.is_ascii() && self.numbers.currency.word(&b.key).is_none()
                    || b.is_mark("#")
                    || b.is_mark("/")
                    || b.is_mark("@")
                    || b.is_mark("_")
            });
        let model = !token.spaced
            && before.is_some_and(|b| b.is_mark("-") && !b.spaced)
            && at >= 2
            && self.tokens[at - 2].kind == TokenKind::Word
            && self.numbered.number(at - 2).is_none();
        let long = token.key.len() > 9 && !clock_or_date;
        (clock_or_date || dotted || glued || model || long).then_some(end)
    }

    fn vague(&self, at: usize) -> Option<Amount> {
        let (length, ()) = self.numbers.vague.longest(self.tokens, at)?;
        Some(Amount { start: at, end: at + length, low: None, high: None, ordinal: false, number: None })
    }

    fn single(&self, at: usize) -> Option<Amount> {
        let number = *self.numbered.number(at)?;
        let value = Some(number.value);
        Some(Amount {
            start: at,
            end: at + number.length,
            low: value,
            high: value,
            ordinal: number.ordinal,
            number: Some(number),
        })
    }

    /// "between five and 12", "from 500,000 to 1.6 million", "46 to 57", "$250,000 to $300,000".
    fn range(&self, at: usize) -> Option<Amount> {
        self.numbers.ranges.iter().find_map(|(open, mid)| {
            let opened = self.literal(at, open)?;
            let (low, after, _) = self.priced(opened)?;
            let middle = self.literal(self.past_unit(after), mid).or_else(|| self.literal(after, mid))?;
            let tight = mid.len() == 1 && mid[0] == "-";
            if tight && open.is_empty() && self.tokens.get(after).is_some_and(|t| t.spaced) {
                return None;
            }
            let (mut high, end, _) = self.priced(middle)?;
            if low.ordinal || high.ordinal || low.length == 0 {
                return None;
            }
            let mut least = low.value;
            // "10 to 12 million", "1.5-2 billion": the scale word holds for both.
            let thousand = Decimal::from(1000);
            if high.value >= thousand && low.plain_digits && least < thousand && !high.plain_digits {
                let scale = self.scale_of(middle, end);
                least = least.checked_mul(scale).unwrap_or(least);
            }
            if least >= high.value || (open.is_empty() && !(mid.is_empty()) && self.is_label(at)) {
                return None;
            }
            let joins = open.is_empty() && mid.len() == 1 && mid[0].len() == 2 && mid[0] == "or";
            if joins && high.value != least + Decimal::ONE {
                return None;
            }
            high.length = 0;
            let start = if open.is_empty() { at } else { opened };
            Some(Amount {
                start: start.min(at),
                end,
                low: Some(least),
                high: Some(high.value),
                ordinal: false,
                number: None,
            })
        })
    }

    /// The scale word that closes a number ("million" of "1.5 million"), as a factor.
    fn scale_of(&self, start: usize, end: usize) -> Decimal {
        (start + 1..end)
            .find_map(|at| match self.numbers.numerals.longest(self.tokens, at) {
                Some((_, crate::almanac::Numeral::Multiplier(factor))) => Some(Decimal::from(*factor)),
                _ => self.numbers.scale.longest(self.tokens, at).map(|(_, factor)| Decimal::from(*factor)),
            })
            .unwrap_or(Decimal::ONE)
    }

    /// A number with a currency sign before it, perhaps: the number, the token after it, the sign's currency.
    fn priced(&self, at: usize) -> Option<(Number, usize, Option<&str>)> {
        let sign = self.numbers.currency.longest(self.tokens, at);
        let start = at + sign.map_or(0, |(length, _)| length);
        let number = *self.numbered.number(start)?;
        Some((number, start + number.length, sign.map(|(_, code)| code.as_str())))
    }

    fn past_unit(&self, at: usize) -> usize {
        at + self.numbers.unit.longest(self.tokens, at).map_or(0, |(length, _)| length)
    }

    /// The token after these words, if they stand at `at`.
    fn literal(&self, at: usize, words: &[String]) -> Option<usize> {
        let fits = words.iter().enumerate().all(|(n, w)| self.tokens.get(at + n).is_some_and(|t| t.key == *w));
        fits.then_some(at + words.len())
    }

    fn is_label(&self, at: usize) -> bool {
        let before = |n: usize| at.checked_sub(n).map(|b| self.tokens[b].key.as_str()).unwrap_or("");
        self.numbers.label.has(before(1)) || (before(1) == "." && self.numbers.label.has(before(2)))
    }

    /// The currency or unit at a bare amount: first token and the one after the last, its name, what it multiplies by.
    fn measured(&self, amount: Amount) -> (usize, usize, Option<String>, Decimal) {
        let (start, end) = (amount.start, amount.end);
        let sign = [3, 2, 1].into_iter().find_map(|reach| {
            self.numbers
                .currency
                .before(self.tokens, start, reach)
                .filter(|(length, _)| !self.apart(start - length, start) && self.begins_word(start - length))
        });
        if let Some((length, code)) = sign {
            return (start - length, end, Some(code.clone()), Decimal::ONE);
        }
        if let Some((length, code)) = self.numbers.currency.longest(self.tokens, end) {
            return (start, end + length, Some(code.clone()), Decimal::ONE);
        }
        let from = end + usize::from(self.tokens.get(end).is_some_and(|t| t.is_mark("-")));
        let unit = self.numbers.unit.longest(self.tokens, from).filter(|(length, _)| self.unit_fits(from, *length));
        match unit {
            // "10 %": a unit of ten percent.
            Some((length, name)) => {
                let (factor, name) = match name.split_once(' ').map(|(f, n)| (f.parse::<Decimal>(), n)) {
                    Some((Ok(factor), name)) => (factor, name),
                    _ => (Decimal::ONE, name.as_str()),
                };
                (start, from + length, Some(name.to_owned()), factor)
            }
            None => {
                let percent = amount.number.is_some_and(|n| n.percent).then(|| "%".to_owned());
                (start, end, percent, Decimal::ONE)
            }
        }
    }

    /// Adds qualifier, currency, unit and noun to a bare amount; `None` where it counts nothing.
    fn complete(&self, amount: Amount) -> Option<Figure> {
        let (mut start, mut end, unit, factor) = self.measured(amount);
        let times = |n: Decimal| n.checked_mul(factor).unwrap_or(n);
        let (mut low, mut high) = (amount.low.map(times), amount.high.map(times));
        let mut qualifier = None;
        if !amount.ordinal
            && let Some((length, bound)) = self.numbers.before.before(self.tokens, start, QUALIFIER_REACH)
        {
            qualifier = Some((start - length, start));
            start -= length;
            (low, high) = bounded(low, high, *bound);
        }
        if qualifier.is_none()
            && !amount.ordinal
            && let Some((length, bound)) = self.numbers.after.longest(self.tokens, end)
        {
            qualifier = Some((end, end + length));
            end += length;
            (low, high) = bounded(low, high, *bound);
        }
        let number = amount.number;
        if self.is_furniture(amount, number, start, end, unit.as_deref()) {
            return None;
        }
        let mut what = counted(self, start, amount.end, end, unit.as_deref());
        // "20人余り": the qualifier stands behind the measure word.
        if qualifier.is_none()
            && self.numbers.positional
            && unit.is_none()
            && what.end > end
            && let Some((length, bound)) = self.numbers.after.longest(self.tokens, what.end)
        {
            qualifier = Some((what.end, what.end + length));
            what.end += length;
            (low, high) = bounded(low, high, *bound);
        }
        if unit.is_none() && !self.counts(amount, &what) {
            return None;
        }
        let end = end.max(what.end);
        let span = self.span(start, end);
        Some(Figure {
            span,
            low,
            high,
            unit,
            counted: what.words,
            qualifier: qualifier.map(|(a, b)| self.text.slice(self.span(a, b)).to_owned()),
            as_of: self.as_of(end),
            according_to: self.according_to(span),
        })
    }

    /// Is a sign after letters parted from them? "A$5" is Australian, "a $5 note" is not; there the sign alone counts.
    fn apart(&self, from: usize, to: usize) -> bool {
        self.tokens[from..to].iter().skip(1).any(|t| t.kind == TokenKind::Mark && t.spaced)
    }

    /// Does a word begin at this token, or is it a mark?
    fn begins_word(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let glued = !token.spaced && token.kind == TokenKind::Word;
        !glued || at.checked_sub(1).is_none_or(|before| self.tokens[before].kind != TokenKind::Word)
    }

    /// A unit of one or two letters must stand tight or alone: "5 m" is metres, "5 m people" is not ours to read.
    fn unit_fits(&self, at: usize, length: usize) -> bool {
        let next = self.tokens.get(at + length);
        !next.is_some_and(|t| !t.spaced && t.kind == TokenKind::Word && t.key.is_ascii())
    }

    /// Dates, years, labels: numbers that count nothing.
    fn is_furniture(
        &self,
        amount: Amount,
        number: Option<Number>,
        start: usize,
        end: usize,
        unit: Option<&str>,
    ) -> bool {
        let span = self.span(amount.start, amount.end);
        let dates = &self.so_far.dates[self.so_far.dates.partition_point(|d| d.span.end <= span.start)..];
        let mut dated = dates.iter().take_while(|d| d.span.start < span.end);
        let dated = dated.any(|d| d.span.overlaps(span) && !d.value.starts_with('P'));
        if unit.is_some_and(|u| !amount.ordinal || u != "second") {
            // Where tokens are characters, the unit of "2016年" and "3分" is a part of the date itself.
            let of_time = matches!(unit, Some("year" | "month" | "day" | "hour" | "minute" | "second"));
            return dated && of_time && self.numbers.positional;
        }
        let year = number.is_some_and(|n| {
            n.plain_digits && n.value >= Decimal::from(1900) && n.value < Decimal::from(2100) && amount.end == end
        });
        let people = self.tokens.get(end).is_some_and(|t| self.numbers.people.has(&t.key));
        dated || (year && start == amount.start && !people) || self.is_label(amount.start)
    }

    /// Does a number without unit count something?
    fn counts(&self, amount: Amount, what: &Counted) -> bool {
        if amount.ordinal {
            return what.words.is_some() && !what.is_people_class;
        }
        let one = amount.number.is_some_and(|n| n.value == Decimal::ONE && !n.plain_digits);
        if one {
            let before = amount.start.checked_sub(1).map(|b| self.tokens[b].key.as_str()).unwrap_or("");
            return what.befell || !(self.numbers.stop.has(before) && what.words.is_none());
        }
        true
    }

    /// The day the sentence says it holds for: "as of Monday".
    fn as_of(&self, end: usize) -> Option<String> {
        let reach = (end + 12).min(self.tokens.len());
        let line = (end..reach).take_while(|at| self.tokens[*at].kind != TokenKind::Break);
        line.filter_map(|at| self.numbers.as_of.longest(self.tokens, at).map(|(length, ())| at + length)).find_map(
            |at| {
                let start = self.tokens.get(at)?.span.start;
                let dates = &self.so_far.dates;
                let date = dates.get(dates.partition_point(|d| d.span.start < start))?;
                (date.span.start <= start + 16).then(|| date.value.clone())
            },
        )
    }

    /// Whose statement it stands in.
    fn according_to(&self, span: Span) -> Option<String> {
        let statements = &self.so_far.statements;
        let end = statements.partition_point(|s| s.content.start <= span.start);
        let near = &statements[end.saturating_sub(NESTED)..end];
        let statement = near.iter().find(|s| s.content.contains(span))?;
        Some(self.text.slice(statement.speaker?.span).to_owned())
    }

    /// From the first token to the last (end not included).
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.tokens[start].span.start as usize;
        let last = self.tokens[end.max(start + 1) - 1].span.end as usize;
        Span::new(first, last)
    }
}

fn bounded(low: Option<Decimal>, high: Option<Decimal>, bound: Bound) -> (Option<Decimal>, Option<Decimal>) {
    match bound {
        Bound::AtMost => (None, high),
        Bound::AtLeast => (low, None),
        Bound::About => (low, high),
    }
}
