//! What is known of outlets → their pages: one in full, all in a list; and one as JSON.

mod feeds;
mod imprint;
mod known;
mod list;

pub use list::OutletsPage;

use super::Site;
use super::article::published;
use super::frame::Frame;
use super::story::outlet_page;
use super::words::{access, count, country, kind, language, minute, plain, series, stamp};
use crate::store::{ArticleLine, OutletLine, Reader, TellingIn, key};
use anyhow::Result;
use askama::Template;
use feeds::Feed;
use imprint::Imprint;
use known::{Carried, Known, Twice};
use serde_json::Value;

/// Of its latest articles so many stand open, the others folded.
const OPEN: usize = 30;
/// Of the stories told at home and abroad likewise.
const PAIRS: usize = 6;

/// An article in an outlet's list.
pub struct Latest {
    pub href: String,
    pub title: String,
    pub lang: String,
    pub labels: Vec<String>,
    pub stamp: String,
    pub published: String,
    /// Its story, where others tell that too.
    pub story: Option<(String, u64)>,
}

/// How one edition headlines a story.
pub struct Telling {
    pub href: String,
    pub title: String,
    pub lang: String,
    pub language: String,
    pub stamp: String,
    pub published: String,
}

/// A story that it tells at home and to others.
pub struct Pair {
    pub story: String,
    pub told: String,
    /// The home edition's first.
    pub tellings: Vec<Telling>,
}

/// What it has of an agency.
pub struct FromAgency {
    pub agency: String,
    pub href: Option<String>,
    pub told: String,
    pub examples: Vec<Latest>,
}

#[derive(Template)]
#[template(path = "outlet.html")]
pub struct OutletPage {
    frame: Frame,
    name: String,
    /// Its country's page and name.
    country: Option<(String, String)>,
    told: Vec<String>,
    imprint: Imprint,
    /// What share of its output is seen, in a word; and what that rests on.
    seen: (String, String),
    agencies: Vec<FromAgency>,
    /// Of how many articles they are.
    credits: String,
    carried: Option<FromAgency>,
    feeds: Vec<Feed>,
    /// Why that is not known.
    feeds_unknown: Option<String>,
    may_change: bool,
    own: String,
    pairs: Vec<Pair>,
    more_pairs: Vec<Pair>,
    latest: Vec<Latest>,
    older: Vec<Latest>,
    shown: Option<(usize, u64)>,
    api: String,
}

impl OutletPage {
    /// Reads what is known of an outlet; `None` where that is nothing.
    pub fn read(site: &Site, reader: &Reader, asked: &str) -> Result<Option<Self>> {
        let since = reader.last_change()?;
        let Some(known) = Known::read(site, reader, asked)? else { return Ok(None) };
        let articles = known.line.as_ref().map_or(0, |line| line.articles);
        let mut latest: Vec<Latest> = known.latest.iter().map(row).collect();
        let older = latest.split_off(latest.len().min(OPEN));
        let mut pairs: Vec<Pair> = known.twice.iter().map(pair).collect();
        let name = plain(known.name());
        let listed = latest.len() + older.len();
        Ok(Some(OutletPage {
            frame: Frame::new(&name, "outlet").watching(&key(&known.id), since),
            name,
            country: known.country().map(|code| (super::world::page(code), country(code))),
            told: known.line.as_ref().map(told).unwrap_or_default(),
            seen: (known.seen.word(), plain(&known.seen.why())),
            credits: credits(&known),
            agencies: known.agencies.iter().map(|carried| from(carried, articles)).collect(),
            carried: republished(&known),
            feeds: feeds::feeds(&known),
            may_change: site.is_at_work,
            own: known.own.as_deref().map(language).unwrap_or_default(),
            more_pairs: pairs.split_off(pairs.len().min(PAIRS)),
            pairs,
            latest,
            older,
            shown: (articles > listed as u64).then_some((listed, articles)),
            api: outlet_page(&known.id).replacen("/outlet/", "/api/v1/outlets/", 1),
            imprint: Imprint::of(&known),
            feeds_unknown: known.feeds.err().map(|why| plain(&why)),
        }))
    }
}

/// The same as JSON.
pub fn as_json(site: &Site, reader: &Reader, asked: &str) -> Result<Option<Value>> {
    Ok(Known::read(site, reader, asked)?.map(|known| known.as_json()))
}

/// What is known of its articles here, each of how many.
fn told(line: &OutletLine) -> Vec<String> {
    let languages: Vec<_> = line.languages.iter().map(|l| language(l)).collect();
    let mut told = vec![
        format!("{} on this desk", count(usize::try_from(line.articles).unwrap_or(0), "article", "articles")),
        format!("{} of {} read in full", line.full, line.articles),
        format!("{} of {} copy or rewrite another report here", line.articles - line.original, line.articles),
    ];
    if !languages.is_empty() {
        told.push(format!("in {}", series(&languages)));
    }
    told.extend(line.newest.map(|at| format!("last published {}", minute(at))));
    told
}

/// Of how many articles it is known what they credit.
fn credits(known: &Known) -> String {
    let Some(line) = &known.line else { return String::new() };
    format!(
        "{} of {} credit an agency. A credit is seen only where the text could be read: {} in full.",
        known.crediting,
        count(usize::try_from(line.articles).unwrap_or(0), "article", "articles"),
        line.full
    )
}

fn from(carried: &Carried, articles: u64) -> FromAgency {
    FromAgency {
        agency: plain(&carried.of.agency),
        href: carried.outlet.as_deref().map(outlet_page),
        told: format!("{} of {articles}", carried.of.articles),
        examples: carried.examples.iter().map(row).collect(),
    }
}

/// What it republished of others' articles.
fn republished(known: &Known) -> Option<FromAgency> {
    let (all, examples) = &known.carried;
    (*all > 0).then(|| FromAgency {
        agency: "Other outlets’ articles".to_owned(),
        href: None,
        told: count(usize::try_from(*all).unwrap_or(0), "article", "articles"),
        examples: examples.iter().map(row).collect(),
    })
}

fn pair(twice: &Twice) -> Pair {
    Pair {
        story: format!("/story/{}", twice.story),
        told: count(usize::try_from(twice.outlets).unwrap_or(0), "outlet", "outlets"),
        tellings: std::iter::once(&twice.home).chain(&twice.others).map(telling).collect(),
    }
}

fn telling(of: &TellingIn) -> Telling {
    Telling {
        href: format!("/article/{}", of.key),
        title: plain(of.title.as_deref().unwrap_or("(untitled)")),
        language: plain(&language(&of.language)),
        lang: of.language.clone(),
        stamp: of.published.map(stamp).unwrap_or_default(),
        published: published(of.published),
    }
}

/// An article as a line of a list.
pub fn row(line: &ArticleLine) -> Latest {
    let labels = [
        line.language.as_deref().map(language),
        (line.kind != "report").then(|| kind(&line.kind).to_owned()),
        access(&line.access).map(str::to_owned),
        (!line.is_original).then(|| "another’s report".to_owned()),
    ];
    Latest {
        href: format!("/article/{}", line.key),
        title: plain(line.title.as_deref().unwrap_or("(untitled)")),
        lang: line.language.clone().unwrap_or_else(|| "und".into()),
        labels: labels.into_iter().flatten().collect(),
        stamp: line.published.map(stamp).unwrap_or_default(),
        published: published(line.published),
        story: (line.outlets > 1).then(|| (format!("/story/{}", line.story), line.outlets)),
    }
}
