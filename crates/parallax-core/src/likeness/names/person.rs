//! A person's name by its parts, and whether two such names can be one person's.

use crate::almanac::Naming;

/// A person's name, folded: given and middle names, surname, suffix ("jr"). One word alone counts as a surname.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonName {
    before: Vec<String>,
    surname: String,
    suffix: Option<String>,
}

/// What two full names say of their bearers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compared {
    /// One person, as far as the names say.
    Same,
    /// Two people.
    Different,
}

impl PersonName {
    /// From folded words in the order given name, middle names, surname, suffix.
    #[must_use]
    pub fn new(words: &[String], naming: &Naming) -> Self {
        let mut words: Vec<String> = words.to_vec();
        let suffix = if words.len() > 1 && words.last().is_some_and(|w| naming.suffixes.contains(w)) {
            words.pop()
        } else {
            None
        };
        let mut surname = words.pop().unwrap_or_default();
        // "von der Leyen", "al Assad": the particles belong to the surname.
        while words.len() > 1 && words.last().is_some_and(|w| w.len() > 1 && naming.particles.contains(w)) {
            surname = format!("{} {surname}", words.pop().unwrap_or_default());
        }
        PersonName { before: words, surname, suffix }
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

    /// All its words but the suffix.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.before.iter().map(String::as_str).chain([self.surname.as_str()])
    }
}

/// Can two names be one person's? The surname agrees; given names agree, are initials or nicknames of each other; suffixes agree.
#[must_use]
pub fn same_person(a: &PersonName, b: &PersonName, naming: &Naming) -> Compared {
    if a.surname != b.surname || (a.suffix != b.suffix) {
        return Compared::Different;
    }
    let (Some(first), Some(second)) = (a.given(), b.given()) else { return Compared::Same };
    let agree = |x: &str, y: &str| same_given(x, y, naming);
    // "J. Christopher Stevens", "Byron Todd Jones": the name used may be the second.
    let same = agree(first, second)
        || a.before.iter().skip(1).any(|x| x.chars().count() > 1 && agree(x, second))
        || b.before.iter().skip(1).any(|x| x.chars().count() > 1 && agree(x, first));
    if same { Compared::Same } else { Compared::Different }
}

/// Can two given names (folded) be one person's: equal, initial and name, nickname and name?
#[must_use]
pub fn same_given(a: &str, b: &str, naming: &Naming) -> bool {
    if a == b {
        return true;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.chars().count() == 1 {
        return long.starts_with(short);
    }
    naming.nicknames.iter().any(|group| group.iter().any(|n| n == a) && group.iter().any(|n| n == b))
}
