//! Bytes in whatever encoding → a string, and how sure that is.
//!
//! Order of trust: byte order mark, NUL pattern of UTF-16, valid UTF-8 (which beats any declaration: other text is
//! practically never valid UTF-8), the HTTP header, the page's own declaration, statistics (chardetng, Firefox's detector).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its own declaration is looked for. HTML asks for the first 1,024 bytes; real pages are later.
const DECLARATION_BYTES: usize = 8_192;
/// How much of a page is looked at to tell text from binary and to find UTF-16 without a mark.
const SAMPLE_BYTES: usize = 16_384;

/// What bytes turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decoded {
    /// The text; what could not be decoded is U+FFFD.
    pub text: String,
    /// The encoding's name by the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// Were there bytes that this encoding does not have?
    pub malformed: bool,
    /// Does this look like no text at all? Then `text` is empty.
    pub binary: bool,
}

/// Decodes bytes. `header` is the charset of a `Content-Type` header; declarations inside are believed only in `markup`.
#[must_use]
pub fn decode(bytes: &[u8], header: Option<&str>, markup: bool) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[length..]);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if let Some(encoding) = unmarked_utf16(sample) {
        return with(encoding, bytes);
    }
    if is_binary(sample) {
        return Decoded { text: String::new(), encoding: "binary", malformed: false, binary: true };
    }
    let escapes = bytes.contains(&0x1b);
    if !escapes && is_nearly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let said = header
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .into_iter()
        .chain(markup.then(|| declared(bytes)).flatten())
        .filter(|encoding| encoding.is_ascii_compatible() || *encoding == ISO_2022_JP);
    for encoding in said {
        let decoded = with(encoding, bytes);
        if !decoded.malformed {
            return decoded;
        }
    }
    with(guess(bytes, markup), bytes)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), malformed, binary: false }
}

/// UTF-16 leaves a pattern: in most scripts one byte of each pair is the same few values, and spaces and line ends hold a NUL.
fn unmarked_utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.len() / 2;
    if pairs < 8 {
        return None;
    }
    let ascii_with_nul = |high: usize| {
        let low = 1 - high;
        sample
            .chunks_exact(2)
            .filter(|pair| pair[high] == 0 && (pair[low].is_ascii_graphic() || pair[low] == b' '))
            .count()
    };
    let (big, little) = (ascii_with_nul(0), ascii_with_nul(1));
    // Even Cyrillic or Chinese text has a space, digit or line mark in twenty characters.
    if big * 20 > pairs && little * 20 < big {
        Some(UTF_16BE)
    } else if little * 20 > pairs && big * 20 < little {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// Text has no NUL and next to no control characters.
fn is_binary(sample: &[u8]) -> bool {
    let controls =
        sample.iter().filter(|b| b.is_ascii_control() && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    let nul = sample.iter().filter(|b| **b == 0).count();
    // A stray one or two are damage, not a sign.
    (nul > 2 && nul * 200 > sample.len()) || (controls > 4 && controls * 50 > sample.len())
}

/// Valid UTF-8, or so nearly that the rest is damage: at most one bad place for every twenty sound non-ASCII characters.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || sound >= bad * 20
}

/// The charset that a page says it has: `<meta charset>`, `http-equiv`, or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(&head[from..], b"charset").or_else(|| find(&head[from..], b"encoding")) {
        let rest = &head[from + at..];
        let word = if rest.starts_with(b"charset") { 7 } else { 8 };
        let value: Vec<u8> = rest[word..]
            .iter()
            .copied()
            .skip_while(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'"' | b'\''))
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
            .collect();
        if let Some(encoding) = Encoding::for_label(&value) {
            return Some(encoding);
        }
        from += at + word;
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

fn guess(bytes: &[u8], markup: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    if markup {
        detector.feed(&without_tags(bytes), true);
    } else {
        detector.feed(bytes, true);
    }
    detector.guess(None, Utf8Detection::Allow)
}

/// Markup is ASCII whatever the text is, and its density misleads statistics of letters.
fn without_tags(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut rest = bytes;
    while let Some(open) = memchr::memchr(b'<', rest) {
        out.extend_from_slice(&rest[..open]);
        out.push(b' ');
        let Some(close) = memchr::memchr(b'>', &rest[open..]) else { return out };
        rest = &rest[open + close + 1..];
    }
    out.extend_from_slice(rest);
    out
}
