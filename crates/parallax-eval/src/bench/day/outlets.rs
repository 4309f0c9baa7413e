//! A day of the generated press, a listener and a clock → its outlets' feeds and pages as they stand at the time there.

use super::DAY;
use crate::generated::{Press, Report, feed};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Entries of a feed, the newest.
const ENTRIES: usize = 100;
/// The longest head of a request that is read.
const HEAD: usize = 16 << 10;

/// What one outlet publishes on the day, in order, each with its page.
type Published = Vec<(Report, String)>;

/// The outlets that publish most.
pub(super) struct Outlets {
    begins: u64,
    /// By host.
    all: BTreeMap<String, Published>,
}

impl Outlets {
    /// So many outlets and all they publish on the second day of a press: on its first it has no stories yet.
    pub(super) fn of_a_day(mut press: Press, most: usize) -> Self {
        let mut all: BTreeMap<String, Published> = BTreeMap::new();
        let mut begins = None;
        while let Some(mut report) = press.next() {
            let begins = *begins.get_or_insert(report.minute + DAY);
            if report.minute >= begins + DAY {
                break;
            }
            if report.minute >= begins {
                // Nobody here has a certificate.
                report.url = report.url.replacen("https://", "http://", 1);
                let page = press.page(&report);
                all.entry(report.host.clone()).or_default().push((report, page));
            }
        }
        let mut sizes: Vec<(usize, String)> = all.iter().map(|(host, of)| (of.len(), host.clone())).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let largest: BTreeSet<String> = sizes.into_iter().take(most).map(|(_, host)| host).collect();
        all.retain(|host, _| largest.contains(host));
        Outlets { begins: begins.unwrap_or(0), all }
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    pub(super) fn languages(&self) -> usize {
        self.all.values().flatten().map(|(report, _)| report.language).collect::<BTreeSet<_>>().len()
    }

    /// The address of every article, once: corrections come at the same.
    pub(super) fn addresses(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.all.values().flatten().map(|(report, _)| &report.url).collect();
        all.into_iter().cloned().collect()
    }

    /// Host and name of every outlet.
    pub(super) fn feeds(&self) -> impl Iterator<Item = (String, String)> {
        self.all.iter().filter_map(|(host, of)| Some((host.clone(), of.first()?.0.outlet.clone())))
    }

    /// Serves them from `begun` on, the day in so long; until it is dropped.
    pub(super) async fn serve(self: Arc<Self>, listener: TcpListener, begun: Instant, day: Duration) -> Result<()> {
        loop {
            let (stream, _) = listener.accept().await?;
            let outlets = Arc::clone(&self);
            tokio::spawn(async move {
                // A connection that breaks off is asked for again.
                let _ = outlets.answer(stream, begun, day).await;
            });
        }
    }

    /// Answers on one connection until it is closed (HTTP/1.1, RFC 9112).
    async fn answer(&self, mut stream: TcpStream, begun: Instant, day: Duration) -> Result<()> {
        let mut read = Vec::new();
        loop {
            let head = loop {
                if let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") {
                    break read.drain(..end + 4).collect::<Vec<u8>>();
                }
                if read.len() > HEAD || stream.read_buf(&mut read).await? == 0 {
                    return Ok(());
                }
            };
            let head = String::from_utf8(head)?;
            let path = head.split(' ').nth(1).context("no path")?;
            let host = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("host").then(|| value.trim())
            });
            let passed = begun.elapsed().as_secs_f64() / day.as_secs_f64() * DAY as f64;
            let (status, kind, body) = match self.at(host.unwrap_or(""), path, self.begins + passed as u64) {
                Some((kind, body)) => ("200 OK", kind, body),
                None => ("404 Not Found", "text/plain", "There is nothing here.".to_owned()),
            };
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {length}\r\n\r\n");
            stream.write_all((head + &body).as_bytes()).await?;
        }
    }

    /// What stands at an address at a minute: its media type and text.
    fn at(&self, host: &str, path: &str, minute: u64) -> Option<(&'static str, String)> {
        let out = self.all.get(host)?.iter().filter(|(report, _)| report.minute <= minute);
        if path == "/feed.xml" {
            let mut shown = BTreeSet::new();
            let newest = out.rev().map(|(report, _)| report).filter(|report| shown.insert(&report.url));
            let newest: Vec<Report> = newest.take(ENTRIES).cloned().collect();
            return Some(("application/rss+xml", feed(&newest)));
        }
        let address = format!("http://{host}{path}");
        out.rev().find(|(report, _)| report.url == address).map(|(_, page)| ("text/html", page.clone()))
    }
}
