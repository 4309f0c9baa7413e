//! The statements of a story → pieces (a sentence, or less, of one statement) and their clauses, which are what is aligned.

use super::lexis::{Class, Lexis};
use super::material::{Material, Passage, Token};
use super::voices;
use crate::likeness::names;
use crate::limits::{COMPARED_SEGMENTS, SEGMENT_WORDS};
use crate::model::{EntityId, Evidence, NameKind, Span, Statement, StatementKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// A sentence, or less, of one statement; or a sentence beside it that may go on with it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    pub passage: Passage,
    /// Index of the statement in its article's annotations; sentences that no statement covers share a number a paragraph.
    pub statement: usize,
    pub kind: StatementKind,
    pub speaker: Option<EntityId>,
    /// Does the article attribute it, or is that only likely from where it stands?
    pub attributed: bool,
    /// Its clauses: index range into [`Segments::clauses`].
    pub clauses: Range<usize>,
}

/// A clause of a piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Clause {
    pub passage: Passage,
    /// Index into [`Segments::pieces`].
    pub piece: usize,
}

/// Everything that can be aligned, in order of article, then place.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub pieces: Vec<Piece>,
    pub clauses: Vec<Clause>,
}

/// Can two pieces be one speaker's?
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
    pub fn of(a: &Piece, b: &Piece, material: &Material<'_>) -> Self {
        let person =
            |e: EntityId| material.links.entities.get(e.0 as usize).is_some_and(|e| e.kind == NameKind::Person);
        match (a.speaker, b.speaker) {
            (Some(a), Some(b)) if a == b => Speakers::Same,
            // A spokesman's word is told as the body's, and the body's as its head's; and whether two names in two scripts are one
            // person's is seen where they are alike, not where they aren't.
            (Some(a), Some(b)) if person(a) && person(b) && share_script(a, b, material) => Speakers::Different,
            _ => Speakers::Unknown,
        }
    }
}

/// Are two entities named in one script?
fn share_script(a: EntityId, b: EntityId, material: &Material<'_>) -> bool {
    let scripts = |e: EntityId| -> BTreeSet<_> {
        let variants = material.links.entities.get(e.0 as usize).map_or(&[][..], |e| &e.variants);
        variants.iter().map(|v| names::script(&v.text)).collect()
    };
    !scripts(a).is_disjoint(&scripts(b))
}

impl Segments {
    pub fn new(material: &Material<'_>) -> Self {
        let mut segments = Segments::default();
        for (article, sentences) in material.of_article.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
            let statements = &material.takes[article].annotations.statements;
            let found = statements.iter().enumerate().flat_map(|(index, s)| of_statement(article, index, s, material));
            let mut pieces: Vec<Piece> = found.take(COMPARED_SEGMENTS).collect();
            pieces.extend(unattributed(article, sentences.clone(), material));
            pieces.sort_by_key(|p| (p.passage.at, p.statement));
            pieces.into_iter().for_each(|piece| segments.add(piece, &material.lexis));
        }
        segments
    }

    fn add(&mut self, mut piece: Piece, lexis: &Lexis) {
        let start = self.clauses.len();
        for tokens in clauses(&piece.passage.tokens, lexis) {
            let span = Span { start: tokens[0].span.start, end: tokens[tokens.len() - 1].span.end };
            let at = Evidence { article: piece.passage.at.article, span };
            let passage = Passage::new(at, tokens.to_vec(), lexis);
            self.clauses.push(Clause { passage, piece: self.pieces.len() });
        }
        piece.clauses = start..self.clauses.len();
        self.pieces.push(piece);
    }

    pub fn piece(&self, clause: usize) -> &Piece {
        &self.pieces[self.clauses[clause].piece]
    }

    pub fn article(&self, clause: usize) -> usize {
        self.clauses[clause].passage.at.article
    }
}

