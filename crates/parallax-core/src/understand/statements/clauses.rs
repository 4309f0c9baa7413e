//! A cue in a frame → where what was said begins and ends.

use super::cues::Cue;
use super::frames::{Frame, Item, Kind};
use super::speakers;
use crate::almanac::{CueKind, Order, Part};

/// Items between a verb and what was said that are looked over ("said in a long interview on Monday that").
const BETWEEN_ITEMS: usize = 24;

/// How what was said is linked to the words before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Link {
    /// Nothing but position.
    Bare,
    /// A comma.
    Comma,
    /// "that".
    That,
    /// A colon or a quotation mark.
    Mark,
}

/// Where what was said begins after a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Opening {
    pub at: usize,
    pub link: Link,
}

/// Finds the beginning of what was said after item `from`; `hearer` where the verb names one first.
pub(super) fn opening(frame: &Frame, from: usize, hearer: bool, order: Order) -> Option<Opening> {
    let items = &frame.items;
    let limit = items.len().min(from + BETWEEN_ITEMS);
    let mut i = from;
    if hearer {
        i = after_hearer(frame, i);
    }
    while i < limit {
        let item = &items[i];
        match item.kind {
            Kind::Colon => return (i + 1 < items.len()).then_some(Opening { at: i + 1, link: Link::Mark }),
            Kind::Quote(_) => return Some(Opening { at: i, link: Link::Mark }),
            Kind::Comma | Kind::Dash => return after_comma(items, i, order),
            Kind::Word if item.is(Part::QUESTION) || item.is(Part::THAT) && bare_pronoun(items, i) => {
                return Some(Opening { at: i, link: Link::That });
            }
            Kind::Word if item.is(Part::THAT) => {
                return (i + 1 < items.len()).then_some(Opening { at: i + 1, link: Link::That });
            }
            Kind::Word
                if item.is(Part::PREPOSITION) && !item.is(Part::INFINITIVE | Part::DETERMINER)
                    || item.is(Part::INFINITIVE) && !deed(items, i) =>
            {
                i = after_preposition(items, i, limit);
            }
            Kind::Word
                if item.is(Part::ADVERB | Part::TIME) && !item.is(Part::DETERMINER) && !item.capital
                    || item.is(Part::TIME) =>
            {
                i += 1;
            }
            Kind::Aside => i += 1,
            Kind::Word if order.bare_clause => return Some(Opening { at: i, link: Link::Bare }),
            Kind::Word => i += 1,
            _ => return None,
        }
    }
    None
}

/// After a comma: a quotation, a linked clause, or where the language parts clauses so, any clause.
fn after_comma(items: &[Item], comma: usize, order: Order) -> Option<Opening> {
    let next = items.get(comma + 1)?;
    if next.quote().is_some() {
        return Some(Opening { at: comma + 1, link: Link::Mark });
    }
    if next.is(Part::THAT) && order.comma_clause {
        let at = comma + 2;
        return (at < items.len()).then_some(Opening { at, link: Link::That });
    }
    // "claimed, while the talks went on, that …"
    let linked = |i: &usize| items[*i].kind == Kind::Comma && items.get(i + 1).is_some_and(|n| n.is(Part::THAT));
    if (order.verb_first || next.is(Part::SUBORDINATE | Part::PREPOSITION | Part::GERUND))
        && let Some(at) = (comma + 2..items.len().min(comma + BETWEEN_ITEMS)).find(linked)
    {
        return (at + 2 < items.len()).then_some(Opening { at: at + 2, link: Link::That });
    }
    (order.comma_clause && !next.is(Part::RELATIVE | Part::CONTRAST))
        .then_some(Opening { at: comma + 1, link: Link::Comma })
}

/// "said that was wrong": a subject, no link.
fn bare_pronoun(items: &[Item], i: usize) -> bool {
    items.get(i + 1).is_some_and(|n| n.is(Part::AUXILIARY) && !n.is(Part::SUBORDINATE))
}

/// "to leave": an infinitive, not a direction.
fn deed(items: &[Item], i: usize) -> bool {
    items.get(i + 1).is_some_and(|n| {
        n.word() && !n.capital && !n.is(Part::DETERMINER | Part::FIRST_PERSON) && !n.key.ends_with('s')
    })
}

