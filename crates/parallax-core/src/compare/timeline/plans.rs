//! What some report expects and another says did not come about → the sentence that settles it.

use super::dated::Dated;
use crate::almanac::Almanac;
use crate::compare::lexis::Class;
use crate::compare::material::{Material, Passage};
use crate::model::{Evidence, TimelineEntry, TimelineStatus};
use crate::text::{Token, TokenKind, stem, tokens};

/// Tokens after a word of plan or of cancelling in which the act stands ("would possibly **meet**").
const ACT_REACH: usize = 4;

/// A sentence that speaks of a plan, or of something that did not come about.
#[derive(Clone, Debug)]
struct Told {
    /// Index into the material's sentences.
    sentence: usize,
    /// Stems of the acts.
    acts: Vec<String>,
    /// Those of them that the word of cancelling itself concerns: the word after it, or its own last.
    nearest: Vec<String>,
}

/// What the takes say of plans without a date, and of what did not come about.
#[derive(Debug, Default)]
pub struct Outcomes {
    plans: Vec<Told>,
    undone: Vec<Told>,
}

/// Reads all sentences of the compared takes.
pub fn outcomes(material: &Material<'_>, almanac: &Almanac) -> Outcomes {
    let mut found = Outcomes::default();
    for (article, take) in material.takes.iter().enumerate() {
        let language = take.annotations.language.as_deref().and_then(|l| l.split('-').next());
        let Some(calendar) = language.and_then(|l| almanac.calendar.get(l)) else { continue };
        for sentence in material.of_article[article].clone() {
            let tokens = tokens(take.article.text.slice(material.sentences[sentence].at.span));
            let (mut planned, mut undone, mut nearest) = (Vec::new(), Vec::new(), Vec::new());
            for at in 0..tokens.len() {
                if let Some((length, ())) = calendar.cancelled.longest(&tokens, at) {
                    // "without meeting": the act may be part of the phrase itself.
                    undone.extend(acts(&tokens, at, language));
                    undone.extend(acts(&tokens, at + length, language));
                    nearest.extend(acts(&tokens[..at + length], at + length - 1, language));
                    nearest.extend(acts(&tokens, at + length, language).into_iter().take(1));
                } else if let Some((length, ())) = calendar.planned.longest(&tokens, at) {
                    planned.extend(acts(&tokens, at + length, language));
                }
            }
            let both = [(&mut found.plans, planned, Vec::new()), (&mut found.undone, undone, nearest)];
            for (list, mut acts, nearest) in both {
                acts.sort();
                acts.dedup();
                if !acts.is_empty() {
                    list.push(Told { sentence, acts, nearest });
                }
            }
        }
    }
    found
}

impl Outcomes {
    /// Does a sentence say that something did not come about?
    pub fn tells_undone(&self, at: Evidence, material: &Material<'_>) -> bool {
        self.undone.iter().any(|told| material.sentences[told.sentence].at == at)
    }

    /// Does a sentence, by its index into the material's, say of one of these acts that it did not come about? Only what the word of
    /// cancelling itself concerns counts: who came "without police" was there.
    pub fn undoes(&self, sentence: usize, acts: &[&String]) -> bool {
        let told = self.undone.iter().find(|told| told.sentence == sentence);
        told.is_some_and(|told| told.nearest.iter().any(|act| acts.contains(&act)))
    }

    /// Adds to a planned entry the undated sentences that tell the same plan, and the one that says that it did not come about.
    pub fn settle(&self, entry: &mut TimelineEntry, group: &[&Dated], material: &Material<'_>) {
        let mine: Vec<&Passage> = group.iter().map(|d| &material.sentences[d.sentence]).collect();
        let acts: Vec<&String> = group.iter().flat_map(|d| &d.plan).collect();
        let same = |told: &&Told| {
            let passage = &material.sentences[told.sentence];
            told.acts.iter().any(|act| acts.contains(&act)) && mine.iter().any(|m| shares_name(m, passage, material))
        };
        let elsewhere = |told: &&Told| {
            let article = material.sentences[told.sentence].at.article;
            mine.iter().all(|m| m.at.article != article && is_no_earlier(article, m.at.article, material))
        };
        let undone: Vec<&Told> = self.undone.iter().filter(same).filter(elsewhere).collect();
        let Some(first) = undone.first() else { return };
        let plans = self.plans.iter().filter(same).filter(|told| !undone.iter().any(|u| u.sentence == told.sentence));
        for told in plans {
            let at = material.sentences[told.sentence].at;
            if !entry.evidence.contains(&at) {
                entry.evidence.push(at);
            }
        }
        for told in &undone {
            let at = material.sentences[told.sentence].at;
            if !entry.evidence.contains(&at) {
                entry.evidence.push(at);
            }
        }
        let settling = material.sentences[first.sentence].at;
        entry.status = TimelineStatus::DidNotHappen;
        entry.settled_by = entry.evidence.iter().position(|e| *e == settling);
    }
}

/// Was an article published no earlier than another? Unknown days count as no earlier.
pub fn is_no_earlier(article: usize, than: usize, material: &Material<'_>) -> bool {
    let day = |i: usize| material.takes[i].article.published.map(|m| m.day());
    match (day(article), day(than)) {
        (Some(a), Some(b)) => a >= b,
        _ => true,
    }
}

/// Do two passages name one person or place?
pub fn shares_name(a: &Passage, b: &Passage, material: &Material<'_>) -> bool {
    shared_names(a, b, material) > 0
}

/// How many names two passages have in common.
pub fn shared_names(a: &Passage, b: &Passage, material: &Material<'_>) -> usize {
    let names = a.content.iter().filter(|w| material.lexis.class(**w) == Class::Name);
    names.filter(|w| b.content.binary_search(w).is_ok()).count()
}

/// Stems of the words of content from a token on.
pub fn acts(tokens: &[Token], from: usize, language: Option<&str>) -> Vec<String> {
    let reach = tokens.iter().skip(from).take(ACT_REACH);
    let words = reach.take_while(|t| t.kind == TokenKind::Word).filter(|t| t.key.chars().count() > 3);
    words.map(|t| stem(&t.key, language)).collect()
}
