//! What is published → gaps planted in it, and what a desk sees of the rest: feeds that carry a part, break off, stand still, and stories wrongly put together.

use super::attention::{DAY, DAYS, Published, Report, part, publish};
use super::countries::COUNTRIES;
use crate::generated::dice::Dice;
use parallax_core::missed::{Desk, Outlet, Press, Stretch, Telling, Told};
use std::collections::{BTreeMap, BTreeSet};

/// One in so many of the stories that a country's press tells as it must, and many others too, is silenced there.
pub const SILENCED: usize = 20;
/// Others that must tell it.
const OTHERS: usize = 5;
/// Of a press of so many outlets one may tell it all the same, in one of so many cases.
pub const KEPT_FROM: usize = 10;
pub const KEPT_IN: usize = 4;

/// A desk that reads the press of a month, and what is true of it.
pub struct Month {
    pub published: Published,
    /// (country, happening): planted.
    pub gaps: BTreeSet<(usize, usize)>,
    /// What reached the desk: (report, story it was put into).
    seen: Vec<(Report, String)>,
    feeds: Vec<Vec<Feed>>,
    /// Languages whose reports the desk often fails to put beside the others.
    weak: BTreeSet<&'static str>,
}

/// An outlet's feed as the desk has it.
struct Feed {
    carries: f64,
    known: Option<u32>,
    begins: i64,
    /// No answer, from when to when.
    outages: Vec<Stretch>,
    /// It answers with nothing new.
    still: Vec<Stretch>,
    /// So far back it reaches after an outage.
    reach: i64,
    legible: u32,
    /// Articles of a day besides those that are told here.
    a_day: usize,
}

impl Feed {
    fn new(seed: u64, country: usize, outlet: usize) -> Self {
        let mut dice = Dice::of(seed, "feed", (country * 100 + outlet) as u64);
        let minutes =
            |from: usize, to: usize, dice: &mut Dice| i64::try_from(from + dice.below(to - from)).unwrap_or(0);
        let carries = match dice.below(100) {
            0..60 => 0.9 + 0.1 * part(&mut dice),
            60..85 => 0.5 + 0.4 * part(&mut dice),
            _ => 0.15 + 0.35 * part(&mut dice),
        };
        let guess = carries * (0.9 + 0.2 * part(&mut dice));
        let known = dice.once_in(2).then_some((guess * 1_000.0).min(1_000.0) as u32);
        let (mut outages, mut still) = (Vec::new(), Vec::new());
        for day in 0..DAYS {
            let from = day * DAY + minutes(0, 1_440, &mut dice);
            if dice.once_in(45) {
                let long = (180.0 / part(&mut dice)).min(5_000.0) as i64;
                outages.push(Stretch { from, to: from + long });
            }
            if dice.once_in(400) {
                still.push(Stretch { from, to: from + DAY + minutes(0, 5_760, &mut dice) });
            }
        }
        let begins = if dice.once_in(8) { minutes(2, 14, &mut dice) * DAY } else { 0 };
        let reach = minutes(60, 900, &mut dice);
        let legible = 1_000 - u32::try_from(dice.below(500)).unwrap_or(0);
        Feed { carries, known, begins, outages, still, reach, legible, a_day: 6 + dice.below(20) }
    }

    /// Does the feed show what was published then?
    fn shows(&self, minute: i64) -> bool {
        let is_out = self.outages.iter().any(|o| minute >= o.from && minute < o.to - self.reach);
        minute >= self.begins && !is_out && !self.still.iter().any(|s| minute >= s.from && minute < s.to)
    }

    /// When it was read, as the desk knows it: a feed that stands still looks as if it were well.
    fn covered(&self, now: i64) -> Vec<Stretch> {
        let mut covered = vec![Stretch { from: self.begins, to: now }];
        for out in self.outages.iter().filter(|o| o.to - self.reach > o.from) {
            covered = covered
                .into_iter()
                .flat_map(|s| {
                    [
                        Stretch { from: s.from, to: s.to.min(out.from) },
                        Stretch { from: s.from.max(out.to - self.reach), to: s.to },
                    ]
                })
                .filter(|s| s.from < s.to)
                .collect();
        }
        covered.sort();
        covered
    }
}

