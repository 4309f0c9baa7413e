//! Takes side by side: what they agree on, where they differ, who said what, what each alone has.

use super::{Decimal, EntityId, NameKind, Precision, Problem, Span, StatementKind};

/// Words of one of the story's articles that bear a finding out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Evidence {
    /// Index into the story's articles.
    pub article: usize,
    /// The words.
    pub span: Span,
}

/// A spelling of an entity, and who uses it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Variant {
    /// As it stands in the text.
    pub text: String,
    /// Indices of the articles that use it, ascending.
    pub articles: Vec<usize>,
}

/// A person, organisation or place of the story.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// First mention of all: names the entity.
    pub founding: Evidence,
    /// Its fullest common name.
    pub canonical: String,
    /// What it is.
    pub kind: NameKind,
    /// Its spellings, in order of first use.
    pub variants: Vec<Variant>,
}

/// A sentence of the current take: always an article's own words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Support {
    /// Index into the articles and the sentence's span: where `text` comes from.
    pub sentence: Evidence,
    /// The sentences that bear it out, its own first.
    pub evidence: Vec<Evidence>,
    /// Outlets among the evidence.
    pub outlets: u32,
    /// Reports among the evidence that are not copies or rewrites of one another.
    pub separate: u32,
    /// On whose word it rests; empty where the outlets report it as their own.
    pub voices: Vec<EntityId>,
    /// ISO 3166-1 alpha-2 codes of those outlets, sorted.
    pub countries: Vec<String>,
}

/// How much of a take rests on one voice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VoiceShare {
    /// The person or body, where it could be resolved.
    pub entity: Option<EntityId>,
    /// Else the words that name the party ("officials").
    pub party: Option<String>,
    /// Words of the article that rest on it.
    pub words: u32,
    /// Words of the article.
    pub of: u32,
}

/// Charged or distinctive wording about something others name otherwise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WordingNote {
    /// What it is about.
    pub about: String,
    /// The words.
    pub span: Span,
}

/// What one take has, lacks and rests on. `None`: it can't be said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TakeSummary {
    /// Sentences whose main information no other take has.
    pub only_here: Option<Vec<Span>>,
    /// Sentences of the current take that it leaves out.
    pub leaves_out: Option<Vec<usize>>,
    /// On whose word it rests, largest share first.
    pub voices: Vec<VoiceShare>,
    /// Its wording where takes differ.
    pub wording: Vec<WordingNote>,
}

/// How the renderings of one utterance stand to one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wording {
    /// One outlet alone has it.
    Single,
    /// The same words.
    Same,
    /// Other words.
    Differs,
    /// They say different things.
    Conflict,
}

impl Wording {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Wording::Single => "single",
            Wording::Same => "same",
            Wording::Differs => "differs",
            Wording::Conflict => "conflict",
        }
    }
}

/// One article's rendering of an utterance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rendering {
    /// Where it stands: content without cue and speaker.
    pub at: Evidence,
    /// Direct, indirect or mixed.
    pub kind: StatementKind,
}

/// One utterance in all its renderings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Utterance {
    /// Whose.
    pub speaker: Option<EntityId>,
    /// How the renderings differ.
    pub wording: Wording,
    /// In order of article, then place.
    pub renderings: Vec<Rendering>,
}

/// How the values given for one quantity stand to one another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Verdict {
    /// One outlet alone has it.
    Single,
    /// Equal values.
    Same,
    /// All can be true at once.
    Compatible,
    /// A later report says that the value itself moved.
    Changed,
    /// They cannot all be true.
    Conflict,
}

impl Verdict {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Single => "single",
            Verdict::Same => "same",
            Verdict::Compatible => "compatible",
            Verdict::Changed => "changed",
            Verdict::Conflict => "conflict",
        }
    }
}

/// How much hangs on a difference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Consequence {
    /// Rounding of one value.
    Rounding = 0,
    /// Anything else.
    Other = 1,
    /// Money, territory, law.
    Stakes = 2,
    /// Deaths, outcome, who did it.
    Gravest = 3,
}

/// One value given for a quantity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QuantityValue {
    /// Where it stands.
    pub at: Evidence,
    /// Lower bound.
    pub low: Option<Decimal>,
    /// Upper bound.
    pub high: Option<Decimal>,
    /// The words that bound it.
    pub qualifier: Option<String>,
    /// The day it holds for.
    pub as_of: Option<String>,
    /// On whose word.
    pub according_to: Option<String>,
}

/// One quantity and the values the takes give it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quantity {
    /// What is counted, in an article's words.
    pub about: String,
    /// Canonical unit.
    pub unit: Option<String>,
    /// How the values stand to one another.
    pub verdict: Verdict,
    /// What hangs on it.
    pub consequence: Consequence,
    /// In order of article, then place.
    pub values: Vec<QuantityValue>,
}

/// Did it come about?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum TimelineStatus {
    Happened,
    Planned,
    DidNotHappen,
    Unknown,
}

impl TimelineStatus {
    /// The word used in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            TimelineStatus::Happened => "happened",
            TimelineStatus::Planned => "planned",
            TimelineStatus::DidNotHappen => "did_not_happen",
            TimelineStatus::Unknown => "unknown",
        }
    }
}

/// A dated development.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineEntry {
    /// ISO 8601, as precise as known.
    pub when: String,
    /// How exact `when` is.
    pub precision: Precision,
    /// Where its text comes from: an article's own words.
    pub sentence: Evidence,
    /// Happened, planned, did not happen.
    pub status: TimelineStatus,
    /// Index of the evidence that settles a plan's outcome.
    pub settled_by: Option<usize>,
    /// The sentences that bear it out, its own first.
    pub evidence: Vec<Evidence>,
}

/// A story's takes side by side.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comparison {
    /// Index of the article whose title stands for the story.
    pub headline: usize,
    /// What the takes agree on, weightiest first.
    pub current_take: Vec<Support>,
    /// One an article, in input order.
    pub takes: Vec<TakeSummary>,
    /// Utterances, those of several outlets first.
    pub statements: Vec<Utterance>,
    /// Quantities, by consequence.
    pub figures: Vec<Quantity>,
    /// In order of time.
    pub timeline: Vec<TimelineEntry>,
    /// What was not compared, and why.
    pub problems: Vec<Problem>,
}
