//! A desk left running against a press on this machine: what it takes in, how it ends, what a kill costs.

use crate::desk::Desk;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A paper with so many articles in its feed; counts how often each page was asked for.
pub(crate) fn paper(articles: usize) -> (u16, Arc<Vec<AtomicUsize>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked: Arc<Vec<AtomicUsize>> = Arc::new((0..articles).map(|_| AtomicUsize::new(0)).collect());
    let counts = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Each on a thread of its own: a connection may be opened and not used.
            let counts = Arc::clone(&counts);
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                let (mut head, mut line) = (String::new(), String::new());
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    head.push_str(&std::mem::take(&mut line));
                }
                let path = head.split(' ').nth(1).unwrap_or("/");
                let (status, body) = answer(path, port, articles, &counts);
                let told = format!(
                    "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                let _ = reader.get_mut().write_all(told.as_bytes());
            });
        }
    });
    (port, asked)
}

fn answer(path: &str, port: u16, articles: usize, asked: &[AtomicUsize]) -> (&'static str, String) {
    if path == "/feed.xml" {
        let mut items = String::new();
        for n in 0..articles {
            let day = 1 + n % 5;
            write!(items, "<item><title>Ferry {n} back at Aldermoor</title><link>http://127.0.0.1:{port}/a/{n}?utm_source=rss</link><pubDate>Mon, 0{day} Mar 2026 10:00:00 GMT</pubDate></item>").expect("written");
        }
        return ("200 OK", format!("<rss version='2.0'><channel><title>The Gazette</title>{items}</channel></rss>"));
    }
    if path == "/moved.xml" {
        return ("301 Moved Permanently\r\nLocation: /feed.xml", String::new());
    }
    if path == "/gone.xml" {
        return ("410 Gone", String::new());
    }
    if path == "/page.xml" {
        return (
            "200 OK",
            "<html><head><title>Please log in</title></head><body><p>Log in to read on.</p></body></html>".into(),
        );
    }
    if path == "/other.xml" {
        let item = format!(
            "<item><title>Ferry 0 back at Aldermoor, says harbour office</title><description>The ferry number 0 came back to its pier at \
             Aldermoor on Monday after 0 weeks in the yard, the harbour office said.</description><link>http://localhost:{port}/a/0</link></item>"
        );
        return ("200 OK", format!("<rss version='2.0'><channel><title>The Herald</title>{item}</channel></rss>"));
    }
    let number =
        path.strip_prefix("/a/").and_then(|n| n.split('?').next()?.parse::<usize>().ok()).filter(|n| *n < articles);
    match number {
        // One page the paper does not show to robots, one it has lost.
        Some(2) => ("403 Forbidden", String::new()),
        Some(3) => ("404 Not Found", String::new()),
        Some(n) => {
            asked[n].fetch_add(1, Ordering::SeqCst);
            let page = format!(
                "<html><head><title>Ferry {n} back at Aldermoor</title></head><body><article><h1>Ferry {n} back at Aldermoor</h1><p>The ferry \
                 number {n} came back to its pier at Aldermoor on Monday after {n} weeks in the yard, the harbour office said.</p><p>Its captain, \
                 Marit Holm, thanked the {n} people who had worked on it through the winter and promised to be on time.</p></article></body></html>"
            );
            ("200 OK", page)
        }
        None => ("404 Not Found", String::new()),
    }
}

fn start(desk: &Desk) -> Child {
    start_with(desk, &[])
}

fn start_with(desk: &Desk, arguments: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["run", "--allow", "127.0.0.1"])
        .args(arguments)
        .env("PARALLAX_DESK", desk.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs")
}

fn articles(desk: &Desk) -> u64 {
    let run = desk.run(&["status", "--json"]);
    let status: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
    status["derived"]["articles"].as_u64().unwrap_or(0)
}

/// Waits until the desk holds so many articles.
fn reaches(desk: &Desk, wanted: u64) {
    let begun = Instant::now();
    while articles(desk) < wanted {
        assert!(begun.elapsed() < Duration::from_secs(120), "{} of {wanted} articles", articles(desk));
        sleep(Duration::from_millis(200));
    }
}

#[cfg(unix)]
pub(crate) fn end(mut child: Child) -> Option<i32> {
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("asked to end");
    child.wait().expect("ended").code()
}

