//! A stretch of text → its content: the words, names and numbers that carry meaning, weighted and comparable with another's.

use super::Likeness;
use crate::almanac::{Almanac, Meaning, UNKNOWN};
use crate::model::Span;
use crate::text::{key, stem, words};
use std::collections::BTreeMap;

/// Soft matching tries every remaining pair; beyond so many terms a side only equal stems count.
const SOFT_TERMS: usize = 80;
/// Rarities, in thousandths of a bit: words more common than this carry nothing (function words)…
const COMMON: u32 = 6_500;
/// …and rarer than this they carry no more (names and misprints would outweigh all else).
const RARE: u32 = 19_000;

/// A word that no dictionary has is taken for a form of one so much more common, in thousandths of a bit.
const MORE_COMMON: u32 = 2_000;

/// The language's weights count as much as so many stretches.
const PRIOR: u32 = 100;

/// What sort of term it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TermKind {
    /// A word.
    Word,
    /// A word with a capital inside a sentence: likely part of a name.
    Name,
    /// A number in digits.
    Number,
}

/// One term of a content, with the place of its first occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term {
    /// Word, name, number.
    pub kind: TermKind,
    /// Folded stem; of a number its digits without grouping.
    pub stem: String,
    /// The folded word in Latin letters: comparable across scripts.
    pub key: String,
    /// What it can mean, nearest first; shared across words and languages.
    pub meanings: Vec<Meaning>,
    /// How rare the word is in its language, in thousandths of a bit.
    pub rarity: u32,
    /// Where it first stands, in the text that was given.
    pub span: Span,
    /// How often it stands there.
    pub count: u16,
}

/// The content of a stretch of text: its terms, ordered by stem, each once. Function words are not in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Content {
    /// The terms, ordered by stem.
    pub terms: Vec<Term>,
    /// The language it was read as.
    pub language: Option<String>,
}

impl Content {
    /// The content of `text`, read as `language` (BCP 47 primary subtag; unknown: words as they stand, all taken as rare).
    #[must_use]
    pub fn of(text: &str, language: Option<&str>, almanac: &Almanac) -> Self {
        let mut terms: BTreeMap<String, Term> = BTreeMap::new();
        let mut previous = 0;
        for word in words(text) {
            let begins = begins_sentence(&text[..word.span.start as usize], previous);
            previous = word.span.end as usize;
            let folded = word.folded();
            let folded = possessive(&folded);
            let kind = match word.text.chars().next() {
                Some(c) if c.is_numeric() => TermKind::Number,
                Some(c) if c.is_uppercase() && !begins => TermKind::Name,
                _ => TermKind::Word,
            };
            let mut folded = std::borrow::Cow::from(folded);
            let stem = if kind == TermKind::Number { number(&folded) } else { bare(&mut folded, language, almanac) };
            if let Some(term) = terms.get_mut(&stem) {
                term.count = term.count.saturating_add(1);
                term.kind = term.kind.max(kind);
                continue;
            }
            let rarity =
                if kind == TermKind::Number { number_rarity(&stem) } else { almanac.concepts.rarity(&stem, language) };
            // A particle that no table of frequencies knows is not rare for that.
            let particle = || rarity == UNKNOWN && almanac.is_function_word(&folded, language);
            if rarity <= COMMON || kind == TermKind::Word && particle() {
                continue;
            }
            let meanings = almanac.concepts.meanings(&stem, language).to_vec();
            let term =
                Term { kind, key: key(&folded), meanings, rarity, span: word.span, count: 1, stem: stem.clone() };
            terms.insert(stem, term);
        }
        Content { terms: terms.into_values().collect(), language: language.map(str::to_owned) }
    }

