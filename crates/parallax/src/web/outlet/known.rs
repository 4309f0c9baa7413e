//! The desk, its feeds and the catalogue → all that is known of one outlet, as its page and its JSON twin have it.

use crate::desk::sources::{Source, sources};
use crate::missed::Seen;
use crate::store::{ArticleLine, Credited, OutletLine, Reader, TellingIn, Tongue, key};
use crate::web::Site;
use crate::web::sheet::primary;
use anyhow::Result;
use parallax_core::almanac::{Catalogue, CatalogueOutlet, host};
use serde_json::{Value, json};

/// Articles that are listed.
const LATEST: usize = 100;
/// Agencies that are named, and examples of each.
const AGENCIES: usize = 20;
const EXAMPLES: usize = 5;
/// Stories that are shown at home and abroad.
const TWICE: usize = 40;

/// An agency's copy at the outlet.
pub struct Carried {
    pub of: Credited,
    /// What the agency itself is asked for by, where the desk has it.
    pub outlet: Option<String>,
    pub examples: Vec<ArticleLine>,
}

/// A story that it tells in two languages.
pub struct Twice {
    /// The story's key, and how many outlets tell it.
    pub story: String,
    pub outlets: u64,
    pub home: TellingIn,
    pub others: Vec<TellingIn>,
}

/// What is known of an outlet.
pub struct Known {
    /// Its domain, else its name.
    pub id: String,
    /// What the desk has of it, if anything.
    pub line: Option<OutletLine>,
    /// As the catalogue has it.
    pub listed: Option<&'static CatalogueOutlet>,
    /// Its feeds that are followed; or why that cannot be told.
    pub feeds: Result<Vec<Source>, String>,
    pub seen: Seen,
    pub tongues: Vec<Tongue>,
    /// The language of its own public: as the catalogue says, else the one it writes most.
    pub own: Option<String>,
    pub agencies: Vec<Carried>,
    /// How many of its articles credit an agency.
    pub crediting: u64,
    /// How many articles of others it republished, and the last of them.
    pub carried: (u64, Vec<ArticleLine>),
    pub twice: Vec<Twice>,
    pub latest: Vec<ArticleLine>,
}

/// What the outlet of a feed is asked for by.
pub fn id_of(source: &Source) -> String {
    source.domain.clone().or_else(|| source.outlet.clone()).unwrap_or_else(|| host(&source.url))
}

/// The outlet of the catalogue that is called just so: what only looks like an address is a name.
fn listed(catalogue: &'static Catalogue, id: &str) -> Option<&'static CatalogueOutlet> {
    let at = catalogue.at(id).filter(|outlet| outlet.domains.iter().any(|domain| domain == id));
    at.or_else(|| catalogue.named(id))
}

impl Known {
    /// Reads what is known of an outlet; `None` where it is nothing.
    pub fn read(site: &Site, reader: &Reader, asked: &str) -> Result<Option<Self>> {
        let listed = listed(site.catalogue, asked);
        let has = reader.has_outlet(asked)?;
        // By another of its names or domains.
        let id = listed.filter(|_| !has).map_or(asked, CatalogueOutlet::domain).to_owned();
        let line = reader.outlet(&id)?;
        let feeds = sources(&site.home, site.catalogue, false).map(|mut all| {
            all.retain(|source| id_of(source) == id || host(&source.url) == id && source.domain.is_none());
            all
        });
        let feeds = feeds.map_err(|error| format!("{error:#}"));
        let urls: Vec<String> = feeds.iter().flatten().map(|source| source.url.clone()).collect();
        if line.is_none() && listed.is_none() && urls.is_empty() {
            return Ok(None);
        }
        let tongues = reader.tongues(&id)?;
        let own = listed.map(|outlet| primary(outlet.home().language.as_str()).to_owned());
        let own = own.or_else(|| tongues.first().map(|tongue| tongue.language.clone()));
        let agencies = reader.agencies_of(&id, AGENCIES)?;
        let agencies = agencies.into_iter().map(|of| carried(reader, &id, of)).collect::<Result<Vec<_>>>()?;
        Ok(Some(Known {
            seen: Seen::of(reader, &site.home, &id, &urls)?,
            twice: twice(reader, &id, own.as_deref())?,
            crediting: reader.crediting(&id)?,
            carried: (reader.carried(&id)?, reader.carried_by(&id, EXAMPLES)?),
            latest: reader.of_outlet(&id, LATEST)?,
            id,
            line,
            listed,
            feeds,
            tongues,
            own,
            agencies,
        }))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        let said = || self.line.as_ref().and_then(|line| line.name.as_deref());
        let followed = || self.feeds.iter().flatten().find_map(|source| source.outlet.as_deref());
        self.listed.map(|outlet| outlet.name.as_str()).or_else(said).or_else(followed).unwrap_or(&self.id)
    }

    /// Where its seat is.
    pub fn country(&self) -> Option<&str> {
        let said = || self.line.as_ref().and_then(|line| line.country.as_deref());
        let followed = || self.feeds.iter().flatten().find_map(|source| source.country.as_deref());
        self.listed.map(|outlet| outlet.country.as_str()).or_else(said).or_else(followed)
    }

    /// For programs.
    pub fn as_json(&self) -> Value {
        let told = |telling: &TellingIn| json!(telling);
        let twice = |twice: &Twice| {
            json!({
                "story": twice.story, "outlets": twice.outlets, "home": told(&twice.home),
                "others": twice.others.iter().map(told).collect::<Vec<_>>(),
            })
        };
        let agency = |carried: &Carried| {
            json!({
                "agency": carried.of.agency, "articles": carried.of.articles, "newest": carried.of.newest,
                "outlet": carried.outlet, "examples": carried.examples,
            })
        };
        json!({
            "id": self.id, "key": key(&self.id), "name": self.name(), "country": self.country(), "outlet": self.line,
            "listed": self.listed, "label": self.listed.and_then(CatalogueOutlet::label_shown),
            "languages": self.tongues, "own_language": self.own, "seen": self.seen.as_json(),
            "feeds": self.feeds.as_ref().ok(), "feeds_unknown": self.feeds.as_ref().err(),
            "agencies": self.agencies.iter().map(agency).collect::<Vec<_>>(), "credit_an_agency": self.crediting,
            "republished": {"articles": self.carried.0, "examples": self.carried.1},
            "home_and_abroad": self.twice.iter().map(twice).collect::<Vec<_>>(),
            "articles": self.latest,
        })
    }
}

fn carried(reader: &Reader, id: &str, of: Credited) -> Result<Carried> {
    let known = parallax_almanac::almanac().outlets.agency(&of.agency);
    let mut outlet = None;
    for name in known.map(|agency| agency.domain.as_str()).into_iter().chain([of.agency.as_str()]) {
        if outlet.is_none() && reader.has_outlet(name)? {
            outlet = Some(name.to_owned());
        }
    }
    Ok(Carried { examples: reader.credited(id, &of.agency, EXAMPLES)?, of, outlet })
}

fn twice(reader: &Reader, id: &str, own: Option<&str>) -> Result<Vec<Twice>> {
    let mut all = Vec::new();
    for story in reader.told_twice(id, TWICE)? {
        let tellings = reader.tellings_of(&story, id)?;
        let (mut home, others): (Vec<_>, Vec<_>) =
            tellings.into_iter().partition(|telling| Some(primary(&telling.language)) == own);
        let line = reader.story_line(&story)?;
        if let (Some(home), Some(line), false) = (home.pop(), line, others.is_empty()) {
            all.push(Twice { story: line.key, outlets: line.outlets, home, others });
        }
    }
    Ok(all)
}
