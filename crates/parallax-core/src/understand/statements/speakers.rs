//! A cue in a frame → the words that name its speaker.

use super::frames::{Frame, Item, Kind};
use crate::almanac::Part;
use crate::model::Span;

/// The words of a speaker, as items of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Subject {
    /// First item of the name or role.
    pub start: usize,
    /// Item after its last.
    pub end: usize,
    /// First item of all that belongs to it, appositions included.
    pub from: usize,
    /// Item after all that belongs to it.
    pub to: usize,
}

/// What a noun phrase never runs over.
const BREAKS: Part = Part(
    Part::THAT.0
        | Part::SUBORDINATE.0
        | Part::CONTRAST.0
        | Part::RELATIVE.0
        | Part::AUXILIARY.0
        | Part::VERB.0
        | Part::PARTICIPLE.0
        | Part::INFINITIVE.0,
);
const PRONOUNS: Part = Part(Part::HE.0 | Part::SHE.0 | Part::THEY.0 | Part::IT.0 | Part::RELATIVE.0);
/// Longest apposition, in items, that is looked over between a speaker and the verb.
const APPOSITION_ITEMS: usize = 30;

/// The span of some items.
pub(super) fn span(frame: &Frame, start: usize, end: usize) -> Span {
    Span { start: frame.items[start].span.start, end: frame.items[end - 1].span.end }
}

/// Does a stretch of items hold a finite verb, so that it is a clause?
pub(super) fn clausal(items: &[Item]) -> bool {
    items.iter().any(|i| i.is(Part::AUXILIARY) || i.is(Part::VERB | Part::PARTICIPLE) && !i.capital)
}

/// The same for an apposition, where a participle alone makes no clause ("a customer based in Boston").
fn finite(items: &[Item]) -> bool {
    items.iter().any(|i| i.is(Part::AUXILIARY | Part::VERB) && !i.capital)
}

/// The noun phrase that ends before item `at`, and does not begin before `floor`.
pub(super) fn before(frame: &Frame, floor: usize, at: usize) -> Option<Subject> {
    let mut end = at;
    while end > floor && passes(&frame.items[end - 1]) {
        end -= 1;
    }
    if end == floor {
        return None;
    }
    match frame.items[end - 1].kind {
        Kind::Comma | Kind::Dash => apposed(frame, floor, end - 1, at),
        Kind::Word | Kind::Aside => {
            let (start, last) = phrase_before(frame, floor, end)?;
            // "Am Montag sagte NAME": what stands before the verb is no subject.
            if frame.order.verb_first
                && frame.items[start].is(Part::PREPOSITION | Part::TIME)
                && !frame.items[start].is(PRONOUNS)
            {
                return None;
            }
            // "NAME in Berlin said": where they spoke is no part of who spoke.
            let place =
                (start + 1..last).find(|i| frame.items[*i].is(Part::PREPOSITION) && !frame.items[*i].is(Part::OF));
            let last = place.unwrap_or(last);
            Some(with_name_behind(frame, floor, Subject { start, end: last, from: start, to: at }))
        }
        _ => None,
    }
}

/// Stands beside a verb without being its subject.
fn passes(item: &Item) -> bool {
    item.is(Part::AUXILIARY | Part::ADVERB | Part::TIME | Part::SUBJECT_MARK)
        && !item.is(PRONOUNS)
        && (!item.capital || item.is(Part::TIME | Part::AUXILIARY))
}

/// "NAME, who is …, said" and "NAME, a doctor, said": `comma` closes the apposition.
fn apposed(frame: &Frame, floor: usize, comma: usize, at: usize) -> Option<Subject> {
    let mut open = comma;
    let least = floor.max(comma.saturating_sub(APPOSITION_ITEMS));
    let mut best = None;
    while open > least {
        open -= 1;
        if !matches!(frame.items[open].kind, Kind::Comma | Kind::Dash) {
            if matches!(frame.items[open].kind, Kind::Colon | Kind::Semicolon) {
                break;
            }
            continue;
        }
        let inside = &frame.items[open + 1..comma];
        if open == floor || frame.items[open - 1].quote().is_some() {
            break;
        }
        let relative = inside.first().is_some_and(|i| i.is(Part::RELATIVE));
        if inside.is_empty() || (finite(inside) && !relative) {
            break;
        }
        if let Some((start, end)) = phrase_before(frame, floor, open) {
            // "A spokesman for the union, NAME, said": the name is the better wording.
            let named = nominal(&frame.items[start..end])
                && frame.items[start].is(Part::DETERMINER)
                && inside.len() > 1
                && inside.iter().all(|i| i.capital || !i.word());
            let (start, end, from) = if named { (open + 1, comma, start) } else { (start, end, start) };
            best = Some(Subject { start, end, from, to: at });
            if relative || has_name(&frame.items[start..end]) {
                break;
            }
        }
    }
    best
}

