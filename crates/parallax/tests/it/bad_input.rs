//! Input that is odd, broken or hostile: a clear problem, the rest still read, memory bounded, no crash.

use crate::{Folder, Run, fed, parallax, run};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

const GOOD: &str = "<html><head><title>Bridge reopens</title></head><body><article><p>The bridge at Aldermoor reopened on Monday after \
    nine weeks of repairs, the county said.</p><p>Traffic was light, and the ferry that had stood in for it made its last crossing \
    at noon.</p></article></body></html>";

/// `read` of a bad file beside a good one: the good one is read, and the problem says these words.
fn read_beside_good(folder: &Folder, bad: &str, words: &str) -> Run {
    let good = folder.file("good.html", GOOD);
    let run = parallax(&["read", bad, &good]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains(words), "{}", run.stderr);
    assert!(run.stderr.contains("what to do: "), "{}", run.stderr);
    assert!(run.json().iter().any(|o| o["id"] == good.as_str()), "{}", run.stdout);
    let alone = parallax(&["read", bad]);
    assert_eq!((alone.status, alone.stdout.as_str()), (1, ""), "nothing could be done");
    run
}

#[test]
fn an_empty_file() {
    let folder = Folder::new();
    read_beside_good(&folder, &folder.file("empty.html", ""), "there is nothing in it");
    read_beside_good(&folder, &folder.file("blank.txt", " \n\t\n"), "nothing but white space");
}

