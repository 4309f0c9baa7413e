//! What changes in a desk → pages that are stale by it, and word to those who have one open (server-sent events).

use super::Site;
use super::kept::Name;
use crate::limits::STORY_TAKES;
use crate::store::{Reader, key};
use anyhow::Result;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;

/// Between two looks at what changed.
const LOOK: Duration = Duration::from_millis(300);
/// Changes taken note of at once; after more than these everything is stale.
const AT_ONCE: usize = 2_000;
/// Words that wait for a slow reader; who falls behind further is told to look at everything.
pub const WAITING: usize = 256;

/// A word on what changed: the desk's version, and the keys of stories, articles and outlets.
#[derive(Clone, Debug)]
pub struct Changed {
    version: i64,
    keys: String,
}

impl Changed {
    fn event(self, name: &str) -> Event {
        Event::default().event(name).id(self.version.to_string()).data(self.keys)
    }
}

/// Takes note of changes as long as the site stands.
pub async fn follow(site: Arc<Site>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let (asked, after) = (Arc::clone(&site), site.kept.version());
        let changes = tokio::task::spawn_blocking(move || asked.readers.with(|reader| stale(reader, after)));
        // A desk that cannot be asked just now is asked again.
        let Ok(Ok(changes)) = changes.await else { continue };
        let Some(Stale { version, keys, names, is_all }) = changes else { continue };
        if is_all {
            site.kept.forget_all(version);
        } else {
            site.kept.changed(version, names).await;
        }
        // Nobody may be listening.
        let _ = site.tell.send(Changed { version, keys });
    }
}

/// Keys of what changed after a version, and the version they lead to; `*` where that is more than can be told.
fn told(reader: &Reader, after: i64) -> Result<Changed> {
    let version = reader.last_change()?;
    let changes = if after > version { Vec::new() } else { reader.changes(after, AT_ONCE)? };
    // A desk built anew counts from one again.
    if after > version || changes.len() == AT_ONCE {
        return Ok(Changed { version, keys: "*".into() });
    }
    let mut keys = BTreeSet::new();
    for (_, what, id, _) in changes {
        keys.extend(is_told(&what).then(|| key(&id)));
        keys.extend(outlet(reader, &what, &id)?.map(|outlet| key(&outlet)));
    }
    Ok(Changed { version, keys: joined(&keys) })
}

/// A story is told of when it was compared, not when it waits for that.
fn is_told(what: &str) -> bool {
    what != "story"
}

/// Whose page a change changes.
fn outlet(reader: &Reader, what: &str, id: &str) -> Result<Option<String>> {
    if matches!(what, "article" | "revision") { reader.outlet_of(id) } else { Ok(None) }
}

fn joined(keys: &BTreeSet<String>) -> String {
    keys.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What is stale.
struct Stale {
    version: i64,
    keys: String,
    names: Vec<Name>,
    is_all: bool,
}

fn stale(reader: &Reader, after: i64) -> Result<Option<Stale>> {
    let last = reader.last_change()?;
    if last == after {
        return Ok(None);
    }
    let changes = reader.changes(after, AT_ONCE)?;
    // A desk built anew counts from one again.
    if last < after || changes.len() == AT_ONCE {
        return Ok(Some(Stale { version: last, keys: "*".into(), names: Vec::new(), is_all: true }));
    }
    let mut names = vec![Name::Outlets, Name::Globe];
    names.extend(super::world::PLACES.iter().map(|place| Name::Country(place.code.to_owned())));
    names.extend(super::front::SHELVES.iter().map(|shelf| Name::Shelf((*shelf).to_owned())));
    let mut keys = BTreeSet::new();
    let mut version = after;
    for (at, what, id, _) in changes {
        version = at;
        let key = key(&id);
        match what.as_str() {
            "article" | "revision" => {
                names.push(Name::Article(key.clone()));
                if let Some(outlet) = outlet(reader, &what, &id)? {
                    keys.insert(self::key(&outlet));
                }
            }
            // Articles of a story show how many tell it.
            _ => {
                let articles = reader.keys_of_story(&id, STORY_TAKES)?;
                names.extend(articles.into_iter().map(Name::Article));
                names.push(Name::Story(key.clone()));
            }
        }
        if is_told(&what) {
            keys.insert(key);
        }
    }
    Ok(Some(Stale { version, keys: joined(&keys), names, is_all: false }))
}

/// After which change whoever asks wants to be told.
#[derive(Deserialize)]
pub struct Asked {
    since: Option<i64>,
}

/// Follows the desk: an event whenever something changed, with its version and the keys of what did. The first tells what changed since the
/// page was read, or since the line broke; without word of that, where the desk stands.
pub async fn events(
    State(site): State<Arc<Site>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    // First: what changes from here on is told in any case.
    let here = site.tell.subscribe();
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let first = match last.or(asked.since) {
        Some(since) => {
            let asking = Arc::clone(&site);
            let looked = tokio::task::spawn_blocking(move || asking.readers.with(|reader| told(reader, since))).await;
            // A desk that cannot be asked just now: the page may be stale.
            let changed = looked.ok().and_then(Result::ok);
            changed.unwrap_or_else(|| Changed { version: site.kept.version(), keys: "*".into() })
        }
        None => Changed { version: site.kept.version(), keys: String::new() },
    };
    let stream = unfold(Following { told: here, ended: site.gate.ended(), first: Some(first.event("here")) }, next);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

/// What an open stream waits for.
struct Following {
    told: broadcast::Receiver<Changed>,
    ended: Option<watch::Receiver<()>>,
    first: Option<Event>,
}

async fn next(mut here: Following) -> Option<(Result<Event, Infallible>, Following)> {
    if let Some(first) = here.first.take() {
        return Some((Ok(first), here));
    }
    let told = tokio::select! {
        told = here.told.recv() => told,
        // Some session ended, perhaps this one: whoever may go on following comes again by itself.
        () = ended(&mut here.ended) => return None,
    };
    let event = match told {
        Ok(changed) => changed.event("changed"),
        Err(RecvError::Lagged(_)) => Event::default().event("changed").data("*"),
        Err(RecvError::Closed) => return None,
    };
    Some((Ok(event), here))
}

async fn ended(session: &mut Option<watch::Receiver<()>>) {
    match session {
        Some(session) => drop(session.changed().await),
        None => std::future::pending().await,
    }
}
