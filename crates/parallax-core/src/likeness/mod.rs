//! How alike are two names, figures, sentences or passages? Judgement that several stages share; scores in thousandths.

pub mod content;
pub mod course;
pub mod figures;
pub mod names;
pub mod passages;
pub mod sentences;

/// How alike two things are, in thousandths: 0 nothing in common, 1000 the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Likeness(pub u16);

impl Likeness {
    /// Nothing in common.
    pub const NONE: Likeness = Likeness(0);
    /// The same.
    pub const FULL: Likeness = Likeness(1000);

    /// `part` of `whole`, in thousandths; [`Likeness::NONE`] of nothing.
    #[must_use]
    pub fn ratio(part: u64, whole: u64) -> Self {
        let thousandths = (part * 1000).checked_div(whole).unwrap_or(0).min(1000);
        Likeness(u16::try_from(thousandths).unwrap_or(1000))
    }
}
