//! Phrases of one or more words → what they mean, found in a text's tokens by the longest match.

use crate::text::{Token, TokenKind, tokens};
use std::collections::BTreeMap;

/// Phrases by their first word.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: BTreeMap::new() }
    }
}

/// The words of a phrase in the form that tokens are compared in.
#[must_use]
pub fn keys(phrase: &str) -> Vec<String> {
    tokens(phrase).into_iter().map(|t| t.key).collect()
}

impl<T> Phrases<T> {
    /// Adds a phrase; several meanings of one phrase are kept in the order they came.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let mut keys = keys(phrase).into_iter();
        if let Some(first) = keys.next() {
            let phrases = self.by_first.entry(first).or_default();
            phrases.push((keys.collect(), meaning));
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// All phrases that begin at `at`, longest first: number of tokens, meaning.
    pub fn at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, &'a T)> + 'a {
        let phrases = tokens.get(at).filter(|t| t.kind != TokenKind::Break).and_then(|t| self.by_first.get(&t.key));
        phrases.into_iter().flatten().filter_map(move |(rest, meaning)| {
            let fits = rest.iter().enumerate().all(|(n, key)| tokens.get(at + 1 + n).is_some_and(|t| t.key == *key));
            fits.then_some((rest.len() + 1, meaning))
        })
    }

    /// The longest phrase that begins at `at`.
    pub fn longest<'a>(&'a self, tokens: &'a [Token], at: usize) -> Option<(usize, &'a T)> {
        self.at(tokens, at).next()
    }

    /// The meaning of a single word given by its key.
    pub fn word(&self, key: &str) -> Option<&T> {
        self.by_first.get(key)?.iter().find(|(rest, _)| rest.is_empty()).map(|(_, meaning)| meaning)
    }

    /// The longest phrase that ends just before `end`: number of tokens, meaning. Looks back over at most `reach` tokens.
    pub fn before<'a>(&'a self, tokens: &'a [Token], end: usize, reach: usize) -> Option<(usize, &'a T)> {
        (end.saturating_sub(reach)..end).find_map(|at| self.at(tokens, at).find(|(length, _)| at + length == end))
    }

    /// Is there no phrase at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}

impl<T: Clone> FromIterator<(String, T)> for Phrases<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(phrases: I) -> Self {
        let mut made = Phrases::default();
        for (phrase, meaning) in phrases {
            made.add(&phrase, meaning);
        }
        made
    }
}
