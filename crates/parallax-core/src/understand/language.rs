//! An article → the language it is written in: script first, then letter statistics, with the declared language as a hint.

use crate::almanac::{Almanac, Candidates, Fit};
use crate::limits::LANGUAGE_BYTES;
use crate::model::Article;
use unicode_normalization::UnicodeNormalization;

/// 1/64 nat, the unit of [`Fit`].
const NAT: i64 = 64;
/// A declared language may be this much less likely by its letters and is believed all the same: half a dozen words of a neighbour.
const HINT: i64 = 8 * NAT;
/// Between languages that hardly differ in letters.
const HINT_AMONG_TWINS: i64 = 60 * NAT;
/// Nine in ten texts fit their own language at least so well (four in five of languages that are not known stay below).
const FITS: i64 = 9 * NAT / 2;
/// Ninety-nine in a hundred texts of the known languages fit better; four in five in unknown ones, lists and code do not.
const FITS_AT_ALL: i64 = 7 * NAT / 2;
/// A shorter text says little about what it fits.
const FEW_BYTES: usize = 60;

/// BCP 47 primary subtag; a declared language is a hint that the letters can overrule. `None`: nothing known is like it.
pub fn of(article: &Article, almanac: &Almanac) -> Option<String> {
    let model = &almanac.identify;
    let hint = article.language.as_deref().and_then(|tag| model.signs.primary(tag));
    let text = sample(article);
    let candidates = match model.signs.candidates(&text) {
        Candidates::None => return hint,
        Candidates::One(language) => return Some(language),
        Candidates::Latin => None,
        Candidates::Some(some) => Some(some),
    };
    let within = |language: &str| match &candidates {
        Some(some) => some.iter().any(|code| code == language),
        None => model.signs.is_latin(language),
    };
    let letters = model.letters();
    let mut fits: Vec<Fit<'_>> = letters.fits(&text).into_iter().filter(|fit| within(fit.language)).collect();
    fits.sort_by_key(|fit| -fit.score);
    let Some(best) = fits.first() else { return hint };
    let Some(hint) = hint else {
        return (best.above >= FITS_AT_ALL || text.len() < FEW_BYTES).then(|| best.language.to_owned());
    };
    let believed = match fits.iter().find(|fit| fit.language == hint) {
        Some(fit) => {
            let margin = if model.signs.are_twins(best.language, &hint) { HINT_AMONG_TWINS } else { HINT };
            best.score - fit.score <= margin
        }
        None => !letters.knows(&hint) && within(&hint) && best.above < FITS,
    };
    Some(if believed { hint } else { best.language.to_owned() })
}

/// The beginning of the text, with the title where there is little of it; addresses left out, capitals alone made small.
fn sample(article: &Article) -> String {
    let text = &article.text[..article.text.floor_char_boundary(LANGUAGE_BYTES)];
    let mut sample = String::with_capacity(text.len());
    if text.len() < LANGUAGE_BYTES / 8
        && let Some(title) = &article.title
    {
        sample.push_str(&title[..title.floor_char_boundary(LANGUAGE_BYTES)]);
        sample.push(' ');
    }
    for line in text.split_inclusive('\n') {
        for word in line.split_inclusive(' ') {
            if !word.contains("://") && !word.starts_with("www.") && !word.starts_with('@') {
                sample.push_str(word);
            }
        }
    }
    let shouted = !sample.contains(char::is_lowercase);
    if shouted { sample.nfc().flat_map(char::to_lowercase).collect() } else { sample.nfc().collect() }
}
