//! What an owner says of a desk, in words → settings: each checked, kept in a file that a person can read, the command line before it.

mod file;
mod settled;

pub use file::{change, path, read};
pub use settled::Settled;

use crate::desk::Keep;
use crate::limits::{LANGUAGES_READ, PAGE_DAYS, PAGES_A_DAY, PAGES_BYTES};
use crate::pipeline;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;

/// What a setting may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// ISO 3166-1.
    Country,
    /// BCP 47, the best first.
    Languages,
    /// A whole number, at least so much.
    Number(u32),
    /// An address or mailbox.
    Contact,
}

/// A setting: by what it is called in the file, on the command line and in forms; and what it says.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name.
    pub key: &'static str,
    /// For a label.
    pub name: &'static str,
    /// What it decides, in a sentence.
    pub says: &'static str,
    /// What it may be.
    pub sort: Sort,
}

/// Where the reader lives.
pub const COUNTRY: Entry = Entry {
    key: "country",
    name: "Your country",
    says: "Where you live, two letters (ISO 3166-1): a new desk follows every outlet of it that the catalogue has",
    sort: Sort::Country,
};
/// What the reader reads.
pub const READS: Entry = Entry {
    key: "reads",
    name: "Languages you read",
    says: "Languages you read, the best first (BCP 47): of reports that say the same, those in these are quoted first; unless said, en",
    sort: Sort::Languages,
};
/// Article pages a day.
pub const PAGES: Entry = Entry {
    key: "pages",
    name: "Article pages a day",
    says: "Article pages fetched a day, at most; unless said, 2000",
    sort: Sort::Number(0),
};
/// Days for which pages are kept.
pub const KEEP_DAYS: Entry = Entry {
    key: "keep-days",
    name: "Days that pages are kept",
    says: "Days that fetched pages are kept as they came; then what was read from them takes their place, for good; unless said, 30",
    sort: Sort::Number(1),
};
/// Room for pages.
pub const KEEP_GB: Entry = Entry {
    key: "keep-gb",
    name: "Gigabytes of pages kept",
    says: "Gigabytes of fetched pages that are kept as they came; beyond that the oldest go likewise; unless said, 5",
    sort: Sort::Number(1),
};
/// Whom hosts may write to.
pub const CONTACT: Entry = Entry {
    key: "contact",
    name: "Contact",
    says: "Whom hosts may write to, a mailbox or a page: told to every host that is asked; from the next start on",
    sort: Sort::Contact,
};
/// All of them, in the order in which they are told.
pub const ENTRIES: [Entry; 6] = [COUNTRY, READS, PAGES, KEEP_DAYS, KEEP_GB, CONTACT];

/// What is set; each as it is written in a form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings(BTreeMap<&'static str, String>);

impl Settings {
    /// Sets one.
    ///
    /// # Errors
    /// There is none of that name, or it may not be that.
    pub fn set(&mut self, key: &str, said: &str) -> Result<()> {
        let Some(entry) = ENTRIES.iter().find(|entry| entry.key == key) else {
            let names: Vec<_> = ENTRIES.iter().map(|entry| entry.key).collect();
            bail!("there is no setting “{key}”; there are {}", names.join(", "));
        };
        self.0.insert(entry.key, checked(entry, said.trim())?);
        Ok(())
    }

    /// One with this said, too.
    ///
    /// # Errors
    /// As those of `set`.
    pub fn with(mut self, entry: Entry, said: Option<impl ToString>) -> Result<Self> {
        if let Some(said) = said {
            self.set(entry.key, &said.to_string())?;
        }
        Ok(self)
    }

    /// What is said of one, as it is written in a form.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// What holds for one while nothing is said of it, as it would be written in a form; `None` where nothing does.
    pub fn unsaid(entry: &Entry) -> Option<String> {
        let none = Settings::default();
        match entry.sort {
            Sort::Country | Sort::Contact => None,
            Sort::Languages => Some(none.reads().join(",")),
            Sort::Number(_) if entry.key == PAGES.key => Some(none.pages().to_string()),
            Sort::Number(_) if entry.key == KEEP_DAYS.key => Some(none.keep().days.to_string()),
            Sort::Number(_) => Some((none.keep().bytes / 1_000_000_000).to_string()),
        }
    }

    /// These, and where they say nothing, those.
    #[must_use]
    pub fn over(&self, those: &Settings) -> Settings {
        let mut all = those.clone();
        all.0.extend(self.0.clone());
        all
    }

    fn number(&self, entry: Entry) -> Option<u64> {
        self.get(entry.key)?.parse().ok()
    }

    /// Where the reader lives.
    pub fn country(&self) -> Option<&str> {
        self.get(COUNTRY.key)
    }

