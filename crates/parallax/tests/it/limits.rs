//! The shell's limits at their edges, as far as one sees them from outside.

use crate::{Folder, fed, parallax};

#[test]
fn threads() {
    // THREADS
    let line = br#"{"id": "1", "text": "Rain."}"#;
    assert_eq!(fed(&["extract", "--threads", "256", "-"], line).status, 0);
    for wrong in ["0", "257", "-1", "many"] {
        let run = fed(&["extract", &format!("--threads={wrong}"), "-"], line);
        assert_eq!(run.status, 2, "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains("--threads"), "{}", run.stderr);
    }
}

#[test]
fn a_feed_of_feed_bytes_is_whole_and_a_longer_one_is_cut() {
    // FEED_BYTES
    let folder = Folder::new();
    let start = "<rss version='2.0'><channel><title>Harbour news</title><item><title>Ferry back</title><link>https://gazette.example/1</link></item>";
    let end = "<item><title>Bridge shut</title><link>https://gazette.example/2</link></item></channel></rss>";
    for (length, entries, cut) in [(20_000_000, 2, false), (20_000_001, 1, true)] {
        let comment = format!("<!--{}-->", " ".repeat(length - start.len() - end.len() - 7));
        let feed = folder.file("feed.xml", format!("{start}{comment}{end}"));
        let run = parallax(&["feed", "--json", &feed]);
        let told = run.json()[0]["problems"].to_string() + &run.stderr;
        assert_eq!(told.contains("only its first 20000000 bytes were read"), cut, "{length}: {told}");
        assert!(run.json()[0]["entries"].as_array().expect("entries").len() >= entries, "{}", run.stdout);
    }
}

#[test]
fn a_warc_header_of_header_bytes() {
    // HEADER_BYTES
    let folder = Folder::new();
    let page =
        "<html><body><article><p>The ferry is back at its pier, the harbour office said.</p></article></body></html>";
    for (header, read) in [(60_000, true), (70_000, false)] {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/1\r\nX-Note: {}\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            "n".repeat(header),
            http.len()
        );
        let run = parallax(&["extract", &folder.file("pages.warc", record)]);
        assert_eq!(run.status == 0, read, "{header}: {}", run.stderr);
        assert_eq!(run.stderr.contains("endless"), !read, "{}", run.stderr);
    }
}

#[test]
fn bytes_that_are_no_text_count_within_sniff_bytes_alone() {
    // SNIFF_BYTES
    let folder = Folder::new();
    for (clean, read) in [(8_192, true), (4_096, false)] {
        let mut bytes = "The ferry is back at its pier. ".repeat(400).into_bytes();
        bytes.truncate(clean);
        bytes.extend([7; 8_192]);
        let run = parallax(&["extract", &folder.file("ferry.txt", bytes)]);
        assert_eq!(run.status == 0, read, "{clean}: {}", run.stderr);
    }
}
