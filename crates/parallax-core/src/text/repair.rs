//! Text whose UTF-8 bytes were once read in a single-byte codepage ("canโ€™t", "cafÃ©", "РџСЂРёРІРµС‚") → the text that was meant.
//!
//! Every run of non-ASCII characters is turned back into bytes by each plausible codepage. Text that was never broken practically
//! never gives valid UTF-8 that way; what does, and gives likelier characters, is mended. The idea is that of ftfy (Speer, 2019).

use encoding_rs::{
    Encoding, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_7, KOI8_R, MACINTOSH, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// Runs of a text and what they say when read anew.
type Mended = Vec<(Range<usize>, String)>;

/// The commonest first: where two explain as much, the first is taken.
const CODEPAGES: [&Encoding; 16] = [
    WINDOWS_1252,
    WINDOWS_1251,
    WINDOWS_1250,
    WINDOWS_874,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1256,
    WINDOWS_1257,
    WINDOWS_1258,
    ISO_8859_2,
    ISO_8859_5,
    ISO_8859_7,
    KOI8_R,
    IBM866,
    MACINTOSH,
];

/// Text broken twice is mended twice; more has not been seen.
const PASSES: usize = 2;

/// So many other runs must be broken in the same way before a word of two letters is held to be broken.
const LONE_NEEDS: usize = 3;

/// Character → byte, sorted by character, of each codepage.
static TABLES: LazyLock<Vec<Vec<(char, u8)>>> =
    LazyLock::new(|| CODEPAGES.iter().map(|codepage| table(codepage)).collect());

fn table(codepage: &'static Encoding) -> Vec<(char, u8)> {
    let mut table: Vec<(char, u8)> = (0x80..=0xFFu8)
        .filter_map(|byte| {
            let (text, _) = codepage.decode_without_bom_handling(std::slice::from_ref(&byte));
            text.chars().next().filter(|c| *c != '\u{FFFD}').map(|c| (c, byte))
        })
        .collect();
    table.sort_unstable();
    table
}

fn byte_of(table: &[(char, u8)], c: char) -> Option<u8> {
    table.binary_search_by_key(&c, |(k, _)| *k).ok().map(|at| table[at].1)
}

/// Mends mojibake; borrowed where there is none.
#[must_use]
pub fn mend(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..PASSES {
        match mend_once(&text) {
            Some(mended) => text = Cow::Owned(mended),
            None => break,
        }
    }
    text
}

fn mend_once(text: &str) -> Option<String> {
    let runs = runs(text);
    if runs.is_empty() {
        return None;
    }
    let mut best: Option<(usize, Mended)> = None;
    for table in TABLES.iter() {
        let mut mended = Vec::new();
        let mut against = 0;
        let mut lone = Vec::new();
        for run in &runs {
            match reread(&text[run.clone()], table).filter(|new| is_likelier(text, run, new)) {
                Some(new) if is_lone(text, run) => lone.push((run.clone(), new)),
                Some(new) => mended.push((run.clone(), new)),
                // Letters that this codepage cannot explain speak against it: genuine text of its script has many.
                None => against += usize::from(has_own_letters(&text[run.clone()], table)),
            }
        }
        // A two-letter word of another script can by chance be one character of UTF-8: much else must be broken in the same way.
        if mended.len() >= LONE_NEEDS {
            mended.append(&mut lone);
            mended.sort_by_key(|(run, _)| run.start);
        }
        let saved: usize =
            mended.iter().map(|(run, new)| text[run.clone()].chars().count() - new.chars().count()).sum();
        if mended.is_empty() || against > mended.len() * 2 {
            continue;
        }
        if best.as_ref().is_none_or(|(most, _)| saved > *most) {
            best = Some((saved, mended));
        }
    }
    let (_, mended) = best?;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (run, new) in mended {
        out.push_str(&text[done..run.start]);
        out.push_str(&new);
        done = run.end;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Maximal runs of two or more non-ASCII characters. (A character of UTF-8 is at least two bytes, all of them above 0x7F.)
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            if let Some(start) = start.take().filter(|start| text[*start..at].chars().nth(1).is_some()) {
                runs.push(start..at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start.filter(|start| text[*start..].chars().nth(1).is_some()) {
        runs.push(start..text.len());
    }
    runs
}

/// A run's bytes in a codepage, read as UTF-8. Bytes that the codepage lacks are taken from windows-1252, as programs do.
fn reread(run: &str, table: &[(char, u8)]) -> Option<String> {
    let western = &TABLES[0];
    let mut bytes = Vec::with_capacity(run.len());
    for c in run.chars() {
        let byte = byte_of(table, c).or_else(|| byte_of(western, c).filter(|b| *b < 0xA0))?;
        bytes.push(byte);
        if bytes.len() == 2 && !((0xC2..=0xF4).contains(&bytes[0]) && (0x80..=0xBF).contains(&bytes[1])) {
            return None;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Is what came out what people write? Punctuation, or letters of one script; and no control or private characters.
fn is_likelier(text: &str, run: &Range<usize>, new: &str) -> bool {
    let sound = new.chars().all(|c| {
        matches!(c, '\u{A0}'..='\u{24F}' | '\u{370}'..='\u{6FF}' | '\u{900}'..='\u{DFF}' | '\u{E01}'..='\u{E5B}' | '\u{1E00}'..='\u{1FFF}'
            | '\u{2010}'..='\u{2044}' | '\u{20A0}'..='\u{20C0}' | '\u{2100}'..='\u{214F}' | '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{27BF}'
            | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF00}'..='\u{FF5E}' | '\u{1F300}'..='\u{1FAFF}'
            | '\u{10A0}'..='\u{10FF}')
    });
    // No word mixes Latin letters with those of another script: "l’é" is no Armenian letter after an l.
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let foreign = |c: Option<char>| {
        c.is_some_and(|c| c.is_alphabetic() && !matches!(c, '\u{A0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
    };
    let mixed = latin(text[..run.start].chars().next_back()) && foreign(new.chars().next())
        || latin(text[run.end..].chars().next()) && foreign(new.chars().next_back());
    sound && !mixed
}

/// Is it a word of two letters, alone?
fn is_lone(text: &str, run: &Range<usize>) -> bool {
    let old = &text[run.clone()];
    let inside = text[..run.start].ends_with(|c: char| c.is_ascii_alphabetic())
        || text[run.end..].starts_with(|c: char| c.is_ascii_alphabetic());
    old.chars().count() == 2 && old.chars().all(char::is_alphabetic) && !inside
}

/// Does the run hold letters of the codepage's upper half?
fn has_own_letters(run: &str, table: &[(char, u8)]) -> bool {
    run.chars().any(|c| c.is_alphabetic() && byte_of(table, c).is_some())
}
