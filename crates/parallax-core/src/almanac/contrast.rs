//! One language's words of denial, of opposites, and those that join clauses.

use super::phrases::Phrases;
use crate::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which of two opposites a word is on the side of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Pole {
    /// Index of the opposition in the data, where the n-th is the same in every language.
    pub opposition: u16,
    /// The second side.
    pub second: bool,
}

/// One language's words of denial, of opposites, and those that join clauses.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Written")]
pub struct Contrast {
    /// Folded, sorted.
    negations: Vec<String>,
    /// Folded, sorted.
    joints: Vec<String>,
    poles: BTreeMap<String, Pole>,
    /// Phrases of what had been announced ("was to", "had been expected").
    pub announced: Phrases<()>,
    /// Phrases of what did not come about ("did not begin", "called off").
    pub undone: Phrases<()>,
}

/// The shape of `data/contrast/LANG.toml`: lists are words parted by white space.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    /// Words that deny ("not", "never", "don't").
    negations: String,
    /// Words that begin another clause ("but", "while").
    joints: String,
    /// Pairs of opposite sides, every inflected form written out ("closer nearer", "further away").
    opposites: Vec<[String; 2]>,
    /// Phrases that say that something had been announced or expected, in the past.
    announced: Vec<String>,
    /// Phrases that say that something announced did not come about.
    undone: Vec<String>,
}

impl From<Written> for Contrast {
    fn from(written: Written) -> Self {
        let sorted = |list: &str| {
            let mut words: Vec<String> = list.split_whitespace().map(fold).collect();
            words.sort_unstable();
            words
        };
        let mut poles = BTreeMap::new();
        for (opposition, sides) in (0u16..).zip(&written.opposites) {
            for (side, second) in sides.iter().zip([false, true]) {
                for word in side.split_whitespace() {
                    poles.entry(fold(word)).or_insert(Pole { opposition, second });
                }
            }
        }
        let phrases = |list: Vec<String>| list.into_iter().map(|phrase| (phrase, ())).collect();
        Contrast {
            negations: sorted(&written.negations),
            joints: sorted(&written.joints),
            poles,
            announced: phrases(written.announced),
            undone: phrases(written.undone),
        }
    }
}

impl Contrast {
    /// Does this folded word deny?
    #[must_use]
    pub fn denies(&self, folded: &str) -> bool {
        self.negations.binary_search_by(|n| n.as_str().cmp(folded)).is_ok()
    }

    /// Can this folded word begin another clause?
    #[must_use]
    pub fn joins(&self, folded: &str) -> bool {
        self.joints.binary_search_by(|n| n.as_str().cmp(folded)).is_ok()
    }

    /// The side of an opposition that this folded word takes.
    #[must_use]
    pub fn pole(&self, folded: &str) -> Option<Pole> {
        self.poles.get(folded).copied()
    }
}
