//! A password typed into a form → a session, or what to do.

use super::{Lock, Peer, password};
use crate::limits::FORM_BYTES;
use crate::web::frame::Frame;
use crate::web::{Site, answer};
use anyhow::Result;
use askama::Template;
use axum::body::to_bytes;
use axum::extract::{Form, FromRequest, Query, Request, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use std::sync::{Arc, PoisonError};

/// What the form sends, and what leads to it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    password: String,
    to: String,
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    frame: Frame,
    to: String,
    wrong: String,
}

/// Does that lead to a page of this desk and nowhere else? Browsers take `//` and `/\` for another host, and drop tabs and line ends.
pub fn is_local(way: &str) -> bool {
    let mut bytes = way.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && way.len() <= FORM_BYTES
        && way.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// Where to go on after the password.
fn onward(to: &str) -> &str {
    if is_local(to) { to } else { "/" }
}

fn page(status: StatusCode, to: &str, wrong: String) -> Response {
    let page = LoginPage { frame: Frame::new("Password", "login"), to: onward(to).to_owned(), wrong };
    answer::once(status, &page)
}

/// The page that asks for the password.
pub async fn ask(State(site): State<Arc<Site>>, Query(asked): Query<Asked>, request: Request) -> Response {
    let known = |lock: &Lock| lock.sessions.knows(request.headers(), Peer::of(&request), (lock.clock)());
    if site.gate.lock.as_ref().is_none_or(known) {
        return Redirect::to(onward(&asked.to)).into_response();
    }
    page(StatusCode::OK, &asked.to, String::new())
}

/// Takes a password.
pub async fn enter(State(site): State<Arc<Site>>, request: Request) -> Response {
    let peer = Peer::of(&request);
    let Some(asked) = form(request).await else {
        let wrong = "The form could not be read. Type the password and send it again.".to_owned();
        return page(StatusCode::BAD_REQUEST, "/", wrong);
    };
    let Some(lock) = &site.gate.lock else { return Redirect::to(onward(&asked.to)).into_response() };
    let taken = lock.tries.lock().unwrap_or_else(PoisonError::into_inner).take(peer.ip, (lock.clock)());
    if let Err(seconds) = taken {
        let wrong = format!("Too many passwords were tried. Wait {}, then try again.", crate::web::words::age(seconds));
        let mut response = page(StatusCode::TOO_MANY_REQUESTS, &asked.to, wrong);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
        return response;
    }
    // It is closed with the site alone.
    let _one = lock.at_once.acquire().await;
    let Asked { password, to } = asked;
    let asking = Arc::clone(&site);
    let checked = tokio::task::spawn_blocking(move || check(&asking, &password, peer)).await;
    match checked.map_err(anyhow::Error::from).and_then(|checked| checked) {
        Ok(Some(cookie)) => {
            ([(SET_COOKIE, cookie), (CACHE_CONTROL, HeaderValue::from_static("no-store"))], Redirect::to(onward(&to)))
                .into_response()
        }
        Ok(None) => {
            let wrong = "That is not the password. Try again; `parallax password` on the desk’s machine sets another.";
            page(StatusCode::FORBIDDEN, &to, wrong.to_owned())
        }
        Err(error) => answer::failed(&error),
    }
}

async fn form(request: Request) -> Option<Asked> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, FORM_BYTES).await.ok()?;
    let request = Request::from_parts(head, body.into());
    Form::<Asked>::from_request(request, &()).await.ok().map(|form| form.0)
}

/// A session's cookie for the right password.
fn check(site: &Site, typed: &str, peer: Peer) -> Result<Option<HeaderValue>> {
    let Some(lock) = &site.gate.lock else { return Ok(None) };
    // Asked anew: it may have been changed since the desk was served.
    let Some(phc) = lock.sessions.password()? else { return Ok(None) };
    if !password::is_right(typed, &phc) {
        return Ok(None);
    }
    lock.sessions.begin(&phc, peer, (lock.clock)())
}

/// Ends a session.
pub async fn leave(State(site): State<Arc<Site>>, request: Request) -> Response {
    let Some(lock) = &site.gate.lock else { return Redirect::to("/").into_response() };
    match lock.sessions.end(request.headers(), Peer::of(&request)) {
        Ok(cookie) => ([(SET_COOKIE, cookie)], Redirect::to("/login")).into_response(),
        Err(error) => answer::failed(&error),
    }
}
