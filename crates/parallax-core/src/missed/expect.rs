//! Past cases → what share of a press's outlets is to be expected to tell a story: odds learnt step by step, each held back where little is known.

use super::Near;
use super::cases::Case;
use std::collections::BTreeMap;

/// Bounds of what is expected, as odds in thousandths: a thousandth to 998 thousandths.
const ODDS: (u64, u64) = (1, 499_000);
/// How far one thing may move the odds, up or down: what a country's press always leaves out must not become what is expected of it.
const MOST: u64 = 6;
/// Rounds in which each thing's odds are set by what the others leave unexplained: after some they stand still.
const ROUNDS: usize = 10;
/// Kinds of things that move the odds.
const KINDS: usize = 6;

/// What moves the odds, and how many outlets' tellings it takes to move it half of the way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Mover {
    /// How widely it is told, by presses that tell what this one tells.
    Breadth(usize),
    /// How many of each press's outlets tell it.
    Depth(usize),
    /// How much of what was expected of it the press tells in these days: one taken up with itself tells less from abroad.
    Attention(usize),
    /// What lies between.
    Near(usize),
    /// The press: some take up more from abroad than others.
    Press(usize),
    /// The press's eye on that country.
    Place(usize, usize),
}

impl Mover {
    fn strength(self) -> u64 {
        match self {
            Mover::Breadth(_) | Mover::Depth(_) => 10,
            Mover::Near(_) | Mover::Attention(_) => 30,
            Mover::Press(_) => 15,
            Mover::Place(..) => 8,
        }
    }

    /// Odds before anything was learnt, in thousandths. Of a story told by a fifth of the others, one outlet in five tells it; by far
    /// more at home (Galtung and Ruge 1965; Wu 2000 on nearness; Segev 2015 on what repeats).
    fn usual(self) -> u64 {
        match self {
            Mover::Breadth(bin) => {
                const USUAL: [u64; 18] = [
                    15, 30, 50, 80, 120, 190, 290, 450, 700, 1_200, 1_700, 2_100, 2_700, 3_600, 4_800, 6_300, 8_300,
                    11_000,
                ];
                USUAL[bin.min(USUAL.len() - 1)]
            }
            // Of what is told, it tells on as it tells now.
            Mover::Attention(bin) => [150, 280, 430, 580, 730, 880, 1_000, 1_200][bin.min(7)],
            Mover::Depth(_) | Mover::Press(_) | Mover::Place(..) => 1_000,
            Mover::Near(near) => [8_000, 2_500, 1_500, 1_000, 800, 1_000][near.min(5)],
        }
    }

    fn kind(self) -> usize {
        match self {
            Mover::Breadth(_) => 0,
            Mover::Depth(_) => 1,
            Mover::Near(_) => 2,
            Mover::Press(_) => 3,
            Mover::Place(..) => 4,
            Mover::Attention(_) => 5,
        }
    }

    fn is_bounded(self) -> bool {
        matches!(self, Mover::Press(_) | Mover::Place(..))
    }
}

/// What was learnt: the odds of each thing that moves them.
#[derive(Debug)]
pub struct Expectation {
    places: BTreeMap<Mover, usize>,
    movers: Vec<Mover>,
    odds: Vec<u64>,
}

/// A case as it is learnt from: what moves it, and what was seen of it, in thousandths of an outlet.
struct Row {
    moved_by: [Option<usize>; KINDS],
    told: u64,
    visible: u64,
}

fn movers(case: &Case) -> [Option<Mover>; KINDS] {
    [
        Some(Mover::Breadth(case.breadth)),
        Some(Mover::Depth(case.depth)),
        Some(Mover::Near(case.near as usize)),
        Some(Mover::Press(case.press)),
        case.place.map(|place| Mover::Place(case.press, place)),
        Some(Mover::Attention(case.attention)),
    ]
}

impl Expectation {
    /// From all that was seen.
    pub fn learn(cases: &[Case]) -> Self {
        let mut learnt = Expectation { places: BTreeMap::new(), movers: Vec::new(), odds: Vec::new() };
        let rows: Vec<Row> = cases.iter().map(|case| learnt.row(case)).collect();
        for _ in 0..ROUNDS {
            (0..KINDS).for_each(|kind| learnt.adjust(&rows, kind));
        }
        learnt
    }

    fn row(&mut self, case: &Case) -> Row {
        let moved_by = movers(case).map(|mover| {
            let mover = mover?;
            let next = self.odds.len();
            let at = *self.places.entry(mover).or_insert(next);
            if at == next {
                self.movers.push(mover);
                self.odds.push(mover.usual());
            }
            Some(at)
        });
        Row { moved_by, told: 1_000 * u64::from(case.told), visible: case.visible() }
    }

    /// Sets the odds of one kind of thing by what was seen and what the others lead to expect.
    fn adjust(&mut self, rows: &[Row], kind: usize) {
        // Tellings that were seen and expected, in thousandths.
        let mut seen = vec![(0_u64, 0_u64); self.odds.len()];
        for row in rows {
            let Some(at) = row.moved_by[kind] else { continue };
            let odds = row.moved_by.iter().flatten().map(|at| self.odds[*at]);
            seen[at].0 += row.told;
            seen[at].1 += u64::from(share(odds)) * row.visible / 1_000;
        }
        for (at, (told, expected)) in seen.into_iter().enumerate().filter(|(at, _)| self.movers[*at].kind() == kind) {
            let (strength, usual) = (self.movers[at].strength() * 1_000, self.movers[at].usual());
            // Without more knowledge it stays at what is usual, as if so many tellings had been seen there as expected.
            let without = u128::from(expected) * 1_000_000 / u128::from(self.odds[at].max(1))
                + u128::from(strength) * 1_000_000 / u128::from(usual);
            let found = u128::from(told + strength) * 1_000_000 / without.max(1);
            let bounds = if self.movers[at].is_bounded() { (1_000 / MOST, 1_000 * MOST) } else { ODDS };
            self.odds[at] = u64::try_from(found).unwrap_or(u64::MAX).clamp(bounds.0, bounds.1);
        }
    }

    /// What it would be, were the story not about the press's own country: that may have been misread.
    pub fn share_elsewhere(&self, case: &Case) -> u32 {
        self.share(&Case { near: Near::Unknown, outlets: Vec::new(), ..*case })
    }

    /// What share of the press's outlets is expected to tell it, in thousandths.
    pub fn share(&self, case: &Case) -> u32 {
        let known = |mover: Mover| self.places.get(&mover).map_or_else(|| mover.usual(), |at| self.odds[*at]);
        share(movers(case).into_iter().flatten().map(known))
    }
}

/// All odds together, as a share.
fn share(odds: impl Iterator<Item = u64>) -> u32 {
    // Six odds of at most half a million thousandths each, and a thousand: the product fits.
    let odds = odds.fold(1_000_u128, |all, odds| all * u128::from(odds) / 1_000);
    let odds = u64::try_from(odds).unwrap_or(u64::MAX).clamp(ODDS.0, ODDS.1);
    u32::try_from(odds * 1_000 / (1_000 + odds)).unwrap_or(1_000)
}
