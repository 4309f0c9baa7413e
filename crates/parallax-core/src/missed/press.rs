//! When an outlet's feeds were read → how much of what it may have published of a story could be seen.

use super::{Outlet, Stretch};

const DAY: i64 = 1_440;
/// An outlet that publishes so much a day, and on one day nothing, was not seen that day: its feed stood still.
const STEADY: u64 = 3;
/// What is told of an article that only its feed tells of is taken for what it is half as often.
const HEADLINE: u32 = 500;

/// Ends of the spans of time in which reports of a story come in, in minutes from when it had become widely told.
pub const LATER: [i64; 7] = [0, 180, 360, 720, 1_440, 2_880, 5_760];
/// How many of a thousand reports come in each, before anything was learnt; as strong as so many reports.
const USUAL: [u64; 7] = [250, 180, 130, 160, 160, 90, 30];
const USUAL_STRENGTH: u64 = 200;

/// What share of reports comes in each span, in thousandths.
#[derive(Clone, Debug)]
pub struct Pace([u64; 7]);

impl Pace {
    /// From how many reports came in each span.
    pub fn learn(reports: [u64; 7]) -> Self {
        let of = USUAL_STRENGTH + reports.iter().sum::<u64>();
        let mut share = [0; 7];
        for (share, (seen, usual)) in share.iter_mut().zip(reports.iter().zip(USUAL)) {
            *share = (1_000 * seen + usual * USUAL_STRENGTH) / of;
        }
        Pace(share)
    }

    /// Of reports of a story that had become widely told so long ago, how many have come in.
    pub fn arrived(&self, minutes: i64) -> u32 {
        let mut from = 0;
        let mut share = self.0[0];
        for (to, part) in LATER.iter().zip(self.0).skip(1) {
            let past = (minutes - from).clamp(0, to - from);
            share += part * past.unsigned_abs() / (to - from).unsigned_abs();
            from = *to;
        }
        u32::try_from(share.min(1_000)).unwrap_or(1_000)
    }
}

/// Where a report stands among the spans; `None` where it came later than any.
pub fn span(minutes: i64) -> Option<usize> {
    LATER.iter().position(|end| minutes <= *end)
}

/// An outlet's stretches, without the days on which its feed stood still.
pub struct Sight {
    stretches: Vec<Stretch>,
    /// Of its output in that time, in thousandths.
    part: u32,
    /// Is it known what its feeds carry?
    pub is_known: bool,
}

impl Sight {
    pub fn of(outlet: &Outlet, now: i64) -> Self {
        let mut stretches = Vec::with_capacity(outlet.covered.len());
        let published: u64 = outlet.days.values().map(|n| u64::from(*n)).sum();
        let first = outlet.days.keys().next().copied();
        let last = outlet.days.keys().next_back().copied();
        let of = first.zip(last).map_or(0, |(first, last)| (last - first + 1).unsigned_abs());
        let is_steady = of > 0 && published >= STEADY * of;
        for stretch in &outlet.covered {
            let mut from = stretch.from;
            let still = |day: i64| is_steady && first.is_some_and(|f| day > f) && !outlet.days.contains_key(&day);
            for day in stretch.from.div_euclid(DAY)..=stretch.to.div_euclid(DAY) {
                // A day that is not over may yet bring something, unless the one before it brought nothing either.
                let is_over = (day + 1) * DAY <= now;
                if still(day) && (is_over || still(day - 1)) {
                    stretches.push(Stretch { from, to: (day * DAY).min(stretch.to) });
                    from = ((day + 1) * DAY).max(stretch.from);
                }
            }
            stretches.push(Stretch { from, to: stretch.to });
        }
        stretches.retain(|s| s.from < s.to);
        stretches.sort();
        let legible = outlet.legible.min(1_000);
        let read = legible + (1_000 - legible) * HEADLINE / 1_000;
        let part = outlet.carried.unwrap_or(1_000).min(1_000) * read / 1_000;
        Sight { stretches, part, is_known: outlet.carried.is_some() }
    }

    /// The share of a time in which it could be seen.
    pub fn covered(&self, from: i64, to: i64) -> u32 {
        if to <= from {
            return 0;
        }
        let first = self.stretches.partition_point(|s| s.to <= from);
        let within = self.stretches[first..].iter().take_while(|s| s.from < to);
        let minutes: i64 = within.map(|s| (s.to.min(to) - s.from.max(from)).max(0)).sum();
        u32::try_from(minutes.min(to - from) * 1_000 / (to - from)).unwrap_or(0)
    }

    /// The share of its output of a time that could be seen.
    pub fn seen(&self, from: i64, to: i64) -> u32 {
        self.covered(from, to) * self.part / 1_000
    }

    /// The chance that its report of a story would have been seen by now, in thousandths: in each span of time as many reports come in
    /// as usually do, and those are seen that came while its feeds were read.
    pub fn would_show(&self, first: i64, widely: i64, pace: &Pace) -> u32 {
        let mut from = first.min(widely - 60);
        let mut share = 0;
        for (later, part) in LATER.iter().zip(pace.0) {
            let to = widely + later;
            share += part * u64::from(self.covered(from, to));
            from = to;
        }
        u32::try_from(share / 1_000 * u64::from(self.part) / 1_000).unwrap_or(1_000).min(1_000)
    }

    /// Since when it is read.
    pub fn since(&self) -> Option<i64> {
        self.stretches.first().map(|s| s.from)
    }
}
