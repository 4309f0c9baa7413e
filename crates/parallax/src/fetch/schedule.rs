//! How a feed's visits went → when to come again: sooner where much is new, later where nothing is, with jitter, and backing off from failures.

use crate::limits::{FAILURES_UNTIL_REST, REST_HOURS};
use std::time::Duration;

/// No feed is visited more often, whatever it brings…
const SHORTEST: u64 = 5 * 60;
/// …nor less often than this, unless its host asks for it.
const LONGEST: u64 = 6 * 3_600;
/// Where a feed begins.
const FIRST: u64 = 20 * 60;
/// A host may ask us to stay away so long (`Retry-After`), no longer.
const LONGEST_ASKED: u64 = 24 * 3_600;

/// How a visit went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visit {
    /// So many entries were new.
    New(u32),
    /// Nothing answered, or an error did; perhaps it said when to come again.
    Failed(Option<Duration>),
}

/// The interval until the next visit, and what it is to count as then: (interval to remember, time to wait). `before`: the interval
/// remembered, none at first; `failures`: visits that failed in a row, this one included; `dice`: any number.
pub fn next_visit(before: Option<Duration>, visit: Visit, failures: u32, dice: u64) -> (Duration, Duration) {
    let before = before.map_or(FIRST, |b| b.as_secs().clamp(SHORTEST, LONGEST));
    let (remember, wait) = match visit {
        // A feed shows its last ten to fifty entries: more than a handful new at once means that some may be missed.
        Visit::New(0) => (before * 3 / 2, before * 3 / 2),
        Visit::New(1..=3) => (before, before),
        Visit::New(_) => (before / 2, before / 2),
        Visit::Failed(asked) => {
            let back_off = before << failures.min(6);
            let asked = asked.map_or(0, |a| a.as_secs().min(LONGEST_ASKED));
            (before, back_off.min(LONGEST).max(asked))
        }
    };
    let remember = remember.clamp(SHORTEST, LONGEST);
    let wait = wait.clamp(SHORTEST, LONGEST_ASKED);
    // Up to a tenth more, so that feeds that began together do not stay together.
    let jitter = dice % (wait / 10).max(1);
    (Duration::from_secs(remember), Duration::from_secs(wait + jitter))
}

/// How long a feed that rests is left alone; `dice`: any number. Up to a tenth more, so that those that rest do not come all at once.
pub fn rest(dice: u64) -> Duration {
    let rest = REST_HOURS as u64 * 3_600;
    Duration::from_secs(rest + dice % (rest / 10))
}

/// Has a feed failed so often in a row that it had better rest?
pub fn is_to_rest(failures: u32) -> bool {
    failures as usize >= FAILURES_UNTIL_REST
}
