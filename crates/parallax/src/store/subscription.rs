//! A word on a feed, as the log keeps it: whether it is followed, and what whoever follows it says of it.

use super::press::{Arrival, Kind, Meta};
use anyhow::Result;
use parallax_core::model::Outlet;
use serde::{Deserialize, Serialize};

/// A feed, and whether it is followed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Subscription {
    /// The feed's address.
    pub url: String,
    /// Is it, from now on?
    pub followed: bool,
    /// Who publishes it, as whoever follows it says.
    pub outlet: Option<Outlet>,
    /// When that was said, microseconds since 1970 UTC: it makes one word different from the same word said before.
    pub at: i64,
    /// What the feed is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The page it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// What it is written in, BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it stood when it was first followed, if it has moved for good since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

impl Subscription {
    /// As the log takes it.
    pub fn arrival(&self) -> Result<Arrival> {
        let (key, bytes) = (self.url.clone(), serde_json::to_vec(self)?);
        Ok(Arrival { kind: Kind::Subscription, key, bytes, meta: Meta::default() })
    }
}
