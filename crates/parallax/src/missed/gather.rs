//! What a desk has heard, and when its feeds were read → presses, their outlets and who told what, as the core judges them.

use super::By;
use super::listed::{Counted, counted};
use crate::limits::{HEARD_ARTICLES, HEARD_DAYS};
use crate::store::{Heard, Home, Listed, Listing, Press as Log, Reader, Rounds, Subscription};
use anyhow::Result;
use parallax_almanac::catalogue;
use parallax_core::almanac::host;
use parallax_core::missed::{Desk, Outlet, Press, Stretch, Telling, Told};
use std::collections::{BTreeMap, BTreeSet};

const DAY: i64 = 1_440;

/// Presses and stories of the last [`HEARD_DAYS`] days before `now`, of which those from `since` on are to be judged.
///
/// # Errors
/// The desk cannot be read.
pub fn gather(reader: &Reader, home: &Home, by: By, (since, now): (i64, i64)) -> Result<Desk> {
    let begins = now - i64::try_from(HEARD_DAYS)? * DAY;
    let heard = reader.heard(begins, now, HEARD_ARTICLES)?;
    let mut room = Room::new(by, now);
    for article in &heard {
        room.hear(article);
    }
    let remembered = Remembered::of(home, None)?;
    let subscriptions =
        if home.press().exists() { Log::open_to_read(&home.press())?.subscriptions()? } else { Vec::new() };
    for subscription in &subscriptions {
        if let Some(stretches) = remembered.covered.get(&subscription.url) {
            room.follow(subscription, stretches, &remembered);
        }
    }
    Ok(room.desk(since))
}

/// What a desk remembers of its rounds, as far as it says what could be seen.
#[derive(Default)]
struct Remembered {
    /// Feed → when it was read, in seconds.
    covered: BTreeMap<String, Vec<(i64, i64)>>,
    /// Outlet → how its news sitemaps fare, and what they listed.
    listings: BTreeMap<String, Listing>,
    listed: BTreeMap<String, Listed>,
}

impl Remembered {
    /// Of the listings those of one outlet, or all.
    fn of(home: &Home, outlet: Option<&str>) -> Result<Self> {
        let Some(rounds) = Rounds::open_to_read(&home.reader())? else { return Ok(Remembered::default()) };
        let (covered, listings, listed) = (rounds.all_covered()?, rounds.all_listings()?, rounds.listed(outlet)?);
        Ok(Remembered { covered, listings, listed })
    }

    /// What is known of an outlet's news sitemaps.
    fn sitemaps(&self, outlet: &str) -> Option<(Listing, Listed)> {
        let listing = self.listings.get(outlet)?.clone();
        Some((listing, self.listed.get(outlet).cloned().unwrap_or_default()))
    }
}

/// One outlet alone, as it is gathered.
pub struct Alone {
    /// As a press of its own.
    pub desk: Desk,
    /// Was one of its feeds read?
    pub is_read: bool,
    /// How its news sitemaps fare, where they were looked for.
    pub listing: Option<Listing>,
    /// What was counted of them.
    pub counted: Option<Counted>,
}

/// One outlet alone, with what these feeds and its news sitemaps let be seen of it.
///
/// # Errors
/// The desk cannot be read.
pub fn gather_outlet(
    reader: &Reader,
    home: &Home,
    name: &str,
    feeds: &[String],
    (since, now): (i64, i64),
) -> Result<Alone> {
    let begins = now - i64::try_from(HEARD_DAYS)? * DAY;
    let mut outlet = Gathered::default();
    for article in reader.heard_of(name, begins, now, HEARD_ARTICLES)? {
        outlet.take(&article);
    }
    let remembered = Remembered::of(home, Some(name))?;
    outlet.covered =
        feeds.iter().filter_map(|url| remembered.covered.get(url)).flat_map(|all| stretches(all)).collect();
    outlet.sitemaps = remembered.sitemaps(name).filter(|_| !feeds.is_empty());
    let is_read = !outlet.covered.is_empty();
    let counted = outlet.counted(&joined(outlet.covered.clone()));
    let press = Press { name: name.to_owned(), outlets: vec![outlet.outlet(name, now)], ..Press::default() };
    let desk = Desk { now, since, presses: vec![press], stories: Vec::new() };
    Ok(Alone { desk, is_read, listing: outlet.sitemaps.map(|(listing, _)| listing), counted })
}

