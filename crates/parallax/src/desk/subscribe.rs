//! A feed, and whether it is followed → what is logged of it.

use crate::store::Subscription;
use anyhow::Result;
use parallax_core::model::Outlet;
use std::time::{SystemTime, UNIX_EPOCH};

/// A word on a feed, to be logged: said now.
pub fn subscription(url: &str, outlet: Option<&Outlet>, followed: bool) -> Result<Subscription> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros());
    let (url, at) = (url.to_owned(), i64::try_from(now)?);
    Ok(Subscription { url, followed, outlet: outlet.cloned(), at, ..Subscription::default() })
}