fn of_statement(article: usize, index: usize, statement: &Statement, material: &Material<'_>) -> Vec<Piece> {
    let whole = [statement.content];
    let fragments: &[Span] = if statement.fragments.is_empty() { &whole } else { &statement.fragments };
    let speaker = voices::speaker(article, statement, material);
    let mut pieces = Vec::new();
    for fragment in fragments {
        for span in cut(article, *fragment, material) {
            let passage = aligned(material.passage(Evidence { article, span }), &material.lexis);
            if !passage.tokens.is_empty() {
                let kind = statement.kind;
                pieces.push(Piece { passage, statement: index, kind, speaker, attributed: true, clauses: 0..0 });
            }
        }
    }
    pieces
}

/// The first words of a long passage, and what they alone weigh.
fn aligned(mut passage: Passage, lexis: &Lexis) -> Passage {
    if passage.tokens.len() <= SEGMENT_WORDS {
        return passage;
    }
    passage.tokens.truncate(SEGMENT_WORDS);
    Passage::new(passage.at, passage.tokens, lexis)
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

/// Sentences that no statement covers but that stand beside one in their paragraph: reports often go on telling what somebody
/// said without saying so again.
fn unattributed(article: usize, sentences: Range<usize>, material: &Material<'_>) -> Vec<Piece> {
    let annotations = material.takes[article].annotations;
    let paragraph = |span: Span| {
        let at = annotations.sentences.partition_point(|s| s.span.end <= span.start);
        annotations.sentences.get(at).map_or(u32::MAX, |s| s.paragraph)
    };
    let spoken: Vec<(u32, Span, Option<EntityId>)> = annotations
        .statements
        .iter()
        .map(|s| (paragraph(s.content), s.content, voices::speaker(article, s, material)))
        .collect();
    let speakers: BTreeSet<EntityId> = spoken.iter().filter_map(|(_, _, speaker)| *speaker).collect();
    let mut pieces = Vec::new();
    for passage in &material.sentences[sentences] {
        let here = paragraph(passage.at.span);
        if passage.content.len() < 2 || spoken.iter().any(|(_, content, _)| content.overlaps(passage.at.span)) {
            continue;
        }
        let beside = |before: bool| {
            let mut near =
                spoken.iter().filter(move |(p, c, _)| *p == here && (c.end <= passage.at.span.start) == before);
            if before { near.next_back() } else { near.next() }
        };
        let named = passage.content.iter().filter_map(|w| material.lexis.entity(*w)).find(|e| speakers.contains(e));
        let speaker = beside(true).or(beside(false)).map(|(_, _, speaker)| *speaker);
        let Some(speaker) = speaker.or(named.map(Some)) else { continue };
        let passage = aligned(passage.clone(), &material.lexis);
        let statement = UNATTRIBUTED + here as usize;
        pieces.push(Piece {
            passage,
            statement,
            kind: StatementKind::Indirect,
            speaker,
            attributed: false,
            clauses: 0..0,
        });
    }
    pieces
}

/// Statement numbers from here on stand for sentences that no statement covers.
const UNATTRIBUTED: usize = usize::MAX / 2;
/// Words that a clause has at least…
const CLAUSE_WORDS: usize = 4;
/// …and how many of them carry content.
const CLAUSE_CONTENT: usize = 2;

/// Cuts words before those that begin another clause ("while", "and that"), where both sides are long enough to stand alone.
fn clauses<'t>(tokens: &'t [Token], lexis: &Lexis) -> Vec<&'t [Token]> {
    let enough = |part: &[Token]| {
        let content = part.iter().filter(|t| lexis.class(t.word) != Class::Function).count();
        part.len() >= CLAUSE_WORDS && content >= CLAUSE_CONTENT
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..tokens.len() {
        let next_binds = tokens.get(at + 1).is_some_and(|t| lexis.class(t.word) == Class::Function);
        let gap = tokens[at].span.start.saturating_sub(tokens[at - 1].span.end) > 1;
        if lexis.role(tokens[at].word).joins
            && (gap || next_binds)
            && enough(&tokens[start..at])
            && enough(&tokens[at..])
        {
            parts.push(&tokens[start..at]);
            start = at;
        }
    }
    if start < tokens.len() {
        parts.push(&tokens[start..]);
    }
    parts
}