/// Seconds → minutes.
fn stretches(seconds: &[(i64, i64)]) -> impl Iterator<Item = Stretch> {
    seconds.iter().map(|(from, to)| Stretch { from: from / 60, to: to.div_euclid(60) })
}

/// An outlet of a press, as it is gathered.
#[derive(Default)]
struct Gathered {
    articles: u32,
    read: u32,
    first: Option<i64>,
    days: BTreeMap<i64, u32>,
    /// When its articles were published.
    times: Vec<i64>,
    covered: Vec<Stretch>,
    sitemaps: Option<(Listing, Listed)>,
}

/// A press, as it is gathered.
#[derive(Default)]
struct Gathering {
    homes: BTreeSet<String>,
    languages: BTreeMap<String, u32>,
    outlets: BTreeMap<String, Gathered>,
}

/// (press, outlet) → its first report, and whether one is in its own words.
type Tellings = BTreeMap<(String, String), (i64, bool)>;

struct Room {
    by: By,
    now: i64,
    presses: BTreeMap<String, Gathering>,
    /// Story → who told it.
    stories: BTreeMap<String, Tellings>,
    about: BTreeMap<String, BTreeMap<String, u32>>,
}

/// `pt-BR` → `pt`.
fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

impl Room {
    fn new(by: By, now: i64) -> Self {
        Room { by, now, presses: BTreeMap::new(), stories: BTreeMap::new(), about: BTreeMap::new() }
    }

    fn press(&self, country: Option<&str>, language: Option<&str>) -> Option<String> {
        match self.by {
            By::Country => country.map(str::to_owned),
            By::Language => language.map(|l| primary(l).to_owned()),
        }
    }

    fn hear(&mut self, article: &Heard) {
        let Some(name) = self.press(article.country.as_deref(), article.language.as_deref()) else { return };
        let press = self.presses.entry(name.clone()).or_default();
        press.homes.extend(article.country.clone());
        if let Some(language) = &article.language {
            *press.languages.entry(primary(language).to_owned()).or_default() += 1;
        }
        let outlet = press.outlets.entry(article.outlet.clone()).or_default();
        outlet.take(article);
        if !article.is_news {
            return;
        }
        let telling = self.stories.entry(article.story.clone()).or_default();
        let (first, is_separate) =
            telling.entry((name, article.outlet.clone())).or_insert((article.published, article.is_separate));
        *first = (*first).min(article.published);
        *is_separate |= article.is_separate;
        let about = self.about.entry(article.story.clone()).or_default();
        for (country, times) in &article.about {
            // Each report says what it is about as loud as any other.
            *about.entry(country.clone()).or_default() += (*times).min(6);
        }
    }

    /// Notes when an outlet's feed was read, where it is of a press that is here or could be.
    fn follow(&mut self, subscription: &Subscription, stretches: &[(i64, i64)], remembered: &Remembered) {
        let known = catalogue().feed(&subscription.url);
        let listed = known.map(|(outlet, _)| outlet).or_else(|| catalogue().at(&subscription.url));
        let said = subscription.outlet.as_ref();
        let domain = said.and_then(|o| o.domain.clone()).or_else(|| listed.map(|o| o.domain().to_owned()));
        let names = [domain.clone(), said.and_then(|o| o.name.clone()), Some(host(&subscription.url))];
        let country = said.and_then(|o| o.country.clone()).or_else(|| listed.map(|o| o.country.as_str().to_owned()));
        let covered: Vec<Stretch> = self::stretches(stretches).collect();
        let site = subscription.site.as_deref().map(host);
        let sitemaps = names.iter().chain([&site]).flatten().find_map(|name| remembered.sitemaps(name));
        let mut is_here = false;
        for press in self.presses.values_mut() {
            let of = names.iter().flatten().find(|name| press.outlets.contains_key(*name)).cloned();
            if let Some(outlet) = of.and_then(|name| press.outlets.get_mut(&name)) {
                outlet.covered.extend(covered.iter().copied());
                outlet.sitemaps = outlet.sitemaps.take().or_else(|| sitemaps.clone());
                is_here = true;
            }
        }
        let language = subscription.language.as_deref().or(known.map(|(_, edition)| edition.language.as_str()));
        // One that is read and of which nothing has come is silent all the same.
        if let (false, Some(name), Some(press)) = (is_here, domain, self.press(country.as_deref(), language)) {
            let press = self.presses.entry(press).or_default();
            press.homes.extend(country);
            let outlet = press.outlets.entry(name).or_default();
            outlet.covered.extend(covered);
            outlet.sitemaps = sitemaps;
        }
    }

