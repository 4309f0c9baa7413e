//! The articles seen so far → how common each feature is among them, in bounded memory.

use crate::likeness::content::log2;
use crate::limits::GROUP_FEATURES;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In how many articles each feature stood. Grows with the stream and ages: when it is full, every count is halved and
/// what stood in one article is forgotten, so that memory is bounded and old news counts less.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Seen {
    articles: u32,
    having: BTreeMap<u32, u32>,
    bound: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Seen::within(GROUP_FEATURES)
    }
}

impl Seen {
    /// Nothing seen; of at most `bound` features it will be known how common they are.
    pub fn within(bound: usize) -> Self {
        Seen { articles: 0, having: BTreeMap::new(), bound }
    }

    /// Counts one article that has these features, each once.
    pub fn add(&mut self, features: impl IntoIterator<Item = u32>) {
        self.articles += 1;
        for feature in features {
            *self.having.entry(feature).or_insert(0) += 1;
        }
        while self.having.len() > self.bound {
            self.articles /= 2;
            self.having.retain(|_, count| {
                *count /= 2;
                *count > 0
            });
        }
    }

    /// Features of which it is known how common they are.
    pub fn features(&self) -> usize {
        self.having.len()
    }

    /// Articles counted.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// What having the feature tells, in thousandths of a bit (inverse document frequency: Spärck Jones 1972).
    pub fn tells(&self, feature: u32) -> u32 {
        let having = self.having.get(&feature).copied().unwrap_or(0).max(1);
        log2(u64::from(self.articles) + 1).saturating_sub(log2(u64::from(having)))
    }
}
