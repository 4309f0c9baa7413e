//! Fetching from a server on this machine that does what the open web does.

use super::address::is_public;
use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers each request by its path with the bytes that `answer` gives.
fn serve(answer: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("an address");
    let count = Arc::new(AtomicUsize::new(0));
    let (counted, answer) = (Arc::clone(&count), Arc::new(answer));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (counted, answer) = (Arc::clone(&counted), Arc::clone(&answer));
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                let (mut head, mut line) = (String::new(), String::new());
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    head.push_str(&std::mem::take(&mut line));
                }
                counted.fetch_add(1, Ordering::SeqCst);
                let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
                let _ = reader.get_mut().write_all(&answer(&path, &head.to_ascii_lowercase()));
            });
        }
    });
    (at, count)
}

fn ok(headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
        .into_bytes()
}

fn status(line: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

fn here(hosts: &[&str], at: SocketAddr) -> Fetcher {
    let here = hosts.iter().map(|host| ((*host).to_owned(), at)).collect();
    let fetcher = Fetcher::new(Reach { here, ..Reach::default() }, Some("mailto:desk@gazette.example")).expect("made");
    fetcher.hurry();
    fetcher
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runs").block_on(future)
}

#[test]
fn private_networks_are_told_from_the_open_internet() {
    for open in ["8.8.8.8", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
        assert!(is_public(open.parse::<IpAddr>().expect("an address")), "{open}");
    }
    for closed in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
    ] {
        assert!(!is_public(closed.parse::<IpAddr>().expect("an address")), "{closed}");
    }
}

#[test]
fn no_private_address_is_asked_by_name_number_or_redirect() {
    let (at, count) = serve(|path, _| match path {
        "/robots.txt" => status("404 Not Found"),
        "/away" => {
            b"HTTP/1.1 302 Found\r\nLocation: http://localhost/secret\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                .to_vec()
        }
        "/number" => {
            b"HTTP/1.1 302 Found\r\nLocation: http://[::ffff:7f00:1]/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                .to_vec()
        }
        _ => ok("", "secret"),
    });
    let fetcher = here(&["gazette.example"], at);
    let port = at.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://[::1]:{port}/"),
    ] {
        let problem = wait(fetcher.feed(&url, &Validators::default(), 100)).expect_err(&url);
        assert!(problem.problem.message.contains("private network"), "{url}: {problem:?}");
    }
    assert_eq!(count.load(Ordering::SeqCst), 0, "nothing was asked");
    for path in ["away", "number"] {
        let problem = wait(fetcher.page(&format!("http://gazette.example/{path}"), 100)).expect_err(path);
        assert!(problem.problem.message.contains("private network"), "{path}: {problem:?}");
    }
    for odd in ["file:///etc/passwd", "ftp://gazette.example/", "gopher://x", "not an address"] {
        assert!(wait(fetcher.page(odd, 100)).is_err(), "{odd}");
    }
    let trusting =
        Fetcher::new(Reach { allowed: ["localhost".to_owned()].into(), ..Reach::default() }, None).expect("made");
    let got = wait(trusting.feed(&format!("http://localhost:{port}/x"), &Validators::default(), 100));
    assert!(matches!(got, Ok(Fetched::Page(body)) if body.bytes == b"secret"), "a host that is allowed is asked");
}

#[test]
fn what_was_had_is_not_sent_again() {
    let (at, _) = serve(|_, head| {
        let same = head.contains("if-none-match: \"a1\"") || head.contains("if-modified-since: mon, 02 mar 2026");
        if same {
            status("304 Not Modified")
        } else {
            ok("ETag: \"a1\"\r\nLast-Modified: Mon, 02 Mar 2026 10:00:00 GMT\r\n", "<rss/>")
        }
    });
    let fetcher = here(&["gazette.example"], at);
    let url = "http://gazette.example/feed.xml";
    let Ok(Fetched::Page(body)) = wait(fetcher.feed(url, &Validators::default(), 100)) else { panic!("a page") };
    assert_eq!(wait(fetcher.feed(url, &body.validators, 100)), Ok(Fetched::Unchanged));
    let by_time = Validators { etag: None, ..body.validators };
    assert_eq!(wait(fetcher.feed(url, &by_time, 100)), Ok(Fetched::Unchanged));
}

