//! The annotations of several articles → who is who in them: one entity a person, however spelt.

mod chains;
mod people;
mod things;

use crate::almanac::Almanac;
use crate::limits::RESOLVED_CHAINS;
use crate::model::{Annotations, Article, Entity, EntityId, Links, NameKind, Variant};
use chains::Chain;
use std::collections::BTreeMap;

/// Links the names of several articles; indices in the result are those of the input.
///
/// Chains (what one article calls one entity) beyond [`RESOLVED_CHAINS`] stay apart, each an entity of its own.
#[must_use]
pub fn link(articles: &[(&Article, &Annotations)], almanac: &Almanac) -> Links {
    let mut chains = chains::of(articles, almanac);
    let rest = chains.split_off(chains.len().min(RESOLVED_CHAINS));
    let mut clusters = people::link(&chains, almanac);
    things::link(&chains, &mut clusters, almanac);
    let mut links = Links::default();
    let mut groups: Vec<Vec<&Chain>> = Vec::new();
    let mut group_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, chain) in chains.iter().enumerate() {
        match clusters.of(index).and_then(|root| group_of.get(&root).copied()) {
            Some(group) => groups[group].push(chain),
            None => {
                if let Some(root) = clusters.of(index) {
                    group_of.insert(root, groups.len());
                }
                groups.push(vec![chain]);
            }
        }
    }
    groups.extend(rest.iter().map(|chain| vec![chain]));
    for group in groups {
        let id = EntityId(u32::try_from(links.entities.len()).unwrap_or(u32::MAX));
        links.of.extend(group.iter().map(|chain| ((chain.article, chain.local), id)));
        links.entities.push(entity(&group));
    }
    links
}

/// One entity of the chains that name it, in order of first mention.
fn entity(chains: &[&Chain]) -> Entity {
    let mut variants: Vec<Variant> = Vec::new();
    // A spelling → (articles, mentions).
    let mut weight: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
    let mut votes = [0u32; 4];
    for chain in chains {
        votes[chain.kind as usize] += chain.mentions;
        for form in &chain.forms {
            let entry = weight.entry(&form.text).or_default();
            *entry = (entry.0 + 1, entry.1 + form.mentions);
            match variants.iter_mut().find(|v| v.text == form.text) {
                Some(variant) if variant.articles.last() != Some(&chain.article) => {
                    variant.articles.push(chain.article);
                }
                Some(_) => {}
                None => variants.push(Variant { text: form.text.clone(), articles: vec![chain.article] }),
            }
        }
    }
    let kinds = [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other];
    let kind = kinds.into_iter().rev().max_by_key(|k| votes[*k as usize]).unwrap_or(NameKind::Other);
    let canonical = variants.iter().rev().max_by_key(|v| {
        let (articles, mentions) = weight.get(v.text.as_str()).copied().unwrap_or_default();
        let words = v.text.split_whitespace().count();
        // The fullest common name: several words before one, then what most articles use.
        (words > 1 || kind == NameKind::Place, articles, mentions, words)
    });
    let canonical = canonical.map(|v| v.text.clone()).unwrap_or_default();
    Entity { founding: chains[0].first, canonical, kind, variants }
}
