//! Past cases of which as much was expected → how often a press is silent all the same: what share of its outlets tell such stories, as seen.

use super::OUTLETS_TO_SPEAK;
use super::cases::Case;

/// Upper ends of what is expected, in thousandths: cases between two are alike.
const ENDS: [u32; 15] = [15, 30, 50, 80, 120, 170, 230, 300, 380, 470, 570, 670, 770, 870, 1_000];
/// Shares of a press's outlets that may tell a story, in thousandths: the truth is one of these or near one.
const LEVELS: [u64; 11] = [0, 20, 60, 120, 200, 310, 440, 580, 730, 870, 970];
/// What is usual weighs as much as so many cases.
const STRENGTH: u64 = 12;
/// Rounds of weighing levels by how well they explain what was seen (Dempster, Laird and Rubin 1977; Laird 1978).
const ROUNDS: usize = 15;
/// An outlet that shows less of what it tells does not count when past cases are counted.
const SHOWS: u32 = 300;
/// Parts of one.
const ONE: u64 = 1_000_000_000;

/// How often a press is silent, in millionths.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Chance {
    /// For whatever reason.
    pub silent: u32,
    /// Though some of it tells the story, since its reports are not seen.
    pub unseen: u32,
}

/// For each sort of case the weight of each level, in parts of [`ONE`]; and how many there were, and how many were told by anybody.
pub struct Silences {
    weights: Vec<[u64; LEVELS.len()]>,
    alike: Vec<(u32, u32)>,
}

/// Cases are alike of which as much is expected. At home nearly all is: there they are alike of which as much would be expected elsewhere,
/// since what a story is about may have been misread, and the fewer others tell it the likelier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sort {
    /// Is it about the press's own country?
    pub is_home: bool,
    /// What would be expected were it not, in thousandths.
    pub elsewhere: u32,
}

impl Sort {
    fn index(self) -> usize {
        let at = ENDS.iter().position(|end| self.elsewhere <= *end).unwrap_or(ENDS.len() - 1);
        if self.is_home { ENDS.len() + at } else { at }
    }
}

/// Before anything was learnt it is expected in the middle of the sort, and at home eight times as likely.
fn middle(sort: usize) -> u32 {
    let at = sort % ENDS.len();
    let middle = u32::midpoint(ENDS[at], if at == 0 { 0 } else { ENDS[at - 1] });
    if sort < ENDS.len() { middle } else { 8_000 * middle / (1_000 + 7 * middle) }
}

/// Before anything was learnt: half of the time the share is that which is expected; half of the time all tell it or none, as often as comes
/// to the same on the whole.
fn usual(expected: u32) -> [u64; LEVELS.len()] {
    let expected = u64::from(expected);
    let mut weights = [0; LEVELS.len()];
    let above = LEVELS.iter().position(|level| *level >= expected).unwrap_or(LEVELS.len() - 1).max(1);
    let (low, high) = (LEVELS[above - 1], LEVELS[above]);
    let up = (expected.clamp(low, high) - low) * 1_000 / (high - low);
    weights[above] += ONE / 2 * up / 1_000;
    weights[above - 1] += ONE / 2 * (1_000 - up) / 1_000;
    weights[LEVELS.len() - 1] += ONE / 2 * expected / 1_000;
    weights[0] += ONE / 2 * (1_000 - expected.min(1_000)) / 1_000;
    weights
}

/// How well each level explains that just these outlets told it, against the one that explains it best.
fn explained(case: &Case) -> [u64; LEVELS.len()] {
    let mut fit = [ONE; LEVELS.len()];
    let multiply = |fit: &mut [u64; LEVELS.len()], by: &dyn Fn(u64) -> u64| {
        for (fit, level) in fit.iter_mut().zip(LEVELS) {
            *fit = u64::try_from(u128::from(*fit) * u128::from(by(level)) / 1_000_000).unwrap_or(ONE);
        }
        let best = fit.iter().copied().max().unwrap_or(0).max(1);
        fit.iter_mut()
            .for_each(|f| *f = u64::try_from(u128::from(*f) * u128::from(ONE) / u128::from(best)).unwrap_or(ONE));
    };
    for outlet in &case.outlets {
        if outlet.told {
            // A chance report, or one wrongly placed, is always possible.
            multiply(&mut fit, &|level| (level * 1_000).max(2_000));
        } else {
            multiply(&mut fit, &|level| 1_000_000 - level * u64::from(outlet.shows));
        }
    }
    fit
}

