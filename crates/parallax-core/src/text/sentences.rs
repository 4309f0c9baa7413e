//! A text → its sentences, none of which crosses a line.

use crate::almanac::Almanac;
use crate::limits::SENTENCE_BYTES;
use crate::model::{Sentence, Span, Text};

/// Cuts a text into sentences. `language` is a BCP 47 primary subtag; unknown languages are cut by punctuation alone.
#[must_use]
pub fn sentences(text: &Text, language: Option<&str>, almanac: &Almanac) -> Vec<Sentence> {
    let _ = (language, almanac);
    let mut found = Vec::new();
    let mut offset = 0;
    for (paragraph, line) in text.split('\n').enumerate() {
        let mut start = 0;
        let mut characters = line.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let mut end = at + c.len_utf8();
            if !matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।') && end - start < SENTENCE_BYTES
            {
                continue;
            }
            while let Some((_, close)) = characters.peek().filter(|(_, c)| "\"”’»)]」』".contains(*c)) {
                end += close.len_utf8();
                characters.next();
            }
            let boundary = matches!(c, '。' | '！' | '？')
                || line[end..].is_empty()
                || (line[end..].starts_with(char::is_whitespace)
                    && line[end..].trim_start().chars().next().is_some_and(|c| !c.is_lowercase())
                    && !line[start..at].ends_with(|c: char| c.is_uppercase()));
            if boundary {
                push(&mut found, line, start, end, offset, paragraph);
                start = end;
            }
        }
        push(&mut found, line, start, line.len(), offset, paragraph);
        offset += line.len() + 1;
    }
    found
}

fn push(found: &mut Vec<Sentence>, line: &str, start: usize, end: usize, offset: usize, paragraph: usize) {
    let piece = &line[start..end];
    let lead = piece.len() - piece.trim_start().len();
    let piece = piece.trim();
    if !piece.is_empty() {
        let start = offset + start + lead;
        found.push(Sentence {
            span: Span::new(start, start + piece.len()),
            paragraph: u32::try_from(paragraph).unwrap_or(u32::MAX),
        });
    }
}
