//! What changes in a desk → pages that are stale by it, and word to those who have one open (server-sent events).

use super::Site;
use super::kept::Name;
use crate::limits::STORY_TAKES;
use crate::store::{Reader, key};
use anyhow::Result;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
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

/// A word on what changed: the desk's version, and the keys of stories and articles.
#[derive(Clone, Debug)]
pub struct Changed {
    version: i64,
    keys: String,
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
    let mut names = vec![Name::Outlets];
    names.extend(super::front::SHELVES.iter().map(|shelf| Name::Shelf((*shelf).to_owned())));
    let mut keys: Vec<String> = Vec::new();
    let mut version = after;
    for (at, what, id, _) in changes {
        version = at;
        let key = key(&id);
        match what.as_str() {
            "article" | "revision" => {
                names.push(Name::Article(key.clone()));
                if let Some(outlet) = reader.outlet_of(&id)? {
                    names.push(Name::Outlet(outlet));
                }
            }
            // Articles of a story show how many tell it.
            _ => {
                let articles = reader.keys_of_story(&id, STORY_TAKES)?;
                names.extend(articles.into_iter().map(Name::Article));
                names.push(Name::Story(key.clone()));
            }
        }
        // A story is told of when it was compared, not when it waits for that.
        if what != "story" && !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(Some(Stale { version, keys: keys.join(" "), names, is_all: false }))
}

/// Follows the desk: an event whenever something changed, with its version and the keys of what did.
pub async fn events(State(site): State<Arc<Site>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let told = site.tell.subscribe();
    let first = Event::default().event("here").data(site.kept.version().to_string());
    let stream = unfold(Following { told, ended: site.gate.ended(), first: Some(first) }, next);
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
        Ok(changed) => Event::default().event("changed").id(changed.version.to_string()).data(changed.keys),
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
