//! What was rendered, or what went wrong → an answer: compressed, tagged, never stored by others.

use super::Site;
use super::frame::Frame;
use super::kept::Rendered;
use super::words::plain;
use crate::log::Level;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// A page, as whoever asks can take it; nothing but its tag where they have it already.
pub fn page(rendered: &Rendered, asked: &HeaderMap) -> Response {
    tagged(rendered, asked, HTML)
}

/// JSON, likewise.
pub fn json(rendered: &Rendered, asked: &HeaderMap) -> Response {
    tagged(rendered, asked, JSON)
}

/// What a page loads: kept for some minutes without asking whether it has changed.
pub fn asset(rendered: &Rendered, asked: &HeaderMap, sort: HeaderValue) -> Response {
    let mut answer = tagged(rendered, asked, sort);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    answer
}

/// A page made for this one question: kept by nobody.
pub fn once(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(CONTENT_TYPE, HTML), (CACHE_CONTROL, HeaderValue::from_static("no-store"))], html)
            .into_response(),
        Err(error) => failed(&error.into()),
    }
}

fn tagged(rendered: &Rendered, asked: &HeaderMap, sort: HeaderValue) -> Response {
    let mut headers = HeaderMap::new();
    if let Ok(tag) = HeaderValue::from_str(&rendered.tag) {
        headers.insert(ETAG, tag);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    let has = |name, value: &str| asked.get(name).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains(value));
    if has(IF_NONE_MATCH, &rendered.tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(CONTENT_TYPE, sort);
    if has(ACCEPT_ENCODING, "gzip") {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (headers, rendered.packed.clone()).into_response();
    }
    match rendered.unpacked() {
        Ok(html) => (headers, html).into_response(),
        Err(error) => failed(&error),
    }
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    frame: Frame,
    heading: &'static str,
    message: String,
    remedy: &'static str,
}

fn notice(status: StatusCode, heading: &'static str, message: String, remedy: &'static str) -> Response {
    let page = Notice { frame: Frame::new(heading, "notice"), heading, message, remedy };
    let html = page.render().unwrap_or_else(|_| heading.to_owned());
    (status, [(CONTENT_TYPE, HTML), (CACHE_CONTROL, HeaderValue::from_static("no-store"))], html).into_response()
}

/// There is no such thing here.
pub fn missing(what: &str) -> Response {
    notice(
        StatusCode::NOT_FOUND,
        "Not on this desk",
        format!("There is no {what} at this address."),
        "It may have been removed, or the address is incomplete. The front page leads to everything there is.",
    )
}

/// Why an answer is none: goes with it as far as the site's log.
#[derive(Clone)]
struct Failure(String);

/// The same answer, which tells the site's log why it is none.
pub fn because(mut answer: Response, error: &anyhow::Error) -> Response {
    answer.extensions_mut().insert(Failure(plain(&format!("{error:#}"))));
    answer
}

/// Answers, and tells of what could not be answered.
pub async fn tell(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let address = request.uri().path().to_owned();
    let answer = next.run(request).await;
    if let Some(Failure(why)) = answer.extensions().get() {
        let words = format!("{address} could not be answered: {why}");
        site.log.say(Level::Error, "page", &words, json!({"address": address, "remedy": "parallax status says more"}));
    }
    answer
}

/// The desk could not be asked.
pub fn failed(error: &anyhow::Error) -> Response {
    let answer = notice(
        StatusCode::INTERNAL_SERVER_ERROR,
        "This page could not be made",
        plain(&error.to_string()),
        "Nothing is lost. Try again in a moment; “parallax status” on the machine says more.",
    );
    because(answer, error)
}

/// Who asks may not.
pub fn refused(status: StatusCode, message: &str) -> Response {
    notice(status, "Not allowed", message.to_owned(), "Go back to the front page and try from there.")
}
