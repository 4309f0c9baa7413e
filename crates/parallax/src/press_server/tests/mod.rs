//! What the sample press serves, held against its files and against what the core reads out of it.

mod files;
mod reading;
mod serving;

use super::answer::answer;
use super::article::{Article, Revision};
use super::{Clock, Desk, SamplePress, serve};
use axum::http::{Request, Response};
use jiff::Timestamp;
use parallax_core::feed;
use std::io::{Read, Write};
use std::sync::{Arc, LazyLock};

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

#[test]
fn a_reader_on_the_network_gets_the_press_until_it_is_told_to_stop() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let press = Arc::new(SamplePress::load().expect("the bundled files are right"));
    let clock = Clock::starting_at(press.last_change(), 1);
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = runtime.spawn(serve(press, clock, listener, async { stopped.await.unwrap_or(()) }));
    for feed in PRESS.feeds() {
        let path = feed.url.split_once(&feed.domain).expect("its domain is in its address").1;
        let mut connection = std::net::TcpStream::connect(address).expect("it listens");
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", feed.domain).unwrap();
        let mut response = Vec::new();
        connection.read_to_end(&mut response).expect("it answers");
        assert!(response.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", String::from_utf8_lossy(&response));
        let end = response.windows(4).position(|window| window == b"\r\n\r\n").expect("headers end") + 4;
        let read = feed::parse(&response[end..]).expect("a feed");
        assert_eq!((read.title, read.language), (Some(feed.outlet), Some(feed.language)));
    }
    stop.send(()).expect("it still runs");
    runtime.block_on(server).expect("no panic").expect("it ends well");
    assert!(std::net::TcpStream::connect(address).is_err(), "nobody listens any more");
}
