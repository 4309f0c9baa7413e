//! The sentences of a story and their counterparts → for each take, the sentences whose main information no other take has.

use super::lexis::WordId;
use super::material::{Material, Passage};
use super::pairs::Counterpart;
use crate::likeness::content::log2;
use crate::model::{Access, Evidence, Span, Support};
use std::collections::{BTreeMap, BTreeSet};

/// Weight of content, in hundredths of a bit, below which a sentence says too little to be called anyone's own.
const LEAST_CONTENT: u32 = 1500;

/// How far a sentence stands alone, in thousandths, from which it is called an article's own: see [`alone`].
const OWN: u32 = 680;
/// Thousandths that each doubling of the way from the article's head adds: what all reports have comes first…
const LATER: u32 = 100;
/// …and from this sentence on, none is later than another.
const LATE: usize = 31;

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
        if says_enough(passage)
            && alone(index, material, &counterparts[index], &holders) >= OWN
            && let Some(list) = &mut own[passage.at.article]
        {
            list.push(passage.at.span);
        }
    }
    own
}

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

fn says_enough(passage: &Passage) -> bool {
    passage.weight >= LEAST_CONTENT && passage.content.len() >= 4
}

/// How far a sentence stands alone, in thousandths: the share of its content that is found in no other report, however spread, and
/// how late in its article it comes, less how much the nearest sentence of another report is like it.
///
/// The three were weighed by a logistic regression on the developer events; equal weights do as well on events left out of it.
fn alone(sentence: usize, material: &Material<'_>, counterparts: &[Counterpart], holders: &Holders) -> u32 {
    let passage = &material.sentences[sentence];
    let article = passage.at.article;
    let own = material.report[article];
    let only = |word: &&WordId| holders.get(*word).is_some_and(|reports| reports.len() == 1 && reports.contains(&own));
    let new: u32 = passage.content.iter().filter(only).map(|word| material.lexis.weight(*word)).sum();
    let others = counterparts.iter().filter(|c| material.report[material.sentences[c.sentence].at.article] != own);
    let (mut covered, mut alike) = (0, 0);
    for overlap in others.map(|c| c.overlap) {
        covered = covered.max(u32::midpoint(overlap.first_covered(), overlap.first_plain_covered()));
        alike = alike.max(overlap.dice());
    }
    let place = (sentence - material.of_article[article].start).min(LATE) as u64;
    let later = log2(place + 1) * LATER / 1000;
    (new * 1000 / passage.weight.max(1) + later).saturating_sub(u32::midpoint(covered, alike))
}
