//! Two passages → how much of what they say they have in common.

use super::lexis::{Class, Lexis, WordId};
use super::material::Passage;
use std::cmp::Ordering;

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
    /// Weight of the plain words of the first.
    pub first_plain: u32,
    /// Weight of the plain words of the second.
    pub second_plain: u32,
}

impl Overlap {
    pub fn of(a: &Passage, b: &Passage, lexis: &Lexis) -> Self {
        let mut overlap = Overlap {
            first: a.weight,
            second: b.weight,
            first_plain: a.plain,
            second_plain: b.plain,
            ..Overlap::default()
        };
        let (mut i, mut j) = (0, 0);
        let (mut left, mut right): (Vec<WordId>, Vec<WordId>) = (Vec::new(), Vec::new());
        while i < a.content.len() && j < b.content.len() {
            match a.content[i].cmp(&b.content[j]) {
                Ordering::Equal => {
                    overlap.add(a.content[i], lexis.weight(a.content[i]), lexis);
                    (i, j) = (i + 1, j + 1);
                }
                Ordering::Less => {
                    left.push(a.content[i]);
                    i += 1;
                }
                Ordering::Greater => {
                    right.push(b.content[j]);
                    j += 1;
                }
            }
        }
        left.extend_from_slice(&a.content[i..]);
        right.extend_from_slice(&b.content[j..]);
        for word in left {
            let mut best: Option<(u32, usize)> = None;
            for (kin, kinship) in lexis.kin(word) {
                if let Ok(at) = right.binary_search(kin)
                    && best.is_none_or(|(k, _)| *kinship > k)
                {
                    best = Some((*kinship, at));
                }
            }
            if let Some((kinship, at)) = best {
                let other = right.remove(at);
                overlap.add(word, lexis.weight(word).min(lexis.weight(other)) * kinship / 1000, lexis);
            }
        }
        overlap
    }

    /// The same, seen from the second passage.
    pub fn reversed(self) -> Self {
        Overlap {
            first: self.second,
            second: self.first,
            first_plain: self.second_plain,
            second_plain: self.first_plain,
            ..self
        }
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

    /// Share of the first's plain words that the second has too, in thousandths; all of none.
    pub fn first_plain_covered(self) -> u32 {
        if self.first_plain == 0 { 1000 } else { ratio(self.plain, self.first_plain) }
    }

    /// Share of the first that the second has too, in thousandths.
    pub fn first_covered(self) -> u32 {
        ratio(self.shared, self.first)
    }
}

fn ratio(part: u32, whole: u32) -> u32 {
    (u64::from(part) * 1000).checked_div(u64::from(whole)).map_or(0, |r| u32::try_from(r).unwrap_or(1000))
}
