//! The chains that name organisations, places and the rest → those that name one: equal words, other names of a place, initials.

use super::chains::Chain;
use super::people::Clusters;
use crate::almanac::Almanac;
use crate::model::NameKind;
use std::collections::BTreeMap;

pub(super) fn link(chains: &[Chain], clusters: &mut Clusters, almanac: &Almanac) {
    // A key → the cluster that has it.
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for (index, chain) in chains.iter().enumerate() {
        if chain.kind == NameKind::Person || clusters.of(index).is_some() {
            continue;
        }
        let mut keys: Vec<String> = chain.forms.iter().flat_map(|f| keys(&f.folded, chain.kind, almanac)).collect();
        keys.extend(chain.place.clone());
        let cluster = keys.iter().find_map(|k| by_key.get(k).copied());
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
