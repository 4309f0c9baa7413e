//! An article → its profile: the vectors, names, day and fingerprints that placing it needs.

use super::Settings;
use super::seen::Seen;
use super::ties::Ties;
use super::vector::Vector;
use crate::almanac::{Almanac, stem_hash};
use crate::likeness::content::{Content, Term, TermKind, skeleton};
use crate::likeness::course::Course;
use crate::likeness::passages::Prints;
use crate::limits::{GROUP_TERMS, GROUP_TEXT_BYTES, GROUP_WORDS};
use crate::model::{Annotations, Article, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bytes from the start of a text that count as its lead.
const LEAD_BYTES: u32 = 300;
/// Words a reason may quote, at most.
const SHOWN: usize = 40;

/// What placing an article needs to know of it, and what a story keeps of its founder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Profile {
    /// BCP 47 primary subtag.
    pub language: Option<String>,
    /// Days since 1970.
    pub day: Option<i32>,
    /// The article's words in its own language.
    pub words: Vector,
    /// Of these, names and numbers alone.
    pub names: Vector,
    /// What it says apart from its language: meanings, letters of names, numbers.
    pub meaning: Vector,
    /// Its heaviest words as they can be shown: feature, word.
    pub shown: BTreeMap<u32, String>,
    /// Fingerprints of its text.
    pub prints: Prints,
    /// What it names and counts, in order.
    pub course: Course,
    /// Whose copy it can be.
    pub ties: Ties,
}

/// A term as the article has it.
struct Weighed {
    term: Term,
    /// How often and where it stands, as a factor in 256ths.
    factor: u64,
}

/// What can be read of an article before it is known which came before it: most of the work, for whichever thread has time for it.
#[derive(Debug)]
pub struct Reading {
    language: Option<String>,
    day: Option<i32>,
    /// Headline and text, in which the terms stand.
    text: String,
    terms: Vec<Counted>,
    /// Features that a report in another language would have too.
    universal: Vec<(u32, u64)>,
    prints: Prints,
    course: Course,
    ties: Ties,
}

/// A term by its feature.
#[derive(Debug)]
struct Counted {
    feature: u32,
    kind: TermKind,
    rarity: u32,
    factor: u64,
    span: Span,
}

impl Reading {
    /// Reads an article.
    #[must_use]
    pub fn of(article: &Article, annotations: &Annotations, settings: &Settings, almanac: &Almanac) -> Self {
        let language = annotations.language.clone().or_else(|| article.language.clone());
        let text = article_text(article);
        let terms = terms(&text, language.as_deref(), settings, almanac);
        Reading {
            day: article
                .published
                .or(article.updated)
                .map(|m| i32::try_from(m.minutes().div_euclid(1440)).unwrap_or(0)),
            universal: terms.iter().flat_map(|t| universal(t, language.as_deref(), settings)).collect(),
            prints: Prints::of(head(&article.text, GROUP_TEXT_BYTES), GROUP_WORDS),
            course: Course::of(terms.iter().map(|weighed| &weighed.term)),
            ties: Ties::of(article, almanac),
            terms: terms.into_iter().map(Counted::of).collect(),
            text,
            language,
        }
    }
}

impl Counted {
    fn of(Weighed { term, factor }: Weighed) -> Self {
        Counted { feature: stem_hash(&term.stem), kind: term.kind, rarity: term.rarity, factor, span: term.span }
    }
}

impl Profile {
    /// Weighs what was read of an article; `words` and `meanings` are what was seen before it.
    pub fn of(reading: Reading, (words, meanings): (&mut Seen, &mut Seen), settings: &Settings) -> Self {
        let Reading { language, day, text, terms, universal, prints, course, ties } = reading;
        words.add(terms.iter().map(|t| t.feature));
        let weigh = |t: &Counted| {
            let background = u64::from(t.rarity.min(settings.rare).saturating_sub(settings.common));
            let (prior, seen) = (u64::from(settings.prior), u64::from(words.articles()));
            let here = u64::from(words.tells(t.feature));
            (background * prior + here * seen) / (prior + seen) * t.factor
        };
        let weighed: Vec<(u32, u64)> = terms.iter().map(|t| (t.feature, weigh(t))).collect();
        let named = terms.iter().zip(&weighed).filter(|(t, _)| t.kind != TermKind::Word).map(|(_, w)| *w).collect();
        let mut distinct: Vec<u32> = universal.iter().map(|(feature, _)| *feature).collect();
        distinct.sort_unstable();
        distinct.dedup();
        meanings.add(distinct);
        let universal =
            universal.into_iter().map(|(f, weight)| (f, weight * u64::from(meanings.tells(f)) / 1000)).collect();
        let words = Vector::new(weighed, GROUP_TERMS);
        let heavy: Vec<u32> = words.heaviest(SHOWN).into_iter().map(|(feature, _)| feature).collect();
        let shown = terms.iter().filter(|t| heavy.contains(&t.feature));
        Profile {
            day,
            names: Vector::new(named, GROUP_TERMS),
            meaning: Vector::new(universal, 2 * GROUP_TERMS),
            shown: shown.map(|t| (t.feature, text.get(t.span.range()).unwrap_or("").to_owned())).collect(),
            prints,
            course,
            ties,
            words,
            language,
        }
    }
}

