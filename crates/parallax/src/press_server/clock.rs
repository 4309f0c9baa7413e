//! Time that passes here → time that passes in the sample press, so many times faster.

use jiff::{SignedDuration, Timestamp};
use std::time::{Duration, Instant};

/// Tells the press's time. It begins to run when it is made.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    from: Timestamp,
    started: Instant,
    speed: u32,
}

impl Clock {
    /// Begins at `from`; `speed` seconds pass there in one second here, so that at 6,912 four days take 50 seconds.
    pub fn starting_at(from: Timestamp, speed: u32) -> Self {
        Clock { from, started: Instant::now(), speed }
    }

    /// What time it is there.
    pub fn now(&self) -> Timestamp {
        self.after(self.started.elapsed())
    }

    /// How long it takes here until it is `moment` there; no time at all where that has passed, and `None` where it never comes.
    pub fn until(&self, moment: Timestamp) -> Option<Duration> {
        let there = Duration::try_from(moment.duration_since(self.from)).unwrap_or_default();
        there.checked_div(self.speed)
    }

    /// Far off, time stands still.
    fn after(&self, elapsed: Duration) -> Timestamp {
        let there = SignedDuration::try_from(elapsed.saturating_mul(self.speed)).unwrap_or(SignedDuration::MAX);
        self.from.checked_add(there).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_days_pass_in_fifty_seconds() {
        let from: Timestamp = "2026-03-02T00:00:00Z".parse().unwrap();
        let clock = Clock::starting_at(from, 6_912);
        let seconds = |n| clock.after(Duration::from_secs(n)).to_string();
        assert_eq!(seconds(0), "2026-03-02T00:00:00Z");
        assert_eq!(seconds(25), "2026-03-04T00:00:00Z");
        assert_eq!(seconds(50), "2026-03-06T00:00:00Z");
        assert_eq!(clock.after(Duration::MAX), Timestamp::MAX);
        assert_eq!(clock.until("2026-03-06T00:00:00Z".parse().unwrap()), Some(Duration::from_secs(50)));
        assert_eq!(clock.until("2026-03-01T00:00:00Z".parse().unwrap()), Some(Duration::ZERO));
        assert!(clock.now() >= from);
    }
}
