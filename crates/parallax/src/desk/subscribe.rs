//! A feed, and whether it is followed → what is logged of it.

use crate::store::{Arrival, Kind, Meta, Subscription};
use anyhow::Result;
use parallax_core::model::Outlet;
use std::time::{SystemTime, UNIX_EPOCH};

/// A word on a feed, to be logged.
pub fn subscription(url: &str, outlet: Option<&Outlet>, followed: bool) -> Result<Arrival> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros());
    let word = Subscription { url: url.to_owned(), followed, outlet: outlet.cloned(), at: i64::try_from(now)? };
    Ok(Arrival {
        kind: Kind::Subscription,
        key: url.to_owned(),
        bytes: serde_json::to_vec(&word)?,
        meta: Meta::default(),
    })
}
