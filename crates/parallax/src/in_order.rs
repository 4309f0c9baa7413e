//! Items and a function → its results in the order of the items, computed on several threads, never many at once.

use crate::limits::{IN_FLIGHT, STACK_BYTES};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{channel, sync_channel};
use std::thread;

/// Threads to use where nobody said how many.
pub fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Calls `work` on every item, on `threads` threads with large stacks, and `take` on each result, in the order of the items and as
/// soon as those before it are done. At most `IN_FLIGHT` items a thread are between their reading and their taking.
///
/// # Errors
/// The first error of `take`, after which nothing more is taken; or that no thread could be started.
pub fn in_order<T: Send, R: Send>(
    threads: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let flight = threads * IN_FLIGHT;
    let (permit, permits) = sync_channel::<()>(flight);
    let (ask, asked) = sync_channel::<(usize, T)>(flight);
    let (answer, answers) = channel::<(usize, R)>();
    let asked = Mutex::new(asked);
    let (asked, work) = (&asked, &work);
    thread::scope(|scope| {
        // Dropped when this closure ends, so that the feeder ends where an error stops the taking.
        let permits = permits;
        for _ in 0..threads {
            let answer = answer.clone();
            let worker = move || {
                loop {
                    // The lock is held while waiting for an item, not while working on it.
                    let next = asked.lock().map(|asked| asked.recv());
                    let Ok(Ok((index, item))) = next else { break };
                    if answer.send((index, work(item))).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, worker)?;
        }
        drop(answer);
        let feeder = move || {
            for asking in items.enumerate() {
                if permit.send(()).is_err() || ask.send(asking).is_err() {
                    break;
                }
            }
        };
        thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, feeder)?;
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (index, result) in answers {
            early.insert(index, result);
            while let Some(result) = early.remove(&next) {
                take(result)?;
                next += 1;
                // One more may be read. The feeder may be through already.
                let _ = permits.recv();
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_takes_longest() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let slow_when_even = |n: u64| {
                thread::sleep(std::time::Duration::from_millis(if n.is_multiple_of(2) { 3 } else { 0 }));
                n * n
            };
            in_order(threads, 0..40, slow_when_even, |n| {
                seen.push(n);
                Ok(())
            })
            .expect("runs");
            assert_eq!(seen, (0..40).map(|n| n * n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn few_are_in_flight_and_an_error_stops_the_reading() {
        let read = std::sync::atomic::AtomicUsize::new(0);
        let items = (0..10_000).inspect(|_| {
            read.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        });
        let mut taken = 0;
        let result = in_order(
            2,
            items,
            |n| n,
            |_| {
                taken += 1;
                anyhow::ensure!(taken < 5, "enough");
                Ok(())
            },
        );
        assert_eq!(result.expect_err("stops").to_string(), "enough");
        let read = read.load(std::sync::atomic::Ordering::SeqCst);
        assert!(read <= 5 + 2 * IN_FLIGHT + 2, "{read} were read");
    }
}
