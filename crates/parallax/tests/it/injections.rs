//! What hostile articles try (`injections.txt`), through every field of every way in → nothing of theirs is in any page but text.

use crate::Folder;
use crate::desk::Desk;
use crate::markup::{Looked, look};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::http::header::HOST;
use parallax::desk::{self, Entry};
use parallax::store::{Arrival, Home, Kind, Meta, Reader};
use parallax::web::{Gate, Site, router, serve};
use parallax_core::feed;
use parallax_core::model::Outlet;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

const LOCAL: &str = "127.0.0.1:8420";

/// One of the list.
struct Injection {
    class: &'static str,
    text: String,
}

fn injections() -> Vec<Injection> {
    let lines = include_str!("../injections.txt").lines().filter(|line| !line.starts_with('#'));
    let parsed = lines.map(|line| {
        let (class, text) = line.split_once(' ').expect("a class and a text");
        Injection { class, text: serde_json::from_str(text).unwrap_or_else(|e| panic!("{line}: {e}")) }
    });
    parsed.collect()
}

/// A place that no other story is of.
fn town(n: usize) -> String {
    let of = |n: usize| {
        [
            "bra", "del", "fon", "gri", "hul", "kas", "lor", "mep", "nad", "pol", "rut", "sig", "tam", "vik", "wen",
            "zor", "yst",
        ][n % 17]
    };
    let name = format!("{}{}{}", of(n), of(n / 17 + 3), of(n * 7 + 5));
    name[..1].to_uppercase() + &name[1..]
}

/// A report with an injection beside what is said, in what is said, and beside a figure.
fn text(n: usize, mark: char, injected: &str) -> String {
    let town = town(n);
    format!(
        "{} people died when the ferry ran aground off {town} on Monday, the coast guard said. {injected} zq{n}{mark}\n\n“We will look \
         into it {injected}, as {town} asked,” said the harbour master {injected}. It cost {} million euros {injected}.",
        3 + n % 40,
        2 + n % 7,
    )
}

fn address(injection: &Injection, n: usize, way: &str) -> String {
    if injection.class == "address" {
        injection.text.clone()
    } else {
        format!("https://{way}.example/{n}/{}", injection.text)
    }
}

/// What `extract` would have printed.
fn extracted(n: usize, of: &Injection) -> Value {
    let x = &of.text;
    let named = |mark: char| format!("{x} zq{n}{mark}");
    json!({
        "id": format!("x-{n}-{x}"), "url": address(of, n, "x"), "title": named('t'), "text": text(n, 'b', x),
        "authors": [named('a'), x], "agencies": [named('g')], "language": format!("en-{x}"), "translated_from": x,
        "outlet": {"name": named('o'), "domain": x, "country": x}, "carrier": {"name": named('c'), "domain": x, "country": x},
        "published": "2026-03-02T10:00:00Z", "updated": x, "access": "full", "kind": "report",
    })
}

fn document(n: usize, of: &Injection) -> Value {
    let x = &of.text;
    json!({
        "id": format!("d-{n}-{x}"), "url": address(of, n, "d"), "title": format!("{x} zq{n}T"), "text": text(n, 'B', x),
        "date": "2026-03-02", "source": x, "lang": x,
    })
}

/// A page that its outlet did not escape.
fn page(n: usize, of: &Injection) -> Vec<u8> {
    let page = |x: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><title>{x} zq{n}p</title><meta name=\"author\" content=\"{x}\"><meta property=\"og:site_name\" \
             content=\"{x}\"><meta property=\"og:title\" content=\"{x}\"><link rel=\"canonical\" href=\"{x}\"><meta name=\"description\" content='{x}'>\
             </head><body><article><h1>{x} Ferry aground off {town}</h1><p class=\"byline\">By {x}</p><p>{text}</p><p>The rescue went on into the \
             night, and boats from the whole coast came to help, the harbour office wrote on Tuesday. {x}</p></article></body></html>",
            town = town(n),
            text = text(n, 'P', x).replace("\n\n", "</p><p>"),
        )
    };
    if of.class == "bytes" {
        let (from, to) = ("\u{1}INJECTED\u{1}", of.text.chars().map(|c| c as u8).collect::<Vec<_>>());
        let mut bytes = Vec::new();
        for (at, part) in page(from).split(from).enumerate() {
            if at > 0 {
                bytes.extend_from_slice(&to);
            }
            bytes.extend_from_slice(part.as_bytes());
        }
        return bytes;
    }
    page(&of.text).into_bytes()
}