    /// Has it no terms?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// The stem of a word; of one that no table gives a meaning, the stem of what it is without clitics and endings, where a table knows that.
fn bare(folded: &mut std::borrow::Cow<'_, str>, language: Option<&str>, almanac: &Almanac) -> String {
    let whole = stem(folded, language);
    let Some(vocabulary) = almanac.vocabulary_of(language) else { return whole };
    let concepts = &almanac.concepts;
    if !concepts.meanings(&whole, language).is_empty() || vocabulary.is_function_word(folded) {
        return whole;
    }
    let rarity = concepts.rarity(&whole, language);
    let forms: Vec<(String, String)> =
        vocabulary.bare(folded).into_iter().map(|form| (stem(&form, language), form)).collect();
    let means = forms.iter().find(|(stem, _)| !concepts.meanings(stem, language).is_empty());
    let common = || forms.iter().find(|(stem, _)| concepts.rarity(stem, language) + MORE_COMMON <= rarity);
    let Some((stem, form)) = means.or_else(common) else { return whole };
    *folded = form.clone().into();
    stem.clone()
}

/// Does a word after `before` begin a sentence? `previous` is where the last word ended.
fn begins_sentence(before: &str, previous: usize) -> bool {
    let between = before.get(previous..).unwrap_or("");
    previous == 0 || between.contains(['.', '!', '?', '…', ':', '"', '“', '«', '„', '\n', '。', '؟', '।'])
}

/// Without the English possessive, which UAX #29 keeps in the word.
fn possessive(folded: &str) -> &str {
    folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(folded)
}

/// A number in digits without grouping: 1,200 and 1200 are one; a decimal part stays.
fn number(folded: &str) -> String {
    let digits: Vec<char> = folded.chars().collect();
    let groups = |at: usize| digits[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3;
    let kept = digits.iter().enumerate().filter(|(at, c)| !(**c == ',' && groups(*at))).map(|(_, c)| *c);
    kept.collect()
}

/// Small and round numbers are common, others rare; years stand between.
fn number_rarity(digits: &str) -> u32 {
    let significant = digits.trim_end_matches('0').len();
    match (digits.len(), significant) {
        (1, _) => 10_500,
        (2, _) => 13_000,
        (_, 0..=1) => 14_000,
        (_, 2) => 15_500,
        (4, _) if digits.starts_with("19") || digits.starts_with("20") => 14_000,
        _ => 18_000,
    }
}

/// How much each term tells: by its rarity in the language and by how many of the stretches at hand have it.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    stretches: u32,
    /// Stem → how many stretches have it.
    having: BTreeMap<String, u32>,
}

impl Weights {
    /// Weights by the language alone.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Weights for stretches of one kind (the sentences of a story, the articles of a stream).
    pub fn of<'a>(contents: impl IntoIterator<Item = &'a Content>) -> Self {
        let mut weights = Weights::new();
        contents.into_iter().for_each(|content| weights.add(content));
        weights
    }

    /// Counts one more stretch.
    pub fn add(&mut self, content: &Content) {
        self.stretches += 1;
        for term in &content.terms {
            match self.having.get_mut(&term.stem) {
                Some(having) => *having += 1,
                None => drop(self.having.insert(term.stem.clone(), 1)),
            }
        }
    }

    /// What a term tells, in thousandths of a bit: by its rarity in the language as long as few stretches were counted, more and
    /// more by its inverse document frequency among them (Spärck Jones 1972) as their number grows.
    #[must_use]
    pub fn weight(&self, term: &Term) -> u32 {
        let background = term.rarity.min(RARE).saturating_sub(COMMON);
        if self.stretches == 0 {
            return background;
        }
        let having = self.having.get(&term.stem).copied().unwrap_or(0);
        let here = log2(u64::from(self.stretches + 1)).saturating_sub(log2(u64::from(having.max(1))));
        (background * PRIOR + here * self.stretches) / (PRIOR + self.stretches)
    }
}

/// 1000 × log2(n), rounded down; 0 of 0. Integers only, so that every machine agrees.
#[must_use]
pub fn log2(n: u64) -> u32 {
    if n == 0 {
        return 0;
    }
    let whole = n.ilog2();
    // The mantissa in [1, 2) as 32-bit fixed point; each squaring yields one binary digit of the logarithm.
    let mut mantissa = if whole > 32 { n >> (whole - 32) } else { n << (32 - whole) };
    let mut fraction = 0u32;
    for _ in 0..12 {
        let square = (u128::from(mantissa) * u128::from(mantissa)) >> 32;
        let carry = u32::from(square >= 1 << 33);
        fraction = fraction << 1 | carry;
        mantissa = u64::try_from(square >> carry).unwrap_or(u64::MAX);
    }
    whole * 1000 + ((fraction * 1000) >> 12)
}

/// A term of one content and the term of another it answers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SharedTerm {
    /// Index in the first content's terms.
    pub a: usize,
    /// Index in the second's.
    pub b: usize,
    /// How well they answer, in thousandths: equal stems 1000, spelling variants 800, shared meaning less.
    pub strength: u16,
}

/// What two contents share, in weights (thousandths of bits).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shared {
    /// Weight of what both have.
    pub both: u64,
    /// Weight of all of the first.
    pub a: u64,
    /// Weight of all of the second.
    pub b: u64,
    /// Which terms answer to which.
    pub terms: Vec<SharedTerm>,
}

