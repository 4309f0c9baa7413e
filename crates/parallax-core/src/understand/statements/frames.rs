//! A text → frames: the reporter's own sentences, in which a quotation is one item however many sentences it holds.

use super::quotes::{Quote, quotes};
use crate::almanac::{CueKind, Order, Part, Reporting};
use crate::limits::FRAME_ITEMS;
use crate::model::{Sentence, Span, Text};
use crate::text::{Piece, pieces};

/// What an item of a frame is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Word,
    Comma,
    Colon,
    Semicolon,
    Dash,
    Stop,
    /// Something in brackets.
    Aside,
    /// A quotation, by index into `Frames::quotes`.
    Quote(usize),
    Other,
}

/// A word, a mark, an aside or a quotation.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub kind: Kind,
    pub span: Span,
    /// Folded; empty where it is no word.
    pub key: String,
    pub parts: Part,
    pub capital: bool,
}

impl Item {
    pub fn is(&self, part: Part) -> bool {
        self.parts.any(part)
    }
    pub fn word(&self) -> bool {
        self.kind == Kind::Word
    }
    pub fn quote(&self) -> Option<usize> {
        match self.kind {
            Kind::Quote(index) => Some(index),
            _ => None,
        }
    }
}

/// One sentence of the reporter's.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub items: Vec<Item>,
    pub paragraph: usize,
    /// How its language builds reported speech.
    pub order: Order,
}

/// All frames of a text, and the quotations in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Frames {
    pub frames: Vec<Frame>,
    pub quotes: Vec<Quote>,
}

/// Cuts a text into frames.
pub(super) fn frames(text: &Text, sentences: &[Sentence], reporting: &Reporting) -> Frames {
    let mut all = Frames::default();
    let mut ends = sentences.iter().map(|s| s.span.end as usize).peekable();
    let mut offset = 0;
    let mut paragraph = 0;
    for line in text.split('\n') {
        let mut line_ends = Vec::new();
        while let Some(end) = ends.next_if(|end| *end <= offset + line.len()) {
            line_ends.push(end);
        }
        if !line.trim().is_empty() {
            one_line(&mut all, text, line, offset, paragraph, &line_ends, reporting);
            paragraph += 1;
        }
        offset += line.len() + 1;
    }
    all
}

fn one_line(
    all: &mut Frames,
    text: &Text,
    line: &str,
    offset: usize,
    paragraph: usize,
    ends: &[usize],
    reporting: &Reporting,
) {
    let pieces: Vec<Piece<'_>> = pieces(line).collect();
    let goes_on =
        all.quotes.last().is_some_and(|q| q.open) && all.frames.last().is_some_and(|f| f.paragraph + 1 == paragraph);
    let quoted = quotes(text, line, offset, &pieces, &reporting.quotes, goes_on);
    let mut ends = ends.iter().copied().peekable();
    let mut quoted = quoted.into_iter().peekable();
    let mut items: Vec<Item> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        let mut full = false;
        if let Some(quote) = quoted.next_if(|q| q.first == i) {
            i = quote.after;
            full = quote.full;
            items.push(Item { kind: Kind::Quote(all.quotes.len()), span: quote.outer, ..blank() });
            all.quotes.push(quote);
        } else if let Some(after) = aside(&pieces, i) {
            let span = Span::new(offset + pieces[i].start, offset + pieces[after - 1].end());
            items.push(Item { kind: Kind::Aside, span, ..blank() });
            i = after;
        } else {
            items.push(item(&pieces[i], line, offset, reporting));
            i += 1;
        }
        let at = items.last().map_or(0, |item| item.span.end as usize);
        let mut boundary = false;
        while ends.next_if(|end| *end <= at).is_some() {
            boundary = true;
        }
        // Where the sentence ends inside the quotation's last mark, the quotation ends it only if nothing of the reporter's goes on.
        let goes_on = full && attribution_follows(line, &pieces[i..], reporting);
        let ended = match items.last().map(|item| item.kind) {
            Some(Kind::Quote(_)) => boundary && full && !goes_on,
            _ => boundary,
        } || items.len() >= FRAME_ITEMS;
        if ended {
            all.frames.push(Frame { items: std::mem::take(&mut items), paragraph, order: reporting.order });
        }
    }
    if !items.is_empty() {
        all.frames.push(Frame { items, paragraph, order: reporting.order });
    }
}

