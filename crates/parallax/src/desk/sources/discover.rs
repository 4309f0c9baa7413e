//! The address of a site or a feed → the feeds that stand there: itself, what its page offers, else what stands in the usual places.

use super::check::{Failing, Look, body_of, look, seen};
use crate::fetch::{self, Body, Fetcher};
use crate::limits::{FEED_BYTES, OFFERS_TRIED};
use parallax_core::feed::offered;
use std::collections::BTreeSet;
use std::time::Duration;

/// How an address was come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// It was given.
    Given,
    /// The page offers it.
    Offered,
    /// It is where sites keep their feed.
    Usual,
}

/// An address that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tried {
    /// The address.
    pub url: String,
    /// How it was come by.
    pub how: How,
    /// What the page calls it.
    pub title: Option<String>,
    /// What stands there.
    pub look: Look,
}

/// What was found from an address.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Discovery {
    /// The page it began from, where that is none of the feeds.
    pub page: Option<String>,
    /// What was looked at, in this order.
    pub tried: Vec<Tried>,
    /// What the page offers besides, not looked at.
    pub besides: Vec<String>,
}

impl Discovery {
    /// Those that can be read.
    pub fn feeds(&self) -> impl Iterator<Item = (&Tried, &super::Seen)> {
        self.tried.iter().filter_map(|tried| Some((tried, tried.look.as_ref().ok()?)))
    }
}

/// Looks for feeds from an address. A page is asked for only as its robots.txt allows; what calls itself a feed is asked for as one.
pub async fn discover(fetcher: &Fetcher, places: &[&str], address: &str, patience: Duration) -> Discovery {
    let given = |look| Tried { url: address.to_owned(), how: How::Given, title: None, look };
    if calls_itself_a_feed(address) {
        let look = look(fetcher, address, patience).await;
        // A page may stand at such an address, too.
        if look.as_ref().map_or_else(|failing| failing.why != "not a feed", |_| true) {
            return Discovery { tried: vec![given(look)], ..Discovery::default() };
        }
    }
    let body = match page(fetcher, address, patience).await {
        Ok(body) => body,
        Err(failing) => return Discovery { tried: vec![given(Err(failing))], ..Discovery::default() },
    };
    let (at, bytes) = (body.url.clone(), body.bytes.clone());
    let look = seen(address, body).await;
    if look.as_ref().map_or_else(|failing| failing.why != "not a feed", |_| true) {
        return Discovery { tried: vec![given(look)], ..Discovery::default() };
    }
    let mut found = Discovery { page: Some(at.clone()), ..Discovery::default() };
    let offers: Vec<_> =
        offered(&bytes).into_iter().filter_map(|o| Some((fetch::join(&at, &o.href)?, o.title))).collect();
    let mut known = BTreeSet::new();
    for (url, title) in offers {
        if !known.insert(url.clone()) {
            continue;
        }
        if found.tried.len() == OFFERS_TRIED {
            found.besides.push(url);
            continue;
        }
        let look = super::look(fetcher, &url, patience).await;
        found.tried.push(Tried { url, how: How::Offered, title, look });
    }
    if found.feeds().next().is_none() {
        for url in places.iter().filter_map(|place| fetch::join(&at, place)).filter(|url| !known.contains(url)) {
            // Nobody offered it: it is asked for as any page.
            let look = match page(fetcher, &url, patience).await {
                Ok(body) => seen(&url, body).await,
                Err(failing) => Err(failing),
            };
            let is_one = look.is_ok();
            found.tried.push(Tried { url, how: How::Usual, title: None, look });
            if is_one {
                break;
            }
        }
    }
    found
}

async fn page(fetcher: &Fetcher, url: &str, patience: Duration) -> Result<Body, Failing> {
    match tokio::time::timeout(patience, fetcher.page(url, FEED_BYTES)).await {
        Ok(got) => body_of(url, got),
        Err(_) => Err(super::check::unanswered(url, patience)),
    }
}

/// Words of an address that feeds have in theirs.
const FEEDS: &[&str] = &["feed", "feeds", "rss", "atom", "rdf", "xml", "outboundfeeds"];

/// Does its path or what follows it say that it is a feed?
fn calls_itself_a_feed(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path).to_ascii_lowercase();
    path.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| FEEDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_call_itself_a_feed() {
        for feed in ["https://a.example/feed", "https://a.example/rss.xml", "https://a.example/?format=rss"] {
            assert!(calls_itself_a_feed(feed), "{feed}");
        }
        for page in
            ["https://rss.example/", "https://a.example/feedback", "https://a.example", "https://a.example/news"]
        {
            assert!(!calls_itself_a_feed(page), "{page}");
        }
    }
}