#[test]
fn a_binary_file() {
    let folder = Folder::new();
    let png = folder.file("photo.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    read_beside_good(&folder, &png, "a PNG picture, not text");
    let noise: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    read_beside_good(&folder, &folder.file("noise", noise), "binary data, not text");
}

#[test]
fn a_directory() {
    let folder = Folder::new();
    let inner = folder.path("pages");
    fs::create_dir(&inner).expect("a folder");
    read_beside_good(&folder, inner.to_str().expect("UTF-8"), "this is a directory");
}

#[test]
fn a_file_that_vanishes() {
    let folder = Folder::new();
    let gone = folder.file("gone.html", GOOD);
    fs::remove_file(&gone).expect("removed");
    read_beside_good(&folder, &gone, "there is no such file");
}

/// `parallax` where no more than so many kilobytes of address space can be had.
#[cfg(unix)]
fn within(kilobytes: usize, arguments: &[&str]) -> Run {
    let limited = format!("ulimit -v {kilobytes} && exec \"$0\" \"$@\"");
    let program = assert_cmd::cargo::cargo_bin("parallax");
    let program = program.to_str().expect("UTF-8");
    run(Command::new("sh").args(["-c", &limited, program]).args(arguments))
}

#[cfg(not(unix))]
fn within(_: usize, arguments: &[&str]) -> Run {
    parallax(arguments)
}

#[test]
fn two_hundred_megabytes_of_text() {
    let folder = Folder::new();
    let text = "The river rose again overnight, the water board said.\n".repeat(200_000_000 / 54);
    let lines = format!("{{\"id\": \"long\", \"text\": {}}}", json!(text));
    let path = folder.file("huge.txt", text);
    for command in ["extract", "read"] {
        let run = within(1_000_000, &[command, "--threads", "2", &path]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let object = &run.json()[0];
        assert!(object["text"].as_str().expect("text").len() <= parallax_core::limits::PAGE_BYTES);
        assert!(has_problem(object, "only its first 5000000 bytes were read"), "{}", object["problems"]);
    }
    let run = within(1_000_000, &["read", "--threads", "2", &folder.file("huge.jsonl", lines)]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
    assert!(run.stderr.contains("the line is longer than"), "{}", run.stderr);
}

fn has_problem(object: &Value, words: &str) -> bool {
    let problems = object["problems"].as_array().expect("problems");
    problems.iter().any(|p| p["message"].as_str().is_some_and(|m| m.contains(words)))
}

#[test]
fn the_page_limit_at_its_edge() {
    let folder = Folder::new();
    let limit = parallax_core::limits::PAGE_BYTES;
    // White space alone costs the stages nothing, whatever its length.
    for (name, length, cut) in [("at.txt", limit, false), ("over.txt", limit + 1, true)] {
        let path = folder.file(name, "Rain".to_owned() + &" ".repeat(length - 4));
        let object = &parallax(&["extract", &path]).json()[0];
        assert_eq!(has_problem(object, "bytes were read"), cut, "{name}");
    }
}

#[test]
fn invalid_utf8_in_a_page_and_in_json_lines() {
    let folder = Folder::new();
    let page = folder.file(
        "page.html",
        GOOD.replace("light", "l\u{1}ght")
            .into_bytes()
            .iter()
            .map(|b| if *b == 1 { 0xFF } else { *b })
            .collect::<Vec<_>>(),
    );
    let run = parallax(&["read", &page]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.json()[0]["text"].as_str().expect("text").contains("reopened on Monday"));

    let run =
        fed(&["read", "-"], b"{\"id\": \"a\", \"text\": \"Nine \xFF boats.\"}\n{\"id\": \"b\", \"text\": \"Ten.\"}\n");
    assert_eq!(run.status, 0);
    let objects = run.json();
    assert_eq!(objects[0]["text"], "Nine \u{FFFD} boats.");
    assert!(has_problem(&objects[0], "not UTF-8"), "{}", objects[0]["problems"]);
    assert_eq!(objects[1]["problems"], json!([]));
}

#[test]
fn pages_in_the_encodings_of_their_countries() {
    let folder = Folder::new();
    let page = |lang: &str, first: &str, second: &str| {
        format!(
            "<html lang={lang}><head><title>{first}</title></head><body><article><p>{first}</p><p>{second}</p></article></body></html>"
        )
    };
    let ru = (
        "Мост в Олдерморе открыли в понедельник после ремонта, сообщили в управе.",
        "Паром, заменявший его девять недель, совершил последний рейс в полдень, сказал капитан.",
    );
    let ja = (
        "オルダーモアの橋は九週間の修理を終えて月曜日に再び開通したと県が発表した。",
        "代わりに運航していた渡し船は正午に最後の便を終えた、と船長は話した。",
    );
    let utf16 = |text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    let in_charset = |text: &str, charset: &'static encoding_rs::Encoding| charset.encode(text).0.into_owned();
    let (ru_page, ja_page) = (page("ru", ru.0, ru.1), page("ja", ja.0, ja.1));
    for (name, bytes, wanted) in [
        ("1251.html", in_charset(&ru_page, encoding_rs::WINDOWS_1251), ru),
        ("koi8.html", in_charset(&ru_page, encoding_rs::KOI8_R), ru),
        ("sjis.html", in_charset(&ja_page, encoding_rs::SHIFT_JIS), ja),
        ("eucjp.html", in_charset(&ja_page, encoding_rs::EUC_JP), ja),
        ("utf16le.html", utf16(&ru_page, true, u16::to_le_bytes), ru),
        ("utf16be.html", utf16(&ja_page, true, u16::to_be_bytes), ja),
    ] {
        let run = parallax(&["read", &folder.file(name, bytes)]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        let text = run.json()[0]["text"].as_str().expect("text").to_owned();
        assert!(text.contains(wanted.1) && !text.contains('\u{FFFD}'), "{name}: {text}");
    }
}

#[test]
fn html_nested_a_hundred_thousand_deep() {
    // STACK_BYTES hold what MARKUP_DEPTH lets through.
    let folder = Folder::new();
    for tag in ["div", "span"] {
        let body = format!("<{tag}>").repeat(100_000);
        let path = folder.file("deep.html", format!("<html><body><p>Deep, said the diver.</p>{body}at the bottom"));
        let run = parallax(&["read", &path]);
        assert_eq!(run.status, 0, "{tag}: {}", run.stderr);
        assert_eq!(run.json().len(), 1);
    }
}

#[test]
fn a_gzip_bomb_and_broken_gzip() {
    let folder = Folder::new();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"<html><body><p>Once.</p>").expect("compressed");
    let line = b"<!-- Nothing happened in the harbour today. -->\n".repeat(25_000);
    for _ in 0..200 {
        encoder.write_all(&line).expect("compressed");
    }
    let bomb = encoder.finish().expect("compressed");
    assert!(bomb.len() < 2_000_000, "230 MB in {} bytes", bomb.len());
    let run = within(1_000_000, &["extract", "--threads", "2", &folder.file("bomb.html.gz", &bomb)]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(has_problem(&run.json()[0], "only its first"), "{}", run.json()[0]["problems"]);

    let run = parallax(&["extract", &folder.file("cut.html.gz", &bomb[..bomb.len() / 300])]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(has_problem(&run.json()[0], "reading broke off") || has_problem(&run.json()[0], "only its first"));
    read_beside_good(&folder, &folder.file("no.html.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\0garbage"), "gzip");
}

#[test]
fn one_endless_line() {
    let folder = Folder::new();
    let mut text = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "word ".repeat(2_000_000));
    writeln!(text, "{}", json!({"id": "short", "text": "Read all the same."})).expect("written");
    let run = parallax(&["read", &folder.file("lines.jsonl", text)]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("lines.jsonl:1: the line is longer than 8000000 bytes"), "{}", run.stderr);
    assert_eq!(run.json()[0]["id"], "short");

    let page = folder.file("one-line.txt", "and then the rain came ".repeat(20_000));
    let run = parallax(&["read", &page]);
    assert_eq!((run.status, run.json().len()), (0, 1), "{}", run.stderr);
}

#[test]
fn the_line_limit_at_its_edge() {
    // LINE_BYTES
    let frame = r#"{"id": "x", "text": ""}"#.len();
    for (length, read) in [(8_000_000, 1), (8_000_001, 0)] {
        let line = format!(r#"{{"id": "x", "text": "{}"}}"#, " ".repeat(length - frame));
        assert_eq!(line.len(), length);
        assert_eq!(fed(&["extract", "-"], line.as_bytes()).json().len(), read, "{length} bytes");
    }
}

#[test]
fn right_to_left_overrides_and_zero_width_characters() {
    let text = "\u{202E}Override\u{202C} said the har\u{200B}bour mas\u{00AD}ter \u{2067}שלום\u{2069}. \u{FEFF}“Nine\u{200D} boats.”";
    let document = json!({"id": "bidi", "title": "\u{202E}title", "text": text}).to_string();
    let run = fed(&["read", "-"], document.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(run.json()[0]["text"], text, "a document's text is taken verbatim");
    let run = fed(&["compare", "-"], document.as_bytes());
    assert!(!run.stdout.contains(['\u{202E}', '\u{2067}', '\u{1b}']), "the report steers no terminal: {}", run.stdout);
}

#[test]
fn an_article_of_one_word() {
    let run = fed(&["read", "-"], br#"{"id": "1", "text": "Flood"}"#);
    assert_eq!((run.status, run.json()[0]["text"].clone()), (0, json!("Flood")));
    for command in ["group", "compare"] {
        assert_eq!(fed(&[command, "-"], br#"{"id": "1", "text": "Flood"}"#).status, 0);
    }
}

#[test]
fn broken_json_lines() {
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\nnot json\n{\"id\": \"b\"}\n[1, 2]\n{\"id\": \"c\", \"text\": \"Two.\"\n\n{\"id\": \"d\", \"text\": \"Three.\"}";
    let run = fed(&["read", "-"], lines.as_bytes());
    assert_eq!(run.status, 0);
    let ids: Vec<_> = run.json().iter().map(|o| o["id"].clone()).collect();
    assert_eq!(ids, ["a", "d"]);
    for line in 2..=5 {
        assert!(run.stderr.contains(&format!("-:{line}: this is no document")), "{}", run.stderr);
    }
}

#[test]
fn duplicate_ids() {
    let lines = "{\"id\": \"a\", \"text\": \"One.\"}\n{\"id\": \"a\", \"text\": \"Two.\"}";
    assert_eq!(fed(&["read", "-"], lines.as_bytes()).json().len(), 2, "both are read");
    let run = fed(&["group", "-"], lines.as_bytes());
    assert_eq!((run.status, run.json().len()), (0, 1), "a story is named by an id, so one of them is placed");
    assert!(run.stderr.contains("an earlier document has the same id"), "{}", run.stderr);
    let run = fed(&["compare", "--json", "-"], lines.as_bytes());
    assert_eq!(run.json()[0]["problems"].as_array().map(Vec::len), Some(1), "{}", run.stdout);
}

#[test]
fn ten_thousand_copies_of_one_article() {
    let folder = Folder::new();
    let compare = |copies: usize| {
        let mut lines = String::new();
        for n in 0..copies {
            let text = "The ferry Solveig ran aground off Aldermoor with 212 people aboard, said Marit Holm.";
            writeln!(lines, "{}", json!({"id": format!("copy-{n}"), "text": text, "date": "2026-03-02"}))
                .expect("written");
        }
        let path = folder.file("copies.jsonl", lines);
        let started = Instant::now();
        let run = within(2_000_000, &["compare", "--json", "--threads", "2", &path]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let stories = run.json()[0]["stories"].as_array().expect("stories").clone();
        let articles = stories.iter().map(|s| s["articles"].as_array().map_or(0, Vec::len));
        assert_eq!(articles.sum::<usize>(), copies);
        started.elapsed()
    };
    let (one, ten) = (compare(1_000), compare(10_000));
    assert!(ten < one * 40 + Duration::from_secs(5), "ten times as many took {one:?} → {ten:?}");
}