    fn desk(self, since: i64) -> Desk {
        let places: BTreeMap<&String, usize> = self.presses.keys().zip(0..).collect();
        let outlets: BTreeMap<&String, BTreeMap<&String, usize>> =
            self.presses.iter().map(|(name, press)| (name, press.outlets.keys().zip(0..).collect())).collect();
        let mut stories = Vec::with_capacity(self.stories.len());
        for (id, tellings) in &self.stories {
            let telling = |((press, outlet), (at, is_separate)): (&(String, String), &(i64, bool))| {
                let (at, is_separate) = (*at, *is_separate);
                Some(Telling { at, press: *places.get(press)?, outlet: *outlets.get(press)?.get(outlet)?, is_separate })
            };
            let about = self.about.get(id).cloned().unwrap_or_default();
            stories.push(Told { id: id.clone(), about, tellings: tellings.iter().filter_map(telling).collect() });
        }
        let presses = self.presses.iter().map(|(name, press)| press.press(name, self.by, self.now)).collect();
        Desk { now: self.now, since, presses, stories }
    }
}

impl Gathering {
    fn press(&self, name: &str, by: By, now: i64) -> Press {
        let written: u32 = self.languages.values().sum();
        // A language of which a tenth is written is one of the press's.
        let languages = self.languages.iter().filter(|(_, n)| **n * 10 >= written).map(|(l, _)| l.clone()).collect();
        let homes = match by {
            By::Country => BTreeSet::from([name.to_owned()]),
            By::Language => self.homes.clone(),
        };
        let outlets = self.outlets.iter().map(|(name, outlet)| outlet.outlet(name, now)).collect();
        Press { name: name.to_owned(), homes, languages, outlets }
    }
}

impl Gathered {
    fn take(&mut self, article: &Heard) {
        self.articles += 1;
        self.read += u32::from(article.is_read);
        self.first = Some(self.first.map_or(article.published, |first| first.min(article.published)));
        *self.days.entry(article.published.div_euclid(DAY)).or_default() += 1;
        self.times.push(article.published);
    }

    /// What its news sitemaps listed of the time in which its feeds were read.
    fn counted(&self, covered: &[Stretch]) -> Option<Counted> {
        let (listing, listed) = self.sitemaps.as_ref()?;
        counted(listing, listed, covered, &self.times)
    }

    fn outlet(&self, name: &str, now: i64) -> Outlet {
        let mut covered = joined(self.covered.clone());
        let carried = self.counted(&covered).and_then(|counted| counted.listing.carried().ok());
        if covered.is_empty() {
            // What was brought by hand was read as of the first of it, on the days on which something came.
            covered.extend(self.first.map(|from| Stretch { from, to: now }).filter(|s| s.from < s.to));
        }
        let legible = (self.read * 1_000).checked_div(self.articles).unwrap_or(1_000);
        Outlet { name: name.to_owned(), covered, carried, legible, days: self.days.clone() }
    }
}