/// A feed of one entry, well-formed: what is in it becomes markup once its fields are read.
fn feed_of(n: usize, of: &Injection) -> String {
    let escaped = |text: &str| {
        text.chars().fold(String::new(), |mut escaped, c| {
            match c {
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '&' => escaped.push_str("&amp;"),
                '"' => escaped.push_str("&quot;"),
                c if c.is_control() && c != '\n' && c != '\t' => {
                    write!(escaped, "&#{};", u32::from(c)).expect("written");
                }
                c => escaped.push(c),
            }
            escaped
        })
    };
    let x = escaped(&of.text);
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{x}</title><language>{x}</language><item><title>{x} zq{n}e</title>\
         <link>{}</link><description>{}</description><author>{x}</author><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>",
        escaped(&address(of, n, "e")),
        escaped(&text(n, 'E', &of.text)),
    )
}

/// Is every injection to come in by every way? Where a desk is to be kept, yes; else each comes in by one that leaves no field out, and by
/// one of the others.
fn by(way: usize, n: usize) -> bool {
    std::env::var_os("INJECTIONS_DESK").is_some() || n % 3 == way
}

/// Takes all of it in. The desk is kept where INJECTIONS_DESK says, for a browser to look at (`web/injections.mjs`).
fn hostile(injections: &[Injection]) -> (Desk, Home) {
    let (desk, files) = (Desk::new(), Folder::new());
    let mut lines = String::new();
    fs::create_dir_all(files.path("pages")).expect("made");
    for (n, one) in injections.iter().enumerate() {
        if one.class != "bytes" {
            writeln!(lines, "{}", extracted(n, one)).expect("written");
            if by(0, n) {
                writeln!(lines, "{}", document(n, one)).expect("written");
            }
        }
        if one.class != "bytes" && !by(1, n) {
            continue;
        }
        // A file may be called anything but that; of a name that the system does not take, the beginning does.
        let called: String = one.text.chars().filter(|c| !matches!(c, '/' | '\0')).take(50).collect();
        fs::write(files.path("pages").join(format!("{n} {called}.html")), page(n, one)).expect("written");
    }
    let lines = files.file("day.jsonl", lines);
    desk.done(&["import", &lines, files.path("pages").to_str().expect("UTF-8")]);
    let home = Home::at(Path::new(&desk.folder()));
    let mut open = desk::Desk::open(home.clone(), 2, &mut |_, _, _| {}).expect("opens");
    let some = injections.iter().enumerate().filter(|(n, _)| by(2, *n));
    let entries = some.filter_map(|(n, one)| {
        let feed = feed::parse(feed_of(n, one).as_bytes()).ok()?;
        let entry = Entry::of(feed.entries.first()?, Some(&one.text))?;
        // Whoever follows a feed says where its outlet is at home: some as they should, some in words, some in hostile ones.
        let country = Some(["DE", "fr", "Japan", &one.text][n / 3 % 4].to_owned());
        let outlet = Some(Outlet { country, ..Outlet::default() });
        let meta = Meta { url: Some(entry.url.clone()), outlet, ..Meta::default() };
        let bytes = serde_json::to_vec(&entry).expect("JSON");
        Some(Arrival { kind: Kind::Entry, key: format!("e-{n}-{}", one.text), bytes, meta })
    });
    let entries: Vec<_> = entries.collect();
    assert!(entries.len() > injections.len() / 4, "{} feeds could be read", entries.len());
    open.keep(&entries).expect("kept");
    open.apply(&mut |_, _, _| {}).expect("applied");
    open.compare(&mut |_, _, _| {}).expect("compared");
    open.close().expect("closed");
    if let Some(folder) = std::env::var_os("INJECTIONS_DESK") {
        fs::create_dir_all(&folder).expect("made");
        for file in ["press.db", "desk.db"] {
            fs::copy(home.folder().join(file), Path::new(&folder).join(file)).expect("copied");
        }
    }
    (desk, home)
}

fn site(home: &Home) -> Site {
    let gate = Gate::open(home, LOCAL.parse().expect("an address"), Vec::new()).expect("of this machine");
    Site::new(home.clone(), crate::unsettled(home), gate).expect("the desk opens")
}

async fn get(router: &Router, path: &str) -> (u16, String, String) {
    let request = Request::builder().uri(path).header(HOST, LOCAL).body(Body::empty()).expect("a request");
    let mut request = request;
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let answer = router.clone().oneshot(request).await.expect("it never fails");
    let headers = format!("{:?}", answer.headers());
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 50_000_000).await.expect("whole");
    (status, headers, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

/// Says so of what should be JSON and is not, or does not say so of itself.
fn not_json(path: &str, headers: &str, body: &str) -> Option<String> {
    let is_json = serde_json::from_str::<Value>(body).is_ok();
    let says_so = headers.contains("nosniff") && headers.contains("application/json");
    (!is_json || !says_so).then(|| format!("{path}: no JSON: {}", body.chars().take(80).collect::<String>()))
}

/// `%` and two digits for every byte but letters and figures.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() {
            all.push(char::from(byte));
        } else {
            write!(all, "%{byte:02X}").expect("written");
        }
        all
    })
}

