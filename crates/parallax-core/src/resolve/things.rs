//! The chains that name organisations, places and the rest → those that name one: equal words, other names of a place, initials.

use super::chains::Chain;
use super::people::Clusters;
use crate::almanac::Almanac;
use crate::likeness::names::{same_surname, script, surname_skeleton};
use crate::model::NameKind;
use std::collections::BTreeMap;

pub(super) fn link(chains: &[Chain], clusters: &mut Clusters, almanac: &Almanac) {
    // A key → the cluster that has it.
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut spelt = Spelt::default();
    for (index, chain) in chains.iter().enumerate() {
        if chain.kind == NameKind::Person || clusters.of(index).is_some() {
            continue;
        }
        let mut keys: Vec<String> = chain.forms.iter().flat_map(|f| keys(&f.folded, chain.kind, almanac)).collect();
        keys.extend(chain.place.clone());
        let cluster = keys.iter().find_map(|k| by_key.get(k).copied()).or_else(|| spelt.find(chain, almanac));
        let cluster = match cluster {
            Some(cluster) => {
                clusters.put(index, cluster);
                cluster
            }
            None => clusters.found(index),
        };
        for key in keys {
            by_key.entry(key).or_insert(cluster);
        }
        spelt.add(chain, cluster, almanac);
    }
}

/// Consonants that two names of one word in two scripts share, at least.
const CONSONANTS: usize = 4;

/// Names of one word that the gazetteer does not have: their coarse key → spellings, each with its article and cluster.
#[derive(Default)]
struct Spelt(BTreeMap<String, Vec<(String, usize, usize)>>);

impl Spelt {
    /// The spellings of a chain that may be known in another script, with their coarse keys.
    fn spellings<'a>(chain: &'a Chain, almanac: &Almanac) -> Vec<(String, &'a str)> {
        let words = chain.forms.iter().map(|f| f.folded.as_str()).filter(|f| chain.place.is_none() && !f.contains(' '));
        let keyed = words.map(|word| (surname_skeleton(word, &almanac.people), word));
        keyed.filter(|(skeleton, _)| skeleton.chars().count() >= CONSONANTS).collect()
    }

    /// The only cluster of another article that has the name in another script.
    fn find(&self, chain: &Chain, almanac: &Almanac) -> Option<usize> {
        let mut found: Option<usize> = None;
        for (skeleton, word) in Self::spellings(chain, almanac) {
            for (other, article, cluster) in self.0.get(&skeleton).into_iter().flatten() {
                let fits = *article != chain.article
                    && script(other) != script(word)
                    && same_surname(other, word, &almanac.people);
                if fits && found.is_some_and(|f| f != *cluster) {
                    return None;
                }
                found = if fits { Some(*cluster) } else { found };
            }
        }
        found
    }

    fn add(&mut self, chain: &Chain, cluster: usize, almanac: &Almanac) {
        for (skeleton, word) in Self::spellings(chain, almanac) {
            self.0.entry(skeleton).or_default().push((word.to_owned(), chain.article, cluster));
        }
    }
}

/// What a name is known by: its words without "the", its initials.
fn keys(folded: &str, kind: NameKind, almanac: &Almanac) -> Vec<String> {
    let plain = folded.strip_prefix("the ").unwrap_or(folded);
    let mut keys = vec![format!("= {plain}")];
    if kind == NameKind::Organisation && plain.contains(' ') {
        let words = || plain.split([' ', '-']).filter(|w| !w.is_empty());
        let large = |w: &&str| !almanac.people.small.contains(*w);
        let letters: String = words().filter(large).filter_map(|w| w.chars().next()).collect();
        let all: String = words().filter_map(|w| w.chars().next()).collect();
        keys.extend([letters, all].into_iter().filter(|i| i.chars().count() > 2).map(|i| format!("= {i}")));
    }
    keys
}
