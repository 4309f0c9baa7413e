//! A feed, and whether it is followed → what is logged of it.

use crate::fetch::without_password;
use crate::store::Subscription;
use anyhow::Result;
use parallax_core::model::Outlet;
use std::time::{SystemTime, UNIX_EPOCH};

/// A word on a feed, to be logged: said now. What is to be followed is so without the name and the password that its address may bring: they are
/// never sent, and pages and lists show the address.
pub fn subscription(url: &str, outlet: Option<&Outlet>, followed: bool) -> Result<Subscription> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros());
    let bare = if followed { without_password(url) } else { None };
    let (url, at) = (bare.unwrap_or_else(|| url.to_owned()), i64::try_from(now)?);
    Ok(Subscription { url, followed, outlet: outlet.cloned(), at, ..Subscription::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_followed_has_no_password_in_its_address() {
        let url = |url, followed| subscription(url, None, followed).unwrap().url;
        assert_eq!(url("https://ann:secret@a.example/f?x=1@2", true), "https://a.example/f?x=1@2");
        assert_eq!(url("http://:secret@a.example:8080/f", true), "http://a.example:8080/f");
        for bare in ["https://a.example/@ann", "https://A.example", "no address@all:x"] {
            assert_eq!(url(bare, true), bare, "nothing else is changed");
        }
        let old = "https://ann:secret@a.example/f";
        assert_eq!(url(old, false), old, "what an older desk followed so can be left");
    }
}
