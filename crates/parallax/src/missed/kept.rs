//! What was judged → kept for pages, and judged anew when the desk has changed and some minutes have gone.

use super::{By, Judged};
use crate::store::{Home, Reader};
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Judging takes a second or two on a large desk, and what a press left out in four days does not change by the minute.
const FRESH: Duration = Duration::from_secs(600);

/// What was judged last.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<BTreeMap<By, Last>>>);

struct Last {
    version: i64,
    at: Instant,
    judged: Arc<Judged>,
    /// Is it being judged anew?
    renewed: bool,
}

impl Last {
    fn of(reader: &Reader, home: &Home, by: By) -> Result<Self> {
        // The version before what is read at it: what changes meanwhile is seen the next time.
        let version = reader.last_change()?;
        let judged = Arc::new(Judged::of(reader, home, by)?);
        Ok(Last { version, at: Instant::now(), judged, renewed: false })
    }
}

impl Kept {
    /// What is found, as of some minutes ago. The first who asks waits until it is worked out; later what was found last is given at once, and
    /// worked out anew beside it where it is old.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn judged(&self, reader: &Reader, home: &Home, by: By) -> Result<Arc<Judged>> {
        self.fresher_than(FRESH, reader, home, by)
    }

    fn fresher_than(&self, fresh: Duration, reader: &Reader, home: &Home, by: By) -> Result<Arc<Judged>> {
        let version = reader.last_change()?;
        let mut kept = self.held();
        if let Some(last) = kept.get_mut(&by) {
            if last.version != version && last.at.elapsed() >= fresh && !last.renewed {
                last.renewed = true;
                let (kept, home) = (self.clone(), home.clone());
                std::thread::Builder::new().name("missed".into()).spawn(move || kept.renew(&home, by))?;
            }
            return Ok(Arc::clone(&last.judged));
        }
        let last = Last::of(reader, home, by)?;
        let judged = Arc::clone(&last.judged);
        kept.insert(by, last);
        Ok(judged)
    }

    /// Judges anew. Where that fails nothing is kept: whoever asks next works it out, and is told why it cannot be.
    fn renew(&self, home: &Home, by: By) {
        let last = Reader::open(home).and_then(|reader| Last::of(&reader, home, by));
        let mut kept = self.held();
        match last {
            Ok(last) => kept.insert(by, last),
            Err(_) => kept.remove(&by),
        };
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<By, Last>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, arrival};
    use crate::input::{Input, Item};
    use parallax_core::model::{ArticleId, Document};

    fn add(home: &Home, id: &str) {
        let mut desk = Desk::open(home.clone(), 1, &mut |_, _, _| {}).expect("opened");
        let text = "The ferry is back at Aldermoor after a week.".to_owned();
        let document = Document { id: ArticleId(id.into()), text, ..Document::default() };
        let arrival = arrival(Input { item: Item::Document(document), problems: Vec::new() }).expect("sound");
        desk.keep(&[arrival]).expect("kept");
        desk.apply(&mut |_, _, _| {}).expect("read");
        desk.close().expect("closed");
    }

    #[test]
    fn who_asks_gets_what_was_found_last_while_it_is_found_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Home::at(folder.path());
        add(&home, "https://gazette.example/1");
        let kept = Kept::default();
        let ask = |fresh: Duration| {
            let reader = Reader::open(&home).expect("opened");
            kept.fresher_than(fresh, &reader, &home, By::Country).expect("judged")
        };
        let first = ask(FRESH);
        assert!(Arc::ptr_eq(&first, &ask(Duration::ZERO)), "nothing has changed");
        add(&home, "https://gazette.example/2");
        assert!(Arc::ptr_eq(&first, &ask(FRESH)), "it is not old");
        assert!(Arc::ptr_eq(&first, &ask(Duration::ZERO)), "it is given at once");
        let begun = Instant::now();
        while Arc::ptr_eq(&first, &ask(FRESH)) {
            assert!(begun.elapsed() < Duration::from_secs(60), "it was not found anew");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
