//! A text → its dates and spans of time, each resolved from the article's own date where it is relative.

mod matching;
mod ranges;
mod resolve;
mod when;

use super::numerals::Numbered;
use crate::almanac::{Calendar, Phrases};
use crate::model::{Article, DateMention, Span};
use crate::text::{Token, TokenKind};
use jiff::civil::Date;
use matching::{Found, Matcher};
use resolve::Anchor;
use when::When;

/// Tokens before and behind a date in which a word of the future is looked for.
const FUTURE_REACH: usize = 16;

/// Finds them in text order.
pub fn find(article: &Article, numbered: &Numbered<'_>, calendar: &Calendar) -> Vec<DateMention> {
    let reference = article.published.map(|m| m.day());
    let tokens = &numbered.tokens;
    let dated = resolved(&article.text, numbered, calendar, reference);
    ranges::joined(dated, tokens, calendar, reference)
        .into_iter()
        .map(|d| DateMention { span: span(tokens, d.start, d.end), value: d.when.to_string(), precision: d.precision })
        .collect()
}

/// A date found, resolved.
#[derive(Clone, Debug)]
pub struct Dated {
    /// First token.
    pub start: usize,
    /// Token after the last.
    pub end: usize,
    /// As it was matched.
    pub found: Found,
    /// Its value.
    pub when: When,
    /// How exact that is.
    pub precision: crate::model::Precision,
}

fn resolved(text: &str, numbered: &Numbered<'_>, calendar: &Calendar, reference: Option<Date>) -> Vec<Dated> {
    let tokens = &numbered.tokens;
    let matcher = Matcher::new(numbered, calendar);
    let mut dated: Vec<Dated> = Vec::new();
    let mut at = 0;
    // The day spoken of: the last one named in this sentence, and the last one named at all.
    let mut anchor = Anchor { reference, sentence: None, last: None, future: false };
    while at < tokens.len() {
        if tokens[at].kind == TokenKind::Break || tokens[at].is_mark(".") {
            anchor.sentence = None;
        }
        let Some((end, found)) = matcher.longest(at) else {
            at += 1;
            continue;
        };
        let bare_month = found.month.is_some() && found.day.is_none() && found.year.is_none();
        let small = text.get(tokens[at].span.range()).is_some_and(|w| w.starts_with(char::is_lowercase));
        if calendar.capital && bare_month && end == at + 1 && small
            || found.year.is_some()
                && numbered.number(at).is_some_and(|n| at + n.length == end)
                && counts(numbered, at, end)
        {
            at = end.max(at + 1);
            continue;
        }
        anchor.future = is_future(text, tokens, at, end, calendar);
        if let Some((when, precision)) = resolve::resolve(&found, anchor) {
            if let Some(day) = when.day() {
                anchor.sentence = anchor.sentence.or(Some(day));
                anchor.last = Some(day);
            }
            dated.push(Dated { start: at, end, found, when, precision });
        }
        at = end;
    }
    dated
}

/// Does the number at `at`, which could be a year, count something: with a unit after it, or a qualifier or currency before?
fn counts(numbered: &Numbered<'_>, at: usize, end: usize) -> bool {
    let (tokens, numbers) = (numbered.tokens.as_slice(), numbered.numbers);
    let in_words = tokens[at].kind != TokenKind::Digits;
    let measured = numbers.unit.longest(tokens, end).is_some() || numbers.currency.longest(tokens, end).is_some();
    let glued = tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && !t.spaced);
    let priced = numbers.currency.before(tokens, at, 3).is_some();
    in_words || measured || glued || priced
}

/// Does the sentence speak of what is to come: a word of the future before, with none of the past nearer, or one behind in the clause?
fn is_future(text: &str, tokens: &[Token], at: usize, end: usize, calendar: &Calendar) -> bool {
    let ends = |t: &Token| t.kind == TokenKind::Break || t.is_mark(".") || t.is_mark("。") || t.is_mark("\"");
    let has = |words: &Phrases<()>, at: usize| words.longest(tokens, at).is_some();
    let before = (at.saturating_sub(FUTURE_REACH)..at).rev().take_while(|n| !ends(&tokens[*n]));
    let conjugated = |n: usize| tells_of_what_is_to_come(text, &tokens[n], calendar);
    let nearest = before
        .map(|n| (has(&calendar.future, n) || conjugated(n), has(&calendar.past, n)))
        .find(|(future, past)| *future || *past);
    let ahead = |n: usize| calendar.ahead.longest(tokens, n).is_some_and(|(length, ())| n + length == at);
    let clause = |n: &usize| matches!(tokens[*n].kind, TokenKind::Word | TokenKind::Digits);
    let mut behind = (end..tokens.len().min(end + FUTURE_REACH)).take_while(clause);
    nearest.is_some_and(|(future, _)| future)
        || has(&calendar.future, end)
        || (at.saturating_sub(AHEAD_WORDS)..at).any(ahead)
        || behind.any(|n| has(&calendar.future_after, n) || conjugated(n))
}

/// Words that may stand before a date to say that it lies ahead ("fino a").
const AHEAD_WORDS: usize = 2;
/// Letters that a verb has at least before an ending of what is to come.
const STEM_LETTERS: usize = 2;

/// Is it a verb in a form of the future? Its accents count: "comprará" is one, "para" is none.
fn tells_of_what_is_to_come(text: &str, token: &Token, calendar: &Calendar) -> bool {
    if token.kind != TokenKind::Word || calendar.future_endings.is_empty() {
        return false;
    }
    let word = text.get(token.span.range()).unwrap_or_default().to_lowercase();
    let stem = |ending: &String| word.strip_suffix(ending.as_str());
    calendar.future_endings.iter().filter_map(stem).any(|stem| stem.chars().count() >= STEM_LETTERS)
}

fn span(tokens: &[Token], start: usize, end: usize) -> Span {
    Span::new(tokens[start].span.start as usize, tokens[end - 1].span.end as usize)
}
