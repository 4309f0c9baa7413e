//! A person's name by its parts, and whether two such names can be one person's.

use super::transliteration::{script, spelling, transliterated};
use super::word::{skeleton, words_alike};
use crate::almanac::People;
use crate::likeness::Likeness;
use crate::text::{fold, key};
use unicode_normalization::UnicodeNormalization;

/// Two surnames count as spellings of one from here.
pub const SURNAME: Likeness = Likeness(780);
/// Two given names count as spellings of one from here.
pub const GIVEN: Likeness = Likeness(800);

/// A person's name, folded: given and middle names, surname, suffix ("jr"). One word alone counts as a surname.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PersonName {
    before: Vec<String>,
    surname: String,
    suffix: Option<String>,
    skeleton: String,
    /// The coarse key of the word before the surname, where that may be the first of two surnames.
    first_skeleton: Option<String>,
}

/// What two full names say of their bearers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Compared {
    /// Two people.
    Different,
    /// One, if nothing speaks against it: only one of the names has a suffix ("Jr."), or a second surname.
    Perhaps,
    /// One person, as far as the names say.
    Same,
}

impl PersonName {
    /// From folded words in the order given name, middle names, surname, suffix.
    #[must_use]
    pub fn new(words: &[String], people: &People) -> Self {
        let mut words: Vec<String> = words.to_vec();
        let suffix = if words.len() > 1 && words.last().is_some_and(|w| people.suffixes.contains(w)) {
            words.pop()
        } else {
            None
        };
        let mut surname = words.pop().unwrap_or_default();
        // "von der Leyen", "al Assad": the particles belong to the surname.
        while words.len() > 1 && words.last().is_some_and(|w| w.len() > 1 && people.particles.contains(w)) {
            surname = format!("{} {surname}", words.pop().unwrap_or_default());
        }
        let skeleton = surname_skeleton(&surname, people);
        // "Ana Duarte Peña": one given name, and two words of which the first is none.
        let first_skeleton = match &words[..] {
            [given, first] if suffix.is_none() && first.chars().count() > 2 => {
                let two = people.given_folded(given).is_some() && people.given_folded(first).is_none();
                two.then(|| surname_skeleton(first, people))
            }
            _ => None,
        };
        PersonName { before: words, surname, suffix, skeleton, first_skeleton }
    }

    /// The first given name.
    #[must_use]
    pub fn given(&self) -> Option<&str> {
        self.before.first().map(String::as_str)
    }

    /// The surname with its particles.
    #[must_use]
    pub fn surname(&self) -> &str {
        &self.surname
    }

    /// "jr", "iii".
    #[must_use]
    pub fn suffix(&self) -> Option<&str> {
        self.suffix.as_deref()
    }

    /// The coarse key of the surname: names of one person share it, whatever the spelling or script.
    #[must_use]
    pub fn skeleton(&self) -> &str {
        &self.skeleton
    }

    /// The first of two surnames, if it may have two.
    #[must_use]
    pub fn first_surname(&self) -> Option<&str> {
        self.first_skeleton.as_ref().and(self.before.last()).map(String::as_str)
    }

    /// The coarse keys under which the person may be named: by the surname, or by the first of two.
    pub fn skeletons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.skeleton.as_str()).chain(self.first_skeleton.as_deref())
    }

    /// Is this the name of two words with which `full` begins, its second surname left out?
    fn begins(&self, full: &PersonName) -> bool {
        full.first_surname() == Some(&self.surname) && self.suffix.is_none() && self.before[..] == full.before[..1]
    }

    /// The script of the surname; `None` for Latin.
    #[must_use]
    pub fn script(&self) -> Option<&'static str> {
        script(&self.surname)
    }

    /// All its words but the suffix.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.before.iter().map(String::as_str).chain([self.surname.as_str()])
    }
}

/// A name's word made comparable: folded, but with the marks that other scripts write sounds with.
#[must_use]
pub fn plain(word: &str) -> String {
    if matches!(script(word), Some("kana" | "devanagari" | "hangul")) { word.nfkc().collect() } else { fold(word) }
}

