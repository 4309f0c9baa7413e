//! A story's words → numbered, weighed by how rare they are in it and in their language, with what else each could be said as.

use crate::almanac::{Almanac, Numeral, Pole};
use crate::likeness::content::{Term, TermKind, alike, log2};
use crate::model::{EntityId, Span};
use crate::text::{fold, key, stem};
use std::collections::BTreeMap;

/// A word of the story: index into its lexis.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct WordId(u32);

/// What a word is, as far as comparing goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Class {
    /// Carries content.
    Content,
    /// Holds the sentence together ("of", "would").
    Function,
    /// Names an entity.
    Name,
    /// A number.
    Number,
}

#[derive(Debug)]
struct Entry {
    class: Class,
    /// Its stem, its Latin letters, what it can mean, how rare it is in its language.
    term: Term,
    entity: Option<EntityId>,
    /// What it denies, opposes, joins or counts.
    role: Role,
    /// In how many sentences it stands.
    sentences: u32,
    weight: u32,
    /// Words that could stand for it.
    kin: Vec<(WordId, u32)>,
}

/// What a word does beside carrying content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Role {
    /// It denies.
    pub denies: bool,
    /// It can begin another clause.
    pub joins: bool,
    /// The side of an opposition that it takes.
    pub pole: Option<Pole>,
    /// The number that it is.
    pub number: Option<i64>,
}

/// The story's words.
#[derive(Debug)]
pub(super) struct Lexis {
    entries: Vec<Entry>,
    sentences: u32,
}

/// Numbers words as they come and counts the sentences they stand in.
#[derive(Debug)]
pub(super) struct LexisBuilder<'a> {
    almanac: &'a Almanac,
    /// Language and word as it stands → the word.
    read: BTreeMap<(Option<&'a str>, &'a str), WordId>,
    known: BTreeMap<(Class, String), WordId>,
    entries: Vec<Entry>,
    sentences: u32,
}

impl<'a> LexisBuilder<'a> {
    pub fn new(almanac: &'a Almanac) -> Self {
        LexisBuilder { almanac, read: BTreeMap::new(), known: BTreeMap::new(), entries: Vec::new(), sentences: 0 }
    }

    fn entry(
        &mut self,
        class: Class,
        stem: String,
        make: impl FnOnce(String) -> (Term, Option<EntityId>, Role),
    ) -> WordId {
        let entries = &mut self.entries;
        *self.known.entry((class, stem)).or_insert_with_key(|(class, stem)| {
            let id = WordId(u32::try_from(entries.len()).unwrap_or(u32::MAX));
            let (term, entity, role) = make(stem.clone());
            entries.push(Entry { class: *class, term, entity, role, sentences: 0, weight: 0, kin: Vec::new() });
            id
        })
    }

    /// A plain word.
    pub fn word(&mut self, text: &'a str, language: Option<&'a str>) -> WordId {
        if let Some(id) = self.read.get(&(language, text)) {
            return *id;
        }
        let almanac = self.almanac;
        let folded = fold(text);
        let folded = folded.strip_suffix("'s").unwrap_or(&folded);
        let vocabulary = language.and_then(|l| almanac.vocabulary.get(l));
        let role = role(folded, language, almanac);
        let class = match folded.chars().next() {
            Some(c) if c.is_numeric() => Class::Number,
            _ if vocabulary.is_some_and(|v| v.is_function_word(folded)) && role.pole.is_none() => Class::Function,
            _ => Class::Content,
        };
        let stem = if class == Class::Content { stem(folded, language) } else { folded.to_owned() };
        let id = self.entry(class, stem, |stem| {
            let kind = if class == Class::Number { TermKind::Number } else { TermKind::Word };
            let meanings = almanac.concepts.meanings(&stem, language).to_vec();
            let rarity = match kind {
                TermKind::Number => NAME_RARITY,
                _ => almanac.concepts.rarity(&stem, language),
            };
            (Term { kind, key: key(folded), meanings, rarity, span: Span::default(), count: 1, stem }, None, role)
        });
        self.read.insert((language, text), id);
        id
    }

    /// A mention of a known entity.
    pub fn entity(&mut self, entity: EntityId) -> WordId {
        self.entry(Class::Name, format!("#{}", entity.0), |stem| (name(stem), Some(entity), Role::default()))
    }

    /// A name whose entity is not known: by its last word, as people are named again.
    pub fn name(&mut self, text: &str) -> WordId {
        let folded = key(text.split_whitespace().next_back().unwrap_or(text));
        self.entry(Class::Name, folded, |stem| (name(stem), None, Role::default()))
    }

