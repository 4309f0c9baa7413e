//! One language's words around names: titles, offices, the words of organisations; and people's given names in all of them.

use super::{PerLanguage, Transliteration};
use crate::text::{fold, key};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What a title, a pronoun or a given name says of a person's sex.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Gender {
    Masculine,
    Feminine,
    /// Both, or it does not say.
    Either,
}

/// The words of one language's file, as they stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    honorifics_masculine: Vec<String>,
    honorifics_feminine: Vec<String>,
    honorifics: Vec<String>,
    offices: Vec<String>,
    roles: Vec<String>,
    organisation_heads: Vec<String>,
    organisations: Vec<String>,
    place_heads: Vec<String>,
    place_prepositions: Vec<String>,
    thing_heads: Vec<String>,
    not_names: Vec<String>,
    common: Vec<String>,
    particles: Vec<String>,
    links: Vec<String>,
    suffixes: Vec<String>,
    glued_articles: Vec<String>,
    name_articles: Vec<String>,
    declined: Vec<String>,
    elisions: Vec<String>,
    compound_tails: Vec<String>,
    speaking: Vec<String>,
    nicknames: Vec<Vec<String>>,
    legal_forms: Vec<Vec<String>>,
    abbreviations: Vec<Vec<String>>,
    /// Endings that inflection puts on names, without the stem.
    endings: Vec<String>,
    transcription: String,
    titles_follow: bool,
    of: Vec<String>,
    nouns_capital: bool,
    base_endings: Vec<String>,
    apostrophe_suffixes: bool,
    for_words: Vec<String>,
    articles: Vec<String>,
}

/// One language's words around names, folded and without the dots of abbreviations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Words")]
pub struct Naming {
    /// "Mr", "Madame": what may stand before a person's name, and what it says of the sex.
    pub honorifics: BTreeMap<String, Gender>,
    /// "president", "attorney general": offices that may stand before a name; several words with single spaces.
    pub offices: BTreeSet<String>,
    /// The most words an office has.
    pub longest_office: usize,
    /// "spokesman", "leader": what people are called in lower case, beside a name.
    pub roles: BTreeSet<String>,
    /// "committee", "university": the word that makes a run of capitalised words an organisation.
    pub organisation_heads: BTreeSet<String>,
    /// Bodies that are known by a name no rule would find.
    pub organisations: BTreeSet<String>,
    /// "river", "street".
    pub place_heads: BTreeSet<String>,
    /// "in", "near": what stands before places.
    pub place_prepositions: BTreeSet<String>,
    /// "act", "prize": the word that makes a run a thing.
    pub thing_heads: BTreeSet<String>,
    /// Capitalised words that name nobody: months, weekdays, creeds, party adjectives.
    pub not_names: BTreeSet<String>,
    /// Words that open sentences and are no names.
    pub common: BTreeSet<String>,
    /// "van", "de", "al": lower-case parts of people's names.
    pub particles: BTreeSet<String>,
    /// "of", "and", "for the": what joins the words of an organisation.
    pub links: BTreeSet<String>,
    /// "jr", "iii".
    pub suffixes: BTreeSet<String>,
    /// Of these, the ones whose full stop is part of the name: "Jr.".
    pub dotted_suffixes: BTreeSet<String>,
    /// "al-": what a surname may begin with and be the same without.
    pub glued_articles: Vec<String>,
    /// "el": an article that may stand within a person's name, or be left out.
    pub name_articles: BTreeSet<String>,
    /// What declension makes of the end of a surname, and its base form; the longest first.
    pub declined: Vec<(String, String)>,
    /// "l", "dell": what stands before a name with an apostrophe.
    pub elisions: BTreeSet<String>,
    /// "backed", "based": what follows a name with a hyphen and is no part of it.
    pub compound_tails: BTreeSet<String>,
    /// "said", "told": what people do beside their names.
    pub speaking: BTreeSet<String>,
    /// Names that people are called by and the full names they stand for, one group a person's name.
    pub nicknames: Vec<Vec<String>>,
    /// Spellings of one legal form of companies.
    pub legal_forms: Vec<Vec<String>>,
    /// Spellings of one word in names of organisations and people ("intl", "international").
    pub abbreviations: Vec<Vec<String>>,
    /// Endings that inflection puts on names, longest first.
    pub endings: Vec<String>,
    /// Characters with which foreign names are written, in a script without spaces.
    pub transcription: BTreeSet<char>,
    /// Do titles stand after names?
    pub titles_follow: bool,
    /// "of": what joins an organisation's head to what it is of; one word or two.
    pub of: BTreeSet<String>,
    /// Does every noun have a capital, so that a capital alone says nothing?
    pub nouns_capital: bool,
    /// Endings of base forms, to look an inflected name up by.
    pub base_endings: Vec<String>,
    /// Are case endings written after an apostrophe ("Ankara'da")?
    pub apostrophe_suffixes: bool,
    /// "for": joins an organisation's head to what it is for.
    pub for_words: BTreeSet<String>,
    /// "the": before a name of several words it speaks for an organisation.
    pub articles: BTreeSet<String>,
}

