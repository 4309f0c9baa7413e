//! Phrases of one or more words → what they mean, found in a text's tokens by the longest match.

use crate::text::{Token, TokenKind, tokens};
use std::collections::BTreeMap;

/// Words that a set may hold: says "surely not" of nearly all others at once (a Bloom filter of one hash).
///
/// Almost no word of a text begins a phrase of a small list, so this saves almost every search in it.
#[derive(Clone, Debug, Default)]
pub struct Glance {
    bits: Vec<u64>,
}

impl Glance {
    /// Bits: some ten for each word of the longest lists.
    const SIZE: usize = 4096;

    /// Puts a word in.
    pub fn add(&mut self, key: &str) {
        self.bits.resize(Self::SIZE / 64, 0);
        let at = Self::place(key.as_bytes());
        self.bits[at / 64] |= 1 << (at % 64);
    }

    /// Is it perhaps in?
    #[must_use]
    pub fn may_hold(&self, key: &str) -> bool {
        let at = Self::place(key.as_bytes());
        self.bits.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }

    /// Mixes the length with the first, the middle and the last two bytes.
    fn place(key: &[u8]) -> usize {
        let byte = |at: usize| key.get(at).copied().map_or(0, usize::from);
        let n = key.len();
        let parts = [byte(0), byte(n / 2), byte(n.wrapping_sub(2)), byte(n.wrapping_sub(1))];
        parts.iter().fold(n, |sum, part| sum.wrapping_mul(167).wrapping_add(*part)) % Self::SIZE
    }
}

/// Phrases by their first word.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: BTreeMap<String, Vec<(Vec<String>, T)>>,
    firsts: Glance,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { by_first: BTreeMap::new(), firsts: Glance::default() }
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
            self.firsts.add(&first);
            let phrases = self.by_first.entry(first).or_default();
            phrases.push((keys.collect(), meaning));
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    fn beginning_with(&self, key: &str) -> Option<&Vec<(Vec<String>, T)>> {
        if self.firsts.may_hold(key) { self.by_first.get(key) } else { None }
    }

    /// All phrases that begin at `at`, longest first: number of tokens, meaning.
    pub fn at<'a>(&'a self, tokens: &'a [Token], at: usize) -> impl Iterator<Item = (usize, &'a T)> + 'a {
        let phrases = tokens.get(at).filter(|t| t.kind != TokenKind::Break).and_then(|t| self.beginning_with(&t.key));
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
        self.beginning_with(key)?.iter().find(|(rest, _)| rest.is_empty()).map(|(_, meaning)| meaning)
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
