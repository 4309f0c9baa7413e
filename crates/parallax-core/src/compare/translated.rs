//! Quotations in two languages, and how alike they are → those that are each other's nearest, and so one utterance translated.
//!
//! Little of a short quotation is seen across languages: a word or two, where unrelated ones have none in common, as a rule. That it
//! is nearer than everything else in the other article, and the other way round, says what the likeness alone doesn't.

use super::material::Material;
use super::overlap::Overlap;
use super::segments::{Segments, Speakers};
use crate::model::StatementKind;
use std::collections::BTreeMap;

/// Two pieces in two languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Foreign {
    /// Indices into the segments' pieces, the earlier first.
    pub pieces: (usize, usize),
    /// Their clauses that are most alike.
    pub clauses: (usize, usize),
    /// Thousandths.
    pub likeness: u32,
    /// Words, by meaning, that both have.
    pub words: u32,
    /// May one speaker have said both?
    pub speakers: Speakers,
    /// Do both articles quote, at least in part, or does one only tell what was said?
    pub quoted: bool,
}

impl Foreign {
    /// Two pieces as alike as said; nothing where neither article quotes.
    pub fn of(
        pieces: (usize, usize),
        clauses: (usize, usize),
        likeness: u32,
        segments: &Segments,
        material: &Material<'_>,
    ) -> Option<Self> {
        let (a, b) = (&segments.pieces[pieces.0], &segments.pieces[pieces.1]);
        let [one, other] = [a, b].map(|piece| piece.kind != StatementKind::Indirect);
        let words = Overlap::of(&a.passage, &b.passage, &material.lexis).words;
        let speakers = Speakers::of(a, b, material);
        (one || other).then_some(Foreign { pieces, clauses, likeness, words, speakers, quoted: one && other })
    }
}

/// Likeness, in thousandths, from which what one person is known to have said can be one utterance…
const ONE_SPEAKER: u32 = 130;
/// …and what may be another's, with two words in common.
const ANY_SPEAKER: u32 = 180;
/// What an article that only tells what was said must be more alike.
const TOLD: u32 = 120;
/// The next nearest must be less alike by this part of the nearest, in thousandths.
const CLEAR: u32 = 250;

/// The pairs that are translations of one another.
pub(super) fn translations(pairs: &[Foreign], segments: &Segments) -> Vec<Foreign> {
    // (piece, article of the other) → the nearest there and the next nearest.
    let mut nearest: BTreeMap<(usize, usize), (u32, u32)> = BTreeMap::new();
    let article = |piece: usize| segments.pieces[piece].passage.at.article;
    let sides = |pair: &Foreign| {
        let (a, b) = pair.pieces;
        [(a, article(b)), (b, article(a))]
    };
    for pair in pairs {
        for side in sides(pair) {
            let (first, second) = nearest.entry(side).or_default();
            if pair.likeness > *first {
                (*first, *second) = (pair.likeness, *first);
            } else {
                *second = (*second).max(pair.likeness);
            }
        }
    }
    let clearly = |pair: &Foreign| {
        sides(pair).iter().all(|side| {
            let (first, second) = nearest[side];
            pair.likeness == first && second * 1000 <= first * (1000 - CLEAR)
        })
    };
    let enough = |pair: &Foreign| {
        let likeness = pair.likeness.saturating_sub(if pair.quoted { 0 } else { TOLD });
        match pair.speakers {
            Speakers::Same => likeness >= ONE_SPEAKER,
            Speakers::Unknown => likeness >= ANY_SPEAKER && pair.words >= 2,
            Speakers::Different => false,
        }
    };
    pairs.iter().filter(|pair| enough(pair) && clearly(pair)).copied().collect()
}