/// "the Kremlin's aide, NAME, said": the noun phrase before a name in commas belongs to it; the name is the speaker.
fn with_name_behind(frame: &Frame, floor: usize, subject: Subject) -> Subject {
    let Some(comma) = subject.start.checked_sub(1).filter(|c| *c > floor && frame.items[*c].kind == Kind::Comma) else {
        return subject;
    };
    let Some((start, end)) = phrase_before(frame, floor, comma) else { return subject };
    let apposition = frame.items[start].is(Part::DETERMINER)
        && end == comma
        && start > floor
        && frame.items[start - 1].kind == Kind::Comma
        && has_name(&frame.items[subject.start..subject.end]);
    if apposition { Subject { from: start, ..subject } } else { subject }
}

/// Is there a capital that no sentence beginning gives?
fn has_name(items: &[Item]) -> bool {
    items.iter().any(|i| i.word() && i.capital && !i.is(Part::DETERMINER | Part::PREPOSITION))
}

/// The noun phrase whose last item is `end - 1`: its first item and the one after its last.
fn phrase_before(frame: &Frame, floor: usize, end: usize) -> Option<(usize, usize)> {
    let items = &frame.items;
    let last = items[..end].iter().rposition(Item::word).filter(|l| *l >= floor)? + 1;
    if items[last - 1].is(PRONOUNS) && (!items[last - 1].is(Part::DETERMINER) || last == end) {
        return Some((last - 1, last));
    }
    let mut start = last;
    let mut joint = None;
    while start > floor {
        let item = &items[start - 1];
        match item.kind {
            Kind::Aside | Kind::Stop => {}
            Kind::Word if item.is(Part::CONJUNCTION) && !item.is(Part::CONTRAST) => {
                if joint.is_some() {
                    break;
                }
                joint = Some(start - 1);
            }
            Kind::Word if item.is(BREAKS) && !proper(items, start - 1, floor) => break,
            Kind::Word if item.is(PRONOUNS | Part::FIRST_PERSON) && !item.is(Part::DETERMINER) => break,
            Kind::Word => {}
            _ => break,
        }
        start -= 1;
    }
    // "A and B said" has two speakers; "did this and B said" has one.
    if let Some(joint) = joint {
        let stopped = start > floor && items[start - 1].is(BREAKS | PRONOUNS);
        let empty = start == joint;
        if stopped || empty || !nominal(&items[start..joint]) {
            start = joint + 1;
        }
    }
    while start < last && !items[start].word() {
        start += 1;
    }
    start = after_adverbial(items, start, last);
    (start < last).then_some((start, last))
}

/// A capitalised word inside a name is no verb ("United", "May").
fn proper(items: &[Item], i: usize, floor: usize) -> bool {
    // "the printed card", "a convicted man": a participle after a determiner is none either.
    if items[i].is(Part::PARTICIPLE) && i > floor && items[i - 1].is(Part::DETERMINER) {
        return true;
    }
    items[i].capital && i > floor && !items[i].is(Part::AUXILIARY | Part::RELATIVE | Part::THAT)
}

/// Does it look like a noun phrase: a determiner or a capital at its head?
fn nominal(items: &[Item]) -> bool {
    items.iter().find(|i| i.word()).is_some_and(|i| i.capital || i.is(Part::DETERMINER))
}

/// Leaves out what goes before the subject without a comma: "On Monday the company", "In Berlin Smith".
fn after_adverbial(items: &[Item], mut start: usize, last: usize) -> usize {
    while start < last
        && (items[start].is(Part::ADVERB | Part::CONJUNCTION | Part::TIME))
        && !items[start].is(Part::DETERMINER)
    {
        start += 1;
    }
    if start >= last || !items[start].is(Part::PREPOSITION) {
        return start;
    }
    if let Some(time) = (start..last - 1).find(|i| items[*i].is(Part::TIME)) {
        return time + 1;
    }
    let again = (start + 2..last).find(|i| items[*i].is(Part::DETERMINER));
    let capitals = items[..last].iter().rposition(|i| !i.capital).map_or(start, |i| i + 1);
    match again {
        Some(again) => again,
        None if capitals > start + 1 && capitals < last => capitals,
        None => start,
    }
}