impl Silences {
    /// From cases and the sort of each.
    pub fn learn(cases: &[(&Case, Sort)]) -> Self {
        let mut sorts: Vec<Vec<[u64; LEVELS.len()]>> = vec![Vec::new(); 2 * ENDS.len()];
        let mut alike = vec![(0, 0); 2 * ENDS.len()];
        for (case, sort) in cases {
            let sort = sort.index();
            sorts[sort].push(explained(case));
            let could_tell = case.outlets.iter().filter(|o| o.shows >= SHOWS).count() >= OUTLETS_TO_SPEAK;
            alike[sort].0 += u32::from(could_tell && case.told > 0);
            alike[sort].1 += u32::from(could_tell);
        }
        let weights = sorts.iter().enumerate().map(|(sort, cases)| weigh(usual(middle(sort)), cases)).collect();
        Silences { weights, alike }
    }

    /// How often at most so many outlets are seen to tell a case of a sort.
    pub fn chance(&self, outlets: &(impl Iterator<Item = u32> + Clone), told: u32, sort: Sort) -> Chance {
        let weights = &self.weights[sort.index()];
        let silent: u64 =
            weights.iter().zip(LEVELS).map(|(w, level)| w * at_most(outlets.clone(), told, level) / ONE).sum();
        // Where the press tells it as presses mostly tell such a story, at the middle of all levels but the lowest.
        let telling: u64 = weights[1..].iter().sum::<u64>().max(1);
        let unseen = weights[1..].iter().zip(&LEVELS[1..]).map(|(w, level)| {
            u64::try_from(u128::from(*w) * u128::from(at_most(outlets.clone(), told, *level)) / u128::from(telling))
                .unwrap_or(ONE)
        });
        let millionths = |of: u64| u32::try_from(of / (ONE / 1_000_000)).unwrap_or(1_000_000);
        Chance { silent: millionths(silent), unseen: millionths(unseen.sum()) }
    }

    /// Cases of the same sort: told by anybody of the press, of all.
    pub fn alike(&self, sort: Sort) -> (u32, u32) {
        self.alike[sort.index()]
    }
}

/// The weights that explain the cases best, held to what is usual.
fn weigh(usual: [u64; LEVELS.len()], cases: &[[u64; LEVELS.len()]]) -> [u64; LEVELS.len()] {
    let mut weights = usual;
    for _ in 0..ROUNDS {
        let mut sums = usual.map(|w| w * STRENGTH);
        for fit in cases {
            let parts: [u64; LEVELS.len()] = std::array::from_fn(|l| {
                u64::try_from(u128::from(weights[l]) * u128::from(fit[l]) / u128::from(ONE)).unwrap_or(0)
            });
            let whole = parts.iter().sum::<u64>().max(1);
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += u64::try_from(u128::from(part) * u128::from(ONE) / u128::from(whole)).unwrap_or(0);
            }
        }
        let whole = sums.iter().sum::<u64>().max(1);
        weights = sums.map(|sum| u64::try_from(u128::from(sum) * u128::from(ONE) / u128::from(whole)).unwrap_or(0));
    }
    weights
}

/// Where each outlet tells it with the level's chance, and shows as often as it does: how often at most so many are seen to, in parts of [`ONE`].
fn at_most(outlets: impl Iterator<Item = u32>, told: u32, level: u64) -> u64 {
    let most = told as usize;
    let mut seen = vec![0_u64; most + 1];
    seen[0] = ONE;
    for shows in outlets {
        let tells = level * u64::from(shows);
        for count in (0..=most).rev() {
            let stays = u128::from(seen[count]) * u128::from(1_000_000 - tells);
            let comes = if count == 0 { 0 } else { u128::from(seen[count - 1]) * u128::from(tells) };
            seen[count] = u64::try_from((stays + comes) / 1_000_000).unwrap_or(ONE);
        }
    }
    seen.iter().sum()
}
