//! Articles in the order they come → the stories they tell; no placement depends on a later article.

use crate::almanac::Almanac;
use crate::model::{Annotations, Article, Derivation, Placement, Reason, StoryId};

/// The open stories, and what is needed to judge a newcomer against them.
#[derive(Debug, Default)]
pub struct Grouper {}

impl Grouper {
    /// No stories yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Places one article: it founds a story or joins one.
    pub fn place(&mut self, article: &Article, annotations: &Annotations, almanac: &Almanac) -> Placement {
        let _ = (annotations, almanac);
        Placement {
            story: StoryId(article.id.clone()),
            derivation: Derivation::Original,
            because: vec![Reason { reason: "no open story is like it".into(), weight: 0 }],
        }
    }
}
