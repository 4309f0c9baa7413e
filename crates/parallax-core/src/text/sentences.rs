//! A text → its sentences, none of which crosses a line.

use super::boundary::{Stop, is_stop};
use crate::almanac::{Almanac, Vocabulary};
use crate::limits::SENTENCE_BYTES;
use crate::model::{Sentence, Span, Text};
use std::sync::LazyLock;

static UNKNOWN: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);

/// Cuts a text into sentences, in time linear in its length. `language` is a BCP 47 tag; unknown languages are cut by punctuation alone.
/// A closing quotation mark or bracket belongs to the sentence before it; a quotation of several sentences is cut as they are.
#[must_use]
pub fn sentences(text: &Text, language: Option<&str>, almanac: &Almanac) -> Vec<Sentence> {
    let vocabulary = almanac.vocabulary_of(language).unwrap_or(&UNKNOWN);
    let mut found = Vec::with_capacity(text.len() / 120 + 1);
    let mut offset = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let paragraph = u32::try_from(paragraph).unwrap_or(u32::MAX);
        cut_line(line, vocabulary, |piece| {
            let start = offset + (piece.as_ptr() as usize - line.as_ptr() as usize);
            found.push(Sentence { span: Span::new(start, start + piece.len()), paragraph });
        });
        offset += line.len() + 1;
    }
    found
}

/// Hands out the sentences of a line, trimmed.
fn cut_line<'a>(line: &'a str, vocabulary: &Vocabulary, mut found: impl FnMut(&'a str)) {
    let mut start = 0;
    let mut position = 0;
    let mut quotes = 0;
    // Held back, since marks without a word after it belong to it.
    let mut held: Option<(usize, usize)> = None;
    let mut keep = |start: usize, end: usize, last: bool| {
        if line[start..end].contains(char::is_alphanumeric) {
            if let Some((start, end)) = held.replace((start, end)) {
                limited(&line[start..end], &mut found);
            }
        } else if let Some(held) = &mut held {
            held.1 = end;
        }
        if last && let Some((start, end)) = held.take() {
            limited(&line[start..end], &mut found);
        }
    };
    while let Some(ahead) = line[position..].find(|c| is_stop(c, vocabulary)) {
        let at = position + ahead;
        quotes += line[position..at].bytes().filter(|b| *b == b'"').count();
        let stop = Stop::new(line, start, at, quotes % 2 == 1, vocabulary);
        position = stop.run_end;
        if stop.ends_sentence() {
            quotes += line[position..stop.end].bytes().filter(|b| *b == b'"').count();
            position = stop.end;
            keep(start, position, false);
            start = position;
        }
    }
    keep(start, line.len(), true);
}

/// Trims a sentence and cuts what is too long for one, at white space if there is any.
fn limited<'a>(piece: &'a str, found: &mut impl FnMut(&'a str)) {
    let mut rest = piece.trim();
    while rest.len() > SENTENCE_BYTES {
        let end = rest.floor_char_boundary(SENTENCE_BYTES);
        let middle = rest.floor_char_boundary(SENTENCE_BYTES / 2);
        let end = rest[middle..end].rfind(char::is_whitespace).map_or(end, |space| middle + space);
        found(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        found(rest);
    }
}
