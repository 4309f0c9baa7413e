//! One frame → the statements it reports: each cue with its speaker and what was said, and the quotations no cue claims.

use super::clauses::{self, Link, Opening};
use super::cues::{Cue, cues};
use super::frames::{Frame, Frames, Kind};
use super::last;
use super::speakers::{self, Subject, clausal};
use crate::almanac::{CueKind, Part, Reporting};

/// A statement as items of its frame.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub subject: Option<Subject>,
    pub cue: Option<Cue>,
    /// Stretches of items, in order.
    pub pieces: Vec<(usize, usize)>,
}

/// Longest run of items between a verb of saying and the comma that closes its attribution.
const ATTRIBUTION_ITEMS: usize = 10;
/// Fewest words in a quotation that is a statement without any cue.
const WORDS_WITHOUT_CUE: usize = 5;

/// Finds the statements of a frame, in the order of their cues.
pub(super) fn claims(all: &Frames, frame: &Frame, reporting: &Reporting) -> Vec<Claim> {
    let cues = cues(frame, reporting);
    let mut found: Vec<Claim> = Vec::new();
    for own in 0..cues.len() {
        // A cue inside what another attribution wraps up is still its own statement; a cue that only repeats one is not.
        if let Some(claim) = claim(all, frame, reporting, &cues, own, &found) {
            found.push(claim);
        }
    }
    unclaimed(all, frame, &mut found);
    found
}

/// Subject and cue of a sentence that ends in a colon ("She wrote:"): what was said stands in the next one.
pub(super) fn leading(frame: &Frame, reporting: &Reporting) -> Option<(Option<Subject>, Cue)> {
    let last = frame.items.len().checked_sub(1).filter(|l| frame.items[*l].kind == Kind::Colon)?;
    before_colon(frame, last, reporting)
}

/// Subject and cue of the words before a colon.
pub(super) fn before_colon(frame: &Frame, colon: usize, reporting: &Reporting) -> Option<(Option<Subject>, Cue)> {
    let mut cues = cues(frame, reporting);
    cues.retain(|c| c.end <= colon);
    let own = cues.len().checked_sub(1)?;
    let cue = cues[own];
    let subject = match cue.kind {
        CueKind::Saying | CueKind::Judging | CueKind::Noun => speakers::first(frame, cue.start),
        CueKind::According => speakers::after(frame, cue.end),
        _ => subject_of(frame, cue, &[], &cues, own).or_else(|| speakers::after(frame, cue.end)),
    };
    Some((subject, cue))
}

fn claim(
    all: &Frames,
    frame: &Frame,
    reporting: &Reporting,
    cues: &[Cue],
    own: usize,
    found: &[Claim],
) -> Option<Claim> {
    let cue = cues[own];
    let order = reporting.order;
    match cue.kind {
        CueKind::According => according(frame, cues, own),
        CueKind::Aside => according(frame, cues, own),
        CueKind::AccordingAfter => according_after(frame, cues, own),
        CueKind::Noun => {
            let opening = clauses::opening(frame, cue.end, false, order).filter(|o| o.link >= Link::That)?;
            let owner = speakers::owner(frame, floor(cues, own), cue.start);
            let subject =
                owner.or_else(|| found.last().and_then(|c| c.subject)).or_else(|| speakers::first(frame, cue.start));
            after(all, frame, cues, own, subject, opening)
        }
        CueKind::Saying | CueKind::Judging => {
            let opening = match cue.kind {
                CueKind::Saying => clauses::opening(frame, cue.end, false, order)?,
                _ => Opening { at: cue.end, link: Link::Bare },
            };
            let beside = speakers::beside(frame, floor(cues, own), cue.start);
            let before = || found.last().and_then(|c| c.subject).or_else(|| speakers::first(frame, cue.start));
            after(all, frame, cues, own, beside.or_else(before), opening)
        }
        CueKind::Promise | CueKind::Judge => {
            let subject = subject_of(frame, cue, found, cues, own)?;
            if cue.kind == CueKind::Promise
                && let Some(before) = final_content(all, frame, subject, cue, cues, own, false)
            {
                return Some(before);
            }
            let at = cue.end;
            (at < frame.items.len() && frame.items[at].kind != Kind::Comma)
                .then_some(())
                .and_then(|()| after(all, frame, cues, own, Some(subject), Opening { at, link: Link::Bare }))
        }
        CueKind::Say | CueKind::Weak | CueKind::Tell => saying(all, frame, reporting, cues, own, found),
    }
}