impl Shared {
    /// Twice what both have, of the two together (Dice 1945).
    #[must_use]
    pub fn dice(&self) -> Likeness {
        Likeness::ratio(2 * self.both, self.a + self.b)
    }

    /// What both have, of the lighter one: how far one is contained in the other.
    #[must_use]
    pub fn contained(&self) -> Likeness {
        Likeness::ratio(self.both, self.a.min(self.b))
    }
}

/// How alike two contents are ([`Shared::dice`]).
#[must_use]
pub fn overlap(a: &Content, b: &Content, weights: &Weights) -> Likeness {
    shared(a, b, weights).dice()
}

/// Which terms two contents share, equal stems first, then the best soft pairs, each term at most once.
#[must_use]
pub fn shared(a: &Content, b: &Content, weights: &Weights) -> Shared {
    let weigh = |content: &Content| content.terms.iter().map(|t| weights.weight(t)).collect::<Vec<_>>();
    let (weight_a, weight_b) = (weigh(a), weigh(b));
    let sum = |weights: &[u32]| weights.iter().map(|w| u64::from(*w)).sum();
    let mut shared = Shared { both: 0, a: sum(&weight_a), b: sum(&weight_b), terms: Vec::new() };
    let (mut rest_a, mut rest_b) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < a.terms.len() || j < b.terms.len() {
        let order = match (a.terms.get(i), b.terms.get(j)) {
            (Some(x), Some(y)) => x.stem.cmp(&y.stem),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        match order {
            std::cmp::Ordering::Less => rest_a.push(i),
            std::cmp::Ordering::Greater => rest_b.push(j),
            std::cmp::Ordering::Equal => shared.terms.push(SharedTerm { a: i, b: j, strength: 1000 }),
        }
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    if rest_a.len() <= SOFT_TERMS && rest_b.len() <= SOFT_TERMS {
        let soft = rest_a.iter().flat_map(|i| rest_b.iter().map(move |j| (*i, *j)));
        let mut soft: Vec<_> = soft.map(|(i, j)| (alike(&a.terms[i], &b.terms[j]), i, j)).filter(|s| s.0 > 0).collect();
        soft.sort_unstable_by_key(|(strength, i, j)| (std::cmp::Reverse(*strength), *i, *j));
        let (mut used_a, mut used_b) = (vec![false; a.terms.len()], vec![false; b.terms.len()]);
        for (strength, i, j) in soft {
            if !used_a[i] && !used_b[j] {
                (used_a[i], used_b[j]) = (true, true);
                shared.terms.push(SharedTerm { a: i, b: j, strength });
            }
        }
    }
    let value = |t: &SharedTerm| u64::from(weight_a[t.a].min(weight_b[t.b])) * u64::from(t.strength) / 1000;
    shared.both = shared.terms.iter().map(value).sum();
    shared
}

/// How well two terms with different stems answer each other, in thousandths; 0 not at all.
#[must_use]
pub fn alike(a: &Term, b: &Term) -> u16 {
    if a.kind == TermKind::Number || b.kind == TermKind::Number {
        return 0;
    }
    if a.key == b.key {
        return 950;
    }
    if a.kind == TermKind::Name && b.kind == TermKind::Name && skeleton(&a.key) == skeleton(&b.key) {
        return if skeleton(&a.key).len() > 2 { 850 } else { 0 };
    }
    if variant(&a.key, &b.key) {
        return 800;
    }
    // Nearer meanings count more; a word of many meanings means each of them less.
    let rank = a.meanings.iter().enumerate().filter_map(|(i, m)| b.meanings.iter().position(|n| n == m).map(|j| i + j));
    rank.min().map_or(0, |rank| [650, 550, 450, 400, 350, 300, 300, 250][rank.min(7)])
}

/// A spelling variant of a longer word: the same first letters and at most one letter apart (defence, defense; labor, labour).
fn variant(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().min(b.len()) < 6 || a.len().abs_diff(b.len()) > 1 || a[..3] != b[..3] {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Equal => a[1..] == b[1..],
        std::cmp::Ordering::Less => a == &b[1..],
        std::cmp::Ordering::Greater => &a[1..] == b,
    }
}

/// The consonants of a name as most languages would write them: Walkoff and Valkov, Schukin and Shukin have one.
#[must_use]
pub fn skeleton(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h' | '\'' => continue,
            'w' | 'f' => 'v',
            'q' | 'c' | 'g' => 'k',
            'z' => 's',
            'd' => 't',
            'b' => 'p',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
