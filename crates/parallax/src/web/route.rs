//! An address → what it leads to.

use super::article::{ArticlePage, asked};
use super::frame::Frame;
use super::front::{FrontPage, SHELVES};
use super::gate::Open::{self, Data, Page, ToAll};
use super::kept::{Name, Rendered};
use super::outlet::{OutletPage, OutletsPage};
use super::shape::Story;
use super::status::{StatusPage, now};
use super::story::StoryPage;
use super::world::{self, CountryPage, GlobePage};
use super::{Site, answer, api, assets, gate, live, outlet, settings, start};
use crate::log::Level;
use crate::store::{Reader, Rounds};
use anyhow::Result;
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, any, get, post};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// A route: how it is asked for, who may, and what answers.
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// Its address, with what varies in braces.
    pub path: &'static str,
    /// Who may ask.
    pub open: Open,
    handler: fn() -> MethodRouter<Arc<Site>>,
}

const fn route(
    method: &'static str,
    path: &'static str,
    open: Open,
    handler: fn() -> MethodRouter<Arc<Site>>,
) -> Route {
    Route { method, path, open, handler }
}

/// All routes there are: the router is made of these.
pub const ROUTES: &[Route] = &[
    route("GET", "/", Page, || get(front)),
    route("GET", "/start", Page, || get(start::page)),
    route("POST", "/start", Page, || post(start::begin)),
    route("GET", "/shelf/{shelf}", Page, || get(shelf)),
    route("GET", "/story/{key}", Page, || get(story)),
    route("GET", "/article/{key}", Page, || get(article)),
    route("GET", "/globe", Page, || get(globe)),
    route("GET", "/country/{code}", Page, || get(country)),
    route("GET", "/outlets", Page, || get(outlets)),
    route("GET", "/outlet/{name}", Page, || get(one_outlet)),
    route("GET", "/settings", Page, || get(settings::page)),
    route("POST", "/settings", Page, || post(settings::keep)),
    route("POST", "/sources", Page, || post(settings::steer)),
    route("GET", "/status", Page, || get(status)),
    route("GET", "/help", Page, || get(help)),
    route("GET", "/live", Data, || get(live::events)),
    route("GET", "/login", ToAll, || get(gate::ask)),
    route("POST", "/login", ToAll, || post(gate::enter)),
    route("POST", "/logout", Page, || post(gate::leave)),
    route("GET", "/healthz", ToAll, || get(|| async { "ok\n" })),
    route("GET", "/assets/{name}", ToAll, || get(asset)),
    route("GET", "/favicon.ico", ToAll, || get(|| async { Redirect::permanent("/assets/parallax.svg") })),
    route("GET", "/api/v1/stories", Data, || get(api_stories)),
    route("GET", "/api/v1/stories/{key}", Data, || get(api_story)),
    route("GET", "/api/v1/articles/{key}", Data, || get(api_article)),
    route("GET", "/api/v1/countries", Data, || get(api_countries)),
    route("GET", "/api/v1/countries/{code}", Data, || get(api_country)),
    route("GET", "/api/v1/outlets", Data, || get(api_outlets)),
    route("GET", "/api/v1/outlets/{name}", Data, || get(api_outlet)),
    route("GET", "/api/v1/settings", Data, || get(settings::api)),
    route("GET", "/api/v1/start", Data, || get(api_start)),
    route("GET", "/api/v1/status", Data, || get(api_status)),
];

/// The site's routes behind its gate.
pub fn router(site: Arc<Site>) -> Router {
    let admit = |open| from_fn_with_state((Arc::clone(&site), open), gate::admit);
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)().layer(admit(route.open)));
    }
    // Who may not see what is there does not learn what is not.
    let missing = any(|| async { answer::missing("page") }).layer(admit(Page));
    router
        .fallback_service(missing.with_state(Arc::clone(&site)))
        .layer(from_fn_with_state(Arc::clone(&site), gate::guard))
        .layer(from_fn_with_state(Arc::clone(&site), answer::tell))
        .with_state(site)
}

/// The site that is asked.
pub type Here = State<Arc<Site>>;

/// A page that is kept until what it shows has changed.
async fn kept<T: Template>(
    site: Arc<Site>,
    name: Name,
    asked: &HeaderMap,
    what: &'static str,
    read: impl FnOnce(&Site, &Reader) -> Result<Option<T>> + Send + 'static,
) -> Response {
    let asking = Arc::clone(&site);
    let render = async move {
        tokio::task::spawn_blocking(move || {
            let page = asking.readers.with(|reader| read(&asking, reader))?;
            page.map(|page| Rendered::new(&page.render()?)).transpose()
        })
        .await?
    };
    match site.kept.page(name, render).await {
        Ok(Some(page)) => answer::page(&page, asked),
        Ok(None) => answer::missing(what),
        Err(error) => answer::failed(&error),
    }
}