/// The noun phrase that begins at item `at`: "said NAME, the mayor". Its end is the first item that can't be of it.
pub(super) fn after(frame: &Frame, at: usize) -> Option<Subject> {
    let items = &frame.items;
    let first = items.get(at).filter(|i| i.word() || i.quote().is_some())?;
    if first.is(PRONOUNS) && (!first.is(Part::DETERMINER) || items.get(at + 1).is_none_or(|n| !n.word())) {
        return Some(Subject { start: at, end: at + 1, from: at, to: at + 1 });
    }
    if first.is(BREAKS | Part::PREPOSITION | Part::TIME) && !first.is(Part::DETERMINER) && !first.capital {
        return None;
    }
    let mut end = at + 1;
    while end < items.len() {
        let item = &items[end];
        let goes_on = match item.kind {
            Kind::Aside => true,
            Kind::Stop => end + 1 < items.len() && items[end + 1].word(),
            Kind::Word => {
                let stops = item.is(BREAKS | Part::TIME | PRONOUNS)
                    || (item.is(Part::PREPOSITION) && !item.is(Part::OF))
                    || (item.is(Part::ADVERB) && !item.capital);
                let glue = item.is(Part::OF) && items.get(end + 1).is_some_and(|n| n.word() && !n.is(Part::TIME));
                let adjective = item.is(Part::PARTICIPLE) && items[end - 1].is(Part::DETERMINER);
                glue || adjective || !stops || (item.capital && !item.is(Part::TIME | Part::THAT))
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    while end > at && (!items[end - 1].word() || items[end - 1].is(Part::OF | Part::CONJUNCTION)) {
        end -= 1;
    }
    (end > at).then_some(Subject { start: at, end, from: at, to: end })
}

/// The name right before a verb without a subject of its own: "with NAME hours later accusing them".
pub(super) fn beside(frame: &Frame, floor: usize, at: usize) -> Option<Subject> {
    let mut subject = before(frame, floor, at)?;
    while subject.start + 1 < subject.end && frame.items[subject.start].is(Part::PREPOSITION) {
        subject.start += 1;
    }
    let first = &frame.items[subject.start];
    let adjoins = frame.items[subject.end..at].iter().all(|i| i.word() && !i.is(Part::CONJUNCTION));
    (adjoins && first.capital && subject.start > 0 && !first.is(Part::DETERMINER | Part::PREPOSITION | PRONOUNS))
        .then_some(subject)
}

/// Whose noun it is: "NAME's claim that".
pub(super) fn owner(frame: &Frame, floor: usize, noun: usize) -> Option<Subject> {
    let near = noun.saturating_sub(3).max(floor);
    let at = (near..noun).rev().find(|i| frame.items[*i].key.ends_with("'s") || frame.items[*i].key.ends_with("s'"))?;
    let (start, end) = phrase_before(frame, floor, at + 1)?;
    Some(Subject { start, end, from: start, to: noun })
}

/// The subject of the frame's own main clause, for verbs without one ("…, adding that").
pub(super) fn first(frame: &Frame, limit: usize) -> Option<Subject> {
    let items = &frame.items;
    let limit = limit.min(items.len());
    let mut start = 0;
    // An adverbial in front: "After the talks, NAME …", "Asked about it, NAME …".
    let adverbial = Part::PREPOSITION | Part::SUBORDINATE | Part::GERUND | Part::PARTICIPLE;
    if items.first().is_some_and(|i| i.is(adverbial) && !i.is(Part::DETERMINER)) {
        let ends = |i: &Item| i.kind == Kind::Comma || i.quote().is_some();
        start = items[..limit].iter().position(ends).map_or(0, |c| c + 1);
    }
    while start < limit && (!items[start].word() || items[start].is(Part::CONJUNCTION | Part::ADVERB)) {
        start += 1;
    }
    let subject = after(frame, start)?;
    (subject.end <= limit).then_some(subject)
}
