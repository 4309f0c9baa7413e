//! An address → leave to ask its host: so many hosts at once in all, and of one host one request at a time, as they came.

use crate::fetch::host;
use crate::limits::FETCHES_AT_ONCE;
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who asks now, and who waits.
#[derive(Debug)]
pub struct Turns {
    all: Arc<Semaphore>,
    /// Hosts that are asked, or waited for.
    hosts: Mutex<BTreeMap<String, Arc<Semaphore>>>,
}

/// Leave to ask, until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _of_host: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

impl Turns {
    /// Nobody asks yet.
    pub fn new() -> Self {
        Turns { all: Arc::new(Semaphore::new(FETCHES_AT_ONCE)), hosts: Mutex::default() }
    }

    /// Waits until the host of an address may be asked. Who waits for a host takes no turn from others meanwhile: a host with a hundred
    /// slow feeds would hold up all the rest.
    ///
    /// # Errors
    /// None that can come about while this is there.
    pub async fn take(&self, url: &str) -> Result<Turn> {
        let lane = self.lane(host(url).unwrap_or_default());
        let of_host = lane.acquire_owned().await?;
        let of_all = Arc::clone(&self.all).acquire_owned().await?;
        Ok(Turn { _of_host: of_host, _of_all: of_all })
    }

    fn lane(&self, host: String) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        hosts.retain(|_, lane| Arc::strong_count(lane) > 1);
        Arc::clone(hosts.entry(host).or_insert_with(|| Arc::new(Semaphore::new(1))))
    }
}