    /// Counts a sentence.
    pub fn count(&mut self, words: impl Iterator<Item = WordId>) {
        let mut words: Vec<WordId> = words.collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            self.entries[word.0 as usize].sentences += 1;
        }
        self.sentences += 1;
    }

    /// Weighs the words: the rarer in the story and in the language, the more each says.
    pub fn finish(mut self) -> Lexis {
        for entry in &mut self.entries {
            entry.weight = match entry.class {
                Class::Function => 0,
                class => {
                    let here = log2(u64::from(self.sentences + 1)) - log2(u64::from(entry.sentences.max(1)));
                    let rarity = if class == Class::Content { entry.term.rarity } else { NAME_RARITY };
                    u32::midpoint(here, rarity.clamp(COMMON, RARE) - COMMON) / 10
                }
            };
        }
        find_kin(&mut self.entries);
        Lexis { entries: self.entries, sentences: self.sentences }
    }
}

/// Rarities in thousandths of a bit: words more common than this say nothing beyond what they say in the story…
const COMMON: u32 = 8_500;
/// …rarer ones no more than this, or misprints would outweigh all else…
const RARE: u32 = 19_000;
/// …and names and numbers are taken to be as rare as this.
const NAME_RARITY: u32 = 14_000;

fn name(stem: String) -> Term {
    let key = stem.clone();
    Term { kind: TermKind::Name, key, meanings: Vec::new(), rarity: NAME_RARITY, span: Span::default(), count: 1, stem }
}

impl Lexis {
    /// How much it says, in hundredths of a bit; 0 for function words.
    pub fn weight(&self, word: WordId) -> u32 {
        self.entries[word.0 as usize].weight
    }

    /// How many sentences of the story have it, as a share in thousandths; 0 for function words.
    pub fn spread(&self, word: WordId) -> u32 {
        let entry = &self.entries[word.0 as usize];
        if entry.weight == 0 { 0 } else { entry.sentences * 1000 / self.sentences.max(1) }
    }

    pub fn role(&self, word: WordId) -> Role {
        self.entries[word.0 as usize].role
    }

    /// Are they the same word, or one number in digits and in letters?
    pub fn equal(&self, a: WordId, b: WordId) -> bool {
        a == b || self.role(a).number.is_some_and(|n| self.role(b).number == Some(n))
    }

    pub fn class(&self, word: WordId) -> Class {
        self.entries[word.0 as usize].class
    }

    pub fn entity(&self, word: WordId) -> Option<EntityId> {
        self.entries[word.0 as usize].entity
    }

    /// The words that could stand for this one, ascending, each with how far it could, in thousandths.
    pub fn kin(&self, word: WordId) -> &[(WordId, u32)] {
        &self.entries[word.0 as usize].kin
    }
}

fn role(folded: &str, language: Option<&str>, almanac: &Almanac) -> Role {
    let contrast = language.and_then(|l| almanac.contrast.get(l));
    let numeral = language.and_then(|l| almanac.numbers.get(l)).and_then(|n| n.numerals.word(folded));
    let spelt = match numeral {
        Some(Numeral::Cardinal(number) | Numeral::Multiplier(number)) => Some(*number),
        _ => None,
    };
    Role {
        denies: contrast.is_some_and(|c| c.denies(folded)),
        joins: contrast.is_some_and(|c| c.joins(folded)),
        pole: contrast.and_then(|c| c.pole(folded)),
        number: spelt.or_else(|| folded.parse().ok()),
    }
}

/// For each content word those that share a stem's beginning ("substance", "substantive") or a meaning ("plan", "proposal").
fn find_kin(entries: &mut [Entry]) {
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate().filter(|(_, e)| e.class == Class::Content) {
        let head: String = entry.term.stem.chars().take(FAMILY_LETTERS).collect();
        if entry.term.stem.chars().count() >= FAMILY_LETTERS {
            families.entry(head).or_default().push(index);
        }
        if let Some(pole) = entry.role.pole {
            families.entry(format!("={}", pole.opposition)).or_default().push(index);
        }
        for meaning in &entry.term.meanings {
            families.entry(format!("#{meaning}")).or_default().push(index);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for family in families.values().filter(|f| f.len() > 1) {
        pairs.extend(family.iter().flat_map(|a| family.iter().filter(move |b| *b != a).map(move |b| (*a, *b))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        let (x, y) = (&entries[a].term, &entries[b].term);
        let kinship = u32::from(alike(x, y)).max(if related(&x.stem, &y.stem) { RELATED } else { 0 });
        let opposed = |e: &Entry| e.role.pole.map(|p| p.opposition);
        let kinship = if opposed(&entries[a]).is_some() && opposed(&entries[a]) == opposed(&entries[b]) {
            kinship.max(OPPOSED)
        } else {
            kinship
        };
        if kinship > 0 {
            entries[a].kin.push((WordId(u32::try_from(b).unwrap_or(u32::MAX)), kinship));
        }
    }
}

/// How far words with one beginning could stand for one another, in thousandths…
const RELATED: u32 = 600;
/// …and opposites: who denies the one speaks of the other.
const OPPOSED: u32 = 700;
/// Letters that kindred stems have in common at least.
const FAMILY_LETTERS: usize = 5;

/// Do two stems share their beginning, and most of the longer one?
fn related(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    shared >= FAMILY_LETTERS && shared * 10 >= a.chars().count().max(b.chars().count()) * 6
}