/// The subject before a verb; without one, that of the verb it is joined to.
fn subject_of(frame: &Frame, cue: Cue, found: &[Claim], cues: &[Cue], own: usize) -> Option<Subject> {
    let floor = floor(cues, own);
    let mut at = cue.start;
    while at > floor && frame.items[at - 1].is(Part::ADVERB | Part::AUXILIARY) {
        at -= 1;
    }
    if at > 0 && frame.items[at - 1].is(Part::CONJUNCTION) {
        return found.last().and_then(|c| c.subject).or_else(|| speakers::first(frame, at - 1));
    }
    // "Gestern hat NAME im Radio gesagt": the subject stands beside the auxiliary.
    if frame.order.split_verb
        && let Some(auxiliary) = (floor..cue.start).rev().find(|i| frame.items[*i].is(Part::AUXILIARY))
        && cue.start - auxiliary > 1
    {
        let behind = || speakers::after(frame, auxiliary + 1).map(|s| Subject { to: cue.start, ..s });
        return speakers::before(frame, floor, auxiliary).map(|s| Subject { to: cue.start, ..s }).or_else(behind);
    }
    speakers::before(frame, floor, cue.start)
}

/// The item after the cue before this one.
fn floor(cues: &[Cue], own: usize) -> usize {
    own.checked_sub(1).map_or(0, |before| cues[before].end)
}

/// Verbs of saying: what was said comes after, before, or around the attribution.
fn saying(
    all: &Frames,
    frame: &Frame,
    reporting: &Reporting,
    cues: &[Cue],
    own: usize,
    found: &[Claim],
) -> Option<Claim> {
    let cue = cues[own];
    let items = &frame.items;
    let hearer = cue.kind == CueKind::Tell;
    if let Some(claim) = parenthetical(frame, cues, own, found) {
        return Some(claim);
    }
    if reporting.order.verb_final {
        return last::claim(all, frame, reporting, cue, floor(cues, own));
    }
    // The verb with its auxiliaries: "…», a déclaré NAME".
    let mut group = cue.start;
    while reporting.order.verb_first && group > 0 && items[group - 1].is(Part::AUXILIARY | Part::ADVERB) {
        group -= 1;
    }
    let before = group.checked_sub(1).map(|i| &items[i]);
    // "…," said NAME: the verb comes first.
    let inverted = before.is_none_or(|b| matches!(b.kind, Kind::Comma | Kind::Dash | Kind::Quote(_) | Kind::Stop));
    let apposed =
        before.is_some_and(|b| b.kind == Kind::Comma) && speakers::before(frame, floor(cues, own), cue.start).is_some();
    if inverted
        && !apposed
        && let Some(subject) = speakers::after(frame, cue.end).filter(|s| items[s.start].word())
    {
        let opening = clauses::opening(frame, subject.to, false, reporting.order).filter(|o| o.link != Link::Bare);
        if let Some(before) = final_content(all, frame, Subject { from: group, ..subject }, cue, cues, own, true) {
            return Some(before);
        }
        let linked = |o: &Opening| cue.kind != CueKind::Weak || o.link >= Link::That;
        return opening.filter(linked).and_then(|o| after(all, frame, cues, own, Some(subject), o));
    }
    let preceding = subject_of(frame, cue, found, cues, own);
    let behind = || speakers::after(frame, cue.end).filter(|s| items[s.start].word());
    let (subject, from) = match preceding {
        Some(subject) => (subject, cue.end),
        None => behind().filter(|_| reporting.order.verb_first).map(|s| (Subject { from: cue.start, ..s }, s.to))?,
    };
    let opening = clauses::opening(frame, from, hearer, reporting.order);
    let linked = opening.is_some_and(|o| o.link >= Link::That);
    let quote_before = subject.from > 0 && quote_ends(frame, subject.from).is_some();
    if (!linked || quote_before)
        && let Some(claim) = final_content(all, frame, subject, cue, cues, own, false)
    {
        return Some(claim);
    }
    let opening = opening?;
    if cue.kind == CueKind::Weak && !linked {
        return None;
    }
    after(all, frame, cues, own, Some(subject), opening)
}