/// A word in Latin letters, as it is most likely written.
fn latin(word: &str, people: &People) -> String {
    spelling(word, &people.transliteration).unwrap_or_else(|| key(word))
}

/// A surname's last word in Latin letters and in its base form, an article that is written onto it left out.
fn core(surname: &str, people: &People) -> String {
    let last = surname.rsplit(' ').next().unwrap_or("");
    let last = people.glued_articles.iter().find_map(|p| last.strip_prefix(p.as_str())).unwrap_or(last);
    latin(&people.base_form(last), people)
}

/// The coarse key of a surname: its last word's skeleton.
#[must_use]
pub fn surname_skeleton(surname: &str, people: &People) -> String {
    let mut core = core(surname, people);
    // Folding takes the accent from South Slavic -ić, which others write -ich.
    if core.ends_with("ic") {
        core.push('h');
    }
    skeleton(&core)
}

/// Are two surnames (any script, made [`plain`]) spellings of one?
#[must_use]
pub fn same_surname(a: &str, b: &str, people: &People) -> bool {
    a == b || (surname_skeleton(a, people) == surname_skeleton(b, people) && spelt_alike(a, b, SURNAME, people))
}

/// Are two words spellings of one? `least` is asked of two Latin words; other scripts have their own cut.
fn spelt_alike(a: &str, b: &str, least: Likeness, people: &People) -> bool {
    match (script(a), script(b)) {
        (Some(_), None) => {
            let (a, written) = (people.base_form(a), key(b));
            let a = a.as_ref();
            transliterated(a, &written, &people.transliteration).is_some_and(|l| l.0 >= 700)
                || words_alike(&latin(a, people), &written) >= least
        }
        (None, Some(_)) => spelt_alike(b, a, least, people),
        (Some(x), Some(y)) if x == y => {
            words_alike(&key(&people.base_form(a)), &key(&people.base_form(b))) >= Likeness(850)
        }
        (Some(_), Some(_)) => words_alike(&latin(a, people), &latin(b, people)) >= Likeness(650),
        (None, None) => words_alike(&core(a, people), &core(b, people)) >= least,
    }
}

/// Can two names be one person's? Surnames agree; given names agree, are initials or nicknames of each other; suffixes agree.
#[must_use]
pub fn same_person(a: &PersonName, b: &PersonName, people: &People) -> Compared {
    if !same_surname(&a.surname, &b.surname, people) {
        return if a.begins(b) || b.begins(a) { Compared::Perhaps } else { Compared::Different };
    }
    let suffixes = match (&a.suffix, &b.suffix) {
        (Some(x), Some(y)) if x != y => return Compared::Different,
        (Some(_), Some(_)) | (None, None) => Compared::Same,
        _ => Compared::Perhaps,
    };
    let (Some(first), Some(second)) = (a.given(), b.given()) else { return suffixes };
    let agree = |x: &str, y: &str| same_given(x, y, people);
    let long = |x: &&String| x.chars().count() > 1;
    // "J. Tomas Ellwood", "Peter Tomas Ellwood": the name used may be the second.
    let same = agree(first, second)
        || a.before.iter().skip(1).filter(long).any(|x| agree(x, second))
        || b.before.iter().skip(1).filter(long).any(|x| agree(x, first));
    // Two middle names or initials that cannot be one ("Anna V.", "Anna K.").
    let clash =
        a.before.len() == 2 && b.before.len() == 2 && agree(first, second) && !agree(&a.before[1], &b.before[1]);
    if same && !clash { suffixes } else { Compared::Different }
}

/// Can two given names (folded, any script) be one person's: spellings, initial and name, nickname and name?
#[must_use]
pub fn same_given(a: &str, b: &str, people: &People) -> bool {
    if a == b {
        return true;
    }
    if people.nicknames(a, b) {
        return true;
    }
    let (x, y) = (latin(a, people), latin(b, people));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    if short.chars().count() == 1 {
        return long.starts_with(short.as_str());
    }
    // Between scripts the learnt correspondences decide alone.
    (script(a) != script(b) || skeleton(&x) == skeleton(&y)) && spelt_alike(a, b, GIVEN, people)
}
