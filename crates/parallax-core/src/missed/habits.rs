//! What a press and its outlets told of late, against what was expected → how attentive the press is, and how likely each is to show what it tells.

use super::cases::{ATTENTIONS, Case};
use super::expect::Expectation;
use std::collections::BTreeMap;

/// Tellings that it takes to move what is thought of an outlet on the whole half of the way…
const OUTLET: u64 = 5_000;
/// …of how attentive a press is in the days around a story…
const PRESS_NOW: u64 = 3_000;
/// …and of an outlet in these days, seen against its press.
const OUTLET_NOW: u64 = 2_000;
/// Bounds of how much more or less than expected an outlet tells on the whole, in thousandths; in some days it is never thought to tell more.
const WHOLE: (u64, u64) = (60, 2_500);
const NOW: (u64, u64) = (30, 1_000);
/// Minutes before and after a story that count as the days around it.
const AROUND: i64 = 1_080;

/// Told and expected, in thousandths.
#[derive(Clone, Copy, Default, Debug)]
struct Sum {
    told: u64,
    expected: u64,
}

impl Sum {
    fn add(&mut self, told: bool, expected: u64) {
        self.told += u64::from(told) * 1_000;
        self.expected += expected;
    }

    fn ratio(self, strength: u64, usual: u64, bounds: (u64, u64)) -> u64 {
        (1_000 * self.told + strength * usual)
            .checked_div(self.expected + strength)
            .unwrap_or(usual)
            .clamp(bounds.0, bounds.1)
    }
}

/// Weighs how much each outlet shows by what it told: in all, and around each story, of which itself is left out, against its press. What the
/// whole press tells around a story is its attention: one that is taken up with itself, or that the desk hardly sees, tells little.
pub fn weigh(cases: &mut [Case], expectation: &Expectation) {
    let mut presses: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        presses.entry(case.press).or_default().push(index);
    }
    for mut of in presses.into_values() {
        of.sort_by_key(|index| (cases[*index].widely, *index));
        weigh_press(cases, &of, expectation);
    }
}

fn weigh_press(cases: &mut [Case], of: &[usize], expectation: &Expectation) {
    let outlets = of.first().map_or(0, |index| cases[*index].outlets.len());
    let expected: Vec<Vec<u64>> = of
        .iter()
        .map(|index| {
            let share = u64::from(expectation.share(&cases[*index]));
            cases[*index].outlets.iter().map(|o| share * u64::from(o.shows) / 1_000).collect()
        })
        .collect();
    let mut whole = vec![Sum::default(); outlets];
    for (n, index) in of.iter().enumerate() {
        for (outlet, sum) in whole.iter_mut().enumerate() {
            sum.add(cases[*index].outlets[outlet].told, expected[n][outlet]);
        }
    }
    let habit: Vec<u64> = whole.iter().map(|sum| sum.ratio(OUTLET, 1_000, WHOLE)).collect();
    // The days around each: what enters in front is added, what leaves behind is taken away.
    let mut around = vec![Sum::default(); outlets];
    let (mut from, mut to) = (0, 0);
    let mut factors: Vec<(usize, Vec<u64>)> = Vec::with_capacity(of.len());
    for (n, index) in of.iter().enumerate() {
        let at = cases[*index].widely;
        while to < of.len() && cases[of[to]].widely <= at + AROUND {
            for outlet in 0..outlets {
                around[outlet].add(cases[of[to]].outlets[outlet].told, expected[to][outlet] * habit[outlet] / 1_000);
            }
            to += 1;
        }
        while cases[of[from]].widely < at - AROUND {
            for outlet in 0..outlets {
                around[outlet].told -= u64::from(cases[of[from]].outlets[outlet].told) * 1_000;
                around[outlet].expected -= expected[from][outlet] * habit[outlet] / 1_000;
            }
            from += 1;
        }
        let without = |outlet: usize| Sum {
            told: around[outlet].told - u64::from(cases[*index].outlets[outlet].told) * 1_000,
            expected: around[outlet].expected - expected[n][outlet] * habit[outlet] / 1_000,
        };
        let sums: Vec<Sum> = (0..outlets).map(without).collect();
        let press = Sum { told: sums.iter().map(|s| s.told).sum(), expected: sums.iter().map(|s| s.expected).sum() };
        let press = press.ratio(PRESS_NOW, 1_000, (1, u64::MAX));
        let attention = ATTENTIONS.iter().position(|end| press <= *end).unwrap_or(ATTENTIONS.len() - 1);
        let against_press =
            |sum: &Sum| (1_000 * sum.ratio(OUTLET_NOW, press, (1, u64::MAX)) / press).clamp(NOW.0, NOW.1);
        factors.push((
            attention,
            sums.iter().zip(&habit).map(|(sum, habit)| against_press(sum) * habit / 1_000).collect(),
        ));
    }
    for (index, (attention, factors)) in of.iter().zip(factors) {
        cases[*index].attention = attention;
        for (outlet, factor) in cases[*index].outlets.iter_mut().zip(factors) {
            let shows = (u64::from(outlet.shows) * factor / 1_000).min(1_000);
            outlet.shows = u32::try_from(shows).unwrap_or(1_000).max(if outlet.told { 200 } else { 0 });
        }
    }
}
