//! Sources from outside: followed by outlet, country and address, looked at, rested, exchanged, and changed while a desk is at work.

use crate::Folder;
use crate::desk::Desk;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// Which paths were asked for, for whoever waits for one.
#[derive(Default)]
struct Asked(Mutex<Vec<String>>, Condvar);

impl Asked {
    fn note(&self, path: &str) {
        self.0.lock().expect("not poisoned").push(path.to_owned());
        self.1.notify_all();
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("not poisoned").clone()
    }

    /// Waits until so many were asked for whose path begins so.
    fn wait_for(&self, start: &str, count: usize) {
        let enough = |asked: &mut Vec<String>| asked.iter().filter(|path| path.starts_with(start)).count() < count;
        let asked = self.0.lock().expect("not poisoned");
        drop(self.1.wait_timeout_while(asked, Duration::from_secs(100), enough).expect("not poisoned"));
    }
}

/// A host of its own at an address of this machine; each request on a thread of its own. Gives what its addresses begin with.
pub(crate) fn host(ip: &str, answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind((ip, 0)).expect("a port");
    let at = listener.local_addr().expect("an address");
    let answer = Arc::new(answer);
    spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            spawn(move || {
                let mut reader = BufReader::new(stream);
                let (mut head, mut line) = (String::new(), String::new());
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    head.push_str(&std::mem::take(&mut line));
                }
                let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
                answer(&path, reader.get_mut());
            });
        }
    });
    format!("http://{at}")
}

pub(crate) fn send(stream: &mut TcpStream, status: &str, body: &str) {
    let length = body.len();
    let told = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    let _ = stream.write_all(told.as_bytes());
}

pub(crate) fn feed(title: &str, entries: usize) -> String {
    let items: String = (0..entries)
        .map(|n| {
            format!("<item><title>Ferry {n} back at Aldermoor</title><link>https://gazette.example/{n}</link></item>")
        })
        .collect();
    format!(
        "<rss version='2.0'><channel><title>{title}</title><link>https://gazette.example/</link><language>en-GB</language>{items}</channel></rss>"
    )
}

const ALLOW: [&str; 8] =
    ["--allow", "127.0.0.1", "--allow", "127.0.0.2", "--allow", "127.0.0.3", "--allow", "127.0.0.4"];

fn with_allow<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &ALLOW].concat()
}

/// Follows addresses, unseen.
fn follow(desk: &Desk, urls: &[String]) {
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    desk.done(&[&["sources", "add", "--unseen"], &urls[..]].concat());
}

fn listed(desk: &Desk, more: &[&str]) -> BTreeMap<String, Value> {
    let lines = desk.done(&[&["sources", "list", "--json"], more].concat());
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines.map(|line| (line["url"].as_str().expect("an address").to_owned(), line)).collect()
}

fn states(desk: &Desk) -> BTreeMap<String, String> {
    let state = |source: Value| source["state"].as_str().expect("a state").to_owned();
    listed(desk, &[]).into_iter().map(|(url, source)| (url, state(source))).collect()
}

#[test]
fn a_slow_host_holds_up_no_other() {
    let asked = Arc::new(Asked::default());
    let quick = host("127.0.0.1", {
        let asked = Arc::clone(&asked);
        move |path, stream| {
            asked.note(path);
            send(stream, "200 OK", &feed("Quick", 2));
        }
    });
    // It answers when all the others were asked: had they to wait for it, it never would.
    let slow = host("127.0.0.2", {
        let asked = Arc::clone(&asked);
        move |_, stream| {
            asked.wait_for("/quick", 4);
            send(stream, "200 OK", &feed("Slow", 1));
        }
    });
    let desk = Desk::new();
    let feeds: Vec<String> = (0..40).map(|n| format!("{slow}/slow/{n}")).take(3).collect();
    let others: Vec<String> = (0..4).map(|n| format!("{quick}/quick/{n}")).collect();
    follow(&desk, &[feeds, others].concat());
    let run = desk.run(&with_allow(&["sources", "check", "--json", "--patience", "90"]));
    let lines = run.json();
    let last = lines.last().expect("a count");
    assert_eq!((last["asked"].as_u64(), last["answered"].as_u64()), (Some(7), Some(7)), "{}", run.stdout);
    let order: Vec<bool> = lines.iter().filter_map(|l| l["url"].as_str().map(|url| url.contains("/slow/"))).collect();
    assert!(!order[0] && order[6], "in the order in which they come: {order:?}");
}