/// A page made anew whenever it is asked for.
pub async fn anew<T: Template>(
    site: Arc<Site>,
    asked: &HeaderMap,
    what: &'static str,
    read: impl FnOnce(&Site, &Reader) -> Result<Option<T>> + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let page = site.readers.with(|reader| read(&site, reader))?;
        page.map(|page| Rendered::new(&page.render()?)).transpose()
    });
    match made.await.map_err(anyhow::Error::from).and_then(|made| made) {
        Ok(Some(page)) => answer::page(&page, asked),
        Ok(None) => answer::missing(what),
        Err(error) => answer::failed(&error),
    }
}

/// A desk that begins asks first what it is to follow.
async fn front(site: Here, asked: HeaderMap) -> Response {
    let here = Arc::clone(&site.0);
    match tokio::task::spawn_blocking(move || here.begins())
        .await
        .map_err(anyhow::Error::from)
        .and_then(|begins| begins)
    {
        Ok(true) => Redirect::to("/start").into_response(),
        Ok(false) => shelf(site, Path("news".to_owned()), asked).await,
        Err(error) => answer::failed(&error),
    }
}

async fn shelf(State(site): Here, Path(shelf): Path<String>, asked: HeaderMap) -> Response {
    if !SHELVES.contains(&shelf.as_str()) {
        return answer::missing("shelf");
    }
    let name = Name::Shelf(shelf.clone());
    kept(site, name, &asked, "shelf", move |site, reader| FrontPage::read(reader, &shelf, &site.reads()).map(Some))
        .await
}

async fn story(State(site): Here, Path(key): Path<String>, asked: HeaderMap) -> Response {
    let (here, called) = (Arc::clone(&site), key.clone());
    let page = kept(here, Name::Story(key.clone()), &asked, "story", move |site, reader| {
        let since = reader.last_change()?;
        let Some(id) = reader.story_of(&called)?.filter(|id| crate::store::key(id) == called) else { return Ok(None) };
        let Some(line) = reader.story_line(&id)? else { return Ok(None) };
        let story: Story = match reader.comparison(&id)? {
            Some(kept) => serde_json::from_value(kept)?,
            None => Story { id, ..Story::default() },
        };
        Ok(Some(StoryPage::new(&line, &story, &site.reads(), since)))
    })
    .await;
    if page.status() != StatusCode::NOT_FOUND {
        return page;
    }
    // By the name of one of its articles: of one that joined it, or that founded a story which is no more.
    let found = tokio::task::spawn_blocking(move || site.readers.with(|reader| reader.story_of(&key)));
    match found.await.map_err(anyhow::Error::from).and_then(|found| found) {
        Ok(Some(id)) => Redirect::temporary(&format!("/story/{}", crate::store::key(&id))).into_response(),
        _ => page,
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    at: String,
}

async fn article(
    State(site): Here,
    Path(key): Path<String>,
    Query(query): Query<Asked>,
    asked_for: HeaderMap,
) -> Response {
    let at = asked(&query.at);
    let is_plain = at.is_none();
    let read = {
        let key = key.clone();
        move |site: &Site, reader: &Reader| {
            let since = reader.last_change()?;
            let Some(standing) = reader.article(&key)? else { return Ok(None) };
            if standing.is_entry {
                // Somebody wants to read it: its page is fetched first, if the desk fetches. Without that the page here is as good.
                let noted =
                    Rounds::open(&site.home.reader()).and_then(|r| r.opened(&standing.placed.article.id.0, now()));
                if let Err(error) = noted {
                    let words = format!("that an article was opened could not be noted: {error:#}");
                    site.log.say(Level::Warn, "opened", &words, json!({"article": key}));
                }
            }
            let story = reader.story_line(&standing.placed.placement.story.0.0)?;
            Ok(Some(ArticlePage::new(&standing, story.as_ref(), at, since)))
        }
    };
    if is_plain {
        kept(site, Name::Article(key), &asked_for, "article", read).await
    } else {
        anew(site, &asked_for, "article", read).await
    }
}

#[derive(Deserialize)]
struct AskedStory {
    story: Option<String>,
}

async fn globe(State(site): Here, Query(query): Query<AskedStory>, asked: HeaderMap) -> Response {
    match query.story {
        None => kept(site, Name::Globe, &asked, "page", |_, reader| GlobePage::read(reader).map(Some)).await,
        Some(key) => anew(site, &asked, "story", move |_, reader| GlobePage::of_story(reader, &key)).await,
    }
}

async fn country(State(site): Here, Path(code): Path<String>, asked: HeaderMap) -> Response {
    let code = code.to_ascii_uppercase();
    let name = Name::Country(code.clone());
    kept(site, name, &asked, "country", move |site, reader| CountryPage::read(site, reader, &code)).await
}

async fn outlets(State(site): Here, asked: HeaderMap) -> Response {
    kept(site, Name::Outlets, &asked, "list", |site, reader| OutletsPage::read(site, reader).map(Some)).await
}

async fn one_outlet(State(site): Here, Path(name): Path<String>, asked: HeaderMap) -> Response {
    // How its feeds fare changes without word, and is told with its age.
    anew(site, &asked, "outlet", move |site, reader| OutletPage::read(site, reader, &name)).await
}

async fn status(State(site): Here, asked: HeaderMap) -> Response {
    anew(site, &asked, "status", |site, reader| {
        StatusPage::read(&site.home, reader, site.gate.ended().is_some()).map(Some)
    })
    .await
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
}

async fn help(asked: HeaderMap) -> Response {
    let page = HelpPage { frame: Frame::new("How to read this", "help") };
    match page.render().map_err(anyhow::Error::from).and_then(|html| Rendered::new(&html)) {
        Ok(page) => answer::page(&page, &asked),
        Err(error) => answer::failed(&error),
    }
}

async fn asset(Path(name): Path<String>, asked: HeaderMap) -> Response {
    match assets::asset(&name) {
        Some((content, sort)) => answer::asset(content, &asked, sort),
        None => answer::missing("file"),
    }
}

async fn as_json(
    site: Arc<Site>,
    asked: &HeaderMap,
    read: impl FnOnce(&Site, &Reader) -> Result<Option<serde_json::Value>> + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || {
        let value = site.readers.with(|reader| read(&site, reader))?;
        value.map(|value| Rendered::new(&value.to_string())).transpose()
    });
    let problem = |status: StatusCode, message: &str, remedy: &str| {
        (status, [(CONTENT_TYPE, "application/json")], api::problem(message, remedy).to_string()).into_response()
    };
    match made.await.map_err(anyhow::Error::from).and_then(|made| made) {
        Ok(Some(json)) => answer::json(&json, asked),
        Ok(None) => {
            problem(StatusCode::NOT_FOUND, "there is no such thing here", "GET /api/v1/stories lists what there is")
        }
        Err(error) => {
            let told = problem(StatusCode::INTERNAL_SERVER_ERROR, &format!("{error:#}"), "try again in a moment");
            answer::because(told, &error)
        }
    }
}

