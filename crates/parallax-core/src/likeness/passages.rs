//! Two texts → how much of one stands in the other word for word, by winnowed fingerprints.

use super::Likeness;
use serde::{Deserialize, Serialize};

/// Words in a shingle: five in a row are rarely equal by chance, a shared quotation has few of them.
const SHINGLE: usize = 5;
/// Of so many shingles in a row at least one is kept, so that any run of `SHINGLE + WINDOW - 1` equal words is seen.
const WINDOW: usize = 4;
/// Fewer fingerprints than this on the shorter side judge nothing.
const FEWEST: usize = 6;

/// The fingerprints of a text, ascending, each once (winnowing: Schleimer, Wilkerson, Aiken 2003).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Prints(Vec<u64>);

impl Prints {
    /// The fingerprints of at most `limit` words of `text`. Case, punctuation and spacing don't matter; a character of a script
    /// without spaces counts as a word.
    #[must_use]
    pub fn of(text: &str, limit: usize) -> Self {
        let words = words(text, limit);
        let shingles: Vec<u64> = words
            .windows(SHINGLE)
            .map(|w| w.iter().fold(0u64, |hash, word| mix(hash.rotate_left(11) ^ word)))
            .collect();
        let mut kept: Vec<u64> = match shingles.len() {
            0 => Vec::new(),
            n if n < WINDOW => shingles.iter().min().copied().into_iter().collect(),
            _ => shingles.windows(WINDOW).filter_map(|w| w.iter().min().copied()).collect(),
        };
        kept.sort_unstable();
        kept.dedup();
        kept.shrink_to_fit();
        Prints(kept)
    }

    /// How much of the smaller set is in the other; nothing where a text is too short to tell.
    #[must_use]
    pub fn contained(&self, other: &Prints) -> Likeness {
        let smaller = self.0.len().min(other.0.len());
        if smaller < FEWEST {
            return if !self.0.is_empty() && self == other { Likeness::FULL } else { Likeness::NONE };
        }
        let (mut i, mut j, mut both) = (0, 0, 0u64);
        while i < self.0.len() && j < other.0.len() {
            let order = self.0[i].cmp(&other.0[j]);
            both += u64::from(order.is_eq());
            i += usize::from(order.is_le());
            j += usize::from(order.is_ge());
        }
        Likeness::ratio(both, smaller as u64)
    }
}

/// Hashes of the first words.
fn words(text: &str, limit: usize) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word = 0u64;
    for c in text.chars() {
        let joins = c.is_alphanumeric();
        if word != 0 && (!joins || spaceless(c)) {
            words.push(mix(word));
            word = 0;
        }
        if words.len() >= limit {
            break;
        }
        if joins {
            for c in c.to_lowercase() {
                word = (word ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
            }
            word = word.max(1);
        }
    }
    if word != 0 {
        words.push(mix(word));
    }
    words
}

/// Scripts that don't part words by spaces: Thai to Khmer, and everything from the CJK radicals to the Han extensions.
fn spaceless(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): spreads every bit over all.
fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}
