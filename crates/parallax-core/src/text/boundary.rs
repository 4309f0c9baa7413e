//! A mark that may end a sentence → whether it does.

use super::fold;
use crate::almanac::{Abbreviation, Vocabulary};

/// How far back an abbreviation is looked for, in bytes; longer tokens are no abbreviations.
const TOKEN_BYTES: usize = 40;
/// How far ahead the next word is looked for, in characters: space, quotation marks, dashes and the word itself.
const AHEAD: usize = 40;
/// A sentence that ends in a year with its "г." has at least so many words before that.
const UNIT_WORDS: usize = 5;
/// So many closing marks in a row belong to a sentence at most.
const CLOSERS: usize = 8;

/// Can this character end a sentence?
pub(super) fn is_stop(c: char, vocabulary: &Vocabulary) -> bool {
    match c {
        '.' | '!' | '?' => true,
        ';' => !vocabulary.stops.is_empty() && vocabulary.stops.contains(&c),
        c if c.is_ascii() => false,
        '…' | '‽' | '⁇' | '⁈' | '⁉' | '\u{37E}' => true,
        c => is_final(c) || vocabulary.stops.contains(&c),
    }
}

/// Marks that end a sentence whatever follows, space or not: the full stops of scripts without letter case.
fn is_final(c: char) -> bool {
    // Arabic question mark, Urdu full stop, danda, Armenian, Ethiopic, Khmer, Burmese, CJK.
    matches!(c, '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '។' | '။' | '。' | '｡' | '！' | '？' | '．')
}

/// A run of stops with the closing marks that follow.
pub(super) struct Stop<'a> {
    line: &'a str,
    /// Where the sentence so far begins.
    start: usize,
    /// Where the run of stops begins.
    at: usize,
    /// Byte after the run of stops.
    pub(super) run_end: usize,
    /// Byte after the closing marks.
    pub(super) end: usize,
    vocabulary: &'a Vocabulary,
}

/// What follows a stop, as far as it matters.
struct Next<'a> {
    /// No space before it.
    attached: bool,
    /// The first character, space left out.
    first: char,
    /// The first letter or digit, quotes, brackets and dashes left out.
    letter: Option<char>,
    /// The word that begins there.
    word: &'a str,
    /// The character after that word.
    after: Option<char>,
}

impl<'a> Stop<'a> {
    /// The stop at byte `at` of a line whose current sentence begins at `start`; `quote_open`: a straight quote is open.
    pub(super) fn new(line: &'a str, start: usize, at: usize, quote_open: bool, vocabulary: &'a Vocabulary) -> Self {
        let run = line[at..].find(|c| !is_stop(c, vocabulary)).unwrap_or(line.len() - at);
        let run_end = at + run;
        let end = run_end + closing_marks(&line[run_end..], quote_open);
        Stop { line, start, at, run_end, end, vocabulary }
    }

    /// Does the sentence end here, after the closing marks?
    pub(super) fn ends_sentence(&self) -> bool {
        let Some(next) = self.next() else { return true };
        if matches!(next.first, ',' | ';' | ':' | '،' | '؛' | '，' | '、' | '；' | '：')
            || is_stop(next.first, self.vocabulary)
        {
            return false;
        }
        let run = &self.line[self.at..self.run_end];
        let closed = self.end > self.run_end;
        if run.ends_with(is_final) {
            return !(closed && self.quotation_goes_on());
        }
        let Some(letter) = next.letter else { return false };
        if next.attached {
            return self.space_is_missing(&next, closed);
        }
        if letter.is_lowercase() && !is_name_in_lower_case(next.word) {
            return false;
        }
        if closed && matches!(next.first, '—' | '–' | '-' | '―') {
            // «Yes!» — said the speaker, whoever comes first.
            return false;
        }
        if run == "." { self.dot_ends_sentence(&next) } else { true }
    }

