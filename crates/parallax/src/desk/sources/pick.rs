//! What somebody wants to follow (outlets, countries, languages, the world set) → the feeds of the catalogue that are meant.

use crate::desk::subscription;
use crate::store::Subscription;
use anyhow::{Result, bail};
use parallax_core::almanac::{Catalogue, CatalogueOutlet, Edition};
use parallax_core::model::Outlet;
use std::collections::BTreeSet;

/// What somebody wants to follow. Where several things are said, all of them are meant.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The world set.
    pub world: bool,
    /// Every outlet of these countries, ISO 3166-1.
    pub countries: Vec<String>,
    /// These outlets, by name or domain.
    pub outlets: Vec<String>,
    /// Only editions in these languages, BCP 47; every such edition where nothing else is said.
    pub languages: Vec<String>,
}

/// A feed of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Pick<'a> {
    /// Whose it is.
    pub outlet: &'a CatalogueOutlet,
    /// Which edition's.
    pub edition: &'a Edition,
    /// Its address.
    pub url: &'a str,
}

impl Pick<'_> {
    /// The word by which it is followed.
    pub fn word(&self) -> Result<Subscription> {
        let outlet = Outlet {
            name: Some(self.outlet.name.clone()),
            domain: Some(self.outlet.domain().to_owned()),
            country: Some(self.outlet.country.as_str().to_owned()),
        };
        let word = subscription(self.url, Some(&outlet), true)?;
        let (language, site) = (self.edition.language.as_str().to_owned(), self.outlet.site(self.edition));
        Ok(Subscription { language: Some(language), site: Some(site), ..word })
    }
}

/// The feeds that are meant, and the outlets among them that the catalogue has no feed of.
///
/// # Errors
/// It names an outlet or a country that the catalogue does not have.
pub fn pick<'a>(catalogue: &'a Catalogue, wish: &Wish) -> Result<(Vec<Pick<'a>>, Vec<&'a CatalogueOutlet>)> {
    let mut named = BTreeSet::new();
    for name in &wish.outlets {
        let Some(outlet) = outlet(catalogue, name) else { bail!(unknown(catalogue, name)) };
        named.insert(outlet.name.as_str());
    }
    for code in &wish.countries {
        if !catalogue.outlets().iter().any(|outlet| outlet.country.as_str() == code) {
            bail!("the catalogue has no outlet of “{code}”: two letters, as in ISO 3166-1 (GB, DE, JP)");
        }
    }
    let any = !wish.world && wish.countries.is_empty() && wish.outlets.is_empty();
    let meant = |outlet: &&CatalogueOutlet| {
        any || wish.world && outlet.world
            || wish.countries.iter().any(|code| outlet.country.as_str() == code)
            || named.contains(outlet.name.as_str())
    };
    let (mut picks, mut without) = (Vec::new(), Vec::new());
    for outlet in catalogue.outlets().iter().filter(meant) {
        let before = picks.len();
        picks.extend(feeds(outlet, |edition| wish.takes(edition)));
        // What a filter by language leaves out is not missing.
        if picks.len() == before && wish.languages.is_empty() {
            without.push(outlet);
        }
    }
    Ok((picks, without))
}

impl Wish {
    fn takes(&self, edition: &Edition) -> bool {
        if self.languages.is_empty() {
            return is_usual(edition);
        }
        self.languages.iter().any(|language| is_in(edition, language))
    }
}

/// Where no language is named, an outlet is followed in what it tells its own public, and in what it tells the world in English.
fn is_usual(edition: &Edition) -> bool {
    !edition.abroad || is_in(edition, "en")
}

/// What a new desk follows: the world set, every outlet of the reader's country, and what outlets of the world set tell abroad in the
/// languages that the reader reads.
pub fn first_run<'a>(catalogue: &'a Catalogue, country: Option<&str>, languages: &[String]) -> Vec<Pick<'a>> {
    let is_here = |outlet: &CatalogueOutlet| Some(outlet.country.as_str()) == country;
    let meant = catalogue.outlets().iter().filter(|outlet| outlet.world || is_here(outlet));
    let takes = |edition: &Edition| is_usual(edition) || languages.iter().any(|language| is_in(edition, language));
    meant.flat_map(|outlet| feeds(outlet, takes)).collect()
}

fn feeds<'a>(outlet: &'a CatalogueOutlet, takes: impl Fn(&Edition) -> bool) -> impl Iterator<Item = Pick<'a>> {
    let editions = outlet.editions.iter().filter(move |edition| takes(edition));
    editions.flat_map(move |edition| edition.feeds.iter().map(move |url| Pick { outlet, edition, url: url.as_str() }))
}

/// "pt" is every Portuguese, "pt-BR" only that of Brazil.
fn is_in(edition: &Edition, language: &str) -> bool {
    let tag = edition.language.as_str();
    let rest = tag.get(..language.len()).filter(|start| start.eq_ignore_ascii_case(language)).map(|s| &tag[s.len()..]);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The outlet of a name or a domain.
fn outlet<'a>(catalogue: &'a Catalogue, name: &str) -> Option<&'a CatalogueOutlet> {
    catalogue.named(name).or_else(|| catalogue.at(name).filter(|_| name.contains('.')))
}

