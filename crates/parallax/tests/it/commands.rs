//! The commands: what they take, print and return.

use crate::{Folder, fed, parallax};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

#[test]
fn a_wrong_command_line_is_status_2() {
    for arguments in
        [&["read"][..], &["no-such-verb"], &["compare", "--no-such-flag", "x"], &["read", "--threads", "0", "-"]]
    {
        let run = parallax(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains("--help"), "{}", run.stderr);
    }
}

#[test]
fn every_help_teaches_by_example() {
    for verb in
        ["feed", "extract", "understand", "read", "group", "compare", "names", "statements", "explain", "demo", "press"]
    {
        let run = parallax(&[verb, "--help"]);
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains("Example") && run.stdout.contains(&format!("parallax {verb}")), "{}", run.stdout);
    }
}

#[test]
fn nothing_on_standard_input_is_status_1() {
    for verb in ["read", "understand", "group", "compare"] {
        let run = fed(&[verb, "-"], b"");
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{verb}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn thread_counts_give_the_same_bytes_in_input_order() {
    let lines: String = (0..60)
        .map(|n| {
            let text = format!(
                "Report {n}. {} Nine boats left Kestrel Bay, said Ana Ruiz. ",
                "The wind rose. ".repeat((n * 7) % 40)
            );
            format!("{}\n", json!({"id": format!("n{n}"), "text": text, "date": "2026-03-02"}))
        })
        .collect();
    for verb in ["read", "group", "compare"] {
        let of = |threads: &str| fed(&[verb, "--threads", threads, "-"], lines.as_bytes()).stdout;
        let one = of("1");
        assert_eq!(one, of("2"), "{verb}");
        assert_eq!(one, of("5"), "{verb}");
    }
    let ids: Vec<_> =
        fed(&["read", "--threads", "3", "-"], lines.as_bytes()).json().iter().map(|o| o["id"].clone()).collect();
    assert_eq!(ids, (0..60).map(|n| json!(format!("n{n}"))).collect::<Vec<_>>());
}

#[test]
fn each_object_comes_as_soon_as_it_is_done() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("stdin");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    for n in 0..3 {
        writeln!(stdin, "{}", json!({"id": n.to_string(), "text": "Rain."})).expect("written");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("an answer, though the input goes on");
        assert!(line.contains(&format!("\"id\":\"{n}\"")), "{line}");
    }
    drop(stdin);
    assert!(child.wait().expect("ends").success());
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("stdin");
    for n in 0..200 {
        // It may be gone already, which is what is wanted.
        let _ = writeln!(stdin, "{}", json!({"id": n.to_string(), "text": "Rain."}));
    }
    drop(stdin);
    let output = child.wait_with_output().expect("ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn understand_takes_what_extract_prints() {
    let folder = Folder::new();
    let page = folder.file(
        "page.html",
        "<html lang=en><head><title>Bridge reopens</title><meta property=og:site_name content='The Aldermoor Post'></head><body>\
         <article><h1>Bridge reopens</h1><p>The bridge at Aldermoor reopened on Monday after nine weeks of repairs, said Ana Ruiz.</p>\
         <p>Traffic was light, and the ferry made its last crossing at noon.</p></article></body></html>",
    );
    let extracted = parallax(&["extract", &page]);
    let understood = fed(&["understand", "-"], extracted.stdout.as_bytes());
    assert_eq!(understood.stdout, parallax(&["read", &page]).stdout, "extract | understand is read");
    let refused = parallax(&["understand", &page]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("parallax read"), "{}", refused.stderr);
}

#[test]
fn two_files_together_equal_the_two_alone() {
    let folder = Folder::new();
    let a = folder.file("a.jsonl", json!({"id": "a", "text": "“No,” said Ana Ruiz in Aldermoor."}).to_string());
    let b = folder
        .file("b.jsonl", json!({"id": "b", "text": "Ana Ruíz said on Tuesday that nine boats had left."}).to_string());
    let together = parallax(&["understand", &a, &b]).stdout;
    assert_eq!(together, parallax(&["understand", &a]).stdout + &parallax(&["understand", &b]).stdout);
}

#[test]
fn pages_of_a_warc_file_gzip_or_not() {
    let page = "<html><body><article><p>The bridge at Aldermoor reopened on Monday after nine weeks.</p></article></body></html>";
    let chunked = format!("{:x};x=y\r\n{}\r\n0\r\n\r\n", page.len(), page);
    let mut gzipped = GzEncoder::new(Vec::new(), Compression::fast());
    gzipped.write_all(page.as_bytes()).expect("compressed");
    let gzipped = gzipped.finish().expect("compressed");
    let http = |headers: &str, body: &[u8]| [format!("HTTP/1.1 {headers}\r\n\r\n").as_bytes(), body].concat();
    let record = |kind: &str, url: &str, block: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let records = [
        record("warcinfo", "", b"software: test"),
        record("request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://a.example/1",
            &http("200 OK\r\nContent-Type: text/html; charset=utf-8", page.as_bytes()),
        ),
        record("response", "https://a.example/moved", &http("301 Moved\r\nContent-Type: text/html", b"gone")),
        record(
            "response",
            "https://a.example/2",
            &http("200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunked.as_bytes()),
        ),
        record(
            "response",
            "https://a.example/3",
            &http("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzipped),
        ),
        record("response", "https://a.example/p.png", &http("200 OK\r\nContent-Type: image/png", b"\x89PNG")),
    ];
    let folder = Folder::new();
    let plain = folder.file("crawl.warc", records.concat());
    let mut zipped = Vec::new();
    for record in &records {
        let mut member = GzEncoder::new(Vec::new(), Compression::fast());
        member.write_all(record).expect("compressed");
        zipped.extend(member.finish().expect("compressed"));
    }
    let zipped = folder.file("crawl.warc.gz", zipped);
    for path in [&plain, &zipped] {
        let run = parallax(&["extract", path]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let objects = run.json();
        let ids: Vec<_> = objects.iter().map(|o| o["id"].as_str().expect("id")).collect();
        assert_eq!(ids, ["https://a.example/1", "https://a.example/2", "https://a.example/3"]);
        assert!(objects.iter().all(|o| o["text"].as_str().is_some_and(|t| t.contains("reopened on Monday"))));
    }
    let cut = folder.file("cut.warc", &records.concat()[..600]);
    let run = parallax(&["extract", &cut]);
    assert!(run.stderr.contains("ends within a record"), "{}", run.stderr);
}

#[test]
fn a_bad_pair_does_not_stop_the_next() {
    let run = fed(&["names", "--pairs", "-"], b"{\"id\": 1, \"kind\": \"person\", \"a\": \"Ana Ruiz\", \"b\": \"Ana Ruiz\"}\noops\n{\"id\": 3, \"a\": \"x\", \"b\": \"y\"}\n");
    assert_eq!(run.status, 0);
    let ids: Vec<_> = run.json().iter().map(|o| o["id"].clone()).collect();
    assert_eq!(ids, [1, 3]);
    assert!(run.stderr.contains("-:2: this is no pair"), "{}", run.stderr);
}

#[test]
fn a_feed_that_is_none_is_told_in_its_line() {
    let run = parallax(&["feed", "--json", "/no/such/feed.xml"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.json()[0]["ok"], false);
    assert_eq!(run.json()[0]["error"], "there is no such file (any more)");
}
