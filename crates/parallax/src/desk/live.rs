//! A desk left running: feeds come due, their new entries and pages are logged, and stories form as the press comes in.

mod choose;
mod listings;
#[cfg(test)]
mod tests;

use super::entry::Entry;
use super::sources::arrivals;
use super::turns::Turns;
use super::{Desk, Keep, plain};
use crate::fetch::{Body, Fetched, Fetcher, Visit, is_to_rest, next_visit, rest};
use crate::limits::{ENTRIES_AT_ONCE, FEED_BYTES, FETCHES_AT_ONCE, HEARD_DAYS, KEPT_AT_ONCE, PAGES_A_DAY};
use crate::rank;
use crate::store::{Arrival, FeedState, Home, Kind, Meta, Press, Reader, Rounds, Seconds, Subscription};
use anyhow::{Context, Result};
use parallax_core::feed;
use parallax_core::limits::PAGE_BYTES;
use parallax_core::model::{Moment, Outlet, Problem, Stage};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

/// A story is compared when nothing has come for so long.
const CALM: Duration = Duration::from_millis(700);
/// Entries without a page are logged so many together.
const ENTRIES_LOGGED_AT_ONCE: usize = 32;
/// Between two looks at what is due.
const LOOK: Duration = Duration::from_millis(250);
/// When nothing has come for so long, what the grouper holds is written down: a kill after that costs the next start nothing.
const REST: Duration = Duration::from_secs(20);
/// Under this name taking up what was asked is under way; no address is called so.
const ASKED: &str = "";
/// Between two rounds of retention.
const RETAIN: Duration = Duration::from_secs(3_600);

/// What the owner decides of fetching.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Article pages a day.
    pub pages_a_day: u64,
    /// How often a feed or a news sitemap is visited at most; `None` leaves it to the schedule. For a press on this machine.
    pub every: Option<Duration>,
    /// A story is compared when nothing has come for a moment, or when it has waited so long all the same.
    pub patience: Duration,
    /// How long and how many pages are kept as they came.
    pub keep: Keep,
}

impl Default for Rules {
    fn default() -> Self {
        let patience = Duration::from_secs(10);
        Rules { pages_a_day: PAGES_A_DAY as u64, every: None, patience, keep: Keep::default() }
    }
}

/// What a visit of a feed saw.
#[derive(Default)]
struct Seen {
    new: u32,
    entries: usize,
    known: usize,
    /// When its entries were published.
    published: Vec<Seconds>,
}

/// One entry in so many may be pinned: old, and known for long.
const PINNED: usize = 8;

impl Seen {
    fn entry(&mut self, known: bool, published: Option<&str>) {
        self.entries += 1;
        self.known += usize::from(known);
        self.published.extend(published.and_then(|at| at.parse::<Moment>().ok()).map(|at| at.minutes() * 60));
    }

    /// Were so many of its entries known that none can have gone by between the last visit and this one?
    fn is_joined(&self) -> bool {
        self.known > 0 && self.known * PINNED >= self.entries
    }

    /// Since when it shows what is published: a quarter of its entries may be older, since some stay longer than others.
    fn since(&self) -> Option<Seconds> {
        let mut published = self.published.clone();
        published.sort_unstable();
        published.get(published.len() / 4).copied()
    }
}

/// What happens, for whoever looks on.
#[derive(Clone, Debug)]
pub enum Told {
    /// A feed was visited: how many entries were new, and whose it is where that is known.
    Visited(String, u32, Option<String>),
    /// A feed has moved for good, from here to there, and is followed there.
    Moved(String, String),
    /// So many changes were asked of the desk by another parallax, and are taken up.
    TakenUp(usize),
    /// Something went wrong, with a feed or page of this outlet where that is known.
    Problem(Problem, Option<String>),
    /// Articles were read and placed.
    Read,
    /// Stories were compared.
    Compared(u64),
}

/// What the tasks of a running desk share.
pub struct Live {
    fetcher: Fetcher,
    rules: watch::Receiver<Rules>,
    rounds: Mutex<Rounds>,
    press: Mutex<Press>,
    turns: Turns,
    keep: mpsc::Sender<(Vec<Arrival>, oneshot::Sender<()>)>,
    tell: mpsc::UnboundedSender<Told>,
}

