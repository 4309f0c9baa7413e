//! The feeds that are followed → their outlets' news sitemaps, visited seldom: what they list is kept and laid beside what the desk has.
//!
//! No page is fetched because a sitemap lists it: it is counted, so that it is known what share of an outlet's output its feeds carry.

use super::choose::{Followed, choose, followed, newest};
use super::{Live, dice, now, plain};
use crate::fetch::{Fetched, Validators, is_to_rest, rest};
use crate::limits::{FEED_BYTES, SITEMAPS_AT_ONCE};
use crate::store::{Home, Listing, Reader, Seconds, twin};
use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use parallax_core::feed::{Sitemap, parse_sitemap};
use parallax_core::model::{Moment, Problem};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Between two visits: a news sitemap lists two days, so that four looks a day miss nothing.
const EVERY: u64 = 6 * 3_600;
/// An outlet that is newly followed waits so long, and up to as long again five times: its feeds come first, and not all outlets at once.
const FIRST: u64 = 600;
/// What was published so shortly before a feed was read may stand in it only later.
const LATE: Seconds = 3_600;
/// A time so far ahead is a mistake.
const AHEAD: Seconds = 86_400;
/// Between two looks at what is due.
const LOOK: Duration = Duration::from_millis(500);
/// Between two looks at what is followed.
const FOLLOWED: Duration = Duration::from_secs(5);

/// What a visit of a sitemap gave, or why nothing, and when to come again at the earliest.
type Got = Result<Option<(Sitemap, Validators)>, (String, Option<Duration>)>;

/// What a visit of an outlet's sitemaps gave.
#[derive(Default)]
struct Visit {
    /// Addresses that were listed, and when they were published.
    listed: Vec<(String, Seconds)>,
    /// The sitemaps that were asked, with what they last sent.
    asked: Vec<(String, Validators)>,
    /// Did one of them answer?
    is_answered: bool,
    /// Why the last of the others did not, and when to come again at the earliest.
    said: Option<String>,
    wait: Option<Duration>,
}

