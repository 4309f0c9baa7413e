//! A text → its numbers that count something.

mod counted;
mod reader;

use super::numerals;
use crate::almanac::Almanac;
use crate::model::{Annotations, Article, Figure};
use crate::text::tokens;
use reader::Reader;

/// Finds them in text order. `so_far` holds what the steps before have found.
pub fn find(article: &Article, so_far: &Annotations, almanac: &Almanac) -> Vec<Figure> {
    let language = so_far.language.as_deref().unwrap_or("und");
    let language = language.split('-').next().unwrap_or("und");
    let Some(numbers) = almanac.numbers.get(language).or_else(|| almanac.numbers.get("und")) else { return Vec::new() };
    let tokens = tokens(&article.text);
    let reader = Reader { text: &article.text, tokens: &tokens, numbers, so_far };
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
