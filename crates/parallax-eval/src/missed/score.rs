//! What the detector tells of generated months → precision and recall, by region and size, beside those of a count alone.

use super::attention::DAY;
use super::countries::COUNTRIES;
use super::desk::{Month, happening};
use super::oracle::{found_at, odds};
use parallax_almanac::world;
use parallax_core::missed::{Alone, OUTLETS_TO_SPEAK, Silence, WIDELY, judge};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Months on which constants were chosen; no figure is of these.
pub const TUNED: [u64; 4] = [1, 2, 3, 4];
/// Months held out: all figures are of these.
pub const HELD_OUT: [u64; 4] = [101, 102, 103, 104];
/// The desk is asked every two days, at eight in the evening, for what became widely told in the four days before.
const ASKED: [i64; 9] = [12, 14, 16, 18, 20, 22, 24, 26, 28];
const WINDOW: i64 = 4 * DAY;

/// Where no more than one in so many of a press's outlets tell a story, few of it do.
const FEW: usize = 4;

/// Others that must tell a story, for who only counts.
const COUNTS: [usize; 10] = [3, 5, 9, 15, 22, 26, 30, 33, 35, 37];

/// (month, country, happening).
type Pair = (u64, usize, usize);

/// Presses by their outlets.
const SIZES: [&str; 5] =
    ["one or two outlets", "three or four", "five to seven", "eight to twelve", "more than twelve"];

/// So many of so many.
#[derive(Clone, Copy, Default, Debug)]
struct Of(u32, u32);

impl Of {
    fn add(&mut self, is: bool) {
        self.0 += u32::from(is);
        self.1 += 1;
    }

    fn share(self) -> f64 {
        if self.1 == 0 { 1.0 } else { f64::from(self.0) / f64::from(self.1) }
    }
}

/// What came of some months.
#[derive(Default)]
pub struct Sheet {
    precision: Of,
    recall: Of,
    /// Of gaps in presses of enough outlets.
    recall_seen: Of,
    /// Told of as silent, and so in truth, planted or not.
    silent: Of,
    /// By count alone: others that must tell it → precision and recall.
    naive: BTreeMap<usize, (Of, Of)>,
    groups: BTreeMap<String, (Of, Of)>,
    alone: Of,
    /// What an oracle makes of each silent press, and whether it was silenced: by what the desk saw, and by all that was published.
    odds: Vec<(f64, bool)>,
    odds_of_all: Vec<(f64, bool)>,
    /// Gaps that were not told of, by why.
    why: BTreeMap<&'static str, u32>,
    /// Area and words: what to read.
    pub cases: Vec<(&'static str, String)>,
}

fn f1(p: f64, r: f64) -> f64 {
    if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
}

impl Sheet {
    /// The number of others that serves the count alone best.
    #[must_use]
    pub fn best_naive(&self) -> usize {
        let by_f1 = |(_, (p, r)): &(&usize, &(Of, Of))| f1(p.share(), r.share());
        self.naive.iter().max_by(|a, b| by_f1(a).total_cmp(&by_f1(b))).map_or(WIDELY, |(others, _)| *others)
    }