    /// Languages that the reader reads, the best first; English unless it is said.
    pub fn reads(&self) -> Vec<String> {
        self.get(READS.key).unwrap_or("en").split(',').map(str::to_owned).collect()
    }

    /// Article pages a day.
    pub fn pages(&self) -> u64 {
        self.number(PAGES).unwrap_or(PAGES_A_DAY as u64)
    }

    /// How long and how many pages are kept as they came.
    pub fn keep(&self) -> Keep {
        let bytes = self.number(KEEP_GB).map_or(PAGES_BYTES as u64, |gb| gb.saturating_mul(1_000_000_000));
        Keep { days: self.number(KEEP_DAYS).unwrap_or(PAGE_DAYS as u64), bytes }
    }

    /// Whom hosts may write to.
    pub fn contact(&self) -> Option<&str> {
        self.get(CONTACT.key)
    }
}

/// What is said, as it is kept.
fn checked(entry: &Entry, said: &str) -> Result<String> {
    match entry.sort {
        Sort::Country => country(said),
        Sort::Languages => languages(said),
        Sort::Number(least) => {
            let number: Option<u32> = said.parse().ok().filter(|number| *number >= least);
            let number = number.with_context(|| {
                format!("“{said}” is no number for {}: a whole one from {least} to {}", entry.key, u32::MAX)
            })?;
            Ok(number.to_string())
        }
        Sort::Contact => {
            let sound = !said.is_empty() && said.bytes().all(|b| b.is_ascii_graphic());
            ensure!(
                sound,
                "the contact is none: a mailbox or a page, without spaces, in ASCII (mailto:desk@example.org)"
            );
            Ok(said.to_owned())
        }
    }
}

/// The code of a country, in capitals.
///
/// # Errors
/// There is no such country.
pub fn country(code: &str) -> Result<String> {
    let known = pipeline::country(code, parallax_almanac::almanac()).filter(|_| code.chars().count() == 2);
    known.with_context(|| format!("“{code}” is no country code: two letters, as in ISO 3166-1 (GB, DE, JP)"))
}

fn languages(said: &str) -> Result<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in said.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag = language(tag)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    ensure!(!tags.is_empty(), "name a language that you read: its tag, as in BCP 47 (fr, pt-BR, zh-Hant)");
    ensure!(
        tags.len() <= LANGUAGES_READ,
        "{} languages are named, and {LANGUAGES_READ} are taken: leave out those that you read least",
        tags.len()
    );
    Ok(tags.join(","))
}

/// A language tag, as it was written.
///
/// # Errors
/// It is none.
pub fn language(tag: &str) -> Result<String> {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let sound = first && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    ensure!(sound, "“{tag}” is no language tag: as in BCP 47 (fr, pt-BR, zh-Hant)");
    Ok(tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_checked_and_the_command_line_goes_before_the_file() {
        let mut file = Settings::default();
        for (key, said) in [("country", " de "), ("reads", "de, en ,de"), ("pages", "0"), ("keep-gb", "2")] {
            file.set(key, said).expect(key);
        }
        assert_eq!((file.country(), file.reads()), (Some("DE"), vec!["de".to_owned(), "en".to_owned()]));
        assert_eq!((file.pages(), file.keep()), (0, Keep { days: 30, bytes: 2_000_000_000 }));
        let given = Settings::default().with(PAGES, Some(7)).expect("sound");
        let all = given.over(&file);
        assert_eq!((all.pages(), all.country(), Settings::default().reads()), (7, Some("DE"), vec!["en".to_owned()]));
        for (key, said) in [
            ("country", "XX"),
            ("country", "Germany"),
            ("reads", " , "),
            ("reads", "english"),
            ("pages", "-1"),
            ("keep-days", "0"),
            ("keep-days", "4294967296"),
            ("contact", "a b"),
            ("contact", "a\nb"),
            ("langauge", "de"),
        ] {
            assert!(file.set(key, said).is_err(), "{key}: {said}");
        }
    }

    #[test]
    fn so_many_languages_are_taken() {
        // LANGUAGES_READ
        let named = |n: usize| (0..n).map(|n| format!("a{}", char::from(b'a' + n as u8))).collect::<Vec<_>>().join(",");
        assert!(languages(&named(LANGUAGES_READ)).is_ok());
        assert!(languages(&named(LANGUAGES_READ + 1)).is_err());
    }

    #[test]
    fn what_holds_unless_something_is_said_is_what_is_told() {
        for (entry, holds) in [(PAGES, PAGES_A_DAY), (KEEP_DAYS, PAGE_DAYS), (KEEP_GB, PAGES_BYTES / 1_000_000_000)] {
            assert!(entry.says.ends_with(&format!("unless said, {holds}")), "{}", entry.says);
        }
    }
}