#[test]
fn bodies_redirects_and_answers_are_bounded() {
    let (at, count) = serve(|path, _| {
        let step = |n: u32| {
            format!("HTTP/1.1 301 Moved\r\nLocation: /{}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", n + 1)
                .into_bytes()
        };
        match path {
            "/robots.txt" => status("404 Not Found"),
            "/long" => ok("Content-Type: text/html; charset=\"windows-1251\"\r\n", &"x".repeat(5_000)),
            "/busy" => {
                b"HTTP/1.1 429 Slow down\r\nRetry-After: 120\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".to_vec()
            }
            "/gone" => status("410 Gone"),
            "/wall" => status("402 Payment Required"),
            "/ill" => status("503 Ill"),
            path => step(path.trim_start_matches('/').parse().unwrap_or(0)),
        }
    });
    let fetcher = here(&["gazette.example"], at);
    let get = |path: &str, most| wait(fetcher.page(&format!("http://gazette.example/{path}"), most));
    let Ok(Fetched::Page(body)) = get("long", 4_999) else { panic!("a page") };
    assert_eq!((body.bytes.len(), body.cut, body.charset.as_deref()), (4_999, true, Some("windows-1251")));
    let Ok(Fetched::Page(body)) = get("long", 5_000) else { panic!("a page") };
    assert!(!body.cut);
    assert!(matches!(get("busy", 9), Ok(Fetched::Later(Some(wait), _)) if wait.as_secs() == 120));
    assert_eq!(get("gone", 9), Ok(Fetched::Gone));
    assert!(matches!(get("wall", 9), Ok(Fetched::Refused(_))));
    assert!(matches!(get("ill", 9), Ok(Fetched::Later(None, _))));
    let before = count.load(Ordering::SeqCst);
    assert!(get("0", 9).expect_err("endless").problem.message.contains(&format!("more than {REDIRECTS} times")));
    assert_eq!(count.load(Ordering::SeqCst) - before, REDIRECTS + 1);
}

#[test]
fn robots_txt_holds_for_pages_and_not_for_feeds() {
    let (at, _) = serve(|path, _| match path {
        "/robots.txt" => {
            ok("", "User-agent: *\nDisallow: /private\n\nUser-agent: Parallax\nDisallow: /paid\nCrawl-delay: 3\n")
        }
        _ => ok("", "page"),
    });
    let fetcher = here(&["gazette.example"], at);
    let page = |path: &str| wait(fetcher.page(&format!("http://gazette.example/{path}"), 100)).expect("answered");
    assert!(matches!(page("paid/1"), Fetched::Refused(_)));
    assert!(matches!(page("private"), Fetched::Page(_)), "its own group holds for it, not that of all");
    assert!(matches!(
        wait(fetcher.feed("http://gazette.example/paid/feed", &Validators::default(), 9)),
        Ok(Fetched::Page(_))
    ));
    let (ill, _) = serve(|path, _| if path == "/robots.txt" { status("500 Ill") } else { ok("", "page") });
    let fetcher = here(&["herald.example"], ill);
    assert!(
        matches!(wait(fetcher.page("http://herald.example/1", 9)), Ok(Fetched::Refused(_))),
        "who cannot say is left alone"
    );
}

#[test]
fn why_nothing_came_is_said_in_a_word() {
    let (at, _) = serve(|path, _| match path {
        "/round" => status("302 Found\r\nLocation: /round"),
        "/broken" => ok("Content-Encoding: gzip\r\n", "this is not packed"),
        _ => Vec::new(),
    });
    let shut = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let hosts = [("gazette.example".to_owned(), at), ("shut.example".to_owned(), shut)].into();
    let fetcher = Fetcher::new(Reach { here: hosts, ..Reach::default() }, None).expect("made");
    fetcher.hurry();
    for (url, why) in [
        ("gopher://gazette.example/", Why::Address),
        ("http://", Why::Address),
        ("http://10.0.0.1/", Why::Private),
        ("http://nowhere.invalid/feed", Why::Dns),
        ("https://gazette.example/feed", Why::Tls),
        ("http://shut.example/feed", Why::Connection),
        ("http://gazette.example/hangs-up", Why::Connection),
        ("http://gazette.example/round", Why::Redirects),
        ("http://gazette.example/broken", Why::Broken),
    ] {
        let unreached = wait(fetcher.feed(url, &Validators::default(), 1_000)).expect_err(url);
        assert_eq!(unreached.why, why, "{url}: {unreached:?}");
        assert!(!unreached.problem.remedy.is_empty());
    }
}

#[test]
fn links_are_followed_within_the_web() {
    let join = |href| join("https://gazette.example/news/today?x=1", href);
    assert_eq!(join("feed.xml#top").as_deref(), Some("https://gazette.example/news/feed.xml"));
    assert_eq!(join("//herald.example/rss").as_deref(), Some("https://herald.example/rss"));
    assert_eq!((join("javascript:alert(1)"), join("mailto:a@b.example"), join("http://")), (None, None, None));
    assert_eq!(host("https://Gazette.example:8080/feed").as_deref(), Some("gazette.example"));
}

