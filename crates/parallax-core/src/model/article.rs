//! One published text, with who published and who carried it, when, and how much of it could be read.

use super::{ArticleId, Moment, Problem, Text};
use serde::{Deserialize, Serialize};

/// Who published it first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outlet {
    /// Its own name, where the page or the almanac gives one.
    pub name: Option<String>,
    /// Registrable domain, without `www.`.
    pub domain: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

/// Who republished it, where that is another.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Carrier {
    /// Its own name.
    pub name: Option<String>,
    /// Registrable domain, without `www.`.
    pub domain: Option<String>,
}

/// How much of the article could be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub enum Access {
    /// All of it.
    #[default]
    Full,
    /// A beginning, cut by a wall.
    Excerpt,
    /// Only its headline.
    Headline,
    /// Nothing: the outlet refused.
    Refused,
    /// Not an article: a consent wall, an error page, a sign-up form.
    Notice,
}

impl Access {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Access::Full => "full",
            Access::Excerpt => "excerpt",
            Access::Headline => "headline",
            Access::Refused => "refused",
            Access::Notice => "notice",
        }
    }
}

/// What sort of text it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum ArticleKind {
    #[default]
    Report,
    Analysis,
    Opinion,
    Interview,
    Explainer,
    Live,
    Results,
    Weather,
    Markets,
    Gallery,
    Listing,
    Other,
}

impl ArticleKind {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ArticleKind::Report => "report",
            ArticleKind::Analysis => "analysis",
            ArticleKind::Opinion => "opinion",
            ArticleKind::Interview => "interview",
            ArticleKind::Explainer => "explainer",
            ArticleKind::Live => "live",
            ArticleKind::Results => "results",
            ArticleKind::Weather => "weather",
            ArticleKind::Markets => "markets",
            ArticleKind::Gallery => "gallery",
            ArticleKind::Listing => "listing",
            ArticleKind::Other => "other",
        }
    }
}

/// One published text. Paragraphs of `text` are parted by a newline.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// The JSONL id, or the path as given.
    pub id: ArticleId,
    /// Where it was published first, as far as the page says.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// What can be cited: every span refers to this.
    pub text: Text,
    /// People credited with writing it.
    pub authors: Vec<String>,
    /// News agencies credited.
    pub agencies: Vec<String>,
    /// Who published it first.
    pub outlet: Option<Outlet>,
    /// Who republished it.
    pub carrier: Option<Carrier>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// BCP 47 primary subtag (with script where it matters), as declared or hinted; `understand` measures it where absent.
    pub language: Option<String>,
    /// The language it was translated from, where the page says so.
    pub translated_from: Option<String>,
    /// How much could be read.
    pub access: Access,
    /// What sort of text it is.
    pub kind: ArticleKind,
    /// What was odd.
    pub problems: Vec<Problem>,
}