    fn next(&self) -> Option<Next<'a>> {
        let rest = &self.line[self.end..];
        let trimmed = rest.trim_start();
        let first = trimmed.chars().next()?;
        let mut begin = None;
        for (at, c) in trimmed.char_indices().take(AHEAD) {
            if c.is_alphanumeric() {
                begin = Some(at);
                break;
            }
        }
        let tail = &trimmed[begin.unwrap_or(trimmed.len())..];
        let length = tail
            .char_indices()
            .take(AHEAD)
            .find(|(_, c)| !c.is_alphanumeric() && !is_apostrophe(*c) && *c != '-')
            .map_or_else(|| tail.char_indices().nth(AHEAD).map_or(tail.len(), |(at, _)| at), |(at, _)| at);
        Some(Next {
            attached: trimmed.len() == rest.len(),
            first,
            letter: tail.chars().next(),
            word: &tail[..length],
            after: tail[length..].chars().next(),
        })
    }

    /// 「…。」と述べた: the quotation is the object of what follows.
    fn quotation_goes_on(&self) -> bool {
        let rest = &self.line[self.end..];
        self.vocabulary.after_quote.iter().any(|particle| rest.starts_with(particle.as_str()))
    }

    /// "…the talks.The aide…": a space was lost. Addresses, abbreviations and file names must not look like it.
    fn space_is_missing(&self, next: &Next<'_>, closed: bool) -> bool {
        let stop_is_dot = self.line[self.at..self.run_end].ends_with(['.', '…']);
        let mut right = next.word.chars();
        let (Some(one), two) = (right.next(), right.next()) else { return false };
        let capital = one.is_uppercase() && two.is_none_or(|c| c.is_lowercase() || is_apostrophe(c));
        let caseless = is_caseless(one) && two.is_some_and(is_caseless);
        if closed {
            return capital && (two.is_some() || !stop_is_dot);
        }
        let token = self.token();
        if token.contains(['/', '@', ':', '.', '_']) {
            return false;
        }
        let left = token.chars().rev().take_while(|c| c.is_alphabetic() && !c.is_uppercase()).count();
        let digits = token.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        match (capital, caseless) {
            (true, _) => two.is_some() && (left >= 3 || (digits && !stop_is_dot)) && next.after != Some('.'),
            (_, true) => {
                (left >= 3 || !stop_is_dot)
                    && next.after != Some('.')
                    && token.chars().next_back().is_none_or(is_caseless)
            }
            _ => false,
        }
    }

    /// The token that the run of stops follows, without opening marks; empty where it is longer than an abbreviation can be.
    fn token(&self) -> &'a str {
        token_before(&self.line[self.start..self.at])
    }

    fn dot_ends_sentence(&self, next: &Next<'_>) -> bool {
        let token = self.token();
        let letter = next.letter.unwrap_or(' ');
        let before = self.line[self.start..self.at - token.len()].trim_end();
        let short = token.chars().count() <= 3;
        if short && before.is_empty() && !is_word_of_case(token) {
            // "1. The plan": the mark of a list.
            return false;
        }
        if token.is_empty() {
            return true;
        }
        let number = token.bytes().all(|b| b.is_ascii_digit());
        if number || (token.len() > 1 && token.bytes().all(|b| b"IVXL".contains(&b))) {
            // "am 3. Mai", "Ludwig XIV. starb", but "im Jahr 2020. Danach".
            return !self.vocabulary.ordinal_dot || (number && token.len() > 3) || self.opens(next);
        }
        match self.abbreviation(token, before) {
            Some(known) if known.unit && before.ends_with(|c: char| c.is_ascii_digit()) => {
                // "В 2020 г. Москва…" hardly is a sentence and the next.
                let words = before.split_whitespace().take(UNIT_WORDS).count();
                !letter.is_numeric() && (words == UNIT_WORDS || self.opens(next))
            }
            Some(known) if known.numbers && letter.is_numeric() => false,
            Some(known) if known.joins => false,
            Some(known) if known.closes => self.opens(next) || is_opening_quote(next.first),
            Some(known) if known.unit => false,
            _ => self.unknown_dot(token, next),
        }
    }

    /// Initials and acronyms, which need not be known.
    fn unknown_dot(&self, token: &str, next: &Next<'_>) -> bool {
        let mut letters = token.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.all(|c| !c.is_alphanumeric());
        let acronym =
            token.contains('.') && token.split('.').all(|part| part.trim_start_matches('-').chars().count() == 1);
        if single {
            if self.vocabulary.is_whole(&fold(token)) || self.vocabulary.is_whole(token) {
                return true;
            }
            let word = fold(next.word);
            return self.opens(next) && word.chars().count() > 1 && !self.vocabulary.is_particle(&word);
        }
        !acronym || self.opens(next) || is_opening_quote(next.first)
    }

    /// The token itself, its part after a hyphen or apostrophe, or with the single letters before it ("z. B.", "т. е.").
    fn abbreviation(&self, token: &str, before: &str) -> Option<Abbreviation> {
        if let Some(known) = self.vocabulary.abbreviation(token) {
            return Some(known);
        }
        if let Some((_, tail)) = token.rsplit_once(|c| c == '-' || is_apostrophe(c)) {
            return self.vocabulary.abbreviation(tail);
        }
        let mut joined = token.to_owned();
        let mut before = before;
        for _ in 0..3 {
            let Some(rest) = before.strip_suffix('.') else { break };
            let letter = token_before(rest);
            if letter.chars().count() > 2 {
                break;
            }
            joined = format!("{letter}.{joined}");
            if let Some(known) = self.vocabulary.abbreviation(&joined) {
                return Some(known);
            }
            before = rest[..rest.len() - letter.len()].trim_end();
        }
        None
    }

    /// Does what follows look like the first word of a sentence: a function word with a capital, where there are capitals?
    fn opens(&self, next: &Next<'_>) -> bool {
        let Some(letter) = next.letter else { return false };
        // A Latin acronym in a script without capitals is hardly ever the last word.
        let foreign = is_caseless(letter) && !self.line[..self.at].ends_with(is_caseless);
        if next.after == Some('.') || letter.is_lowercase() || foreign {
            return false;
        }
        let word = fold(next.word);
        let elided = word.split_inclusive('\'').next().unwrap_or(&word);
        let head = elided.trim_end_matches('\'');
        [word.as_str(), elided, head].iter().any(|word| self.vocabulary.is_opener(word))
    }
}

