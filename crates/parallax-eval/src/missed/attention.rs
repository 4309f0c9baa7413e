//! A seed → what forty countries' outlets would tell of the world in a month: each fills the room it has with what appeals to it most that day.
//!
//! Nothing here is a chance of telling that depends on breadth or distance, which is what the detector supposes. Outlets have room for so
//! many stories; these compete; one great event crowds out the others, a crisis at home crowds out abroad, and editors follow one another.

use super::countries::COUNTRIES;
use crate::generated::dice::Dice;
use parallax_almanac::world;
use parallax_core::almanac::Apart;
use std::collections::BTreeSet;

/// Days of the press.
pub const DAYS: i64 = 30;
pub const DAY: i64 = 1_440;
/// Happenings of a day that others may tell.
const A_DAY: usize = 70;
/// How much more than a foreign story one at home appeals.
const AT_HOME: f64 = 25.0;
/// Sorts of happenings: each outlet has its own taste.
const TOPICS: usize = 8;
/// An appeal that no outlet's bar is near.
const SURELY: f64 = 6.0;

/// A happening.
pub struct Happening {
    /// Where, by its place in [`COUNTRIES`].
    pub origin: usize,
    /// When.
    pub minute: i64,
    topic: usize,
    /// How much it matters to anybody, by Pareto's law.
    salience: f64,
}

/// A report that is published, whether or not the desk sees it.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    pub happening: usize,
    pub country: usize,
    pub outlet: usize,
    pub minute: i64,
    pub is_separate: bool,
}

/// What is published.
pub struct Published {
    pub happenings: Vec<Happening>,
    pub reports: Vec<Report>,
    /// (country, happening): by salience and by how that country looks at where it happened it stands so high that day that neither a
    /// whim nor want of room accounts for silence.
    pub due: BTreeSet<(usize, usize)>,
}

