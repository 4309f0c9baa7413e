//! The press on a port, polled by the fetcher that polls the open web: outlets by their names, each led to this machine.

use super::{PRESS, revisions};
use crate::fetch::{Fetched, Fetcher, Reach, Validators};
use crate::press_server::{Clock, SamplePress, serve};
use parallax_core::feed;
use parallax_core::limits::{FEED_BYTES, PAGE_BYTES};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

#[test]
fn the_fetcher_gets_the_press_until_the_server_is_told_to_stop() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let press = Arc::new(SamplePress::load().expect("the bundled files are right"));
    let clock = Clock::starting_at(press.last_change(), 1);
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = runtime.spawn(serve(press, clock, listener, async { stopped.await.unwrap_or(()) }));
    runtime.block_on(polled(address));
    stop.send(()).expect("it still runs");
    runtime.block_on(server).expect("no panic").expect("it ends well");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

async fn polled(address: SocketAddr) {
    let here = PRESS.feeds().into_iter().map(|feed| (feed.domain, address)).collect();
    let fetcher = Fetcher::new(Reach { here, ..Reach::default() }, None).expect("a fetcher");
    let mut had = Vec::new();
    for source in PRESS.feeds() {
        let got = fetcher.feed(&source.url, &Validators::default(), FEED_BYTES).await;
        let Ok(Fetched::Page(body)) = got else { panic!("{}: {got:?}", source.url) };
        let read = feed::parse(&body.bytes).expect("a feed");
        assert_eq!((read.title, read.language), (Some(source.outlet), Some(source.language)));
        had.push((source.url, body.validators));
    }
    for (url, validators) in had {
        let again = fetcher.feed(&url, &validators, FEED_BYTES).await;
        assert!(matches!(again, Ok(Fetched::Unchanged)), "{url}: {again:?}");
    }
    for (desk, article, revision) in revisions().step_by(20).chain(revisions().filter(|(_, a, _)| a.is_entry_only())) {
        let url = format!("http://{}{}", desk.outlet.domain, article.path);
        match fetcher.page(&url, PAGE_BYTES).await {
            Ok(Fetched::Page(body)) => assert!(!article.is_entry_only() && !body.bytes.is_empty(), "{url}"),
            Ok(Fetched::Refused(_)) => assert!(article.is_entry_only(), "{url}"),
            other => panic!("{url} as of {}: {other:?}", revision.at.written),
        }
    }
    let closed = fetcher.page("http://straits-ledger.example/search", PAGE_BYTES).await;
    assert!(matches!(closed, Ok(Fetched::Refused(_))), "robots.txt keeps it closed: {closed:?}");
}
