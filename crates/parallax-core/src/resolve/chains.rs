//! One article's mentions → its chains: what it calls each of its entities, how often, and where first.

use crate::almanac::{Almanac, Gender, PlaceKind};
use crate::likeness::names::{PersonName, plain};
use crate::model::{Annotations, Article, Evidence, LocalEntity, NameKind};
use std::collections::BTreeMap;

/// A spelling and how often the article has it.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub text: String,
    /// Folded, dots left out, spaces single.
    pub folded: String,
    pub mentions: u32,
}

/// What one article calls one of its entities.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub article: usize,
    pub local: LocalEntity,
    pub kind: NameKind,
    pub mentions: u32,
    pub first: Evidence,
    pub forms: Vec<Form>,
    /// The names of several words, where it is a person.
    pub full: Vec<PersonName>,
    /// The names of one word, folded, where it is a person.
    pub single: Vec<String>,
    /// What the given names say of the sex.
    pub gender: Option<Gender>,
    /// The place of the gazetteer that its first form names, where it is no person.
    pub place: Option<String>,
}

/// The chains of all articles, in order of article and first mention.
pub(super) fn of(articles: &[(&Article, &Annotations)], almanac: &Almanac) -> Vec<Chain> {
    let mut chains = Vec::new();
    for (article, (text, annotations)) in articles.iter().enumerate() {
        let mut by_entity: BTreeMap<LocalEntity, Chain> = BTreeMap::new();
        for mention in &annotations.names {
            let chain = by_entity.entry(mention.entity).or_insert_with(|| Chain {
                article,
                local: mention.entity,
                kind: mention.kind,
                mentions: 0,
                first: Evidence { article, span: mention.span },
                forms: Vec::new(),
                full: Vec::new(),
                single: Vec::new(),
                gender: None,
                place: None,
            });
            chain.mentions += 1;
            add_form(chain, text.text.slice(mention.span));
        }
        for (_, mut chain) in by_entity {
            if chain.kind == NameKind::Person {
                people(&mut chain, almanac);
            } else {
                chain.place = place(&chain, annotations.language.as_deref(), almanac);
            }
            chains.push(chain);
        }
    }
    chains
}

fn add_form(chain: &mut Chain, text: &str) {
    match chain.forms.iter_mut().find(|f| f.text == text) {
        Some(form) => form.mentions += 1,
        None => {
            let folded = plain(text).replace('.', "");
            let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
            chain.forms.push(Form { text: text.to_owned(), folded, mentions: 1 });
        }
    }
}

fn people(chain: &mut Chain, almanac: &Almanac) {
    for form in &chain.forms {
        let words: Vec<String> =
            form.folded.split([' ', '·', '・', '‧', '•', '＝']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        if words.len() > 1 {
            let person = PersonName::new(&words, &almanac.people);
            let gender = person.given().and_then(|g| almanac.people.given_folded(g)).filter(|g| *g != Gender::Either);
            chain.gender = chain.gender.or(gender);
            if !chain.full.contains(&person) {
                chain.full.push(person);
            }
        } else {
            chain.single.extend(words);
        }
    }
}

/// A key for the place that a chain names, in whatever language and case.
fn place(chain: &Chain, language: Option<&str>, almanac: &Almanac) -> Option<String> {
    let naming = language.and_then(|l| almanac.naming.get(l));
    let (endings, bases) = naming.map_or((&[][..], &[][..]), |n| (&n.endings[..], &n.base_endings[..]));
    let named = chain.forms.iter().find_map(|f| {
        let plain = f.folded.strip_prefix("the ").unwrap_or(&f.folded);
        let direct = almanac.places.named(plain).find(|p| p.kind != PlaceKind::Demonym);
        direct.or_else(|| almanac.places.inflected(&crate::text::fold(plain), endings, bases))
    });
    named.map(|p| format!("@ {} {} {:?}", p.country, p.name, p.kind))
}