/// A number above 0 and at most 1. Sums, products, quotients and roots alone are used here: every machine gives the same.
pub fn part(dice: &mut Dice) -> f64 {
    ((dice.any() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

/// From a third to three, one in the middle.
fn swing(dice: &mut Dice) -> f64 {
    let size = 1.0 + 2.0 * part(dice) * part(dice);
    if dice.once_in(2) { size } else { 1.0 / size }
}

/// How much a country looks at another: by distance, border, language, and ties that nothing explains.
fn eyes(seed: u64) -> Vec<Vec<f64>> {
    let mut dice = Dice::of(seed, "eyes", 0);
    let eye = |here: usize, there: usize, dice: &mut Dice| {
        let (a, b) = (&COUNTRIES[here], &COUNTRIES[there]);
        let near = match world().apart(a.code, b.code) {
            Some(Apart::Same) => return AT_HOME,
            Some(Apart::Border) => 2.5,
            Some(Apart::Kilometres(km)) => 1.0 / (0.6 + f64::from(km) / 5_000.0),
            None => 1.0,
        };
        let speech = if a.language == b.language { 1.8 } else { 1.0 };
        near * speech * swing(dice) * f64::from(4 + b.happens).sqrt() / 3.0
    };
    (0..COUNTRIES.len()).map(|here| (0..COUNTRIES.len()).map(|there| eye(here, there, &mut dice)).collect()).collect()
}

/// An outlet's ways.
struct Editor {
    taste: [f64; TOPICS],
    /// Stories it has room for in a day.
    room: usize,
    /// What appeals less it leaves, however much room there is.
    bar: f64,
}

impl Editor {
    fn new(seed: u64, country: usize, outlet: usize) -> Self {
        let mut dice = Dice::of(seed, "editor", (country * 100 + outlet) as u64);
        let taste = std::array::from_fn(|_| swing(&mut dice));
        let room = 6 + dice.below(6) + dice.size(5).min(20);
        Editor { taste, room, bar: 1.2 * swing(&mut dice) }
    }
}

fn happenings(seed: u64) -> Vec<Happening> {
    let mut dice = Dice::of(seed, "happenings", 0);
    let of: Vec<usize> =
        COUNTRIES.iter().enumerate().flat_map(|(n, c)| std::iter::repeat_n(n, c.happens as usize)).collect();
    let mut happenings = Vec::new();
    for day in 0..DAYS {
        for _ in 0..A_DAY {
            let minute = day * DAY + i64::try_from(dice.below(1_440)).unwrap_or(0);
            let salience = (1.0 / part(&mut dice)).min(400.0);
            happenings.push(Happening { origin: *dice.one(&of), minute, topic: dice.below(TOPICS), salience });
        }
    }
    happenings
}

/// Days on which a country is taken up with itself: about one in fifteen begins such a spell.
fn crises(seed: u64) -> Vec<Vec<bool>> {
    let mut dice = Dice::of(seed, "crises", 0);
    let spell = |dice: &mut Dice| {
        let mut days = vec![false; DAYS as usize + 4];
        for day in 0..DAYS as usize {
            if dice.once_in(15) {
                let until = day + 1 + dice.below(3);
                days[day..until].iter_mut().for_each(|d| *d = true);
            }
        }
        days
    };
    COUNTRIES.iter().map(|_| spell(&mut dice)).collect()
}

/// All that is published in a month; with another whim, what might have been: the same happenings, eyes, editors and crises, and other moods.
pub fn publish(seed: u64, whim: u64) -> Published {
    let (happenings, eyes, crises) = (happenings(seed), eyes(seed), crises(seed));
    let mut reports = Vec::new();
    for (country, of) in COUNTRIES.iter().enumerate() {
        let editors: Vec<Editor> = (0..of.outlets).map(|outlet| Editor::new(seed, country, outlet)).collect();
        let mut dice = Dice::of(seed, "country", country as u64 + whim * COUNTRIES.len() as u64);
        // What a country makes of a happening, whoever edits: nobody can know it.
        let mood: Vec<f64> = happenings.iter().map(|_| swing(&mut dice)).collect();
        let mut told = vec![vec![false; happenings.len()]; of.outlets];
        for day in 0..DAYS {
            let alive = |h: &Happening| (day - 2..=day).contains(&(h.minute / DAY));
            let open: Vec<usize> = (0..happenings.len()).filter(|h| alive(&happenings[*h])).collect();
            let mut followed = vec![0_u32; happenings.len()];
            for (outlet, editor) in editors.iter().enumerate() {
                let mut offers: Vec<(f64, usize)> = Vec::new();
                for &h in open.iter().filter(|h| !told[outlet][**h]) {
                    let of_it = &happenings[h];
                    let age = (day - of_it.minute / DAY) as f64;
                    let herd = 1.0 + 0.5 * f64::from(followed[h]) / editors.len() as f64;
                    let appeal = of_it.salience / (1.0 + 3.0 * age) * eyes[country][of_it.origin] * mood[h] * herd;
                    offers.push((appeal * editor.taste[of_it.topic] * swing(&mut dice), h));
                }
                offers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                let is_crisis = crises[country][day as usize];
                let room = if is_crisis { editor.room / 3 } else { editor.room };
                for &(appeal, h) in offers.iter().take(room).filter(|(appeal, _)| *appeal >= editor.bar) {
                    told[outlet][h] = true;
                    followed[h] += 1;
                    let minute = when(&happenings[h], day, appeal, &mut dice);
                    let is_separate = happenings[h].origin == country || dice.below(10) < 6;
                    reports.push(Report { happening: h, country, outlet, minute, is_separate });
                }
            }
        }
    }
    let due = due(seed, &happenings, &eyes);
    Published { happenings, reports, due }
}

/// What stands in the first half of a country's usual room on its day, and would by a wide margin.
fn due(seed: u64, happenings: &[Happening], eyes: &[Vec<f64>]) -> BTreeSet<(usize, usize)> {
    let mut due = BTreeSet::new();
    for (country, of) in COUNTRIES.iter().enumerate() {
        let mut rooms: Vec<usize> = (0..of.outlets).map(|outlet| Editor::new(seed, country, outlet).room).collect();
        rooms.sort_unstable();
        let room = rooms[rooms.len() / 2] / 2;
        for day in 0..DAYS {
            let of_day = |h: &&usize| happenings[**h].minute / DAY == day;
            let appeal = |h: &usize| happenings[*h].salience * eyes[country][happenings[*h].origin];
            let mut order: Vec<usize> =
                (0..happenings.len()).collect::<Vec<_>>().iter().filter(of_day).copied().collect();
            order.sort_by(|a, b| appeal(b).total_cmp(&appeal(a)).then(a.cmp(b)));
            due.extend(order.into_iter().take(room).filter(|h| appeal(h) >= SURELY).map(|h| (country, h)));
        }
    }
    due
}

/// Soon where it appeals much, and at any hour of a later day; a few come very late.
fn when(of: &Happening, day: i64, appeal: f64, dice: &mut Dice) -> i64 {
    let begins = of.minute.max(day * DAY);
    let lag = 20.0 / part(dice) * (1.0 + 6.0 / (1.0 + appeal));
    let lag = if day > of.minute / DAY { lag + 200.0 + 400.0 * part(dice) } else { lag };
    begins + lag.min(1_400.0) as i64
}
