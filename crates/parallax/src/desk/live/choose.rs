//! The feeds that are followed and what robots.txt offers → which news sitemaps are asked of which outlet, and what of them is its own.

use crate::limits::{SITEMAPS_OF_INDEX, SITEMAPS_OF_OUTLET};
use crate::store::Subscription;
use parallax_core::almanac::{Catalogue, host};
use parallax_core::feed::LeadsTo;
use std::collections::{BTreeMap, BTreeSet};

/// An outlet whose feeds are followed, as far as its news sitemaps depend on it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Followed {
    /// Where its articles stand: domains, with a path where several outlets share one.
    pub domains: BTreeSet<String>,
    /// Its site, whose robots.txt is asked.
    pub site: String,
    /// The news sitemaps that the catalogue has of the editions that are followed.
    pub sitemaps: Vec<String>,
    /// What the feeds are written in, as far as that is known of all.
    pub languages: BTreeSet<String>,
    /// Is there a feed of which that is not known?
    pub is_any: bool,
    /// Its feeds.
    pub feeds: Vec<String>,
}

/// `pt-BR` → `pt`.
fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or(language).to_ascii_lowercase()
}

/// Outlet, by the name by which its articles are known → its feeds that are followed.
pub(super) fn followed(subscriptions: &[Subscription], catalogue: &Catalogue) -> BTreeMap<String, Followed> {
    let mut all: BTreeMap<String, Followed> = BTreeMap::new();
    for subscription in subscriptions {
        let known_as = subscription.moved_from.as_deref().unwrap_or(&subscription.url);
        let edition = catalogue.feed(known_as);
        let listed = edition.map(|(outlet, _)| outlet).or_else(|| catalogue.at(&subscription.url));
        let said = subscription.outlet.as_ref().and_then(|outlet| outlet.domain.clone());
        let domain = said.or_else(|| listed.map(|outlet| outlet.domain().to_owned()));
        // The site that whoever follows it, or its list of feeds, gave; else the feed's own host.
        let at = subscription.site.as_deref().filter(|site| !host(site).is_empty()).unwrap_or(&subscription.url);
        let domain = domain.unwrap_or_else(|| host(at));
        if domain.is_empty() {
            continue;
        }
        let listed = listed.filter(|outlet| outlet.domains.contains(&domain));
        let of = all.entry(domain.clone()).or_default();
        of.site = site(&domain, at);
        of.domains.extend(listed.iter().flat_map(|outlet| outlet.domains.iter().cloned()));
        of.domains.insert(domain);
        let language = edition.map(|(_, edition)| edition.language.as_str()).or(subscription.language.as_deref());
        of.is_any |= language.is_none();
        of.languages.extend(language.map(primary));
        of.feeds.push(subscription.url.clone());
        of.sitemaps
            .extend(edition.and_then(|(_, edition)| edition.sitemap.as_ref()).map(|url| url.as_str().to_owned()));
    }
    all
}

/// Where a domain's robots.txt is asked: as its feed is, where that stands there.
fn site(domain: &str, at: &str) -> String {
    let bare = domain.split('/').next().unwrap_or(domain);
    let (scheme, rest) = at.split_once("://").unwrap_or(("https", at));
    let there = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if host(at) == bare { format!("{scheme}://{there}/") } else { format!("{scheme}://{bare}/") }
}

/// The news sitemaps to ask: those of the catalogue, else those that robots.txt offers and that call themselves news.
pub(super) fn choose(of: &Followed, offered: &[String]) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    let offered = offered.iter().filter(|url| of.sitemaps.is_empty() && is_of_news(url));
    for url in of.sitemaps.iter().chain(offered) {
        if !chosen.contains(url) {
            chosen.push(url.clone());
        }
    }
    chosen.truncate(SITEMAPS_OF_OUTLET);
    chosen
}

/// What words begin with in the address of a sitemap that lists something else, though it says news.
const OTHERS: [&str; 7] = ["newsletter", "archive", "video", "image", "author", "tag", "topic"];

/// Does the address call itself a sitemap of news? The host does not count: a whole site may be called so.
fn is_of_news(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path).to_ascii_lowercase();
    let mut words = path.split(|c: char| !c.is_ascii_alphanumeric());
    path.contains("news") && !words.any(|word| OTHERS.iter().any(|other| word.starts_with(other)))
}

/// Of the sitemaps that an index leads to the newest; where it does not say when they were changed, the first.
pub(super) fn newest(mut leads_to: Vec<LeadsTo>) -> Vec<String> {
    leads_to.sort_by(|a, b| b.changed.cmp(&a.changed));
    leads_to.into_iter().take(SITEMAPS_OF_INDEX).map(|to| to.url).collect()
}

impl Followed {
    /// Is an address the outlet's own?
    pub fn has(&self, url: &str) -> bool {
        let at = host(url);
        let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/').map_or("", |(_, path)| path);
        let first = path.split(['/', '?', '#']).next().unwrap_or("");
        self.domains.iter().any(|domain| {
            let (domain, part) = domain.split_once('/').map_or((domain.as_str(), None), |(d, part)| (d, Some(part)));
            let is_there = at.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
            is_there && part.is_none_or(|part| part == first)
        })
    }

