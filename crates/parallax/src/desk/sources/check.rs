//! Addresses of feeds → which of them can be read: side by side, each host at its pace, so that a slow or hostile one holds up no other.

use super::now;
use crate::desk::Entry;
use crate::fetch::{self, Body, Fetched, Fetcher, Unreached, Validators, Why};
use crate::limits::{FEED_BYTES, FETCHES_AT_ONCE, SILENCES_OF_A_HOST};
use crate::store::{Checked, Home, Rounds};
use anyhow::Result;
use parallax_core::feed;
use parallax_core::model::{Problem, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

/// A feed that can be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// Entries that it shows and a desk would take.
    pub entries: usize,
    /// What it is called.
    pub title: Option<String>,
    /// What it says it is written in.
    pub language: Option<String>,
    /// The page it stands for.
    pub site: Option<String>,
    /// Where it has moved for good.
    pub moved_to: Option<String>,
}

/// A feed that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failing {
    /// Why, in a word: what [`Why::word`] gives, or refused, gone, later, not a feed, empty, too large.
    pub why: &'static str,
    /// Why, and what to do.
    pub problem: Problem,
}

/// What a look at a feed gave.
pub type Look = Result<Seen, Failing>;

/// A feed that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// What it gave.
    pub look: Look,
}

fn failing(why: &'static str, url: &str, message: &str, remedy: &str) -> Failing {
    let problem = Problem {
        stage: Stage::Fetch,
        document: Some(url.to_owned()),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    };
    Failing { why, problem }
}

impl From<Unreached> for Failing {
    fn from(unreached: Unreached) -> Self {
        Failing { why: unreached.why.word(), problem: unreached.problem }
    }
}

/// What came, or why nothing did.
pub(super) fn body_of(url: &str, got: Result<Fetched, Unreached>) -> Result<Body, Failing> {
    match got? {
        Fetched::Page(body) => Ok(body),
        Fetched::Unchanged => Err(failing("later", url, "it says that nothing has changed", "it is asked again later")),
        Fetched::Gone => {
            let remedy = "`parallax sources add SITE` looks where it is now; `sources remove` takes it off the round";
            Err(failing("gone", url, "there is nothing at this address (any more)", remedy))
        }
        Fetched::Refused(why) => {
            let remedy =
                "the outlet does not want it read by programs; `parallax sources remove` takes it off the round";
            Err(failing("refused", url, &why, remedy))
        }
        Fetched::Later(_, why) => Err(failing("later", url, &why, "it is asked again later")),
    }
}

/// Is this a feed that a desk can read? Looked at aside: a feed may be large, and others wait.
pub(super) async fn seen(url: &str, body: Body) -> Look {
    let at = url.to_owned();
    let parsed = tokio::task::spawn_blocking(move || parsed(&at, &body)).await;
    parsed.unwrap_or_else(|_| {
        Err(failing("broken", url, "reading it broke off", "tell the makers of Parallax, with its address"))
    })
}

fn parsed(url: &str, body: &Body) -> Look {
    let large = || {
        let message = format!("it is larger than {FEED_BYTES} bytes, and what came of it is no feed");
        failing("too large", url, &message, "look whether its outlet has a shorter one")
    };
    let parsed = match feed::parse(&body.bytes) {
        Ok(parsed) => parsed,
        Err(_) if body.cut => return Err(large()),
        Err(problem) => {
            let problem = Problem { document: Some(url.to_owned()), ..problem };
            return Err(Failing { why: "not a feed", problem });
        }
    };
    let language = parsed.language.clone();
    let entries = parsed.entries.iter().filter(|entry| Entry::of(entry, language.as_deref()).is_some()).count();
    if entries == 0 {
        let remedy = "look whether its outlet has another; it is asked again later";
        return Err(if body.cut { large() } else { failing("empty", url, "it is a feed without entries", remedy) });
    }
    Ok(Seen { entries, title: parsed.title, language, site: parsed.link, moved_to: body.moved_to(url) })
}

/// Looks at a feed, no longer than `patience`.
pub async fn look(fetcher: &Fetcher, url: &str, patience: Duration) -> Look {
    match timeout(patience, fetcher.feed(url, &Validators::default(), FEED_BYTES)).await {
        Ok(got) => seen(url, body_of(url, got)?).await,
        Err(_) => Err(unanswered(url, patience)),
    }
}