/// Looks again and again whose sitemaps are due, and visits them.
pub(super) async fn go_round(live: &Arc<Live>, home: &Home) -> Result<()> {
    let mut tasks: JoinSet<Result<String>> = JoinSet::new();
    let mut busy: BTreeSet<String> = BTreeSet::new();
    let mut outlets: BTreeMap<String, Followed> = BTreeMap::new();
    let mut looked: Option<Instant> = None;
    loop {
        if looked.is_none_or(|at| at.elapsed() >= FOLLOWED) {
            let subscriptions = live.press().subscriptions()?;
            outlets = followed(&subscriptions, parallax_almanac::catalogue());
            let names = outlets.keys().map(String::as_str).collect();
            let first = |outlet: &str| live.after(Duration::from_secs(FIRST + dice(outlet, now()) % (5 * FIRST)));
            live.rounds().follow_listings(&names, first)?;
            looked = Some(Instant::now());
        }
        while let Some(ended) = tasks.try_join_next() {
            busy.remove(&ended.context("a visit broke off")??);
        }
        for of in live.rounds().listings_due(now(), SITEMAPS_AT_ONCE + busy.len())? {
            let Some(outlet) = outlets.get(&of.outlet).cloned() else { continue };
            if busy.len() >= SITEMAPS_AT_ONCE || !busy.insert(of.outlet.clone()) {
                continue;
            }
            let (live, home) = (Arc::clone(live), home.clone());
            tasks.spawn(async move {
                let name = of.outlet.clone();
                live.list(of, &outlet, &home).await.map(|()| name)
            });
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Live {
    /// A time from now, or sooner where a press on this machine is visited as often as its owner says.
    fn after(&self, wait: Duration) -> Seconds {
        let wait = self.rules.borrow().every.map_or(wait, |every| every.min(wait));
        now() + i64::try_from(wait.as_secs().max(1)).unwrap_or(i64::MAX / 2)
    }

    /// Visits an outlet's news sitemaps, keeps what they list, and lays it beside what the desk has. What fails is noted, and fails alone.
    async fn list(&self, mut of: Listing, outlet: &Followed, home: &Home) -> Result<()> {
        of.tried = Some(now());
        let offered = match outlet.sitemaps.is_empty() {
            true => self.offered(&outlet.site).await?,
            false => Ok(Vec::new()),
        };
        let visit = match offered {
            Ok(offered) => self.visit_sitemaps(&of.outlet, outlet, &choose(outlet, &offered)).await?,
            Err(why) => Visit { said: Some(why), ..Visit::default() },
        };
        let is_none = visit.asked.is_empty() && visit.said.is_none();
        let wait = Duration::from_secs(EVERY + dice(&of.outlet, now()) % (EVERY / 10));
        let wait = if visit.is_answered {
            self.rounds().list(&of.outlet, &visit.listed)?;
            (of.answered, of.failures) = (of.tried, 0);
            wait
        } else if is_none {
            of.failures = 0;
            rest(dice(&of.outlet, now()))
        } else {
            of.failures += 1;
            let wait = if is_to_rest(of.failures) { rest(dice(&of.outlet, now())) } else { wait };
            wait.max(visit.wait.unwrap_or_default().min(rest(0)))
        };
        of.said = if is_none { Some("its robots.txt offers no news sitemap".to_owned()) } else { visit.said };
        if let (false, false, Some(why)) = (visit.is_answered, is_none, &of.said) {
            let at = visit.asked.first().map_or(&outlet.site, |(url, _)| url);
            let remedy = "it is tried again later; what share of its output its feeds carry is not known until then";
            let ill = Problem { remedy: remedy.to_owned(), ..self.problem(at, &format!("its news sitemap: {why}")) };
            let _ = self.tell.send(super::Told::Problem(ill, Some(of.outlet.clone())));
        }
        // Where robots.txt could not be had, those that were asked before stay.
        if is_none || !visit.asked.is_empty() {
            self.rounds().sitemaps(&of.outlet, &visit.asked)?;
        }
        self.compare_listed(&mut of, outlet, home)?;
        of.next = self.after(wait);
        self.rounds().visited_listing(&of)
    }

    /// The sitemaps that a site's robots.txt offers, or why that cannot be told.
    async fn offered(&self, site: &str) -> Result<Result<Vec<String>, String>> {
        let turn = self.turns.take(site).await?;
        let offers = self.fetcher.offers(site).await;
        drop(turn);
        Ok(match offers {
            Ok(Some(offers)) => Ok(offers),
            Ok(None) => Err("its robots.txt cannot be had just now".to_owned()),
            Err(unreached) => Err(unreached.problem.message),
        })
    }

    /// Asks these sitemaps, and of an index the newest that it leads to.
    async fn visit_sitemaps(&self, name: &str, outlet: &Followed, chosen: &[String]) -> Result<Visit> {
        let mut visit = Visit::default();
        let mut waiting: Vec<(String, bool)> = chosen.iter().rev().map(|url| (url.clone(), true)).collect();
        while let Some((url, may_lead)) = waiting.pop() {
            let have = self.rounds().sitemap(name, &url)?;
            match self.sitemap(&url, &have).await? {
                Ok(None) => {
                    visit.asked.push((url, have));
                    visit.is_answered = true;
                }
                Ok(Some((index, _))) if !index.leads_to.is_empty() => {
                    if may_lead {
                        // An index says nothing of when what it leads to changes: it is asked whole each time.
                        visit.asked.push((url, Validators::default()));
                        waiting.extend(newest(index.leads_to).into_iter().rev().map(|url| (url, false)));
                    } else {
                        visit.failed(url, "it leads from index to index".to_owned(), None);
                    }
                }
                Ok(Some((sitemap, sent))) => match of_its_own(&sitemap, outlet, now()) {
                    Ok(mut listed) => {
                        visit.listed.append(&mut listed);
                        visit.asked.push((url, sent));
                        visit.is_answered = true;
                    }
                    Err(why) => visit.failed(url, why, None),
                },
                Err((why, wait)) => visit.failed(url, why, wait),
            }
        }
        Ok(visit)
    }

    /// A sitemap; nothing where it is what it was.
    async fn sitemap(&self, url: &str, have: &Validators) -> Result<Got> {
        let turn = self.turns.take(url).await?;
        let got = self.fetcher.sitemap(url, have, FEED_BYTES).await;
        drop(turn);
        Ok(match got {
            Ok(Fetched::Page(body)) => match parse_sitemap(&unpacked(body.bytes)) {
                Ok(sitemap) => Ok(Some((sitemap, body.validators))),
                Err(problem) => Err((problem.message, None)),
            },
            Ok(Fetched::Unchanged) => Ok(None),
            Ok(Fetched::Gone) => Err(("there is none (any more)".to_owned(), None)),
            Ok(Fetched::Refused(why)) => Err((why, None)),
            Ok(Fetched::Later(wait, why)) => Err((why, wait)),
            Err(unreached) => Err((unreached.problem.message, None)),
        })
    }

    /// Notes which of the listed articles the desk has, and until when its feeds would have shown them.
    fn compare_listed(&self, of: &mut Listing, outlet: &Followed, home: &Home) -> Result<()> {
        let mut answered: Option<Seconds> = None;
        for url in &outlet.feeds {
            let state = self.rounds().of(url)?.filter(|state| state.failures == 0 && state.rested.is_none());
            let at = state.and_then(|state| state.answered);
            answered = answered.map_or(at, |before| Some(at.map_or(before, |at| at.min(before))));
        }
        of.settled = answered.map(|at| at - LATE).or(of.settled);
        let reader = Reader::open(home)?;
        let mut shown = Vec::new();
        let not_shown = self.rounds().not_shown(&of.outlet)?;
        for address in not_shown {
            let is_here = self.press().known_as(&address)?.is_some()
                || reader.is_entry(&address)?.is_some()
                || reader.is_entry(&twin(&address))?.is_some();
            shown.extend(is_here.then_some(address));
        }
        self.rounds().shown(&of.outlet, &shown)
    }
}

impl Visit {
    fn failed(&mut self, url: String, why: String, wait: Option<Duration>) {
        self.asked.push((url, Validators::default()));
        self.said = Some(why);
        self.wait = wait.or(self.wait);
    }
}

/// What a sitemap lists that counts: news of the outlet's own addresses, in a language in which it is followed, and with a time.
fn of_its_own(sitemap: &Sitemap, outlet: &Followed, now: Seconds) -> Result<Vec<(String, Seconds)>, String> {
    let all = sitemap.listed.len();
    let dated: Vec<_> = sitemap
        .listed
        .iter()
        .filter_map(|of| Some((of, of.published.as_ref()?.parse::<Moment>().ok()?.minutes() * 60)))
        .filter(|(_, published)| *published <= now + AHEAD)
        .collect();
    if dated.is_empty() && all > 0 {
        return Err(format!("none of the {all} pages that it lists is news with the time at which it was published"));
    }
    let own: Vec<_> = dated.into_iter().filter(|(of, _)| outlet.has(&of.url)).collect();
    if own.is_empty() && all > 0 {
        return Err(format!("none of the {all} pages that it lists is at an address of the outlet’s own"));
    }
    let here = own.into_iter().filter(|(of, _)| outlet.reads(of.language.as_deref()));
    Ok(here.map(|(of, published)| (as_listed(&of.url), published)).collect())
}

/// As the log names articles, and `http` as `https`: the log takes one for the other.
fn as_listed(url: &str) -> String {
    let plain = plain(url);
    if plain.starts_with("http://") { twin(&plain) } else { plain }
}

/// What comes packed though no header says so, as `.xml.gz` does, is unpacked as far as it goes.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes;
    }
    let mut unpacked = Vec::new();
    // Broken off or not: what came out is read.
    let _ = MultiGzDecoder::new(&bytes[..]).take(FEED_BYTES as u64).read_to_end(&mut unpacked);
    unpacked
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use parallax_core::feed::Listed;
    use std::io::Write;

    fn outlet() -> Followed {
        let (domains, languages) = (["gazette.example".to_owned()].into(), ["en".to_owned()].into());
        Followed { domains, languages, ..Followed::default() }
    }

    fn news(url: &str, published: &str, language: &str) -> Listed {
        let (published, language) = (Some(published.to_owned()), Some(language.to_owned()));
        Listed { url: url.to_owned(), published, language, ..Listed::default() }
    }

    fn counts(listed: Vec<Listed>) -> Result<Vec<(String, Seconds)>, String> {
        of_its_own(&Sitemap { listed, ..Sitemap::default() }, &outlet(), 1_000_000_000)
    }

    #[test]
    fn what_counts_is_news_of_its_own_with_a_time_in_a_language_that_is_followed() {
        let counted = counts(vec![
            news("http://www.gazette.example/1?utm_source=x&id=2#top", "2001-09-08T10:00:30Z", "en-GB"),
            news("https://gazette.example/2", "2001-09-08T10:00:00Z", "fr"),
            news("https://herald.example/3", "2001-09-08T10:00:00Z", "en"),
            news("https://gazette.example/4", "2001-09-11T10:00:00Z", "en"),
            news("https://gazette.example/5", "soon", "en"),
            Listed { url: "https://gazette.example/about".to_owned(), ..Listed::default() },
            news("https://gazette.example/6", "2001-09-09T10:00:00Z", "eng"),
        ]);
        let addresses: Vec<String> = counted.expect("some").into_iter().map(|(address, _)| address).collect();
        assert_eq!(addresses, ["https://www.gazette.example/1?id=2", "https://gazette.example/6"]);
        assert_eq!(counts(Vec::new()), Ok(Vec::new()), "nothing was published");
        let about = Listed { url: "https://gazette.example/about".to_owned(), ..Listed::default() };
        assert!(counts(vec![about]).expect_err("no news").contains("none of the 1 pages that it lists is news"));
        let foreign = news("https://herald.example/3", "2001-09-08T10:00:00Z", "en");
        assert!(counts(vec![foreign]).expect_err("foreign").contains("an address of the outlet’s own"));
    }

    #[test]
    fn what_is_packed_is_unpacked_as_far_as_it_goes_and_no_further_than_a_feed() {
        let packed = |bytes: &[u8]| {
            let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
            packing.write_all(bytes).expect("packed");
            packing.finish().expect("packed")
        };
        let text = "<urlset><url><loc>https://gazette.example/1</loc></url></urlset>".repeat(1_000);
        assert_eq!(unpacked(packed(text.as_bytes())), text.as_bytes());
        assert_eq!(unpacked(text.clone().into_bytes()), text.as_bytes());
        let whole = packed(text.as_bytes());
        let part = unpacked(whole[..whole.len() / 2].to_vec());
        assert!(!part.is_empty() && text.as_bytes().starts_with(&part));
        assert_eq!(unpacked(packed(&vec![b' '; FEED_BYTES + 9])).len(), FEED_BYTES);
    }
}
