//! The dated sentences of several takes → developments in order of time: what happened, what was planned, what did not come about.

mod dated;
mod plans;

use super::material::{Material, Passage};
use super::overlap::Overlap;
use crate::almanac::Almanac;
use crate::limits::TIMELINE_DAY;
use crate::model::{Evidence, TimelineEntry, TimelineStatus};
use dated::Dated;
use std::collections::{BTreeMap, BTreeSet};

/// Two sentences of one date tell one development from here on, in thousandths of their words' weight.
const TOGETHER: u64 = 300;

/// What several takes tell of one story, in order of time.
#[derive(Debug)]
pub(super) struct Timeline {
    /// The developments, earliest first.
    pub entries: Vec<TimelineEntry>,
    /// The sentences that tell a plan of which another says that it did not come about.
    pub unkept: BTreeSet<Evidence>,
}

/// Brings the tellings of one development together.
pub(super) fn timeline(material: &Material<'_>, almanac: &Almanac) -> Timeline {
    let dated = dated::dated(material, almanac);
    let mut by_date: BTreeMap<&str, Vec<&Dated>> = BTreeMap::new();
    for one in &dated {
        by_date.entry(&one.when).or_default().push(one);
    }
    let outcomes = plans::outcomes(material, almanac);
    let (mut entries, mut unkept) = (Vec::new(), BTreeSet::new());
    for (_, mut day) in by_date {
        day.truncate(TIMELINE_DAY);
        for group in grouped(&day, material) {
            let entry = entry(&group, &outcomes, material);
            if entry.status == TimelineStatus::DidNotHappen && entry.settled_by.is_some() {
                let undone = |e: &Evidence| {
                    let of_group = group.iter().any(|d| {
                        let told = d.undone || d.status == TimelineStatus::DidNotHappen;
                        told && material.sentences[d.sentence].at == *e
                    });
                    of_group || outcomes.tells_undone(*e, material)
                };
                unkept.extend(entry.evidence.iter().copied().filter(|e| !undone(e)));
            }
            entries.push(entry);
        }
    }
    entries.sort_by(|a: &TimelineEntry, b| a.when.cmp(&b.when).then(a.sentence.cmp(&b.sentence)));
    Timeline { entries, unkept }
}

/// Sentences of one date that tell one development: alike to all others in their language, or to any in another where none is in theirs,
/// since a translation of words is never as like as the words; or of one plan with any.
fn grouped<'a>(day: &[&'a Dated], material: &Material<'_>) -> Vec<Vec<&'a Dated>> {
    let mut groups: Vec<Vec<&Dated>> = Vec::new();
    for one in day {
        let passage = |d: &Dated| &material.sentences[d.sentence];
        let alike = |other: &&Dated| likeness(passage(one), passage(other), material) >= TOGETHER;
        let home = |group: &&mut Vec<&Dated>| {
            let article = |d: &Dated| passage(d).at.article;
            let (own, foreign): (Vec<&Dated>, Vec<&Dated>) =
                group.iter().partition(|other| material.one_language(article(one), article(other)));
            let is_told = if own.is_empty() { foreign.iter().any(alike) } else { own.iter().all(alike) };
            is_told || group.iter().any(|other| of_one_plan(one, other, material))
        };
        match groups.iter_mut().find(home) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Words, by meaning, that two tellings of one plan have in common beside a name.
const PLAN_WORDS: u32 = 3;

/// Do two sentences of one date tell one plan, or a plan and what became of it?
fn of_one_plan(a: &Dated, b: &Dated, material: &Material<'_>) -> bool {
    let (x, y) = (&material.sentences[a.sentence], &material.sentences[b.sentence]);
    let names = plans::shared_names(x, y, material);
    if names == 0 {
        return false;
    }
    let one_act = a.plan.iter().any(|act| b.plan.contains(act));
    let open = |d: &Dated| d.status != TimelineStatus::Happened;
    // What became of a plan is told in other words, but of the same people and places.
    let fate = names >= 2 && (open(a) && b.undone || open(b) && a.undone);
    let words = || Overlap::of(x, y, &material.lexis).words;
    let both = || open(a) && open(b) && words() >= PLAN_WORDS;
    // What was planned and has come about is told by who writes no earlier.
    let came = |plan: &Dated, told: &Dated| {
        let article = |d: &Dated| material.sentences[d.sentence].at.article;
        plan.status == TimelineStatus::Planned
            && told.status == TimelineStatus::Happened
            && plans::is_no_earlier(article(told), article(plan), material)
    };
    one_act || fate || both() || (came(a, b) || came(b, a)) && words() >= PLAN_WORDS
}

/// Words that two sentences of two languages must share by meaning to tell one development: beside the day, and a name or two.
const WORDS_ACROSS: u32 = 3;

/// How much of what two passages say they share, in thousandths of weight: their words in one language, the words' meanings in two.
fn likeness(a: &Passage, b: &Passage, material: &Material<'_>) -> u64 {
    if !material.one_language(a.at.article, b.at.article) {
        let overlap = Overlap::of(a, b, &material.lexis);
        return if overlap.words < WORDS_ACROSS { 0 } else { overlap.dice().into() };
    }
    let weight = |w: &super::lexis::WordId| u64::from(material.lexis.weight(*w));
    let total = |p: &Passage| p.content.iter().map(weight).sum::<u64>();
    let shared: u64 = a.content.iter().filter(|w| b.content.binary_search(w).is_ok()).map(weight).sum();
    shared * 2000 / (total(a) + total(b)).max(1)
}

fn entry(group: &[&Dated], outcomes: &plans::Outcomes, material: &Material<'_>) -> TimelineEntry {
    let at = |d: &Dated| material.sentences[d.sentence].at;
    let mut evidence: Vec<Evidence> = group.iter().map(|d| at(d)).collect();
    evidence.dedup();
    let first = group[0];
    let (status, settled) = status(group, &evidence, outcomes, material);
    let mut entry = TimelineEntry {
        when: first.when.clone(),
        precision: first.precision,
        sentence: at(first),
        status,
        settled_by: settled,
        evidence,
    };
    if entry.status == TimelineStatus::Planned {
        outcomes.settle(&mut entry, group, material);
    }
    entry
}

/// A plan of which another report of the group says that it came about has happened; the first such sentence settles it.
fn status(
    group: &[&Dated],
    evidence: &[Evidence],
    outcomes: &plans::Outcomes,
    material: &Material<'_>,
) -> (TimelineStatus, Option<usize>) {
    use TimelineStatus::{DidNotHappen, Happened, Planned};
    let planned = group.iter().any(|d| d.status == Planned);
    let acts: Vec<&String> = group.iter().filter(|d| d.status == Planned).filter_map(|d| d.plan.first()).collect();
    // "Flew home without visiting the town" tells of that day, and that the visit was not made.
    let undoes = |d: &Dated| d.undone || d.status != Planned && outcomes.undoes(d.sentence, &acts);
    if let Some(undone) = group.iter().find(|d| undoes(d)).filter(|_| planned) {
        let at = material.sentences[undone.sentence].at;
        return (DidNotHappen, evidence.iter().position(|e| *e == at));
    }
    let outcome = group.iter().find(|d| matches!(d.status, Happened | DidNotHappen));
    match outcome {
        Some(outcome) if planned => {
            let at = material.sentences[outcome.sentence].at;
            (outcome.status, evidence.iter().position(|e| *e == at))
        }
        Some(outcome) => (outcome.status, None),
        None => (group[0].status, None),
    }
}