/// Over the person told: a pronoun, a name, "a group of reporters".
fn after_hearer(frame: &Frame, from: usize) -> usize {
    let items = &frame.items;
    let mut i = from;
    let mut seen = 0;
    while let Some(item) = items.get(i) {
        let ends = !item.word() && item.kind != Kind::Aside && item.kind != Kind::Stop
            || item.is(Part::THAT | Part::INFINITIVE | Part::RELATIVE)
            || seen > 0
                && (item.is(Part::HE | Part::SHE | Part::THEY | Part::IT | Part::TIME | Part::FIRST_PERSON)
                    || item.is(Part::DETERMINER) && !items[i - 1].is(Part::OF | Part::CONJUNCTION | Part::DETERMINER)
                    || item.is(Part::PREPOSITION) && !item.is(Part::OF)
                    || item.is(Part::OF)
                        && !items[i - 1].is(Part::DETERMINER)
                        && items[i - 1].capital
                        && !item.is(Part::CONJUNCTION));
        if ends || seen > 12 {
            break;
        }
        seen += 1;
        i += 1;
    }
    i
}

/// Over "in a statement", "on Monday", "at a rally in Ohio".
fn after_preposition(items: &[Item], from: usize, limit: usize) -> usize {
    let mut i = from + 1;
    let mut nouns = 0;
    while i < limit {
        let item = &items[i];
        if !item.word() {
            break;
        }
        let pronoun =
            item.is(Part::HE | Part::SHE | Part::THEY | Part::IT | Part::FIRST_PERSON) && !item.is(Part::DETERMINER);
        let opens = item.is(Part::DETERMINER) && nouns > 0
            || item.is(Part::THAT) && !(nouns == 0 && item.is(Part::DETERMINER))
            || item.is(Part::PREPOSITION)
            || item.is(Part::INFINITIVE)
            || pronoun && nouns > 0
            || nouns > 0 && item.capital && !items[i - 1].capital && !item.is(Part::TIME)
            || item.is(Part::AUXILIARY);
        if opens {
            break;
        }
        if item.is(Part::TIME) && items[i - 1].is(Part::PREPOSITION) {
            i += 1;
            break;
        }
        if !item.is(Part::DETERMINER) {
            nouns += 1;
        }
        i += 1;
    }
    i.max(from + 1)
}

/// The item after the last of what was said, which begins at `from`. `cues` are all of the frame, `own` the index of this one.
pub(super) fn ending(frame: &Frame, from: usize, cues: &[Cue], own: usize) -> usize {
    let items = &frame.items;
    // A quotation that ends with its own stop or comma is all of it.
    let mut end = items.len();
    for next in &cues[own + 1..] {
        if next.start <= from {
            continue;
        }
        if let Some(cut) = cut_before(frame, from, *next) {
            end = cut;
            break;
        }
    }
    trim_end(items, from, end)
}

/// Where a later cue begins a unit of its own, the item at which what was said before it ends.
fn cut_before(frame: &Frame, from: usize, next: Cue) -> Option<usize> {
    let items = &frame.items;
    let mut at = next.start;
    while at > from && items[at - 1].is(Part::ADVERB | Part::AUXILIARY) && !items[at - 1].is(Part::CONJUNCTION) {
        at -= 1;
    }
    if at <= from {
        return None;
    }
    let before = &items[at - 1];
    match next.kind {
        CueKind::Saying | CueKind::Judging | CueKind::According | CueKind::Aside => {
            (before.kind == Kind::Comma || before.kind == Kind::Dash || before.is(Part::CONJUNCTION)).then_some(at - 1)
        }
        CueKind::AccordingAfter => None,
        // "…, while issuing a warning that": another act of the same speaker's.
        CueKind::Noun => (at.saturating_sub(4).max(from + 1)..at)
            .find(|i| items[*i].is(Part::GERUND) && items[*i - 1].is(Part::SUBORDINATE))
            .map(|i| i - 1),
        _ => {
            if before.is(Part::CONJUNCTION) {
                let comma = at >= 2 && items[at - 2].kind == Kind::Comma;
                return Some(if comma { at - 2 } else { at - 1 });
            }
            let subject = speakers::before(frame, from, next.start)?;
            let lead = subject.from.checked_sub(1).filter(|l| *l > from)?;
            let conjunction = items[lead].is(Part::CONJUNCTION);
            let comma = if conjunction { lead.checked_sub(1)? } else { lead };
            (comma > from && items[comma].kind == Kind::Comma).then_some(comma)
        }
    }
}

/// Leaves out marks and joining words at the end.
pub(super) fn trim_end(items: &[Item], from: usize, mut end: usize) -> usize {
    while end > from {
        let item = &items[end - 1];
        let mark = !item.word() && item.quote().is_none() && item.kind != Kind::Aside;
        if !mark && !item.is(Part::CONJUNCTION) {
            break;
        }
        end -= 1;
    }
    end
}
