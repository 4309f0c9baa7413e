//! One language's function words, abbreviations and sentence marks.

use super::Almanac;
use crate::text::fold;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One language's function words, abbreviations and sentence marks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Written")]
pub struct Vocabulary {
    /// Folded, sorted.
    function_words: Vec<String>,
    /// Function words that can stand first in a sentence; folded, sorted.
    openers: Vec<String>,
    /// Words that may begin a surname though they are function words ("De", "La"); folded, sorted.
    particles: Vec<String>,
    /// As written, without the last dot.
    abbreviations: BTreeMap<String, Abbreviation>,
    /// Single letters that are words, not abbreviations.
    whole: Vec<String>,
    /// "3." is an ordinal number.
    pub ordinal_dot: bool,
    /// Sentence marks beside the common ones.
    pub stops: Vec<char>,
    /// How a sentence goes on right after a quotation has closed, where nothing else shows it.
    pub after_quote: Vec<String>,
    /// What is written onto the front of a word and is none of it ("and", "the", "to" in Semitic scripts); folded.
    before: Vec<String>,
    /// What inflection or a particle puts on its end, and what stands there in the form that dictionaries give; folded, the
    /// longest ending first.
    after: Vec<(String, String)>,
}

/// Characters that remain of a word, at least, when what is glued to it is taken off: by script, as a letter says more or less.
const REMAINS: usize = 3;
const REMAINS_OF_SYLLABLES: usize = 2;

/// What the dot of an abbreviation may be. One that is more than one of these is in several lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Abbreviation {
    /// Never ends a sentence: "Mr.".
    pub joins: bool,
    /// Belongs to a number that follows: "No. 5", "Dec. 2".
    pub numbers: bool,
    /// May end a sentence: "Inc.", "U.S.".
    pub closes: bool,
    /// Follows a number, and may then end a sentence: "в 2020 г.".
    pub unit: bool,
}

/// The shape of `data/vocabulary/LANG.toml`: lists are words parted by white space.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    ordinal_dot: bool,
    stops: String,
    whole: String,
    particles: String,
    after_quote: String,
    words: Words,
    abbreviations: Abbreviations,
    glued: Glued,
}

/// `before`: clitics; `after`: endings, `old>new` where the base form has another.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Glued {
    before: String,
    after: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    determiners: String,
    pronouns: String,
    prepositions: String,
    conjunctions: String,
    auxiliaries: String,
    adverbs: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Abbreviations {
    joining: String,
    numbered: String,
    closing: String,
    units: String,
}

impl From<Written> for Vocabulary {
    fn from(written: Written) -> Self {
        let words = &written.words;
        let openers = [&words.determiners, &words.pronouns, &words.prepositions, &words.conjunctions, &words.adverbs];
        let mut abbreviations: BTreeMap<String, Abbreviation> = BTreeMap::new();
        let mut each = |list: &str, set: fn(&mut Abbreviation)| {
            for word in list.split_whitespace() {
                set(abbreviations.entry(word.trim_end_matches('.').to_owned()).or_default());
            }
        };
        each(&written.abbreviations.joining, |a| a.joins = true);
        each(&written.abbreviations.numbered, |a| a.numbers = true);
        each(&written.abbreviations.closing, |a| a.closes = true);
        each(&written.abbreviations.units, |a| a.unit = true);
        Vocabulary {
            function_words: folded(openers.into_iter().chain([&words.auxiliaries])),
            openers: folded(openers),
            particles: folded([&written.particles]),
            abbreviations,
            whole: written.whole.split_whitespace().map(str::to_owned).collect(),
            ordinal_dot: written.ordinal_dot,
            stops: written.stops.chars().collect(),
            after_quote: written.after_quote.split_whitespace().map(str::to_owned).collect(),
            before: folded([&written.glued.before]),
            after: endings(&written.glued.after),
        }
    }
}

fn endings(list: &str) -> Vec<(String, String)> {
    let pair = |ending: &str| {
        let (old, new) = ending.split_once('>').unwrap_or((ending, ""));
        (fold(old), fold(new))
    };
    let mut endings: Vec<_> = list.split_whitespace().map(pair).collect();
    endings.sort_by_key(|(old, new)| (std::cmp::Reverse(old.len()), new.clone()));
    endings
}

fn folded<'a>(lists: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    let mut words: Vec<String> = lists.into_iter().flat_map(|list| list.split_whitespace()).map(fold).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn has(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}

impl Vocabulary {
    /// Is this folded word one that says little of what a text is about: article, pronoun, preposition, conjunction, auxiliary…?
    #[must_use]
    pub fn is_function_word(&self, folded: &str) -> bool {
        has(&self.function_words, folded)
    }

    /// All function words, folded and sorted.
    #[must_use]
    pub fn function_words(&self) -> &[String] {
        &self.function_words
    }

    /// Is this folded word a function word that can stand first in a sentence?
    #[must_use]
    pub fn is_opener(&self, folded: &str) -> bool {
        has(&self.openers, folded)
    }

    /// Is this folded word one that may begin a surname?
    #[must_use]
    pub fn is_particle(&self, folded: &str) -> bool {
        has(&self.particles, folded)
    }

    /// What is known of a token before a dot. A lower-case entry matches any case of the first letter.
    #[must_use]
    pub fn abbreviation(&self, token: &str) -> Option<Abbreviation> {
        if let Some(found) = self.abbreviations.get(token) {
            return Some(*found);
        }
        let mut characters = token.chars();
        let first = characters.next().filter(|c| c.is_uppercase())?;
        let lower: String = first.to_lowercase().chain(characters).collect();
        self.abbreviations.get(&lower).copied()
    }

    /// What a folded word may be without what is glued to it, the least taken off first.
    #[must_use]
    pub fn bare(&self, folded: &str) -> Vec<String> {
        let mut bare = Vec::new();
        if self.before.is_empty() && self.after.is_empty() {
            return bare;
        }
        let remains = |rest: &str| {
            let syllables = rest.chars().any(|c| ('가'..='힣').contains(&c));
            rest.chars().count() >= if syllables { REMAINS_OF_SYLLABLES } else { REMAINS }
        };
        let fronts = self.before.iter().filter_map(|clitic| folded.strip_prefix(clitic.as_str()));
        let fronts: Vec<&str> = std::iter::once(folded).chain(fronts).filter(|rest| remains(rest)).collect();
        bare.extend(fronts.iter().skip(1).map(|rest| (*rest).to_owned()));
        for front in fronts {
            for (old, new) in &self.after {
                let Some(rest) = front.strip_suffix(old.as_str()) else { continue };
                if remains(rest) {
                    bare.push(format!("{rest}{new}"));
                }
            }
        }
        bare.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
        bare
    }

    /// Is this single letter a word?
    #[must_use]
    pub fn is_whole(&self, letter: &str) -> bool {
        self.whole.iter().any(|word| word == letter)
    }
}

impl Almanac {
    /// One language's vocabulary, by BCP 47 tag.
    #[must_use]
    pub fn vocabulary_of(&self, language: Option<&str>) -> Option<&Vocabulary> {
        let primary = language?.split('-').next()?;
        self.vocabulary.get(primary)
    }

    /// Is this folded word a function word of the language? False where the language is not known.
    #[must_use]
    pub fn is_function_word(&self, folded: &str, language: Option<&str>) -> bool {
        self.vocabulary_of(language).is_some_and(|vocabulary| vocabulary.is_function_word(folded))
    }
}
