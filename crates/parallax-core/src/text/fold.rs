//! Strings made comparable: case, accents, quote marks and spacing folded away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Lower case, without accents and vowel points, compatibility forms resolved, typographic quotes and dashes plain, letter
/// variants of one alphabet (ς, ı, Persian ی) as one. Keeps the script and what makes a letter of its own there: й, が, हि.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase().replace('`', "'");
    }
    let mut folded = String::with_capacity(text.len());
    let mut before = '\0';
    for c in text.nfkd().flat_map(char::to_lowercase) {
        if is_ornament(c, before) {
            continue;
        }
        before = c;
        folded.push(plain(c));
    }
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// The folded form in Latin letters: one key for a name in any script.
#[must_use]
pub fn key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() { folded } else { any_ascii::any_ascii(&folded).to_lowercase() }
}

/// A mark that spelling may leave out, and what does not show at all. Marks of Indic scripts, kana and the like are vowels and voicing.
fn is_ornament(mark: char, base: char) -> bool {
    match mark {
        '\u{0300}'..='\u{036F}' => {
            // Cyrillic й, ї, ў, Ѓ are letters of their own; ё is written е as often as not.
            !(matches!(base, '\u{0400}'..='\u{052F}') && base != 'е' && compose(base, mark).is_some())
        }
        // Points of Hebrew and Arabic, the Arabic tatweel.
        '\u{0591}'..='\u{05C7}' => is_combining_mark(mark),
        '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06ED}' => true,
        // Extended Latin marks, soft hyphen, joiners, direction marks, variation selectors.
        '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' => true,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' => true,
        '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => true,
        _ => false,
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '‛' | '‚' | '´' | '`' | '׳' | 'ʹ' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '״' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '־' => '-',
        'ς' => 'σ',
        'ı' => 'i',
        'ی' | 'ى' => 'ي',
        'ک' => 'ك',
        c => c,
    }
}
