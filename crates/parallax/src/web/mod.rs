//! A desk's folder and a listener → its pages for readers: server-rendered, live, and the same as JSON.
//!
//! `route` says what an address leads to; `front`, `story`, `article`, `outlet`, `status` lay out what the desk knows; `kept` keeps what was
//! rendered until it changed, which `live` watches; `gate` says who may ask.

mod answer;
mod api;
mod article;
mod assets;
mod frame;
mod front;
mod gate;
mod kept;
mod live;
mod outlet;
mod readers;
mod route;
mod shape;
mod sheet;
mod status;
mod story;
mod words;
mod world;

pub use gate::{Clock, Gate, Open, password};
pub use route::{ROUTES, Route, router};

use crate::store::Home;
use anyhow::Result;
use kept::Kept;
use readers::Readers;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::broadcast;

/// What all pages need.
pub struct Site {
    home: Home,
    readers: Readers,
    kept: Kept,
    tell: broadcast::Sender<live::Changed>,
    /// Languages that the reader reads: of several reports that say the same, one in these is quoted first.
    reads: Vec<String>,
    gate: Gate,
    missed: crate::missed::Kept,
}

impl Site {
    /// A site of a desk that is there.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn new(home: Home, reads: Vec<String>, gate: Gate) -> Result<Self> {
        let readers = Readers::new(home.clone());
        let version = readers.with(crate::store::Reader::last_change)?;
        let (tell, _) = broadcast::channel(live::WAITING);
        Ok(Site { home, readers, kept: Kept::new(version), tell, reads, gate, missed: crate::missed::Kept::default() })
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
    let following = [tokio::spawn(live::follow(Arc::clone(&site))), tokio::spawn(gate::follow(Arc::clone(&site)))];
    let router = router(site).into_make_service_with_connect_info::<SocketAddr>();
    // Open event streams never end by themselves: who asked to stop waits for none of them.
    let served = tokio::select! {
        served = axum::serve(listener, router) => served,
        () = shutdown => Ok(()),
    };
    following.iter().for_each(tokio::task::JoinHandle::abort);
    Ok(served?)
}
