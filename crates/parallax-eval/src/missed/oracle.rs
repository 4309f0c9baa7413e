//! A month, and what might have been published in it with other whims → how well planted gaps could be told by somebody who knew all but the whims.
//!
//! The detector may look at the desk alone. The oracle knows what appeals to whom, every editor's taste and room, every crisis, how often gaps
//! are planted, and what each feed would have shown; it does not know what a country makes of a happening, nor chance. Whoever does better
//! than it has been lucky, so what it reaches bounds what can be reached.

use super::attention::publish;
use super::countries::COUNTRIES;
use super::desk::{KEPT_FROM, KEPT_IN, Month, SILENCED, may_be_silenced};
use parallax_core::missed::OUTLETS_TO_SPEAK;
use std::collections::{BTreeMap, BTreeSet};

/// Months that might have been, for each that was.
const MIGHT: u64 = 24;
/// Of so many outlets seen to tell it, a press did not leave it out: of those planted one may be kept.
const AT_MOST: usize = 1;

/// (country, happening).
type Pair = (usize, usize);

/// How likely each silent press is to have been silenced, as odds, beside whether it was: by what the desk could see, or by all that was published.
pub fn odds(seed: u64, month: &Month, judged: &BTreeSet<Pair>, sees_all: bool) -> Vec<(f64, bool)> {
    let mut seen: BTreeMap<Pair, usize> = BTreeMap::new();
    if sees_all {
        month.published.reports.iter().for_each(|r| *seen.entry((r.country, r.happening)).or_default() += 1);
    } else {
        month.seen().for_each(|pair| *seen.entry(pair).or_default() += 1);
    }
    let seen = |pair: &Pair| seen.get(pair).copied().unwrap_or(0);
    let silent: BTreeSet<Pair> = judged
        .iter()
        .filter(|pair| COUNTRIES[pair.0].outlets >= OUTLETS_TO_SPEAK && seen(pair) <= AT_MOST)
        .copied()
        .collect();
    // Chances that so many would have been seen: were it a gap, and were it none.
    let mut sums: BTreeMap<Pair, (f64, f64)> = silent.iter().map(|pair| (*pair, (0.0, 0.0))).collect();
    for whim in 1..=MIGHT {
        let might = publish(seed, whim);
        let eligible = may_be_silenced(&might);
        let mut shows: BTreeMap<Pair, Vec<f64>> = BTreeMap::new();
        for report in might.reports.iter().filter(|r| silent.contains(&(r.country, r.happening))) {
            let chance = if sees_all { 1.0 } else { month.shows(report) };
            shows.entry((report.country, report.happening)).or_default().push(chance);
        }
        for (pair, (gap, none)) in &mut sums {
            let of = shows.get(pair).map_or(&[][..], Vec::as_slice);
            let planted = if eligible.contains_key(pair) { 1.0 / SILENCED as f64 } else { 0.0 };
            *gap += planted * if_planted(pair.0, seen(pair), of);
            *none += (1.0 - planted) * exactly(of, seen(pair));
        }
    }
    // What never came about in all these months might have in one of the next.
    sums.into_iter().map(|(pair, (gap, none))| (gap / (none + 0.02), month.gaps.contains(&pair))).collect()
}

/// The chance that so many are seen to tell it where it was silenced: in a large press one of four gaps leaves one outlet that told it.
fn if_planted(country: usize, seen: usize, shows: &[f64]) -> f64 {
    let kept = if COUNTRIES[country].outlets >= KEPT_FROM { 1.0 / KEPT_IN as f64 } else { 0.0 };
    let shown = shows.first().copied().unwrap_or(0.0);
    match seen {
        0 => 1.0 - kept * shown,
        1 => kept * shown,
        _ => 0.0,
    }
}

/// The chance that exactly so many are seen, each with its own.
fn exactly(shows: &[f64], seen: usize) -> f64 {
    let mut chances = [0.0; AT_MOST + 1];
    chances[0] = 1.0;
    for shows in shows {
        for count in (0..=AT_MOST).rev() {
            let comes = if count == 0 { 0.0 } else { chances[count - 1] * shows };
            chances[count] = chances[count] * (1.0 - shows) + comes;
        }
    }
    chances.get(seen).copied().unwrap_or(0.0)
}

/// How many gaps are found at most where at least so large a share of what is told is planted: the surest first.
pub fn found_at(precision: f64, mut odds: Vec<(f64, bool)>) -> u32 {
    odds.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut told, mut planted, mut most) = (0_u32, 0_u32, 0_u32);
    for (_, is_planted) in odds {
        told += 1;
        planted += u32::from(is_planted);
        if f64::from(planted) >= precision * f64::from(told) {
            most = planted;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_first_until_too_few_of_them_are_planted() {
        let odds = vec![(0.5, true), (9.0, true), (3.0, false), (8.0, true), (0.1, true), (0.2, false)];
        assert_eq!(found_at(1.0, odds.clone()), 2);
        assert_eq!(found_at(0.75, odds.clone()), 3);
        assert_eq!(found_at(0.5, odds), 4);
        assert_eq!(found_at(0.5, Vec::new()), 0);
    }

    #[test]
    fn chances_of_none_and_of_one() {
        assert_eq!((exactly(&[], 0), exactly(&[], 1)), (1.0, 0.0));
        assert_eq!((exactly(&[0.5, 0.5], 0), exactly(&[0.5, 0.5], 1)), (0.25, 0.5));
        assert_eq!((if_planted(0, 1, &[1.0]), if_planted(0, 0, &[])), (0.25, 1.0), "a large press");
        assert_eq!(if_planted(COUNTRIES.len() - 1, 1, &[1.0]), 0.0, "a small one");
    }
}
