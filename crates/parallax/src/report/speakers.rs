//! Who said what: one utterance in the words of several outlets side by side, then each speaker's other statements.

use super::layout::clip;
use super::page::{Ink, Page};
use super::told::{Told, closed, count, mark, quoted};
use parallax_core::model::{EntityId, Rendering, StatementKind, Utterance, Wording};
use std::collections::{BTreeMap, BTreeSet};

const RENDERED: usize = 6;
const SPEAKERS: usize = 6;
const EACH: usize = 3;
const WORDS: usize = 230;

/// Articles that have an utterance.
fn articles(utterance: &Utterance) -> BTreeSet<usize> {
    utterance.renderings.iter().map(|r| r.at.article).collect()
}

/// A sentence about a story that mostly rests on one person's word: among the sentences that rest on somebody's, else among
/// all that is reported as said.
pub fn one_voice(told: Told<'_>) -> Option<String> {
    let utterances = &told.story.comparison.statements;
    let attributed: Vec<_> = told.story.comparison.current_take.iter().filter(|s| !s.voices.is_empty()).collect();
    let alone = attributed.iter().filter_map(|s| if let [one] = s.voices[..] { Some(one) } else { None });
    let all = utterances.len();
    let said_by = |speaker| utterances.iter().filter(|u| u.speaker == Some(speaker)).count();
    let weighty = |(speaker, n): &(EntityId, usize)| n * 2 > attributed.len() && said_by(*speaker) * 5 >= all;
    if let Some((speaker, sentences)) = most(alone).filter(|most| attributed.len() >= 4 && weighty(most)) {
        let said = said_by(speaker);
        let of = attributed.len();
        let name = told.name(speaker);
        return Some(format!(
            "Most of what was said rests on one person’s word: of the {of} sentences below that rest on somebody’s, {sentences} \
             rest on that of {name} alone, who made {said} of the {all} statements reported."
        ));
    }
    let (speaker, said) = most(utterances.iter().filter_map(|u| u.speaker))?;
    let how_much = match () {
        () if all >= 4 && said * 2 > all => "Most",
        () if all >= 6 && said * 3 > all => "Much",
        () => return None,
    };
    let name = told.name(speaker);
    Some(format!("{how_much} of what was said rests on one person’s word: {name} ({said} of {all} statements)."))
}

/// Who comes most often, the earlier known of equals, and how often.
fn most(speakers: impl Iterator<Item = EntityId>) -> Option<(EntityId, usize)> {
    let mut of: BTreeMap<EntityId, usize> = BTreeMap::new();
    for speaker in speakers {
        *of.entry(speaker).or_default() += 1;
    }
    of.into_iter().max_by_key(|(entity, n)| (*n, std::cmp::Reverse(*entity)))
}

/// Utterances that several outlets render, the renderings side by side.
pub fn renderings(told: Told<'_>, page: &mut Page) {
    let shared = told.story.comparison.statements.iter().filter(|u| articles(u).len() > 1);
    let mut shared: Vec<_> = shared.collect();
    if shared.is_empty() {
        return;
    }
    let rank = |u: &&Utterance| match u.wording {
        Wording::Conflict => 0,
        Wording::Differs => 1,
        Wording::Same | Wording::Single => 2,
    };
    shared.sort_by_key(|u| (rank(u), std::cmp::Reverse(articles(u).len())));
    page.heading("One utterance, several renderings", "");
    let shown = if page.style.all { shared.len() } else { RENDERED };
    for utterance in shared.iter().take(shown) {
        let (ink, wording) = match utterance.wording {
            Wording::Conflict => (Ink::Alarm, "they say different things"),
            Wording::Differs => (Ink::Faint, "in different words"),
            Wording::Same | Wording::Single => (Ink::Faint, "in the same words"),
        };
        let speaker = told.speaker(utterance);
        let wording = page.style.ink(ink, &format!("— {wording}"));
        page.text(2, Ink::Plain, &format!("{} {wording}", page.style.ink(Ink::Strong, &speaker)));
        let mut before: Option<(usize, String)> = None;
        for rendering in &utterance.renderings {
            let this = Some((rendering.at.article, told.words(rendering.at)));
            if this != before {
                rendered(told, rendering, page);
            }
            before = this;
        }
    }
    super::more(shared.len(), shown, 2, page);
}

fn rendered(told: Told<'_>, rendering: &Rendering, page: &mut Page) {
    let words = closed(&clip(&told.words(rendering.at), WORDS));
    let words = match rendering.kind {
        StatementKind::Direct => quoted(&words),
        StatementKind::Indirect | StatementKind::Mixed => words,
    };
    let label = page.style.ink(Ink::Accent, &mark(rendering.at.article));
    page.labelled(4, &label, 5, Ink::Plain, &words);
}

/// Each speaker's statements that one outlet alone has.
pub fn section(told: Told<'_>, page: &mut Page) {
    let mut by: BTreeMap<EntityId, Vec<&Utterance>> = BTreeMap::new();
    for utterance in &told.story.comparison.statements {
        if let Some(speaker) = utterance.speaker {
            by.entry(speaker).or_default().push(utterance);
        }
    }
    let mut speakers: Vec<_> = by.into_iter().collect();
    speakers.sort_by_key(|(entity, said)| (std::cmp::Reverse(said.len()), *entity));
    if speakers.is_empty() {
        return;
    }
    page.heading("Who said what", "reported speech stands without marks");
    let shown = if page.style.all { speakers.len() } else { SPEAKERS };
    for (speaker, said) in speakers.iter().take(shown) {
        let takes: BTreeSet<_> = said.iter().flat_map(|u| articles(u)).collect();
        let singles: Vec<_> = said.iter().filter(|u| articles(u).len() == 1).collect();
        let above = if singles.is_empty() { ", as above" } else { "" };
        let statements = count(said.len(), "statement", "statements");
        let note = format!("{statements} in {}{above}", count(takes.len(), "take", "takes"));
        let name = page.style.ink(Ink::Strong, &told.name(*speaker));
        page.text(2, Ink::Plain, &format!("{name} {}", page.style.ink(Ink::Faint, &format!("· {note}"))));
        let each = if page.style.all { singles.len() } else { EACH };
        for utterance in singles.iter().take(each) {
            if let Some(rendering) = utterance.renderings.first() {
                rendered(told, rendering, page);
            }
        }
        super::more(singles.len(), each, 9, page);
    }
    super::more(speakers.len(), shown, 2, page);
}
