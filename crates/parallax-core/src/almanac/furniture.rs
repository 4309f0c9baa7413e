//! What page furniture says, in every language at once: a page of one language often has the frame of another.

use crate::text::fold;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a piece of furniture is there for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A label that says nothing by itself: "Breaking News", "Summary", "Listen", text sizes.
    Label,
    /// Navigation and helps: "Skip to content", "Accessibility links".
    Navigation,
    /// An app, a newsletter, membership: "Download the app".
    Promotion,
    /// The text goes on for those who sign in or pay: "Subscribe to continue reading".
    Wall,
    /// "Share", "Copy link".
    Share,
    /// "No comments", "Post a comment".
    Comments,
    /// "Related stories", after which titles of other articles follow.
    Related,
    /// "Advertisement".
    Advertisement,
    /// What a media player shows: "please wait".
    Player,
    /// What stands for a picture: "Article image", "{name} logo".
    Picture,
    /// "All rights reserved", warnings about the outlet's own content.
    Legal,
    /// "We use cookies".
    Consent,
    /// "Page not found".
    Error,
    /// Who an author is: "is based in", "is a correspondent".
    Profile,
    /// Who helped: "contributed reporting".
    Contribution,
    /// Before the maker of a picture: "Photo:".
    Credit,
    /// Before an agency whose copy it is: "With material from", "Source".
    Wire,
    /// What stands for agencies that are not named: "Agencies", "Wire services".
    Agencies,
    /// Before authors: "By {name}".
    Byline,
    /// Between authors: "and".
    And,
    /// Before a day or time of publication.
    Published,
    /// Before a day or time of change.
    Updated,
    /// "Articles are translated": the page shows others' articles in its own language.
    Translated,
    /// Labels of sorts of text.
    Opinion,
    /// See `Opinion`.
    Analysis,
    /// See `Opinion`.
    Interview,
    /// See `Opinion`.
    Explainer,
    /// See `Opinion`.
    Live,
    /// See `Opinion`.
    Gallery,
    /// The twelve months in order, each with its forms parted by `|`.
    Month,
    /// Days of the week, in any order.
    Weekday,
    /// Words between the parts of a date or before a time: "at", "of", "de", "Uhr".
    DateWord,
}

/// One language's patterns by role. A pattern is a whole line; `…` at an end leaves that end open, `#` is any number,
/// `{name}` one to four words that name somebody. Case, accents and punctuation don't matter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct FurnitureWords(pub BTreeMap<Role, Vec<String>>);

/// A pattern that fits a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// What the pattern is there for.
    pub role: Role,
    /// Bytes of the line that the pattern covers, its `{name}` included.
    pub covers: Range<usize>,
    /// Bytes of the line that stand at `{name}`.
    pub name: Option<Range<usize>>,
}

/// The patterns of all languages, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    patterns: Vec<Pattern>,
    /// Finds the longest literal piece of each pattern; its ids are indices of `patterns`.
    finder: Option<AhoCorasick>,
    months: BTreeMap<String, i8>,
    /// Words that stand beside a date and say nothing more of it.
    date_words: BTreeSet<String>,
    /// Words by role that are looked up singly: credits, bylines, "and", labels of dates.
    words: BTreeMap<Role, BTreeSet<String>>,
}

#[derive(Clone, Debug)]
struct Pattern {
    role: Role,
    open_start: bool,
    open_end: bool,
    before: String,
    /// What follows `{name}`, where there is one.
    after: Option<String>,
}

/// Most words that `{name}` stands for.
const NAME_WORDS: usize = 4;

/// A line made comparable: its words with numbers as `#`, one space between, and where each came from.
struct Folded {
    text: String,
    /// (byte in `text`, range in the line) of each word.
    words: Vec<(usize, Range<usize>)>,
}

impl Furniture {
    /// Compiles the patterns of all languages.
    #[must_use]
    pub fn new<'a>(languages: impl IntoIterator<Item = &'a FurnitureWords>) -> Self {
        let mut furniture = Furniture::default();
        for (role, lines) in languages.into_iter().flat_map(|words| &words.0) {
            match role {
                Role::Month => {
                    for (month, forms) in (1..).zip(lines) {
                        furniture.months.extend(forms.split('|').map(|form| (fold(form), month)));
                    }
                }
                Role::Weekday | Role::DateWord => {
                    furniture.date_words.extend(lines.iter().flat_map(|line| line.split('|')).map(fold));
                }
                _ => {
                    furniture.patterns.extend(lines.iter().filter_map(|line| Pattern::new(*role, line)));
                    let whole = lines.iter().filter(|line| !line.contains(['…', '{', '#']));
                    furniture.words.entry(*role).or_default().extend(whole.map(|line| Folded::new(line).text));
                }
            }
        }
        furniture.finder = AhoCorasick::new(furniture.patterns.iter().map(Pattern::key)).ok();
        furniture
    }

    /// The month, 1 to 12, that a word names in some language.
    #[must_use]
    pub fn month(&self, word: &str) -> Option<i8> {
        self.months.get(&fold(word)).copied()
    }

    /// Is it a day of the week, or a word that stands between the parts of a date?
    #[must_use]
    pub fn is_date_word(&self, word: &str) -> bool {
        self.date_words.contains(&fold(word))
    }

    /// Is this, as a whole, one of the role's words?
    #[must_use]
    pub fn is_word_of(&self, role: Role, words: &str) -> bool {
        self.words.get(&role).is_some_and(|all| all.contains(&Folded::new(words).text))
    }

    /// The rest of a line that begins with one of the role's words: "By Ann Lee" → "Ann Lee". The longest word counts.
    #[must_use]
    pub fn after<'a>(&self, role: Role, line: &'a str) -> Option<&'a str> {
        let folded = Folded::new(line);
        let words = self.words.get(&role)?;
        (1..=folded.words.len().min(NAME_WORDS)).rev().find_map(|count| {
            let end = folded.words.get(count).map_or(folded.text.len(), |(at, _)| at - 1);
            words.contains(&folded.text[..end]).then(|| &line[folded.words[count - 1].1.end..])
        })
    }

    /// Every pattern that fits the line, in the order of their ends.
    #[must_use]
    pub fn marks(&self, line: &str) -> Vec<Mark> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let folded = Folded::new(line);
        finder
            .find_overlapping_iter(&folded.text)
            .filter_map(|found| self.patterns[found.pattern().as_usize()].fits(&folded, found.range()))
            .collect()
    }

    /// Does a pattern of this role fit?
    #[must_use]
    pub fn is(&self, role: Role, line: &str) -> bool {
        self.marks(line).iter().any(|mark| mark.role == role)
    }
}