impl Month {
    /// The month of a seed.
    pub fn new(seed: u64) -> Self {
        let mut published = publish(seed, 0);
        let gaps = silence(seed, &mut published);
        let mut country_out = Dice::of(seed, "country out", 0);
        let mut feeds: Vec<Vec<Feed>> = Vec::new();
        for (country, of) in COUNTRIES.iter().enumerate() {
            let mut here: Vec<Feed> = (0..of.outlets).map(|outlet| Feed::new(seed, country, outlet)).collect();
            // The way into a whole country breaks off.
            if country_out.once_in(6) {
                let from = (8 + i64::try_from(country_out.below(18)).unwrap_or(0)) * DAY;
                here.iter_mut().for_each(|feed| feed.outages.push(Stretch { from, to: from + 2 * DAY }));
            }
            feeds.push(here);
        }
        let mut dice = Dice::of(seed, "seen", 0);
        let languages: Vec<&str> = COUNTRIES.iter().map(|c| c.language).collect::<BTreeSet<_>>().into_iter().collect();
        let weak = (0..3).map(|_| *dice.one(&languages)).filter(|l| *l != "en").collect();
        let seen = seen(&mut dice, &published, &feeds, &weak);
        Month { published, gaps, seen, feeds, weak }
    }

    /// The desk at a time; it judges what became widely told from a minute on.
    pub fn desk(&self, now: i64, since: i64) -> Desk {
        let mut presses: Vec<Press> = Vec::new();
        for (country, of) in COUNTRIES.iter().enumerate() {
            let outlet = |(n, feed): (usize, &Feed)| Outlet {
                name: format!("{}-{n}", of.code),
                covered: feed.covered(now),
                carried: feed.known,
                legible: feed.legible,
                days: self.days(country, n, feed, now),
            };
            presses.push(Press {
                name: of.code.to_owned(),
                homes: BTreeSet::from([of.code.to_owned()]),
                languages: BTreeSet::from([of.language.to_owned()]),
                outlets: self.feeds[country].iter().enumerate().map(outlet).collect(),
            });
        }
        let mut stories: BTreeMap<&str, Told> = BTreeMap::new();
        for (report, story) in self.seen.iter().filter(|(report, _)| report.minute <= now) {
            let told = stories.entry(story).or_insert_with(|| self.story(story));
            let Report { minute: at, country: press, outlet, is_separate, .. } = *report;
            if !told.tellings.iter().any(|t| (t.press, t.outlet) == (press, outlet)) {
                told.tellings.push(Telling { at, press, outlet, is_separate });
            }
        }
        Desk { now, since, presses, stories: stories.into_values().collect() }
    }

    /// What is known of where it happened: mostly the truth, sometimes nothing, seldom another country.
    fn story(&self, name: &str) -> Told {
        let happening = happening(name);
        let mut dice = Dice::of(7, "about", happening as u64);
        let origin = self.published.happenings[happening].origin;
        let about = match dice.below(20) {
            0..2 => None,
            2 => Some(dice.below(COUNTRIES.len())),
            _ => Some(origin),
        };
        let about = about.map(|country| (COUNTRIES[country].code.to_owned(), 3)).into_iter().collect();
        Told { id: name.to_owned(), about, tellings: Vec::new() }
    }

    fn days(&self, country: usize, outlet: usize, feed: &Feed, now: i64) -> BTreeMap<i64, u32> {
        let mut days = BTreeMap::new();
        let mut dice = Dice::of(11, "days", (country * 100 + outlet) as u64);
        for day in 0..=now / DAY {
            let minutes: Vec<i64> = (0..feed.a_day)
                .map(|_| day * DAY + i64::try_from(dice.below(1_440)).unwrap_or(0))
                .filter(|minute| *minute <= now && feed.shows(*minute))
                .collect();
            let seen = minutes.iter().filter(|_| part(&mut dice) < feed.carries).count();
            if seen > 0 {
                days.insert(day, u32::try_from(seen).unwrap_or(0));
            }
        }
        days
    }