/// Headline and text as one string, in which the spans of terms stand.
fn article_text(article: &Article) -> String {
    let title = article.title.as_deref().unwrap_or("").trim();
    let text = head(&article.text, GROUP_TEXT_BYTES);
    // Where the headline is the text's first line it would count twice.
    if title.is_empty() || text.starts_with(title) { text.to_owned() } else { format!("{title}\n{text}") }
}

fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// The terms of headline and text: sublinear in their number, those of the lead once more.
fn terms(text: &str, language: Option<&str>, settings: &Settings, almanac: &Almanac) -> Vec<Weighed> {
    let content = Content::of(text, language, almanac);
    let telling = content.terms.into_iter().filter(|t| t.rarity > settings.common);
    let weighed = telling.map(|term| {
        let often = (u64::from(term.count) << 16).isqrt();
        let factor = often + if term.span.start < LEAD_BYTES { settings.lead } else { 0 };
        Weighed { term, factor }
    });
    weighed.collect()
}

/// Features that a report in another language would have too: meanings, pieces of the word in Latin letters, numbers.
fn universal(t: &Weighed, language: Option<&str>, settings: &Settings) -> Vec<(u32, u64)> {
    let term = &t.term;
    let weight = u64::from(term.rarity.min(19_000).saturating_sub(6_500)) * t.factor;
    let mut features = Vec::new();
    if term.kind == TermKind::Number {
        features.push((stem_hash(&format!("#{}", term.stem)), weight * settings.numbers / 100));
        return features;
    }
    // An English word means itself; of a foreign word with many meanings each is less likely meant.
    let english = language == Some("en");
    let meanings = &term.meanings[..term.meanings.len().min(if english { 1 } else { 5 })];
    let several = if settings.ambiguous { meanings.len().max(1) as u64 } else { 1 };
    let mut share = weight * 100 / (several * 10_000).isqrt().max(1);
    for meaning in meanings {
        features.push((stem_hash(&format!("={meaning}")), share));
        share = share * 7 / 10;
    }
    let letters: Vec<char> = std::iter::once('^').chain(term.key.chars().filter(char::is_ascii_alphanumeric)).collect();
    let named = term.kind == TermKind::Name || term.meanings.is_empty();
    let weight_of_name = weight;
    let weight = weight * if named { settings.letters } else { settings.letters_of_words } / 100;
    let pieces = letters.len().saturating_sub(3).max(1) as u64;
    let weight = weight * 100 / (pieces * 10_000).isqrt().max(1);
    for piece in letters.windows(4.min(letters.len())) {
        features.push((stem_hash(&piece.iter().collect::<String>()), weight));
    }
    if named && settings.consonants > 0 {
        let letters: Vec<char> =
            std::iter::once('^').chain(consonants(term).chars()).chain(std::iter::once('$')).collect();
        if letters.len() > 4 {
            let pieces = (letters.len() - 2) as u64;
            let weight = weight_of_name * settings.consonants / (pieces * 10_000).isqrt().max(1);
            for piece in letters.windows(3) {
                features.push((stem_hash(&format!("~{}", piece.iter().collect::<String>())), weight));
            }
        }
    }
    features
}

/// The consonants of a name, comparable with those in scripts that write few vowels.
fn consonants(term: &Term) -> String {
    // Where vowels are not written, w and y are signs of them.
    let abjad = term.stem.chars().any(|c| ('\u{0590}'..='\u{07BF}').contains(&c));
    if abjad { skeleton(&term.key.replace('w', "")) } else { skeleton(&term.key) }
}
