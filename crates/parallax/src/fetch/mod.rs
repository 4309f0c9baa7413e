//! An address → what stands there, fetched as a guest: within limits, at the host's pace, by its robots.txt, and never from a private network.

mod address;
mod pace;
mod robots;
mod schedule;
#[cfg(test)]
mod tests;
mod unreached;

pub use address::Reach;
pub use schedule::{Visit, is_to_rest, next_visit, rest};
pub use unreached::{Unreached, Why};

use crate::limits::{FETCH_SECONDS, REDIRECTS, ROBOTS_BYTES};
use anyhow::Context;
use pace::Pace;
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode, Url, redirect};
use robots::Robots;
use std::sync::Arc;
use std::time::Duration;

/// Who asks, and where to complain: stable and honest (RFC 9110, 10.1.5).
const AGENT: &str = concat!("Parallax/", env!("CARGO_PKG_VERSION"));
/// What robots.txt calls us (RFC 9309, 2.2.1).
const ROBOT: &str = "Parallax";
/// What to do about an address that leads astray.
const ELSEWHERE: &str = "open it in a browser and take the address from there";

/// What was last had from an address, so that only what is new is sent (RFC 9110, 13).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub modified: Option<String>,
}

/// What came.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fetched {
    /// Bytes, unpacked.
    Page(Body),
    /// What was had before still stands.
    Unchanged,
    /// It is no more (410), or never was (404).
    Gone,
    /// The outlet does not want it read: robots.txt, or 401, 402, 403, 451.
    Refused(String),
    /// Not now: too many requests, or the host is ill. Perhaps it says when to come again.
    Later(Option<Duration>, String),
}

/// A body with what its headers say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    /// The address it came from in the end.
    pub url: String,
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// Were there more than were taken?
    pub cut: bool,
    /// Media type in lower case, without parameters.
    pub media_type: String,
    /// The charset that the headers name.
    pub charset: Option<String>,
    /// For the next time.
    pub validators: Validators,
    /// Did every redirect say that it is for good (301, 308)?
    pub moved_for_good: bool,
}

impl Body {
    /// Where what was asked for at an address is to be asked for from now on, if it has moved for good. From https to http nobody moves:
    /// whoever stands between could say so too.
    #[must_use]
    pub fn moved_to(&self, asked: &str) -> Option<String> {
        let plain = |url: &str| Url::parse(url).ok();
        let (from, to) = (plain(asked)?, plain(&self.url)?);
        let safe = !(from.scheme() == "https" && to.scheme() == "http");
        (self.moved_for_good && safe && from != to).then(|| self.url.clone())
    }
}

/// Fetches. Cheap to share; every host has its own pace, so that a slow one holds up no other.
#[derive(Clone)]
pub struct Fetcher {
    client: Client,
    reach: Arc<Reach>,
    pace: Arc<Pace>,
    robots: Arc<Robots>,
}

