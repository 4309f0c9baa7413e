//! What one article says: its sentences, names, statements, figures and dates, each with its span.

use super::{Decimal, Problem, Span};
use serde::{Deserialize, Serialize};

/// A sentence and the paragraph it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sentence {
    /// Without the space around it.
    pub span: Span,
    /// Index of the paragraph (line) of the text, from 0.
    pub paragraph: u32,
}

/// An entity as one document knows it: an index from 0, in order of first mention.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct LocalEntity(pub u32);

/// What sort of thing a name names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum NameKind {
    Person,
    Organisation,
    Place,
    Other,
}

impl NameKind {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Person => "person",
            NameKind::Organisation => "organisation",
            NameKind::Place => "place",
            NameKind::Other => "other",
        }
    }
}

/// A span that names an entity, titles left out ("Kerner" of "President Kerner").
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// The name's own words.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// Whom it names, within this document.
    pub entity: LocalEntity,
}

/// How speech is reported.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum StatementKind {
    /// All within quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// Some of it quoted.
    Mixed,
}

impl StatementKind {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
        }
    }
}

/// The words that say who speaks ("he", "Ms. Kerner"), and whom they mean where that could be resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Speaker {
    /// The wording of the attribution.
    pub span: Span,
    /// The resolved entity.
    pub entity: Option<LocalEntity>,
}

/// Reported speech: content without cue and speaker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// The reporting word ("said", "according to").
    pub cue: Option<Span>,
    /// What was said, quotation marks left out; runs from the first to the last word of a broken quote.
    pub content: Span,
    /// The pieces of a content that is broken by the attribution; one piece where it is not.
    pub fragments: Vec<Span>,
}

/// A number that counts something. Exact decimals; "nearly five" has only `high`, "more than five" only `low`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Qualifier, number and unit.
    pub span: Span,
    /// Lower bound.
    pub low: Option<Decimal>,
    /// Upper bound.
    pub high: Option<Decimal>,
    /// Unit of measure or currency ("hour", "km", "USD", "%"), canonical.
    pub unit: Option<String>,
    /// What is counted ("hours", "people killed"), in the text's words.
    pub counted: Option<String>,
    /// The words that bound it ("nearly").
    pub qualifier: Option<String>,
    /// The day it holds for, ISO 8601, where said.
    pub as_of: Option<String>,
    /// On whose word, as the text has it.
    pub according_to: Option<String>,
}

/// How exact a date is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Precision {
    Time,
    Day,
    Month,
    Year,
    Interval,
}

impl Precision {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Precision::Time => "time",
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
            Precision::Interval => "interval",
        }
    }
}

/// Words that name a time, and its value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DateMention {
    /// "late Tuesday".
    pub span: Span,
    /// ISO 8601: `2025-12-02`, `2025-11`, `2016-11-01/2016-12-01` (end not included), `PT3600S`.
    pub value: String,
    /// How exact it is.
    pub precision: Precision,
}

/// All that `understand` found in one article. Every list is in text order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Annotations {
    /// BCP 47 primary subtag, measured or declared.
    pub language: Option<String>,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Names.
    pub names: Vec<Mention>,
    /// Reported speech.
    pub statements: Vec<Statement>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Dates.
    pub dates: Vec<DateMention>,
    /// What was odd.
    pub problems: Vec<Problem>,
}
