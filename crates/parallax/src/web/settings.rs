//! What a desk is set to → a page on which its owner changes it, and its JSON twin; words of its owner's on what is followed.

use super::form::{Choice, Fields, Reads, countries, reads};
use super::frame::Frame;
use super::gate::is_local;
use super::kept::Rendered;
use super::route::Here;
use super::words::{count, language, plain, series};
use super::{Site, answer};
use crate::desk::sources::{Pick, Source, change, first_run, rest, resume, sources};
use crate::desk::subscription;
use crate::limits::LANGUAGES_READ;
use crate::settings::{self, COUNTRY, ENTRIES, Entry, READS, Settings, Sort};
use anyhow::Result;
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;
use std::sync::Arc;
use std::time::Duration;

/// Choices among languages beyond those that are read.
const MORE: usize = 2;
/// How long the desk is waited for until it has taken up a change.
const PATIENCE: Duration = Duration::from_secs(10);

/// A setting that is typed.
struct Typed {
    key: &'static str,
    name: &'static str,
    says: &'static str,
    value: String,
    /// The least that it may be, of a number.
    least: Option<u32>,
    given: Option<String>,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    frame: Frame,
    file: String,
    countries: Vec<Choice>,
    reads: Vec<Reads>,
    typed: Vec<Typed>,
    /// What the command line gives of country and languages.
    reads_given: Option<String>,
    wrong: String,
    is_kept: bool,
    may_change: bool,
    followed: String,
    /// What the world set, the reader's country and languages would add.
    to_follow: Option<String>,
    all: Vec<(&'static str, String)>,
}

/// What was typed and cannot be.
type Wrong = BTreeMap<&'static str, String>;

impl SettingsPage {
    fn read(site: &Site, typed: &Settings, wrong: &Wrong, said: String) -> Result<Self> {
        let (given, now) = (site.settled.given(), site.settled.now());
        let told = |entry: &Entry| given.get(entry.key).map(str::to_owned);
        let typed_ones = ENTRIES.iter().filter(|entry| matches!(entry.sort, Sort::Number(_) | Sort::Contact));
        let chosen: Vec<String> = typed.get(READS.key).map(|_| typed.reads()).unwrap_or_default();
        let all = sources(&site.home, site.catalogue, false)?;
        let more = missing(site, &all);
        let name = |entry: &Entry| match (entry.sort, now.get(entry.key)) {
            (Sort::Languages, None) => {
                format!("not said: {}", series(&now.reads().iter().map(|l| language(l)).collect::<Vec<_>>()))
            }
            (_, None) => Settings::unsaid(entry).map_or("not said".to_owned(), |holds| format!("not said: {holds}")),
            (Sort::Country, Some(code)) => super::words::country(code),
            (Sort::Languages, Some(tags)) => series(&tags.split(',').map(language).collect::<Vec<_>>()),
            (_, Some(said)) => plain(said),
        };
        Ok(SettingsPage {
            frame: Frame::new("Settings", "settings"),
            file: settings::path(&site.home).display().to_string(),
            countries: countries(typed.country()),
            reads: reads(&chosen, LANGUAGES_READ.min(chosen.len() + MORE)),
            typed: typed_ones
                .map(|entry| Typed {
                    key: entry.key,
                    name: entry.name,
                    says: entry.says,
                    value: typed.get(entry.key).unwrap_or_default().to_owned(),
                    least: if let Sort::Number(least) = entry.sort { Some(least) } else { None },
                    given: told(entry),
                    wrong: wrong.get(entry.key).cloned(),
                })
                .collect(),
            reads_given: told(&READS),
            wrong: said,
            is_kept: false,
            may_change: site.is_at_work,
            followed: counted(&all),
            to_follow: (!more.is_empty()).then(|| of_picks(&more)),
            all: ENTRIES.iter().map(|entry| (entry.name, name(entry))).collect(),
        })
    }
}

/// "410 feeds of 380 outlets: 300 read, 20 failing".
fn counted(all: &[Source]) -> String {
    let outlets: BTreeSet<_> = all.iter().map(|s| s.domain.as_ref().or(s.outlet.as_ref()).unwrap_or(&s.url)).collect();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for source in all {
        *states.entry(source.state.word()).or_default() += 1;
    }
    let states: Vec<String> = states.iter().map(|(state, n)| format!("{n} {state}")).collect();
    if all.is_empty() {
        return "No feed is followed.".to_owned();
    }
    let (feeds, outlets) = (count(all.len(), "feed", "feeds"), count(outlets.len(), "outlet", "outlets"));
    format!("{feeds} of {outlets} followed: {}.", series(&states))
}

fn of_picks(picks: &[Pick<'_>]) -> String {
    let outlets: BTreeSet<_> = picks.iter().map(|pick| pick.outlet.name.as_str()).collect();
    format!("{} of {}", count(picks.len(), "feed", "feeds"), count(outlets.len(), "outlet", "outlets"))
}

/// Of what a new desk with these settings would follow, what this one does not.
fn missing<'a>(site: &'a Site, all: &[Source]) -> Vec<Pick<'a>> {
    let there: BTreeSet<&str> =
        all.iter().flat_map(|s| [Some(s.url.as_str()), s.moved_from.as_deref()]).flatten().collect();
    let now = site.settled.now();
    let mut picks = first_run(site.catalogue, now.country(), &now.reads());
    picks.retain(|pick| !there.contains(pick.url));
    picks
}

/// What led to the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    kept: String,
}

/// The page.
pub async fn page(State(site): Here, Query(asked): Query<Asked>) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let page = SettingsPage::read(&site, &site.settled.in_file(), &Wrong::new(), String::new())?;
        Ok(answer::once(StatusCode::OK, &SettingsPage { is_kept: !asked.kept.is_empty(), ..page }))
    });
    done(made.await)
}

