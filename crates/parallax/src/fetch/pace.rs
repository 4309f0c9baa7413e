//! Hosts → whose turn it is: one request at a time, and a rest between two, so that no host is pressed and none waits for another.

use crate::limits::{HOSTS_REMEMBERED, LONGEST_CRAWL_DELAY_SECONDS};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Turns, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};

/// Between two requests to a host that asks for nothing else.
const REST: Duration = Duration::from_millis(500);

/// When a host may be asked next.
type Next = Arc<Turns<Instant>>;

/// The pace of every host.
#[derive(Default)]
pub(super) struct Pace {
    hosts: Mutex<BTreeMap<String, (Next, Duration)>>,
    /// No rest: for hosts on this machine.
    pub(super) hurry: std::sync::atomic::AtomicBool,
}

/// A host's turn: while it is held, no other request goes there. When it is let go, the host rests.
pub(super) struct Turn {
    next: OwnedMutexGuard<Instant>,
    rest: Duration,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.next = Instant::now() + self.rest;
    }
}

impl Pace {
    /// Waits for a host's turn.
    pub(super) async fn turn(&self, host: &str) -> Turn {
        let (next, rest) = self.of(host, None);
        let next = next.lock_owned().await;
        sleep_until(*next).await;
        let hurry = self.hurry.load(std::sync::atomic::Ordering::Relaxed);
        Turn { next, rest: if hurry { Duration::ZERO } else { rest } }
    }

    /// Gives a host a longer rest, as it asks for; no longer than a bound.
    pub(super) fn slow_down(&self, host: &str, rest: Duration) {
        self.of(host, Some(rest.clamp(REST, Duration::from_secs(LONGEST_CRAWL_DELAY_SECONDS as u64))));
    }

    fn of(&self, host: &str, rest: Option<Duration>) -> (Next, Duration) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS_REMEMBERED && !hosts.contains_key(host) {
            // Those that nobody waits for and that have rested need not be remembered.
            hosts.retain(|_, (next, _)| {
                Arc::strong_count(next) > 1 || next.try_lock().is_ok_and(|at| *at > Instant::now())
            });
        }
        let entry = hosts.entry(host.to_owned()).or_insert_with(|| (Arc::new(Turns::new(Instant::now())), REST));
        if let Some(rest) = rest {
            entry.1 = rest;
        }
        (Arc::clone(&entry.0), entry.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_rest_no_more_are_forgotten_when_there_are_too_many() {
        let pace = Pace::default();
        for n in 0..=HOSTS_REMEMBERED {
            drop(pace.of(&format!("h{n}.example"), None));
        }
        let hosts = pace.hosts.lock().expect("not poisoned").len();
        assert!(hosts <= HOSTS_REMEMBERED, "{hosts}");
        assert!(hosts >= 1, "the newest is remembered");
    }

    #[test]
    fn a_host_rests_as_long_as_it_asks_within_a_bound() {
        let pace = Pace::default();
        let rest = |asked: u64| {
            pace.slow_down("gazette.example", Duration::from_secs(asked));
            pace.of("gazette.example", None).1
        };
        let longest = LONGEST_CRAWL_DELAY_SECONDS as u64;
        assert_eq!(rest(longest), Duration::from_secs(longest));
        assert_eq!(rest(longest + 1), Duration::from_secs(longest));
        assert_eq!(rest(0), REST, "never less than everybody's");
    }
}
