//! A frame of a language whose verb ends the sentence → who spoke and what was said: "NAMEは「…」と述べた", "NAME, … olduğunu söyledi".

use super::attribute::Claim;
use super::cues::Cue;
use super::frames::{Frame, Frames, Item, Kind};
use super::speakers::Subject;
use crate::almanac::{Part, Reporting};

/// Longest subject, in items, that a comma may close.
const SUBJECT_ITEMS: usize = 14;
/// Items between a quotation and the verb that reports it.
const BETWEEN_ITEMS: usize = 16;

/// The statement that a verb at the end reports; `floor` is the item after the verb before.
pub(super) fn claim(all: &Frames, frame: &Frame, reporting: &Reporting, cue: Cue, floor: usize) -> Option<Claim> {
    let items = &frame.items;
    let marked = !reporting.words.subject_mark.is_empty();
    let reports = |q: usize| q + 1 == cue.start || !items[q + 1].word() || items[q + 1].is(Part::QUOTE_MARK) || !marked;
    let quote = (floor..cue.start).rev().find(|i| items[*i].quote().is_some());
    let quote = quote.filter(|q| cue.start - q <= BETWEEN_ITEMS && reports(*q));
    let subject = match marked {
        true => by_mark(frame, floor, quote, cue.start),
        false => by_comma(frame, floor, quote.unwrap_or(cue.start)),
    };
    if let Some(q) = quote.filter(|q| items[*q].quote().is_some_and(|q| all.quotes[q].words > 1)) {
        return Some(Claim { subject, cue: Some(cue), pieces: vec![(q, q + 1)] });
    }
    // In the reporter's words: up to the mark that the verb follows.
    let mut end = cue.start;
    let mut seen_mark = !marked;
    while end > floor {
        let item = &items[end - 1];
        let mark = item.is(Part::QUOTE_MARK);
        seen_mark |= mark;
        // "다고" is written on the word before, which stays.
        let written_on = mark && !reporting.words.quote_mark.contains(&item.key);
        if written_on || !(mark || item.is(Part::ADVERB) || !item.word() && item.quote().is_none()) {
            break;
        }
        end -= 1;
    }
    let subject = subject.filter(|s| s.to < end)?;
    let mut start = subject.to;
    while start < end && !items[start].word() && items[start].quote().is_none() {
        start += 1;
    }
    let words = items[start..end].iter().filter(|i| i.word()).count();
    (seen_mark && words >= 2).then(|| Claim { subject: Some(subject), cue: Some(cue), pieces: vec![(start, end)] })
}

/// The noun phrase that a particle marks as subject: the one between the quotation and the verb, or the first before it.
fn by_mark(frame: &Frame, floor: usize, quote: Option<usize>, cue: usize) -> Option<Subject> {
    let items = &frame.items;
    let mark = |from: usize, to: usize| (from..to).find(|i| items[*i].is(Part::SUBJECT_MARK));
    let (low, at) = match quote {
        Some(q) => mark(q + 1, cue).map(|m| (q + 1, m)).or_else(|| mark(floor, q).map(|m| (floor, m)))?,
        None => (floor, mark(floor, cue)?),
    };
    let belongs = |i: &Item| (i.word() || i.kind == Kind::Aside) && !i.is(Part::QUOTE_MARK);
    let mut start = at;
    while start > low && belongs(&items[start - 1]) {
        start -= 1;
    }
    // The particle is a word of its own, or the end of the last word.
    let end = if items[at].key.chars().count() > 1 { at + 1 } else { at };
    while start < end && items[start].is(Part::ADVERB | Part::CONJUNCTION | Part::TIME) {
        start += 1;
    }
    (start < end).then_some(Subject { start, end, from: start, to: at + 1 })
}

/// The noun phrase before the first comma, or the capitalised words that the sentence begins with.
fn by_comma(frame: &Frame, floor: usize, before: usize) -> Option<Subject> {
    let items = &frame.items;
    let skipped = |i: &Item| !i.word() || i.is(Part::ADVERB | Part::CONJUNCTION | Part::TIME);
    let start = (floor..before).find(|i| !skipped(&items[*i]))?;
    let comma = (start..before.min(start + SUBJECT_ITEMS)).find(|i| items[*i].kind == Kind::Comma);
    let capitals = (start..before).find(|i| !items[*i].capital && items[*i].kind != Kind::Aside).unwrap_or(before);
    let end = comma.filter(|c| items[start..*c].iter().any(|i| i.capital)).unwrap_or(capitals);
    (end > start && items[start..end].iter().any(Item::word)).then_some(Subject { start, end, from: start, to: end })
}