/// Letters that remain of a word, at least, when its ending is taken for one of inflection.
const STEM: usize = 3;

impl Naming {
    /// Is one of two folded words the other in another case ("Карсхольме", "Карсхольм")?
    #[must_use]
    pub fn is_inflected(&self, a: &str, b: &str) -> bool {
        a == b || self.has_base(a, b) || self.has_base(b, a)
    }

    fn has_base(&self, word: &str, base: &str) -> bool {
        let common = word.bytes().zip(base.bytes()).take_while(|(x, y)| x == y).count();
        let stems = self.endings.iter().filter_map(|ending| word.strip_suffix(ending.as_str()));
        let mut stems = stems.filter(|stem| stem.len() <= common && stem.chars().count() >= STEM);
        stems.any(|stem| self.base_endings.iter().any(|end| base[stem.len()..] == **end))
    }
}

impl From<Words> for Naming {
    fn from(words: Words) -> Self {
        let set = |list: Vec<String>| list.iter().map(|w| bare(w)).collect::<BTreeSet<_>>();
        let groups = |list: Vec<Vec<String>>| -> Vec<Vec<String>> {
            list.iter().map(|group| group.iter().map(|w| bare(w)).collect()).collect()
        };
        let mut honorifics = BTreeMap::new();
        for (list, gender) in [
            (words.honorifics, Gender::Either),
            (words.honorifics_masculine, Gender::Masculine),
            (words.honorifics_feminine, Gender::Feminine),
        ] {
            honorifics.extend(list.iter().map(|w| (bare(w), gender)));
        }
        let offices = set(words.offices);
        let mut endings: Vec<String> = words.endings.iter().map(|w| bare(w)).collect();
        endings.sort_by_key(|e| (usize::MAX - e.chars().count(), e.clone()));
        let dotted = words.suffixes.iter().filter(|w| w.ends_with('.') && !w.trim_end_matches('.').contains('.'));
        let dotted_suffixes = dotted.map(|w| bare(w)).collect();
        Naming {
            dotted_suffixes,
            glued_articles: words.glued_articles.iter().map(|w| fold(w)).collect(),
            name_articles: set(words.name_articles),
            declined: declined(&words.declined),
            honorifics,
            longest_office: offices.iter().map(|o| o.split(' ').count()).max().unwrap_or(0),
            offices,
            roles: set(words.roles),
            organisation_heads: set(words.organisation_heads),
            organisations: set(words.organisations),
            place_heads: set(words.place_heads),
            place_prepositions: set(words.place_prepositions),
            thing_heads: set(words.thing_heads),
            not_names: set(words.not_names),
            common: set(words.common),
            particles: set(words.particles),
            links: set(words.links),
            suffixes: set(words.suffixes),
            elisions: set(words.elisions),
            compound_tails: set(words.compound_tails),
            speaking: set(words.speaking),
            nicknames: groups(words.nicknames),
            legal_forms: groups(words.legal_forms),
            abbreviations: groups(words.abbreviations),
            endings,
            transcription: words.transcription.chars().collect(),
            titles_follow: words.titles_follow,
            of: set(words.of),
            nouns_capital: words.nouns_capital,
            base_endings: words.base_endings.iter().map(|w| bare(w)).collect(),
            apostrophe_suffixes: words.apostrophe_suffixes,
            for_words: set(words.for_words),
            articles: set(words.articles),
        }
    }
}

/// People's names in all languages together: a report names people from anywhere.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Folded, and romanised where the script is Cyrillic or Greek.
    given: BTreeMap<String, Gender>,
    /// Surnames of scripts without capitals.
    surnames: BTreeSet<String>,
    /// A name → the groups of names that people are called by.
    nicknames: BTreeMap<String, Vec<u32>>,
    /// "jr", "iii", in all languages.
    pub suffixes: BTreeSet<String>,
    /// "al-", in all scripts, longest first.
    pub glued_articles: Vec<String>,
    /// "el", in all languages.
    pub name_articles: BTreeSet<String>,
    /// Declined ends of surnames and their base forms in all languages, longest first.
    declined: Vec<(String, String)>,
    /// "van", "de", "al", in all languages.
    pub particles: BTreeSet<String>,
    /// "of", "and", "the", in all languages: words that acronyms leave out.
    pub small: BTreeSet<String>,
    /// Honorifics and offices of all languages.
    pub titles: BTreeSet<String>,
    /// A spelling → the one that stands for its group: abbreviations of words, legal forms (to an empty string).
    pub short_forms: BTreeMap<String, String>,
    /// Legal forms of companies, longest first, as words.
    pub legal_forms: Vec<Vec<String>>,
    /// How other scripts are written in Latin letters.
    pub transliteration: Transliteration,
}

