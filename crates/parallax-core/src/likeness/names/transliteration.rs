//! A word in another script and one in Latin letters → how likely the one is written for the other.

use crate::almanac::{ScriptTable, Transliteration};
use crate::likeness::Likeness;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A script by its letters, named as in the tables; `None` for Latin and for scripts without a table of their own.
#[must_use]
pub fn script(word: &str) -> Option<&'static str> {
    let first = word.chars().find(|c| c.is_alphabetic())?;
    Some(match first {
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => "greek",
        '\u{400}'..='\u{52f}' => "cyrillic",
        '\u{590}'..='\u{5ff}' => "hebrew",
        '\u{600}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => "arabic",
        '\u{900}'..='\u{97f}' => "devanagari",
        '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => "kana",
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => "hangul",
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => "han",
        _ => return None,
    })
}

/// Initials of Mandarin syllables, longest first (Hanyu Pinyin).
const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w",
];

/// The units a script's words are cut into: letters; for Han the initial and the rest of each syllable; for Hangul the jamo.
#[must_use]
pub fn units(word: &str, script: &str) -> Vec<String> {
    let word: String = word.nfkc().flat_map(char::to_lowercase).collect();
    match script {
        "han" => word.chars().flat_map(|c| syllable(&any_ascii::any_ascii_char(c).to_lowercase())).collect(),
        "hangul" => word.nfd().filter(|c| c.is_alphabetic() && *c != '\u{110b}').map(String::from).collect(),
        "kana" => {
            let katakana = |c: char| match c {
                'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
                c => c,
            };
            word.chars().map(katakana).filter(|c| c.is_alphabetic() || *c == 'ー').map(String::from).collect()
        }
        "arabic" => {
            let plain = |c: char| match c {
                'ی' | 'ى' => 'ي',
                'ک' => 'ك',
                'ە' | 'ہ' | 'ۀ' => 'ه',
                c => c,
            };
            word.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphabetic()).map(plain).map(String::from).collect()
        }
        _ => word
            .chars()
            .filter(|c| c.is_alphabetic() || is_combining_mark(*c) || matches!(c, '\'' | '׳'))
            .map(String::from)
            .collect(),
    }
}

fn syllable(sound: &str) -> Vec<String> {
    let initial = INITIALS.iter().find(|i| sound.starts_with(**i)).copied().unwrap_or("");
    let rest = &sound[initial.len()..];
    let mut parts = Vec::new();
    if !initial.is_empty() {
        parts.push(initial.to_owned());
    }
    if !rest.is_empty() {
        parts.push(format!("-{rest}"));
    }
    parts
}

/// A word as it would most likely be written in Latin letters, by the tables; `None` for Latin and where no table serves.
#[must_use]
pub fn spelling(native: &str, tables: &Transliteration) -> Option<String> {
    let script = script(native)?;
    let table = tables.script(script)?;
    let first = |unit: &String| table.units.get(unit).and_then(|s| s.first()).map_or("", |s| s.latin.as_str());
    Some(units(native, script).iter().map(first).collect())
}

/// Costs of what no pair showed: a letter out of nothing, a unit without a letter, a unit as any one letter.
const INSERTED: u32 = 600;
const SILENT: u32 = 550;
const ODD: u32 = 700;

/// How likely `latin` (lower-case letters) is written for `native`; `None` where no table serves the script.
#[must_use]
pub fn transliterated(native: &str, latin: &str, tables: &Transliteration) -> Option<Likeness> {
    let script = script(native)?;
    let table = tables.script(script)?;
    let letters: Vec<u8> = latin.bytes().filter(u8::is_ascii_lowercase).collect();
    let units = units(native, script);
    if units.is_empty() || letters.is_empty() || units.len() > 64 || letters.len() > 64 {
        return Some(Likeness::NONE);
    }
    let cost = cheapest(&units, &letters, table);
    let each = u64::from(cost) / (letters.len() as u64 + 1);
    // The cut stands at 700 thousandths.
    let lost = 300 * each / u64::from(table.cut.max(1));
    Some(Likeness(u16::try_from(1000u64.saturating_sub(lost)).unwrap_or(0)))
}

/// The cheapest way from units to letters: one or two units to zero to three letters, or a letter out of nothing.
fn cheapest(units: &[String], letters: &[u8], table: &ScriptTable) -> u32 {
    const NEVER: u32 = u32::MAX / 2;
    let (n, m) = (units.len(), letters.len());
    let mut best = vec![vec![NEVER; m + 1]; n + 1];
    best[0][0] = 0;
    let inserted = table.units.get("").map_or(&[][..], Vec::as_slice);
    for i in 0..=n {
        let pair = (i + 1 < n).then(|| format!("{}{}", units[i], units[i + 1]));
        let double = pair.and_then(|p| table.units.get(&p));
        let single = units.get(i).and_then(|u| table.units.get(u));
        for j in 0..=m {
            let here = best[i][j];
            if here >= NEVER {
                continue;
            }
            if j < m {
                let letter = inserted.iter().find(|s| s.latin.as_bytes() == &letters[j..=j]);
                let cost = here + letter.map_or(INSERTED, |s| s.cost);
                best[i][j + 1] = best[i][j + 1].min(cost);
            }
            if i < n {
                best[i + 1][j] = best[i + 1][j].min(here + SILENT);
                if j < m {
                    best[i + 1][j + 1] = best[i + 1][j + 1].min(here + ODD);
                }
            }
            for (width, spellings) in [(1, single), (2, double)] {
                for spelling in spellings.into_iter().flatten() {
                    let end = j + spelling.latin.len();
                    if end <= m && &letters[j..end] == spelling.latin.as_bytes() {
                        best[i + width][end] = best[i + width][end].min(here + spelling.cost);
                    }
                }
            }
        }
    }
    best[n][m]
}
