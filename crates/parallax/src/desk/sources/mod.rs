//! The catalogue, the feeds that are followed, and how they fare → sources: each feed with its outlet, its edition and its state.

mod changes;
mod check;
mod discover;
mod lists;
mod pick;

pub use changes::{Handed, arrivals, change, rest, resume};
pub use check::{Failing, Found, Look, Offline, Seen, check, keep, look};
pub use discover::{Discovery, How, Tried, discover};
pub use lists::{export, import};
pub use pick::{Pick, Wish, first_run, near, pick};

use crate::store::{Checked, FeedState, Home, Listing, Press, Rounds, Seconds, Subscription};
use anyhow::Result;
use parallax_core::almanac::{Catalogue, CatalogueOutlet, OutletKind, host};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A feed with whose it is and how it fares.
#[derive(Default, Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Is it followed?
    pub followed: bool,
    /// Its outlet's name.
    pub outlet: Option<String>,
    /// Its outlet's main domain.
    pub domain: Option<String>,
    /// Where its outlet sits, ISO 3166-1.
    pub country: Option<String>,
    /// What it is written in, BCP 47.
    pub language: Option<String>,
    /// Which edition's it is: "home" or "abroad". Only the catalogue knows.
    pub edition: Option<&'static str>,
    /// What sort of outlet it is, where the catalogue knows.
    pub kind: Option<&'static str>,
    /// What its state has to do with its outlet, where the catalogue says; with a question mark where nobody has looked that up.
    pub label: Option<String>,
    /// Is its outlet of the world set?
    pub world: bool,
    /// What it is called.
    pub title: Option<String>,
    /// The page it stands for.
    pub site: Option<String>,
    /// Where it stood before it moved for good.
    pub moved_from: Option<String>,
    /// When its owner last said that it is to be followed, seconds since 1970 UTC.
    pub followed_at: Option<Seconds>,
    /// Does a word on it wait to be taken up by the desk at work?
    pub waits: bool,
    /// How its outlet's news sitemaps fare, where they were looked for.
    pub news_sitemap: Option<Listing>,
    /// How it fares.
    #[serde(flatten)]
    pub state: State,
}

/// How a feed fares.
#[derive(Default, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// This desk has not read it yet.
    #[default]
    Unverified,
    /// It was read.
    Read {
        /// When it last answered, seconds since 1970 UTC.
        at: Seconds,
        /// Entries that it showed when somebody last looked at it.
        shows: Option<u64>,
        /// Entries that it brought into the desk.
        brought: u64,
    },
    /// It failed when it was last asked, and is asked again.
    Failing {
        /// When it was last asked, seconds since 1970 UTC.
        at: Seconds,
        /// How often in a row.
        times: u32,
        /// Why, in a sentence.
        why: String,
    },
    /// It is asked once a day.
    Resting {
        /// Since when, seconds since 1970 UTC.
        since: Seconds,
        /// Why, in a sentence.
        why: String,
        /// Did its owner say so?
        by_hand: bool,
    },
}

impl State {
    /// In a word, as `--json` has it.
    pub fn word(&self) -> &'static str {
        match self {
            State::Unverified => "unverified",
            State::Read { .. } => "read",
            State::Failing { .. } => "failing",
            State::Resting { .. } => "resting",
        }
    }

    fn of(round: Option<&FeedState>, checked: Option<&Checked>) -> Self {
        if let Some(FeedState { rested: Some(since), rested_why, rested_by_hand, .. }) = round {
            let why = rested_why.clone().unwrap_or_default();
            return State::Resting { since: *since, why, by_hand: *rested_by_hand };
        }
        if let Some(FeedState { tried: Some(at), failures: times @ 1.., said, .. }) = round {
            return State::Failing { at: *at, times: *times, why: said.clone().unwrap_or_default() };
        }
        let brought = round.map_or(0, |round| round.entries);
        let visited = round.and_then(|round| round.answered);
        match checked {
            Some(Checked { at, entries: Some(entries), .. }) => {
                State::Read { at: visited.map_or(*at, |visited| visited.max(*at)), shows: Some(*entries), brought }
            }
            _ if visited.is_some() => State::Read { at: visited.unwrap_or_default(), shows: None, brought },
            Some(Checked { at, said, .. }) => {
                State::Failing { at: *at, times: 1, why: said.clone().unwrap_or_default() }
            }
            None => State::Unverified,
        }
    }
}

/// What a folder holds of feeds.
#[derive(Default)]
struct Kept {
    followed: Vec<Subscription>,
    waiting: BTreeSet<String>,
    rounds: BTreeMap<String, FeedState>,
    checked: BTreeMap<String, Checked>,
    listings: BTreeMap<String, Listing>,
}

