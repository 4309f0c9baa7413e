//! A text → its tokens for grammars of numbers and dates: words, runs of digits, single marks; one token a character where there are no spaces.

use crate::model::Span;
use unicode_normalization::UnicodeNormalization;

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TokenKind {
    /// Letters; a single character in scripts without spaces and in Hangul, where particles are glued on.
    Word,
    /// Decimal digits of any script.
    Digits,
    /// Anything else that is not space.
    Mark,
    /// The end of a line: no number and no date crosses it.
    Break,
}

/// A token, where it stands, and its comparable form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Lower case, compatibility forms resolved, Latin accents off, ASCII digits, plain dashes and apostrophes.
    pub key: String,
    /// Byte offsets in the string that was cut.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Does space (or nothing at all) stand before it?
    pub spaced: bool,
}

impl Token {
    /// Is it this mark?
    #[must_use]
    pub fn is_mark(&self, mark: &str) -> bool {
        self.kind == TokenKind::Mark && self.key == mark
    }
}

/// Cuts a text into tokens, from left to right.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut spaced = true;
    let mut characters = text.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        if c == '\n' {
            found.push(Token { key: "\n".into(), span: Span::new(start, start + 1), kind: TokenKind::Break, spaced });
            spaced = true;
            continue;
        }
        if c.is_whitespace() || is_invisible(c) {
            spaced |= c.is_whitespace();
            continue;
        }
        let class = Class::of(c);
        let mut end = start + c.len_utf8();
        if matches!(class, Class::Letter | Class::Digit) {
            while let Some(&(at, next)) = characters.peek() {
                let goes_on = Class::of(next) == class || (class == Class::Letter && is_joined(next));
                if !goes_on {
                    break;
                }
                end = at + next.len_utf8();
                characters.next();
            }
        } else if class == Class::Single {
            while let Some(&(at, next)) = characters.peek().filter(|(_, next)| is_mark_of_letter(*next)) {
                end = at + next.len_utf8();
                characters.next();
            }
        }
        let kind = match class {
            Class::Letter | Class::Single => TokenKind::Word,
            Class::Digit => TokenKind::Digits,
            Class::Mark => TokenKind::Mark,
        };
        found.push(Token { key: key(&text[start..end], kind), span: Span::new(start, end), kind, spaced });
        spaced = false;
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Single,
    Digit,
    Mark,
}

impl Class {
    fn of(c: char) -> Class {
        match c {
            'a'..='z' | 'A'..='Z' => Class::Letter,
            '0'..='9' => Class::Digit,
            c if c.is_ascii() => Class::Mark,
            c if digit(c).is_some() => Class::Digit,
            c if is_unspaced(c) => Class::Single,
            c if c.is_alphabetic() => Class::Letter,
            _ => Class::Mark,
        }
    }
}

/// Han, kana, Hangul, Thai, Lao, Khmer, Burmese: written without spaces, or with particles glued to the word.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_mark_of_letter(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{3099}' | '\u{309A}' | '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

fn is_joined(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{00AD}')
}

/// Zero-width characters, direction marks, the byte-order mark: not seen, so not part of any token.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// The value of a decimal digit of the scripts that news is written in.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        '\u{0966}'..='\u{096F}' => '\u{0966}',
        '\u{09E6}'..='\u{09EF}' => '\u{09E6}',
        '\u{0E50}'..='\u{0E59}' => '\u{0E50}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// The comparable form. Latin accents go, other scripts keep their vowel signs, without which Hindi words fall together.
fn key(piece: &str, kind: TokenKind) -> String {
    if piece.is_ascii() {
        return piece.to_ascii_lowercase();
    }
    match kind {
        TokenKind::Digits => piece.chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10)).collect(),
        TokenKind::Mark => piece.chars().map(plain_mark).collect(),
        _ => piece
            .nfkd()
            .filter(|c| !is_dropped(*c))
            .flat_map(char::to_lowercase)
            .filter(|c| !is_dropped(*c))
            .nfc()
            .collect(),
    }
}

/// Accents of Latin, Greek and Cyrillic letters, Arabic and Hebrew pointing, tatweel, joiners.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{200C}' | '\u{200D}' | '\u{00AD}')
}

fn plain_mark(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '´' | '`' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '－' => '-',
        '～' | '〜' | '∼' => '~',
        '，' | '、' | '،' => ',',
        '．' => '.',
        '：' => ':',
        '／' => '/',
        '％' | '٪' => '%',
        '＄' => '$',
        '（' => '(',
        '）' => ')',
        '٫' => '.',
        '٬' => ',',
        c => c,
    }
}