#[cfg(unix)]
#[test]
fn a_running_desk_takes_in_what_its_feeds_bring_and_ends_when_asked() {
    let desk = Desk::new();
    let (port, _) = paper(5);
    let url = format!("http://127.0.0.1:{port}/feed.xml");
    desk.done(&["subscribe", "--outlet", "The Gazette", "--country", "gb", &url]);
    let child = start(&desk);
    reaches(&desk, 5);
    assert_eq!(end(child), Some(0), "it ends cleanly");
    desk.holds();
    let stories = desk.done(&["stories", "--outlets", "1", "--json"]);
    assert!(stories.contains("\"GB\"") && !stories.contains("utm_source"), "{stories}");
    // What was not to be had is there as a headline, and why is told.
    let status = desk.status();
    assert!(status["problems"].to_string().contains("403"), "{status}");
    assert_eq!(status["feeds"]["answered_in_time"], 1, "{status}");
    assert_eq!(status["pages_today"], 5, "{status}");
    let feeds = desk.done(&["feeds"]);
    assert!(feeds.contains("5 entries so far"), "{feeds}");
    desk.done(&["unsubscribe", &url]);
    let run = desk.run(&["run"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("no feed is followed"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn kills_of_a_running_desk_lose_nothing_and_double_nothing() {
    let desk = Desk::new();
    let (port, asked) = paper(12);
    desk.done(&["subscribe", &format!("http://127.0.0.1:{port}/feed.xml")]);
    let mut moment = 0x2545_f491_u64;
    for _ in 0..10 {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = start(&desk);
        sleep(Duration::from_millis(200 + (moment >> 33) % 1_500));
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    let child = start(&desk);
    reaches(&desk, 12);
    assert_eq!(end(child), Some(0));
    assert_eq!(desk.status()["log"]["records"], 13, "twelve articles and a subscription");
    desk.holds();
    // A page that was fetched but not logged before a kill is fetched again; one that was logged is not.
    let most = asked.iter().map(|n| n.load(Ordering::SeqCst)).sum::<usize>();
    assert!(most <= 10 + 10, "{most} pages were fetched");
}

#[cfg(unix)]
#[test]
fn of_a_visit_so_many_entries_are_taken_in_and_without_a_budget_no_page() {
    // ENTRIES_AT_ONCE, PAGES_A_DAY
    let desk = Desk::new();
    let (port, asked) = paper(201);
    desk.done(&["subscribe", &format!("http://127.0.0.1:{port}/feed.xml")]);
    let child = start_with(&desk, &["--pages", "0"]);
    reaches(&desk, 200);
    assert_eq!(end(child), Some(0));
    assert_eq!(articles(&desk), 200);
    assert_eq!(asked.iter().map(|n| n.load(Ordering::SeqCst)).sum::<usize>(), 0);
    desk.holds();
}

#[cfg(unix)]
#[test]
fn when_pages_are_scarce_they_go_to_what_several_outlets_tell() {
    let desk = Desk::new();
    let (port, asked) = paper(1);
    desk.done(&["subscribe", &format!("http://127.0.0.1:{port}/feed.xml")]);
    // Of two pages a day, half are gone after the first.
    let child = start_with(&desk, &["--pages", "2", "--allow", "localhost"]);
    reaches(&desk, 1);
    assert_eq!(end(child), Some(0));
    desk.done(&["subscribe", "--outlet", "The Herald", &format!("http://localhost:{port}/other.xml")]);
    let child = start_with(&desk, &["--pages", "2", "--allow", "localhost"]);
    reaches(&desk, 2);
    let begun = Instant::now();
    while desk.status()["derived"]["revised"] != 1 {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", desk.status());
        sleep(Duration::from_millis(200));
    }
    assert_eq!(end(child), Some(0));
    assert_eq!(asked[0].load(Ordering::SeqCst), 2, "once for each outlet");
    assert_eq!(desk.status()["pages_today"], 2);
    desk.holds();
}

#[cfg(unix)]
#[test]
fn what_somebody_opens_is_fetched_before_what_nobody_did() {
    let desk = Desk::new();
    let (port, asked) = paper(40);
    desk.done(&["subscribe", &format!("http://127.0.0.1:{port}/feed.xml")]);
    let child = start_with(&desk, &["--pages", "0"]);
    reaches(&desk, 40);
    assert_eq!(end(child), Some(0));
    // Nothing is fetched for whoever only looks; what was opened is noted.
    let mut pages = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["serve", "--only-pages", "--listen", "127.0.0.1:0"])
        .env("PARALLAX_DESK", desk.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("serves");
    let said = BufReader::new(pages.stderr.take().expect("piped")).lines().map_while(Result::ok);
    let mut addresses = said.filter_map(|l| l.split("http://").nth(1)?.split('/').next().map(str::to_owned));
    let at = addresses.next().expect("an address");
    let id = format!("http://127.0.0.1:{port}/a/33");
    let mut stream = std::net::TcpStream::connect(&at).expect("answers");
    let path = id.replace(':', "%3A").replace('/', "%2F");
    write!(stream, "GET /article/{path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").expect("asked");
    let page = std::io::read_to_string(stream).expect("an answer");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("Only what its feed says of it"), "{page}");
    assert_eq!(end(pages), Some(0));
    let child = start_with(&desk, &["--pages", "1"]);
    let begun = Instant::now();
    while asked[33].load(Ordering::SeqCst) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the page that was opened was not fetched");
        sleep(Duration::from_millis(200));
    }
    assert_eq!(end(child), Some(0));
    assert_eq!(asked.iter().map(|n| n.load(Ordering::SeqCst)).sum::<usize>(), 1, "no other page was");
    desk.holds();
}

/// The demonstration with a folder of its own for what it lays aside; what is left of that folder afterwards.
#[cfg(unix)]
fn demonstration(arguments: &[&str], end: impl FnOnce(&mut Child)) -> (Option<i32>, String, Vec<String>) {
    let folder = crate::Folder::new();
    let aside = folder.path("aside");
    std::fs::create_dir(&aside).expect("made");
    let out = std::fs::File::create(folder.path("out")).expect("made");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["demo", "--live"])
        .args(arguments)
        .env("TMPDIR", &aside)
        .stdout(out)
        .spawn()
        .expect("runs");
    end(&mut child);
    let status = child.wait().expect("ended").code();
    let left = std::fs::read_dir(&aside).expect("there").map(|e| e.expect("there").path().display().to_string());
    (status, std::fs::read_to_string(folder.path("out")).expect("written"), left.collect())
}

#[cfg(unix)]
#[test]
fn four_days_of_the_sample_press_become_stories_and_leave_nothing_behind() {
    let (status, boards, left) = demonstration(&["--once"], |_| ());
    assert_eq!((status, left), (Some(0), Vec::new()));
    let last = &boards[boards.rfind("SAMPLE PRESS").expect("a board")..];
    assert!(last.contains("the four days are over") && last.contains("103 articles in 12 languages"), "{last}");
    let told = last.lines().filter(|line| line.contains(" outlets · ") && line.starts_with("    ")).count();
    assert!(told >= 14, "sixteen stories were planted, {told} are told by several outlets: {last}");
    assert!(last.contains("differs: "), "{last}");
}

#[cfg(unix)]
#[test]
fn a_demonstration_that_is_broken_off_leaves_nothing_behind() {
    let (status, boards, left) = demonstration(&[], |child| {
        sleep(Duration::from_secs(6));
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("asked to end");
    });
    assert_eq!((status, left), (Some(0), Vec::new()));
    assert!(boards.contains("SAMPLE PRESS"), "{boards}");
}

#[cfg(unix)]
#[test]
fn a_feed_that_has_moved_is_followed_there_and_one_that_is_gone_rests() {
    let desk = Desk::new();
    let (port, _) = paper(1);
    let url = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    desk.done(&["subscribe", "--outlet", "The Gazette", "--country", "gb", &url("moved.xml")]);
    desk.done(&["subscribe", &url("gone.xml"), &url("page.xml")]);
    let child = start(&desk);
    reaches(&desk, 1);
    let begun = Instant::now();
    let told = loop {
        let feeds = desk.done(&["feeds"]);
        if feeds.contains("rests") && feeds.contains("failed 1 times") && feeds.contains("1 entries so far") {
            break feeds;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{feeds}");
        sleep(Duration::from_millis(200));
    };
    assert_eq!(end(child), Some(0), "it ends cleanly");
    assert!(told.contains("/feed.xml") && !told.contains("/moved.xml"), "{told}");
    assert!(told.contains("rests, asked once a day: there is no feed any more"), "{told}");
    assert!(told.contains("no RSS, Atom, RDF or CDF in it"), "{told}");
    let json = desk.done(&["feeds", "--json"]);
    let lines: Vec<Value> = json.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(lines.iter().any(|l| l["url"] == url("feed.xml") && l["outlet"]["name"] == "The Gazette"), "{json}");
    assert!(lines.iter().any(|l| l["url"] == url("gone.xml") && l["state"]["rested"].is_i64()), "{json}");
    let status = desk.done(&["status"]);
    assert!(status.contains("rests, asked once a day"), "{status}");
}

#[cfg(unix)]
#[test]
fn where_there_are_no_certificates_it_is_said_what_to_install() {
    let (desk, files) = (Desk::new(), crate::Folder::new());
    desk.done(&["subscribe", "https://gazette.example/feed.xml"]);
    let none = files.file("none.crt", "");
    let run = crate::run(Command::new(assert_cmd::cargo::cargo_bin("parallax")).arg("run").envs([
        ("PARALLAX_DESK", desk.folder()),
        ("SSL_CERT_FILE", none.clone()),
        ("SSL_CERT_DIR", none),
    ]));
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("ca-certificates"), "{}", run.stderr);
}
