//! A text → its reported speech: who said what.

mod attribute;
mod clauses;
mod cues;
mod frames;
mod quotes;
mod resolve;
mod roles;
mod speakers;

use crate::almanac::{Almanac, CueKind, Reporting};
use crate::model::{Annotations, Article, Span, Speaker, Statement, StatementKind};
use attribute::Claim;
use frames::{Frame, Frames};
use resolve::{Before, Resolver};
use speakers::Subject;

/// Finds them in text order. `so_far` holds what the steps before have found.
pub fn find(article: &Article, so_far: &Annotations, almanac: &Almanac) -> Vec<Statement> {
    let language = so_far.language.as_deref().unwrap_or("en");
    let Some(reporting) = almanac.reporting.get(language).or_else(|| almanac.reporting.get("en")) else {
        return Vec::new();
    };
    let all = frames::frames(&article.text, &so_far.sentences, reporting);
    let mut reader = Reader {
        resolver: Resolver::new(&article.text, &all, so_far, reporting, almanac),
        all: &all,
        reporting,
        found: Vec::new(),
        last: None,
        led: None,
    };
    for (index, frame) in all.frames.iter().enumerate() {
        reader.read(index, frame);
    }
    let mut found = reader.found;
    found.sort_by_key(|s| (s.content, s.cue));
    found
}

/// Reads frame after frame, and remembers who spoke last.
struct Reader<'a> {
    resolver: Resolver<'a>,
    all: &'a Frames,
    reporting: &'a Reporting,
    found: Vec<Statement>,
    /// The last speaker, and the paragraph in which they spoke.
    last: Option<(usize, Speaker)>,
    /// Speaker and cue of a sentence that ends in a colon: what was said is to come.
    led: Option<(Option<Speaker>, Span)>,
}

impl Reader<'_> {
    fn read(&mut self, index: usize, frame: &Frame) {
        let mut spoke: Option<Speaker> = None;
        let mut led = self.led.take();
        for claim in attribute::claims(self.all, frame, self.reporting) {
            let mut speaker = claim.subject.map(|s| self.speaker(index, frame, s));
            let mut statement = statement(self.all, frame, &claim, None);
            if claim.cue.is_none() {
                let near = self.last.filter(|(paragraph, _)| frame.paragraph <= paragraph + 1).map(|(_, s)| s);
                match led.take().filter(|_| frame.items[0].quote().is_some()) {
                    Some((by, cue)) => (speaker, statement.cue) = (by, Some(cue)),
                    None => speaker = speaker.or(spoke).or(near),
                }
            }
            statement.speaker = speaker;
            // "…, NAME said, according to a video": the video does not go on speaking.
            let wraps = claim.cue.is_some_and(|c| c.kind == CueKind::According) && spoke.is_some();
            if !wraps {
                spoke = speaker.or(spoke);
            }
            self.found.push(statement);
        }
        if let Some(speaker) = spoke {
            self.last = Some((frame.paragraph, speaker));
            self.resolver.spoke(index, speaker.entity);
        }
        let leading = attribute::leading(frame, self.reporting);
        self.led = leading.map(|(subject, cue)| {
            let speaker = subject.map(|s| self.speaker(index, frame, s));
            (speaker, speakers::span(frame, cue.start, cue.end))
        });
    }

    fn speaker(&self, index: usize, frame: &Frame, subject: Subject) -> Speaker {
        let before = self.last.and_then(|(paragraph, s)| s.entity.map(|entity| Before { entity, paragraph }));
        Speaker {
            span: speakers::span(frame, subject.start, subject.end),
            entity: self.resolver.entity(self.all, index, subject.start, subject.end, before),
        }
    }
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