fn done(made: Result<Result<Response>, tokio::task::JoinError>) -> Response {
    match made.map_err(anyhow::Error::from).and_then(|made| made) {
        Ok(response) => response,
        Err(error) => answer::failed(&error),
    }
}

/// The same as JSON.
pub fn as_json(site: &Site) -> Result<Value> {
    let (given, in_file, now) = (site.settled.given(), site.settled.in_file(), site.settled.now());
    let entry = |entry: &Entry| {
        json!({
            "key": entry.key, "says": entry.says, "holds": now.get(entry.key), "in_file": in_file.get(entry.key),
            "given": given.get(entry.key),
        })
    };
    let all = sources(&site.home, site.catalogue, false)?;
    Ok(json!({
        "file": settings::path(&site.home), "settings": ENTRIES.iter().map(entry).collect::<Vec<_>>(),
        "followed": all.len(), "to_follow": missing(site, &all).len(),
    }))
}

/// What of the settings a form says.
fn said(fields: &Fields) -> Vec<(&'static str, Option<String>)> {
    let of = |entry: &Entry| {
        let first = fields.get(entry.key)?.to_owned();
        let said = if entry.sort == Sort::Languages { fields.reads() } else { Some(first).filter(|s| !s.is_empty()) };
        Some((entry.key, said))
    };
    ENTRIES.iter().filter_map(of).collect()
}

fn only_shown() -> Response {
    answer::refused(
        StatusCode::CONFLICT,
        "This desk is only shown (--only-pages): nothing is changed here. `parallax settings` and `parallax sources` change it.",
    )
}

/// Takes what was typed.
pub async fn keep(State(site): Here, request: Request) -> Response {
    let changes = Fields::of(request).await.map(|fields| said(&fields)).filter(|changes| !changes.is_empty());
    let Some(changes) = changes else {
        return answer::refused(StatusCode::BAD_REQUEST, "The form could not be read: nothing was changed.");
    };
    if !site.is_at_work {
        return only_shown();
    }
    done(tokio::task::spawn_blocking(move || keep_them(&site, &changes)).await)
}

fn keep_them(site: &Arc<Site>, changes: &[(&'static str, Option<String>)]) -> Result<Response> {
    let (mut typed, mut wrong) = (Settings::default(), Wrong::new());
    for (key, said) in changes {
        if let Some(said) = said
            && let Err(error) = typed.set(key, said)
        {
            wrong.insert(key, error.to_string());
        }
    }
    let mut told = String::new();
    if wrong.is_empty() {
        match site.settled.change(changes) {
            Ok(()) => {
                site.kept.forget_all(site.kept.version());
                return Ok(Redirect::to("/settings?kept=1").into_response());
            }
            Err(error) => told = format!("{error:#}"),
        }
    } else {
        told.push_str("Nothing was changed yet.");
        // Of what is chosen from a list nothing is wrong, unless somebody sends what no page offers.
        told.extend([COUNTRY, READS].iter().filter_map(|entry| wrong.get(entry.key)).map(|why| format!(" {why}.")));
    }
    let mut page = SettingsPage::read(site, &typed, &wrong, told)?;
    for one in &mut page.typed {
        // What was typed stands there still, to be mended.
        let was = changes.iter().find(|(key, _)| *key == one.key).and_then(|(_, said)| said.clone());
        one.value = was.unwrap_or_default();
    }
    Ok(answer::once(StatusCode::BAD_REQUEST, &page))
}

/// Takes a word on what is followed.
pub async fn steer(State(site): Here, request: Request) -> Response {
    let fields = Fields::of(request).await;
    if !site.is_at_work {
        return only_shown();
    }
    done(tokio::task::spawn_blocking(move || steered(&site, fields.as_ref())).await)
}

fn steered(site: &Site, fields: Option<&Fields>) -> Result<Response> {
    let of = |name| fields.and_then(|fields: &Fields| fields.get(name)).unwrap_or("");
    let all = sources(&site.home, site.catalogue, false)?;
    let feed = all.iter().find(|source| source.url == of("feed"));
    let (done, to) = match (of("go"), feed) {
        ("follow", _) => {
            let words = missing(site, &all).iter().map(Pick::word).collect::<Result<Vec<_>>>()?;
            (change(&site.home, &words, PATIENCE).map(drop), "/start")
        }
        ("rest", Some(feed)) => (rest(&site.home, from_ref(&feed.url), "its owner lets it rest"), of("to")),
        ("resume", Some(feed)) => (resume(&site.home, from_ref(&feed.url)), of("to")),
        ("remove", Some(feed)) => {
            (change(&site.home, &[subscription(&feed.url, None, false)?], PATIENCE).map(drop), of("to"))
        }
        ("rest" | "resume" | "remove", None) => {
            return Ok(answer::refused(StatusCode::BAD_REQUEST, "That feed is not followed: nothing was changed."));
        }
        _ => return Ok(answer::refused(StatusCode::BAD_REQUEST, "The form could not be read: nothing was changed.")),
    };
    done?;
    site.kept.forget_all(site.kept.version());
    Ok(Redirect::to(if is_local(to) { to } else { "/settings" }).into_response())
}

/// What the page shows, as JSON.
pub async fn api(State(site): Here, asked: HeaderMap) -> Response {
    let made = tokio::task::spawn_blocking(move || Rendered::new(&as_json(&site)?.to_string()));
    match made.await.map_err(anyhow::Error::from).and_then(|made| made) {
        Ok(json) => answer::json(&json, &asked),
        Err(error) => answer::failed(&error),
    }
}
