//! Cases with what is expected of each → what of each press is told: left out, or not to be told and why.

use super::cases::{AS_USUAL, Case, Ground};
use super::expect::Expectation;
use super::silence::{Chance, Silences, Sort};
use super::{
    CASES_TO_LEARN, Desk, EXPECTED, Findings, Near, OUTLETS_TO_SPEAK, RARELY, SEEN_TO_SPEAK, Silence, Standing, UNSEEN,
    Unclear, WIDELY,
};
use crate::almanac::World;
use std::cmp::Reverse;

/// A press with so many outlets that could be seen may have one that told it, and still have left it out on the whole.
const ONE_IN: u32 = 8;
/// Fewer of a story's reports that have come in by now: it is too early to speak of silence.
const ARRIVED: u32 = 850;
/// After so many minutes most outlets have told what they tell: their sight is judged by this time.
const LOOKED: i64 = 1_440;
/// Most of a press's outlets, in thousandths.
const MOST: u32 = 500;
/// A press that could be seen so well would show a silence.
const IMAGINED: usize = 12;

/// What each press left out, what it alone has, or why that cannot be told.
#[must_use]
pub fn judge(desk: &Desk, world: &World) -> Vec<Findings> {
    let ground = Ground::new(desk, world);
    let mut cases = ground.cases();
    // Of a story that became widely told only now nothing is learnt: who tells it will be seen.
    let is_settled = |c: &Case| ground.pace.arrived(desk.now - c.widely) >= ARRIVED && c.visible() > 0;
    let settled = |cases: &[Case]| cases.iter().filter(|c| is_settled(c)).cloned().collect::<Vec<Case>>();
    let first = Expectation::learn(&settled(&cases));
    super::habits::weigh(&mut cases, &first);
    let settled = settled(&cases);
    let expectation = Expectation::learn(&settled);
    let known: Vec<(&Case, Sort)> = settled.iter().map(|case| (case, sort(&expectation, case))).collect();
    let silences = Silences::learn(&known);
    let court = Court { ground: &ground, expectation, silences, is_young: settled.len() < CASES_TO_LEARN };
    let mut findings: Vec<Findings> = desk.presses.iter().enumerate().map(|(n, _)| court.open(n)).collect();
    for case in cases.iter().filter(|case| case.widely >= desk.since) {
        let of = &mut findings[case.press];
        of.judged += 1;
        if let Some(silence) = court.silence(case) {
            if silence.unclear.is_none() { &mut of.missed } else { &mut of.unclear }.push(silence);
        }
    }
    for (of, alone) in findings.iter_mut().zip(super::alone::alone(&ground)) {
        of.alone = alone;
        let striking = |s: &Silence| (Reverse(u64::from(s.expected) * u64::from(s.elsewhere.presses)), s.story.clone());
        of.missed.sort_by_cached_key(striking);
        of.unclear.sort_by_cached_key(striking);
    }
    findings
}

struct Court<'a> {
    ground: &'a Ground<'a>,
    expectation: Expectation,
    silences: Silences,
    is_young: bool,
}

