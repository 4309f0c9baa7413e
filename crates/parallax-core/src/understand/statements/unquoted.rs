//! The frames of an article without quotation marks, as translated copy often is → speech in the first person that only an
//! attribution before or behind it marks ("We agree on some points. Others are open, said the adviser.").

use super::frames::{Frame, Frames, Kind};
use crate::almanac::Part;

/// Quotations of so many words show that the article marks its quotations.
const MARKED_WORDS: usize = 4;

/// Longest unmarked speech behind a colon, in sentences.
const SPEECH_FRAMES: usize = 30;

/// Does the article quote without marks, as far as one can see?
pub(super) fn without_marks(all: &Frames) -> bool {
    all.quotes.iter().all(|q| q.words < MARKED_WORDS)
}

/// Does the reporter's own sentence speak in the first person?
pub(super) fn first_person(frame: &Frame) -> bool {
    frame.items.iter().any(|i| i.is(Part::FIRST_PERSON))
}

/// The earliest of the sentences right before frame `index` that belong to the speech which its attribution ends: those of its
/// paragraph, without statements of their own (`silent`), from the first that speaks in the first person on.
pub(super) fn beginning(all: &Frames, index: usize, silent: &[bool]) -> Option<usize> {
    let paragraph = all.frames[index].paragraph;
    let run = (0..index).rev().take_while(|i| silent[*i] && all.frames[*i].paragraph == paragraph);
    run.filter(|i| first_person(&all.frames[*i])).last()
}

/// The frames after `index` that go on in the first person, in the same paragraph: the last of them.
pub(super) fn end(all: &Frames, index: usize) -> usize {
    let paragraph = all.frames[index].paragraph;
    (index + 1..all.frames.len().min(index + SPEECH_FRAMES))
        .take_while(|i| all.frames[*i].paragraph == paragraph)
        .last()
        .unwrap_or(index)
}

/// The first item behind a colon, where something stands behind it.
pub(super) fn behind_colon(frame: &Frame) -> Option<usize> {
    let colon = frame.items.iter().position(|i| i.kind == Kind::Colon)?;
    (colon + 2 < frame.items.len()).then_some(colon + 1)
}
