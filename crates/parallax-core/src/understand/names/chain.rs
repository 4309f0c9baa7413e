//! The names of one article → whom each names: full names first, then the surnames, first names and initials that refer back to them.

use super::knowledge::Knowledge;
use crate::almanac::{Gender, People};
use crate::likeness::names::{Compared, PersonName, same_person, same_surname, surname_skeleton};
use crate::model::{LocalEntity, NameKind, Span};
use std::collections::BTreeMap;

/// A name and what its own words and neighbours say of it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub span: Span,
    /// Folded words.
    pub words: Vec<String>,
    pub votes: [u32; 4],
    pub titled: bool,
    pub gender: Option<Gender>,
    pub doubtful: bool,
}

impl Named {
    fn text(&self) -> String {
        self.words.join(" ")
    }
}

/// A name that stays, what it is and whom it names.
pub(super) struct Chained {
    pub span: Span,
    pub kind: NameKind,
    pub entity: LocalEntity,
}

const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other];

/// What one article knows of an entity.
struct Known {
    kind: NameKind,
    names: Vec<PersonName>,
    gender: Option<Gender>,
    /// Index of its last mention so far.
    seen: usize,
}

pub(super) fn chain(names: &[Named], known: &Knowledge<'_>) -> Vec<Chained> {
    let kinds = kinds(names, known);
    let mut article = Chain {
        known,
        entities: Vec::new(),
        of: vec![None; names.len()],
        by_text: BTreeMap::new(),
        by_surname: BTreeMap::new(),
        by_skeleton: BTreeMap::new(),
    };
    for (index, name) in names.iter().enumerate() {
        match kinds[index] {
            Some(NameKind::Person) if name.words.len() > 1 => article.full_name(index, name),
            _ => {}
        }
    }
    for (index, name) in names.iter().enumerate() {
        if kinds[index] == Some(NameKind::Person) && name.words.len() == 1 {
            article.one_word(index, name);
        }
        if let Some(entity) = article.of[index] {
            article.entities[entity].seen = index;
        }
    }
    for (index, name) in names.iter().enumerate() {
        match kinds[index] {
            Some(kind) if kind != NameKind::Person => article.thing(index, name, kind),
            _ => {}
        }
    }
    numbered(names, &article)
}

/// Ids in order of first mention; names that were dropped leave no gap.
fn numbered(names: &[Named], article: &Chain<'_>) -> Vec<Chained> {
    let mut ids: BTreeMap<usize, u32> = BTreeMap::new();
    let mut chained = Vec::new();
    for (name, of) in names.iter().zip(&article.of) {
        let Some(entity) = of else { continue };
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let id = *ids.entry(*entity).or_insert(next);
        chained.push(Chained { span: name.span, kind: article.entities[*entity].kind, entity: LocalEntity(id) });
    }
    chained
}

/// What each name names, by the votes of all its occurrences; `None` where it is no name after all.
fn kinds(names: &[Named], known: &Knowledge<'_>) -> Vec<Option<NameKind>> {
    let mut votes: BTreeMap<String, [u32; 4]> = BTreeMap::new();
    let mut sure: BTreeMap<String, bool> = BTreeMap::new();
    for name in names {
        let entry = votes.entry(name.text()).or_default();
        for (sum, vote) in entry.iter_mut().zip(name.votes) {
            *sum += vote;
        }
        *sure.entry(name.text()).or_default() |= !name.doubtful;
    }
    let best = |text: &str| -> NameKind {
        let votes = votes.get(text).copied().unwrap_or_default();
        let top = (0..4).rev().max_by_key(|k| votes[*k]).unwrap_or(3);
        KINDS[top]
    };
    // Words that are part of a person's full name here.
    let mut surnames: BTreeMap<&str, bool> = BTreeMap::new();
    for name in names.iter().filter(|n| best(&n.text()) == NameKind::Person) {
        if name.words.len() > 1 {
            for word in &name.words {
                surnames.entry(word).or_default();
            }
            if let Some(last) = name.words.iter().rev().find(|w| !known.naming.suffixes.contains(*w)) {
                surnames.insert(last, true);
            }
        } else if name.titled {
            surnames.insert(&name.words[0], true);
        }
    }
    let judge = |name: &Named| {
        let text = name.text();
        if name.words.len() == 1 {
            let word = name.words[0].as_str();
            match surnames.get(word) {
                Some(true) if name.votes[NameKind::Place as usize] != 2 => return Some(NameKind::Person),
                Some(false) if known.given(word).is_some() && !known.is_place(word) => return Some(NameKind::Person),
                _ => {}
            }
            let borne_out = sure.get(&text).copied().unwrap_or(false) || known.uses(word).capital > 0;
            if !borne_out || (name.doubtful && known.uses(word).lower > known.uses(word).capital) {
                return None;
            }
        }
        let strength = votes.get(&text).map_or(0, |v| v.iter().copied().max().unwrap_or(0));
        // Where every noun has a capital, a name must be borne out by more.
        let needed = if known.naming.nouns_capital { 3 } else { 0 };
        (strength >= needed).then(|| best(&text))
    };
    names.iter().map(judge).collect()
}