/// "As NAME said, …" and "…, as NAME said", in either order of name and verb.
fn parenthetical(frame: &Frame, cues: &[Cue], own: usize, found: &[Claim]) -> Option<Claim> {
    let items = &frame.items;
    let cue = cues[own];
    // "…, as said NAME": in many languages the verb comes first here.
    let mut verb = cue.start;
    while verb > 0 && items[verb - 1].is(Part::AUXILIARY | Part::ADVERB) && !items[verb - 1].is(Part::LIKE) {
        verb -= 1;
    }
    let inverted = verb > 0 && items[verb - 1].is(Part::LIKE);
    let behind = inverted.then(|| speakers::after(frame, cue.end).filter(|s| items[s.start].word())).flatten();
    let subject = behind.or_else(|| subject_of(frame, cue, found, cues, own));
    let mut from = if behind.is_some() { verb } else { subject.map_or(cue.start, |s| s.from) };
    while from > 0 && items[from - 1].is(Part::ADVERB) {
        from -= 1;
    }
    let like = from.checked_sub(1).filter(|l| items[*l].is(Part::LIKE))?;
    // "as reported by NAME"
    let agent = || items.get(cue.end).filter(|i| i.is(Part::AGENT)).and_then(|_| speakers::after(frame, cue.end + 1));
    let subject = subject.or_else(agent)?;
    let opens = items[..like].iter().all(|i| i.is(Part::CONJUNCTION | Part::ADVERB) || !i.word());
    let pieces = if opens {
        let starts = |i: &usize| {
            matches!(items[*i].kind, Kind::Comma | Kind::Dash)
                && items
                    .get(i + 1)
                    .is_some_and(|n| n.quote().is_some() || n.word() && !n.is(Part::RELATIVE | Part::PREPOSITION))
        };
        let mark = (subject.to.max(cue.end)..items.len()).find(starts)?;
        (mark + 1, clauses::ending(frame, mark + 1, cues, own))
    } else {
        (items[like - 1].kind == Kind::Comma).then_some((0, clauses::trim_end(items, 0, like)))?
    };
    (pieces.1 > pieces.0).then(|| Claim { subject: Some(subject), cue: Some(cue), pieces: vec![pieces] })
}

/// Is the item before `at` (a comma apart) a quotation?
fn quote_ends(frame: &Frame, at: usize) -> Option<usize> {
    let mut i = at;
    while i > 0 && matches!(frame.items[i - 1].kind, Kind::Comma | Kind::Dash) {
        i -= 1;
    }
    i.checked_sub(1).and_then(|i| frame.items[i].quote())
}

/// What was said stands before the attribution "…, NAME said", which begins at `subject.from`; what goes on after it belongs to it.
fn final_content(
    all: &Frames,
    frame: &Frame,
    subject: Subject,
    cue: Cue,
    cues: &[Cue],
    own: usize,
    inverted: bool,
) -> Option<Claim> {
    let items = &frame.items;
    let from = subject.from.min(cue.start);
    let last = from.checked_sub(1)?;
    let mut start = floor(cues, own).min(from);
    if own > 0 && !matches!(cues[own - 1].kind, CueKind::Saying | CueKind::Judging) {
        start = unit_start(frame, cues, own, from);
    }
    while start < from && !items[start].word() && items[start].quote().is_none() {
        start += 1;
    }
    while start < from && items[start].is(Part::CONJUNCTION) {
        start += 1;
    }
    let content = start..clauses::trim_end(items, start, from);
    if content.is_empty() {
        return None;
    }
    let quoted = quote_ends(frame, from);
    let marked = match items[last].kind {
        Kind::Comma | Kind::Dash => true,
        Kind::Quote(q) => all.quotes[q].marked || all.quotes[q].words > 1,
        _ => false,
    };
    if !marked {
        return None;
    }
    let clause = clausal(&items[content.clone()])
        && !items[content.start].is(Part::SUBORDINATE | Part::PREPOSITION | Part::GERUND);
    let long_clause = clausal(&items[content.clone()]) && items[content.clone()].iter().any(|i| i.kind == Kind::Comma);
    let quote_only = quoted
        .map(|q| &all.quotes[q])
        .is_some_and(|quote| quote.marked || quote.words >= WORDS_WITHOUT_CUE || content.len() == 1 && quote.words > 1);
    let mut pieces = vec![(content.start, content.end)];
    if !clause && !quote_only {
        if items[last].kind == Kind::Comma
            && let Some(piece) = around(frame, cue, inverted.then_some(subject), cues, own)
        {
            pieces.push(piece);
            return Some(Claim { subject: Some(subject), cue: Some(cue), pieces });
        }
        if !long_clause {
            return None;
        }
    }
    // A quotation that ends in its own comma is all that was said, unless a clause leads into it.
    if let Some(piece) = rest(all, frame, cue, inverted.then_some(subject), cues, own) {
        pieces.push(piece);
    }
    Some(Claim { subject: Some(subject), cue: Some(cue), pieces })
}