/// Longer than an enumerating number or letter?
fn is_word_of_case(token: &str) -> bool {
    token.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn token_before(text: &str) -> &str {
    let window = &text[text.ceil_char_boundary(text.len().saturating_sub(TOKEN_BYTES))..];
    let opening = |c: char| c.is_whitespace() || "([{\"“„«»‚—–/…".contains(c);
    let token = match window.rfind(opening) {
        Some(at) => &window[at + window[at..].chars().next().map_or(0, char::len_utf8)..],
        None if window.len() < text.len() => "",
        None => window,
    };
    token.trim_start_matches(['\'', '‘', '’'])
}

/// Bytes of closing quotation marks and brackets at the head of `rest`.
fn closing_marks(rest: &str, quote_open: bool) -> usize {
    let mut end = 0;
    for _ in 0..CLOSERS {
        let tail = &rest[end..];
        let mut characters = tail.chars();
        let Some(c) = characters.next() else { return end };
        let closes = match c {
            ')' | ']' | '}' | '”' | '»' | '」' | '』' | '）' | '】' | '》' | '〉' | '〕' | '›' => true,
            '"' => quote_open || !word_follows(characters.as_str()),
            '“' | '«' | '\'' | '’' | '‘' | '‹' => !word_follows(characters.as_str()),
            // French sets a space inside its guillemets.
            ' ' | '\u{A0}' | '\u{202F}' if characters.as_str().starts_with(['»', '›']) => {
                let after = characters.as_str();
                let mark = after.chars().next().map_or(0, char::len_utf8);
                if word_follows(&after[mark..]) {
                    return end;
                }
                end += c.len_utf8() + mark;
                continue;
            }
            _ => return end,
        };
        if !closes {
            return end;
        }
        end += c.len_utf8();
    }
    end
}

fn word_follows(rest: &str) -> bool {
    let quote = |c: &char| matches!(c, '“' | '«' | '"' | '\'' | '’' | '‘' | '‹' | '(' | '[');
    rest.chars().take(CLOSERS).find(|c| !quote(c)).is_some_and(char::is_alphanumeric)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '‘' | '‚' | '»' | '「' | '『')
}

/// A letter of a script without case.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase()
}

/// "al-Shaybani", "iPhone": a name though it begins small.
fn is_name_in_lower_case(word: &str) -> bool {
    let mut characters = word.chars().skip(1).take(4).skip_while(|c| c.is_lowercase());
    match characters.next() {
        Some('-') => characters.next().is_some_and(char::is_uppercase),
        Some(c) => c.is_uppercase(),
        None => false,
    }
}