pub(super) fn unanswered(url: &str, patience: Duration) -> Failing {
    let message = format!("no answer within {} seconds", patience.as_secs());
    failing(Why::Timeout.word(), url, &message, "it is asked again later")
}

/// Looks at feeds, those of one host one after the other; tells each as it comes, and gives all, in the order in which they came.
pub async fn check(
    fetcher: &Fetcher,
    urls: impl IntoIterator<Item = String>,
    patience: Duration,
    mut tell: impl FnMut(&Found),
) -> Vec<Found> {
    let mut hosts: BTreeMap<Option<String>, BTreeSet<String>> = BTreeMap::new();
    for url in urls {
        hosts.entry(fetch::host(&url)).or_default().insert(url);
    }
    let turns = Arc::new(Semaphore::new(FETCHES_AT_ONCE));
    let (give, mut given) = mpsc::unbounded_channel();
    let mut tasks = tokio::task::JoinSet::new();
    for feeds in hosts.into_values() {
        let (fetcher, turns, give) = (fetcher.clone(), Arc::clone(&turns), give.clone());
        tasks.spawn(async move { of_a_host(&fetcher, &turns, feeds, patience, &give).await });
    }
    drop(give);
    let mut all = Vec::new();
    while let Some(found) = given.recv().await {
        tell(&found);
        all.push(found);
    }
    all
}

async fn of_a_host(
    fetcher: &Fetcher,
    turns: &Semaphore,
    feeds: BTreeSet<String>,
    patience: Duration,
    give: &mpsc::UnboundedSender<Found>,
) {
    let mut silences = 0;
    for url in feeds {
        let look = if silences >= SILENCES_OF_A_HOST {
            let message =
                format!("its host left {silences} requests unanswered, so that it was not asked for this one");
            Err(failing(Why::Timeout.word(), &url, &message, "it is asked again later"))
        } else {
            // Whoever waits for a turn waits before its host's clock runs.
            let Ok(_turn) = turns.acquire().await else { return };
            look(fetcher, &url, patience).await
        };
        silences += usize::from(look.as_ref().is_err_and(|failing| failing.why == Why::Timeout.word()));
        if give.send(Found { url, look }).is_err() {
            return;
        }
    }
}

/// Nothing at all answered, and nothing shows that anybody could: this machine is offline, and of no feed anything is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offline;

/// Keeps what a look found: what answered is verified; what failed is, and rests where it is followed. Where nothing could be reached, nothing
/// is kept.
pub fn keep(home: &Home, found: &[Found], followed: &BTreeSet<&str>) -> Result<Result<(), Offline>> {
    let nobody = [Why::Dns, Why::Connection, Why::Timeout].map(Why::word);
    let hosts: BTreeSet<_> = found.iter().map(|found| fetch::host(&found.url)).collect();
    let nothing = found.iter().all(|found| found.look.as_ref().is_err_and(|failing| nobody.contains(&failing.why)));
    // One host alone may well be gone.
    if nothing && hosts.len() > 1 {
        return Ok(Err(Offline));
    }
    let rounds = Rounds::open(&home.reader())?;
    let now = now();
    for Found { url, look } in found {
        let is_followed = followed.contains(url.as_str());
        let checked = match look {
            Ok(seen) => {
                if is_followed {
                    rounds.found_well(url, now)?;
                }
                Checked { at: now, entries: Some(seen.entries as u64), ..Checked::default() }
            }
            Err(Failing { why, problem }) => {
                if is_followed {
                    let next = now.saturating_add(i64::try_from(fetch::rest(url.len() as u64 * 97).as_secs())?);
                    rounds.let_rest(url, &problem.message, false, now, next)?;
                }
                let said = Some(problem.message.clone());
                Checked { at: now, entries: None, why: Some((*why).to_owned()), said }
            }
        };
        // Where it has moved for good, it was read.
        for url in [Some(url), look.as_ref().ok().and_then(|seen| seen.moved_to.as_ref())].into_iter().flatten() {
            rounds.checked(url, &checked)?;
        }
    }
    Ok(Ok(()))
}
