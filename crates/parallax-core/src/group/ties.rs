//! A newcomer and a story's texts → whether it is its own work, or a copy, a making over, a translation of one of them.

use super::profile::Profile;
use crate::almanac::{Almanac, host};
use crate::likeness::Likeness;
use crate::likeness::course::Course;
use crate::likeness::passages::Prints;
use crate::model::{Article, ArticleId, Derivation};
use crate::text::fold;
use serde::{Deserialize, Serialize};

/// From so much in common on it is the same text…
const VERBATIM: Likeness = Likeness(800);
/// …from so much it has passages of the other…
const REWRITTEN: Likeness = Likeness(300);
/// …which between texts that have one agency's copy needs less to be told.
const REWRITTEN_OF_ONE_AGENCY: Likeness = Likeness(150);
/// From so much in one order on a text in another language is a translation, where one credits or links to whose copy the other
/// is (of professional translations of news nine in ten follow so far from most languages, of reports by others one in fifteen)…
const TRANSLATED: Likeness = Likeness(220);
/// …and from so much on where nobody else signs it: agencies' copy that nobody signs is theirs, whatever was left out.
const TRANSLATED_UNSIGNED: Likeness = Likeness(100);
/// A dateline stands in so many bytes.
const DATELINE_BYTES: usize = 160;
/// Addresses that a text shows, at most.
const LINKS: usize = 8;

/// Whose copy an article says that it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ties {
    /// Agencies credited, folded.
    agencies: Vec<String>,
    /// Do people sign it?
    signed: bool,
    /// Is it agency copy by its outlet, by what it credits, or by its dateline?
    wire: bool,
    /// Its outlet's name, folded: an agency's own report credits nobody.
    outlet: Option<String>,
    /// Its address, without scheme.
    address: Option<String>,
    /// Addresses shown in its text, likewise.
    links: Vec<String>,
}

impl Ties {
    /// Reads what an article says of itself.
    pub fn of(article: &Article, almanac: &Almanac) -> Self {
        let outlet = article.outlet.as_ref().and_then(|outlet| outlet.name.as_deref());
        let head = fold(&article.text[..article.text.floor_char_boundary(DATELINE_BYTES)]);
        let dateline = outlet.is_some_and(|name| head.contains(&format!("({})", fold(name))));
        let agency = outlet.is_some_and(|name| almanac.outlets.agency(name).is_some());
        let links = article.text.match_indices("http").take(LINKS).filter_map(|(at, _)| {
            let rest = &article.text[at..];
            let end = rest.find(|c: char| c.is_whitespace() || "\"<>()”»".contains(c)).unwrap_or(rest.len());
            address(rest[..end].trim_end_matches(['.', ',', ';']))
        });
        Ties {
            agencies: article.agencies.iter().map(|agency| fold(agency)).collect(),
            signed: !article.authors.is_empty(),
            wire: dateline || agency || !article.agencies.is_empty(),
            outlet: outlet.map(fold),
            address: article.url.as_deref().and_then(address),
            links: links.collect(),
        }
    }

    /// Do both have one agency's copy, or does one link to the other?
    fn meet(&self, other: &Ties) -> bool {
        let credits = |a: &Ties, b: &Ties| {
            a.agencies.iter().any(|agency| b.agencies.contains(agency) || b.outlet.as_ref() == Some(agency))
        };
        let leads = |a: &Ties, b: &Ties| b.address.as_ref().is_some_and(|address| a.links.contains(address));
        credits(self, other) || credits(other, self) || leads(self, other) || leads(other, self)
    }
}

/// How much of one order makes a translation of two texts that meet.
fn translated(a: &Ties, b: &Ties) -> Likeness {
    let credits = [a, b].into_iter().filter(|ties| !ties.agencies.is_empty());
    let signed = credits.clone().any(|ties| ties.signed);
    if signed || credits.count() == 0 { TRANSLATED } else { TRANSLATED_UNSIGNED }
}

/// An address of an article without scheme and closing slash; `None` for a site's front.
fn address(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1.split(['?', '#']).next()?;
    let path = rest.split_once('/')?.1.trim_end_matches('/');
    (!path.is_empty()).then(|| format!("{}/{path}", host(url)))
}

/// A text of a story that is no copy of another, as newcomers are held against it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Original {
    pub id: ArticleId,
    pub language: Option<String>,
    prints: Prints,
    course: Course,
    ties: Ties,
    /// Has a later text of the story its words?
    pub is_copied: bool,
}

impl Original {
    /// What is kept of it, as a story's founder or a later text.
    pub fn of(id: ArticleId, profile: &Profile, founds: bool) -> Self {
        let Profile { language, prints, course, ties, .. } = profile;
        // What is no agency's is not looked for in other languages: its course need not be kept. Of a founder that is not certain.
        let course = if ties.wire || founds { course.clone() } else { Course::default() };
        Original {
            id,
            language: language.clone(),
            prints: prints.clone(),
            course,
            ties: ties.clone(),
            is_copied: false,
        }
    }
}

/// Whose words the newcomer is made of, among the texts of its story.
pub(super) fn derivation(originals: &[Original], profile: &Profile) -> Derivation {
    let shared = originals.iter().rev().map(|original| (profile.prints.contained(&original.prints), original));
    let nearest = shared.max_by_key(|(likeness, _)| *likeness);
    if let Some((likeness, original)) = nearest {
        let needed = if profile.ties.meet(&original.ties) { REWRITTEN_OF_ONE_AGENCY } else { REWRITTEN };
        if likeness >= VERBATIM {
            return Derivation::Verbatim(original.id.clone());
        } else if likeness >= needed {
            return Derivation::Rewritten(original.id.clone());
        }
    }
    let foreign = originals.iter().rev().filter(|o| o.language != profile.language && o.ties.meet(&profile.ties));
    let followed = foreign.map(|original| (profile.course.follows(&original.course), original));
    let translated = followed.filter(|(likeness, original)| *likeness >= translated(&original.ties, &profile.ties));
    let nearest = translated.max_by_key(|(likeness, _)| *likeness);
    nearest.map_or(Derivation::Original, |(_, original)| Derivation::Rewritten(original.id.clone()))
}
