//! Features → the open stories that have them: finds the few stories worth judging, whatever their number.

use super::vector::Vector;
use crate::limits::{GROUP_CANDIDATES, GROUP_LISTED};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Heaviest features of an article that vote, and under which its story is listed.
const VOTING: usize = 30;

/// For each feature the stories it was last seen in, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index(BTreeMap<u32, Vec<u32>>);

impl Index {
    /// Lists a story under the heaviest features of an article; says under which it was not yet.
    pub fn list(&mut self, story: u32, vector: &Vector) -> Vec<u32> {
        let mut new = Vec::new();
        for (feature, _) in vector.heaviest(VOTING) {
            let stories = self.0.entry(feature).or_default();
            match stories.iter().position(|s| *s == story) {
                Some(place) => stories[place..].rotate_left(1),
                None => {
                    stories.push(story);
                    new.push(feature);
                }
            }
            if stories.len() > GROUP_LISTED {
                stories.remove(0);
            }
        }
        new
    }

    /// Forgets a story that was listed under these features.
    pub fn forget(&mut self, story: u32, features: &[u32]) {
        for feature in features {
            if let Some(stories) = self.0.get_mut(feature) {
                stories.retain(|s| *s != story);
                if stories.is_empty() {
                    self.0.remove(feature);
                }
            }
        }
    }

    /// The stories that share most of a newcomer's heaviest features, best first.
    pub fn candidates(&self, vector: &Vector) -> Vec<u32> {
        let mut votes: BTreeMap<u32, u32> = BTreeMap::new();
        for (feature, weight) in vector.heaviest(VOTING) {
            for story in self.0.get(&feature).into_iter().flatten() {
                *votes.entry(*story).or_insert(0) += u32::from(weight);
            }
        }
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_unstable_by_key(|(story, weight)| (std::cmp::Reverse(*weight), *story));
        votes.truncate(GROUP_CANDIDATES);
        votes.into_iter().map(|(story, _)| story).collect()
    }
}