impl Kept {
    fn of(home: &Home) -> Result<Self> {
        let mut kept = Kept::default();
        if home.is_there() {
            kept.followed = Press::open_to_read(&home.press())?.subscriptions()?;
        }
        if !home.reader().exists() {
            return Ok(kept);
        }
        // An older form of the file is brought up to date here.
        let rounds = Rounds::open(&home.reader())?;
        for word in rounds.asked()?.1 {
            kept.followed.retain(|known| known.url != word.url);
            kept.waiting.insert(word.url.clone());
            kept.followed.extend(word.followed.then_some(word));
        }
        kept.rounds = rounds.all()?.into_iter().map(|state| (state.url.clone(), state)).collect();
        kept.checked = rounds.all_checked()?;
        kept.listings = rounds.all_listings()?;
        Ok(kept)
    }
}

/// The feeds that are followed, with what waits to be taken up already so.
pub fn followed(home: &Home) -> Result<Vec<Subscription>> {
    Kept::of(home).map(|kept| kept.followed)
}

/// Every feed that a desk follows; `all`: and those of the catalogue that it doesn't. By country, outlet, home edition first.
pub fn sources(home: &Home, catalogue: &Catalogue, all: bool) -> Result<Vec<Source>> {
    let kept = Kept::of(home)?;
    let mut sources: Vec<Source> = kept.followed.iter().map(|word| source(word, true, catalogue, &kept)).collect();
    if all {
        let there: BTreeSet<&str> = kept.followed.iter().map(known_as).collect();
        let feeds = catalogue.outlets().iter().flat_map(|o| o.editions.iter().flat_map(|edition| &edition.feeds));
        let words = feeds.filter(|feed| !there.contains(feed.as_str()));
        let words = words.map(|feed| Subscription { url: feed.as_str().to_owned(), ..Subscription::default() });
        sources.extend(words.map(|word| source(&word, false, catalogue, &kept)));
    }
    sources.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(sources)
}

/// What is of no known country comes last.
fn order(source: &Source) -> impl Ord + '_ {
    let unknown = (source.country.is_none(), source.outlet.is_none());
    let edition = source.edition == Some("abroad");
    (unknown, &source.country, &source.outlet, edition, &source.language, &source.url)
}

/// The address by which the catalogue knows a feed.
fn known_as(word: &Subscription) -> &str {
    word.moved_from.as_deref().unwrap_or(&word.url)
}

fn source(word: &Subscription, followed: bool, catalogue: &Catalogue, kept: &Kept) -> Source {
    let feed = catalogue.feed(known_as(word));
    let known = feed.map(|(outlet, _)| outlet).or_else(|| at_home(word, catalogue));
    let edition = feed.map(|(_, edition)| edition);
    let said = word.outlet.as_ref();
    let domain = known.map(|o| o.domain().to_owned()).or_else(|| said?.domain.clone());
    let listed = domain.clone().unwrap_or_else(|| host(word.site.as_deref().unwrap_or(&word.url)));
    Source {
        url: word.url.clone(),
        followed,
        outlet: known.map(|o| o.name.clone()).or_else(|| said?.name.clone()).or_else(|| word.title.clone()),
        domain,
        country: known.map(|o| o.country.as_str().to_owned()).or_else(|| said?.country.clone()),
        language: edition.map(|e| e.language.as_str().to_owned()).or_else(|| word.language.clone()),
        edition: edition.map(|edition| if edition.abroad { "abroad" } else { "home" }),
        kind: known.map(|o| OutletKind::word(o.kind)),
        label: known.and_then(CatalogueOutlet::label_shown),
        world: known.is_some_and(|o| o.world),
        title: word.title.clone(),
        site: word.site.clone().or_else(|| Some(known?.site(edition?))),
        moved_from: word.moved_from.clone(),
        followed_at: followed.then(|| word.at.div_euclid(1_000_000)),
        waits: kept.waiting.contains(&word.url),
        news_sitemap: kept.listings.get(&listed).filter(|of| followed && of.tried.is_some()).cloned(),
        state: State::of(kept.rounds.get(&word.url), kept.checked.get(&word.url)),
    }
}

/// The outlet at whose address a feed that the catalogue does not have stands, unless its owner says whose it is.
fn at_home<'a>(word: &Subscription, catalogue: &'a Catalogue) -> Option<&'a CatalogueOutlet> {
    let said = word.outlet.as_ref().and_then(|outlet| outlet.name.as_ref());
    match said {
        Some(name) => catalogue.named(name),
        None => catalogue.at(&word.url),
    }
}

/// Now, in seconds since 1970 UTC.
pub fn now() -> Seconds {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    i64::try_from(now).unwrap_or(i64::MAX)
}