/// A host that answers by its paths as the open web does on a bad day.
fn bad_day() -> String {
    host("127.0.0.1", |path, stream| match path {
        "/good" => send(stream, "200 OK", &feed("The Gazette", 3)),
        "/moved" => send(stream, "301 Moved\r\nLocation: /good2", ""),
        "/good2" => send(stream, "200 OK", &feed("The Herald", 1)),
        "/refused" => send(stream, "403 Forbidden", ""),
        "/gone" => send(stream, "410 Gone", ""),
        "/busy" => send(stream, "503 Ill", ""),
        "/page" => send(stream, "200 OK", "<html><body><p>Please log in</p></body></html>"),
        "/empty" => send(stream, "200 OK", &feed("Nothing", 0)),
        "/round" => send(stream, "302 Found\r\nLocation: /round", ""),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n");
            let noise = "once more ".repeat(10_000);
            while stream.write_all(noise.as_bytes()).is_ok() {}
        }
        // Hangs up in the midst of it.
        _ => drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss")),
    })
}

const OF_A_BAD_DAY: [(&str, &str); 10] = [
    ("good", ""),
    ("moved", ""),
    ("refused", "refused"),
    ("gone", "gone"),
    ("busy", "later"),
    ("page", "not a feed"),
    ("empty", "empty"),
    ("round", "redirects"),
    ("endless", "too large"),
    ("hangs-up", "broken"),
];

#[test]
fn a_check_says_how_many_of_how_many_and_why_not() {
    let good = bad_day();
    let silent = host("127.0.0.2", |_, _| sleep(Duration::from_secs(300)));
    let desk = Desk::new();
    let urls = OF_A_BAD_DAY.map(|(path, _)| format!("{good}/{path}"));
    let silent: Vec<String> = (0..3).map(|n| format!("{silent}/{n}")).collect();
    follow(&desk, &urls);
    follow(&desk, &silent);
    assert!(states(&desk).values().all(|state| state == "unverified"), "nothing is read yet");
    let run = desk.run(&with_allow(&["sources", "check", "--json", "--patience", "4"]));
    let lines = run.json();
    let of = |url: &str| lines.iter().find(|l| l["url"] == url).unwrap_or_else(|| panic!("{url}: {}", run.stdout));
    for (path, why) in OF_A_BAD_DAY {
        let line = of(&format!("{good}/{path}"));
        assert_eq!(
            (line["answered"].as_bool(), line["why"].as_str().unwrap_or("")),
            (Some(why.is_empty()), why),
            "{line}"
        );
        assert_eq!(why.is_empty(), line["remedy"].is_null(), "{line}");
    }
    assert!(silent.iter().all(|url| of(url)["why"] == "timeout"));
    // SILENCES_OF_A_HOST
    assert!(!of(&silent[1])["said"].as_str().expect("words").contains("not asked"), "it is asked twice");
    assert!(of(&silent[2])["said"].as_str().expect("words").contains("not asked"), "two silences are enough");
    let last = lines.last().expect("a count");
    assert_eq!((last["asked"].as_u64(), last["answered"].as_u64()), (Some(13), Some(2)));
    // What failed rests and is shown, nothing is dropped; what moved is followed where it is.
    let sources = listed(&desk, &[]);
    assert_eq!(sources.len(), 13);
    for (path, why) in OF_A_BAD_DAY.iter().filter(|(path, _)| *path != "moved") {
        let source = &sources[&format!("{good}/{path}")];
        assert_eq!(source["state"], if why.is_empty() { "read" } else { "resting" }, "{source}");
    }
    let moved = &sources[&format!("{good}/good2")];
    assert_eq!((&moved["moved_from"], &moved["state"]), (&format!("{good}/moved").into(), &"read".into()));
    let shown = desk.done(&["sources", "list"]);
    assert!(shown.contains("moved here for good from"), "{shown}");
    // For people, with the denominator; each is one address more, and the feed that moved is well.
    let told = desk.run(&with_allow(&[
        "sources",
        "check",
        "--patience",
        "4",
        &format!("{good}/good"),
        &format!("{good}/gone"),
    ]));
    assert!(told.stdout.starts_with("1 of 2 feeds answered"), "{}", told.stdout);
    assert!(told.stdout.contains("\ngone: 1\n"), "{}", told.stdout);
    assert_eq!(told.status, 0);
    let resting = desk.done(&["sources", "list", "--state", "resting"]);
    assert!(resting.contains("11 resting") && !resting.contains("/good\n"), "{resting}");
}