#[test]
fn a_slow_host_holds_up_no_other_and_a_host_is_asked_once_at_a_time() {
    let (slow, _) = serve(|_, _| {
        std::thread::sleep(Duration::from_millis(900));
        ok("", "late")
    });
    let (quick, _) = serve(|_, _| ok("", "soon"));
    let hosts = [("slow.example".to_owned(), slow), ("quick.example".to_owned(), quick)].into();
    let fetcher = Fetcher::new(Reach { here: hosts, ..Reach::default() }, None).expect("made");
    fetcher.hurry();
    wait(async {
        let have = Validators::default();
        let order = tokio::sync::Mutex::new(Vec::new());
        let get = async |name: &'static str, url: &str| {
            fetcher.feed(url, &have, 9).await.expect("answered");
            order.lock().await.push(name);
        };
        tokio::join!(
            get("slow", "http://slow.example/1"),
            get("slow", "http://slow.example/2"),
            get("quick", "http://quick.example/1"),
            get("quick", "http://quick.example/2"),
        );
        assert_eq!(*order.lock().await, ["quick", "quick", "slow", "slow"]);
    });
}

#[test]
fn visits_come_sooner_where_much_is_new_and_back_off_from_failures() {
    let minutes = |m: u64| Duration::from_secs(m * 60);
    let next = |before, visit, failures| next_visit(Some(minutes(before)), visit, failures, 0);
    assert_eq!(next(60, Visit::New(20), 0), (minutes(30), minutes(30)));
    assert_eq!(next(60, Visit::New(2), 0), (minutes(60), minutes(60)));
    assert_eq!(next(60, Visit::New(0), 0), (minutes(90), minutes(90)));
    assert_eq!(next(5, Visit::New(20), 0).0, minutes(5), "never sooner");
    assert_eq!(next(360, Visit::New(0), 0).0, minutes(360), "never later");
    assert_eq!(next(30, Visit::Failed(None), 1), (minutes(30), minutes(60)));
    assert_eq!(next(30, Visit::Failed(None), 2).1, minutes(120));
    assert_eq!(next(30, Visit::Failed(None), 60).1, minutes(360));
    assert_eq!(next(30, Visit::Failed(Some(minutes(600))), 1).1, minutes(600), "as the host asks");
    let waits: Vec<_> = (0..50).map(|dice| next_visit(None, Visit::New(1), 0, dice * 7).1).collect();
    assert!(waits.iter().all(|w| (minutes(20)..minutes(22)).contains(w)), "{waits:?}");
    assert!(waits.iter().collect::<std::collections::BTreeSet<_>>().len() > 10, "spread");
}

#[test]
fn a_feed_rests_after_so_many_failures_and_is_asked_about_once_a_day() {
    use crate::limits::{FAILURES_UNTIL_REST, REST_HOURS};
    let most = u32::try_from(FAILURES_UNTIL_REST).expect("fits");
    assert!(!is_to_rest(most - 1) && is_to_rest(most));
    let tried: u64 = (1..most).map(|n| next_visit(None, Visit::Failed(None), n, 0).1.as_secs()).sum();
    assert!((2 * 86_400..4 * 86_400).contains(&tried), "{tried} seconds of trying");
    let hours = REST_HOURS as u64 * 3_600;
    assert!((0..50).all(|dice| (hours..=hours * 11 / 10).contains(&rest(dice * 977).as_secs())));
}

#[test]
fn a_sitemap_is_asked_as_its_robots_txt_allows_and_says_where_it_is() {
    let (at, count) = serve(|path, head| match path {
        "/robots.txt" if head.contains("host: ill.example") => status("503 Service Unavailable"),
        "/robots.txt" if head.contains("host: bare.example") => status("404 Not Found"),
        "/robots.txt" => ok(
            "",
            "User-agent: *\nDisallow: /closed/\nSitemap: http://open.example/closed/news.xml\nsitemap: /news.xml\nSitemap: mailto:a@b.example\n",
        ),
        "/news.xml" if head.contains("if-none-match: \"one\"") => status("304 Not Modified"),
        "/news.xml" => ok("ETag: \"one\"\r\n", "<urlset/>"),
        _ => status("404 Not Found"),
    });
    let fetcher = here(&["open.example", "bare.example", "ill.example"], at);
    let offers = |site: &str| wait(fetcher.offers(site)).expect("asked");
    let offered = offers("http://open.example/");
    assert_eq!(
        offered.as_deref(),
        Some(&["http://open.example/closed/news.xml".into(), "http://open.example/news.xml".into()][..])
    );
    assert_eq!((offers("http://bare.example/"), offers("http://ill.example/")), (Some(Vec::new()), None));
    let asked = |url: &str, have: &Validators| wait(fetcher.sitemap(url, have, 1_000)).expect("asked");
    let before = count.load(Ordering::SeqCst);
    assert!(matches!(asked("http://open.example/closed/news.xml", &Validators::default()), Fetched::Refused(_)));
    assert_eq!(count.load(Ordering::SeqCst), before, "it was not asked for");
    let Fetched::Page(body) = asked("http://open.example/news.xml", &Validators::default()) else { panic!("no page") };
    assert_eq!(asked("http://open.example/news.xml", &body.validators), Fetched::Unchanged);
}
