//! Something odd but survivable: which stage met it, in which document, and what a person can do.

use serde::{Deserialize, Serialize};

/// The stages of an article's journey, as they are named in problems.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Stage {
    /// Bringing the bytes: files, standard input, decompression.
    Input,
    /// Bringing the bytes from the web.
    Fetch,
    /// Bytes to feed entries.
    Feed,
    /// Page to article.
    Extract,
    /// Article to annotations.
    Understand,
    /// Articles to stories.
    Group,
    /// Names to entities.
    Resolve,
    /// A story's takes to their comparison.
    Compare,
}

impl Stage {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Stage::Input => "input",
            Stage::Fetch => "fetch",
            Stage::Feed => "feed",
            Stage::Extract => "extract",
            Stage::Understand => "understand",
            Stage::Group => "group",
            Stage::Resolve => "resolve",
            Stage::Compare => "compare",
        }
    }
}

/// What went wrong and what to do; never stops the desk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// Who met it.
    pub stage: Stage,
    /// The document, where there is one.
    pub document: Option<String>,
    /// What happened, for a person.
    pub message: String,
    /// What that person can do next.
    pub remedy: String,
}
