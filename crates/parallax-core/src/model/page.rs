//! What comes in: a page as received, or a document whose text somebody else has already cut out.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Names one article: the path or id it came under, later its first-seen canonical URL.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How the bytes are to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Markup, in whatever encoding.
    Html,
    /// A page saved as text, furniture and all.
    Plain,
}

/// Bytes as received, with what is known of where they came from.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path or id.
    pub id: ArticleId,
    /// The address it was fetched from, where known.
    pub url: Option<String>,
    /// What the bytes are.
    pub format: Format,
    /// The charset of a `Content-Type` header, where there was one.
    pub charset: Option<String>,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
}

/// A document of JSON lines: its text is taken verbatim, `lang` and `source` are hints.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Document {
    /// The id it is answered under.
    pub id: ArticleId,
    /// Its headline, if it stands apart from the text.
    #[serde(default)]
    pub title: Option<String>,
    /// The text, to which all offsets refer.
    pub text: String,
    /// Day or time of writing, ISO 8601.
    #[serde(default)]
    pub date: Option<String>,
    /// The outlet, by name or domain.
    #[serde(default)]
    pub source: Option<String>,
    /// BCP 47.
    #[serde(default)]
    pub lang: Option<String>,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
    /// Where its outlet is at home, ISO 3166-1 alpha-2; believed where there is such a country and the almanac knows of the outlet no other.
    #[serde(default)]
    pub country: Option<String>,
}