/// Stretches of several feeds as one: what one of them shows is seen.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort();
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
            _ => joined.push(stretch),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(outlet: &str, country: &str, language: &str, story: &str, published: i64) -> Heard {
        Heard {
            outlet: outlet.to_owned(),
            country: Some(country.to_owned()),
            language: Some(language.to_owned()),
            story: story.to_owned(),
            published,
            is_separate: true,
            is_read: true,
            is_news: true,
            about: BTreeMap::from([("GR".to_owned(), 40)]),
        }
    }

    fn room(by: By) -> Room {
        let mut room = Room::new(by, 10_000);
        room.hear(&heard("a.example", "GR", "el", "one", 5_000));
        room.hear(&Heard { is_separate: false, ..heard("a.example", "GR", "el", "one", 4_000) });
        room.hear(&heard("b.example", "AT", "de-AT", "one", 6_000));
        room.hear(&Heard { is_news: false, ..heard("c.example", "DE", "de", "one", 6_500) });
        room
    }

    #[test]
    fn an_outlet_tells_a_story_once_and_first_and_opinion_does_not() {
        let desk = room(By::Country).desk(0);
        let names: Vec<_> = desk.presses.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["AT", "DE", "GR"]);
        let told = &desk.stories[0];
        assert_eq!(told.tellings.iter().map(|t| (t.press, t.at)).collect::<Vec<_>>(), [(0, 6_000), (2, 4_000)]);
        assert!(told.tellings[1].is_separate, "one of its two reports is");
        assert_eq!(told.about["GR"], 18, "each of three reports says it six times at most");
        assert_eq!(desk.presses[1].outlets.len(), 1, "it is read all the same");
    }

    #[test]
    fn presses_may_be_of_languages() {
        let desk = room(By::Language).desk(0);
        let names: Vec<_> = desk.presses.iter().map(|p| (p.name.as_str(), p.homes.len(), p.outlets.len())).collect();
        assert_eq!(names, [("de", 2, 2), ("el", 1, 1)]);
    }

    #[test]
    fn a_feed_says_when_its_outlet_was_read_and_without_one_its_articles_do() {
        let mut room = room(By::Country);
        let listings = Listing { settled: Some(600_000), ..Listing::default() };
        let listed = (0..60).map(|n| (120_000 - n * 60, n < 15)).collect();
        let listings = BTreeMap::from([("a.example".to_owned(), listings)]);
        let listed = BTreeMap::from([("a.example".to_owned(), listed)]);
        let remembered = Remembered { listings, listed, ..Remembered::default() };
        let of = |outlet: Option<parallax_core::model::Outlet>, url: &str| Subscription {
            url: url.to_owned(),
            followed: true,
            outlet,
            ..Subscription::default()
        };
        let outlet = |domain: &str, country: &str| {
            let (domain, country) = (Some(domain.to_owned()), Some(country.to_owned()));
            Some(parallax_core::model::Outlet { name: None, domain, country })
        };
        room.follow(&of(None, "https://a.example/feed.xml"), &[(60_000, 120_000), (300_000, 360_000)], &remembered);
        room.follow(&of(None, "https://a.example/world.xml"), &[(90_000, 180_000)], &remembered);
        room.follow(&of(outlet("quiet.example", "GR"), "https://feeds.example/q"), &[(0, 600_000)], &remembered);
        room.follow(&of(None, "https://unknown.example/feed"), &[(0, 600_000)], &remembered);
        let desk = room.desk(0);
        let greek = &desk.presses[2].outlets;
        assert_eq!(greek.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["a.example", "quiet.example"]);
        assert_eq!(greek[0].covered, [Stretch { from: 1_000, to: 3_000 }, Stretch { from: 5_000, to: 6_000 }]);
        assert_eq!((greek[0].carried, greek[1].carried), (Some(250), None), "15 of the 60 that its news sitemap lists");
        assert!(greek[1].days.is_empty() && greek[1].covered.len() == 1, "silent, and read");
        assert_eq!(
            desk.presses[0].outlets[0].covered,
            [Stretch { from: 6_000, to: 10_000 }],
            "from its first article on"
        );
        assert_eq!(desk.presses.len(), 3, "of a feed nobody knows the country of");
    }
}