/// Runs a desk until `stop` ends, by the rules as they stand at the time. What was logged by then is there at the next start; what was
/// being fetched comes again.
///
/// # Errors
/// The desk's files cannot be used any more.
pub async fn run(
    desk: Desk,
    fetcher: Fetcher,
    rules: watch::Receiver<Rules>,
    tell: mpsc::UnboundedSender<Told>,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let home = desk.home().clone();
    let (keep, kept) = mpsc::channel(FETCHES_AT_ONCE);
    let (told, by) = (tell.clone(), rules.clone());
    let reading = std::thread::Builder::new().name("desk".into()).spawn(move || read(desk, kept, &by, &told))?;
    let live = Arc::new(Live {
        fetcher,
        rules,
        rounds: Mutex::new(Rounds::open(&home.reader())?),
        press: Mutex::new(Press::open_to_read(&home.press())?),
        turns: Turns::new(),
        keep,
        tell,
    });
    let rounds = go_round(&live, &home);
    let result = tokio::select! {
        result = rounds => result,
        result = listings::go_round(&live, &home) => result,
        () = stop => Ok(()),
    };
    // The last sender goes, so that the reading ends when it is through with what came.
    drop(live);
    let read = tokio::task::spawn_blocking(move || reading.join()).await?;
    read.map_err(|_| anyhow::anyhow!("reading broke off"))?.and(result)
}

