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

    /// The stories that share most of a newcomer's heaviest features, best first, the older first where they share as much; of those
    /// that are `open` alone, so that what is over takes nobody's place.
    pub fn candidates(&self, vector: &Vector, open: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut votes: Vec<(u32, u32)> = Vec::new();
        for (feature, weight) in vector.heaviest(VOTING) {
            let stories = self.0.get(&feature).into_iter().flatten();
            votes.extend(stories.map(|story| (*story, u32::from(weight))));
        }
        votes.sort_unstable_by_key(|(story, _)| *story);
        votes.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        votes.sort_unstable_by_key(|(story, weight)| (std::cmp::Reverse(*weight), *story));
        votes.into_iter().map(|(story, _)| story).filter(|story| open(*story)).take(GROUP_CANDIDATES).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_stories_are_judged_for_a_newcomer_and_none_that_is_over() {
        let vector = Vector::new((0..5).map(|feature| (feature, 1)).collect(), 5);
        let mut index = Index::default();
        let stories = u32::try_from(GROUP_CANDIDATES).expect("few") + 1;
        (0..stories).for_each(|story| drop(index.list(story, &vector)));
        assert_eq!(index.candidates(&vector, |_| true), (0..stories - 1).collect::<Vec<_>>());
        assert_eq!(index.candidates(&vector, |story| story > 0), (1..stories).collect::<Vec<_>>());
    }
}
