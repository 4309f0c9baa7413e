//! The sample press, moment by moment → what a desk that follows all its feeds logs of it, as if it looked whenever something changed.

use super::SamplePress;
use super::answer::answer;
use crate::desk::{Entry, plain};
use crate::store::{Arrival, Kind, Meta};
use anyhow::{Context, Result, anyhow};
use axum::http::{Request, Response, header};
use jiff::Timestamp;
use parallax_core::feed;
use parallax_core::model::Outlet;
use std::collections::BTreeMap;

/// A reader of every feed who misses nothing: no network, no wait, and the same order at every run.
pub struct Follower<'a> {
    press: &'a SamplePress,
    /// What was logged → when the feed said it was changed.
    had: BTreeMap<String, Option<String>>,
}

impl<'a> Follower<'a> {
    /// Who has read nothing yet.
    pub fn of(press: &'a SamplePress) -> Self {
        Follower { press, had: BTreeMap::new() }
    }

    /// What is new at a moment of the press, the oldest of a feed first, each with its page where the outlet gives it.
    ///
    /// # Errors
    /// The press does not answer as it should.
    pub fn arrivals(&mut self, now: Timestamp) -> Result<Vec<Arrival>> {
        let press = self.press;
        let mut arrivals = Vec::new();
        for desk in press.desks.iter().filter(|desk| desk.changed(now) == Some(now)) {
            let (domain, path) = (desk.outlet.domain.as_str(), desk.outlet.feed.path());
            let parsed = feed::parse(asked(press, now, domain, path)?.body());
            let parsed = parsed.map_err(|problem| anyhow!("{domain}{path}: {}", problem.message))?;
            for entry in parsed.entries.iter().rev() {
                let Some(entry) = Entry::of(entry, parsed.language.as_deref()) else { continue };
                let (key, changed) = (plain(&entry.url), entry.updated.clone().or_else(|| entry.published.clone()));
                if self.had.get(&key).is_some_and(|had| *had >= changed) {
                    continue;
                }
                let outlet = Outlet {
                    name: Some(desk.outlet.name.clone()),
                    domain: Some(desk.outlet.domain.clone()),
                    country: Some(desk.outlet.country.clone()),
                };
                let published = entry.published.clone();
                let meta = Meta { outlet: Some(outlet), changed: changed.clone(), published, ..Meta::default() };
                arrivals.push(arrival(press, now, &key, &entry, meta)?);
                self.had.insert(key, changed);
            }
        }
        Ok(arrivals)
    }
}

/// An entry's page, or where it is refused the entry alone.
fn arrival(press: &SamplePress, now: Timestamp, key: &str, entry: &Entry, meta: Meta) -> Result<Arrival> {
    let (domain, path) = entry
        .url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_at_checked(rest.find('/')?))
        .with_context(|| format!("{}: no address", entry.url))?;
    let answered = asked(press, now, domain, path)?;
    if !answered.status().is_success() {
        return Ok(Arrival { kind: Kind::Entry, key: key.to_owned(), bytes: serde_json::to_vec(entry)?, meta });
    }
    let said = answered.headers().get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let charset = said.split_once("charset=").map(|(_, charset)| charset.to_owned());
    let meta = Meta { url: Some(entry.url.clone()), charset, ..meta };
    Ok(Arrival { kind: Kind::Page, key: key.to_owned(), bytes: answered.into_body(), meta })
}

fn asked(press: &SamplePress, now: Timestamp, domain: &str, path: &str) -> Result<Response<Vec<u8>>> {
    let request = Request::builder().uri(path).header(header::HOST, domain).body(())?;
    Ok(answer(press, now, &request.into_parts().0))
}