/// Where the unit that a final attribution closes begins: after the last comma that another attribution left behind.
fn unit_start(frame: &Frame, cues: &[Cue], own: usize, from: usize) -> usize {
    let previous = cues[own - 1].end;
    let items = &frame.items;
    // "A said X, but Y, B said": from the joint on; else the whole, attribution and all.
    (previous..from)
        .find(|i| {
            items[*i].kind == Kind::Semicolon || (items[*i].is(Part::CONTRAST) && items[*i - 1].kind == Kind::Comma)
        })
        .map_or(if items[..from].last().is_some_and(|i| i.quote().is_some()) { from - 1 } else { 0 }, |i| i + 1)
}

/// "The plan, NAME said, is to …": what goes on after an attribution in commas that parts a clause.
fn around(frame: &Frame, cue: Cue, behind: Option<Subject>, cues: &[Cue], own: usize) -> Option<(usize, usize)> {
    let items = &frame.items;
    let from = behind.map_or(cue.end, |s| s.to);
    let comma = (from..items.len().min(from + ATTRIBUTION_ITEMS)).find(|i| items[*i].kind == Kind::Comma)?;
    if clausal(&items[from..comma]) || items[from..comma].iter().any(|i| i.is(Part::THAT) || !i.word()) {
        return None;
    }
    let next = items.get(comma + 1).filter(|n| n.word() && !n.is(Part::RELATIVE))?;
    let participle = cues.get(own + 1).is_some_and(|c| c.start == comma + 1 && c.kind == CueKind::Saying);
    let end = clauses::ending(frame, comma + 1, cues, own);
    if participle || end <= comma + 1 {
        return None;
    }
    let adverbial = next.is(Part::DETERMINER | Part::PREPOSITION);
    (!adverbial || clausal(&items[comma + 1..end])).then_some((comma + 1, end))
}

/// What goes on after a parenthetical attribution: `, "…` or `, …`.
fn rest(
    all: &Frames,
    frame: &Frame,
    cue: Cue,
    behind: Option<Subject>,
    cues: &[Cue],
    own: usize,
) -> Option<(usize, usize)> {
    let items = &frame.items;
    let mut i = behind.map_or(cue.end, |s| s.to);
    // To the first comma or quotation.
    let limit = items.len();
    while i < limit && !matches!(items[i].kind, Kind::Comma | Kind::Quote(_) | Kind::Colon | Kind::Dash) {
        i += 1;
    }
    let at = if i < limit && items[i].quote().is_none() { i + 1 } else { i };
    let next = items.get(at)?;
    if let Some(q) = next.quote() {
        return (all.quotes[q].words >= 2).then_some((at, at + 1));
    }
    if i >= limit || items[i].kind != Kind::Comma || behind.is_some() {
        return None;
    }
    let next_cue = cues.get(own + 1).is_some_and(|c| c.start <= at + 2);
    let stays = next.is(Part::RELATIVE
        | Part::PREPOSITION
        | Part::CONTRAST
        | Part::DETERMINER
        | Part::SUBORDINATE
        | Part::GERUND)
        || next_cue;
    let end = clauses::ending(frame, at, cues, own);
    (!stays && end > at + 1 && clausal(&items[at..end])).then_some((at, end))
}

