//! A frame → the words in it that report speech.

use super::frames::{Frame, Kind};
use crate::almanac::{CueKind, Part, Phrase, Reporting, fits};

/// Bytes of a Han character.
const HAN_BYTES: usize = 3;

/// A cue among a frame's items.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cue {
    /// First item.
    pub start: usize,
    /// Item after the last.
    pub end: usize,
    pub kind: CueKind,
}

/// Finds the cues of a frame, in order; none overlaps another.
pub(super) fn cues(frame: &Frame, reporting: &Reporting) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < frame.items.len() {
        let cue = cue_at(frame, i, reporting);
        i = cue.map_or(i + 1, |c| c.end);
        found.extend(cue);
    }
    found
}

fn cue_at(frame: &Frame, i: usize, reporting: &Reporting) -> Option<Cue> {
    let item = &frame.items[i];
    if !item.word() {
        return None;
    }
    reporting
        .lexicon
        .phrases(&item.key)
        .filter(|phrase| matches(frame, i, phrase))
        .map(|phrase| Cue { start: i, end: i + phrase.words.len(), kind: phrase.kind })
        .find(|cue| stands(frame, *cue))
}

fn matches(frame: &Frame, i: usize, phrase: &Phrase) -> bool {
    phrase
        .words
        .iter()
        .enumerate()
        .all(|(n, word)| frame.items.get(i + n).is_some_and(|it| it.word() && fits(word, &it.key)))
}

/// Is it used as a cue here: not as a noun, not in the infinitive, not in the passive?
fn stands(frame: &Frame, cue: Cue) -> bool {
    let before = cue.start.checked_sub(1).map(|i| &frame.items[i]);
    let after = frame.items.get(cue.end);
    match cue.kind {
        // "据", "说": a character may be part of a longer word; only where a mark bounds it can one be sure.
        CueKind::According if frame.items[cue.start].span.len() == HAN_BYTES && alone(frame, cue) => {
            before.is_none_or(|b| !b.word())
        }
        CueKind::Say if frame.items[cue.start].span.len() == HAN_BYTES && alone(frame, cue) => {
            after.is_none_or(|a| !a.word())
        }
        CueKind::According | CueKind::AccordingAfter => true,
        CueKind::Saying | CueKind::Judging => {
            before.is_none_or(|b| !b.is(Part::AUXILIARY | Part::DETERMINER | Part::PREPOSITION) || b.is(Part::ADVERB))
        }
        CueKind::Aside => {
            before.is_some_and(|b| matches!(b.kind, Kind::Comma | Kind::Quote(_) | Kind::Dash))
                && after.is_some_and(|a| a.word() && (a.capital || a.is(Part::DETERMINER)))
        }
        CueKind::Noun => after.is_some_and(|a| a.is(Part::THAT)),
        _ => {
            let Some(before) = before else { return true };
            let noun = before.is(Part::DETERMINER | Part::PREPOSITION | Part::INFINITIVE)
                && !before.is(Part::HE | Part::SHE | Part::THEY | Part::IT | Part::RELATIVE | Part::ADVERB);
            let possessive = before.key.ends_with("'s") || before.key.ends_with("s'");
            let passive = passive_before(frame, cue.start);
            !noun && !possessive && !passive && before.kind != Kind::Other
        }
    }
}

/// Is the cue one Han character?
fn alone(frame: &Frame, cue: Cue) -> bool {
    let key = &frame.items[cue.start].key;
    cue.end == cue.start + 1 && key.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

fn passive_before(frame: &Frame, at: usize) -> bool {
    let mut i = at;
    while let Some(before) = i.checked_sub(1) {
        let item = &frame.items[before];
        if item.is(Part::PASSIVE) {
            return true;
        }
        if !item.is(Part::ADVERB) {
            return false;
        }
        i = before;
    }
    false
}
