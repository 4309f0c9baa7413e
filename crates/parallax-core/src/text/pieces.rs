//! A text → its words and marks in order, in every script, where what counts is which word stands beside which mark.

/// A word, or one mark (anything that is neither letter, digit nor space).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    /// As it stands.
    pub text: &'a str,
    /// First byte in the string that was cut.
    pub start: usize,
    /// Has it letters or digits?
    pub word: bool,
}

impl Piece<'_> {
    /// Byte after the last.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Lower case with plain apostrophes; accents stay.
    #[must_use]
    pub fn folded(&self) -> String {
        self.text.chars().flat_map(char::to_lowercase).map(|c| if is_apostrophe(c) { '\'' } else { c }).collect()
    }
}

/// Cuts a text into words and marks. Apostrophes, hyphens, and points within initials or numbers stay in the word; Han and Hiragana
/// are cut into single characters, since no space parts their words.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c)).len();
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let word = is_letter(first);
        let length = match first {
            _ if word && !stands_alone(first) => word_length(rest),
            // Two apostrophes are one quotation mark, typed.
            '\'' | '`' | '’' | '‘' if rest[first.len_utf8()..].starts_with(first) => 2 * first.len_utf8(),
            _ => first.len_utf8(),
        };
        let piece = Piece { text: &rest[..length], start: at, word };
        at += length;
        Some(piece)
    })
}

/// Bytes of the word that a string begins with.
fn word_length(rest: &str) -> usize {
    let mut characters = rest.char_indices().peekable();
    let mut before = '\0';
    let mut run = 0; // letters since the last point
    while let Some((at, c)) = characters.next() {
        if is_letter(c) || (is_invisible(c) && at > 0) {
            if stands_alone(c) {
                return at;
            }
            run += 1;
        } else {
            let next = characters.peek().map_or('\0', |(_, n)| *n);
            let inner = match c {
                '-' | '\u{2010}' | '\u{2011}' | '_' | '&' => true,
                '.' => before.is_numeric() && next.is_numeric() || run == 1 || next.is_lowercase(),
                ',' => before.is_numeric() && next.is_numeric(),
                '@' => next.is_alphanumeric(),
                // Hebrew acronyms: מנכ״ל.
                '"' | '״' => is_hebrew(before) && is_hebrew(next),
                c => is_apostrophe(c),
            };
            if !inner || !is_letter(before) || !is_letter(next) || stands_alone(next) {
                return at;
            }
            run = 0;
        }
        before = c;
    }
    rest.len()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`' | '＇')
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}')
}

/// Letters, digits, and what combines with them (vowel signs, points, joiners).
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Format characters within or around words: joiners, direction marks, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Scripts written without spaces: each character is a piece.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
