//! The statements of a story → segments that can be aligned: fragments cut at sentence ends, each with whose word it is.

use super::material::{Material, Passage};
use super::voices;
use crate::limits::{COMPARED_SEGMENTS, SEGMENT_WORDS};
use crate::model::{EntityId, Evidence, NameKind, Span, Statement, StatementKind};

/// A sentence, or less, of one statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Segment {
    pub passage: Passage,
    /// Index of the statement in its article's annotations.
    pub statement: usize,
    pub kind: StatementKind,
    pub speaker: Option<EntityId>,
}

impl Segment {
    pub fn article(&self) -> usize {
        self.passage.at.article
    }
}

/// Can two segments be one speaker's?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Speakers {
    /// Two people.
    Different,
    /// One of them is not known, or speaks for the other.
    Unknown,
    /// One entity.
    Same,
}

impl Speakers {
    pub fn of(a: &Segment, b: &Segment, material: &Material<'_>) -> Self {
        let person =
            |e: EntityId| material.links.entities.get(e.0 as usize).is_some_and(|e| e.kind == NameKind::Person);
        match (a.speaker, b.speaker) {
            (Some(a), Some(b)) if a == b => Speakers::Same,
            // A spokesman's word is told as the body's, and the body's as its head's.
            (Some(a), Some(b)) if person(a) && person(b) => Speakers::Different,
            _ => Speakers::Unknown,
        }
    }
}

/// All segments, in order of article, then place.
pub(super) fn segments(material: &Material<'_>) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (article, sentences) in material.of_article.iter().enumerate() {
        if sentences.is_empty() {
            continue;
        }
        let statements = &material.takes[article].annotations.statements;
        let found = statements.iter().enumerate().flat_map(|(index, s)| of_statement(article, index, s, material));
        segments.extend(found.take(COMPARED_SEGMENTS));
    }
    segments.sort_by_key(|s: &Segment| (s.passage.at, s.statement));
    segments
}

fn of_statement(article: usize, index: usize, statement: &Statement, material: &Material<'_>) -> Vec<Segment> {
    let whole = [statement.content];
    let fragments: &[Span] = if statement.fragments.is_empty() { &whole } else { &statement.fragments };
    let speaker = voices::speaker(article, statement, material);
    let mut segments = Vec::new();
    for fragment in fragments {
        for span in cut(article, *fragment, material) {
            let mut passage = material.passage(Evidence { article, span });
            passage.tokens.truncate(SEGMENT_WORDS);
            if !passage.tokens.is_empty() {
                segments.push(Segment { passage, statement: index, kind: statement.kind, speaker });
            }
        }
    }
    segments
}

/// Cuts a fragment where the article's sentences end.
fn cut(article: usize, fragment: Span, material: &Material<'_>) -> Vec<Span> {
    let sentences = &material.takes[article].annotations.sentences;
    let text = &material.takes[article].article.text;
    let first = sentences.partition_point(|s| s.span.end <= fragment.start);
    let inside = sentences[first..].iter().take_while(|s| s.span.start < fragment.end);
    let parts = inside.map(|s| Span { start: s.span.start.max(fragment.start), end: s.span.end.min(fragment.end) });
    parts.map(|span| trim(text, span)).filter(|span| !span.is_empty()).collect()
}

/// Without space and quotation marks at its ends.
fn trim(text: &str, span: Span) -> Span {
    let part = text.get(span.range()).unwrap_or("");
    let outer = |c: char| c.is_whitespace() || "\"“”„«»‟".contains(c);
    let start = span.start as usize + (part.len() - part.trim_start_matches(outer).len());
    let end = start + part.trim_matches(outer).len();
    Span::new(start, end)
}
