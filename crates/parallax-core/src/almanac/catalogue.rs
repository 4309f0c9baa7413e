//! Outlets as they are written down → the catalogue: what sort each is, its editions and their feeds, who owns and who steers it.

use super::OutletFacts;
use super::outlets::host;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What sort of outlet it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutletKind {
    /// Sells its copy to others.
    Agency,
    /// Began in print, daily or weekly.
    Newspaper,
    /// Radio or television that lives by the market.
    Broadcaster,
    /// Radio or television with a public mandate whose news its state does not steer.
    PublicBroadcaster,
    /// A newspaper, broadcaster or site that is state-controlled, as [`State::label`] says.
    StateOutlet,
    /// The voice of an institution: a government, a church, the United Nations.
    Official,
    /// Appears weekly or less often, and tells at length.
    Magazine,
    /// Born on the web.
    Online,
}

impl OutletKind {
    /// All of them.
    pub const ALL: [OutletKind; 8] = [
        OutletKind::Agency,
        OutletKind::Newspaper,
        OutletKind::Broadcaster,
        OutletKind::PublicBroadcaster,
        OutletKind::StateOutlet,
        OutletKind::Official,
        OutletKind::Magazine,
        OutletKind::Online,
    ];

    /// For a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            OutletKind::Agency => "agency",
            OutletKind::Newspaper => "newspaper",
            OutletKind::Broadcaster => "broadcaster",
            OutletKind::PublicBroadcaster => "public broadcaster",
            OutletKind::StateOutlet => "state outlet",
            OutletKind::Official => "official",
            OutletKind::Magazine => "magazine",
            OutletKind::Online => "online",
        }
    }
}

/// What a state has to do with an outlet, as one rule says for all alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateLabel {
    /// The state steers its news, and owns, governs or pays for it.
    StateControlled,
    /// The state pays more than half, and does not steer its news.
    StateFunded,
}

impl StateLabel {
    /// For a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            StateLabel::StateControlled => "state-controlled",
            StateLabel::StateFunded => "state-funded",
        }
    }
}

/// The answers to three questions, and who gave them. They are those of the State Media Matrix (M. Dragomir and A. Söderström, *The State
/// of State Media*, 2021; State Media Monitor). `None`: not known to us, which is no answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Does more than half of its money come from the state?
    pub funding: Option<bool>,
    /// Does the state own it, or appoint most of those who govern it?
    pub governance: Option<bool>,
    /// Does the state steer what it reports?
    pub editorial: Option<bool>,
    /// Who says so, for anybody to look up.
    pub source: String,
    /// When that was said: a year, or a day.
    pub as_of: String,
    /// The day on which somebody looked the source up and found that it says so. `None`: it stands on our own knowledge, and whatever
    /// shows it says that.
    pub checked: Option<String>,
}

impl State {
    /// The label that follows from the answers: a missing answer never makes one.
    #[must_use]
    pub fn label(&self) -> Option<StateLabel> {
        match (self.funding, self.governance, self.editorial) {
            (Some(true), _, Some(true)) | (_, Some(true), Some(true)) => Some(StateLabel::StateControlled),
            (Some(true), _, Some(false)) => Some(StateLabel::StateFunded),
            _ => None,
        }
    }
}

/// Who owns an outlet, and where that can be looked up.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The owner.
    pub name: String,
    /// Law, register, imprint or publication that says so.
    pub source: String,
    /// When it said so: a year, or a day.
    pub as_of: String,
    /// The day on which somebody looked the source up and found that it says so; see [`State::checked`].
    pub checked: Option<String>,
}

/// One language in which an outlet publishes, for one public.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// What it is written in.
    pub language: LanguageTag,
    /// Is it addressed to readers abroad, not to the outlet's own public?
    #[serde(default)]
    pub abroad: bool,
    /// Its front page, where that is not the outlet's own.
    pub site: Option<WebAddress>,
    /// Its feeds, the most general first. None of them is verified until a desk has read it.
    #[serde(default)]
    pub feeds: Vec<WebAddress>,
    /// Its news sitemap.
    pub sitemap: Option<WebAddress>,
}

/// An outlet as the catalogue has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueOutlet {
    /// As it writes itself, in Latin letters where it does so.
    pub name: String,
    /// The same in its own script, where that is another.
    pub native: Option<String>,
    /// Other names by which it is called.
    #[serde(default)]
    pub also: Vec<String>,
    /// Registrable domains, the main one first; with a path where several outlets share one.
    pub domains: Vec<String>,
    /// Of its seat.
    pub country: CountryCode,
    /// What sort it is.
    pub kind: OutletKind,
    /// The agency whose copy is credited to it, by the name that `agencies.tsv` gives.
    pub agency: Option<String>,
    /// Is it of the world set, which a new desk follows?
    #[serde(default)]
    pub world: bool,
    /// The home edition first.
    pub editions: Vec<Edition>,
    /// Who owns it, where we are sure.
    pub owner: Option<Owner>,
    /// What its state has to do with it, where we are sure.
    pub state: Option<State>,
}

impl CatalogueOutlet {
    /// What it publishes for its own public first.
    #[must_use]
    pub fn home(&self) -> &Edition {
        &self.editions[0]
    }