impl Pattern {
    fn new(role: Role, line: &str) -> Option<Self> {
        let (open_start, open_end) = (line.starts_with('…'), line.ends_with('…'));
        let mut pieces = line.trim_matches('…').splitn(2, "{name}");
        let before = Folded::new(pieces.next()?).text;
        let after = pieces.next().map(|after| Folded::new(after).text);
        let key = if before.is_empty() { after.as_deref().unwrap_or_default() } else { &before };
        (!key.is_empty()).then(|| Pattern { role, open_start, open_end, before: before.clone(), after: after.clone() })
    }

    fn key(&self) -> &str {
        if self.before.is_empty() { self.after.as_deref().unwrap_or_default() } else { &self.before }
    }

    /// `found` is where the key stands in the folded line.
    fn fits(&self, line: &Folded, found: Range<usize>) -> Option<Mark> {
        if !line.is_boundary(found.start) || !line.is_boundary(found.end) {
            return None;
        }
        let Some(after) = &self.after else {
            let whole_start = self.open_start || found.start == 0;
            let whole_end = self.open_end || found.end == line.text.len();
            let covers = line.origin(&found)?;
            return (whole_start && whole_end).then_some(Mark { role: self.role, covers, name: None });
        };
        let (from, to) = if self.before.is_empty() {
            // The name stands at the line's start: "{name} logo".
            let end = found.start;
            (!self.open_end && found.end != line.text.len()).then_some(()).map_or(Some((0, end)), |()| None)?
        } else {
            if !self.open_start && found.start != 0 {
                return None;
            }
            let start = found.end;
            let end =
                if after.is_empty() { line.text.len() } else { start + line.text[start..].find(after.as_str())? };
            let closed = after.is_empty() || self.open_end || end + after.len() == line.text.len();
            closed.then_some((start, end))?
        };
        let name = line.text[from..to].trim();
        let count = name.split(' ').filter(|word| !word.is_empty()).count();
        if count == 0 || count > NAME_WORDS {
            return None;
        }
        let from = from + (line.text[from..to].len() - line.text[from..to].trim_start().len());
        let covers = line.origin(&(found.start.min(from)..(to.max(found.end) + after.len()).min(line.text.len())))?;
        Some(Mark { role: self.role, covers, name: line.origin(&(from..from + name.len())) })
    }
}

impl Folded {
    fn new(line: &str) -> Self {
        let mut folded = Folded { text: String::with_capacity(line.len()), words: Vec::new() };
        let mut rest = line.char_indices().peekable();
        while let Some((start, c)) = rest.next() {
            let Some(sort) = Sort::of(c) else { continue };
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = rest.peek().filter(|(_, n)| Sort::of(*n) == Some(sort)) {
                end = at + next.len_utf8();
                rest.next();
            }
            let word = if sort == Sort::Number { "#".to_owned() } else { fold(&line[start..end]) };
            // Marks without a letter to stand on fold to nothing: no word.
            if word.is_empty() {
                continue;
            }
            if !folded.text.is_empty() && !folded.text.ends_with(' ') {
                folded.text.push(' ');
            }
            folded.words.push((folded.text.len(), start..end));
            folded.text.push_str(&word);
        }
        folded
    }

    /// Between words, or anywhere in scripts that don't part words or that add particles to them.
    fn is_boundary(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        let after = self.text[at..].chars().next();
        let free = |c: Option<char>| c.is_none_or(|c| c == ' ' || is_unspaced(c));
        free(before) || free(after)
    }

    /// The part of the line that these bytes of the folded text came from: whole words.
    fn origin(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let first = self.words.partition_point(|(at, _)| *at <= range.start).checked_sub(1)?;
        let last = self.words.partition_point(|(at, _)| *at < range.end).checked_sub(1)?;
        Some(self.words[first].1.start..self.words[last].1.end.max(self.words[first].1.end))
    }
}

/// What sort of word a character makes; between two sorts words part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letters,
    Number,
    Copyright,
}

impl Sort {
    fn of(c: char) -> Option<Self> {
        match c {
            '©' => Some(Sort::Copyright),
            '#' => Some(Sort::Number),
            c if c.is_numeric() => Some(Sort::Number),
            c if c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) => Some(Sort::Letters),
            _ => None,
        }
    }
}

/// Scripts written without spaces, and Hangul, whose particles follow without one.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}
