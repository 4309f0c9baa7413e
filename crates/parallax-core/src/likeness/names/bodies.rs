//! Names of organisations, places and things by their words → how likely they name one: no word of weight may be left over.

use super::parts::{Part, alike};
use crate::almanac::Almanac;
use crate::likeness::Likeness;

/// Below this a word counts as another word.
const WORD: u16 = 700;

/// How likely two names, cut into their words of weight, name one body.
pub(super) fn bodies(a: &[Part], b: &[Part], almanac: &Almanac) -> Likeness {
    if let Some(likeness) = initials(a, b).or_else(|| initials(b, a)) {
        return likeness;
    }
    let mut pairs: Vec<(Likeness, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            pairs.push((alike(x, y, almanac), i, j));
        }
    }
    pairs.sort_by_key(|(likeness, i, j)| (std::cmp::Reverse(*likeness), i.abs_diff(*j), *i));
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let (mut total, mut weight, mut worst) = (0u64, 0u64, 1000u16);
    for (likeness, i, j) in pairs {
        if !free_a[i] || !free_b[j] || likeness.0 < 400 {
            continue;
        }
        free_a[i] = false;
        free_b[j] = false;
        let letters = a[i].latin.len().max(b[j].latin.len()).clamp(2, 10) as u64;
        total += u64::from(likeness.0) * letters;
        weight += letters;
        worst = worst.min(likeness.0);
    }
    let mut numbers = false;
    for (part, free) in a.iter().zip(&free_a).chain(b.iter().zip(&free_b)) {
        if *free {
            numbers |= part.is_number();
            weight += part.latin.len().clamp(2, 10) as u64;
        }
    }
    let score = total.checked_div(weight).unwrap_or(0).min(u64::from(worst) + 30);
    // Another number, another first word: another body.
    let left = free_a.iter().chain(&free_b).filter(|f| **f).count();
    let score = if numbers { score.min(u64::from(WORD) - 150) } else { score.saturating_sub(left as u64 * 40) };
    Likeness(u16::try_from(score).unwrap_or(1000))
}

/// "RNC" for "Republican National Committee".
fn initials(short: &[Part], long: &[Part]) -> Option<Likeness> {
    let [word] = short else { return None };
    let letters = word.latin.as_str();
    if long.len() < 3 || letters.len() != long.len() {
        return None;
    }
    let all: String = long.iter().filter_map(|p| p.latin.chars().next()).collect();
    (all == letters).then_some(Likeness(800))
}