    /// Is an article in this language of an edition that is followed? Where its language is not said in two letters, it may be.
    pub fn reads(&self, language: Option<&str>) -> bool {
        let said = language.map(primary).filter(|language| language.len() == 2);
        self.is_any || said.is_none_or(|language| self.languages.contains(&language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_almanac::catalogue;
    use parallax_core::model::Outlet;

    fn feed(url: &str, domain: Option<&str>) -> Subscription {
        let outlet = domain.map(|domain| Outlet { domain: Some(domain.to_owned()), ..Outlet::default() });
        Subscription { url: url.to_owned(), followed: true, outlet, ..Subscription::default() }
    }

    fn one(subscriptions: &[Subscription]) -> (String, Followed) {
        followed(subscriptions, catalogue()).pop_first().expect("an outlet")
    }

    #[test]
    fn the_catalogue_s_edition_says_it_and_else_robots_txt() {
        let (name, french) = one(&[feed("https://www.lemonde.fr/rss/une.xml", None)]);
        assert_eq!((name.as_str(), french.sitemaps.len()), ("lemonde.fr", 1));
        let offered =
            ["https://www.lemonde.fr/sitemap_index.xml".to_owned(), "https://www.lemonde.fr/news2.xml".to_owned()];
        assert_eq!(choose(&french, &offered), french.sitemaps);
        assert!(
            french.reads(Some("fr")) && !french.reads(Some("en")) && french.reads(None) && french.reads(Some("fra"))
        );
        let (name, other) = one(&[feed("http://gazette.example:81/feed.xml", Some("gazette.example"))]);
        assert_eq!((name.as_str(), other.site.as_str()), ("gazette.example", "http://gazette.example:81/"));
        assert!(other.reads(Some("xx")), "nobody said what it is written in");
        let offered = |paths: &[&str]| paths.iter().map(|p| format!("https://news.example/{p}")).collect::<Vec<_>>();
        assert_eq!(choose(&other, &offered(&["sitemap.xml", "image-news.xml", "newsletters.xml"])), [""; 0]);
        // SITEMAPS_OF_OUTLET
        let many = offered(&["google-news.xml", "SitemapNews.xml", "google-news.xml", "news?part=3"]);
        assert_eq!(choose(&other, &many), many[..SITEMAPS_OF_OUTLET]);
        assert_eq!(choose(&Followed { sitemaps: many.clone(), ..other }, &[]).len(), SITEMAPS_OF_OUTLET);
    }

    #[test]
    fn feeds_of_one_outlet_are_taken_together_and_one_without_an_outlet_by_its_site() {
        let all = [
            feed("https://feeds.bbci.co.uk/news/rss.xml", None),
            feed("https://feeds.bbci.co.uk/news/world/rss.xml", None),
        ];
        let bbc = followed(&all, catalogue());
        assert_eq!((bbc.len(), bbc.values().map(|of| of.feeds.len()).sum::<usize>()), (1, 2), "{bbc:?}");
        let site = Some("https://www.gazette.example/world/".to_owned());
        let (name, of) = one(&[Subscription { site, ..feed("https://feeds.elsewhere.example/g", None) }]);
        assert_eq!((name.as_str(), of.site.as_str()), ("gazette.example", "https://www.gazette.example/"));
        let (name, of) = one(&[feed("https://feeds.elsewhere.example/g", Some("gazette.example/blogs"))]);
        assert_eq!((name.as_str(), of.site.as_str()), ("gazette.example/blogs", "https://gazette.example/"));
        assert!(of.has("https://gazette.example/blogs/1") && !of.has("https://gazette.example/1"));
        assert!(followed(&[feed("", None)], catalogue()).is_empty());
    }

    #[test]
    fn only_addresses_of_its_own_domains_are_an_outlet_s() {
        let (_, of) = one(&[feed("https://gazette.example/feed", None)]);
        for own in ["https://gazette.example/1", "http://www.gazette.example/1", "https://m.GAZETTE.example/a?b"] {
            assert!(of.has(own), "{own}");
        }
        for foreign in [
            "https://herald.example/gazette.example",
            "https://notgazette.example/1",
            "https://gazette.example.evil/1",
            "",
        ] {
            assert!(!of.has(foreign), "{foreign}");
        }
    }

    #[test]
    fn of_an_index_the_newest_few_are_asked() {
        // SITEMAPS_OF_INDEX
        let to =
            |url: &str, changed: Option<&str>| LeadsTo { url: url.to_owned(), changed: changed.map(str::to_owned) };
        let all = vec![
            to("old", Some("2026-03-01")),
            to("none", None),
            to("new", Some("2026-03-04")),
            to("mid", Some("2026-03-02")),
        ];
        assert_eq!(newest(all), ["new", "mid", "old"]);
        let unsaid: Vec<_> = ["1", "2", "3", "4"].map(|url| to(url, None)).into();
        assert_eq!(newest(unsaid), ["1", "2", "3"]);
        assert_eq!(SITEMAPS_OF_INDEX, 3);
    }
}
