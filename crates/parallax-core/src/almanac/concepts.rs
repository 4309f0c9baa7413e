//! Which words of which languages share a meaning, and how rare each word is: compact tables, a language decoded at its first use.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A meaning shared across words and languages: the index of an English stem in the English table.
pub type Meaning = u16;

/// What is assumed of a word that no table knows: in thousandths of a bit, about one word in four million.
pub const UNKNOWN: u32 = 22_000;

/// One language's table: stems by hash, each with its rarity and its meanings.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    /// Hashes of stems ([`stem_hash`]), ascending.
    stems: Vec<u32>,
    /// Rarity of each stem, in eighths of a bit; 0: not known.
    rarity: Vec<u8>,
    /// Where the meanings of each stem begin in `meanings`; one more than there are stems.
    starts: Vec<u32>,
    /// Meanings, nearest first.
    meanings: Vec<Meaning>,
}

impl Glossary {
    /// Reads the table that `scripts/build_concepts.py` writes, little-endian, byte planes one after another (they compress better
    /// so): the number of stems, the differences between their hashes (4 planes), their rarities, how many meanings each has, and
    /// the meanings (2 planes). `None` where it is cut short.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (hashes, rest) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (rarity, rest) = rest.split_at_checked(count)?;
        let (numbers, rest) = rest.split_at_checked(count)?;
        let mut stem = 0u32;
        let mut stems = Vec::with_capacity(count);
        let mut starts = Vec::with_capacity(count + 1);
        starts.push(0u32);
        for i in 0..count {
            let plane = |p: usize| hashes[p * count + i];
            stem = stem.wrapping_add(u32::from_le_bytes([plane(0), plane(1), plane(2), plane(3)]));
            stems.push(stem);
            starts.push(starts[i] + u32::from(numbers[i]));
        }
        let total = starts[count] as usize;
        let (low, high) = rest.split_at_checked(total)?;
        if high.len() != total {
            return None;
        }
        let meanings = low.iter().zip(high).map(|(low, high)| u16::from_le_bytes([*low, *high])).collect();
        Some(Glossary { stems, rarity: rarity.to_vec(), starts, meanings })
    }

    fn index(&self, stem: &str) -> Option<usize> {
        self.stems.binary_search(&stem_hash(stem)).ok()
    }
}

/// The tables of all languages. A language is decoded when it is first asked for.
#[derive(Debug, Default)]
pub struct Concepts {
    load: Option<fn(&str) -> Option<Glossary>>,
    languages: BTreeMap<&'static str, OnceLock<Glossary>>,
}

impl Concepts {
    /// `load` decodes the table of one of `languages` (BCP 47 primary subtags).
    #[must_use]
    pub fn new(languages: &[&'static str], load: fn(&str) -> Option<Glossary>) -> Self {
        let languages = languages.iter().map(|language| (*language, OnceLock::new())).collect();
        Concepts { load: Some(load), languages }
    }

    fn glossary(&self, language: Option<&str>) -> Option<&Glossary> {
        let (language, cell) = self.languages.get_key_value(language?)?;
        let load = self.load?;
        Some(cell.get_or_init(|| load(language).unwrap_or_default()))
    }

    /// How rare a stem is in its language: the thousandths of a bit that one occurrence tells (1000 × log2 of one in how many
    /// running words). What no table knows counts as rare.
    #[must_use]
    pub fn rarity(&self, stem: &str, language: Option<&str>) -> u32 {
        let Some(glossary) = self.glossary(language) else { return UNKNOWN };
        let known = glossary.index(stem).map(|index| u32::from(glossary.rarity[index]) * 125);
        known.filter(|rarity| *rarity > 0).unwrap_or(UNKNOWN)
    }

    /// What a stem can mean, nearest first; of an English stem itself and its synonyms. Nothing where it is not known.
    #[must_use]
    pub fn meanings(&self, stem: &str, language: Option<&str>) -> &[Meaning] {
        let Some(glossary) = self.glossary(language) else { return &[] };
        let Some(index) = glossary.index(stem) else { return &[] };
        &glossary.meanings[glossary.starts[index] as usize..glossary.starts[index + 1] as usize]
    }
}

/// FNV-1a of the UTF-8 bytes, 32 bits (Fowler, Noll, Vo 1991): the same in the script that builds the tables.
#[must_use]
pub fn stem_hash(stem: &str) -> u32 {
    stem.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