#[test]
fn what_answers_again_rests_no_more_unless_its_owner_says_so() {
    let well = Arc::new(Mutex::new(false));
    let site = host("127.0.0.1", {
        let well = Arc::clone(&well);
        move |path, stream| match *well.lock().expect("not poisoned") || path == "/other" {
            true => send(stream, "200 OK", &feed("The Gazette", 3)),
            false => send(stream, "503 Ill", ""),
        }
    });
    let desk = Desk::new();
    let (ill, other) = (format!("{site}/ill"), format!("{site}/other"));
    follow(&desk, &[ill.clone(), other.clone()]);
    desk.done(&["sources", "rest", &other, "--why", "nothing but sport"]);
    desk.done(&with_allow(&["sources", "check"]));
    let sources = listed(&desk, &[]);
    assert_eq!((&sources[&ill]["state"], &sources[&ill]["by_hand"]), (&"resting".into(), &false.into()));
    assert_eq!((&sources[&other]["state"], &sources[&other]["why"]), (&"resting".into(), &"nothing but sport".into()));
    *well.lock().expect("not poisoned") = true;
    desk.done(&with_allow(&["sources", "check"]));
    assert_eq!(states(&desk), BTreeMap::from([(ill, "read".into()), (other.clone(), "resting".into())]));
    assert!(desk.done(&["sources", "list"]).contains("as you said: nothing but sport"));
    desk.done(&["sources", "resume", &other]);
    assert_eq!(states(&desk)[&other], "read");
}

