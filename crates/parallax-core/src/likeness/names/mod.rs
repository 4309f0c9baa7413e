//! Two names → how likely they name one entity, in any two scripts.

mod bodies;
mod parts;
mod person;
mod transliteration;
mod word;

pub use person::{Compared, PersonName, plain, same_given, same_person, same_surname, surname_skeleton};
pub use transliteration::{script, spelling, transliterated};
pub use word::{skeleton, words_alike};

use super::Likeness;
use crate::almanac::{Almanac, PlaceKind};
use crate::model::NameKind;
use crate::text::key;
use parts::{Part, parts};

/// From here on two names count as one.
pub const MATCH: Likeness = Likeness(700);

/// How likely `a` and `b`, both of `kind`, name one entity.
#[must_use]
pub fn names(a: &str, b: &str, kind: NameKind, almanac: &Almanac) -> Likeness {
    let (plain_a, plain_b) = (key(a), key(b));
    if plain_a == plain_b {
        return Likeness::FULL;
    }
    if kind != NameKind::Person
        && let Some(likeness) = places(a, b, almanac)
    {
        return likeness;
    }
    let person = kind == NameKind::Person;
    let (parts_a, parts_b) = (parts(a, person, almanac), parts(b, person, almanac));
    if parts_a.is_empty() || parts_b.is_empty() {
        return Likeness::NONE;
    }
    let likeness =
        if person { persons(&parts_a, &parts_b, almanac) } else { bodies::bodies(&parts_a, &parts_b, almanac) };
    likeness.max(written_together(&parts_a, &parts_b))
}

/// What the gazetteer says: one place, two places, or nothing.
fn places(a: &str, b: &str, almanac: &Almanac) -> Option<Likeness> {
    if almanac.places.same_place(a, b) {
        return Some(Likeness(950));
    }
    let known =
        |name: &str| almanac.places.named(name).any(|p| p.kind != PlaceKind::Demonym && p.kind != PlaceKind::City);
    (known(a) && known(b)).then_some(Likeness(300))
}

/// "PolPot", "Van der Bilt": the same letters with other spaces.
fn written_together(a: &[Part], b: &[Part]) -> Likeness {
    if a.len() == b.len() || a.len().abs_diff(b.len()) > 3 {
        return Likeness::NONE;
    }
    let join = |parts: &[Part]| parts.iter().map(|p| p.latin.as_str()).collect::<String>();
    let (a, b) = (join(a), join(b));
    if a.len() < 5 || words_alike(&a, &b) < Likeness(930) { Likeness::NONE } else { Likeness(850) }
}

/// Two people's names: every word of the shorter has its like in the longer, in any order; initials stand for names.
fn persons(a: &[Part], b: &[Part], almanac: &Almanac) -> Likeness {
    // One order for any pair, so that (a, b) and (b, a) come to the same.
    let size = |parts: &[Part]| (parts.len(), parts.iter().map(|p| p.folded.clone()).collect::<Vec<_>>());
    let (short, long) = if size(a) <= size(b) { (a, b) } else { (b, a) };
    let mut free: Vec<bool> = vec![true; long.len()];
    let (mut total, mut weight, mut worst) = (0u64, 0u64, 1000u16);
    let mut initials = 0u32;
    // Full words first, so that an initial takes what is left.
    let mut order: Vec<usize> = (0..short.len()).collect();
    order.sort_by_key(|i| (short[*i].is_initial(), *i));
    for i in order {
        let part = &short[i];
        let like = |j: usize| part_likeness(part, &long[j], almanac);
        let best = (0..long.len()).filter(|j| free[*j]).max_by_key(|j| (like(*j), usize::MAX - i.abs_diff(*j)));
        let Some(best) = best else { return Likeness::NONE };
        let likeness = like(best).0;
        free[best] = false;
        initials += u32::from(part.is_initial() != long[best].is_initial());
        let letters = part.latin.len().max(long[best].latin.len()).clamp(2, 8) as u64;
        total += u64::from(likeness) * letters;
        weight += letters;
        worst = worst.min(likeness);
    }
    let mean = total.checked_div(weight).unwrap_or(0);
    // A word that is unlike every word of the other name speaks against them, however alike the rest.
    let floor = u64::from(worst) + 40;
    let mut score = mean.min(floor);
    let left = free.iter().filter(|f| **f).count();
    if short.len() == 1 && long.len() > 1 {
        // A bare surname may be anybody's of the family.
        return Likeness(u16::try_from(score * 55 / 100).unwrap_or(0));
    }
    // Patronymics and middle names may be left out.
    score = score.saturating_sub(left as u64 * 30);
    // "A. Smith" fits many a Smith.
    score = score.saturating_sub(u64::from(initials) * if short.len() <= 2 { 200 } else { 60 });
    Likeness(u16::try_from(score).unwrap_or(1000))
}

/// How alike are two words of people's names?
fn part_likeness(a: &Part, b: &Part, almanac: &Almanac) -> Likeness {
    if a.is_initial() != b.is_initial() {
        return if a.latin.chars().next() == b.latin.chars().next() { Likeness(850) } else { Likeness::NONE };
    }
    let likeness = parts::alike(a, b, almanac);
    if likeness < Likeness(850) && almanac.people.nicknames(&a.folded, &b.folded) { Likeness(850) } else { likeness }
}
