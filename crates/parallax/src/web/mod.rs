//! A desk's folder and a listener → its pages for readers: server-rendered, live, and the same as JSON.
//!
//! `route` says what an address leads to; `front`, `story`, `article`, `outlet`, `status` lay out what the desk knows; `start` begins one that
//! knows nothing yet, `settings` says what it is to do; `kept` keeps what was rendered until it changed, which `live` watches; `gate` says who may ask.

mod answer;
mod api;
mod article;
mod assets;
mod form;
mod frame;
mod front;
mod gate;
mod kept;
mod live;
mod outlet;
mod readers;
mod route;
mod settings;
mod shape;
mod sheet;
mod start;
mod status;
mod story;
mod words;
mod world;

pub use gate::{Clock, Gate, Open, password};
pub use route::{ROUTES, Route, router};

use crate::desk::sources::followed;
use crate::log::Log;
use crate::settings::Settled;
use crate::store::Home;
use anyhow::Result;
use kept::Kept;
use parallax_core::almanac::Catalogue;
use readers::Readers;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::broadcast;

/// What all pages need.
pub struct Site {
    home: Home,
    readers: Readers,
    kept: Kept,
    tell: broadcast::Sender<live::Changed>,
    settled: Arc<Settled>,
    gate: Gate,
    log: Log,
    missed: crate::missed::Kept,
    catalogue: &'static Catalogue,
    /// Is a desk at work behind the pages, or do they only show what there is?
    is_at_work: bool,
    /// Is it known that the desk is none that begins: it follows something, holds something, or its owner looks around first?
    has_begun: AtomicBool,
}

impl Site {
    /// A site of a desk that is there and at work.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn new(home: Home, settled: Arc<Settled>, gate: Gate) -> Result<Self> {
        let readers = Readers::new(home.clone());
        let version = readers.with(crate::store::Reader::last_change)?;
        let (tell, _) = broadcast::channel(live::WAITING);
        Ok(Site {
            home,
            readers,
            kept: Kept::new(version),
            tell,
            settled,
            gate,
            log: Log::default(),
            missed: crate::missed::Kept::default(),
            catalogue: parallax_almanac::catalogue(),
            is_at_work: true,
            has_begun: AtomicBool::new(false),
        })
    }

    /// The same, which only shows what the desk holds, and changes nothing.
    #[must_use]
    pub fn only_pages(self) -> Self {
        Site { is_at_work: false, ..self }
    }

    /// The same, which tells there what goes wrong.
    #[must_use]
    pub fn telling(self, log: Log) -> Self {
        Site { log, ..self }
    }

    /// The same, which knows these outlets and no others.
    #[must_use]
    pub fn knowing(self, catalogue: &'static Catalogue) -> Self {
        Site { catalogue, ..self }
    }

    /// Is it a desk that begins: is it at work, and follows nothing and holds nothing yet?
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn begins(&self) -> Result<bool> {
        if !self.is_at_work || self.has_begun.load(Ordering::SeqCst) {
            return Ok(false);
        }
        let begins = self.readers.with(crate::store::Reader::is_empty)? && followed(&self.home)?.is_empty();
        self.has_begun.store(!begins, Ordering::SeqCst);
        Ok(begins)
    }

    /// Languages that the reader reads: of several reports that say the same, one in these is quoted first.
    fn reads(&self) -> Vec<String> {
        self.settled.now().reads()
    }
}

/// Forgets the pages that were rendered when something else was settled.
async fn resettle(site: Arc<Site>) {
    let mut settled = site.settled.follow();
    while settled.changed().await.is_ok() {
        site.kept.forget_all(site.kept.version());
    }
}

/// Serves a site until `shutdown` ends.
///
/// # Errors
/// What the listener failed with.
pub async fn serve(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let site = Arc::new(site);
    let following = [
        tokio::spawn(live::follow(Arc::clone(&site))),
        tokio::spawn(gate::follow(Arc::clone(&site))),
        tokio::spawn(resettle(Arc::clone(&site))),
    ];
    let router = router(site).into_make_service_with_connect_info::<SocketAddr>();
    // Open event streams never end by themselves: who asked to stop waits for none of them.
    let served = tokio::select! {
        served = axum::serve(listener, router) => served,
        () = shutdown => Ok(()),
    };
    following.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(served?)
}

/// Serves a site until `shutdown` ends, on threads that do nothing else: who visits feeds looks up in files what is known of each entry,
/// and who reads the pages should never wait for that. The thread gives back how it ended.
///
/// # Errors
/// No thread can be begun, or the listener cannot be handed over.
pub fn serve_apart(
    site: Site,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<JoinHandle<Result<()>>> {
    let listener = listener.into_std()?;
    let serving = move || {
        let pages = Builder::new_multi_thread().worker_threads(2).thread_name("pages").enable_all().build()?;
        pages.block_on(async { serve(site, TcpListener::from_std(listener)?, shutdown).await })
    };
    Ok(std::thread::Builder::new().name("pages".into()).spawn(serving)?)
}
