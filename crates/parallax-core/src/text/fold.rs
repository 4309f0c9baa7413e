//! Strings made comparable: case, accents, quote marks and spacing folded away.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without combining marks, compatibility forms resolved, typographic quotes and dashes plain. Keeps the script.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | '´' | '`' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '‐' | '‑' | '‒' | '–' | '—' => '-',
            c => c,
        })
        .collect::<String>()
        .nfc()
        .collect()
}

/// The folded form in Latin letters: one key for a name in any script.
#[must_use]
pub fn key(text: &str) -> String {
    any_ascii::any_ascii(&fold(text)).to_lowercase()
}
