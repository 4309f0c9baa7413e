//! A desk's folder → what each country's press, and the press in each language, left out and has alone; or why that cannot be told.
//!
//! `gather` lays out who told what and when which feed was read; the core judges; `words` says it in sentences; `kept` keeps it for pages;
//! `listed` counts what of an outlet's news sitemap its feeds showed; `outlet` says of one outlet how much of it was seen.

mod gather;
mod kept;
mod listed;
mod outlet;
mod words;

pub use gather::gather;
pub use kept::Kept;
pub use listed::Counted;
pub use outlet::Seen;
pub use words::{alone, silence, standing};

use crate::limits::MISSED_SHOWN;
use crate::rank::WINDOW_MINUTES;
use crate::store::{Home, Reader};
use anyhow::Result;
use parallax_core::missed::{Alone, Findings, Silence, Unclear, judge};
use serde_json::{Value, json};

/// By what presses are told apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum By {
    /// Where the outlet has its seat.
    Country,
    /// What the article is written in.
    Language,
}

/// All presses of a desk, judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The desk's newest report, in minutes since 1970 UTC: what is told is told as of then.
    pub now: i64,
    /// What became widely told from then on was judged.
    pub since: i64,
    /// A press each.
    pub findings: Vec<Findings>,
}

impl Judged {
    /// Judges a desk as it stands.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn of(reader: &Reader, home: &Home, by: By) -> Result<Self> {
        let now = reader.newest()?.unwrap_or(0);
        let since = now - WINDOW_MINUTES;
        let desk = gather(reader, home, by, (since, now))?;
        Ok(Judged { now, since, findings: judge(&desk, parallax_almanac::world()) })
    }

    /// What is found of a press; `None` where the desk has none of that name.
    pub fn of_press(&self, name: &str) -> Option<&Findings> {
        self.findings.iter().find(|found| found.press == name)
    }
}

/// A story as it is named in a list of what was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    /// Its page's key.
    pub key: String,
    /// Its headline, or that of its first report.
    pub headline: String,
    /// What that is written in.
    pub language: String,
    /// Who so headlines it.
    pub outlet: String,
}

/// What a story is called; `None` where it is not there any more.
///
/// # Errors
/// The desk cannot be read.
pub fn named(reader: &Reader, story: &str) -> Result<Option<Named>> {
    let Some(line) = reader.story_line(story)? else { return Ok(None) };
    let first = reader.first_report(story)?;
    let (headline, language, outlet) = match first {
        Some(first) => (first.title, first.language, first.outlet),
        None => (line.headline.clone(), None, None),
    };
    Ok(Some(Named {
        key: line.key,
        headline: headline.or(line.headline).unwrap_or_else(|| "(untitled)".to_owned()),
        language: language.unwrap_or_else(|| "und".to_owned()),
        outlet: outlet.unwrap_or_default(),
    }))
}

/// What is found of a press, as JSON.
///
/// # Errors
/// The desk cannot be read.
pub fn as_json(reader: &Reader, judged: &Judged, found: &Findings) -> Result<Value> {
    let silent = |s: &Silence| -> Result<Option<Value>> {
        let Some(named) = named(reader, &s.story)? else { return Ok(None) };
        Ok(Some(json!({
            "story": s.story, "key": named.key, "headline": named.headline, "language": named.language,
            "told_here": s.told, "outlets_here": s.outlets, "read_here": s.working, "seen": share(s.seen),
            "presses": s.elsewhere.presses, "of_presses": s.elsewhere.of_presses, "outlets": s.elsewhere.outlets,
            "separate": s.elsewhere.separate, "first": s.first, "widely_since": s.widely, "near": s.near.word(),
            "expected": share(s.expected), "silent_by_chance": s.silent, "unseen_by_chance": s.unseen,
            "alike": {"told": s.alike.0, "of": s.alike.1},
            "unclear": s.unclear.map(Unclear::word), "why": silence(s).join(" "),
        })))
    };
    let alone_here = |a: &Alone| -> Result<Option<Value>> {
        let Some(named) = named(reader, &a.story)? else { return Ok(None) };
        Ok(Some(json!({
            "story": a.story, "key": named.key, "headline": named.headline, "language": named.language,
            "told_here": a.told, "separate_here": a.separate, "outlets_here": a.outlets, "last": a.last,
            "other_presses_read": a.other_presses, "other_outlets_read": a.other_outlets, "why": alone(a),
        })))
    };
    let list = |silences: &[Silence]| -> Result<Vec<Value>> {
        silences.iter().take(MISSED_SHOWN).filter_map(|s| silent(s).transpose()).collect()
    };
    let standing_of = &found.standing;
    Ok(json!({
        "press": found.press, "as_of": judged.now, "since": judged.since,
        "outlets": standing_of.outlets, "read": standing_of.working, "read_since": standing_of.since,
        "seen": share(standing_of.seen), "carried_known": standing_of.known, "judged": found.judged,
        "standing": standing(found), "left_out": list(&found.missed)?, "of_left_out": found.missed.len(),
        "cannot_tell": list(&found.unclear)?, "of_cannot_tell": found.unclear.len(),
        "alone": found.alone.iter().take(MISSED_SHOWN).filter_map(|a| alone_here(a).transpose()).collect::<Result<Vec<_>>>()?,
        "of_alone": found.alone.len(),
    }))
}

/// Thousandths as a share of one.
fn share(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1_000.0
}
