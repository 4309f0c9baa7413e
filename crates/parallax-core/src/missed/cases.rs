//! Presses and widely told stories → a case for each of the one beside each of the other: who of the press told it, who else did, and how near it is.

use super::press::{LATER, Pace, Sight, span};
use super::{Desk, Elsewhere, Near, Told, WIDELY};
use crate::almanac::{Apart, World};
use std::collections::{BTreeMap, BTreeSet};

/// Upper ends of what share of the other presses tell a story, in thousandths, each weighed by how often it tells what this press tells.
const BREADTHS: [u32; 18] = [25, 45, 70, 100, 140, 190, 250, 330, 430, 560, 640, 700, 760, 820, 880, 920, 960, 1_000];
/// Upper ends of what share of their outlets tell it, where any does. When all presses tell a story, this alone says how large it is.
const DEPTHS: [u32; 10] = [150, 220, 290, 370, 440, 510, 590, 680, 780, 1_000];
/// Upper ends of how much of what is expected of it a press tells in the days around a story, in thousandths; and the one that is as usual.
pub const ATTENTIONS: [u64; 8] = [200, 350, 500, 650, 800, 950, 1_150, u64::MAX];
pub const AS_USUAL: usize = 6;
/// A press of which less could be seen is not counted among those that could have told it, in thousandths of one outlet.
const READABLE: u64 = 300;
/// How many times they were both silent or both told counts as much as what is usual among such presses.
const COMMON_STRENGTH: u64 = 4;
/// Bounds of how much more one press weighs than another.
const COMMON: (u64, u64) = (200, 6_000);
/// Countries that are named less often than one in so many of a story's names are not what it is about.
const ABOUT_PART: u32 = 4;
/// Kilometres between the middles of countries that are close, and far.
const CLOSE_KM: u32 = 2_000;
const FAR_KM: u32 = 6_000;

/// One of the press's outlets before a story.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The chance that its report would have been seen, in thousandths.
    pub shows: u32,
    /// Was one seen?
    pub told: bool,
}

/// A press before a story that others tell widely.
#[derive(Clone, Debug)]
pub struct Case {
    pub press: usize,
    pub story: usize,
    pub outlets: Vec<Seen>,
    /// How many of them told it.
    pub told: u32,
    pub first: i64,
    pub widely: i64,
    pub breadth: usize,
    pub depth: usize,
    /// How much of what is expected of it the press tells in the days around the story.
    pub attention: usize,
    pub near: Near,
    /// The country that it is about, where that is another.
    pub place: Option<usize>,
    pub elsewhere: Elsewhere,
}

impl Case {
    /// Outlets as far as they could be seen, in thousandths of one.
    pub fn visible(&self) -> u64 {
        self.outlets.iter().map(|o| u64::from(o.shows)).sum()
    }
}

