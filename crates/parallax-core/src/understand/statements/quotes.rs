//! The words and marks of one paragraph → its quotations, however their marks are paired.

use crate::almanac::QuoteMarks;
use crate::model::{Span, Text};
use crate::text::Piece;

/// A quotation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quote {
    /// With its marks.
    pub outer: Span,
    /// Without them, and without the space beside them.
    pub inner: Span,
    /// Index of the opening mark among the paragraph's pieces.
    pub first: usize,
    /// Index of the piece after the closing mark.
    pub after: usize,
    /// Words in it.
    pub words: usize,
    /// Are most of its words capitalised, as in the title of a book?
    pub title: bool,
    /// Does it lack its closing mark (it goes on in the next paragraph)?
    pub open: bool,
    /// Does what is inside end a sentence?
    pub full: bool,
    /// Does what is inside end with a mark at which the reporter's words may go on or stop (comma, stop)?
    pub marked: bool,
}

/// Longest quotation within a quotation, in words and marks.
const NESTED_PIECES: usize = 60;
/// Words and marks after an opening single mark among which its closing one is sought.
const SINGLE_QUOTE_PIECES: usize = 400;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// Finds the quotations of a paragraph that begins at byte `offset`. Quotations inside quotations are part of them.
/// `goes_on`: a quotation of the paragraph before was left open, and may end here without having been opened.
pub(super) fn quotes(
    text: &Text,
    line: &str,
    offset: usize,
    pieces: &[Piece<'_>],
    marks: &QuoteMarks,
    goes_on: bool,
) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut opened: Option<usize> = None;
    // Quotations within one that opens the paragraph, in the same marks: “A “b” c”.
    let mut nested = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let Some(side) = side(line, pieces, i, marks) else { continue };
        match opened {
            None if side != Side::Closes => opened = Some(i),
            None if goes_on && found.is_empty() && i > 0 => found.extend(unopened(text, offset, pieces, i)),
            Some(0) if side == Side::Opens && pieces[0].text == piece.text && nests(line, pieces, i, marks) => {
                nested += 1;
            }
            Some(_) if nested > 0 && side == Side::Closes => nested -= 1,
            Some(first) if side != Side::Opens && same_family(pieces[first].text, piece.text) => {
                found.extend(quote(text, offset, pieces, first, i, false));
                opened = None;
            }
            _ => {}
        }
    }
    if let Some(first) = opened {
        found.extend(quote(text, offset, pieces, first, pieces.len(), true));
    }
    found
}

