//! A text → its reported speech: who said what.

mod attribute;
mod clauses;
mod cues;
mod frames;
mod last;
mod quotes;
mod resolve;
mod roles;
mod speakers;
mod unquoted;

use crate::almanac::{Almanac, CueKind, Part, Reporting};
use crate::model::{Annotations, Article, Span, Speaker, Statement, StatementKind};
use attribute::Claim;
use frames::{Frame, Frames};
use resolve::Resolver;
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
        silent: vec![true; all.frames.len()],
        unmarked: unquoted::without_marks(&all),
        until: None,
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
    /// Frames that report nothing.
    silent: Vec<bool>,
    /// Does the article quote without marks?
    unmarked: bool,
    /// The last frame of unmarked speech that is under way.
    until: Option<usize>,
}

impl Reader<'_> {
    fn read(&mut self, index: usize, frame: &Frame) {
        if self.until.is_some_and(|until| index <= until) {
            return;
        }
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
            self.silent[index] = false;
            if self.unmarked {
                self.widen(index, frame, &claim, &mut statement);
            }
            self.found.push(statement);
        }
        if self.silent[index] {
            let follows = index
                .checked_sub(1)
                .is_some_and(|b| !self.silent[b] && self.all.frames[b].paragraph == frame.paragraph);
            let mood = if follows { Part::REPORTED_MOOD | Part::PERHAPS_REPORTED } else { Part::REPORTED_MOOD };
            if frame.items.iter().any(|i| i.is(mood)) {
                spoke = self.reported(index, frame);
            } else if self.unmarked {
                self.go_on(index, frame);
            }
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

    /// Takes in the sentences in the first person that an attribution at their end, or a colon before them, makes speech.
    fn widen(&mut self, index: usize, frame: &Frame, claim: &Claim, statement: &mut Statement) {
        let Some(cue) = claim.cue else { return };
        if claim.pieces[0].1 <= cue.start && claim.pieces.len() == 1 {
            if let Some(first) = unquoted::beginning(self.all, index, &self.silent) {
                statement.content.start = self.all.frames[first].items[0].span.start;
                statement.fragments[0].start = statement.content.start;
                statement.kind = StatementKind::Direct;
            } else if unquoted::first_person(frame) {
                statement.kind = StatementKind::Direct;
            }
        }
    }

    /// A sentence whose verb alone says that it is reported ("Er sei müde."): the speaker before says it, or whom the sentence before
    /// is about.
    fn reported(&mut self, index: usize, frame: &Frame) -> Option<Speaker> {
        let near = self.last.filter(|(paragraph, _)| *paragraph == frame.paragraph).map(|(_, s)| s);
        let before = index.checked_sub(1).map(|b| (b, &self.all.frames[b]));
        let subject = || {
            let (b, before) = before?;
            speakers::first(before, before.items.len()).map(|s| self.speaker(b, before, s))
        };
        let speaker = near.or_else(subject)?;
        let end = clauses::trim_end(&frame.items, 0, frame.items.len());
        let content = speakers::span(frame, 0, end.max(1));
        let quoted = frame.items.iter().any(|i| i.quote().is_some());
        let kind = if quoted { StatementKind::Mixed } else { StatementKind::Indirect };
        self.silent[index] = false;
        self.found.push(Statement { kind, speaker: Some(speaker), cue: None, content, fragments: vec![content] });
        Some(speaker)
    }

    /// A sentence in the first person goes on from unmarked speech before it in its paragraph, or from words behind a colon.
    fn go_on(&mut self, index: usize, frame: &Frame) {
        let speaks = |frames: &[Frame]| frames.iter().any(unquoted::first_person);
        let last = unquoted::end(self.all, index);
        if let Some(at) = unquoted::behind_colon(frame)
            && let Some((subject, cue)) = attribute::before_colon(frame, at - 1, self.reporting)
            && speaks(&self.all.frames[index..=last])
        {
            let speaker = subject.map(|s| self.speaker(index, frame, s));
            let end = self.all.frames[last].items.last().map_or(frame.items[at].span.end, |i| i.span.end);
            let content = Span { start: frame.items[at].span.start, end };
            let cue = Some(speakers::span(frame, cue.start, cue.end));
            self.found.push(Statement { kind: StatementKind::Direct, speaker, cue, content, fragments: vec![content] });
            self.until = Some(last);
            return;
        }
        let before =
            index.checked_sub(1).filter(|b| !self.silent[*b] && self.all.frames[*b].paragraph == frame.paragraph);
        let Some((_, speaker)) = self.last.filter(|_| before.is_some() && unquoted::first_person(frame)) else {
            return;
        };
        let closed = self.found.last().is_some_and(|s| s.cue.is_some_and(|c| c.start >= s.content.end));
        if closed {
            let content = speakers::span(frame, 0, frame.items.len());
            let kind = StatementKind::Direct;
            self.found.push(Statement { kind, speaker: Some(speaker), cue: None, content, fragments: vec![content] });
        }
    }

    fn speaker(&self, index: usize, frame: &Frame, subject: Subject) -> Speaker {
        let before = self.last.and_then(|(_, speaker)| speaker.entity);
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
