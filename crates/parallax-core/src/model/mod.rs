//! The nouns of the desk, one file each: values that stages take and give.

mod annotations;
mod article;
mod comparison;
mod moment;
mod page;
mod problem;
mod span;
mod story;

pub use annotations::{
    Annotations, DateMention, Figure, LocalEntity, Mention, NameKind, Precision, Sentence, Speaker, Statement,
    StatementKind,
};
pub use article::{Access, Article, ArticleKind, Carrier, Outlet};
pub use comparison::{
    Comparison, Consequence, Entity, Evidence, Quantity, QuantityValue, Rendering, Support, TakeSummary, TimelineEntry,
    TimelineStatus, Utterance, Variant, Verdict, VoiceShare, Wording, WordingNote,
};
pub use moment::Moment;
pub use page::{ArticleId, Document, Format, Page};
pub use problem::{Problem, Stage};
pub use rust_decimal::Decimal;
pub use span::{Span, Text};
pub use story::{Derivation, EntityId, Links, Placement, Reason, StoryId, Take};
