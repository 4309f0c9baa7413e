//! Two sentences of two reports → how likely they state the same thing.

use super::Likeness;
use crate::almanac::Almanac;
use crate::text::words;
use std::collections::BTreeSet;

/// From here on two sentences count as saying the same thing.
pub const MATCH: Likeness = Likeness(500);

/// A sentence, and the text around it where that is at hand.
#[derive(Clone, Copy, Debug)]
pub struct InContext<'a> {
    /// The sentence.
    pub sentence: &'a str,
    /// The passage it stands in.
    pub context: Option<&'a str>,
}

/// How likely two sentences state the same particular fact or report the same utterance.
#[must_use]
pub fn sentences(a: InContext<'_>, b: InContext<'_>, almanac: &Almanac) -> Likeness {
    let _ = almanac;
    let set = |s: &str| words(s).iter().map(|w| w.folded()).collect::<BTreeSet<_>>();
    let (a, b) = (set(a.sentence), set(b.sentence));
    Likeness::ratio(2 * a.intersection(&b).count() as u64, (a.len() + b.len()) as u64)
}