    /// The chance that the desk sees a report, and puts it where it belongs.
    pub fn shows(&self, report: &Report) -> f64 {
        let feed = &self.feeds[report.country][report.outlet];
        let placed = 1.0 - lost(&self.weak, report.country) as f64 / 100.0;
        if feed.shows(report.minute) { feed.carries * placed } else { 0.0 }
    }

    /// (country, happening) of each report that the desk has, as it placed it.
    pub fn seen(&self) -> impl Iterator<Item = (usize, usize)> {
        self.seen.iter().map(|(report, story)| (report.country, happening(story)))
    }

    /// How many of the country's outlets told it in truth, whatever the desk saw.
    pub fn told(&self, country: usize, happening: usize) -> usize {
        self.published.reports.iter().filter(|r| (r.country, r.happening) == (country, happening)).count()
    }
}

/// The happening that a story is of.
pub fn happening(story: &str) -> usize {
    story.trim_end_matches('b').parse().unwrap_or(0)
}

/// (country, happening) → the country's outlets that tell it, where a gap may be planted: several there and in many other countries tell it, as they must.
pub fn may_be_silenced(published: &Published) -> BTreeMap<(usize, usize), BTreeSet<usize>> {
    let mut told: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
    let mut countries: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for report in &published.reports {
        told.entry((report.country, report.happening)).or_default().insert(report.outlet);
        countries.entry(report.happening).or_default().insert(report.country);
    }
    told.retain(|(country, happening), outlets| {
        let of = COUNTRIES[*country].outlets;
        let is_told_here = outlets.len() * 10 >= of * 4 && outlets.len() >= of.min(2);
        countries[happening].len() > OTHERS && is_told_here && published.due.contains(&(*country, *happening))
    });
    told
}

/// Takes out what one country's press in several tells of a story that many others tell: gives (country, happening).
fn silence(seed: u64, published: &mut Published) -> BTreeSet<(usize, usize)> {
    let mut dice = Dice::of(seed, "gaps", 0);
    let mut gaps = BTreeSet::new();
    let mut kept = BTreeSet::new();
    for ((country, happening), outlets) in may_be_silenced(published) {
        if dice.once_in(SILENCED) {
            gaps.insert((country, happening));
            if COUNTRIES[country].outlets >= KEPT_FROM && dice.once_in(KEPT_IN) {
                kept.insert((country, happening, *outlets.first().unwrap_or(&0)));
            }
        }
    }
    published
        .reports
        .retain(|r| !gaps.contains(&(r.country, r.happening)) || kept.contains(&(r.country, r.happening, r.outlet)));
    gaps
}

/// What reaches the desk, and into which story it puts it.
fn seen(
    dice: &mut Dice,
    published: &Published,
    feeds: &[Vec<Feed>],
    weak: &BTreeSet<&'static str>,
) -> Vec<(Report, String)> {
    let split: BTreeMap<usize, i64> = (0..published.happenings.len())
        .filter(|_| dice.once_in(50))
        .map(|h| (h, published.happenings[h].minute + 600))
        .collect();
    let mut seen = Vec::new();
    for report in &published.reports {
        let feed = &feeds[report.country][report.outlet];
        let is_shown = feed.shows(report.minute) && part(dice) < feed.carries;
        let is_lost = dice.below(100) < lost(weak, report.country);
        let story = match (is_lost, split.get(&report.happening)) {
            (true, _) => {
                // Mostly a story of its own; now and then it is put into another's.
                if dice.below(5) > 0 {
                    continue;
                }
                (report.happening + 1 + dice.below(30)).min(published.happenings.len() - 1).to_string()
            }
            (false, Some(from)) if report.minute > *from => format!("{}b", report.happening),
            _ => report.happening.to_string(),
        };
        if is_shown {
            seen.push((*report, story));
        }
    }
    seen
}

/// Of a hundred of a country's reports so many are put into no story, or a wrong one.
fn lost(weak: &BTreeSet<&'static str>, country: usize) -> usize {
    if weak.contains(COUNTRIES[country].language) { 25 } else { 5 }
}