/// Every page that the desk leads to, and the same as JSON.
fn everywhere(home: &Home) -> Vec<String> {
    let reader = Reader::open(home).expect("opens");
    let mut paths: BTreeSet<String> =
        ["/", "/globe", "/outlets", "/status", "/help", "/login", "/nothing"].map(str::to_owned).into();
    paths.extend(reader.shelves().expect("read").keys().map(|shelf| format!("/shelf/{shelf}")));
    paths.extend(["/api/v1/stories", "/api/v1/countries", "/api/v1/outlets", "/api/v1/status"].map(str::to_owned));
    let lands = reader.lands(0).expect("read");
    for land in &lands {
        paths.extend(["/country", "/api/v1/countries"].map(|way| format!("{way}/{}", encoded(&land.code))));
    }
    // What an article calls its country is none of it.
    let codes: Vec<&str> = lands.iter().map(|land| land.code.as_str()).collect();
    assert_eq!(codes, ["DE", "FR", "JP"], "countries that no hostile article made up");
    for story in reader.stories(1, 10_000).expect("read") {
        paths.extend(["/story/", "/globe?story=", "/api/v1/stories/"].map(|way| format!("{way}{}", story.key)));
        for key in reader.keys_of_story(&story.id, 1_000).expect("read") {
            paths.extend(["/article", "/api/v1/articles"].map(|way| format!("{way}/{key}")));
        }
    }
    for outlet in reader.outlets().expect("read") {
        paths.extend(["/outlet", "/api/v1/outlets"].map(|way| format!("{way}/{}", encoded(&outlet.id))));
    }
    paths.into_iter().collect()
}

/// They were there to be seen: in how many places each sort of them was.
fn shown(injections: &[Injection], seen: &str) -> usize {
    let mut places = 0;
    for (mark, what, way, least) in [
        ('t', "titles", None, 1.0),
        ('b', "texts", None, 1.0),
        ('a', "authors", None, 1.0),
        ('g', "agencies", None, 1.0),
        ('o', "outlets", None, 1.0),
        ('c', "carriers", None, 1.0),
        ('T', "titles of documents", Some(0), 1.0),
        ('B', "texts of documents", Some(0), 0.9),
        // Of a page that breaks off its own head or hides its text, less is read.
        ('P', "texts of pages", Some(1), 0.5),
        ('e', "titles in feeds", Some(2), 0.5),
        ('E', "texts in feeds", Some(2), 0.5),
    ] {
        let came = |n: &usize| match (injections[*n].class, mark) {
            ("bytes", 'P') => true,
            ("bytes", 't' | 'b' | 'a' | 'g' | 'o' | 'c' | 'T' | 'B') => false,
            _ => way.is_none_or(|way| by(way, *n)),
        };
        let of = (0..injections.len()).filter(came).count();
        let found = (0..injections.len()).filter(|n| seen.contains(&format!("zq{n}{mark}"))).count();
        println!("{what}: {found} of {of} injections were shown");
        assert!(found as f64 >= of as f64 * least, "{what}: {found} of {of}");
        places += found;
    }
    places
}

/// What is asked for is hostile too: how many pages were asked for so.
async fn asked(router: &Router, injections: &[Injection], told: &mut Vec<String>) -> usize {
    let mut pages = 0;
    for injection in injections {
        let x = encoded(&injection.text);
        let ways = [
            "/story/X",
            "/article/X",
            "/outlet/X",
            "/shelf/X",
            "/country/X",
            "/globe?story=X",
            "/assets/X",
            "/article/x?at=X",
            "/?X=X",
            "/login?to=X",
            "/api/v1/stories?shelf=X",
            "/api/v1/stories/X",
            "/api/v1/articles/X",
            "/api/v1/countries/X",
            "/api/v1/outlets/X",
            "/X",
        ];
        for path in ways.map(|way| way.replace('X', &x)) {
            pages += 1;
            let (status, headers, body) = get(router, &path).await;
            if path.starts_with("/api/") {
                told.extend(not_json(&path, &headers, &body));
            } else if ![303, 307, 400].contains(&status) {
                told.extend(look(&path, &body).wrong.into_iter().map(|what| format!("{path}: {what}")));
            }
            if headers.contains("evil.example") || headers.contains("set-cookie") || headers.contains("javascript:") {
                told.push(format!("{path}: {headers}"));
            }
        }
    }
    pages
}