struct Chain<'a> {
    known: &'a Knowledge<'a>,
    entities: Vec<Known>,
    of: Vec<Option<usize>>,
    by_text: BTreeMap<(NameKind, String), usize>,
    /// Any word of a person's name → the persons.
    by_surname: BTreeMap<String, Vec<usize>>,
    /// The coarse key of the surname → the persons with a full name.
    by_skeleton: BTreeMap<String, Vec<usize>>,
}

impl Chain<'_> {
    fn new_entity(&mut self, kind: NameKind, gender: Option<Gender>, index: usize) -> usize {
        self.entities.push(Known { kind, names: Vec::new(), gender, seen: index });
        self.entities.len() - 1
    }

    fn full_name(&mut self, index: usize, name: &Named) {
        let person = PersonName::new(&name.words, self.known.people);
        let gender =
            name.gender.or_else(|| person.given().and_then(|g| self.known.given(g)).filter(|g| *g != Gender::Either));
        let candidates = self.by_skeleton.get(person.skeleton()).cloned().unwrap_or_default();
        let same = candidates
            .into_iter()
            .filter(|e| {
                self.entities[*e].names.iter().all(|n| same_person(n, &person, self.known.people) == Compared::Same)
            })
            .max_by_key(|e| self.entities[*e].seen);
        let same = same.or_else(|| self.declined(&person));
        let entity = same.unwrap_or_else(|| self.new_entity(NameKind::Person, gender, index));
        let known = &mut self.entities[entity];
        known.gender = known.gender.or(gender);
        if !known.names.contains(&person) {
            for word in person.words() {
                let list = self.by_surname.entry(word.to_owned()).or_default();
                if !list.contains(&entity) {
                    list.push(entity);
                }
            }
            let list = self.by_skeleton.entry(person.skeleton().to_owned()).or_default();
            if !list.contains(&entity) {
                list.push(entity);
            }
            known.names.push(person);
        }
        self.of[index] = Some(entity);
    }

    /// The only person of the article whose name this is in another case.
    fn declined(&self, person: &PersonName) -> Option<usize> {
        let naming = self.known.naming;
        let base = |surname: &str| self.known.people.base_form(surname).into_owned();
        let given = |name: &PersonName| match (name.given(), person.given()) {
            (Some(a), Some(b)) => naming.is_inflected(a, b),
            (a, b) => a.is_none() || b.is_none(),
        };
        let alike = |known: &Known| {
            let mut names = known.names.iter();
            let surname = |n: &PersonName| {
                naming.is_inflected(n.surname(), person.surname()) || base(n.surname()) == base(person.surname())
            };
            names.any(|n| n.suffix() == person.suffix() && surname(n) && given(n))
        };
        if naming.base_endings.is_empty() {
            return None;
        }
        let mut found = (0..self.entities.len())
            .filter(|e| self.entities[*e].kind == NameKind::Person && alike(&self.entities[*e]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// A surname, or a first name, refers to the person last named so; a title's sex decides between two.
    fn one_word(&mut self, index: usize, name: &Named) {
        let word = &name.words[0];
        let fits = |known: &Known| match (known.gender, name.gender) {
            (Some(a), Some(b)) => a == b || a == Gender::Either || b == Gender::Either,
            _ => true,
        };
        let candidates = self.by_surname.get(word).cloned().unwrap_or_default();
        let pick = |surname: bool| {
            let named = |e: &&usize| {
                let known = &self.entities[**e];
                fits(known)
                    && known.names.iter().any(|n| {
                        if surname {
                            n.surname() == word
                        } else {
                            n.given() == Some(word.as_str()) || n.first_surname() == Some(word.as_str())
                        }
                    })
            };
            // The last one named before this; else the first one named after.
            let of = &self.of;
            let last = |e: &usize| of[..index].iter().rposition(|x| *x == Some(*e)).map_or(0, |p| p + 1);
            candidates.iter().filter(named).max_by_key(|e| (last(e), usize::MAX - **e)).copied()
        };
        let entity = pick(true).or_else(|| if name.titled { None } else { pick(false) }).or_else(|| {
            let one = PersonName::new(std::slice::from_ref(word), self.known.people);
            self.respelt(word).or_else(|| self.declined(&one))
        });
        let entity = entity.unwrap_or_else(|| {
            let entity = self.new_entity(NameKind::Person, name.gender, index);
            self.by_surname.entry(word.clone()).or_default().push(entity);
            self.entities[entity].names.push(PersonName::new(&name.words, self.known.people));
            entity
        });
        let known = &mut self.entities[entity];
        known.gender = known.gender.or(name.gender);
        self.of[index] = Some(entity);
    }

    /// The only person of the article whose surname is `word` spelt otherwise ("Kovalski", "Kowalskyy").
    fn respelt(&self, word: &str) -> Option<usize> {
        let skeleton = surname_skeleton(word, self.known.people);
        if skeleton.chars().count() < 3 {
            return None;
        }
        let alike = |known: &Known| {
            known.names.iter().any(|n| n.skeleton() == skeleton && same_surname(n.surname(), word, self.known.people))
        };
        let mut found = (0..self.entities.len())
            .filter(|e| self.entities[*e].kind == NameKind::Person && alike(&self.entities[*e]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// An organisation, a place, anything else: by its words, by another name of the place, by its initials.
    fn thing(&mut self, index: usize, name: &Named, kind: NameKind) {
        let text = name.text();
        // A person's surname spelt otherwise, or in another case, is no new thing.
        let unknown = name.words.len() == 1 && !self.known.is_place(&text);
        let respelt = match kind {
            NameKind::Other if name.words.len() == 1 => self.respelt(&text),
            _ => None,
        };
        let declined = || {
            let case = unknown && matches!(kind, NameKind::Other | NameKind::Place);
            case.then(|| self.declined(&PersonName::new(&name.words, self.known.people))).flatten()
        };
        let respelt = respelt.or_else(declined);
        if let Some(person) = respelt {
            self.of[index] = Some(person);
            return;
        }
        let same = self.by_text.get(&(kind, text.clone())).copied().or_else(|| {
            let mut others = self.by_text.iter().filter(|((k, _), _)| *k == kind);
            let inflected = |other: &str| {
                let both_places = self.known.is_place(&text) && self.known.is_place(other);
                !text.contains(' ') && !both_places && self.known.naming.is_inflected(&text, other)
            };
            others
                .find(|((_, other), _)| {
                    inflected(other)
                        || match kind {
                            NameKind::Place => self.known.places.same_place(&text, other),
                            NameKind::Organisation => {
                                acronym(&text, other, self.known.people) || acronym(other, &text, self.known.people)
                            }
                            _ => false,
                        }
                })
                .map(|(_, entity)| *entity)
        });
        let entity = same.unwrap_or_else(|| self.new_entity(kind, None, index));
        self.by_text.insert((kind, text), entity);
        self.of[index] = Some(entity);
    }
}

/// Are the letters of `short` the initials of `long`, small words left out or not?
fn acronym(short: &str, long: &str, people: &People) -> bool {
    if short.contains(' ') || !long.contains(' ') || short.chars().count() < 2 {
        return false;
    }
    let initials = |words: &mut dyn Iterator<Item = &str>| words.filter_map(|w| w.chars().next()).collect::<String>();
    let all = initials(&mut long.split([' ', '-']));
    let large = initials(&mut long.split([' ', '-']).filter(|w| !people.small.contains(*w)));
    all == short || large == short
}
