//! Where an article went and why, whether it is its own work, and who is who across a story.

use super::{Annotations, Article, ArticleId, Entity, LocalEntity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A story is named by its founding article.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct StoryId(pub ArticleId);

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a decision was taken: words for a person, weight in thousandths.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reason {
    /// "shares the names …".
    pub reason: String,
    /// Thousandths; negative speaks against.
    pub weight: i32,
}

/// Whose words an article is made of.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Derivation {
    /// Its own.
    #[default]
    Original,
    /// Made over from another article or agency copy.
    Rewritten(ArticleId),
    /// The same text.
    Verbatim(ArticleId),
}

impl Derivation {
    /// The word used in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Derivation::Original => "original",
            Derivation::Rewritten(_) => "rewritten",
            Derivation::Verbatim(_) => "verbatim",
        }
    }

    /// The article it derives from.
    #[must_use]
    pub fn of(&self) -> Option<&ArticleId> {
        match self {
            Derivation::Original => None,
            Derivation::Rewritten(of) | Derivation::Verbatim(of) => Some(of),
        }
    }
}

/// Where one article was placed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Placement {
    /// The story it founds or joins.
    pub story: StoryId,
    /// Its own work, or whose.
    pub derivation: Derivation,
    /// Why there.
    pub because: Vec<Reason>,
}

/// An entity of a story or of the whole input: index into [`Links::entities`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

/// Who is who across several articles.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// The entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// (index of the article in the input, its local entity) → entity.
    pub of: BTreeMap<(usize, LocalEntity), EntityId>,
}

/// One outlet's telling: what a comparison is made of.
#[derive(Clone, Copy, Debug)]
pub struct Take<'a> {
    /// The article.
    pub article: &'a Article,
    /// What it says.
    pub annotations: &'a Annotations,
    /// Its own work, or whose.
    pub derivation: &'a Derivation,
}
