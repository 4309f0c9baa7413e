//! A name → its words that tell it from others: titles, legal forms and small words left out or made alike.

use super::transliteration::{script, transliterated, units};
use super::word::words_alike;
use crate::almanac::Almanac;
use crate::likeness::Likeness;
use crate::text::{fold, key};

/// One word of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    /// Folded, in its own script.
    pub folded: String,
    /// As it stands, in its own script.
    pub native: String,
    /// Romanised: letters and digits only.
    pub latin: String,
    /// Its script, where that is another than Latin.
    pub script: Option<&'static str>,
}

impl Part {
    fn new(word: &str) -> Self {
        let folded = fold(word);
        let latin: String = key(word).chars().filter(char::is_ascii_alphanumeric).collect();
        Part { script: script(word), native: word.to_owned(), latin, folded }
    }

    /// One letter, of a script with letters for single sounds.
    pub fn is_initial(&self) -> bool {
        self.folded.chars().filter(|c| c.is_alphanumeric()).count() == 1
            && matches!(self.script, None | Some("cyrillic" | "greek"))
            && !self.latin.bytes().all(|b| b.is_ascii_digit())
    }

    /// Does it have a digit?
    pub fn is_number(&self) -> bool {
        self.latin.bytes().any(|b| b.is_ascii_digit())
    }
}

/// The words of a name; a person's titles and suffixes and a company's legal form are left out where enough is left.
pub(super) fn parts(name: &str, person: bool, almanac: &Almanac) -> Vec<Part> {
    let people = &almanac.people;
    let name = name.replace("'s ", " ").replace("’s ", " ");
    let split = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '-' | '‐'
                    | '‑'
                    | '–'
                    | '/'
                    | ','
                    | '('
                    | ')'
                    | '"'
                    | '«'
                    | '»'
                    | '“'
                    | '”'
                    | '·'
                    | '・'
                    | '‧'
                    | ';'
                    | ':'
                    | '|'
            )
    };
    let mut words: Vec<&str> =
        name.split(split).filter(|w| w.chars().any(char::is_alphanumeric) || *w == "&").collect();
    let bare = |w: &str| fold(w).replace('.', "");
    if person {
        while words.len() > 1
            && people.titles.contains(&bare(words[0]))
            && people.given_folded(&bare(words[0])).is_none()
        {
            words.remove(0);
        }
        let folded: Vec<String> = words.iter().map(|w| bare(w)).collect();
        let kept = |i: &usize| {
            words.len() < 3 || !(people.particles.contains(&folded[*i]) || people.name_articles.contains(&folded[*i]))
        };
        return (0..words.len())
            .filter(kept)
            .map(|i| Part::new(&dotless(words[i])))
            .filter(|p| !p.latin.is_empty())
            .collect();
    }
    let mut folded: Vec<String> = words.iter().map(|w| bare(w)).collect();
    for form in &people.legal_forms {
        while folded.len() > form.len() {
            let Some(at) = folded.windows(form.len()).position(|w| w == form) else { break };
            folded.drain(at..at + form.len());
            words.drain(at..at + form.len());
        }
    }
    let mut parts = Vec::new();
    for (word, folded) in words.iter().zip(&folded) {
        let short = people.short_forms.get(folded);
        if people.small.contains(folded) && words.len() > 1 {
            continue;
        }
        let part = match short {
            Some(long) => Part::new(long),
            None => Part::new(&dotless(word)),
        };
        if !part.latin.is_empty() {
            parts.push(part);
        }
    }
    parts
}

fn dotless(word: &str) -> String {
    word.chars().filter(|c| *c != '.').collect()
}

/// How alike are two words, in any two scripts?
pub(super) fn alike(a: &Part, b: &Part, almanac: &Almanac) -> Likeness {
    if a.folded == b.folded || (!a.latin.is_empty() && a.latin == b.latin) {
        return Likeness::FULL;
    }
    if a.is_number() || b.is_number() {
        return numbers(a, b);
    }
    match (a.script, b.script) {
        (None, None) | (Some("cyrillic" | "greek"), Some("cyrillic" | "greek")) => words_alike(&a.latin, &b.latin),
        (Some(x), Some(y)) if x == y => native(a, b, x),
        (Some(x), None) => mixed(a, b, x, almanac),
        (None, Some(y)) => mixed(b, a, y, almanac),
        _ => words_alike(&a.latin, &b.latin),
    }
}

/// A figure in a name must be the same; a letter read as a digit ("Sech1n") may be a slip.
fn numbers(a: &Part, b: &Part) -> Likeness {
    let digits = |p: &Part| p.latin.bytes().filter(u8::is_ascii_digit).count();
    if digits(a) == a.latin.len() || digits(b) == b.latin.len() || digits(a) == digits(b) {
        return Likeness::NONE;
    }
    let letters = |p: &Part| p.latin.replace('0', "o").replace('1', "i").replace('3', "e").replace('5', "s");
    words_alike(&letters(a), &letters(b))
}

fn mixed(native: &Part, latin: &Part, script: &str, almanac: &Almanac) -> Likeness {
    let learnt =
        transliterated(&native.native, &latin.latin, &almanac.people.transliteration).unwrap_or(Likeness::NONE);
    // The plain romanisation counts where it is nearly the word.
    let plain =
        if matches!(script, "cyrillic" | "greek") { words_alike(&native.latin, &latin.latin) } else { Likeness::NONE };
    if plain >= Likeness(880) { learnt.max(plain) } else { learnt.max(Likeness(plain.0.saturating_sub(60))) }
}

/// Two words of one script without vowels or with syllables: the share of equal units.
fn native(a: &Part, b: &Part, script: &str) -> Likeness {
    let (a, b) = (units(&a.native, script), units(&b.native, script));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    let whole = a.len().max(b.len());
    Likeness::ratio((whole - row[b.len()].min(whole)) as u64, whole as u64)
}
