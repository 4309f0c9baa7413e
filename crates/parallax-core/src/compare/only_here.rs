//! The sentences of a story and their counterparts → for each take, the sentences whose main information no other take has.

use super::lexis::WordId;
use super::material::{Material, Passage};
use super::pairs::Counterpart;
use crate::model::{Access, Evidence, Span, Support};
use std::collections::{BTreeMap, BTreeSet};

/// Weight of content, in hundredths of a bit, below which a sentence says too little to be called anyone's own.
const LEAST_CONTENT: u32 = 1500;

/// Share of its content, in thousandths (with and without its names, on average), that another article's sentence may have at most.
const MOST_SHARED: u32 = 198;

/// For each article its own sentences; `None` where it can't be said because not all were read in full and compared, or because
/// they are in several languages: that two sentences of two languages have nothing in common is not measured.
pub(super) fn of_takes(
    material: &Material<'_>,
    counterparts: &[Vec<Counterpart>],
    take: &[Support],
    aligned: &[Evidence],
) -> Vec<Option<Vec<Span>>> {
    let count = material.takes.len();
    if count <= 1 {
        return vec![Some(Vec::new()); count];
    }
    if material.left_out > 0
        || material.languages() > 1
        || material.takes.iter().any(|t| t.article.access != Access::Full)
    {
        return vec![None; count];
    }
    let holders = holders(material);
    let common: BTreeSet<Evidence> = take.iter().flat_map(|s| s.evidence.iter().copied()).collect();
    let mut own: Vec<Option<Vec<Span>>> = vec![Some(Vec::new()); count];
    for (index, passage) in material.sentences.iter().enumerate() {
        let shared_speech =
            || aligned.iter().any(|e| e.article == passage.at.article && e.span.overlaps(passage.at.span));
        if common.contains(&passage.at) || shared_speech() {
            continue;
        }
        if !elsewhere(index, material, &counterparts[index])
            && is_new(passage, material, &holders)
            && let Some(list) = &mut own[passage.at.article]
        {
            list.push(passage.at.span);
        }
    }
    own
}

/// Share of its content, in thousandths, that stands nowhere in any other report.
const LEAST_NEW: u32 = 300;

/// Which reports have a word.
type Holders = BTreeMap<WordId, BTreeSet<usize>>;

fn holders(material: &Material<'_>) -> Holders {
    let mut holders = Holders::new();
    for passage in &material.sentences {
        for word in &passage.content {
            holders.entry(*word).or_default().insert(material.report[passage.at.article]);
        }
    }
    holders
}

/// Is enough of what it says to be found in no other report, however spread?
fn is_new(passage: &Passage, material: &Material<'_>, holders: &Holders) -> bool {
    let own = material.report[passage.at.article];
    let alone = |word: &&WordId| holders.get(*word).is_some_and(|reports| reports.len() == 1 && reports.contains(&own));
    let new: u32 = passage.content.iter().filter(alone).map(|word| material.lexis.weight(*word)).sum();
    new * 1000 >= LEAST_NEW * passage.weight
}

/// Does another report have the main information of this sentence, or says it too little to tell?
fn elsewhere(sentence: usize, material: &Material<'_>, counterparts: &[Counterpart]) -> bool {
    let passage = &material.sentences[sentence];
    if passage.weight < LEAST_CONTENT || passage.content.len() < 4 {
        return true;
    }
    counterparts.iter().any(|c| {
        let other = material.sentences[c.sentence].at.article;
        material.report[other] != material.report[passage.at.article]
            && u32::midpoint(c.overlap.first_covered(), c.overlap.first_plain_covered()) > MOST_SHARED
    })
}
