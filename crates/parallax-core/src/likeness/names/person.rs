//! A person's name by its parts, and whether two such names can be one person's.

use super::word::{skeleton, words_alike};
use crate::almanac::People;
use crate::likeness::Likeness;
use crate::text::key;

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
}

/// What two full names say of their bearers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Compared {
    /// Two people.
    Different,
    /// One, if nothing speaks against it: only one of the names has a suffix ("Jr.").
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
        let skeleton = surname_skeleton(&surname);
        PersonName { before: words, surname, suffix, skeleton }
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

    /// All its words but the suffix.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.before.iter().map(String::as_str).chain([self.surname.as_str()])
    }
}

/// The skeleton of a surname's last word, its Arabic article left out.
#[must_use]
pub fn surname_skeleton(surname: &str) -> String {
    let romanised = key(surname);
    let last = romanised.rsplit(' ').next().unwrap_or("");
    let last = ["al-", "el-", "ad-", "ar-", "as-", "ash-"].iter().find_map(|p| last.strip_prefix(p)).unwrap_or(last);
    skeleton(last)
}

/// Are two surnames (folded, any script) spellings of one?
#[must_use]
pub fn same_surname(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let strip = |s: &str| {
        let s = key(s);
        ["al-", "el-", "al ", "el "].iter().find_map(|p| s.strip_prefix(p)).map_or(s.clone(), str::to_owned)
    };
    let (a, b) = (strip(a), strip(b));
    a == b || (skeleton(&a) == skeleton(&b) && words_alike(&a, &b) >= SURNAME)
}

/// Can two names be one person's? Surnames agree; given names agree, are initials or nicknames of each other; suffixes agree.
#[must_use]
pub fn same_person(a: &PersonName, b: &PersonName, people: &People) -> Compared {
    if !same_surname(&a.surname, &b.surname) {
        return Compared::Different;
    }
    let suffixes = match (&a.suffix, &b.suffix) {
        (Some(x), Some(y)) if x != y => return Compared::Different,
        (Some(_), Some(_)) | (None, None) => Compared::Same,
        _ => Compared::Perhaps,
    };
    let (Some(first), Some(second)) = (a.given(), b.given()) else { return suffixes };
    let agree = |x: &str, y: &str| same_given(x, y, people);
    let long = |x: &&String| x.chars().count() > 1;
    // "J. Christopher Stevens", "Byron Todd Jones": the name used may be the second.
    let same = agree(first, second)
        || a.before.iter().skip(1).filter(long).any(|x| agree(x, second))
        || b.before.iter().skip(1).filter(long).any(|x| agree(x, first));
    // Two middle names or initials that cannot be one ("George W.", "George H.").
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
    let (a, b) = (key(a), key(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.chars().count() == 1 {
        return long.starts_with(short.as_str());
    }
    skeleton(&a) == skeleton(&b) && words_alike(&a, &b) >= GIVEN
}