impl Court<'_> {
    /// A press before anything is found: how well it was read.
    fn open(&self, press: usize) -> Findings {
        let Desk { now, since, .. } = *self.ground.desk;
        let sights = &self.ground.sights[press];
        let (working, seen) = self.sight(press, since, now);
        let mut sinces: Vec<i64> =
            sights.iter().filter(|s| s.seen(since, now) >= SEEN_TO_SPEAK).filter_map(|s| s.since()).collect();
        sinces.sort_unstable();
        let standing = Standing {
            outlets: count(sights.len()),
            working,
            since: sinces.get(sinces.len() / 2).copied(),
            seen,
            known: count(sights.iter().filter(|s| s.is_known).count()),
        };
        Findings { press: self.ground.desk.presses[press].name.clone(), standing, ..Findings::default() }
    }

    /// Of a press's outlets those that could be seen in a time, and the share of the output of all.
    fn sight(&self, press: usize, from: i64, to: i64) -> (u32, u32) {
        let seen: Vec<u32> = self.ground.sights[press].iter().map(|s| s.seen(from, to)).collect();
        let working = seen.iter().filter(|seen| **seen >= SEEN_TO_SPEAK).count();
        (count(working), seen.iter().sum::<u32>() / count(seen.len()).max(1))
    }

    /// Is a press strikingly silent on a story? `None` where it is not, or where its silence is nothing unusual.
    fn silence(&self, case: &Case) -> Option<Silence> {
        let now = self.ground.desk.now;
        let to = now.min(case.widely + LOOKED).max(case.first + 60);
        let (working, seen) = self.sight(case.press, case.first, to);
        if case.told > working / ONE_IN || (case.elsewhere.separate as usize) < WIDELY {
            return None;
        }
        let expected = self.expectation.share(case);
        let sort = sort(&self.expectation, case);
        // Were the press as attentive as usual: one that tells little in these days may be taken up with itself, or hardly seen.
        let usual = Case { attention: AS_USUAL, ..case.clone() };
        let usual_sort = self::sort(&self.expectation, &usual);
        let shows = || case.outlets.iter().map(|o| o.shows);
        let chance = self.silences.chance(&shows(), case.told, sort);
        let imagined = [1_000; IMAGINED];
        let at_best = self.silences.chance(&imagined.iter().copied().chain(shows()), case.told, usual_sort);
        // A young desk knows no silences yet: what most outlets were expected to tell may have been left out.
        let may_be = is_striking(self.expectation.share(&usual), at_best) || self.is_young && expected >= MOST;
        if !may_be {
            return None;
        }
        let lacks = || (!is_striking(expected, chance)).then(|| self.lacks(&usual, usual_sort));
        let unclear = self.unclear(case, (working, seen)).or_else(lacks);
        Some(Silence {
            story: self.ground.desk.stories[case.story].id.clone(),
            told: case.told,
            outlets: count(case.outlets.len()),
            working,
            seen,
            elsewhere: case.elsewhere,
            first: case.first,
            widely: case.widely,
            near: case.near,
            expected,
            silent: chance.silent,
            unseen: chance.unseen,
            alike: self.silences.alike(sort),
            unclear,
        })
    }

    /// Why no silence may be told of, however striking; `None` where it may.
    fn unclear(&self, case: &Case, (working, seen): (u32, u32)) -> Option<Unclear> {
        if (working as usize) < OUTLETS_TO_SPEAK {
            return Some(Unclear::FewOutlets);
        }
        if seen < SEEN_TO_SPEAK {
            return Some(Unclear::LittleSeen);
        }
        if self.is_young {
            return Some(Unclear::Young);
        }
        let is_fresh = self.ground.pace.arrived(self.ground.desk.now - case.widely) < ARRIVED;
        is_fresh.then_some(Unclear::Fresh)
    }

    /// Why a silence is not striking: would it be enough to see all that the press's outlets publish?
    fn lacks(&self, usual: &Case, sort: Sort) -> Unclear {
        let whole = usual.outlets.iter().map(|_| 1_000);
        let if_all_were_seen = self.silences.chance(&whole, usual.told, sort);
        if is_striking(self.expectation.share(usual), if_all_were_seen) {
            Unclear::LittleSeen
        } else {
            Unclear::FewOutlets
        }
    }
}

fn sort(expectation: &Expectation, case: &Case) -> Sort {
    Sort {
        is_home: case.near == Near::Home,
        elsewhere: if case.near == Near::Home { expectation.share_elsewhere(case) } else { expectation.share(case) },
    }
}

fn is_striking(expected: u32, chance: Chance) -> bool {
    expected >= EXPECTED && chance.silent <= RARELY && chance.unseen <= UNSEEN
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
