//! Outlets of the world with their domains and countries, carriers, agencies and their credits.

use crate::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is known of an outlet.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutletFacts {
    /// As it writes itself, in Latin letters where it does so.
    pub name: String,
    /// Registrable domain, without `www.`; with a path where several outlets share it.
    pub domain: String,
    /// ISO 3166-1 alpha-2 of its seat.
    pub country: String,
    /// BCP 47 of its main edition.
    pub language: String,
    /// Other names and other domains.
    pub aliases: Vec<String>,
}

/// A news agency and the names by which copy credits it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Agency {
    /// As it is called in findings.
    pub name: String,
    /// How copy credits it: "Reuters", "dpa", "(AP)".
    pub credits: Vec<String>,
    /// Its domain.
    pub domain: String,
    /// ISO 3166-1 alpha-2 of its seat.
    pub country: String,
}

/// A service that shows other outlets' articles.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CarrierFacts {
    /// As it writes itself.
    pub name: String,
    /// Its domain, where known.
    pub domain: Option<String>,
}

/// A country as pages name it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CountryFacts {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// The language most of its press writes, BCP 47.
    pub language: String,
    /// Its names, in any language.
    pub names: Vec<String>,
}

/// The catalogue as it is written down.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutletsData {
    /// Outlets; of two with one name the earlier is the better known.
    pub outlets: Vec<OutletFacts>,
    /// Agencies.
    pub agencies: Vec<Agency>,
    /// Carriers.
    pub carriers: Vec<CarrierFacts>,
    /// Countries.
    pub countries: Vec<CountryFacts>,
}

/// The catalogue, ready to be looked up by name, domain or credit.
#[derive(Clone, Debug, Default)]
pub struct Outlets {
    data: OutletsData,
    outlets_by_name: BTreeMap<String, usize>,
    outlets_by_domain: BTreeMap<String, usize>,
    agencies_by_credit: BTreeMap<String, usize>,
    carriers: BTreeMap<String, usize>,
    countries_by_name: BTreeMap<String, usize>,
}

impl Outlets {
    /// Indexes the catalogue.
    #[must_use]
    pub fn new(data: OutletsData) -> Self {
        let mut outlets = Outlets::default();
        for (index, outlet) in data.outlets.iter().enumerate() {
            outlets.outlets_by_name.entry(name_key(&outlet.name)).or_insert(index);
            outlets.outlets_by_domain.entry(outlet.domain.clone()).or_insert(index);
            for alias in &outlet.aliases {
                let domain = alias.contains('.') && !alias.contains(' ') && *alias == alias.to_lowercase();
                let index_of = if domain { &mut outlets.outlets_by_domain } else { &mut outlets.outlets_by_name };
                index_of.entry(if domain { alias.clone() } else { name_key(alias) }).or_insert(index);
            }
        }
        for (index, agency) in data.agencies.iter().enumerate() {
            for credit in agency.credits.iter().chain([&agency.name]) {
                outlets.agencies_by_credit.entry(name_key(credit)).or_insert(index);
            }
        }
        for (index, carrier) in data.carriers.iter().enumerate() {
            outlets.carriers.entry(name_key(&carrier.name)).or_insert(index);
            if let Some(domain) = &carrier.domain {
                outlets.carriers.entry(domain.clone()).or_insert(index);
            }
        }
        for (index, country) in data.countries.iter().enumerate() {
            for name in &country.names {
                outlets.countries_by_name.entry(name_key(name)).or_insert(index);
            }
        }
        outlets.data = data;
        outlets
    }

    /// The outlet that is called so, by its name or an alias; an article ("The") makes no difference.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&OutletFacts> {
        Some(&self.data.outlets[*self.outlets_by_name.get(&name_key(name))?])
    }

    /// The outlet at an address or host, by the longest known part: `news.bbc.co.uk/x` → `bbc.co.uk`.
    #[must_use]
    pub fn at(&self, url: &str) -> Option<&OutletFacts> {
        let host = host(url);
        let index = suffixes(&host).find_map(|domain| self.outlets_by_domain.get(domain))?;
        Some(&self.data.outlets[*index])
    }

    /// The agency that is credited so: "dpa", "Reuters", "sda".
    #[must_use]
    pub fn agency(&self, credit: &str) -> Option<&Agency> {
        Some(&self.data.agencies[*self.agencies_by_credit.get(&name_key(credit))?])
    }

    /// The carrier of this name or host.
    #[must_use]
    pub fn carrier(&self, name_or_url: &str) -> Option<&CarrierFacts> {
        let by_name = self.carriers.get(&name_key(name_or_url));
        let host = host(name_or_url);
        let index = by_name.or_else(|| suffixes(&host).find_map(|domain| self.carriers.get(domain)))?;
        Some(&self.data.carriers[*index])
    }

    /// The country of this name, in any of the languages known.
    #[must_use]
    pub fn country(&self, name: &str) -> Option<&CountryFacts> {
        Some(&self.data.countries[*self.countries_by_name.get(&name_key(name))?])
    }

    /// The country of this ISO 3166-1 alpha-2 code.
    #[must_use]
    pub fn country_of_code(&self, code: &str) -> Option<&CountryFacts> {
        self.data.countries.iter().find(|country| country.code == code)
    }
}

/// A name without case, accents, punctuation and a leading article.
fn name_key(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// The host of a URL, or of what may be a bare host; lower case, without `www.`.
#[must_use]
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    host.strip_prefix("www.").map(ToOwned::to_owned).unwrap_or(host)
}

/// `a.b.c` → `a.b.c`, `b.c`.
fn suffixes(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |rest| rest.split_once('.').map(|(_, rest)| rest))
        .filter(|rest| rest.contains('.'))
}