/// The outlets' sights and how fast reports come in: what cases are made from.
pub struct Ground<'a> {
    pub desk: &'a Desk,
    pub sights: Vec<Vec<Sight>>,
    pub pace: Pace,
    world: &'a World,
    countries: BTreeMap<&'a str, usize>,
    /// What is written in a country.
    languages: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Ground<'a> {
    pub fn new(desk: &'a Desk, world: &'a World) -> Self {
        let sights = |press: &super::Press| press.outlets.iter().map(|o| Sight::of(o, desk.now)).collect();
        let mut languages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for press in &desk.presses {
            for home in &press.homes {
                languages.entry(home).or_default().extend(press.languages.iter().map(String::as_str));
            }
        }
        let mut reports = [0; LATER.len()];
        for story in &desk.stories {
            let firsts = firsts(story);
            for telling in &story.tellings {
                let Some((_, widely)) = widely(&firsts, telling.press) else { continue };
                // Of a story that is still being told, the late reports are not there yet.
                let is_over = desk.now - widely > LATER[LATER.len() - 1];
                if let Some(span) = span(telling.at - widely).filter(|_| is_over) {
                    reports[span] += 1;
                }
            }
        }
        let countries = world.countries().zip(0..).collect();
        Ground {
            sights: desk.presses.iter().map(sights).collect(),
            pace: Pace::learn(reports),
            desk,
            world,
            countries,
            languages,
        }
    }

    /// Every press before every story that others told widely.
    pub fn cases(&self) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        // Story → its cases, and presses that told it.
        let mut stories: Vec<(std::ops::Range<usize>, BTreeSet<usize>)> = Vec::new();
        for (index, story) in self.desk.stories.iter().enumerate() {
            let firsts = firsts(story);
            let from = cases.len();
            if firsts.len() >= WIDELY {
                let presses = 0..self.desk.presses.len();
                cases.extend(presses.filter_map(|press| self.case(index, story, press, &firsts)));
            }
            stories.push((from..cases.len(), firsts.into_iter().map(|(_, press)| press).collect()));
        }
        let common = self.common(&cases, &stories);
        for (index, (range, told)) in stories.iter().enumerate() {
            let mut visible = self.tellers(&self.desk.stories[index]);
            visible.extend(cases[range.clone()].iter().map(|c| (c.press, (c.visible(), c.told))));
            for case in &mut cases[range.clone()] {
                surround(case, &self.desk.stories[index], told, &visible, &common[case.press]);
            }
        }
        cases
    }

    fn case(&self, index: usize, story: &Told, press: usize, firsts: &[(i64, usize)]) -> Option<Case> {
        let (first, widely) = widely(firsts, press)?;
        let told: BTreeSet<usize> = story.tellings.iter().filter(|t| t.press == press).map(|t| t.outlet).collect();
        let seen = |(outlet, sight): (usize, &Sight)| {
            let shows = sight.would_show(first, widely, &self.pace);
            let told = told.contains(&outlet);
            Seen { shows: if told { shows.max(500) } else { shows }, told }
        };
        let outlets: Vec<Seen> = self.sights[press].iter().enumerate().map(seen).collect();
        let (near, place) = self.near(press, story);
        let told = u32::try_from(told.len()).unwrap_or(u32::MAX);
        let (breadth, depth, attention, elsewhere) = (0, 0, AS_USUAL, Elsewhere::default());
        Some(Case {
            press,
            story: index,
            outlets,
            told,
            first,
            widely,
            breadth,
            depth,
            attention,
            near,
            place,
            elsewhere,
        })
    }

    /// Presses that tell a story, as if all of their outlets had been seen, with how many tell it. One of three that tell it is no case itself,
    /// since only two others do.
    fn tellers(&self, story: &Told) -> BTreeMap<usize, (u64, u32)> {
        let mut tellers: BTreeMap<usize, (u64, u32)> = BTreeMap::new();
        for (press, _) in story.tellings.iter().map(|t| (t.press, t.outlet)).collect::<BTreeSet<_>>() {
            tellers.entry(press).or_insert((1_000 * self.sights[press].len() as u64, 0)).1 += 1;
        }
        tellers
    }

    /// What lies between a press and a story, and the country abroad that this is mostly about.
    fn near(&self, press: usize, story: &Told) -> (Near, Option<usize>) {
        let press = &self.desk.presses[press];
        let named: u32 = story.about.values().sum();
        let about = || story.about.iter().filter(|(_, times)| **times * ABOUT_PART >= named);
        let near = about().filter_map(|(country, _)| self.distance(press, country)).min().unwrap_or(Near::Unknown);
        let most = about().max_by_key(|(country, times)| (**times, std::cmp::Reverse(*country)));
        let place = most.filter(|(country, _)| !press.homes.contains(*country));
        (near, place.and_then(|(country, _)| self.countries.get(country.as_str()).copied()))
    }

    fn distance(&self, press: &super::Press, country: &str) -> Option<Near> {
        let apart = press.homes.iter().filter_map(|home| self.world.apart(home, country)).min()?;
        let near = match apart {
            Apart::Same => Near::Home,
            Apart::Border => Near::Neighbour,
            Apart::Kilometres(km) if km < CLOSE_KM => Near::Close,
            Apart::Kilometres(km) if km < FAR_KM => Near::Far,
            Apart::Kilometres(_) => Near::Farthest,
        };
        // One language brings far countries nearer.
        let written = self.languages.get(country);
        let is_shared = written.is_some_and(|w| w.iter().any(|language| press.languages.contains(*language)));
        Some(match near {
            Near::Farthest if is_shared => Near::Far,
            Near::Far if is_shared => Near::Close,
            near => near,
        })
    }

    /// How much each press's telling says of each other's, in thousandths: how often both told a story, against how often they would by chance.
    fn common(&self, cases: &[Case], stories: &[(std::ops::Range<usize>, BTreeSet<usize>)]) -> Vec<Vec<u64>> {
        let presses = self.desk.presses.len();
        let (mut both, mut seen) = (vec![vec![0_u64; presses]; presses], vec![vec![0_u64; presses]; presses]);
        let mut alone = vec![vec![0_u64; presses]; presses];
        for (range, told) in stories {
            let of = &cases[range.clone()];
            let readable: Vec<usize> = of.iter().filter(|c| c.visible() >= READABLE).map(|c| c.press).collect();
            for &a in &readable {
                for &b in &readable {
                    seen[a][b] += 1;
                    alone[a][b] += u64::from(told.contains(&a));
                    both[a][b] += u64::from(told.contains(&a) && told.contains(&b));
                }
            }
        }
        let lift = |a: usize, b: usize| {
            let by_chance = 1_000 * alone[a][b] * alone[b][a] / seen[a][b].max(1);
            let usual = self.usual(a, b);
            (1_000_000 * both[a][b] + COMMON_STRENGTH * 1_000 * usual) / (by_chance + COMMON_STRENGTH * 1_000)
        };
        // Squared: presses that tell the same half of the time more often by chance weigh twice as much.
        let weight = |a, b| (lift(a, b).pow(2) / 1_000).clamp(COMMON.0, COMMON.1);
        (0..presses).map(|a| (0..presses).map(|b| weight(a, b)).collect()).collect()
    }

    /// What two presses have in common before anything was learnt: neighbours, one language, one region.
    fn usual(&self, a: usize, b: usize) -> u64 {
        let (a, b) = (&self.desk.presses[a], &self.desk.presses[b]);
        let pairs = || a.homes.iter().flat_map(|x| b.homes.iter().map(move |y| (x.as_str(), y.as_str())));
        let apart = pairs().filter_map(|(x, y)| self.world.apart(x, y)).min();
        let is_one_language = a.languages.iter().any(|language| b.languages.contains(language));
        let is_one_region = pairs().any(|(x, y)| self.world.region(x).is_some_and(|r| self.world.region(y) == Some(r)));
        1_000
            + if is_one_language { 400 } else { 0 }
            + if is_one_region { 200 } else { 0 }
            + if apart.is_some_and(|apart| apart <= Apart::Border) { 400 } else { 0 }
    }
}