impl People {
    /// From lines of a mark (`m`, `f`, `e`: given names; `s`: surname) and a name, parted by a tab, and the words of each language.
    #[must_use]
    pub fn new(lines: &str, languages: &PerLanguage<Naming>, transliteration: Transliteration) -> Self {
        let mut people = People { transliteration, ..People::default() };
        for naming in languages.values() {
            people.learn(naming);
        }
        people.declined.sort_by_key(longest_first);
        people.declined.dedup();
        people.glued_articles.sort_by_key(|a| (usize::MAX - a.len(), a.clone()));
        people.glued_articles.dedup();
        people.legal_forms.sort_by_key(|f| (usize::MAX - f.len(), f.clone()));
        people.legal_forms.dedup();
        for (mark, name) in lines.lines().filter_map(|l| l.split_once('\t')) {
            let gender = match mark {
                "m" => Gender::Masculine,
                "f" => Gender::Feminine,
                "e" => Gender::Either,
                _ => {
                    people.surnames.insert(fold(name));
                    continue;
                }
            };
            let folded = fold(name);
            if folded.starts_with(|c: char| ('\u{370}'..'\u{530}').contains(&c)) {
                people.add(key(name), gender);
            }
            people.add(folded, gender);
        }
        people
    }

    fn learn(&mut self, naming: &Naming) {
        for group in &naming.nicknames {
            let id = u32::try_from(self.nicknames.values().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX);
            for name in group {
                self.nicknames.entry(name.clone()).or_default().push(id);
            }
        }
        self.suffixes.extend(naming.suffixes.iter().cloned());
        self.glued_articles.extend(naming.glued_articles.iter().cloned());
        self.name_articles.extend(naming.name_articles.iter().cloned());
        self.declined.extend(naming.declined.iter().cloned());
        self.particles.extend(naming.particles.iter().cloned());
        for list in [&naming.links, &naming.of, &naming.for_words, &naming.articles] {
            self.small.extend(list.iter().cloned());
        }
        self.titles.extend(naming.honorifics.keys().chain(&naming.offices).cloned());
        for group in &naming.abbreviations {
            let first = group.first().cloned().unwrap_or_default();
            self.short_forms.extend(group.iter().skip(1).map(|w| (w.clone(), first.clone())));
        }
        let forms = naming.legal_forms.iter().flatten();
        self.legal_forms.extend(forms.map(|f| f.split(' ').map(str::to_owned).collect()));
    }

    /// A surname in its base form, as far as its end shows that it is declined ("Бельского": "бельский"); folded.
    #[must_use]
    pub fn base_form<'a>(&self, surname: &'a str) -> Cow<'a, str> {
        let declined = self.declined.iter().find_map(|(end, base)| {
            let stem = surname.strip_suffix(end.as_str())?;
            (stem.chars().count() > 1).then(|| format!("{stem}{base}"))
        });
        declined.map_or(Cow::Borrowed(surname), Cow::Owned)
    }

    /// May people of one name be called by the other ("William", "Bill"; folded)?
    #[must_use]
    pub fn nicknames(&self, a: &str, b: &str) -> bool {
        match (self.nicknames.get(a), self.nicknames.get(b)) {
            (Some(a), Some(b)) => a.iter().any(|group| b.contains(group)),
            _ => false,
        }
    }

    fn add(&mut self, name: String, gender: Gender) {
        self.given
            .entry(name)
            .and_modify(|g| *g = if *g == gender { gender } else { Gender::Either })
            .or_insert(gender);
    }

    /// What a given name (in any case, any script) says of the sex; `None` where it is no known given name.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<Gender> {
        self.given_folded(&fold(name))
    }

    /// The same for a name that is folded already.
    #[must_use]
    pub fn given_folded(&self, folded: &str) -> Option<Gender> {
        self.given.get(folded).copied()
    }

    /// Is it a surname of a script without capitals (folded)?
    #[must_use]
    pub fn is_surname(&self, folded: &str) -> bool {
        self.surnames.contains(folded)
    }
}

/// `declined>base`, one pair a string.
fn declined(list: &[String]) -> Vec<(String, String)> {
    let pairs = list.iter().filter_map(|pair| pair.split_once('>'));
    let mut pairs: Vec<_> = pairs.map(|(end, base)| (fold(end), fold(base))).collect();
    pairs.sort_by_key(longest_first);
    pairs
}

fn longest_first(pair: &(String, String)) -> (usize, String) {
    (usize::MAX - pair.0.len(), pair.0.clone())
}

/// Folded and without dots: "Mr." is "mr", "U.S." is "us".
fn bare(word: &str) -> String {
    fold(word).replace('.', "")
}
