//! Two renderings of one utterance → do they say different things in otherwise the same words: another place, the opposite?

use super::lexis::{Lexis, WordId};
use super::material::{Material, Passage};
use super::overlap::Overlap;
use crate::model::{Evidence, NameKind};
use std::collections::BTreeMap;

/// Are they at odds? They have been aligned already.
pub(super) fn at_odds(a: Evidence, b: Evidence, material: &Material<'_>) -> bool {
    let (a, b) = (material.passage(a), material.passage(b));
    let overlap = Overlap::of(&a, &b, &material.lexis);
    // In longer renderings two opposites may speak of two things, unless all else is alike.
    let one_thing = a.tokens.len().min(b.tokens.len()) <= FEW || overlap.dice() >= 400;
    one_thing && opposed(&a, &b, &material.lexis)
        || overlap.plain >= 900 && overlap.dice() >= 400 && another_place(&a, &b, material)
        || overlap.plain >= 1200 && overlap.dice() >= 650 && contradicts(&a, &b, material)
}

/// Does the one say what the other denies? Languages deny in different ways ("no … nadie"), so only within one.
pub(super) fn contradicts(a: &Passage, b: &Passage, material: &Material<'_>) -> bool {
    material.one_language(a.at.article, b.at.article) && denied(a, b, &material.lexis)
}

/// Do both speak of one opposition, one of them in so few words that it speaks of nothing else ("Not further, for sure")?
pub(super) fn same_opposition(a: &Passage, b: &Passage, lexis: &Lexis) -> bool {
    if a.tokens.len().min(b.tokens.len()) > FEW {
        return false;
    }
    let (x, y) = (stances(a, lexis), stances(b, lexis));
    x.keys().any(|opposition| y.contains_key(opposition))
}

/// Words of a rendering that can speak of one thing only.
const FEW: usize = 7;

/// Has each exactly one place that the other has not?
fn another_place(a: &Passage, b: &Passage, material: &Material<'_>) -> bool {
    let place = |w: &&WordId| {
        let entity = material.lexis.entity(**w).map(|e| &material.links.entities[e.0 as usize]);
        entity.is_some_and(|e| e.kind == NameKind::Place)
    };
    let lacking = |of: &Passage, other: &Passage| {
        of.content.iter().filter(place).filter(|w| other.content.binary_search(w).is_err()).count()
    };
    lacking(a, b) == 1 && lacking(b, a) == 1
}

/// Does one deny what the other states? It has a denial more, between the first and the last word that both have, and in all: what is
/// told in another order ("the oil won't come if the wind does not turn") has as many.
fn denied(a: &Passage, b: &Passage, lexis: &Lexis) -> bool {
    let shared = |of: &Passage, other: &Passage| {
        let has = |w: WordId| other.content.binary_search(&w).is_ok();
        let first = of.tokens.iter().position(|t| has(t.word))?;
        let last = of.tokens.iter().rposition(|t| has(t.word))?;
        // A denial stands just before what it denies.
        let from = first.saturating_sub(2);
        Some(of.tokens[from..=last].iter().filter(|t| lexis.role(t.word).denies).count())
    };
    let in_all = |of: &Passage| of.tokens.iter().filter(|t| lexis.role(t.word).denies).count();
    match (shared(a, b), shared(b, a)) {
        (Some(x), Some(y)) => x % 2 != y % 2 && in_all(a) % 2 != in_all(b) % 2,
        _ => false,
    }
}

/// What is said of one opposition: its first side, its second, each stated or denied.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Stance {
    first: Option<bool>,
    second: Option<bool>,
}

impl Stance {
    /// Which side is taken: the first, the second, neither, or both open.
    fn side(self) -> (bool, bool) {
        // "Not further" leaves "closer" open; "no closer" leaves "further" open.
        let open = |own: Option<bool>, other: Option<bool>| own.unwrap_or(other == Some(false));
        (open(self.first, self.second), open(self.second, self.first))
    }
}

/// Do they take other sides of an opposition that both speak of ("not further", "no closer or farther")?
fn opposed(a: &Passage, b: &Passage, lexis: &Lexis) -> bool {
    if a.tokens.len() > SHORT || b.tokens.len() > SHORT {
        return false;
    }
    let (a, b) = (stances(a, lexis), stances(b, lexis));
    a.iter().any(|(opposition, stance)| b.get(opposition).is_some_and(|other| stance.side() != other.side()))
}

/// In still longer ones they do.
const SHORT: usize = 25;
/// Words back from a word within which a denial denies it.
const REACH: usize = 3;

fn stances(passage: &Passage, lexis: &Lexis) -> BTreeMap<u16, Stance> {
    let mut stances: BTreeMap<u16, Stance> = BTreeMap::new();
    for (at, token) in passage.tokens.iter().enumerate() {
        let Some(pole) = lexis.role(token.word).pole else { continue };
        let before = &passage.tokens[at.saturating_sub(REACH)..at];
        let stated = !before.iter().any(|t| lexis.role(t.word).denies);
        let stance = stances.entry(pole.opposition).or_default();
        *(if pole.second { &mut stance.second } else { &mut stance.first }) = Some(stated);
    }
    stances
}
