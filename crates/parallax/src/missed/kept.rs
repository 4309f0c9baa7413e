//! What was judged → kept for pages, and judged anew when the desk has changed and some minutes have gone.

use super::{By, Judged};
use crate::store::{Home, Reader};
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Judging takes a second on a large desk, and what a press left out in four days does not change by the minute.
const FRESH: Duration = Duration::from_secs(600);

/// What was judged last.
#[derive(Default)]
pub struct Kept(Mutex<BTreeMap<By, Last>>);

struct Last {
    version: i64,
    at: Instant,
    judged: Arc<Judged>,
}

impl Kept {
    /// What is found, as of some minutes ago at most; who asks while it is worked out waits for that, and nobody works it out twice.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn judged(&self, reader: &Reader, home: &Home, by: By) -> Result<Arc<Judged>> {
        self.fresher_than(FRESH, reader, home, by)
    }

    fn fresher_than(&self, fresh: Duration, reader: &Reader, home: &Home, by: By) -> Result<Arc<Judged>> {
        let version = reader.last_change()?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = kept.get(&by).filter(|last| last.version == version || last.at.elapsed() < fresh) {
            return Ok(Arc::clone(&last.judged));
        }
        let judged = Arc::new(Judged::of(reader, home, by)?);
        kept.insert(by, Last { version, at: Instant::now(), judged: Arc::clone(&judged) });
        Ok(judged)
    }
}
