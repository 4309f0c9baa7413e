//! What tells sorts of texts apart: names of sections, and words that weather reports and market reports are full of; in every language at once, since a page's address is often in another.

use crate::model::ArticleKind;
use crate::text::fold;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One language's lists. The first ten are names: of sections, of parts of addresses, of labels beside a headline.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "named as the kinds are, see `ArticleKind`")]
pub struct KindWords {
    pub opinion: Vec<String>,
    pub analysis: Vec<String>,
    pub interview: Vec<String>,
    pub explainer: Vec<String>,
    pub live: Vec<String>,
    pub gallery: Vec<String>,
    pub results: Vec<String>,
    pub weather: Vec<String>,
    pub markets: Vec<String>,
    pub listing: Vec<String>,
    /// Words of weather reports; `…` at the end stands for any ending.
    pub weather_words: Vec<String>,
    /// Words of market reports, likewise.
    pub market_words: Vec<String>,
}

/// What a word tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Telling {
    /// The weather.
    Weather,
    /// Prices.
    Market,
}

/// The lists of all languages, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Kinds {
    names: BTreeMap<String, ArticleKind>,
    finder: Option<AhoCorasick>,
    /// Of each pattern: what it tells, and whether any ending may follow.
    words: Vec<(Telling, bool)>,
}

impl Kinds {
    /// Compiles the lists of all languages. A name that two lists have is believed to be what the first says.
    #[must_use]
    pub fn new<'a>(languages: impl IntoIterator<Item = &'a KindWords>) -> Self {
        let mut kinds = Kinds::default();
        let mut patterns: BTreeMap<(Telling, String), bool> = BTreeMap::new();
        for language in languages {
            let named = [
                (ArticleKind::Opinion, &language.opinion),
                (ArticleKind::Analysis, &language.analysis),
                (ArticleKind::Interview, &language.interview),
                (ArticleKind::Explainer, &language.explainer),
                (ArticleKind::Live, &language.live),
                (ArticleKind::Gallery, &language.gallery),
                (ArticleKind::Results, &language.results),
                (ArticleKind::Weather, &language.weather),
                (ArticleKind::Markets, &language.markets),
                (ArticleKind::Listing, &language.listing),
            ];
            for (kind, names) in named {
                names.iter().for_each(|name| {
                    kinds.names.entry(plain(name)).or_insert(kind);
                });
            }
            let telling = [(Telling::Weather, &language.weather_words), (Telling::Market, &language.market_words)];
            for (telling, words) in telling {
                for word in words {
                    let open = word.ends_with('…');
                    *patterns.entry((telling, fold(word.trim_end_matches('…')))).or_insert(open) |= open;
                }
            }
        }
        kinds.finder = AhoCorasick::new(patterns.keys().map(|(_, word)| word)).ok();
        kinds.words = patterns.iter().map(|((telling, _), open)| (*telling, *open)).collect();
        kinds
    }

    /// The kind that is named so: "Opinion", "op-ed", "Leitartikel".
    #[must_use]
    pub fn named(&self, name: &str) -> Option<ArticleKind> {
        self.names.get(&plain(name)).copied()
    }

    /// How many words of a folded text tell this, and how many different ones.
    #[must_use]
    pub fn count(&self, telling: Telling, folded: &str) -> (usize, usize) {
        let Some(finder) = &self.finder else { return (0, 0) };
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_unspaced(c));
        let found = finder.find_overlapping_iter(folded).filter(|found| {
            let (what, open) = self.words[found.pattern().as_usize()];
            what == telling
                && !letter(folded[..found.start()].chars().next_back())
                && (open || !letter(folded[found.end()..].chars().next()))
        });
        // Of words that overlap one counts.
        let (mut end, mut count, mut different) = (0, 0, BTreeSet::new());
        for found in found {
            count += usize::from(found.start() >= end);
            end = end.max(found.end());
            different.insert(found.pattern());
        }
        (count, different.len())
    }
}

/// A name with single spaces, without case, accents and punctuation.
fn plain(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !(c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Scripts written without spaces, and Hangul, whose particles follow without one.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}
