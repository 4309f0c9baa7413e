//! A text → its numbers that count something.

mod counted;
mod reader;

use super::numerals::{Number, Numbered};
use crate::model::{Annotations, Article, Figure};
use reader::Reader;

/// Finds them in text order. `so_far` holds what the steps before have found.
pub fn find(article: &Article, numbered: &Numbered<'_>, so_far: &Annotations) -> Vec<Figure> {
    let tokens = &numbered.tokens;
    let reader = Reader { text: &article.text, tokens, numbered, numbers: numbered.numbers, so_far };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Some((figure, next)) => {
                found.extend(figure);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}
