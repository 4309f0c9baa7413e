//! The chains that name people → those that name one person: by full names first, then by surnames that are one person's in the story.

use super::chains::Chain;
use crate::almanac::{Almanac, Gender};
use crate::likeness::Likeness;
use crate::likeness::names::{Compared, PersonName, names, same_given, same_person, same_surname, surname_skeleton};
use crate::model::NameKind;
use std::collections::{BTreeMap, BTreeSet};

/// Likeness of full names in two scripts from which they are one person's in a story…
const IN_OTHER_LETTERS: Likeness = Likeness(750);
/// …and by how much the next must be less alike, in thousandths.
const CLEARLY: u16 = 50;

/// Which chains belong together so far.
pub(super) struct Clusters {
    of: Vec<Option<usize>>,
}

impl Clusters {
    /// The cluster of a chain.
    pub fn of(&self, chain: usize) -> Option<usize> {
        self.of[chain]
    }

    /// Puts a chain into a cluster.
    pub fn put(&mut self, chain: usize, cluster: usize) {
        self.of[chain] = Some(cluster);
    }

    /// Makes two clusters one.
    fn rename(&mut self, old: usize, new: usize) {
        for of in &mut self.of {
            if *of == Some(old) {
                *of = Some(new);
            }
        }
    }

    /// An unused cluster number for a chain that founds one.
    pub fn found(&mut self, chain: usize) -> usize {
        self.of[chain] = Some(chain);
        chain
    }
}

/// A person, as far as known.
struct Person {
    /// The chain that founded it.
    cluster: usize,
    names: Vec<PersonName>,
    gender: Option<Gender>,
    articles: BTreeSet<usize>,
}

struct People<'a> {
    almanac: &'a Almanac,
    persons: Vec<Person>,
    /// Skeleton of the surname → persons.
    by_surname: BTreeMap<String, Vec<usize>>,
    /// Persons with a suffix beside whom some article names one without: father and son.
    parted: BTreeSet<usize>,
}

pub(super) fn link(chains: &[Chain], almanac: &Almanac) -> Clusters {
    let mut clusters = Clusters { of: vec![None; chains.len()] };
    let mut people = People { almanac, persons: Vec::new(), by_surname: BTreeMap::new(), parted: BTreeSet::new() };
    let person_chains = || chains.iter().enumerate().filter(|(_, c)| c.kind == NameKind::Person);
    // Names with a suffix or a second surname first, so that those without find them; the rest in order.
    let suffixed = |c: &Chain| c.full.iter().any(|n| n.suffix().is_some() || n.first_surname().is_some());
    for (round, strict) in [(0, true), (1, true), (2, false)] {
        for (index, chain) in person_chains().filter(|(_, c)| !c.full.is_empty() && (round > 0 || suffixed(c))) {
            if clusters.of[index].is_none() {
                people.full(index, chain, strict, &mut clusters);
            }
        }
    }
    for (index, chain) in person_chains().filter(|(_, c)| c.full.is_empty()) {
        people.single(index, chain, &mut clusters);
    }
    // A word that another article took for something else, but is one person's surname in the story.
    for (index, chain) in chains.iter().enumerate() {
        let one_word = chain.forms.iter().all(|f| !f.folded.contains(' '));
        if one_word && matches!(chain.kind, NameKind::Other | NameKind::Organisation) {
            people.misread(index, chain, &mut clusters);
        }
    }
    clusters
}

