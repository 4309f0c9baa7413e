//! What a desk at work tells on standard error: JSON for programs, a line an event, without secrets; levels for the journal.

use crate::desk::Desk;
use crate::live::{end, paper};
use crate::{Folder, parallax};
use serde_json::Value;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn start(desk: &Desk, arguments: &[&str], log: &Path) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(arguments)
        .args(["--allow", "127.0.0.1", "--contact", "mailto:owner@contact.example"])
        .env("PARALLAX_DESK", desk.folder())
        .stdout(Stdio::null())
        .stderr(File::options().append(true).create(true).open(log).expect("opened"))
        .spawn()
        .expect("runs")
}

/// Waits until all of that is told; gives what was.
fn tells(log: &Path, wanted: &[&str]) -> String {
    let begun = Instant::now();
    loop {
        let told = fs::read_to_string(log).expect("read");
        if wanted.iter().all(|wanted| told.contains(wanted)) {
            return told;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{wanted:?} in {told}");
        sleep(Duration::from_millis(200));
    }
}

fn events(log: &Path) -> Vec<Value> {
    let told = fs::read_to_string(log).expect("read");
    told.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn every_line_is_json_with_what_went_wrong_where_and_what_to_do_and_holds_no_secret() {
    let (desk, files) = (Desk::new(), Folder::new());
    let log = files.path("log");
    let (port, _) = paper(5);
    let url = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    desk.done(&["subscribe", "--outlet", "The Gazette", "--country", "gb", &url("feed.xml")]);
    desk.done(&["subscribe", "--outlet", "The Herald", &url("gone.xml")]);
    desk.done(&["subscribe", &url("page.xml"), &format!("http://me:hunter2@127.0.0.1:{port}/none.xml")]);
    let child = start(&desk, &["serve", "--log", "json", "--listen", "127.0.0.1:0"], &log);
    tells(&log, &["\"visited\"", "\"compared\"", "/gone.xml", "/page.xml", "/none.xml", "403"]);
    fs::write(format!("{}/settings.toml", desk.folder()), "contact = 'other @contact.example'").expect("written");
    tells(&log, &["settings.toml, line 1", "the contact is none"]);
    assert_eq!(end(child), Some(0));
    let events = events(&log);
    let said = |event: &Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    for event in &events {
        assert!(["info", "warn"].contains(&said(event, "level").as_str()), "{event}");
        assert!(said(event, "at").ends_with('Z') && !said(event, "message").is_empty(), "{event}");
    }
    let sorts: Vec<String> = events.iter().map(|event| said(event, "what")).collect();
    assert_eq!(sorts[..2], ["serves", "begins"]);
    assert_eq!(sorts.last().map(String::as_str), Some("ended"));
    let visited = events.iter().find(|event| event["what"] == "visited").expect("visited");
    assert_eq!((&visited["outlet"], &visited["new"]), (&"The Gazette".into(), &5.into()));
    let problem = |of: &str| {
        let of_it = |event: &&Value| event["what"] == "problem" && said(event, "document").ends_with(of);
        events.iter().find(of_it).unwrap_or_else(|| panic!("{of}: {events:?}"))
    };
    let gone = problem("/gone.xml");
    assert_eq!(
        (&gone["stage"], &gone["outlet"], &gone["level"]),
        (&"fetch".into(), &"The Herald".into(), &"warn".into())
    );
    assert!(said(gone, "remedy").contains("unsubscribe"), "{gone}");
    assert_eq!(problem("/page.xml")["stage"], "feed");
    // Pages that are not to be had are told with their outlet too.
    assert_eq!(problem("/a/2?utm_source=rss")["outlet"], "The Gazette");
    assert_eq!(said(problem("/none.xml"), "document"), url("none.xml"), "its name and its password are not even kept");
    let told = fs::read_to_string(&log).expect("read");
    for secret in ["hunter2", "contact.example"] {
        assert!(!told.contains(secret), "{secret}: {told}");
    }
}

#[test]
fn what_cannot_begin_is_told_as_json_too_and_another_form_is_refused_with_those_there_are() {
    let desk = Desk::new();
    for arguments in [&["run", "--log", "json"][..], &["serve", "--log", "json", "--listen", "0.0.0.0:0"]] {
        let run = desk.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{arguments:?}");
        let lines: Vec<Value> = run.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 1, "{}", run.stderr);
        assert_eq!((&lines[0]["level"], &lines[0]["what"]), (&"error".into(), &"failed".into()));
    }
    for command in ["run", "serve"] {
        let run = parallax(&[command, "--log", "xml"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("xml") && run.stderr.contains("text, json"), "{}", run.stderr);
    }
}

#[test]
fn the_journal_is_told_the_level_of_each_line_and_a_file_is_not() {
    use std::os::unix::fs::MetadataExt;
    let (desk, files) = (Desk::new(), Folder::new());
    let log = files.path("log");
    let (port, _) = paper(1);
    desk.done(&["subscribe", &format!("http://127.0.0.1:{port}/gone.xml")]);
    let file = File::create(&log).expect("made");
    let at = file.metadata().expect("there");
    let run = |stream: String, wanted: &str| {
        file.set_len(0).expect("emptied");
        let child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
            .args(["run", "--allow", "127.0.0.1"])
            .envs([("PARALLAX_DESK", desk.folder()), ("JOURNAL_STREAM", stream)])
            .stdout(Stdio::null())
            .stderr(File::options().append(true).open(&log).expect("opened"))
            .spawn()
            .expect("runs");
        let told = tells(&log, &[wanted]);
        assert_eq!(end(child), Some(0));
        told
    };
    let told = run(format!("{}:{}", at.dev(), at.ino()), "what to do");
    assert!(told.starts_with("<6>parallax: 1 feed is followed"), "{told}");
    let warned: Vec<&str> = told.lines().filter(|line| line.starts_with("<4>")).collect();
    assert!(warned.len() == 2 && warned[1].contains("what to do"), "both lines of it: {told}");
    let told = run(format!("{}:{}", at.dev(), at.ino() + 1), "is followed");
    assert!(told.starts_with("parallax: "), "{told}");
}

#[test]
fn a_page_that_cannot_be_made_is_told_with_its_address() {
    let (desk, files) = (Desk::new(), Folder::new());
    let log = files.path("log");
    desk.done(&["import", &files.file("day.jsonl", crate::desk::lines(0, 20))]);
    let child = start(&desk, &["serve", "--only-pages", "--log", "json", "--listen", "127.0.0.1:0"], &log);
    let told = tells(&log, &["\"serves\""]);
    let address: Value = serde_json::from_str(&told).expect("JSON");
    let at = address["address"].as_str().expect("an address").trim_start_matches("http://").trim_end_matches('/');
    // What nobody has asked for yet is damaged meanwhile.
    let path = format!("{}/desk.db", desk.folder());
    let length = fs::metadata(&path).expect("there").len();
    let mut file = File::options().write(true).open(&path).expect("opened");
    file.write_all(&vec![0xa5; usize::try_from(length).expect("small")]).expect("written");
    let mut stream = std::net::TcpStream::connect(at).expect("answers");
    write!(stream, "GET /outlets HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").expect("asked");
    let page = std::io::read_to_string(stream).expect("an answer");
    assert!(page.starts_with("HTTP/1.1 500"), "{page}");
    assert_eq!(end(child), Some(0));
    let events = events(&log);
    let event = events.iter().find(|event| event["what"] == "page").expect("told");
    assert_eq!((&event["level"], &event["address"]), (&"error".into(), &"/outlets".into()));
    assert!(event["message"].as_str().is_some_and(|words| words.contains("desk.db")), "{event}");
}