/// Logs what comes, reads it, compares in calm moments; until nobody sends any more.
fn read(
    mut desk: Desk,
    mut kept: mpsc::Receiver<(Vec<Arrival>, oneshot::Sender<()>)>,
    rules: &watch::Receiver<Rules>,
    tell: &mpsc::UnboundedSender<Told>,
) -> Result<()> {
    let mut waits: Option<Instant> = None;
    let mut last = Instant::now();
    let mut rested = Instant::now();
    let mut retained: Option<Instant> = None;
    loop {
        let mut ended = false;
        let mut came = 0;
        loop {
            match kept.try_recv() {
                Ok((arrivals, done)) => {
                    desk.keep(&arrivals)?;
                    // Whoever gave it may have gone meanwhile.
                    let _ = done.send(());
                    came += arrivals.len();
                }
                Err(mpsc::error::TryRecvError::Empty) => break,
                Err(mpsc::error::TryRecvError::Disconnected) => {
                    ended = true;
                    break;
                }
            }
            if came >= KEPT_AT_ONCE {
                break;
            }
        }
        let read = desk.apply(&mut |_, _, _| {})?;
        tell_problems(&mut desk, tell);
        if read > 0 {
            last = Instant::now();
            waits.get_or_insert(last);
            let _ = tell.send(Told::Read);
        }
        let due = waits.is_some_and(|since| last.elapsed() >= CALM || since.elapsed() >= rules.borrow().patience);
        if ended && waits.is_some() {
            let _ = tell.send(Told::Compared(desk.compare(&mut |_, _, _| {})?));
            waits = None;
        } else if due {
            let (compared, more) = desk.compare_for(CALM)?;
            let _ = tell.send(Told::Compared(compared));
            tell_problems(&mut desk, tell);
            waits = waits.filter(|_| more);
        }
        if waits.is_none() && rested < last && last.elapsed() >= REST {
            desk.rest()?;
            rested = Instant::now();
        }
        if retained.is_none_or(|at| at.elapsed() >= RETAIN) {
            let keep = rules.borrow().keep;
            desk.retain(keep)?;
            retained = Some(Instant::now());
        }
        if ended {
            return desk.close();
        }
        if came == 0 {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Tells of what could not be read or compared.
fn tell_problems(desk: &mut Desk, tell: &mpsc::UnboundedSender<Told>) {
    for problem in desk.problems() {
        let _ = tell.send(Told::Problem(problem, None));
    }
}

/// Articles of which only a feed has told and whose pages are wanted: first what somebody opened, then what several outlets tell, then what
/// a front page tells of.
fn wanted(reader: &Reader, rounds: &Rounds) -> Result<Vec<String>> {
    let mut wanted = Vec::new();
    for id in rounds.all_opened()? {
        match reader.is_entry(&id)? {
            Some(true) => wanted.push(id),
            _ => rounds.not_opened(&id)?,
        }
    }
    wanted.extend(reader.wanting_pages(FETCHES_AT_ONCE)?);
    let newest = reader.newest()?.unwrap_or(0);
    let mut front = reader.shelf("news", newest - rank::WINDOW_MINUTES, rank::WEIGHED)?;
    rank::rank(&mut front, newest);
    for story in front.iter().take(rank::TOLD) {
        wanted.extend(reader.entries_of(&story.id)?);
    }
    let mut seen = std::collections::BTreeSet::new();
    wanted.retain(|id| seen.insert(id.clone()));
    wanted.truncate(FETCHES_AT_ONCE);
    Ok(wanted)
}

/// Looks again and again what is due, and sends for it.
async fn go_round(live: &Arc<Live>, home: &Home) -> Result<()> {
    let mut tasks: JoinSet<Result<()>> = JoinSet::new();
    let mut busy = std::collections::BTreeSet::new();
    let mut subscriptions: Vec<Subscription> = Vec::new();
    let mut looked: Option<Instant> = None;
    let (done, mut finished) = mpsc::unbounded_channel::<String>();
    loop {
        if looked.is_none_or(|at| at.elapsed() >= Duration::from_secs(5)) {
            subscriptions = live.press().subscriptions()?;
            let urls: Vec<String> = subscriptions.iter().map(|s| s.url.clone()).collect();
            live.rounds().follow(&urls, now())?;
            looked = Some(Instant::now());
            // Taken before the loop: what holds the rounds is let go of.
            let keys = wanted(&Reader::open(home)?, &live.rounds())?;
            for key in keys {
                // The budget is given in this order, before any of them is under way.
                let may = live.rounds().may_try(&key, now())? && !busy.contains(&key);
                if may && live.rounds().take_page(now(), live.pages_a_day())? {
                    busy.insert(key.clone());
                    let (live, done) = (Arc::clone(live), done.clone());
                    tasks.spawn(async move {
                        let filled = live.fill_in(&key).await;
                        let _ = done.send(key);
                        filled
                    });
                }
            }
        }
        while let Ok(url) = finished.try_recv() {
            // What was asked is in the log: it is looked at what is followed now.
            looked = looked.filter(|_| url != ASKED);
            busy.remove(&url);
        }
        if live.rounds().is_asked()? && busy.insert(ASKED.to_owned()) {
            let (live, done) = (Arc::clone(live), done.clone());
            tasks.spawn(async move {
                let taken = live.take_up().await;
                let _ = done.send(ASKED.to_owned());
                taken
            });
        }
        while let Some(ended) = tasks.try_join_next() {
            ended.context("a visit broke off")??;
        }
        // Those that are under way are still due: they must not hide who comes after them.
        for state in live.rounds().due(now(), FETCHES_AT_ONCE + busy.len())? {
            let Some(subscription) = subscriptions.iter().find(|s| s.url == state.url) else { continue };
            if !busy.insert(state.url.clone()) {
                continue;
            }
            let (live, subscription, done) = (Arc::clone(live), subscription.clone(), done.clone());
            let url = state.url.clone();
            tasks.spawn(async move {
                let visited = live.visit(state, &subscription).await;
                let _ = done.send(url);
                visited
            });
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Live {
    fn rounds(&self) -> MutexGuard<'_, Rounds> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pages_a_day(&self) -> u64 {
        self.rules.borrow().pages_a_day
    }

    fn press(&self) -> MutexGuard<'_, Press> {
        self.press.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Visits a feed: takes in what is new, then notes when to come again. An end in between costs nothing: the next visit finds
    /// the same entries, and those that were logged are known.
    async fn visit(&self, mut state: FeedState, subscription: &Subscription) -> Result<()> {
        let turn = self.turns.take(&state.url).await?;
        let got = self.fetcher.feed(&state.url, &state.validators, FEED_BYTES).await;
        drop(turn);
        state.tried = Some(now());
        let mut moved = None;
        let visit = match got {
            Ok(Fetched::Page(body)) => match self.take_in(&body, subscription).await? {
                Ok(seen) => {
                    moved = body.moved_to(&state.url);
                    state.validators = body.validators;
                    self.covered(&state.url, seen.since().unwrap_or_else(now), !seen.is_joined())?;
                    self.answered(&mut state, subscription, seen.new)
                }
                Err(problem) => self.failed(&mut state, subscription, problem, None),
            },
            Ok(Fetched::Unchanged) => {
                self.covered(&state.url, now(), false)?;
                self.answered(&mut state, subscription, 0)
            }
            Ok(Fetched::Gone) => {
                let visit = self.failed(
                    &mut state,
                    subscription,
                    self.problem(&subscription.url, "there is no feed any more"),
                    None,
                );
                state.rest(now(), "there is no feed any more", false);
                visit
            }
            Ok(Fetched::Refused(why)) => {
                self.failed(&mut state, subscription, self.problem(&subscription.url, &why), None)
            }
            Ok(Fetched::Later(when, why)) => {
                self.failed(&mut state, subscription, self.problem(&subscription.url, &why), when)
            }
            Err(unreached) => self.failed(&mut state, subscription, unreached.problem, None),
        };
        let dice = dice(&state.url, now());
        let (interval, wait) = next_visit(state.interval, visit, state.failures, dice);
        state.interval = Some(interval);
        let wait = if state.rested.is_some() { wait.max(rest(dice)) } else { wait };
        let wait = self.rules.borrow().every.map_or(wait, |every| every.min(wait));
        state.next = now() + i64::try_from(wait.as_secs().max(1))?;
        self.rounds().visited(&state)?;
        match moved {
            Some(to) => self.moved(&state.url, &to, subscription).await,
            None => Ok(()),
        }
    }

    /// Logs what was asked of this desk while it is at work, in the order in which it was asked.
    async fn take_up(&self) -> Result<()> {
        let (numbers, words) = self.rounds().asked()?;
        if words.len() < numbers.len() {
            let ill = self.problem("reader.db", "a change that was asked of the desk cannot be read");
            let _ = self.tell.send(Told::Problem(Problem { remedy: "ask for it again".to_owned(), ..ill }, None));
        }
        self.log(arrivals(words.iter())?).await?;
        self.rounds().took(&numbers)?;
        let _ = self.tell.send(Told::TakenUp(words.len()));
        Ok(())
    }

    /// Takes over the new address of a feed that has moved for good: what followed the old one follows the new one.
    async fn moved(&self, from: &str, to: &str, subscription: &Subscription) -> Result<()> {
        let word = super::subscription(from, subscription.outlet.as_ref(), false)?;
        let first = subscription.moved_from.clone().unwrap_or_else(|| from.to_owned());
        let there = Subscription { url: to.to_owned(), at: word.at, moved_from: Some(first), ..subscription.clone() };
        self.log(vec![word.arrival()?, there.arrival()?]).await?;
        self.rounds().moved(from, to)?;
        let _ = self.tell.send(Told::Moved(from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Notes since when a feed that answered shows what its outlet publishes.
    fn covered(&self, url: &str, since: Seconds, is_gap: bool) -> Result<()> {
        let days = i64::try_from(HEARD_DAYS)?;
        self.rounds().covered(url, since.min(now()), now(), is_gap, now() - (days + 2) * 86_400)
    }

    fn answered(&self, state: &mut FeedState, subscription: &Subscription, new: u32) -> Visit {
        state.answered = state.tried;
        state.failures = 0;
        state.said = None;
        state.entries += u64::from(new);
        if !state.rested_by_hand {
            state.wake();
        }
        let _ = self.tell.send(Told::Visited(state.url.clone(), new, named(subscription.outlet.as_ref())));
        Visit::New(new)
    }

    fn failed(
        &self,
        state: &mut FeedState,
        subscription: &Subscription,
        problem: Problem,
        when: Option<Duration>,
    ) -> Visit {
        state.failures += 1;
        state.said = Some(problem.message.clone());
        if is_to_rest(state.failures) {
            state.rest(now(), &problem.message, false);
        }
        let _ = self.tell.send(Told::Problem(problem, named(subscription.outlet.as_ref())));
        Visit::Failed(when)
    }

    fn problem(&self, url: &str, message: &str) -> Problem {
        Problem {
            stage: Stage::Fetch,
            document: Some(url.to_owned()),
            message: message.to_owned(),
            remedy: "it is tried again later; `parallax unsubscribe` takes it off the round".to_owned(),
        }
    }

    /// A feed's body → its new entries, each with its page where that may be had; all logged when this returns.
    async fn take_in(&self, body: &Body, subscription: &Subscription) -> Result<Result<Seen, Problem>> {
        let parsed = match feed::parse(&body.bytes) {
            Ok(parsed) => parsed,
            Err(problem) => return Ok(Err(Problem { document: Some(subscription.url.clone()), ..problem })),
        };
        self.rounds().heard(&subscription.url, now())?;
        let mut seen = Seen::default();
        let mut waiting = Vec::new();
        // The oldest first, as they came about.
        for entry in parsed.entries.iter().take(ENTRIES_AT_ONCE).rev() {
            let Some(entry) = Entry::of(entry, parsed.language.as_deref()) else { continue };
            let key = plain(&entry.url);
            let known = self.press().known_as(&key)?;
            let (known, key) = (known.is_some(), known.unwrap_or(key));
            seen.entry(known, entry.published.as_deref());
            let changed = entry.updated.as_deref().or(entry.published.as_deref());
            if known && !self.is_newer(&key, changed)? {
                continue;
            }
            let arrival = self.arrival(&key, &entry, subscription).await?;
            if let Some(arrival) = arrival {
                seen.new += u32::from(!known);
                // A page cost its host something: it is logged at once.
                let page = arrival.kind == Kind::Page;
                waiting.push(arrival);
                if page || waiting.len() >= ENTRIES_LOGGED_AT_ONCE {
                    self.log(std::mem::take(&mut waiting)).await?;
                }
            }
        }
        if !waiting.is_empty() {
            self.log(waiting).await?;
        }
        Ok(Ok(seen))
    }

    /// Does the feed say that an article which is here was changed since it came?
    fn is_newer(&self, key: &str, changed: Option<&str>) -> Result<bool> {
        let Some(changed) = changed else { return Ok(false) };
        let had = self.press().meta_of(key)?.and_then(|meta| meta.changed);
        Ok(had.is_some_and(|had| had.as_str() < changed))
    }

    /// An entry's page where robots.txt, the day's budget and the host allow it, else the entry alone. When half the day's pages are
    /// gone, the rest is kept for stories that several outlets tell.
    async fn arrival(&self, key: &str, entry: &Entry, subscription: &Subscription) -> Result<Option<Arrival>> {
        let meta = Meta {
            outlet: subscription.outlet.clone(),
            changed: entry.updated.clone().or_else(|| entry.published.clone()),
            published: entry.published.clone(),
            ..Meta::default()
        };
        let scarce = self.rounds().pages_of(now())? * 2 >= self.pages_a_day();
        let got = if scarce { Err(None) } else { self.page(key, &entry.url, &meta).await? };
        Ok(Some(match got {
            Ok(page) => page,
            Err(problem) => Arrival {
                kind: Kind::Entry,
                key: key.to_owned(),
                bytes: serde_json::to_vec(entry)?,
                meta: Meta { problems: problem.into_iter().collect(), ..meta },
            },
        }))
    }

    /// A page, or why there is none; no reason where it may not be tried now.
    async fn page(&self, key: &str, url: &str, meta: &Meta) -> Result<Result<Arrival, Option<Problem>>> {
        if !self.rounds().may_try(key, now())? || !self.rounds().take_page(now(), self.pages_a_day())? {
            return Ok(Err(None));
        }
        self.granted_page(key, url, meta).await
    }

    /// A page that the day's budget has room for.
    async fn granted_page(&self, key: &str, url: &str, meta: &Meta) -> Result<Result<Arrival, Option<Problem>>> {
        let turn = self.turns.take(url).await?;
        let got = self.fetcher.page(url, PAGE_BYTES).await;
        drop(turn);
        let problem = match got {
            Ok(Fetched::Page(body)) if is_text(&body.media_type) => {
                let cut = body.cut.then(|| self.problem(url, &format!("only its first {PAGE_BYTES} bytes were read")));
                let plain = body.media_type == "text/plain";
                let problems = cut.into_iter().collect();
                let meta = Meta { url: Some(body.url), plain, charset: body.charset, problems, ..meta.clone() };
                return Ok(Ok(Arrival { kind: Kind::Page, key: key.to_owned(), bytes: body.bytes, meta }));
            }
            Ok(Fetched::Page(body)) => self.problem(url, &format!("it is {}, no page", body.media_type)),
            Ok(Fetched::Unchanged) => return Ok(Err(None)),
            Ok(Fetched::Gone) => self.problem(url, "there is no such page (any more)"),
            Ok(Fetched::Refused(why) | Fetched::Later(_, why)) => self.problem(url, &why),
            Err(unreached) => unreached.problem,
        };
        self.rounds().page_failed(key, now())?;
        let _ = self.tell.send(Told::Problem(problem.clone(), named(meta.outlet.as_ref())));
        Ok(Err(Some(problem)))
    }

    /// Fetches the page of an article of which only a feed has told, and for which there is room in the day's budget.
    async fn fill_in(&self, key: &str) -> Result<()> {
        let meta = self.press().meta_of(key)?.unwrap_or_default();
        let meta = Meta { problems: Vec::new(), ..meta };
        match self.granted_page(key, key, &meta).await? {
            Ok(page) => self.log(vec![page]).await,
            Err(_) => Ok(()),
        }
    }

    /// Has arrivals logged, and waits until they are.
    async fn log(&self, arrivals: Vec<Arrival>) -> Result<()> {
        let (done, logged) = oneshot::channel();
        self.keep.send((arrivals, done)).await.map_err(|_| anyhow::anyhow!("the desk has ended"))?;
        logged.await.context("the desk has ended")
    }
}

/// What an outlet is called.
fn named(outlet: Option<&Outlet>) -> Option<String> {
    outlet.and_then(|outlet| outlet.name.clone().or_else(|| outlet.domain.clone()))
}

fn is_text(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml" | "text/plain" | "")
}

fn now() -> Seconds {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    i64::try_from(now).unwrap_or(i64::MAX)
}

/// Any number, but another for another feed or time.
fn dice(url: &str, now: Seconds) -> u64 {
    url.bytes()
        .chain(now.to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