/// What was said stands after the cue.
fn after(
    all: &Frames,
    frame: &Frame,
    cues: &[Cue],
    own: usize,
    subject: Option<Subject>,
    opening: Opening,
) -> Option<Claim> {
    let items = &frame.items;
    let mut at = opening.at;
    while at < items.len() && !items[at].word() && items[at].quote().is_none() {
        at += 1;
    }
    let mut end = clauses::ending(frame, at, cues, own);
    if let Some(q) = items.get(at).and_then(|i| i.quote())
        && all.quotes[q].marked
    {
        end = at + 1;
    }
    let content = items.get(at..end)?;
    // "wrote it in May": a pronoun without a verb is no clause.
    let pronoun = content.first()?.is(Part::IT);
    let bare = content.get(1).is_none_or(|i| i.is(Part::PREPOSITION | Part::SUBORDINATE | Part::TIME));
    if opening.link == Link::Bare && pronoun && bare && cues[own].kind == CueKind::Say {
        return None;
    }
    let words = content.iter().filter(|i| i.word() || i.quote().is_some()).count();
    (words > 0).then(|| Claim { subject, cue: Some(cues[own]), pieces: vec![(at, end)] })
}

/// "according to NAME": what was said is the rest of the sentence.
fn according(frame: &Frame, cues: &[Cue], own: usize) -> Option<Claim> {
    let cue = cues[own];
    let items = &frame.items;
    let subject = Some(speakers::after(frame, cue.end)?);
    let to = subject.map_or(cue.end, |s| s.to);
    let lead =
        items[..cue.start].iter().all(|i| i.is(Part::CONJUNCTION | Part::ADVERB) || !i.word() && i.quote().is_none());
    if lead {
        let comma = (to..items.len()).find(|i| items[*i].kind == Kind::Comma);
        // "Laut Polizei wurde niemand verletzt": no comma parts them.
        let verb = (to..items.len()).find(|i| items[*i].is(Part::AUXILIARY | Part::VERB));
        let bare = frame.order.verb_first && subject.is_some() && comma.is_none_or(|c| verb.is_some_and(|v| v < c));
        let from = if bare { to } else { comma? + 1 };
        let end = clauses::ending(frame, from, cues, own);
        return (end > from).then(|| Claim { subject, cue: Some(cue), pieces: vec![(from, end)] });
    }
    let mut start = 0;
    while start < cue.start
        && (items[start].is(Part::CONJUNCTION) || !items[start].word() && items[start].quote().is_none())
    {
        start += 1;
    }
    let end = clauses::trim_end(items, start, cue.start);
    (end > start).then(|| Claim { subject, cue: Some(cue), pieces: vec![(start, end)] })
}

/// "NAME zufolge": what was said is the rest of the sentence, before and behind.
fn according_after(frame: &Frame, cues: &[Cue], own: usize) -> Option<Claim> {
    let cue = cues[own];
    let subject = speakers::before(frame, 0, cue.start)?;
    let mut from = cue.end;
    while from < frame.items.len() && !frame.items[from].word() && frame.items[from].quote().is_none() {
        from += 1;
    }
    let end = clauses::ending(frame, from, cues, own);
    let before = (0, clauses::trim_end(&frame.items, 0, subject.from));
    let pieces: Vec<_> = [before, (from, end)].into_iter().filter(|(a, b)| b > a).collect();
    (!pieces.is_empty()).then_some(Claim { subject: Some(subject), cue: Some(cue), pieces })
}

/// Quotations that no cue claims: statements where they are long or all that the sentence holds.
fn unclaimed(all: &Frames, frame: &Frame, found: &mut Vec<Claim>) {
    let items = &frame.items;
    let bare = items.iter().all(|i| !i.word());
    for (at, item) in items.iter().enumerate() {
        let Some(q) = item.quote() else { continue };
        let claimed = found.iter().any(|c| c.pieces.iter().any(|(a, b)| *a <= at && at < *b));
        let quote = &all.quotes[q];
        if claimed || !bare && (quote.words < WORDS_WITHOUT_CUE || quote.title) {
            continue;
        }
        let subject = found.last().and_then(|c| c.subject);
        found.push(Claim { subject, cue: None, pieces: vec![(at, at + 1)] });
    }
}