    /// Every figure by name.
    #[must_use]
    pub fn figures(&self, others: usize) -> BTreeMap<String, f64> {
        let (p, r) = (self.precision.share(), self.recall.share());
        let (naive_p, naive_r) = self.naive.get(&others).copied().unwrap_or_default();
        let mut figures: BTreeMap<String, f64> = [
            ("precision", p),
            ("recall", r),
            ("recall_seen", self.recall_seen.share()),
            ("f1", f1(p, r)),
            ("f1_seen", f1(p, self.recall_seen.share())),
            ("true_silence", self.silent.share()),
            ("naive_p", naive_p.share()),
            ("naive_r", naive_r.share()),
            ("naive_f1", f1(naive_p.share(), naive_r.share())),
            ("alone_p", self.alone.share()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        // Regions are for reading: some have a dozen gaps.
        let sizes = self.groups.iter().filter(|(name, (p, r))| SIZES.contains(&name.as_str()) && p.1 > 0 && r.1 > 0);
        for (size, (p, r)) in sizes {
            figures.insert(format!("precision:{size}"), p.share());
            figures.insert(format!("recall:{size}"), r.share());
        }
        figures
    }

    /// The table a person reads.
    #[must_use]
    pub fn report(&self, others: usize) -> String {
        let mut report = String::new();
        let mut line = |name: &str, of: Of| {
            let _ = writeln!(report, "  {name:34} {:.3}  {} of {}", of.share(), of.0, of.1);
        };
        line("told of and planted", self.precision);
        line("planted and told of", self.recall);
        line("…in presses of enough outlets", self.recall_seen);
        line("told of and silent in truth", self.silent);
        line("alone and so in truth", self.alone);
        for (name, odds) in [("what the desk saw", &self.odds), ("all that was published", &self.odds_of_all)] {
            let found = found_at(self.precision.share(), odds.clone());
            line(&format!("oracle of {name}: planted and told of"), Of(found, self.recall.1));
        }
        for (others, (p, r)) in &self.naive {
            line(&format!("count alone, {others} others: precision"), *p);
            line(&format!("count alone, {others} others: recall"), *r);
        }
        for (group, (p, r)) in &self.groups {
            line(&format!("{group}: precision"), *p);
            line(&format!("{group}: recall"), *r);
        }
        let _ = writeln!(report, "  best by count alone: {others} others");
        let _ = writeln!(report, "  planted and not told of, by why: {:?}", self.why);
        report
    }
}

/// Asks the desk of each month, again and again, and holds what it tells against what was planted.
#[must_use]
pub fn score(seeds: &[u64]) -> Sheet {
    sheet(seeds, true)
}

/// The number of others that serves the count alone best in these months.
#[must_use]
pub fn best_count(seeds: &[u64]) -> usize {
    sheet(seeds, false).best_naive()
}

/// Each month on a thread of its own, taken in their order: what comes out is the same on any machine.
fn sheet(seeds: &[u64], is_judged: bool) -> Sheet {
    let months: Vec<_> = std::thread::scope(|scope| {
        let asked: Vec<_> = seeds.iter().map(|seed| scope.spawn(move || ask(*seed, is_judged))).collect();
        asked.into_iter().map(|month| month.join().expect("a month is asked to its end")).collect()
    });
    let mut sheet = Sheet::default();
    for (seed, (month, told)) in seeds.iter().zip(&months) {
        sheet.take(month, *seed, told);
    }
    sheet
}

/// A month, and all that was told of it on the days on which the desk was asked.
fn ask(seed: u64, is_judged: bool) -> (Month, Told) {
    let month = Month::new(seed);
    let mut told = Told::default();
    for day in ASKED {
        let now = day * DAY + 1_200;
        let desk = month.desk(now, now - WINDOW);
        count_alone(&desk, seed, &mut told.silent, &mut told.judged);
        let found = if is_judged { judge(&desk, world()) } else { Vec::new() };
        for (country, found) in found.into_iter().enumerate() {
            let pair = |story: &str| (seed, country, happening(story));
            told.said.extend(found.missed.into_iter().map(|s| (pair(&s.story), s)));
            told.unclear.extend(found.unclear.into_iter().map(|s| (pair(&s.story), s)));
            told.alone.extend(found.alone.into_iter().map(|a| (pair(&a.story), a)));
        }
    }
    if is_judged {
        let of_month = told.judged.iter().map(|(_, country, happening)| (*country, *happening)).collect();
        told.odds = odds(seed, &month, &of_month, false);
        told.odds_of_all = odds(seed, &month, &of_month, true);
    }
    (month, told)
}

/// All that was told of a month.
#[derive(Default)]
struct Told {
    said: BTreeMap<Pair, Silence>,
    unclear: BTreeMap<Pair, Silence>,
    silent: BTreeMap<Pair, usize>,
    judged: BTreeSet<Pair>,
    alone: BTreeMap<Pair, Alone>,
    /// What an oracle makes of it, as in [`Sheet`].
    odds: Vec<(f64, bool)>,
    odds_of_all: Vec<(f64, bool)>,
}

/// What somebody would see who counts: in each press that is silent, how many others tell a story.
fn count_alone(
    desk: &parallax_core::missed::Desk,
    seed: u64,
    silent: &mut BTreeMap<Pair, usize>,
    judged: &mut BTreeSet<Pair>,
) {
    for story in &desk.stories {
        let mut first: BTreeMap<usize, i64> = BTreeMap::new();
        for telling in &story.tellings {
            let at = first.entry(telling.press).or_insert(telling.at);
            *at = (*at).min(telling.at);
        }
        let mut times: Vec<i64> = first.values().copied().collect();
        times.sort_unstable();
        let Some(widely) = times.get(WIDELY - 1).filter(|at| **at >= desk.since) else { continue };
        for country in 0..desk.presses.len() {
            let pair = (seed, country, happening(&story.id));
            // A day later nobody would call it too early.
            if desk.now - widely >= DAY {
                judged.insert(pair);
            }
            if !first.contains_key(&country) {
                let most = silent.entry(pair).or_default();
                *most = (*most).max(first.len());
            } else {
                silent.insert(pair, 0);
            }
        }
    }
}

impl Sheet {
    fn take(&mut self, month: &Month, seed: u64, told: &Told) {
        self.odds.extend(&told.odds);
        self.odds_of_all.extend(&told.odds_of_all);
        let is_gap = |pair: &Pair| month.gaps.contains(&(pair.1, pair.2));
        let gaps: Vec<Pair> =
            month.gaps.iter().map(|(c, h)| (seed, *c, *h)).filter(|pair| told.judged.contains(pair)).collect();
        for (pair, silence) in &told.said {
            self.precision.add(is_gap(pair));
            let told_in_truth = month.told(pair.1, pair.2);
            let is_silent = is_gap(pair) || told_in_truth * FEW <= COUNTRIES[pair.1].outlets;
            self.silent.add(is_silent);
            groups(pair.1).for_each(|g| self.groups.entry(g).or_default().0.add(is_gap(pair)));
            if !is_gap(pair) {
                let what = if is_silent { "silent by itself" } else { "told, and not seen" };
                let what = format!("{what} ({told_in_truth} told it)");
                let origin = COUNTRIES[month.published.happenings[pair.2].origin].code;
                self.cases
                    .push(("told of and not planted", format!("{what}: {}, from {origin}", words(pair, silence))));
            }
        }
        for pair in &gaps {
            let found = told.said.contains_key(pair);
            self.recall.add(found);
            if COUNTRIES[pair.1].outlets >= OUTLETS_TO_SPEAK {
                self.recall_seen.add(found);
            }
            groups(pair.1).for_each(|g| self.groups.entry(g).or_default().1.add(found));
            if !found {
                let unclear = told.unclear.get(pair);
                let why = unclear.and_then(|s| s.unclear).map_or("nothing unusual", |why| why.word());
                *self.why.entry(why).or_default() += 1;
                let words =
                    unclear.map_or_else(|| format!("{} {}", COUNTRIES[pair.1].code, pair.2), |s| words(pair, s));
                self.cases.push(("planted and not told of", format!("{why}: {words}")));
            }
        }
        for others in COUNTS {
            let (precision, recall) = self.naive.entry(others).or_default();
            for (pair, _) in told.silent.iter().filter(|(pair, most)| **most >= others && told.judged.contains(*pair)) {
                precision.add(is_gap(pair));
            }
            for pair in &gaps {
                recall.add(told.silent.get(pair).is_some_and(|most| *most >= others));
            }
        }
        for (&(_, country, happening), alone) in &told.alone {
            let others = (0..COUNTRIES.len()).filter(|other| *other != country);
            let elsewhere: Vec<&str> =
                others.filter(|other| month.told(*other, happening) > 0).map(|other| COUNTRIES[other].code).collect();
            self.alone.add(elsewhere.is_empty());
            if !elsewhere.is_empty() {
                let (code, story) = (COUNTRIES[country].code, &alone.story);
                let words = format!(
                    "month {seed}, {code}, happening {story}: by {} of {} here; in truth also in {}",
                    alone.told,
                    alone.outlets,
                    elsewhere.join(" ")
                );
                self.cases.push(("alone, and not so in truth", words));
            }
        }
    }
}

/// What a country's figures are also counted under.
fn groups(country: usize) -> impl Iterator<Item = String> {
    let of = &COUNTRIES[country];
    let size = match of.outlets {
        0..3 => SIZES[0],
        3..5 => SIZES[1],
        5..8 => SIZES[2],
        8..13 => SIZES[3],
        _ => SIZES[4],
    };
    let region = world().region(of.code).unwrap_or("nowhere");
    [size.to_owned(), region.to_owned()].into_iter()
}

fn words(pair: &Pair, s: &Silence) -> String {
    format!(
        "month {}, {}, happening {}: told by {} of {} others, {} outlets; here by {} of {}, {} could be seen, {} ‰ of output; {}; expected {} ‰, silent {} and unseen {} of a million; alike {} of {}",
        pair.0,
        COUNTRIES[pair.1].code,
        s.story,
        s.elsewhere.presses,
        s.elsewhere.of_presses,
        s.elsewhere.outlets,
        s.told,
        s.outlets,
        s.working,
        s.seen,
        s.near.word(),
        s.expected,
        s.silent,
        s.unseen,
        s.alike.0,
        s.alike.1
    )
}
