//! A request → whether whoever sends it may have an answer, and what every answer forbids the browser.

use super::{Site, answer};
use crate::store::Home;
use anyhow::Result;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Nothing but what this site itself sends is loaded, run or framed.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Who may ask.
pub struct Gate {
    listens: SocketAddr,
}

impl Gate {
    /// For the site of a desk on this address.
    ///
    /// # Errors
    /// Others than this machine could ask there, and no password is set.
    pub fn open(home: &Home, listens: SocketAddr) -> Result<Self> {
        anyhow::ensure!(
            listens.ip().is_loopback(),
            "{listens} can be reached by others: set a password first (`parallax password`). It would be kept in {}",
            home.folder().display()
        );
        Ok(Gate { listens })
    }

    /// Is that a name of this machine itself? Elsewhere a page of another site could have its name lead here.
    fn knows(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        !self.listens.ip().is_loopback() || matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }
}

/// Lets a request through, or not.
pub async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let mut response = if site.gate.knows(host) {
        next.run(request).await
    } else {
        answer::refused(StatusCode::MISDIRECTED_REQUEST, "This desk answers to this machine's own names alone.")
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The page that asks for the password.
pub async fn ask() -> Response {
    Redirect::to("/").into_response()
}

/// Takes a password.
pub async fn enter() -> Response {
    Redirect::to("/").into_response()
}

/// Ends a session.
pub async fn leave() -> Response {
    Redirect::to("/").into_response()
}
