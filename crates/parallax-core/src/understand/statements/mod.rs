//! A text → its reported speech: who said what.

mod attribute;
mod clauses;
mod cues;
mod frames;
mod quotes;
mod resolve;
mod roles;
mod speakers;

use crate::almanac::Almanac;
use crate::model::{Annotations, Article, Span, Speaker, Statement, StatementKind};
use attribute::Claim;
use frames::{Frame, Frames};
use resolve::{Before, Resolver};

/// Finds them in text order. `so_far` holds what the steps before have found.
pub fn find(article: &Article, so_far: &Annotations, almanac: &Almanac) -> Vec<Statement> {
    let language = so_far.language.as_deref().unwrap_or("en");
    let Some(reporting) = almanac.reporting.get(language).or_else(|| almanac.reporting.get("en")) else {
        return Vec::new();
    };
    let all = frames::frames(&article.text, &so_far.sentences, reporting);
    let resolver = Resolver::new(&article.text, &all, so_far, reporting, almanac);
    let mut found: Vec<Statement> = Vec::new();
    let mut last: Option<(usize, Speaker)> = None;
    for frame in &all.frames {
        for claim in attribute::claims(&all, frame, reporting) {
            let before = last.and_then(|(paragraph, s)| s.entity.map(|entity| Before { entity, paragraph }));
            let speaker = claim.subject.map(|s| Speaker {
                span: speakers::span(frame, s.start, s.end),
                entity: resolver.entity(frame, s.start, s.end, before),
            });
            // A quotation alone goes on from the speaker before.
            let near = last.filter(|(paragraph, _)| claim.cue.is_none() && frame.paragraph <= paragraph + 1);
            let speaker = speaker.or(near.map(|(_, speaker)| speaker));
            last = speaker.map(|s| (frame.paragraph, s)).or(last);
            found.push(statement(&all, frame, &claim, speaker));
        }
    }
    found.sort_by_key(|s| (s.content, s.cue));
    found
}

fn statement(all: &Frames, frame: &Frame, claim: &Claim, speaker: Option<Speaker>) -> Statement {
    let fragments: Vec<Span> = claim.pieces.iter().map(|(a, b)| content_span(all, frame, *a, *b)).collect();
    let content = Span { start: fragments[0].start, end: fragments[fragments.len() - 1].end };
    let mut quoted = 0;
    let mut plain = 0;
    for item in claim.pieces.iter().flat_map(|(a, b)| &frame.items[*a..*b]) {
        match item.quote() {
            Some(_) => quoted += 1,
            None => plain += usize::from(item.word()),
        }
    }
    let kind = match (quoted, plain) {
        (0, _) => StatementKind::Indirect,
        (_, 0) => StatementKind::Direct,
        _ => StatementKind::Mixed,
    };
    let cue = claim.cue.map(|c| speakers::span(frame, c.start, c.end));
    Statement { kind, speaker, cue, content, fragments }
}

/// The span of a piece, without quotation marks at its two ends.
fn content_span(all: &Frames, frame: &Frame, from: usize, to: usize) -> Span {
    let first = &frame.items[from];
    let last = &frame.items[to - 1];
    let start = first.quote().map_or(first.span.start, |q| all.quotes[q].inner.start);
    let end = last.quote().map_or(last.span.end, |q| all.quotes[q].inner.end);
    Span { start, end: end.max(start) }
}
