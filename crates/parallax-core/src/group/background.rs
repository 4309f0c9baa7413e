//! How near articles of two languages are when they have nothing to do with each other: the background a likeness is measured against.

use super::Settings;
use super::vector::{self, Vector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Articles of a language that are remembered.
const REMEMBERED: usize = 64;
/// A likeness is measured against the nearest so many of the other language.
const NEAREST: usize = 10;

/// The last articles of each language.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Background {
    languages: BTreeMap<String, Last>,
}

/// The last articles of one language, by what is in them: all are held against a newcomer at once.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Last {
    /// Articles that came.
    count: u32,
    /// (feature, place of the article, weight), ascending.
    listed: Vec<(u32, u8, u16)>,
}

impl Last {
    /// How many are remembered.
    fn remembered(&self) -> usize {
        (self.count as usize).min(REMEMBERED)
    }

    /// Remembers one in the place of the oldest.
    fn add(&mut self, meaning: &Vector) {
        let place = u8::try_from(self.count as usize % REMEMBERED).unwrap_or(0);
        self.listed.retain(|(_, of, _)| *of != place);
        self.listed.extend(meaning.0.iter().map(|(feature, weight)| (*feature, place, *weight)));
        self.listed.sort_unstable();
        self.count += 1;
    }

    /// The cosine of each with an article.
    fn cosines(&self, meaning: &Vector) -> Vec<i64> {
        let mut sums = [0u64; REMEMBERED];
        let mut rest = &self.listed[..];
        for (feature, weight) in &meaning.0 {
            rest = &rest[rest.partition_point(|(listed, ..)| listed < feature)..];
            for (_, place, listed) in rest.iter().take_while(|(listed, ..)| listed == feature) {
                sums[usize::from(*place)] += u64::from(*weight) * u64::from(*listed);
            }
        }
        sums[..self.remembered()].iter().map(|sum| vector::cosine_of(*sum)).collect()
    }
}

/// An article's nearness to other languages, kept until the background has grown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Nearness(BTreeMap<String, (u32, i64)>);

impl Background {
    /// Remembers an article.
    pub fn add(&mut self, language: &str, meaning: &Vector) {
        self.languages.entry(language.to_owned()).or_default().add(meaning);
    }

    /// The mean likeness of an article to the nearest of a language, in ten thousandths; as long as few are remembered, drawn
    /// to what is usual. (Cross-domain similarity local scaling: Conneau et al. 2018, section 2.3.)
    pub fn nearness(&self, meaning: &Vector, language: &str, kept: &mut Nearness, settings: &Settings) -> i64 {
        let Some(last) = self.languages.get(language) else { return settings.usual };
        if let Some((then, value)) = kept.0.get(language)
            && last.count < then.saturating_mul(3) / 2 + 1
        {
            return *value;
        }
        let mut near = last.cosines(meaning);
        near.retain(|c| *c < 9_900);
        near.sort_unstable_by_key(|c| std::cmp::Reverse(*c));
        let nearest = (near.len() / 5).clamp(1, NEAREST);
        near.truncate(nearest);
        let mean = near.iter().sum::<i64>() / i64::try_from(near.len().max(1)).unwrap_or(1);
        let (known, unknown) = (i64::try_from(last.remembered()).unwrap_or(0), settings.unknown);
        let value = (mean * known + settings.usual * unknown) / (known + unknown).max(1);
        kept.0.insert(language.to_owned(), (last.count, value));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some features that differ from number to number and have much in common.
    fn vector(number: u32) -> Vector {
        let features = (0..40u32).map(|i| (i * (1 + number % 5), u64::from(1 + (i * 7 + number) % 11)));
        Vector::new(features.collect(), 100)
    }

    #[test]
    fn all_at_once_is_each_by_itself_and_the_oldest_make_room() {
        let mut last = Last::default();
        let all: Vec<Vector> = (0..u32::try_from(REMEMBERED).expect("few") + 9).map(vector).collect();
        for (number, article) in all.iter().enumerate() {
            last.add(article);
            let mut each: Vec<i64> =
                all[(number + 1).saturating_sub(REMEMBERED)..=number].iter().map(|a| vector(3).cosine(a)).collect();
            let mut at_once = last.cosines(&vector(3));
            each.sort_unstable();
            at_once.sort_unstable();
            assert_eq!(at_once, each);
        }
        assert_eq!(last.remembered(), REMEMBERED);
    }
}
