//! The sentences of a story and their counterparts → the current take: what several separate reports carry, weightiest first.

use super::material::Material;
use super::overlap::Overlap;
use super::pairs::Counterpart;
use super::voices;
use crate::limits::CURRENT_TAKE;
use crate::model::{Evidence, Support};
use std::collections::BTreeSet;

/// A sentence that could stand for what several takes carry.
#[derive(Debug)]
struct Candidate {
    sentence: usize,
    /// Sentences of other articles that bear it out, best first, at most two an article.
    borne_out: Vec<(u32, usize)>,
    worth: u32,
}

/// How far a counterpart bears a sentence out, in thousandths; 0 where it does not.
fn bears_out(overlap: Overlap) -> u32 {
    if overlap.words < 2 || overlap.shared < LEAST_SHARED {
        return 0;
    }
    let likeness = overlap.dice().max(overlap.contained() * 4 / 5);
    if likeness >= LEAST_LIKENESS && overlap.first_covered() >= 250 { likeness } else { 0 }
}

/// Hundredths of a bit that two sentences must share at least: about two rare words.
const LEAST_SHARED: u32 = 1200;

/// Likeness from which one sentence bears another out, in thousandths.
const LEAST_LIKENESS: u32 = 300;
/// Likeness, in thousandths, from which the evidence of a chosen sentence is told with it…
const SAME_EVIDENCE: u32 = 400;
/// …from which two sentences say the same…
const ALIKE: u32 = 400;
/// …and the share of a sentence that, told already, makes it a repetition.
const COVERED: u32 = 700;

/// The current take. `counterparts` is indexed as the sentences; `unkept` are those that tell a plan which did not come about: several
/// may carry it, but what was expected does not stand before what is.
pub(super) fn current(
    material: &Material<'_>,
    counterparts: &[Vec<Counterpart>],
    unkept: &BTreeSet<Evidence>,
) -> Vec<Support> {
    let mut candidates: Vec<Candidate> =
        (0..material.sentences.len()).filter_map(|s| candidate(s, material, &counterparts[s])).collect();
    let mut chosen: Vec<Candidate> = Vec::new();
    while chosen.len() < CURRENT_TAKE {
        let best = candidates.iter().enumerate().max_by_key(|(at, c)| (c.worth, usize::MAX - at)).map(|(at, _)| at);
        let Some(best) = best else { break };
        let best = candidates.remove(best);
        candidates.retain(|c| !repeats(c, &best, material));
        chosen.push(best);
    }
    chosen.sort_by_key(|c| unkept.contains(&material.sentences[c.sentence].at));
    chosen.iter().map(|c| support(c, material)).collect()
}

fn candidate(sentence: usize, material: &Material<'_>, counterparts: &[Counterpart]) -> Option<Candidate> {
    let at = material.sentences[sentence].at;
    if !material.votes(at.article) || material.sentences[sentence].content.len() < 4 {
        return None;
    }
    let mut borne_out: Vec<(u32, usize)> = counterparts
        .iter()
        .filter(|c| material.votes(material.sentences[c.sentence].at.article))
        .map(|c| (bears_out(c.overlap), c.sentence))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    borne_out.sort_by_key(|(likeness, s)| (std::cmp::Reverse(*likeness), *s));
    let mut kept: Vec<(u32, usize)> = Vec::new();
    let article = |s: usize| material.sentences[s].at.article;
    for (likeness, other) in borne_out {
        let best = kept.iter().find(|(_, s)| article(*s) == article(other)).map(|(l, _)| *l);
        let count = kept.iter().filter(|(_, s)| article(*s) == article(other)).count();
        if count == 0 || (count == 1 && best.is_some_and(|best| likeness * 10 >= best * 8)) {
            kept.push((likeness, other));
        }
    }
    let mut reports: BTreeSet<usize> = kept.iter().map(|(_, s)| material.report[article(*s)]).collect();
    reports.remove(&material.report[at.article]);
    if reports.is_empty() {
        return None;
    }
    let best_of =
        |report: usize| kept.iter().filter(|(_, s)| material.report[article(*s)] == report).map(|(l, _)| *l).max();
    let support: u32 = reports.iter().filter_map(|r| best_of(*r)).sum();
    let place = sentence - material.of_article[at.article].start;
    let lead = 150u32.saturating_sub(u32::try_from(place).unwrap_or(u32::MAX).saturating_mul(10));
    // Words beyond thirty make a sentence harder to take in.
    let length = u32::try_from(material.sentences[sentence].tokens.len().saturating_sub(30)).unwrap_or(0) * 5;
    Some(Candidate { sentence, borne_out: kept, worth: (support + lead).saturating_sub(length) })
}

/// Does a candidate say again what the chosen sentence says?
fn repeats(candidate: &Candidate, chosen: &Candidate, material: &Material<'_>) -> bool {
    if candidate.sentence == chosen.sentence {
        return true;
    }
    if chosen.borne_out.iter().any(|(likeness, s)| *s == candidate.sentence && *likeness >= SAME_EVIDENCE) {
        return true;
    }
    let overlap =
        Overlap::of(&material.sentences[candidate.sentence], &material.sentences[chosen.sentence], &material.lexis);
    overlap.dice() >= ALIKE || overlap.first_covered() >= COVERED
}

fn support(candidate: &Candidate, material: &Material<'_>) -> Support {
    let sentence = material.sentences[candidate.sentence].at;
    let mut evidence: Vec<Evidence> = candidate.borne_out.iter().map(|(_, s)| material.sentences[*s].at).collect();
    evidence.sort_unstable();
    evidence.insert(0, sentence);
    let articles: BTreeSet<usize> = evidence.iter().map(|e| e.article).collect();
    let outlet = |a: &usize| {
        let article = material.takes[*a].article;
        let named = article.outlet.as_ref().and_then(|o| o.domain.clone().or_else(|| o.name.clone()));
        named.unwrap_or_else(|| article.id.0.clone())
    };
    let country = |a: &usize| material.takes[*a].article.outlet.as_ref().and_then(|o| o.country.clone());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Support {
        sentence,
        outlets: count(articles.iter().map(outlet).collect::<BTreeSet<_>>().len()),
        separate: count(articles.iter().map(|a| material.report[*a]).collect::<BTreeSet<_>>().len()),
        voices: voices::of_evidence(&evidence, material),
        countries: articles.iter().filter_map(country).collect::<BTreeSet<_>>().into_iter().collect(),
        evidence,
    }
}
