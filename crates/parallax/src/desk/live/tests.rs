//! News sitemaps from end to end: a desk left running against the sample press and against outlets whose sitemaps are anything but in order.

use crate::desk::sources::{now, sources};
use crate::desk::{self, Desk, Rules, subscription};
use crate::fetch::{Fetcher, Reach};
use crate::limits::SITEMAPS_AT_ONCE;
use crate::missed::Seen;
use crate::press_server::{Clock, SamplePress, serve};
use crate::store::{Home, Listed, Listing, Press, Reader, Rounds};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use parallax_core::model::Outlet;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// What a desk knows of its outlets' sitemaps.
type Known = (BTreeMap<String, Listing>, BTreeMap<String, Listed>);

fn known(home: &Home) -> Known {
    let rounds = Rounds::open_to_read(&home.reader()).expect("opens").expect("it was at work");
    (rounds.all_listings().expect("asked"), rounds.listed(None).expect("asked"))
}

/// Follows feeds of outlets on this machine and lets a desk run until `is_enough`.
async fn at_work(home: &Home, at: SocketAddr, feeds: &[(String, String)], is_enough: impl Fn(&Known) -> bool) -> Known {
    let here = feeds.iter().map(|(_, domain)| (domain.clone(), at)).collect();
    let fetcher = Fetcher::new(Reach { here, ..Reach::default() }, None).expect("a fetcher");
    fetcher.hurry();
    let mut desk = Desk::open(home.clone(), 2, &mut |_, _, _| {}).expect("opens");
    let words = feeds.iter().map(|(url, domain)| {
        let outlet = Outlet { domain: Some(domain.clone()), country: Some("NO".to_owned()), ..Outlet::default() };
        subscription(url, Some(&outlet), true).and_then(|word| word.arrival()).expect("a word")
    });
    desk.keep(&words.collect::<Vec<_>>()).expect("followed");
    let rules = Rules { pages_a_day: 0, every: Some(Duration::from_secs(1)), ..Rules::default() };
    let (tell, _told) = mpsc::unbounded_channel();
    let (end, mut ended) = watch::channel(false);
    let stop = async move {
        let _ = ended.changed().await;
    };
    let running = tokio::spawn(desk::run(desk, fetcher, watch::channel(rules).1, tell, stop));
    let begun = Instant::now();
    while !home.reader().exists() || !is_enough(&known(home)) {
        assert!(!running.is_finished() && begun.elapsed() < Duration::from_secs(120), "{:#?}", known(home).0);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    end.send_replace(true);
    running.await.expect("no panic").expect("it ends well");
    known(home)
}

fn seen(home: &Home, domain: &str, feed: &str) -> Seen {
    let reader = Reader::open(home).expect("opens");
    Seen::of(&reader, home, domain, &[feed.to_owned()]).expect("asked")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sample_press_is_counted_by_what_its_outlets_list() {
    let press = Arc::new(SamplePress::load().expect("the bundled files are right"));
    let feeds: Vec<_> = press.feeds().into_iter().map(|feed| (feed.url, feed.domain)).collect();
    let of = |domain: &str| feeds.iter().find(|(_, known)| known == domain).cloned().expect("it is there");
    let feeds = [of("northern-wire.example"), of("the-meridian.example"), of("rheinblick.example")];
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let clock = Clock::starting_at(press.last_change(), 1);
    let server = tokio::spawn(serve(press, clock, listener, std::future::pending::<()>()));
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    // Every article that stands in both has been found in both.
    let is_enough = |(listings, listed): &Known| {
        let shows = |domain: &str| listed.get(domain).is_some_and(|of| of.iter().any(|(_, shown)| *shown));
        listings.len() == 3
            && listings.values().all(|of| of.tried.is_some() && of.settled.is_some())
            && shows("northern-wire.example")
            && listed.get("the-meridian.example").is_some_and(|of| of.iter().all(|(_, shown)| *shown))
    };
    let (listings, listed) = at_work(&home, at, &feeds, is_enough).await;
    let (wire, meridian) = (&listed["northern-wire.example"], &listed["the-meridian.example"]);
    let shown = wire.iter().filter(|(_, shown)| *shown).count();
    assert_eq!((wire.len() - shown, shown > 0), (48, true), "a notice an hour is in no feed");
    assert!(!meridian.is_empty() && !listed.contains_key("rheinblick.example"));
    assert_eq!(listings["rheinblick.example"].said.as_deref(), Some("its robots.txt offers no news sitemap"));

    // The wire's feed carries a small part of it, so that nothing may be said; of so few nothing is counted.
    let wire = seen(&home, "northern-wire.example", &feeds[0].0);
    let (counted, why) = (wire.counted.expect("counted").listing, wire.why());
    assert!((48..=60).contains(&counted.listed) && counted.shown >= 1, "{counted:?}");
    assert!(wire.standing.known == 1 && wire.word() == "We can’t tell", "{why}");
    let told = format!("Its news sitemap listed {} articles published from ", counted.listed);
    assert!(why.contains(&told) && why.contains(&format!("its feeds showed {}: ", counted.shown)), "{why}");
    let meridian = seen(&home, "the-meridian.example", &feeds[1].0);
    assert!(meridian.standing.known == 0 && meridian.carried().contains("fewer than 30"), "{}", meridian.carried());
    let none = seen(&home, "rheinblick.example", &feeds[2].0);
    assert!(none.carried().contains("offers no news sitemap"), "{}", none.carried());
    // The days are long gone by this machine's clock, and what its feeds held of them was seen all the same.
    assert!(none.is_read && none.standing.seen > 0, "{:?}", none.standing);

    let press = Press::open_to_read(&home.press()).expect("opens");
    assert_eq!(
        press.known_as("http://northern-wire.example/notices/2026-03-05-00").expect("asked"),
        None,
        "no page is fetched"
    );
    // Whoever starts it again finds what was listed.
    let again = at_work(&home, at, &feeds, |_| true).await;
    assert_eq!(again.1, listed);
    server.abort();
}

/// Minutes before now, as a feed and a sitemap write it.
fn ago(minutes: i64) -> String {
    Timestamp::from_second(now() - minutes * 60).expect("a time").to_string()
}

fn listing(domain: &str, entries: usize) -> String {
    let mut out = String::from("<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>");
    for n in 0..entries {
        let at = ago(180 + 10 * i64::try_from(n).expect("fits"));
        write!(out, "<url><loc>https://{domain}/a/{n}</loc><news:news><news:publication_date>{at}</news:publication_date></news:news></url>")
            .expect("written");
    }
    out + "</urlset>"
}

/// Its feed has every other article that its sitemap would list; what its sitemap is like, its name says.
fn answer(host: &str, path: &str) -> Response {
    let name = host.split('.').next().unwrap_or_default();
    let items = || {
        (0..60).step_by(2).map(|n| {
            format!(
                "<item><title>Ferry {n} is back</title><link>http://{host}/a/{n}</link><pubDate>{}</pubDate></item>",
                ago(180 + 10 * n)
            )
        })
    };
    match (path, name) {
        ("/feed.xml", _) => {
            format!("<rss version='2.0'><channel>{}</channel></rss>", items().collect::<String>()).into_response()
        }
        ("/robots.txt", "refused") => {
            format!("User-agent: *\nDisallow: /news\nSitemap: http://{host}/news.xml\n").into_response()
        }
        ("/robots.txt", _) => format!("User-agent: *\nDisallow:\nSitemap: http://{host}/news.xml\n").into_response(),
        ("/news.xml", "well") => listing(host, 60).into_response(),
        ("/news.xml", "page") => "<!doctype html><html><body><p>Please log in.</p></body></html>".into_response(),
        ("/news.xml", "empty") => "".into_response(),
        ("/news.xml", "undated") => listing(host, 40).replace("20", "soon ").into_response(),
        ("/news.xml", "foreign") => listing("herald.example", 40).into_response(),
        ("/news.xml", "huge") => {
            (listing(host, 40).replace("</urlset>", "<!--") + &" ".repeat(21_000_000)).into_response()
        }
        _ => axum::http::StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_listing_is_told_and_harms_no_feed_and_no_other() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("an address");
    let refused = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&refused);
    let answered = move |request: Request<Body>| {
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
        let path = request.uri().path().to_owned();
        counted.fetch_add(usize::from(host.starts_with("refused") && path == "/news.xml"), Ordering::SeqCst);
        async move { answer(&host, &path) }
    };
    let server = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answered)).await });
    let names = ["well", "page", "empty", "undated", "foreign", "huge", "refused", "gone"];
    // SITEMAPS_AT_ONCE
    assert!(names.len() > SITEMAPS_AT_ONCE, "more than are asked at once");
    let feeds: Vec<_> = names.map(|name| (format!("http://{name}.example/feed.xml"), format!("{name}.example"))).into();
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    let is_enough = |(listings, listed): &Known| {
        let all =
            |domain: &str| listed.get(domain).is_some_and(|of| of.iter().filter(|(_, shown)| *shown).count() >= 20);
        listings.len() == names.len()
            && listings.values().all(|of| of.tried.is_some() && of.settled.is_some())
            && listed.get("well.example").is_some_and(|of| of.iter().filter(|(_, shown)| *shown).count() == 30)
            && all("huge.example")
    };
    let (listings, listed) = at_work(&home, at, &feeds, is_enough).await;
    let said = |name: &str| listings[&format!("{name}.example")].said.clone().unwrap_or_default();
    for (name, told) in [
        ("page", "there is no sitemap in it"),
        ("empty", "the sitemap is empty"),
        ("undated", "none of the 40 pages that it lists is news"),
        ("foreign", "none of the 40 pages that it lists is at an address of the outlet’s own"),
        ("refused", "its robots.txt keeps robots away from it"),
        ("gone", "there is none"),
    ] {
        let domain = format!("{name}.example");
        assert!(said(name).contains(told) && listings[&domain].failures > 0, "{name}: {:?}", listings[&domain]);
        assert!(!listed.contains_key(&domain), "{name}");
        let told_of_it = seen(&home, &domain, &format!("http://{domain}/feed.xml")).carried();
        assert!(told_of_it.contains("could not be read") && told_of_it.contains(told), "{told_of_it}");
    }
    assert_eq!(refused.load(Ordering::SeqCst), 0, "it was not asked for");
    assert_eq!((said("well"), said("huge")), (String::new(), String::new()));
    let well = seen(&home, "well.example", "http://well.example/feed.xml");
    let share = well.counted.and_then(|of| of.listing.carried().ok()).expect("enough is listed");
    assert!((470..=530).contains(&share), "every other one: {:?}", well.counted);
    assert_eq!(well.standing.known, 1);
    for source in sources(&home, parallax_almanac::catalogue(), false).expect("asked") {
        assert_eq!(source.state.word(), "read", "{}", source.url);
        let domain = source.domain.expect("said");
        assert_eq!(source.news_sitemap.as_ref(), listings.get(&domain), "{domain}");
    }
    server.abort();
}
