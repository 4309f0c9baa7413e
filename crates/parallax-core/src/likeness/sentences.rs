//! Two sentences of two reports → how likely they state the same particular fact or report the same utterance.

use super::Likeness;
use super::content::{Content, Shared, TermKind, Weights, shared};
use crate::almanac::Almanac;

/// From here on two sentences count as saying the same thing.
pub const MATCH: Likeness = Likeness(500);

/// The score at which an even chance was measured, before it is moved to [`MATCH`].
const EVEN: u64 = 305;
/// A run of shared terms that tells so many thousandths of a bit is as strong as a run can be.
const FULL_RUN: u64 = 40_000;
/// What each term between two shared ones takes from a run, in thousandths of a bit.
const GAP: u64 = 350;

/// A sentence, and the text around it where that is at hand.
#[derive(Clone, Copy, Debug)]
pub struct InContext<'a> {
    /// The sentence.
    pub sentence: &'a str,
    /// The passage it stands in.
    pub context: Option<&'a str>,
}

/// How likely two sentences state the same particular fact or report the same utterance, judged by the weights of English
/// alone (of a sentence in another language every word counts as rare). Within a story [`contents`] with the story's weights judges better: what every sentence of a story has tells nothing.
#[must_use]
pub fn sentences(a: InContext<'_>, b: InContext<'_>, almanac: &Almanac) -> Likeness {
    let content = |s: InContext<'_>| Content::of(s.sentence, Some("en"), almanac);
    contents(&content(a), &content(b), &Weights::new())
}

/// The same for sentences whose content is at hand, with the weights of the story or corpus they are from.
#[must_use]
pub fn contents(a: &Content, b: &Content, weights: &Weights) -> Likeness {
    let shared = shared(a, b, weights);
    let run = (run(a, b, &shared, weights) * 1000 / FULL_RUN).min(1000);
    let raw = (800 * u64::from(shared.dice().0) + 200 * run) / 1000;
    // Stretched so that an even chance stands at 500.
    let stretched = if raw < EVEN { raw * 500 / EVEN } else { 500 + (raw - EVEN) * 500 / (1000 - EVEN) };
    Likeness::ratio(stretched, 1000)
}

/// The heaviest run of shared terms that stand in the same order in both, each term between costing [`GAP`]
/// (local alignment: Smith and Waterman 1981).
fn run(a: &Content, b: &Content, shared: &Shared, weights: &Weights) -> u64 {
    let (place_a, place_b) = (places(a), places(b));
    let mut pairs: Vec<_> = shared
        .terms
        .iter()
        .map(|t| {
            let weight = weights.weight(&a.terms[t.a]).min(weights.weight(&b.terms[t.b]));
            let number = u64::from(a.terms[t.a].kind == TermKind::Number) * 2000;
            (place_a[t.a], place_b[t.b], u64::from(weight) * u64::from(t.strength) / 1000 + number)
        })
        .collect();
    pairs.sort_unstable();
    let mut best: Vec<u64> = Vec::with_capacity(pairs.len());
    for (i, (x, y, weight)) in pairs.iter().enumerate() {
        let before = pairs[..i].iter().zip(&best).filter(|((u, v, _), _)| u < x && v < y);
        let before = before.map(|((u, v, _), best)| best.saturating_sub(GAP * (x - u - 1 + y - v - 1) as u64)).max();
        best.push(weight + before.unwrap_or(0));
    }
    best.into_iter().max().unwrap_or(0)
}

/// The rank of each term by where it first stands.
fn places(content: &Content) -> Vec<usize> {
    let mut order: Vec<usize> = (0..content.terms.len()).collect();
    order.sort_unstable_by_key(|i| content.terms[*i].span);
    let mut places = vec![0; order.len()];
    for (place, i) in order.into_iter().enumerate() {
        places[i] = place;
    }
    places
}