impl People<'_> {
    /// A chain with full names joins the person whose names all agree with it. In the first, `strict` round an unlike suffix
    /// ("Jr.") keeps two names apart; in the second the chain without joins the only person with.
    fn full(&mut self, index: usize, chain: &Chain, strict: bool, clusters: &mut Clusters) {
        let mut fitting: Vec<(Compared, usize, usize)> = Vec::new();
        let skeletons: BTreeSet<&str> = chain.full.iter().flat_map(PersonName::skeletons).collect();
        let candidates: BTreeSet<usize> =
            skeletons.iter().filter_map(|s| self.by_surname.get(*s)).flatten().copied().collect();
        for at in candidates {
            let person = &self.persons[at];
            let people = &self.almanac.people;
            let pairs = chain.full.iter().flat_map(|a| person.names.iter().map(move |b| (a, b)));
            let compared = pairs.map(|(a, b)| same_person(a, b, people)).min();
            let equal = chain.full.iter().filter(|n| person.names.contains(n)).count();
            // One article with two chains has two people, or it would have made one chain of them.
            let apart = person.articles.contains(&chain.article);
            match compared {
                Some(Compared::Same) if !apart => fitting.push((Compared::Same, equal, at)),
                Some(Compared::Perhaps) if apart => {
                    self.parted.insert(at);
                }
                Some(Compared::Perhaps) if !strict && !self.parted.contains(&at) => {
                    fitting.push((Compared::Perhaps, equal, at));
                }
                _ => {}
            }
        }
        if fitting.is_empty() {
            fitting.extend(self.in_other_letters(chain).map(|at| (Compared::Perhaps, 0, at)));
        }
        fitting.sort_by_key(|(compared, equal, at)| (std::cmp::Reverse((*compared, *equal)), *at));
        let Some((compared, equal, at)) = fitting.first().copied() else {
            let waits = strict && chain.full.iter().all(|n| n.suffix().is_none()) && self.suffixed_exists(chain);
            if !waits {
                self.found(index, chain, clusters);
            }
            return;
        };
        let rivals: Vec<usize> =
            fitting.iter().filter(|f| (f.0, f.1) == (compared, equal)).skip(1).map(|f| f.2).collect();
        if rivals.iter().any(|rival| self.differ(at, *rival)) {
            self.found(index, chain, clusters);
            return;
        }
        self.join(at, index, chain, clusters);
        for rival in rivals {
            self.merge(at, rival, clusters);
        }
    }

    /// The person whose full name in another script is this one's in its letters, where one alone is: a sound may be written in so
    /// many ways that the coarse keys differ (Greek "μπ" for "b").
    fn in_other_letters(&self, chain: &Chain) -> Option<usize> {
        let several_words = |n: &&PersonName| n.given().is_some();
        let likeness = |person: &Person| {
            let theirs = person.names.iter().filter(several_words);
            let pairs = theirs.flat_map(|n| chain.full.iter().filter(several_words).map(move |m| (n, m)));
            let initial = |n: &PersonName| n.skeleton().chars().next();
            let foreign = pairs.filter(|(n, m)| n.script() != m.script() && initial(n) == initial(m));
            let spelt = |n: &PersonName| n.words().collect::<Vec<_>>().join(" ");
            foreign.map(|(n, m)| names(&spelt(n), &spelt(m), NameKind::Person, self.almanac)).max()
        };
        let others = self.persons.iter().enumerate().filter(|(_, p)| !p.articles.contains(&chain.article));
        let mut alike: Vec<_> = others.filter_map(|(at, person)| Some((likeness(person)?, at))).collect();
        alike.sort_by_key(|(likeness, at)| (std::cmp::Reverse(*likeness), *at));
        let (best, at) = *alike.first()?;
        let next = alike.get(1).map_or(0, |(likeness, _)| likeness.0);
        (best >= IN_OTHER_LETTERS && next + CLEARLY <= best.0).then_some(at)
    }

    /// Do the names of two persons, of one script, or an article that has both, tell them apart?
    fn differ(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.persons[a], &self.persons[b]);
        let people = &self.almanac.people;
        let told = |x: &PersonName, y: &PersonName| {
            x.script() == y.script() && same_person(x, y, people) == Compared::Different
        };
        !a.articles.is_disjoint(&b.articles) || a.names.iter().any(|x| b.names.iter().any(|y| told(x, y)))
    }

    /// Two persons turn out to be one: a third name fits both.
    fn merge(&mut self, into: usize, from: usize, clusters: &mut Clusters) {
        let (old, new) = (self.persons[from].cluster, self.persons[into].cluster);
        clusters.rename(old, new);
        let names = std::mem::take(&mut self.persons[from].names);
        let articles = std::mem::take(&mut self.persons[from].articles);
        for name in names {
            for skeleton in name.skeletons() {
                let list = self.by_surname.entry(skeleton.to_owned()).or_default();
                list.retain(|p| *p != from);
                if !list.contains(&into) {
                    list.push(into);
                }
            }
            if !self.persons[into].names.contains(&name) {
                self.persons[into].names.push(name);
            }
        }
        self.persons[into].articles.extend(articles);
    }

    /// Is there a person who may be the same but for a suffix or a second surname? Then the chain waits for the second round.
    fn suffixed_exists(&self, chain: &Chain) -> bool {
        let named = chain.full.iter().filter_map(|n| self.by_surname.get(n.skeleton())).flatten();
        named.into_iter().any(|at| {
            let longer = |n: &PersonName| n.suffix().is_some() || n.first_surname().is_some();
            self.persons[*at].names.iter().any(longer)
        })
    }

    fn found(&mut self, index: usize, chain: &Chain, clusters: &mut Clusters) {
        let cluster = clusters.found(index);
        self.persons.push(Person { cluster, names: Vec::new(), gender: None, articles: BTreeSet::new() });
        self.join(self.persons.len() - 1, index, chain, clusters);
    }

    fn join(&mut self, at: usize, index: usize, chain: &Chain, clusters: &mut Clusters) {
        let person = &mut self.persons[at];
        clusters.put(index, person.cluster);
        person.gender = person.gender.or(chain.gender);
        person.articles.insert(chain.article);
        for name in &chain.full {
            if !person.names.contains(name) {
                person.names.push(name.clone());
            }
            for skeleton in name.skeletons() {
                let list = self.by_surname.entry(skeleton.to_owned()).or_default();
                if !list.contains(&at) {
                    list.push(at);
                }
            }
        }
    }

    /// A chain of bare surnames (or bare given names) joins the only person of the story that has it.
    fn single(&mut self, index: usize, chain: &Chain, clusters: &mut Clusters) {
        let mut fitting: BTreeSet<usize> = BTreeSet::new();
        // The very spelling first; other spellings only where nobody has it.
        for exact in [true, false] {
            if !fitting.is_empty() {
                break;
            }
            for word in &chain.single {
                let named = self.by_surname.get(&surname_skeleton(word, &self.almanac.people)).into_iter().flatten();
                let has = |n: &PersonName| {
                    if exact {
                        n.surname() == word || n.first_surname() == Some(word)
                    } else {
                        same_surname(n.surname(), word, &self.almanac.people)
                    }
                };
                fitting.extend(named.filter(|at| self.persons[**at].names.iter().any(has)));
            }
            fitting.retain(|at| !self.persons[*at].articles.contains(&chain.article));
        }
        if fitting.is_empty() {
            fitting.extend(self.by_given(chain));
        }
        match fitting.first() {
            Some(at) if fitting.len() == 1 => self.join(*at, index, chain, clusters),
            _ => self.found_single(index, chain, clusters),
        }
    }

    fn by_given(&self, chain: &Chain) -> Vec<usize> {
        let people = &self.almanac.people;
        let known = chain.single.iter().all(|w| people.given_folded(w).is_some());
        let called = |person: &Person| {
            person.names.iter().any(|n| {
                n.given()
                    .is_some_and(|g| chain.single.iter().any(|w| g.chars().count() > 1 && same_given(g, w, people)))
            })
        };
        if !known {
            return Vec::new();
        }
        (0..self.persons.len()).filter(|at| called(&self.persons[*at])).collect()
    }

    fn found_single(&mut self, index: usize, chain: &Chain, clusters: &mut Clusters) {
        let cluster = clusters.found(index);
        let names: Vec<PersonName> =
            chain.single.iter().map(|w| PersonName::new(std::slice::from_ref(w), &self.almanac.people)).collect();
        let at = self.persons.len();
        for name in &names {
            self.by_surname.entry(name.skeleton().to_owned()).or_default().push(at);
        }
        self.persons.push(Person { cluster, names, gender: chain.gender, articles: BTreeSet::from([chain.article]) });
    }

    fn misread(&mut self, index: usize, chain: &Chain, clusters: &mut Clusters) {
        let mut fitting: BTreeSet<usize> = BTreeSet::new();
        for form in &chain.forms {
            let named =
                self.by_surname.get(&surname_skeleton(&form.folded, &self.almanac.people)).into_iter().flatten();
            let long = surname_skeleton(&form.folded, &self.almanac.people).chars().count() > 2;
            let alike = |n: &PersonName| {
                n.surname() == form.folded || (long && same_surname(n.surname(), &form.folded, &self.almanac.people))
            };
            fitting.extend(named.filter(|at| self.persons[**at].names.iter().any(alike)));
        }
        if let (Some(at), 1) = (fitting.first().copied(), fitting.len())
            && !self.persons[at].articles.contains(&chain.article)
        {
            clusters.put(index, self.persons[at].cluster);
        }
    }
}