/// Is the mark at `i` closed, and more to come after that?
fn nests(line: &str, pieces: &[Piece<'_>], i: usize, marks: &QuoteMarks) -> bool {
    let mut sides =
        (i + 1..pieces.len().min(i + NESTED_PIECES)).filter_map(|j| Some((j, side(line, pieces, j, marks)?)));
    sides.next().is_some_and(|(j, side)| side == Side::Closes && j + 1 < pieces.len())
}

/// The end of a quotation that was opened in an earlier paragraph.
fn unopened(text: &Text, offset: usize, pieces: &[Piece<'_>], close: usize) -> Option<Quote> {
    let inner = Span::new(offset + pieces[0].start, offset + pieces[close - 1].end());
    let ending = text.slice(inner).chars().next_back().unwrap_or(' ');
    Some(Quote {
        outer: Span { start: inner.start, end: u32::try_from(offset + pieces[close].end()).ok()? },
        inner,
        first: 0,
        after: close + 1,
        words: pieces[..close].iter().filter(|p| p.word).count(),
        title: false,
        open: false,
        full: ends_sentence(ending),
        marked: ends_unit(ending),
    })
}

/// Words of four letters and more are capitalised in titles.
fn is_title(pieces: &[Piece<'_>]) -> bool {
    let long = pieces.iter().filter(|p| p.word && p.text.chars().count() >= 4);
    let (capital, all) =
        long.fold((0, 0), |(c, n), p| (c + usize::from(p.text.starts_with(char::is_uppercase)), n + 1));
    all >= 2 && capital * 10 >= all * 8
}

fn ends_sentence(ending: char) -> bool {
    ".!?…。！？؟।".contains(ending)
}

/// A mark at which the reporter's words may go on or stop.
fn ends_unit(ending: char) -> bool {
    ends_sentence(ending) || ",،，;-–—".contains(ending)
}

/// Which side of a quotation a mark stands on: by the language's habit, or where the mark may be either, by the spaces around it.
fn side(line: &str, pieces: &[Piece<'_>], i: usize, marks: &QuoteMarks) -> Option<Side> {
    let piece = &pieces[i];
    if piece.word {
        return None;
    }
    let opens = contains(&marks.open, piece.text);
    let closes = contains(&marks.close, piece.text);
    match (opens, closes) {
        (true, false)
            if is_single(piece.text) && (!clear_left(line, piece) || !single_closes(line, pieces, i, marks)) =>
        {
            None
        }
        (false, true) if is_single(piece.text) && !clear_right(line, piece) => None,
        (true, false) => Some(Side::Opens),
        (false, true) => Some(Side::Closes),
        (false, false) => None,
        (true, true) => {
            let sides = (clear_left(line, piece), clear_right(line, piece));
            let single = is_single(piece.text);
            match sides {
                (true, false) if single && !single_closes(line, pieces, i, marks) => None,
                (true, false) => Some(Side::Opens),
                (false, true) => Some(Side::Closes),
                _ => (!single).then_some(Side::Either),
            }
        }
    }
}

fn contains(marks: &[String], mark: &str) -> bool {
    marks.iter().any(|m| m == mark)
}

/// Is there room before the mark, as before an opening one?
fn clear_left(line: &str, piece: &Piece<'_>) -> bool {
    line[..piece.start].chars().next_back().is_none_or(|c| c.is_whitespace() || "([{—–-:/".contains(c))
}

/// Is there room after the mark, as after a closing one?
fn clear_right(line: &str, piece: &Piece<'_>) -> bool {
    line[piece.end()..].chars().next().is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-…/".contains(c))
}

/// A single mark opens a quotation only where another closes it: it may be an apostrophe ("the '90s").
fn single_closes(line: &str, pieces: &[Piece<'_>], i: usize, marks: &QuoteMarks) -> bool {
    pieces[i + 1..]
        .iter()
        .take(SINGLE_QUOTE_PIECES)
        .any(|p| contains(&marks.close, p.text) && is_single(p.text) && clear_right(line, p) && !clear_left(line, p))
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "‘" | "’" | "‚" | "‹" | "›" | "`")
}

/// Can the second mark close what the first opened? Typists mix the double marks; single and double don't close one another.
fn same_family(open: &str, close: &str) -> bool {
    const CORNER: &str = "「」『』《》〈〉﹁﹂";
    let family = |mark: &str| (is_single(mark), CORNER.contains(mark));
    family(open) == family(close)
}

fn quote(text: &Text, offset: usize, pieces: &[Piece<'_>], first: usize, last: usize, open: bool) -> Option<Quote> {
    let inside = &pieces[first + 1..last];
    let words = inside.iter().filter(|p| p.word).count();
    if words == 0 {
        return None;
    }
    let start = offset + pieces[first].start;
    let inner = Span::new(offset + inside[0].start, offset + inside[inside.len() - 1].end());
    let end = if open { inner.end as usize } else { offset + pieces[last].end() };
    let ending = text.slice(inner).chars().next_back().unwrap_or(' ');
    Some(Quote {
        outer: Span::new(start, end),
        inner,
        first,
        after: (last + 1).min(pieces.len()),
        words,
        title: is_title(inside),
        open,
        full: ends_sentence(ending),
        marked: ends_unit(ending),
    })
}