#[test]
fn a_machine_that_is_offline_lets_nothing_rest() {
    let desk = Desk::new();
    follow(&desk, &["http://nowhere.invalid/feed".into(), "http://nobody.invalid/feed".into()]);
    let run = desk.run(&["sources", "check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.starts_with("0 of 2 feeds answered") && run.stderr.contains("online"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(states(&desk).values().all(|state| state == "unverified"));
    // One host alone may well be gone.
    let run = desk.run(&["sources", "check", "http://nowhere.invalid/feed"]);
    assert!(run.stdout.contains("\ndns: 1\n") && run.stdout.contains("Now resting"), "{}", run.stdout);
}

#[test]
fn the_feeds_of_a_site_are_found() {
    let asked = Arc::new(Asked::default());
    let site = host("127.0.0.1", {
        let asked = Arc::clone(&asked);
        move |path, stream| {
            asked.note(path);
            match path {
                "/robots.txt" => send(stream, "200 OK", "User-agent: *\nDisallow: /closed\nDisallow: /rss\n"),
                "/news" => send(
                    stream,
                    "200 OK",
                    "<html><head><link rel=alternate type=application/rss+xml href='/comments/feed'>\
                     <link rel=alternate type=application/rss+xml href='old.xml' title='Old'>\
                     <link rel=alternate type=application/atom+xml href='/all.xml' title='News'></head><body>News</body></html>",
                ),
                "/all.xml" | "/feed.xml" => send(stream, "200 OK", &feed("The Gazette", 4)),
                "/comments/feed" => send(stream, "200 OK", &feed("Comments", 9)),
                "/plain" | "/closed" => send(stream, "200 OK", "<html><body>News</body></html>"),
                _ => send(stream, "404 Not Found", ""),
            }
        }
    });
    let desk = Desk::new();
    let add = |path: &str, more: &[&str]| {
        let address = format!("{site}{path}");
        desk.run(&with_allow(&[&["sources", "add", &address], more].concat()))
    };
    let run = add("/news", &["--country", "gb", "--outlet", "The Gazette"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("offers 3 feeds") && run.stdout.contains("Followed: 1 feed of 1 outlet in 1 country."),
        "{}",
        run.stdout
    );
    let sources = listed(&desk, &["--country", "GB"]);
    let source = &sources[&format!("{site}/all.xml")];
    assert_eq!(
        (&source["outlet"], &source["language"], &source["title"]),
        (&"The Gazette".into(), &"en-GB".into(), &"The Gazette".into())
    );
    // The comments are there, but last; with --every they come, too.
    assert!(add("/news", &["--every"]).stdout.contains("Followed before: 1 feed.\nFollowed: 1 feed"));
    // Nothing is offered: the usual places are asked, but not where robots.txt says no.
    let run = add("/plain", &[]);
    assert!(run.status == 0 && run.stdout.contains("/feed.xml\n      4 entries"), "{}{}", run.stdout, run.stderr);
    assert!(!asked.all().iter().any(|path| path.starts_with("/rss") || path == "/closed"), "{:?}", asked.all());
    let run = add("/closed", &[]);
    assert!(run.status == 1 && run.stdout.contains("robots.txt") && run.stdout.contains("--unseen"), "{}", run.stdout);
    // A feed is a feed, whatever its address; where there is none, nothing is followed.
    assert!(add("/all.xml", &[]).stdout.contains("Followed before: 1 feed."));
    let before = listed(&desk, &[]).len();
    let run = add("/nothing", &[]);
    assert!(run.status == 1 && run.stdout.contains("no feed that can be read"), "{}", run.stdout);
    assert_eq!(listed(&desk, &[]).len(), before);
}

#[test]
fn of_many_feeds_that_a_site_offers_some_are_looked_at() {
    // OFFERS_TRIED
    let site = host("127.0.0.1", |path, stream| match path {
        "/" => {
            let links = (0..9).map(|n| format!("<link rel=alternate type=application/rss+xml href=/s/{n}>"));
            send(stream, "200 OK", &format!("<html><head>{}</head></html>", links.collect::<String>()));
        }
        path if path.starts_with("/s/") => send(stream, "200 OK", &feed("A section", 1)),
        _ => send(stream, "404 Not Found", ""),
    });
    let desk = Desk::new();
    let told = desk.done(&with_allow(&["sources", "add", &site, "--every"]));
    assert!(told.contains("offers 9 feeds") && told.contains("/s/8\n      not looked at"), "{told}");
    assert!(told.contains("Followed: 8 feeds"), "{told}");
}

#[test]
fn outlets_of_the_catalogue_are_followed_by_name_country_and_set() {
    let desk = Desk::new();
    let told = desk.done(&["sources", "add", "Le Monde", "asahi.com"]);
    assert!(told.contains("of 2 outlets in 2 countries"), "{told}");
    let sources = listed(&desk, &[]);
    let editions: Vec<_> = sources
        .values()
        .filter(|s| s["outlet"] == "Le Monde")
        .map(|s| (s["language"].as_str(), s["edition"].as_str()))
        .collect();
    assert!(
        editions.contains(&(Some("fr"), Some("home"))) && editions.contains(&(Some("en"), Some("abroad"))),
        "{editions:?}"
    );
    assert!(desk.done(&["sources", "add", "--world"]).contains("Followed: "));
    let world = listed(&desk, &[]);
    let countries: std::collections::BTreeSet<_> = world.values().filter_map(|s| s["country"].as_str()).collect();
    assert!(countries.len() >= 150, "{}", countries.len());
    // Readable at 80 columns, but for addresses, which are whole.
    let shown = desk.done(&["sources", "list"]);
    let long: Vec<_> =
        shown.lines().filter(|l| l.chars().count() > 80 && !l.trim_start().starts_with("http")).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(shown.contains("\n\nFollowed: ") && shown.contains("question mark"), "{shown}");
    assert_eq!(world.len(), shown.lines().filter(|line| line.trim_start().starts_with("http")).count());
    desk.done(&["sources", "remove", "--country", "FR"]);
    assert!(listed(&desk, &["--country", "FR"]).is_empty());
    assert!(listed(&desk, &["--country", "FR", "--catalogue"]).len() > 10, "it is in the catalogue all the same");
}

#[test]
fn a_list_goes_out_and_comes_in_again() {
    let (desk, other) = (Desk::new(), Desk::new());
    let folder = Folder::new();
    let list = folder.file(
        "in.opml",
        "<opml version='2.0'><body><outline text='Ports'>\n\
         <outline text='Gazette &amp; Herald' xmlUrl='https://gazette.example/feed?a=1&amp;b=2' htmlUrl='https://gazette.example/' language='pt-BR' category='/country/BR'/>\n\
         <outline text='Le Monde' xmlUrl='https://www.lemonde.fr/rss/une.xml'/>\n\
         <outline text='Nobody' xmlUrl='ftp://nobody.example/feed'/>\n\
         <outline xmlUrl='https://bare.example/feed'/></outline></body></opml>",
    );
    let run = desk.run(&["sources", "import", &list]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("Followed: 3 feeds"), "{}", run.stdout);
    assert!(run.stderr.contains("line 4: “ftp://nobody.example/feed”"), "{}", run.stderr);
    let out = folder.path("out.opml");
    desk.done(&["sources", "export", out.to_str().expect("UTF-8")]);
    other.done(&["sources", "import", out.to_str().expect("UTF-8")]);
    let (there, again) = (listed(&desk, &[]), listed(&other, &[]));
    assert_eq!(there.len(), 3);
    for (url, source) in &there {
        for what in ["outlet", "country", "language", "site", "title", "edition"] {
            // What nobody knew, has the address for its title.
            let bare = url.contains("bare.example") && matches!(what, "title" | "outlet");
            assert!(bare || source[what] == again[url][what], "{what}: {source} {}", again[url]);
        }
    }
    let gazette = &there["https://gazette.example/feed?a=1&b=2"];
    assert_eq!(
        (&gazette["title"], &gazette["country"], &gazette["language"]),
        (&"Gazette & Herald".into(), &"BR".into(), &"pt-BR".into())
    );
    assert_eq!(there["https://www.lemonde.fr/rss/une.xml"]["country"], "FR", "what the catalogue knows");
    assert_eq!(other.done(&["sources", "export"]), desk.done(&["sources", "export"]));
    // Again: nothing is followed twice.
    assert!(other.done(&["sources", "import", &list]).contains("3 were followed before"));
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do() {
    let desk = Desk::new();
    let folder = Folder::new();
    let page = folder.file("page.opml", "<html><body>Please log in</body></html>");
    for (arguments, status, told) in [
        (vec!["sources", "add"], 1, "--world"),
        (vec!["sources", "add", "Gazette of Nowhere at All"], 1, "no outlet “Gazette of Nowhere at All”"),
        (vec!["sources", "add", "--country", "DEU"], 2, "ISO 3166-1"),
        (vec!["sources", "add", "--country", "ZZ"], 1, "no outlet of “ZZ”"),
        (vec!["sources", "add", "--language", "English"], 2, "BCP 47"),
        (vec!["sources", "add", "--unseen", "--country", "GB", "--country", "DE", "https://a.example/"], 1, "one each"),
        (vec!["sources", "import", &page], 1, "no OPML"),
        (vec!["sources", "import", "nowhere.opml"], 1, "cannot be read"),
        (vec!["sources", "check"], 1, "no feed is followed yet"),
        (vec!["sources", "remove", "Le Monde"], 1, "holds no desk yet"),
        (vec!["sources", "check", "--patience", "0"], 2, "--patience"),
    ] {
        let run = desk.run(&arguments);
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(told), "{arguments:?}: {}", run.stderr);
    }
    assert!(!fs::exists(desk.folder()).expect("looked"), "nothing was begun");
    follow(&desk, &["https://gazette.example/feed".into()]);
    for action in ["remove", "rest", "resume"] {
        assert!(desk.run(&["sources", action, "https://herald.example/feed"]).stderr.contains("is not followed"));
        assert!(desk.run(&["sources", action]).stderr.contains("say which"));
    }
}

/// A desk served on some port, that does not outlive its test.
struct Served(Child);

impl Served {
    /// Asks it to end, and waits until it has.
    fn end(mut self) {
        Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().expect("asked to end");
        assert_eq!(self.0.wait().expect("ended").code(), Some(0));
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(desk: &Desk) -> Served {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(with_allow(&["serve", "--listen", "127.0.0.1:0"]))
        .env("PARALLAX_DESK", desk.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let told = BufReader::new(child.stderr.take().expect("its words"));
    let (ready, is_ready) = std::sync::mpsc::channel();
    spawn(move || {
        for line in told.lines().map_while(Result::ok) {
            let _ = ready.send(line);
        }
    });
    let served = Served(child);
    while !is_ready.recv_timeout(Duration::from_secs(100)).expect("it says where it is").contains("until Ctrl-C") {}
    served
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}");
        sleep(Duration::from_millis(100));
    }
}

#[cfg(unix)]
#[test]
fn changes_are_taken_up_by_a_desk_at_work() {
    let site = host("127.0.0.1", |path, stream| match path {
        "/feed.xml" | "/other.xml" => send(stream, "200 OK", &feed("The Gazette", 2)),
        _ => send(stream, "404 Not Found", ""),
    });
    let (url, other) = (format!("{site}/feed.xml"), format!("{site}/other.xml"));
    let desk = Desk::new();
    follow(&desk, std::slice::from_ref(&other));
    let served = serve(&desk);
    let told = desk.done(&with_allow(&["sources", "add", &url]));
    assert!(told.contains("The desk at work there has taken it up."), "{told}");
    until("it is visited", || states(&desk)[&url] == "read");
    assert!(!listed(&desk, &[])[&url]["waits"].as_bool().expect("said"));
    // Its owner's word goes over what the visits find.
    desk.done(&["sources", "rest", &other]);
    assert_eq!(states(&desk)[&other], "resting");
    assert!(desk.done(&["unsubscribe", &other]).contains("has taken it up"));
    assert_eq!(states(&desk).keys().collect::<Vec<_>>(), [&url]);
    // What is checked while it is at work is noted there.
    assert!(desk.done(&with_allow(&["sources", "check"])).starts_with("1 of 1 feeds answered"));
    served.end();
    assert_eq!(states(&desk).keys().collect::<Vec<_>>(), [&url], "it is in the log");
    desk.holds();
}

#[cfg(unix)]
#[test]
fn a_feed_counts_as_read_while_its_pages_are_still_on_their_way() {
    let gate = Arc::new((Mutex::new(false), Condvar::new()));
    let held = Arc::clone(&gate);
    let site = host("127.0.0.1", move |path, stream| match path {
        "/feed.xml" => {
            let here = stream.local_addr().expect("an address");
            send(
                stream,
                "200 OK",
                &feed("The Gazette", 2).replace("https://gazette.example/0", &format!("http://{here}/0")),
            );
        }
        "/0" => {
            let open = held.0.lock().expect("not poisoned");
            let wait = held.1.wait_timeout_while(open, Duration::from_secs(100), |open| !*open);
            drop(wait.expect("not poisoned"));
            send(stream, "200 OK", "<title>Ferry</title><p>The ferry is back at Aldermoor.");
        }
        _ => send(stream, "404 Not Found", ""),
    });
    let url = format!("{site}/feed.xml");
    let desk = Desk::new();
    follow(&desk, std::slice::from_ref(&url));
    let served = serve(&desk);
    until("it is read", || states(&desk)[&url] == "read");
    assert_eq!(listed(&desk, &[])[&url]["brought"], 0, "its pages have not come");
    *gate.0.lock().expect("not poisoned") = true;
    gate.1.notify_all();
    until("it has brought its entries", || listed(&desk, &[])[&url]["brought"] == 2);
    served.end();
    desk.holds();
}

#[test]
fn a_password_in_an_address_is_neither_kept_nor_shown() {
    let site = host("127.0.0.1", |path, stream| match path {
        "/feed.xml" => send(stream, "200 OK", &feed("The Gazette", 2)),
        _ => send(stream, "404 Not Found", ""),
    });
    let desk = Desk::new();
    let with = |path: &str| format!("{}{path}", site.replace("http://", "http://ann:secret@"));
    let mut told = desk.done(&with_allow(&["sources", "add", &with("/feed.xml")]));
    told += &desk.done(&["subscribe", &with("/other.xml")]);
    assert_eq!(told.matches("password in its address were left out").count(), 2, "{told}");
    told += &desk.done(&["sources", "list"]);
    told += &desk.done(&["feeds", "--json"]);
    told += &desk.done(&["sources", "export"]);
    assert!(told.contains(&format!("{site}/feed.xml")) && told.contains(&format!("{site}/other.xml")), "{told}");
    assert!(!told.contains("secret") && !told.contains("ann:"), "{told}");
}

#[test]
fn what_nobody_takes_up_waits_and_is_not_lost() {
    let desk = Desk::new();
    follow(&desk, &["https://gazette.example/feed".into()]);
    // Somebody who reads no requests, as `import` or `rebuild`.
    let lock = File::options().write(true).open(format!("{}/lock", desk.folder())).expect("there");
    lock.lock().expect("held");
    let told = desk.done(&["sources", "add", "--unseen", "https://herald.example/feed"]);
    assert!(told.contains("takes nothing up just now"), "{told}");
    let sources = listed(&desk, &[]);
    assert_eq!(sources["https://herald.example/feed"]["waits"], true);
    assert!(desk.done(&["sources", "list"]).contains("waits to be taken up"));
    drop(lock);
    desk.done(&["sources", "remove", "https://gazette.example/feed"]);
    let sources = listed(&desk, &[]);
    assert_eq!(sources.keys().collect::<Vec<_>>(), ["https://herald.example/feed"]);
    assert_eq!(sources["https://herald.example/feed"]["waits"], false);
    assert_eq!(desk.status()["behind"], 0);
}