fn blank() -> Item {
    Item { kind: Kind::Other, span: Span::default(), key: String::new(), parts: Part::default(), capital: false }
}

/// Index after the bracket that a bracket at `i` belongs to; brackets left open, or longer than forty pieces, are no aside.
fn aside(pieces: &[Piece<'_>], i: usize) -> Option<usize> {
    let close = match pieces[i].text {
        "(" => ")",
        "[" => "]",
        "（" => "）",
        _ => return None,
    };
    (i + 1..pieces.len().min(i + 40)).find(|j| pieces[*j].text == close).map(|j| j + 1)
}

fn item(piece: &Piece<'_>, line: &str, offset: usize, reporting: &Reporting) -> Item {
    let span = Span::new(offset + piece.start, offset + piece.end());
    if piece.word {
        let capital = piece.text.chars().next().is_some_and(char::is_uppercase);
        let key = piece.folded();
        // "US" is not "us": a word in capitals is a name.
        let acronym = piece.text.chars().nth(1).is_some() && piece.text.chars().all(|c| !c.is_lowercase()) && capital;
        let parts = if acronym { Part::default() } else { reporting.lexicon.parts(&key) };
        // "a-t-il", "disse-lhe": a pronoun hangs on the verb.
        let hung = key.rsplit_once('-').map_or(Part::default(), |(_, last)| reporting.lexicon.parts(last));
        let pronoun = Part::HE | Part::SHE | Part::THEY;
        let parts = if !acronym && hung.any(pronoun) { parts | Part(hung.0 & pronoun.0) } else { parts };
        return Item { kind: Kind::Word, span, key, parts, capital };
    }
    let kind = match piece.text {
        "," | "،" | "，" | "、" => Kind::Comma,
        ":" | "：" => Kind::Colon,
        ";" | "；" | "؛" => Kind::Semicolon,
        "—" | "–" => Kind::Dash,
        "-" if line[..piece.start].ends_with([' ', '-']) || line[piece.end()..].starts_with('-') => Kind::Dash,
        "." | "!" | "?" | "…" | "。" | "！" | "？" | "؟" | "।" => Kind::Stop,
        _ => Kind::Other,
    };
    Item { kind, span, ..blank() }
}

/// After a quotation that ends its own sentence: does the reporter's attribution follow ("…?" he asked)? Only a short one, with a
/// verb of saying among its first words, belongs to the quotation.
fn attribution_follows(line: &str, rest: &[Piece<'_>], reporting: &Reporting) -> bool {
    let Some(first) = rest.first().filter(|p| p.word) else { return false };
    let mut words = 0;
    let mut cue_at = None;
    for (n, piece) in rest.iter().enumerate() {
        if !piece.word {
            if matches!(piece.text, "," | ":" | "." | "!" | "?" | "。")
                && !line[..piece.start].ends_with(char::is_uppercase)
            {
                break;
            }
            continue;
        }
        words += 1;
        let key = piece.folded();
        let says = |kind: CueKind| matches!(kind, CueKind::Say | CueKind::Tell | CueKind::Weak);
        if cue_at.is_none() && reporting.lexicon.phrases(&key).any(|p| p.words.len() == 1 && says(p.kind)) {
            cue_at = Some(n);
        }
        if words > 12 {
            break;
        }
    }
    let small = first.text.chars().next().is_some_and(char::is_lowercase);
    cue_at.is_some_and(|at| at <= 6) && (small || words <= 12)
}
