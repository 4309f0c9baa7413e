//! A sentence → its words with what tells names from other words: capitals, dots, what stands between them.

use crate::almanac::Naming;
use crate::model::{Sentence, Span, Text};
use crate::text::fold;

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// "word".
    Lower,
    /// "Word", "McWord".
    Capital,
    /// "NATO", "U.S."
    Upper,
    /// "V."
    Initial,
    /// Begins with a digit.
    Number,
    /// In a script without capitals.
    Caseless,
}

/// What stands between a word and the one before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    /// White space alone.
    Space,
    /// A full stop and white space: an abbreviation or an initial, where a name goes on.
    Dot,
    /// A comma and white space.
    Comma,
    /// A hyphen or an apostrophe within the word.
    Joint,
    /// An opening bracket.
    Bracket,
    /// Anything else.
    Break,
}

/// A word.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// As it stands, a possessive 's left out.
    pub text: &'a str,
    /// Where.
    pub span: Span,
    /// Folded, without dots.
    pub folded: String,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// Does it open a sentence, a quotation or a part after a colon, where every word has a capital?
    pub opens: bool,
    /// Does a possessive 's follow?
    pub possessive: bool,
}

impl Token<'_> {
    /// May it be part of a name by its looks?
    pub fn is_namelike(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initial)
    }
}

/// Cuts one sentence.
pub(super) fn tokens<'a>(text: &'a Text, sentence: &Sentence, naming: &Naming) -> Vec<Token<'a>> {
    let from = sentence.span.start as usize;
    let string = text.slice(sentence.span);
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut gap_start = 0;
    let mut rest = string.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = rest.peek() {
            if !(continues(c) || joins(string, start, at, c)) {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        let gap = &string[gap_start..start];
        for (piece_start, piece_end) in pieces(&string[start..end], naming) {
            let (a, b) = (start + piece_start, start + piece_end);
            let first = found.is_empty() || piece_start > 0;
            let gap = if piece_start > 0 { Gap::Joint } else { gap_of(gap, found.last()) };
            let opens = piece_start == 0 && (first || opens(gap_text(string, gap_start, start)));
            push(&mut found, &string[a..b], from + a, gap, opens, naming.apostrophe_suffixes);
        }
        gap_start = end;
    }
    found
}

fn gap_text(string: &str, start: usize, end: usize) -> &str {
    string.get(start..end).unwrap_or("")
}

/// Letters, digits, marks and invisible joiners go on with a word.
fn continues(c: char) -> bool {
    c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// Does this mark at `at` stand within a word that began at `start`?
fn joins(string: &str, start: usize, at: usize, mark: char) -> bool {
    let after = string[at + mark.len_utf8()..].chars().next();
    let letter_after = after.is_some_and(char::is_alphanumeric);
    match mark {
        '\'' | '’' | 'ʼ' | '-' | '‑' => letter_after,
        // The dot between the parts of a foreign name, in scripts without spaces.
        '·' | '・' | '‧' | '•' | '＝' => letter_after && super::is_unspaced(&string[start..at]),
        '״' | '׳' | '"' => {
            letter_after && string[start..].starts_with(|c: char| ('\u{5d0}'..='\u{5ea}').contains(&c))
        }
        '&' => letter_after && string[start..at].chars().all(char::is_uppercase),
        // "U.S.", "R.N.C.": single capitals with dots between, the last dot too.
        '.' => {
            let before = &string[start..at];
            let letter = before.chars().next_back().is_some_and(char::is_uppercase);
            let single = before.chars().rev().nth(1).is_none_or(|c| c == '.');
            letter && single && (after.is_some_and(char::is_uppercase) || before.contains('.'))
        }
        _ => false,
    }
}

/// The parts of a word that are words of their own: elisions ("l'Allemagne"), a lower-case tail ("Moscow-based").
fn pieces(word: &str, naming: &Naming) -> Vec<(usize, usize)> {
    if let Some(at) = word.find(['\'', '’']) {
        let mark = word[at..].chars().next().map_or(1, char::len_utf8);
        if at + mark < word.len() && naming.elisions.contains(&fold(&word[..at])) {
            return vec![(0, at), (at + mark, word.len())];
        }
    }
    if let Some((name, tail)) = word.rsplit_once('-')
        && !name.is_empty()
        && naming.compound_tails.contains(tail)
    {
        return vec![(0, name.len()), (name.len() + 1, word.len())];
    }
    vec![(0, word.len())]
}

fn push<'a>(found: &mut Vec<Token<'a>>, word: &'a str, at: usize, gap: Gap, opens: bool, suffixes: bool) {
    let (text, possessive) = match word.strip_suffix(['s', 'S']).and_then(|w| w.strip_suffix(['\'', '’'])) {
        Some(owner) if !owner.is_empty() => (owner, true),
        _ => match word.split_once(['\'', '’']) {
            Some((name, ending)) if suffixes && !name.is_empty() && ending.starts_with(char::is_lowercase) => {
                (name, true)
            }
            _ => (word, false),
        },
    };
    let folded = fold(text).replace('.', "");
    found.push(Token {
        text,
        span: Span::new(at, at + text.len()),
        folded,
        shape: shape(text),
        gap,
        opens,
        possessive,
    });
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::Number };
    if word.starts_with(|c: char| c.is_numeric()) {
        return Shape::Number;
    }
    if !(first.is_uppercase() || first.is_lowercase()) {
        return Shape::Caseless;
    }
    let (mut upper, mut lower) = (0, 0);
    for c in letters {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    match (first.is_uppercase(), upper, lower) {
        // "al-Assad", "d’Orsay", "iPhone": a capital after the joint.
        (false, 0, _) => Shape::Lower,
        (false, _, _) if word.contains(['-', '\'', '’', '‑']) => Shape::Capital,
        (false, _, _) => Shape::Lower,
        (true, 0, 0) => Shape::Initial,
        (true, _, 0) => Shape::Upper,
        (true, _, _) => Shape::Capital,
    }
}

fn gap_of(gap: &str, before: Option<&Token<'_>>) -> Gap {
    if before.is_none() {
        return Gap::Break;
    }
    let marks = gap.trim();
    match marks {
        "" if !gap.is_empty() => Gap::Space,
        "." if gap.len() > 1 => Gap::Dot,
        "," | ".," | "，" => Gap::Comma,
        "(" | "[" | "（" => Gap::Bracket,
        // An apostrophe of a plural possessive, a middle dot between the parts of a foreign name.
        "·" | "・" | "‧" | "•" if gap.len() <= 3 => Gap::Joint,
        _ => Gap::Break,
    }
}

/// Does a new sentence or quotation begin after this gap?
fn opens(gap: &str) -> bool {
    gap.contains(['"', '“', '”', '„', '«', '»', '‘', ':', '?', '!', '…', '—', '–', '•', '*', '|', '（', '「', '('])
        || gap.trim_start().starts_with('.')
}
