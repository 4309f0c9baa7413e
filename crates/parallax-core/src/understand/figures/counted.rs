//! The tokens around a number → what it counts: the noun after it, and what befell the people it counts.

use super::reader::Reader;
use crate::almanac::NounPlace;
use crate::text::{Token, TokenKind};

/// Words of the phrase of what is counted that are looked at.
const PHRASE: usize = 5;
/// Tokens after the counted people in which it must be said what befell them.
const AFTER: usize = 7;
/// Tokens before a number in which it may be said what befell those it counts ("killing at least").
const BEFORE: usize = 4;

/// What a number counts.
#[derive(Clone, Default, Debug)]
pub struct Counted {
    /// In the text's words: "documents", "people killed".
    pub words: Option<String>,
    /// Token after the noun phrase, for the figure's span.
    pub end: usize,
    /// Is it said that those counted died or came to harm?
    pub befell: bool,
    /// Does an ordinal only order people ("the first woman")?
    pub is_people_class: bool,
}

/// `start` is the figure's first token, `number_end` the token after the number, `end` after its unit or qualifier.
pub fn counted(reader: &Reader<'_>, start: usize, number_end: usize, end: usize, unit: Option<&str>) -> Counted {
    let phrase_end = if unit.is_some() { end } else { noun_phrase(reader, end) };
    let words = |from: usize, to: usize| (from < to).then(|| reader.text.slice(reader.span(from, to)).to_owned());
    if unit.is_some() {
        let noun = noun_phrase(reader, end);
        let from = if end > number_end { skip_marks(reader, number_end) } else { end };
        return Counted { words: words(from, noun.max(end)), end, ..Counted::default() };
    }
    let from = skip_marks(reader, end);
    let noun = words(from, phrase_end);
    let is_people = (from..phrase_end).any(|at| reader.numbers.people.has(&reader.tokens[at].key));
    let mut result =
        Counted { words: noun.clone(), end: phrase_end.max(end), befell: false, is_people_class: is_people };
    if (noun.is_none() || is_people || (from..phrase_end).any(|at| is_fate(reader, at)))
        && let Some(fate) = fate(reader, start, from, phrase_end)
    {
        let fate_words = reader.text.slice(reader.tokens[fate].span).to_owned();
        let inside = (from..phrase_end).contains(&fate);
        result.words = Some(match noun {
            Some(noun) if inside => noun,
            Some(noun) => format!("{noun} {fate_words}"),
            None => fate_words,
        });
        result.befell = true;
    }
    result
}

fn skip_marks(reader: &Reader<'_>, at: usize) -> usize {
    at + usize::from(reader.tokens.get(at).is_some_and(|t| t.is_mark("-")))
}

fn is_fate(reader: &Reader<'_>, at: usize) -> bool {
    let key = &reader.tokens[at].key;
    reader.tokens[at].kind == TokenKind::Word && (reader.numbers.dead.has(key) || reader.numbers.hurt.has(key))
}

/// The token after the noun phrase that begins at `end`; `end` itself where there is none.
fn noun_phrase(reader: &Reader<'_>, end: usize) -> usize {
    let from = skip_marks(reader, end);
    let hyphened = from > end;
    let mut last = end;
    let mut at = from;
    let word = |t: &Token| t.kind == TokenKind::Word;
    while at < from + PHRASE {
        let Some(token) = reader.tokens.get(at) else { break };
        // "U.S." and "Wal-Mart" stand within a phrase.
        let inner = (token.is_mark(".") || token.is_mark("-") || token.is_mark("'"))
            && !token.spaced
            && at > from
            && reader.tokens[at - 1].kind == TokenKind::Word
            && reader
                .tokens
                .get(at + 1)
                .is_some_and(|t| word(t) && (!t.spaced || reader.tokens[at - 1].key.len() == 1));
        if inner {
            at += 1;
            continue;
        }
        if !word(token)
            || reader.numbers.stop.has(&token.key)
            || (!token.spaced && at == from && !hyphened && token.key.is_ascii())
        {
            break;
        }
        last = at + 1;
        let ends = match reader.numbers.noun {
            NounPlace::First => !reader.numbers.bound.has(&token.key),
            NounPlace::Plural => hyphened || is_plural(&token.key) || reader.numbers.people.has(&token.key),
            NounPlace::Capital => reader.text.slice(token.span).chars().next().is_some_and(char::is_uppercase),
        };
        if ends {
            break;
        }
        at += 1;
    }
    last
}

fn is_plural(key: &str) -> bool {
    key.len() > 3 && key.ends_with('s') && !key.ends_with("ss") && !key.ends_with("us") && !key.ends_with("is")
}

/// The token that says what befell those counted, if one does: after them, or just before the number.
fn fate(reader: &Reader<'_>, start: usize, from: usize, phrase_end: usize) -> Option<usize> {
    let inside = (from..phrase_end).find(|at| is_fate(reader, *at));
    if inside.is_some() {
        return inside;
    }
    let after = phrase_end.max(from);
    for (skipped, at) in (after..after + AFTER).enumerate() {
        let Some(token) = reader.tokens.get(at).filter(|t| t.kind != TokenKind::Break) else { break };
        if is_fate(reader, at) {
            // "40 and wounding 120": what stands before a further number belongs to that one.
            let next_number = (at + 1..at + 4).any(|n| reader.numbered.number(n).is_some_and(|n| !n.ordinal));
            let joined = skipped > 0 && next_number && before(reader, start).is_some();
            if !joined {
                return Some(at);
            }
            break;
        }
        if !reader.numbers.aside.has(&token.key) {
            break;
        }
    }
    before(reader, start)
}

/// "killed at least 40", "a death toll of 40", "claimed the lives of 40".
fn before(reader: &Reader<'_>, start: usize) -> Option<usize> {
    let back = (start.saturating_sub(BEFORE)..start).rev();
    for at in back {
        let token = &reader.tokens[at];
        if token.kind == TokenKind::Break || token.is_mark(".") {
            return None;
        }
        if is_fate(reader, at) {
            return Some(at);
        }
        let passes = reader.numbers.aside.has(&token.key)
            || reader.numbers.stop.has(&token.key)
            || reader.numbers.moved.has(&token.key);
        if !passes {
            return None;
        }
    }
    None
}
