//! Two texts → how much of what one says comes in the other in the same order, in whatever languages they are.
//!
//! A translation keeps the order of names, figures and things; two reports of one happening share them in orders of their own.

use super::Likeness;
use super::content::{Term, TermKind, skeleton};
use crate::almanac::stem_hash;
use crate::limits::COURSE_STEPS;
use serde::{Deserialize, Serialize};

/// Fewer steps in common than this are chance.
const FEWEST: usize = 6;
/// A name of fewer consonants is like too many others.
const CONSONANTS: usize = 3;

/// The telling words of a text in the order in which each first comes, as other languages have them too: a number, the consonants
/// of a name, or the first two meanings of a word.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Course(Vec<(u32, u32)>);

impl Course {
    /// The course of a text with these terms.
    #[must_use]
    pub fn of<'a>(terms: impl Iterator<Item = &'a Term>) -> Self {
        let mut terms: Vec<&Term> = terms.collect();
        terms.sort_unstable_by_key(|term| term.span);
        Course(terms.into_iter().filter_map(step).take(COURSE_STEPS).collect())
    }

    /// How much of the shorter course is in the other in the same order (longest common subsequence); nothing where it is too
    /// short to tell.
    #[must_use]
    pub fn follows(&self, other: &Course) -> Likeness {
        let shorter = self.0.len().min(other.0.len());
        let mut row = vec![0usize; other.0.len() + 1];
        for (first, second) in &self.0 {
            let mut diagonal = 0;
            for (at, (third, fourth)) in other.0.iter().enumerate() {
                let above = row[at + 1];
                let same = first == third || first == fourth || second == third || second == fourth;
                row[at + 1] = if same { diagonal + 1 } else { above.max(row[at]) };
                diagonal = above;
            }
        }
        let common = row.last().copied().unwrap_or(0);
        if common < FEWEST { Likeness::NONE } else { Likeness::ratio(common as u64, shorter as u64) }
    }
}

/// What other languages have of a term too.
fn step(term: &Term) -> Option<(u32, u32)> {
    let one = |hash: u32| Some((hash, hash));
    if term.kind == TermKind::Number {
        let digits: String = term.stem.chars().filter(|c| c.is_numeric()).collect();
        return one(stem_hash(&format!("#{digits}")));
    }
    let meaning = |at: usize| term.meanings.get(at).map(|meaning| stem_hash(&format!("={meaning}")));
    if term.kind == TermKind::Name || term.meanings.is_empty() {
        let consonants = skeleton(&term.key);
        return (consonants.len() >= CONSONANTS).then(|| stem_hash(&format!("~{consonants}"))).and_then(one);
    }
    meaning(0).map(|first| (first, meaning(1).unwrap_or(first)))
}
