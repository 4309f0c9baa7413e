//! The sentences of a story and their counterparts → for each take, the sentences whose main information no other take has.

use super::material::Material;
use super::pairs::Counterpart;
use crate::model::{Access, Evidence, Span, Support};
use std::collections::BTreeSet;

/// Weight of content, in hundredths of a bit, below which a sentence says too little to be called anyone's own.
const LEAST_CONTENT: u32 = 1500;

/// Share of its content, in thousandths (with and without its names, on average), that another article's sentence may have at most.
const MOST_SHARED: u32 = 170;

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
    let common: BTreeSet<Evidence> = take.iter().flat_map(|s| s.evidence.iter().copied()).collect();
    let mut own: Vec<Option<Vec<Span>>> = vec![Some(Vec::new()); count];
    for (index, passage) in material.sentences.iter().enumerate() {
        let shared_speech =
            || aligned.iter().any(|e| e.article == passage.at.article && e.span.overlaps(passage.at.span));
        if common.contains(&passage.at) || shared_speech() {
            continue;
        }
        if !elsewhere(index, material, &counterparts[index])
            && let Some(list) = &mut own[passage.at.article]
        {
            list.push(passage.at.span);
        }
    }
    own
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
