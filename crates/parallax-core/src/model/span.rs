//! A text and the checked ranges in it: bytes inside, code points at the border.

use serde::{Deserialize, Serialize, Serializer};
use std::ops::{Deref, Range};

/// Bytes between two checkpoints of [`Text::code_point`].
const CHECKPOINT_BYTES: usize = 256;

/// A range in one article's text: byte offsets on character boundaries, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; texts are limited far below 4 GB, so the offsets fit (see `limits`).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// As a byte range, to index a string with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Is there nothing in it?
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Does `other` lie wholly inside?
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Do they share at least one byte?
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// An article's text, which knows the code-point offset of each of its bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(from = "String")]
pub struct Text {
    string: String,
    /// Code points that begin before byte `k * CHECKPOINT_BYTES`.
    checkpoints: Vec<u32>,
}

impl Text {
    /// Takes the string as it is.
    #[must_use]
    pub fn new(string: String) -> Self {
        let mut checkpoints = Vec::with_capacity(string.len() / CHECKPOINT_BYTES + 1);
        let mut seen = 0u32;
        for chunk in string.as_bytes().chunks(CHECKPOINT_BYTES) {
            checkpoints.push(seen);
            seen += count_starts(chunk);
        }
        checkpoints.push(seen);
        Text { string, checkpoints }
    }

    /// The words of a span; empty where the span is not of this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.string.get(span.range()).unwrap_or("")
    }

    /// Code points before this byte offset.
    #[must_use]
    pub fn code_point(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.string.len());
        let checkpoint = byte / CHECKPOINT_BYTES;
        self.checkpoints[checkpoint] + count_starts(&self.string.as_bytes()[checkpoint * CHECKPOINT_BYTES..byte])
    }

    /// A span's ends in code points.
    #[must_use]
    pub fn code_points(&self, span: Span) -> (u32, u32) {
        (self.code_point(span.start), self.code_point(span.end))
    }

    /// The span of a part of this very string (a slice of it, not an equal one).
    #[must_use]
    pub fn span_of(&self, part: &str) -> Span {
        let start = part.as_ptr() as usize - self.string.as_ptr() as usize;
        debug_assert!(start + part.len() <= self.string.len());
        Span::new(start, start + part.len())
    }

    /// The whole string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }
}

impl From<String> for Text {
    fn from(string: String) -> Self {
        Text::new(string)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.string)
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.string
    }
}

/// Bytes that begin a code point.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from((b & 0xC0) != 0x80)).sum()
}