/// Outlets whose names have something of what was asked for, at most five.
pub fn near<'a>(catalogue: &'a Catalogue, name: &str) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().filter(|word| word.chars().count() > 2).collect();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for outlet in catalogue.outlets() {
        let names = outlet.also.iter().chain(&outlet.native).chain([&outlet.name]).map(|n| n.to_lowercase());
        let likeness = |known: String| words.iter().filter(|word| known.contains(**word)).count();
        let best = names.map(likeness).max().unwrap_or(0);
        if best > 0 {
            found.push((best, &outlet.name));
        }
    }
    found.sort_by_key(|(best, name)| (std::cmp::Reverse(*best), name.len()));
    found.into_iter().map(|(_, name)| name).take(5).collect()
}

fn unknown(catalogue: &Catalogue, name: &str) -> String {
    let near = near(catalogue, name);
    let hint = if near.is_empty() { String::new() } else { format!("; it has {}", near.join(", ")) };
    format!(
        "the catalogue has no outlet “{name}”{hint}. `parallax sources list --catalogue` lists all; any other is followed by its address, https://…"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::almanac::CatalogueData;

    fn catalogue() -> Catalogue {
        let text = r"
            [[outlet]]
            name = 'The Gazette'
            domains = ['gazette.example']
            country = 'GB'
            kind = 'newspaper'
            world = true
            editions = [{ language = 'en', feeds = ['https://gazette.example/feed'] }, { language = 'pt-BR', abroad = true, feeds = ['https://gazette.example/br'] }]
            [[outlet]]
            name = 'Bote'
            domains = ['bote.example']
            country = 'DE'
            kind = 'newspaper'
            editions = [{ language = 'de', feeds = ['https://bote.example/feed'] }, { language = 'en', abroad = true, feeds = ['https://bote.example/en'] }]
            [[outlet]]
            name = 'Stiller Bote'
            domains = ['still.example']
            country = 'DE'
            kind = 'newspaper'
            editions = [{ language = 'de' }]
        ";
        Catalogue::new([toml_of(text)])
    }

    fn toml_of(text: &str) -> CatalogueData {
        toml::from_str(text).expect("sound")
    }

    fn urls(wish: &Wish) -> Vec<String> {
        let catalogue = catalogue();
        let (picks, _) = pick(&catalogue, wish).expect("known");
        picks.iter().map(|p| p.url.trim_start_matches("https://").to_owned()).collect()
    }

    fn wish() -> Wish {
        Wish::default()
    }

    #[test]
    fn outlets_countries_languages_and_the_world_set_are_picked() {
        assert_eq!(urls(&Wish { world: true, ..wish() }), ["gazette.example/feed"]);
        assert_eq!(urls(&Wish { countries: vec!["DE".into()], ..wish() }), ["bote.example/feed", "bote.example/en"]);
        assert_eq!(urls(&Wish { outlets: vec!["the gazette".into()], ..wish() }), ["gazette.example/feed"]);
        assert_eq!(
            urls(&Wish { outlets: vec!["www.bote.example".into()], languages: vec!["en".into()], ..wish() }),
            ["bote.example/en"]
        );
        assert_eq!(urls(&Wish { languages: vec!["pt".into()], ..wish() }), ["gazette.example/br"]);
        assert!(urls(&Wish { languages: vec!["p".into(), "pt-PT".into()], ..wish() }).is_empty());
    }

    #[test]
    fn what_is_not_there_is_said() {
        let catalogue = catalogue();
        let (_, without) = pick(&catalogue, &Wish { countries: vec!["DE".into()], ..wish() }).expect("known");
        assert_eq!(without.iter().map(|o| o.name.as_str()).collect::<Vec<_>>(), ["Stiller Bote"]);
        let told = pick(&catalogue, &Wish { outlets: vec!["Bote von Uri".into()], ..wish() }).expect_err("unknown");
        assert!(told.to_string().contains("it has Bote, Stiller Bote"), "{told}");
        assert!(pick(&catalogue, &Wish { countries: vec!["XX".into()], ..wish() }).is_err());
    }

    #[test]
    fn a_new_desk_follows_the_world_its_own_country_and_its_languages() {
        let catalogue = catalogue();
        let urls = |country, languages: &[&str]| {
            let languages: Vec<String> = languages.iter().map(|l| (*l).to_owned()).collect();
            first_run(&catalogue, country, &languages).iter().map(|p| p.url.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(urls(None, &[]), ["https://gazette.example/feed"]);
        assert_eq!(urls(Some("DE"), &["pt-BR"]).len(), 4);
        let word = first_run(&catalogue, None, &[])[0].word().expect("a word");
        assert_eq!((word.language.as_deref(), word.site.as_deref()), (Some("en"), Some("https://gazette.example/")));
        assert_eq!(word.outlet.and_then(|o| o.domain).as_deref(), Some("gazette.example"));
    }
}
