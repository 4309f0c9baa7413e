//! Words on feeds → in the log; where another parallax is at work in the folder, handed to it, so that its desk takes them up.

use super::now;
use crate::desk::Desk;
use crate::fetch;
use crate::store::{Arrival, Home, Press, Rounds, Subscription};
use anyhow::Result;
use std::time::{Duration, Instant};

/// What became of words on feeds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handed {
    /// They are in the log.
    Logged,
    /// The desk at work has taken them up.
    TakenUp,
    /// They wait: whoever is at work takes up nothing just now. The next desk that runs does, or the next change.
    Waits,
}

/// Between two looks whether a desk has taken up what it was asked.
const LOOK: Duration = Duration::from_millis(50);

/// Has words on feeds logged, all or none. Where another parallax is at work, it is asked to, and waited for no longer than `patience`.
///
/// # Errors
/// The folder cannot be used.
pub fn change(home: &Home, words: &[Subscription], patience: Duration) -> Result<Handed> {
    if log(home, words)? {
        return Ok(Handed::Logged);
    }
    let mut rounds = Rounds::open(&home.reader())?;
    let number = rounds.ask_desk(words)?;
    let since = Instant::now();
    loop {
        if !rounds.waits(number)? {
            return Ok(Handed::TakenUp);
        }
        // Whoever was at work may have ended in between: then it is done here.
        if log(home, &[])? {
            return Ok(Handed::Logged);
        }
        if since.elapsed() >= patience {
            return Ok(Handed::Waits);
        }
        std::thread::sleep(LOOK);
    }
}

/// Logs what waits, then these words; `false` where another parallax is at work.
fn log(home: &Home, words: &[Subscription]) -> Result<bool> {
    let Some(lock) = home.try_lock()? else { return Ok(false) };
    let mut rounds = Rounds::open(&home.reader())?;
    let (numbers, waiting) = rounds.asked()?;
    let arrivals = arrivals(waiting.iter().chain(words))?;
    if home.desk().exists() {
        // A word on a feed is nothing to be read: the log is all that has to be opened.
        Press::open(&home.press())?.append(&arrivals)?;
    } else {
        // Here it begins.
        drop(lock);
        let mut desk = Desk::open(home.clone(), 1, &mut |_, _, _| {})?;
        desk.keep(&arrivals)?;
        desk.apply(&mut |_, _, _| {})?;
        desk.close()?;
    }
    rounds.took(&numbers)?;
    Ok(true)
}

/// As the log takes them. The same words again are the same records: a kill between log and list costs nothing.
pub fn arrivals<'a>(words: impl Iterator<Item = &'a Subscription>) -> Result<Vec<Arrival>> {
    words.map(Subscription::arrival).collect()
}

/// Lets feeds rest, because their owner says so.
pub fn rest(home: &Home, urls: &[String], why: &str) -> Result<()> {
    let rounds = Rounds::open(&home.reader())?;
    for url in urls {
        let next = now().saturating_add(i64::try_from(fetch::rest(0).as_secs())?);
        rounds.let_rest(url, why, true, now(), next)?;
    }
    Ok(())
}

/// Has feeds asked as every other again, now.
pub fn resume(home: &Home, urls: &[String]) -> Result<()> {
    let rounds = Rounds::open(&home.reader())?;
    urls.iter().try_for_each(|url| rounds.resume(url, now()))
}
