//! How near articles of two languages are when they have nothing to do with each other: the background a likeness is measured against.

use super::Settings;
use super::vector::Vector;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Articles of a language that are remembered.
const REMEMBERED: usize = 64;
/// A likeness is measured against the nearest so many of the other language.
const NEAREST: usize = 10;

/// The last articles of each language.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Background {
    languages: BTreeMap<String, (u32, Vec<Vector>)>,
}

/// An article's nearness to other languages, kept until the background has grown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Nearness(BTreeMap<String, (u32, i64)>);

impl Background {
    /// Remembers an article.
    pub fn add(&mut self, language: &str, meaning: &Vector) {
        let (count, last) = self.languages.entry(language.to_owned()).or_default();
        let place = *count as usize % REMEMBERED;
        if place < last.len() {
            last[place] = meaning.clone();
        } else {
            last.push(meaning.clone());
        }
        *count += 1;
    }

    /// The mean likeness of an article to the nearest of a language, in ten thousandths; as long as few are remembered, drawn
    /// to what is usual. (Cross-domain similarity local scaling: Conneau et al. 2018, section 2.3.)
    pub fn nearness(&self, meaning: &Vector, language: &str, kept: &mut Nearness, settings: &Settings) -> i64 {
        let Some((count, last)) = self.languages.get(language) else { return settings.usual };
        if let Some((then, value)) = kept.0.get(language)
            && *count < then.saturating_mul(3) / 2 + 1
        {
            return *value;
        }
        let mut near: Vec<i64> = last.iter().map(|other| meaning.cosine(other)).filter(|c| *c < 9_900).collect();
        near.sort_unstable_by_key(|c| std::cmp::Reverse(*c));
        let nearest = (near.len() / 5).clamp(1, NEAREST);
        near.truncate(nearest);
        let mean = near.iter().sum::<i64>() / i64::try_from(near.len().max(1)).unwrap_or(1);
        let (known, unknown) = (i64::try_from(last.len()).unwrap_or(0), settings.unknown);
        let value = (mean * known + settings.usual * unknown) / (known + unknown).max(1);
        kept.0.insert(language.to_owned(), (*count, value));
        value
    }
}