#[derive(Deserialize)]
struct AskedShelf {
    shelf: Option<String>,
}

async fn api_stories(State(site): Here, Query(query): Query<AskedShelf>, asked: HeaderMap) -> Response {
    let shelf = query.shelf.unwrap_or_else(|| "news".to_owned());
    as_json(site, &asked, move |_, reader| api::stories(reader, &shelf).map(Some)).await
}

async fn api_story(State(site): Here, Path(key): Path<String>, asked: HeaderMap) -> Response {
    as_json(site, &asked, move |_, reader| api::story(reader, &key)).await
}

async fn api_article(State(site): Here, Path(key): Path<String>, asked: HeaderMap) -> Response {
    as_json(site, &asked, move |_, reader| api::article(reader, &key)).await
}

async fn api_countries(State(site): Here, asked: HeaderMap) -> Response {
    as_json(site, &asked, |_, reader| world::countries(reader).map(Some)).await
}

async fn api_country(State(site): Here, Path(code): Path<String>, asked: HeaderMap) -> Response {
    as_json(site, &asked, move |site, reader| world::country(site, reader, &code.to_ascii_uppercase())).await
}

async fn api_outlets(State(site): Here, asked: HeaderMap) -> Response {
    as_json(site, &asked, |_, reader| api::outlets(reader).map(Some)).await
}

async fn api_outlet(State(site): Here, Path(name): Path<String>, asked: HeaderMap) -> Response {
    as_json(site, &asked, move |site, reader| outlet::as_json(site, reader, &name)).await
}

async fn api_start(State(site): Here, asked: HeaderMap) -> Response {
    as_json(site, &asked, |site, reader| start::as_json(site, reader).map(Some)).await
}

async fn api_status(State(site): Here, asked: HeaderMap) -> Response {
    as_json(site, &asked, |site, reader| api::status(&site.home, reader).map(Some)).await
}