impl Fetcher {
    /// A fetcher that reaches so far. `contact` is an address or mailbox of whoever runs the desk, told to every host.
    ///
    /// # Errors
    /// TLS cannot be had on this machine.
    pub fn new(reach: Reach, contact: Option<&str>) -> anyhow::Result<Self> {
        // Installed once in a process; a second desk in it finds it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let agent = contact.map_or_else(|| AGENT.to_owned(), |contact| format!("{AGENT} (+{contact})"));
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("*"));
        let reach = Arc::new(reach);
        let client = Client::builder()
            .user_agent(agent)
            .default_headers(headers)
            .dns_resolver(Arc::clone(&reach))
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(FETCH_SECONDS as u64 / 3))
            .timeout(Duration::from_secs(FETCH_SECONDS as u64))
            .no_proxy()
            .build()
            .context(
                "the certificates of the web cannot be had: install them (Debian: ca-certificates), or name their file in SSL_CERT_FILE",
            )?;
        Ok(Fetcher { client, reach, pace: Arc::default(), robots: Arc::default() })
    }

    /// Gives hosts no rest between two requests: for a press on this machine.
    pub fn hurry(&self) {
        self.pace.hurry.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// A feed, which its outlet offers to machines: at the host's pace, whatever robots.txt says of pages.
    pub async fn feed(&self, url: &str, have: &Validators, most: usize) -> Result<Fetched, Unreached> {
        self.get(url, have, most, false).await
    }

    /// A sitemap, if robots.txt allows it: at the host's pace, and only where it is another than was had.
    pub async fn sitemap(&self, url: &str, have: &Validators, most: usize) -> Result<Fetched, Unreached> {
        self.get(url, have, most, true).await
    }

    /// The sitemaps that robots.txt of a site offers, as addresses; `None` where its host cannot say just now.
    pub async fn offers(&self, site: &str) -> Result<Option<Vec<String>>, Unreached> {
        let at = self.sound(site, site)?;
        self.allowed(&at).await?;
        let offers = robots::site(&at).and_then(|site| self.robots.offers(&site));
        Ok(offers.map(|offers| offers.iter().filter_map(|href| join(site, href)).collect()))
    }

    /// A page, if robots.txt allows it.
    pub async fn page(&self, url: &str, most: usize) -> Result<Fetched, Unreached> {
        self.get(url, &Validators::default(), most, true).await
    }

    async fn get(&self, url: &str, have: &Validators, most: usize, ask_robots: bool) -> Result<Fetched, Unreached> {
        let mut at = self.sound(url, url)?;
        let mut for_good = true;
        for _ in 0..=REDIRECTS {
            if ask_robots && !self.allowed(&at).await? {
                return Ok(Fetched::Refused("its robots.txt keeps robots away from it".into()));
            }
            let response = self.send(&at, have, url).await?;
            let status = response.status();
            if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
                return self.answer(response, have, most, for_good, url).await;
            }
            for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            let to = text(response.headers(), header::LOCATION).and_then(|to| at.join(&to).ok());
            let to = to.ok_or_else(|| Unreached::new(Why::Redirects, url, "it leads on, but not where", ELSEWHERE))?;
            at = self.sound(to.as_str(), url)?;
        }
        let message = format!("it leads on more than {REDIRECTS} times");
        Err(Unreached::new(Why::Redirects, url, &message, ELSEWHERE))
    }

    /// An address that may be asked at all: http or https, without a password, and not of a private network by its very letters.
    fn sound(&self, url: &str, first: &str) -> Result<Url, Unreached> {
        let remedy = "give an address of the open web, http:// or https://";
        let no_address = |why: &str| Unreached::new(Why::Address, first, why, remedy);
        let mut url = Url::parse(url).map_err(|e| no_address(&format!("this is no address: {e}")))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(no_address(&format!("{}: is not fetched", url.scheme())));
        }
        url.set_fragment(None);
        let _ = (url.set_username(""), url.set_password(None));
        if !self.reach.allows_host(&url) {
            let remedy = "allow its host with --allow HOST, if you trust it";
            return Err(Unreached::new(Why::Private, first, "it leads into a private network", remedy));
        }
        Ok(url)
    }

    async fn send(&self, at: &Url, have: &Validators, url: &str) -> Result<reqwest::Response, Unreached> {
        let _turn = self.pace.turn(at.host_str().unwrap_or("")).await;
        let mut request = self.client.get(at.clone());
        for (name, value) in [(header::IF_NONE_MATCH, &have.etag), (header::IF_MODIFIED_SINCE, &have.modified)] {
            request = match value {
                Some(value) => request.header(name, value),
                None => request,
            };
        }
        request.send().await.map_err(|error| Unreached::of(url, &error))
    }

    async fn answer(
        &self,
        mut response: reqwest::Response,
        have: &Validators,
        most: usize,
        moved_for_good: bool,
        url: &str,
    ) -> Result<Fetched, Unreached> {
        let status = response.status();
        let headers = response.headers();
        let said = || format!("the host answers {status}");
        let again =
            text(headers, header::RETRY_AFTER).and_then(|value| value.trim().parse().ok()).map(Duration::from_secs);
        match status.as_u16() {
            200..=299 => {}
            304 => return Ok(Fetched::Unchanged),
            404 | 410 => return Ok(Fetched::Gone),
            401 | 402 | 403 | 451 => return Ok(Fetched::Refused(said())),
            _ => return Ok(Fetched::Later(again, said())),
        }
        let kind = text(headers, header::CONTENT_TYPE).unwrap_or_default();
        let mut parts = kind.split(';').map(str::trim);
        let media_type = parts.next().unwrap_or("").to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_owned())
        });
        let validators =
            Validators { etag: text(headers, header::ETAG), modified: text(headers, header::LAST_MODIFIED) };
        let unchanged = have.etag.is_some() && have.etag == validators.etag;
        let at = response.url().to_string();
        let mut bytes = Vec::new();
        let mut cut = false;
        while let Some(chunk) = response.chunk().await.map_err(|error| Unreached::of(url, &error))? {
            let room = most - bytes.len();
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                cut = true;
                break;
            }
        }
        // Some hosts send the same again with the same tag.
        if unchanged {
            return Ok(Fetched::Unchanged);
        }
        Ok(Fetched::Page(Body { url: at, bytes, cut, media_type, charset, validators, moved_for_good }))
    }

    /// What robots.txt of its host says of an address. It is asked once a day; where it cannot be had because the host is ill,
    /// nothing is allowed (RFC 9309, 2.3.1.4), and where there is none, everything.
    async fn allowed(&self, at: &Url) -> Result<bool, Unreached> {
        let Some(site) = robots::site(at) else { return Ok(false) };
        if let Some(allowed) = self.robots.known(&site, at) {
            return Ok(allowed);
        }
        let address = format!("{site}/robots.txt");
        let got = Box::pin(self.get(&address, &Validators::default(), ROBOTS_BYTES, false)).await;
        let rules = match got {
            Ok(Fetched::Page(body)) => robots::Rules::Said(body.bytes),
            Ok(Fetched::Gone | Fetched::Refused(_) | Fetched::Unchanged) => robots::Rules::None,
            Ok(Fetched::Later(..)) => robots::Rules::Ill,
            Err(problem) => return Err(problem),
        };
        let (allowed, delay) = self.robots.learn(&site, rules, ROBOT, at);
        if let Some(delay) = delay {
            self.pace.slow_down(at.host_str().unwrap_or(""), delay);
        }
        Ok(allowed)
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Where a link on a page leads, if that is an address of the web.
#[must_use]
pub fn join(page: &str, href: &str) -> Option<String> {
    let mut url = Url::parse(page).ok()?.join(href).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// An address without its name and password; `None` where it has neither.
#[must_use]
pub fn without_password(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok().filter(|url| !url.username().is_empty() || url.password().is_some())?;
    (url.set_username("").is_ok() && url.set_password(None).is_ok()).then(|| url.into())
}

/// The host of an address as its pace is kept, in lower case.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    Url::parse(url).ok()?.host_str().map(ToOwned::to_owned)
}
