//! A desk that follows nothing yet → the page that asks where its reader lives and what they read; then what comes in, and from where.

use super::article::published;
use super::form::{Choice, Fields, Reads, asked_for, countries, reads};
use super::frame::Frame;
use super::outlet::{Latest, row};
use super::route::{Here, anew};
use super::words::{count, plain};
use super::{Site, answer};
use crate::desk::sources::{Handed, Source, State, change, first_run, sources};
use crate::settings;
use crate::store::{ArticleLine, Counts, Reader};
use anyhow::Result;
use askama::Template;
use axum::extract::{Request, State as Of};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Languages that are asked for at first.
const READS: usize = 4;
/// Articles shown as they come.
const FIRST: usize = 20;
/// Outlets that did not answer, listed.
const FAILING: usize = 60;
/// How long the desk is waited for until it has taken up what it is to follow.
const PATIENCE: Duration = Duration::from_secs(10);

/// The page that asks.
#[derive(Template)]
#[template(path = "begin.html")]
struct BeginPage {
    frame: Frame,
    countries: Vec<Choice>,
    reads: Vec<Reads>,
    /// "231 outlets in 197 countries".
    world: String,
    wrong: String,
}

impl BeginPage {
    fn new(site: &Site, country: Option<&str>, languages: &[String], wrong: String) -> Self {
        let world = first_run(site.catalogue, None, &[]);
        let outlets: BTreeSet<&str> = world.iter().map(|pick| pick.outlet.name.as_str()).collect();
        let of: BTreeSet<&str> = world.iter().map(|pick| pick.outlet.country.as_str()).collect();
        BeginPage {
            frame: Frame::new("A new desk", "begin"),
            countries: countries(country),
            reads: reads(languages, READS.max(languages.len())),
            world: format!(
                "{} in {}",
                count(outlets.len(), "outlet", "outlets"),
                count(of.len(), "country", "countries")
            ),
            wrong,
        }
    }
}

/// An outlet that did not answer.
struct Silent {
    outlet: String,
    why: String,
}

/// What has come in so far.
#[derive(Template)]
#[template(path = "start.html")]
struct StartPage {
    frame: Frame,
    coming: Coming,
    told: String,
    silent: Vec<Silent>,
    more_silent: usize,
    first: Vec<(Latest, String)>,
}

/// How many of how many have been asked, have answered, and what they brought.
struct Coming {
    feeds: usize,
    outlets: usize,
    asked: usize,
    answered: usize,
    countries: usize,
    countries_answered: usize,
    counts: Counts,
    failing: Vec<Source>,
    first: Vec<ArticleLine>,
    is_at_work: bool,
}

/// Whose a feed is, as far as it is known.
fn whose(source: &Source) -> &str {
    source.domain.as_deref().or(source.outlet.as_deref()).unwrap_or(&source.url)
}

impl Coming {
    fn read(site: &Site, reader: &Reader) -> Result<Self> {
        let all = sources(&site.home, site.catalogue, false)?;
        // An outlet → its country, whether a feed of it was asked, whether one answered.
        let mut outlets: BTreeMap<&str, (Option<&str>, bool, bool)> = BTreeMap::new();
        for source in &all {
            let (_, asked, answered) =
                outlets.entry(whose(source)).or_insert((source.country.as_deref(), false, false));
            *asked |= source.state != State::Unverified;
            *answered |= matches!(source.state, State::Read { .. });
        }
        let lands = |all: bool| {
            let of = outlets.values().filter(|(.., answered)| all || *answered).filter_map(|(country, ..)| *country);
            of.collect::<BTreeSet<_>>().len()
        };
        let failing = all.iter().filter(|s| matches!(s.state, State::Failing { .. } | State::Resting { .. }));
        Ok(Coming {
            feeds: all.len(),
            outlets: outlets.len(),
            asked: outlets.values().filter(|(_, asked, _)| *asked).count(),
            answered: outlets.values().filter(|(.., answered)| *answered).count(),
            countries: lands(true),
            countries_answered: lands(false),
            counts: reader.counts()?,
            failing: failing.cloned().collect(),
            first: reader.latest(FIRST)?,
            is_at_work: site.is_at_work,
        })
    }

    /// Is there more to come before all were asked once?
    fn goes_on(&self) -> bool {
        self.is_at_work && self.asked < self.outlets
    }

    fn told(&self) -> String {
        let n = |n: u64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
        format!(
            "{} followed in {}: {} asked, {} answered, in {} of {}. {} so far, {}, {} of them told by more than one outlet.",
            count(self.outlets, "outlet is", "outlets are"),
            count(self.countries, "country", "countries"),
            self.asked,
            self.answered,
            self.countries_answered,
            count(self.countries, "country", "countries"),
            n(self.counts.articles, "article", "articles"),
            n(self.counts.stories, "story", "stories"),
            self.counts.told_by_several,
        )
    }
}

