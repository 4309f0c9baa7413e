//! The almanac and one article → what is known of its words: the language's naming data and how often a word has a capital here.

use super::tokens::{Shape, Token};
use crate::almanac::{Almanac, Gender, Naming, People, PlaceKind, Places};
use crate::text::{fold, key};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static NO_NAMING: LazyLock<Naming> = LazyLock::new(Naming::default);

/// How a word is written in this article, openings of sentences apart.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Use {
    /// In lower case.
    pub lower: u32,
    /// With a capital where none is needed.
    pub capital: u32,
}

/// All that helps to judge a word.
pub(super) struct Knowledge<'a> {
    /// The language's words around names.
    pub naming: &'a Naming,
    /// Given names of all languages.
    pub people: &'a People,
    /// The gazetteer.
    pub places: &'a Places,
    uses: BTreeMap<String, Use>,
}

impl<'a> Knowledge<'a> {
    /// Where the language is unknown, that one's data serve whose common words open the text's first lines most often.
    pub fn new(language: Option<&str>, text: &str, almanac: &'a Almanac) -> Self {
        let naming = language.and_then(|l| almanac.naming.get(l)).or_else(|| {
            let words: Vec<String> = text.split_whitespace().take(200).map(fold).collect();
            let known = |naming: &Naming| words.iter().filter(|w| naming.common.contains(*w)).count();
            almanac
                .naming
                .values()
                .filter(|_| language.is_none())
                .max_by_key(|n| known(n))
                .filter(|n| known(n) > words.len() / 10)
        });
        let naming = naming.unwrap_or(&NO_NAMING);
        Knowledge { naming, people: &almanac.people, places: &almanac.places, uses: BTreeMap::new() }
    }

    /// Counts the words of a sentence; `cased` where its capitals mean something (not in a headline).
    pub fn count(&mut self, tokens: &[Token<'_>], cased: bool) {
        for token in tokens {
            let entry = self.uses.entry(token.folded.clone()).or_default();
            match token.shape {
                Shape::Lower => entry.lower += 1,
                Shape::Capital | Shape::Upper if cased && !token.opens => entry.capital += 1,
                _ => {}
            }
        }
    }

    pub fn uses(&self, folded: &str) -> Use {
        self.uses.get(folded).copied().unwrap_or_default()
    }

    pub fn is_common(&self, folded: &str) -> bool {
        self.naming.common.contains(folded)
    }

    /// A capitalised word that names nobody: a month, a creed, a people.
    pub fn is_no_name(&self, folded: &str) -> bool {
        self.naming.not_names.contains(folded)
            || (self.places.is_demonym(folded) && !self.places.is_place(folded))
            || folded.strip_suffix('s').is_some_and(|w| self.places.is_demonym(w) && !self.places.is_place(w))
    }

    pub fn is_organisation_head(&self, folded: &str) -> bool {
        self.naming.organisation_heads.contains(folded)
    }

    /// A word that the almanac has for this language: a small word, a title, a place, a body, a given name.
    pub fn is_word(&self, folded: &str) -> bool {
        let naming = self.naming;
        naming.common.contains(folded)
            || naming.speaking.contains(folded)
            || naming.offices.contains(folded)
            || naming.honorifics.contains_key(folded)
            || naming.organisation_heads.contains(folded)
            || self.places.country_of_folded(folded).is_some()
            || self.given(folded).is_some()
    }

    pub fn given(&self, folded: &str) -> Option<Gender> {
        self.people.given_folded(folded)
    }

    /// Is it a given name, in whatever case the language puts it?
    pub fn is_given_in_any_case(&self, folded: &str) -> bool {
        let naming = self.naming;
        let stems = naming.endings.iter().filter_map(|ending| folded.strip_suffix(ending.as_str()));
        let mut stems = stems.filter(|stem| stem.chars().count() > 2);
        let known = |name: &str| self.given(name).is_some() || self.given(&key(name)).is_some();
        known(folded) || stems.any(|stem| naming.base_endings.iter().any(|end| known(&format!("{stem}{end}"))))
    }

    /// Words joined by spaces: a place of the gazetteer? Cities only where no given name is so spelt.
    pub fn is_place(&self, words: &str) -> bool {
        let naming = self.naming;
        if !naming.base_endings.is_empty() && !words.contains(' ') && self.given(words).is_none() {
            return self.places.inflected(words, &naming.endings, &naming.base_endings).is_some();
        }
        self.places.named(words).any(|p| match p.kind {
            PlaceKind::Demonym => false,
            PlaceKind::City => words.contains(' ') || self.given(words).is_none(),
            _ => true,
        })
    }
}