    /// What it publishes in English, at home or abroad.
    #[must_use]
    pub fn english(&self) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.language.as_str() == "en")
    }

    /// The label that the rule gives it.
    #[must_use]
    pub fn label(&self) -> Option<StateLabel> {
        self.state.as_ref().and_then(State::label)
    }

    /// The same for a reader, with a question mark where nobody has looked up yet what it rests on.
    #[must_use]
    pub fn label_shown(&self) -> Option<String> {
        let state = self.state.as_ref()?;
        let mark = if state.checked.is_some() { "" } else { "?" };
        Some(format!("{}{mark}", state.label()?.word()))
    }

    /// The main domain, where readers find it.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.domains.first().map_or("", String::as_str)
    }

    /// An edition's front page: its own, or the outlet's.
    #[must_use]
    pub fn site(&self, edition: &Edition) -> String {
        edition.site.as_ref().map_or_else(|| format!("https://{}/", self.domain()), |site| site.as_str().to_owned())
    }

    /// What names and domains are looked up by.
    #[must_use]
    pub fn facts(&self) -> OutletFacts {
        OutletFacts {
            name: self.name.clone(),
            domain: self.domain().to_owned(),
            country: self.country.as_str().to_owned(),
            language: self.home().language.as_str().to_owned(),
            aliases: self.native.iter().chain(&self.also).chain(self.domains.iter().skip(1)).cloned().collect(),
        }
    }
}

/// A part of the catalogue as a file holds it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueData {
    /// Its outlets.
    pub outlet: Vec<CatalogueOutlet>,
}

/// Outlets of the world that a desk can follow.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    outlets: Vec<CatalogueOutlet>,
    by_feed: BTreeMap<String, (usize, usize)>,
    by_domain: BTreeMap<String, usize>,
}

impl Catalogue {
    /// Joins the parts and indexes them. An outlet without an edition is left out: there is nothing to follow.
    #[must_use]
    pub fn new(parts: impl IntoIterator<Item = CatalogueData>) -> Self {
        let whole = parts.into_iter().flat_map(|part| part.outlet);
        let outlets: Vec<CatalogueOutlet> = whole.filter(|outlet| !outlet.editions.is_empty()).collect();
        let (mut by_feed, mut by_domain) = (BTreeMap::new(), BTreeMap::new());
        for (index, outlet) in outlets.iter().enumerate() {
            for domain in &outlet.domains {
                by_domain.entry(domain.clone()).or_insert(index);
            }
            for (edition, feed) in
                outlet.editions.iter().enumerate().flat_map(|(e, ed)| ed.feeds.iter().map(move |f| (e, f)))
            {
                by_feed.entry(feed_key(feed.as_str()).to_owned()).or_insert((index, edition));
            }
        }
        Catalogue { outlets, by_feed, by_domain }
    }

    /// All of them, region by region.
    #[must_use]
    pub fn outlets(&self) -> &[CatalogueOutlet] {
        &self.outlets
    }

    /// Whose feed it is, and of which edition; `http` or `https` makes no difference.
    #[must_use]
    pub fn feed(&self, url: &str) -> Option<(&CatalogueOutlet, &Edition)> {
        let (outlet, edition) = self.by_feed.get(feed_key(url))?;
        let outlet = &self.outlets[*outlet];
        Some((outlet, &outlet.editions[*edition]))
    }

    /// The outlet at an address or host: by the longest path or host known.
    #[must_use]
    pub fn at(&self, url: &str) -> Option<&CatalogueOutlet> {
        let host = host(url);
        let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/').map_or("", |(_, path)| path);
        let first = path.split(['/', '?', '#']).next().filter(|part| !part.is_empty());
        let hosts = || std::iter::successors(Some(host.as_str()), |rest| rest.split_once('.').map(|(_, rest)| rest));
        let with_path = first.and_then(|first| hosts().find_map(|host| self.by_domain.get(&format!("{host}/{first}"))));
        let index = with_path.or_else(|| hosts().find_map(|host| self.by_domain.get(host)))?;
        Some(&self.outlets[*index])
    }

    /// The outlet of this name, in whatever case.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&CatalogueOutlet> {
        let wanted = name.to_lowercase();
        let is = |known: &String| known.to_lowercase() == wanted;
        self.outlets.iter().find(|o| is(&o.name) || o.native.iter().any(is) || o.also.iter().any(is))
    }
}

/// An address without its scheme.
fn feed_key(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}

/// Makes a string that is checked where it is read.
macro_rules! checked {
    ($(#[doc = $doc:literal])+ $name:ident, $sound:expr, $what:literal) => {
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// As a string.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                let sound: fn(&str) -> bool = $sound;
                if sound(&text) { Ok($name(text)) } else { Err(format!(concat!("“{}” is no ", $what), text)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

checked!(
    /// ISO 3166-1 alpha-2: two capitals. Which of them are countries, `countries.tsv` says.
    CountryCode,
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()),
    "country code: two capitals, as in ISO 3166-1 (GB, DE, JP)"
);

checked!(
    /// BCP 47 in the form `language[-Script][-REGION]`: "fr", "zh-Hant", "pt-BR".
    LanguageTag,
    is_language_tag,
    "language tag of BCP 47 (fr, zh-Hant, pt-BR)"
);

checked!(
    /// An address of the open web: http or https, with a host.
    WebAddress,
    is_web_address,
    "address of the open web: http:// or https://, and a host"
);

fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_lowercase()));
    let is_script = |p: &str| {
        p.len() == 4 && p.as_bytes()[0].is_ascii_uppercase() && p.bytes().skip(1).all(|b| b.is_ascii_lowercase())
    };
    let is_region = |p: &str| p.len() == 2 && p.bytes().all(|b| b.is_ascii_uppercase());
    let rest: Vec<&str> = parts.collect();
    language
        && match rest[..] {
            [] => true,
            [one] => is_script(one) || is_region(one),
            [script, region] => is_script(script) && is_region(region),
            _ => false,
        }
}

fn is_web_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        let name = host.split(':').next().unwrap_or("");
        name.contains('.')
            && !name.starts_with('.')
            && !name.ends_with('.')
            && host.chars().all(|c| c.is_alphanumeric() || "-.:".contains(c))
            && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"".contains(c))
    })
}
