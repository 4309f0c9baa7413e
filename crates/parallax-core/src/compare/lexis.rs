//! A story's words → numbered, weighed by how rare they are in it, with what else each could be said as.

use crate::almanac::Almanac;
use crate::model::EntityId;
use crate::text::{fold, stem};
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
    /// Its stem.
    stem: String,
    class: Class,
    entity: Option<EntityId>,
    /// In how many sentences it stands.
    sentences: u32,
    weight: u32,
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
    known: BTreeMap<(Class, String), WordId>,
    entries: Vec<Entry>,
    sentences: u32,
}

impl<'a> LexisBuilder<'a> {
    pub fn new(almanac: &'a Almanac) -> Self {
        LexisBuilder { almanac, known: BTreeMap::new(), entries: Vec::new(), sentences: 0 }
    }

    fn entry(&mut self, class: Class, key: String, entity: Option<EntityId>) -> WordId {
        let entries = &mut self.entries;
        *self.known.entry((class, key)).or_insert_with_key(|(class, key)| {
            let id = WordId(u32::try_from(entries.len()).unwrap_or(u32::MAX));
            entries.push(Entry { stem: key.clone(), class: *class, entity, sentences: 0, weight: 0 });
            id
        })
    }

    /// A plain word.
    pub fn word(&mut self, text: &str, language: Option<&str>) -> WordId {
        let _ = self.almanac;
        let language = language.or(Some("en"));
        let folded = fold(text);
        let folded = folded.strip_suffix("'s").unwrap_or(&folded).to_owned();
        if folded.chars().any(|c| c.is_ascii_digit()) {
            return self.entry(Class::Number, folded, None);
        }
        let class = if STOP.contains(&folded.as_str()) { Class::Function } else { Class::Content };
        let stem = match class {
            Class::Function => folded,
            _ => stem(&folded, language),
        };
        self.entry(class, stem, None)
    }

    /// A mention of a known entity.
    pub fn entity(&mut self, entity: EntityId) -> WordId {
        self.entry(Class::Name, format!("#{}", entity.0), Some(entity))
    }

    /// A name whose entity is not known.
    pub fn name(&mut self, text: &str) -> WordId {
        self.entry(Class::Name, crate::text::key(text), None)
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

    /// Weighs the words: the rarer in the story, the more each says.
    pub fn finish(mut self) -> Lexis {
        for entry in &mut self.entries {
            entry.weight = match entry.class {
                Class::Function => 0,
                _ => rarity(self.sentences, entry.sentences.max(1)),
            };
        }
        Lexis { entries: self.entries, sentences: self.sentences }
    }
}

/// 100 × log2(1 + sentences / those with the word), piecewise linear between powers of two.
fn rarity(sentences: u32, with: u32) -> u32 {
    let ratio = 256 + u64::from(sentences) * 256 / u64::from(with);
    let whole = ratio.ilog2();
    let fraction = (ratio * 100 >> whole) - 100;
    (whole - 8) * 100 + u32::try_from(fraction).unwrap_or(0)
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

    pub fn class(&self, word: WordId) -> Class {
        self.entries[word.0 as usize].class
    }

    pub fn entity(&self, word: WordId) -> Option<EntityId> {
        self.entries[word.0 as usize].entity
    }

    /// How far one could stand for the other, in thousandths.
    pub fn kinship(&self, a: WordId, b: WordId) -> u32 {
        if a == b {
            return 1000;
        }
        let (a, b) = (&self.entries[a.0 as usize], &self.entries[b.0 as usize]);
        if a.class != Class::Content || b.class != Class::Content {
            return 0;
        }
        let shared = a.stem.chars().zip(b.stem.chars()).take_while(|(a, b)| a == b).count();
        let longer = a.stem.chars().count().max(b.stem.chars().count());
        if shared >= 5 && shared * 10 >= longer * 6 { 600 } else { 0 }
    }
}

const STOP: &[&str] = &[
    "the",
    "a",
    "an",
    "and",
    "or",
    "of",
    "to",
    "in",
    "on",
    "at",
    "for",
    "with",
    "by",
    "from",
    "as",
    "that",
    "this",
    "these",
    "those",
    "it",
    "its",
    "he",
    "she",
    "they",
    "them",
    "his",
    "her",
    "their",
    "him",
    "i",
    "we",
    "you",
    "me",
    "us",
    "our",
    "my",
    "your",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "will",
    "would",
    "can",
    "could",
    "should",
    "may",
    "might",
    "must",
    "shall",
    "not",
    "no",
    "but",
    "if",
    "then",
    "than",
    "so",
    "such",
    "who",
    "whom",
    "whose",
    "which",
    "what",
    "when",
    "where",
    "why",
    "how",
    "there",
    "here",
    "about",
    "into",
    "over",
    "after",
    "before",
    "between",
    "under",
    "out",
    "up",
    "down",
    "off",
    "through",
    "during",
    "because",
    "while",
    "until",
    "also",
    "just",
    "only",
    "very",
    "more",
    "most",
    "some",
    "any",
    "all",
    "both",
    "each",
    "other",
    "another",
    "said",
    "says",
    "say",
    "told",
    "according",
    "s",
    "t",
    "mr",
    "mrs",
    "ms",
    "one",
    "it's",
    "i'm",
    "don't",
    "that's",
    "didn't",
    "doesn't",
    "isn't",
];