impl StartPage {
    fn read(site: &Site, reader: &Reader) -> Result<Self> {
        let coming = Coming::read(site, reader)?;
        let silent = |source: &Source| {
            let why = match &source.state {
                State::Failing { why, .. } | State::Resting { why, .. } => why.as_str(),
                _ => "",
            };
            Silent { outlet: plain(source.outlet.as_deref().unwrap_or(&source.url)), why: plain(why) }
        };
        let first = coming.first.iter().map(|line| {
            let outlet = plain(line.outlet.as_deref().unwrap_or(""));
            (Latest { published: published(line.published), ..row(line) }, outlet)
        });
        Ok(StartPage {
            frame: Frame::new("What comes in", "start"),
            told: coming.told(),
            silent: coming.failing.iter().take(FAILING).map(silent).collect(),
            more_silent: coming.failing.len().saturating_sub(FAILING),
            first: first.collect(),
            coming,
        })
    }
}

/// The same as JSON.
pub fn as_json(site: &Site, reader: &Reader) -> Result<Value> {
    let begins = site.begins()?;
    let coming = Coming::read(site, reader)?;
    Ok(json!({
        "begins": begins, "at_work": coming.is_at_work, "goes_on": coming.goes_on(), "feeds": coming.feeds,
        "outlets": coming.outlets, "asked": coming.asked, "answered": coming.answered,
        "countries": coming.countries, "countries_answered": coming.countries_answered,
        "articles": coming.counts.articles, "stories": coming.counts.stories,
        "told_by_several": coming.counts.told_by_several, "failing": coming.failing, "first": coming.first,
    }))
}

/// Asks what a desk that begins is to follow; of any other it shows what comes in.
pub async fn page(Of(site): Here, asked: HeaderMap) -> Response {
    let here = Arc::clone(&site);
    match tokio::task::spawn_blocking(move || here.begins()).await.map_err(anyhow::Error::from).and_then(|b| b) {
        Ok(true) => {
            let accept = asked.get(ACCEPT_LANGUAGE).and_then(|accept| accept.to_str().ok()).unwrap_or("");
            let settled = site.settled.now();
            let said = settled.get(settings::READS.key).map(|_| settled.reads());
            let mut languages = said.unwrap_or_else(|| asked_for(accept));
            if languages.is_empty() {
                languages = settled.reads();
            }
            languages.truncate(READS);
            answer::once(StatusCode::OK, &BeginPage::new(&site, settled.country(), &languages, String::new()))
        }
        Ok(false) => anew(site, &asked, "page", |site, reader| StartPage::read(site, reader).map(Some)).await,
        Err(error) => answer::failed(&error),
    }
}

/// Takes what the page asked for, and begins.
pub async fn begin(Of(site): Here, request: Request) -> Response {
    let Some(fields) = Fields::of(request).await else {
        let wrong = "The form could not be read. Choose and send it again.".to_owned();
        return answer::once(StatusCode::BAD_REQUEST, &BeginPage::new(&site, None, &[], wrong));
    };
    let work = tokio::task::spawn_blocking(move || {
        // Whoever sends it twice begins once.
        if !site.begins()? {
            return Ok(Redirect::to("/start").into_response());
        }
        if fields.get("go") == Some("look") {
            site.has_begun.store(true, Ordering::SeqCst);
            return Ok(Redirect::to("/").into_response());
        }
        Ok(follow(&site, &fields))
    });
    match work.await.map_err(anyhow::Error::from).and_then(|done| done) {
        Ok(response) => response,
        Err(error) => answer::failed(&error),
    }
}

fn follow(site: &Site, fields: &Fields) -> Response {
    let country = fields.get("country").filter(|code| !code.is_empty());
    let chosen = fields.reads();
    let settled = site
        .settled
        .change(&[(settings::COUNTRY.key, country.map(str::to_owned)), (settings::READS.key, chosen.clone())])
        .map(|()| site.settled.now());
    let settled = match settled {
        Ok(settled) => settled,
        Err(error) => {
            let languages: Vec<String> = chosen.iter().flat_map(|c| c.split(',')).map(str::to_owned).collect();
            let page = BeginPage::new(site, country, &languages, format!("{error:#}"));
            return answer::once(StatusCode::BAD_REQUEST, &page);
        }
    };
    let picks = first_run(site.catalogue, settled.country(), &settled.reads());
    let words = picks.iter().map(|pick| pick.word()).collect::<Result<Vec<_>>>();
    match words.and_then(|words| change(&site.home, &words, PATIENCE)) {
        // What waits is taken up by the desk as soon as it looks.
        Ok(Handed::Logged | Handed::TakenUp | Handed::Waits) => Redirect::to("/start").into_response(),
        Err(error) => answer::failed(&error),
    }
}
