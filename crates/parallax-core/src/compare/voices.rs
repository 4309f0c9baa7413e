//! The statements of an article → on whose word its sentences, and the whole of it, rest.

use super::material::Material;
use crate::model::{EntityId, Evidence, Span, Statement, VoiceShare};
use std::collections::{BTreeMap, BTreeSet};

/// On whose word the evidence rests; empty where a report among it says so as its own.
pub(super) fn of_evidence(evidence: &[Evidence], material: &Material<'_>) -> Vec<EntityId> {
    let mut voices: BTreeSet<EntityId> = BTreeSet::new();
    let mut own_word: BTreeMap<usize, bool> = BTreeMap::new();
    for at in evidence {
        let speakers: Vec<Option<EntityId>> = attributed(*at, material);
        let own = own_word.entry(at.article).or_insert(true);
        *own &= speakers.is_empty();
        voices.extend(speakers.into_iter().flatten());
    }
    if own_word.values().any(|own| *own) { Vec::new() } else { voices.into_iter().collect() }
}

/// The speakers of the statements that make up at least a third of a sentence; `None` for one who is not known.
fn attributed(at: Evidence, material: &Material<'_>) -> Vec<Option<EntityId>> {
    let annotations = material.takes[at.article].annotations;
    let share = |s: &Statement| {
        let start = s.content.start.max(at.span.start);
        let end = s.content.end.min(at.span.end);
        end.saturating_sub(start)
    };
    let length = at.span.end - at.span.start;
    annotations.statements.iter().filter(|s| share(s) * 3 >= length).map(|s| speaker(at.article, s, material)).collect()
}

/// Whose word a statement is, in the story.
pub(super) fn speaker(article: usize, statement: &Statement, material: &Material<'_>) -> Option<EntityId> {
    let local = statement.speaker?.entity?;
    material.links.of.get(&(article, local)).copied()
}

/// How much of an article rests on whom, largest share first.
pub(super) fn shares(article: usize, material: &Material<'_>) -> Vec<VoiceShare> {
    let take = &material.takes[article];
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let words_in = |span: Span| count(crate::text::words(take.article.text.slice(span)).len());
    let of: u32 = take.annotations.sentences.iter().map(|s| words_in(s.span)).sum();
    let mut shares: BTreeMap<(Option<EntityId>, Option<String>), u32> = BTreeMap::new();
    let mut counted_until = 0;
    for statement in &take.annotations.statements {
        let Some(named) = statement.speaker else { continue };
        let entity = speaker(article, statement, material);
        let party = if entity.is_some() { None } else { Some(take.article.text.slice(named.span).to_owned()) };
        // A statement within a statement rests on the outer one's speaker.
        let parts = if statement.fragments.is_empty() { vec![statement.content] } else { statement.fragments.clone() };
        let words: u32 = parts.iter().filter(|p| p.start >= counted_until).map(|p| words_in(*p)).sum();
        counted_until = counted_until.max(statement.content.end);
        *shares.entry((entity, party)).or_default() += words;
    }
    let mut shares: Vec<VoiceShare> = shares
        .into_iter()
        .filter(|(_, words)| *words > 0)
        .map(|((entity, party), words)| VoiceShare { entity, party, words, of })
        .collect();
    shares.sort_by_key(|s| std::cmp::Reverse(s.words));
    shares
}
