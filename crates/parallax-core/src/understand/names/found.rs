//! A name found in a script without capitals, and the other places where the same article has it.

use super::knowledge::Knowledge;
use super::tokens::{Shape, Token};
use crate::model::{NameKind, Sentence, Span, Text};
use crate::text::fold;
use std::collections::BTreeMap;

/// A name.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub span: Span,
    /// Folded words.
    pub words: Vec<String>,
    pub kind: NameKind,
    /// How strongly what stands around it speaks for the kind.
    pub weight: u32,
    /// A title stands beside it.
    pub titled: bool,
}

/// Where the people named beside titles are named again without: by their whole name or its last word.
pub(super) fn again(
    text: &Text,
    sentences: &[Sentence],
    tokens: &[Vec<Token<'_>>],
    found: &[Found],
    known: &Knowledge<'_>,
) -> Vec<Found> {
    let mut names: BTreeMap<String, bool> = BTreeMap::new();
    for name in found.iter().filter(|f| f.kind == NameKind::Person) {
        if let Some(last) = name.words.last().filter(|w| w.chars().count() > 1 && !known.is_common(w)) {
            names.insert(last.clone(), true);
        }
    }
    let taken: Vec<Span> = found.iter().map(|f| f.span).collect();
    let free = |span: Span| {
        let near = taken.partition_point(|t| t.end <= span.start);
        taken.get(near).is_none_or(|t| !t.overlaps(span))
    };
    let mut more = Vec::new();
    for (sentence, tokens) in sentences.iter().zip(tokens) {
        for token in tokens.iter().filter(|t| t.shape == Shape::Caseless) {
            if super::is_unspaced(token.text) {
                scan(text, token.span, &names, &mut more);
                continue;
            }
            let prefixes = known.naming.elisions.iter().map(String::as_str).chain([""]);
            for prefix in prefixes {
                let Some(rest) = token.text.strip_prefix(prefix) else { continue };
                let folded = fold(rest);
                let stem = known
                    .naming
                    .endings
                    .iter()
                    .find_map(|e| folded.strip_suffix(e.as_str()).filter(|s| names.contains_key(*s)));
                let start = token.span.start as usize + prefix.len();
                if names.contains_key(&folded) {
                    push(Span::new(start, start + rest.len()), folded, &mut more);
                    break;
                }
                if let Some(stem) = stem {
                    let length = rest.char_indices().nth(stem.chars().count()).map_or(rest.len(), |c| c.0);
                    push(Span::new(start, start + length), stem.to_owned(), &mut more);
                    break;
                }
            }
        }
        debug_assert!(tokens.iter().all(|t| sentence.span.contains(t.span)));
    }
    more.retain(|f| free(f.span));
    more
}

/// Looks for the names in a stretch without spaces.
fn scan(text: &Text, stretch: Span, names: &BTreeMap<String, bool>, more: &mut Vec<Found>) {
    let string = text.slice(stretch);
    let starts: Vec<usize> = string.char_indices().map(|c| c.0).chain([string.len()]).collect();
    let mut at = 0;
    while at + 2 < starts.len() {
        let longest = (2..=8)
            .rev()
            .filter(|n| at + n < starts.len())
            .find(|n| names.contains_key(&string[starts[at]..starts[at + n]]));
        match longest {
            Some(n) => {
                let start = stretch.start as usize + starts[at];
                push(
                    Span::new(start, start + starts[at + n] - starts[at]),
                    string[starts[at]..starts[at + n]].to_owned(),
                    more,
                );
                at += n;
            }
            None => at += 1,
        }
    }
}

fn push(span: Span, word: String, more: &mut Vec<Found>) {
    more.push(Found { span, words: vec![word], kind: NameKind::Person, weight: 2, titled: false });
}
