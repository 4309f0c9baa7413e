//! Two passages → how much of what they say they have in common.

use super::lexis::{Class, Lexis, WordId};
use super::material::Passage;

/// What two passages share, in hundredths of a bit where not said otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Overlap {
    /// Weight of the words that both have, in the same or a kindred form.
    pub shared: u32,
    /// Of those the plain words.
    pub plain: u32,
    /// How many words both have.
    pub words: u32,
    /// Weight of all words of the first.
    pub first: u32,
    /// Weight of all words of the second.
    pub second: u32,
}

impl Overlap {
    pub fn of(a: &Passage, b: &Passage, lexis: &Lexis) -> Self {
        let mut overlap =
            Overlap { first: weight(&a.content, lexis), second: weight(&b.content, lexis), ..Overlap::default() };
        let (mut left, mut right): (Vec<WordId>, Vec<WordId>) = (Vec::new(), b.content.clone());
        for word in &a.content {
            match right.binary_search(word) {
                Ok(at) => {
                    right.remove(at);
                    overlap.add(*word, lexis.weight(*word), lexis);
                }
                Err(_) => left.push(*word),
            }
        }
        for word in left {
            let best = right
                .iter()
                .enumerate()
                .map(|(at, other)| (lexis.kinship(word, *other), at))
                .max_by_key(|(k, at)| (*k, usize::MAX - at));
            if let Some((kinship, at)) = best.filter(|(kinship, _)| *kinship > 0) {
                let other = right.remove(at);
                overlap.add(word, lexis.weight(word).min(lexis.weight(other)) * kinship / 1000, lexis);
            }
        }
        overlap
    }

    /// The same, seen from the second passage.
    pub fn reversed(self) -> Self {
        Overlap { first: self.second, second: self.first, ..self }
    }

    fn add(&mut self, word: WordId, weight: u32, lexis: &Lexis) {
        self.shared += weight;
        self.words += 1;
        if lexis.class(word) != Class::Name {
            self.plain += weight;
        }
    }

    /// Share of the lighter passage that the other has too, in thousandths.
    pub fn contained(self) -> u32 {
        ratio(self.shared, self.first.min(self.second))
    }

    /// Share of both that is common, in thousandths (Dice).
    pub fn dice(self) -> u32 {
        ratio(2 * self.shared, self.first + self.second)
    }

    /// Share of the first that the second has too, in thousandths.
    pub fn first_covered(self) -> u32 {
        ratio(self.shared, self.first)
    }
}

fn weight(words: &[WordId], lexis: &Lexis) -> u32 {
    words.iter().map(|w| lexis.weight(*w)).sum()
}

fn ratio(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 1000).checked_div(u64::from(whole)).map_or(0, |r| u32::try_from(r).unwrap_or(1000))
}
