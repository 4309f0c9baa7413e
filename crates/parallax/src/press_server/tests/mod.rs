//! What the sample press serves, held against its files and against what the core reads out of it.

mod facts;
mod fetched;
mod files;
mod reading;
mod serving;

use super::answer::answer;
use super::article::{Article, Revision};
use super::{Desk, SamplePress};
use axum::http::{Request, Response};
use jiff::Timestamp;
use std::sync::LazyLock;

static PRESS: LazyLock<SamplePress> = LazyLock::new(|| SamplePress::load().expect("the bundled files are right"));

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

/// Asks a host for a path at a moment, with headers.
fn asked(now: Timestamp, host: &str, path: &str, headers: &[(&str, &str)]) -> Response<Vec<u8>> {
    let request = Request::builder().uri(path).header("host", host);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    answer(&PRESS, now, &request.body(()).unwrap().into_parts().0)
}

fn got(now: Timestamp, host: &str, path: &str) -> (u16, String) {
    let response = asked(now, host, path, &[]);
    (response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned())
}

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

/// Every revision of every article with its outlet.
fn revisions() -> impl Iterator<Item = (&'static Desk, &'static Article, &'static Revision)> {
    let articles = PRESS.desks.iter().flat_map(|desk| desk.articles.iter().map(move |article| (desk, article)));
    articles.flat_map(|(desk, article)| article.revisions.iter().map(move |revision| (desk, article, revision)))
}