#[tokio::test]
async fn nothing_hostile_is_more_than_text_on_any_page() {
    let injections = injections();
    assert!(injections.len() >= 150);
    let (desk, home) = hostile(&injections);
    let site = site(&home);
    let router = router(Arc::new(site));
    let (mut told, mut pages, mut seen, mut leads) = (Vec::new(), 0, String::new(), BTreeMap::new());
    let paths = everywhere(&home);
    if let Some(folder) = std::env::var_os("INJECTIONS_DESK") {
        let shown: Vec<&String> = paths.iter().filter(|path| !path.starts_with("/api/")).collect();
        fs::write(Path::new(&folder).join("paths.json"), json!(shown).to_string()).expect("written");
    }
    let mut checked: BTreeSet<String> = paths.iter().cloned().collect();
    for path in &paths {
        let (status, headers, body) = get(&router, path).await;
        pages += 1;
        if path.starts_with("/api/") {
            told.extend(not_json(path, &headers, &body));
            if status != 200 {
                told.push(format!("{path}: {status}"));
            }
            continue;
        }
        let expected = if path == "/nothing" {
            404
        } else if path == "/login" {
            303
        } else {
            200
        };
        if status != expected {
            told.push(format!("{path}: {status}"));
        }
        if status != 303 {
            let Looked { wrong, leads: to, text } = look(path, &body);
            told.extend(wrong.into_iter().map(|what| format!("{path}: {what}")));
            leads.extend(to.into_iter().map(|to| (to, path.clone())));
            seen.push_str(&text);
        }
    }
    // No page leads to one that is not there; what is marked on an article's page (`?at=`) does not decide whether it is.
    for (to, from) in leads {
        let to = to.split("?at=").next().unwrap_or_default();
        if checked.insert(to.to_owned()) {
            let (status, ..) = get(&router, to).await;
            pages += 1;
            if status != 200 {
                told.push(format!("{from} leads to {to}: {status}"));
            }
        }
    }
    pages += asked(&router, &injections, &mut told).await;
    assert!(told.is_empty(), "{} wrong, such as\n{}", told.len(), told[..told.len().min(40)].join("\n"));
    let places = shown(&injections, &seen);
    println!("{} injections, shown in {places} places; {pages} pages looked at", injections.len());
    drop(desk);
}

#[tokio::test]
async fn word_of_what_changed_holds_keys_alone() {
    let desk = Desk::new();
    let files = Folder::new();
    desk.done(&[
        "import",
        &files.file("first.jsonl", document(900, &Injection { class: "tag", text: "x".into() }).to_string()),
    ]);
    let home = Home::at(Path::new(&desk.folder()));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = listener.local_addr().expect("bound");
    let gate = Gate::open(&home, at, Vec::new()).expect("of this machine");
    let site = Site::new(home.clone(), crate::unsettled(&home), gate).expect("the desk opens");
    let serving = tokio::spawn(serve(site, listener, std::future::pending()));
    let mut stream = TcpStream::connect(at).await.expect("served");
    let asks = format!("GET /live HTTP/1.1\r\nHost: {at}\r\n\r\n");
    stream.write_all(asks.as_bytes()).await.expect("sent");
    let hostile: String = injections()
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one.class, "line" | "attribute"))
        .fold(String::new(), |lines, (n, one)| format!("{lines}{}\n{}\n", extracted(n, one), document(n, one)));
    let lines = files.file("more.jsonl", hostile);
    let importing = tokio::task::spawn_blocking(move || desk.done(&["import", &lines]).len());
    let (mut said, mut part) = (Vec::new(), vec![0; 65_536]);
    let wait = Duration::from_secs(if importing.is_finished() { 2 } else { 60 });
    importing.await.expect("imported");
    let _ = tokio::time::timeout(wait, async {
        while !String::from_utf8_lossy(&said).contains("event: changed") {
            let n = stream.read(&mut part).await.expect("read");
            said.extend_from_slice(&part[..n]);
        }
    })
    .await;
    serving.abort();
    let said = String::from_utf8(said).expect("UTF-8");
    let (_, events) = said.split_once("\r\n\r\n").expect("headers and events");
    let is_key =
        |word: &str| word == "*" || (word.len() == 12 && word.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')));
    let mut keys = 0;
    // Between the events stand the lengths of the chunks they came in.
    let is_length = |line: &str| !line.is_empty() && u64::from_str_radix(line, 16).is_ok();
    for line in events.lines().filter(|line| !line.is_empty() && !is_length(line)) {
        let is_ours = match line.split_once(": ") {
            Some(("event", what)) => matches!(what, "here" | "changed"),
            Some(("id", version)) => version.parse::<i64>().is_ok(),
            Some(("data", data)) => {
                keys += data.split(' ').filter(|word| word.len() == 12).count();
                data.parse::<i64>().is_ok() || data.split(' ').all(is_key)
            }
            _ => false,
        };
        assert!(is_ours, "{line:?} in\n{events}");
    }
    assert!(keys > 0 || events.contains("data: *"), "{events}");
}
