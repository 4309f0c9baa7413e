//! A file's name, or its first bytes → what it is: markup, plain text, JSON lines, WARC, or no text at all.

/// How a file is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Html,
    Plain,
    JsonLines,
    Warc,
}

/// By the end of its name, `.gz` aside; `None` where the name does not say.
pub fn by_name(path: &str) -> Option<Kind> {
    let lower = path.to_ascii_lowercase();
    let name = lower.strip_suffix(".gz").unwrap_or(&lower);
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match () {
        () if ends(&[".html", ".htm", ".xhtml"]) => Some(Kind::Html),
        () if ends(&[".txt", ".text"]) => Some(Kind::Plain),
        () if ends(&[".jsonl", ".ndjson", ".jsonlines"]) => Some(Kind::JsonLines),
        () if ends(&[".warc"]) => Some(Kind::Warc),
        () => None,
    }
}

/// By its first bytes.
pub fn by_content(head: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head)).to_ascii_lowercase();
    let text = text.trim_start();
    match () {
        () if text.starts_with("warc/1.") => Kind::Warc,
        () if text.starts_with('{') => Kind::JsonLines,
        () if text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<?xml") => Kind::Html,
        () if text.starts_with('<') && (text.contains("<head") || text.contains("<body")) => Kind::Html,
        () => Kind::Plain,
    }
}

/// First bytes that only files of this sort have (as listed by the file(1) program's magic).
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (picture, sound or film)"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xFD7zXZ\0", "xz-compressed"),
    (b"\x28\xB5\x2F\xFD", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"OggS", "an Ogg sound or film"),
    (b"ID3", "an MP3 sound"),
    (b"\x1f\x8b", "gzip within gzip"),
];

/// What the bytes are, where they are no text in any encoding. UTF-16 is text: its zero bytes stand on one side only.
pub fn binary(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let utf16 = even.max(odd) * 4 > head.len() && even.min(odd) * 50 < head.len();
    let control = head.iter().filter(|b| **b < 0x20 && !b"\t\n\x0C\r\x1B".contains(b)).count();
    (control * 20 > head.len() && !utf16).then_some("binary data")
}