/// The presses that told a story, by when each told it first.
pub fn firsts(story: &Told) -> Vec<(i64, usize)> {
    let mut first: BTreeMap<usize, i64> = BTreeMap::new();
    for telling in &story.tellings {
        let at = first.entry(telling.press).or_insert(telling.at);
        *at = (*at).min(telling.at);
    }
    let mut firsts: Vec<_> = first.into_iter().map(|(press, at)| (at, press)).collect();
    firsts.sort_unstable();
    firsts
}

/// When a story was first told by others than this press, and since when [`WIDELY`] of them tell it.
fn widely(firsts: &[(i64, usize)], press: usize) -> Option<(i64, i64)> {
    let mut others = firsts.iter().filter(|(_, other)| *other != press).map(|(at, _)| *at);
    let first = others.next()?;
    Some((first, others.nth(WIDELY - 2)?))
}

/// Sets how widely others tell a story.
fn surround(
    case: &mut Case,
    story: &Told,
    told: &BTreeSet<usize>,
    visible: &BTreeMap<usize, (u64, u32)>,
    common: &[u64],
) {
    let (mut weight, mut telling) = (0, 0);
    let (mut depth, mut tellers) = (0, 0);
    let mut readable = 0;
    for (press, (seen, outlets)) in visible.iter().filter(|(press, _)| **press != case.press) {
        let tells = told.contains(press);
        if !tells && *seen < READABLE {
            continue;
        }
        readable += 1;
        weight += common[*press];
        if tells {
            telling += common[*press];
            tellers += 1;
            depth += (1_000_000 * u64::from(*outlets) / (*seen).max(1_000)).min(1_000);
        }
    }
    // A press that told it and was not otherwise to be seen tells it all the same.
    let others = told.iter().filter(|press| **press != case.press).count();
    let bin = |ends: &[u32], share: u64| ends.iter().position(|end| share <= u64::from(*end)).unwrap_or(ends.len() - 1);
    case.breadth = bin(&BREADTHS, 1_000 * telling / weight.max(1));
    case.depth = bin(&DEPTHS, depth / tellers.max(1));
    let of_others = || story.tellings.iter().filter(|t| t.press != case.press);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    case.elsewhere = Elsewhere {
        presses: count(others),
        of_presses: count(others).max(readable),
        outlets: count(of_others().count()),
        separate: count(of_others().filter(|t| t.is_separate).count()),
    };
}
