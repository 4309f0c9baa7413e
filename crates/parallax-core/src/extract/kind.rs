//! What a page says of itself, its address, its headline, the shape of its text → what sort of text it is.
//!
//! Names ("Opinion" as a section) count alone only where such a section holds nothing else; where it also holds news ("Weather",
//! "Markets") the text must have the shape as well. A report taken for an opinion loses its vote, so opinion is never guessed.

use super::furniture::{overlap, topic};
use super::marked::Marked;
use super::paragraphs::{ends_sentence, weight};
use crate::almanac::{Kinds, Telling};
use crate::model::ArticleKind;
use crate::text::fold;

/// What is known of a page besides its text.
#[derive(Clone, Debug, Default)]
pub struct Signs<'a> {
    /// What structured data call it.
    pub declared: Option<ArticleKind>,
    /// Its address.
    pub url: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Names of sections and labels beside the headline.
    pub labels: &'a [String],
    /// Which lines are links or headings.
    pub marked: Option<&'a Marked>,
}

/// Judges the sort of a text.
#[must_use]
pub fn kind(signs: &Signs<'_>, text: &str, kinds: &Kinds) -> ArticleKind {
    if let Some(declared) = signs.declared {
        return declared;
    }
    let shape = Shape::of(text, signs);
    if shape.is_listing(signs, text) {
        return ArticleKind::Listing;
    }
    let names = names(signs, kinds);
    if let Some(named) = names.iter().copied().find(|kind| shape.allows(*kind, kinds)) {
        return named;
    }
    let unnamed =
        [ArticleKind::Results, ArticleKind::Weather, ArticleKind::Markets, ArticleKind::Gallery, ArticleKind::Listing];
    let unnamed = unnamed.into_iter().find(|kind| shape.is_plainly(*kind, kinds));
    unnamed
        .or_else(|| shape.asks(signs, kinds))
        .or_else(|| shape.is_live().then_some(ArticleKind::Live))
        .unwrap_or_default()
}

/// The kinds that section, address and labels name.
fn names(signs: &Signs<'_>, kinds: &Kinds) -> Vec<ArticleKind> {
    let path = signs.url.and_then(|url| url.split_once("://")).map_or("", |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let steps: Vec<&str> = path.split('/').collect();
    // The first step is the host, the last the article itself.
    let sections = steps.get(1..steps.len().saturating_sub(1)).unwrap_or_default();
    let labels = signs.labels.iter().map(String::as_str);
    labels.chain(sections.iter().copied()).filter_map(|name| kinds.named(name)).collect()
}

/// A text's lines and what stands out in them.
struct Shape<'a> {
    lines: Vec<&'a str>,
    folded: String,
    /// Words, or a third of the characters in scripts without spaces.
    words: usize,
    /// Passages in quotation marks.
    quotes: usize,
    /// Lines that are a question and nothing else.
    questions: usize,
}

/// A text with fewer lines has no shape.
const FEWEST: usize = 3;
/// A page that goes on all day has so many lines.
const LONG_PAGE: usize = 12;
/// Prose from this weight on.
const PROSE: usize = 160;

impl<'a> Shape<'a> {
    fn of(text: &'a str, signs: &Signs<'_>) -> Self {
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        let quotes = text.matches(['“', '«', '„', '「', '『']).count() + text.matches('"').count() / 2;
        let title = signs.title.map(fold);
        let questions = lines.iter().filter(|line| is_question(line) && Some(fold(line)) != title).count();
        let words = text.split_whitespace().map(|word| weight(word).div_ceil(12)).sum();
        Shape { lines, folded: fold(text), words, quotes, questions }
    }

    /// So many lines of a hundred.
    fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        self.lines.iter().filter(|line| is(line)).count() * 100 / self.lines.len().max(1)
    }

    /// Is a text that is named so one, as far as its shape can tell?
    fn allows(&self, kind: ArticleKind, kinds: &Kinds) -> bool {
        match kind {
            ArticleKind::Results => self.share(is_score) >= 25,
            ArticleKind::Weather => self.tells(Telling::Weather, 4, 40, kinds) && self.quotes <= 1,
            ArticleKind::Markets => self.tells(Telling::Market, 5, 40, kinds) && self.figures() >= 5,
            ArticleKind::Gallery => self.share(|line| weight(line) >= PROSE) <= 34,
            ArticleKind::Listing => self.lines.len() >= FEWEST && self.is_digest(),
            ArticleKind::Live => self.clocks() >= 2 || self.lines.len() >= LONG_PAGE,
            _ => true,
        }
    }

    /// Is its shape such that it needs no name?
    fn is_plainly(&self, kind: ArticleKind, kinds: &Kinds) -> bool {
        match kind {
            ArticleKind::Results => self.lines.len() > FEWEST && self.share(is_score) >= 45,
            ArticleKind::Weather => self.tells(Telling::Weather, 10, 110, kinds) && self.quotes == 0,
            ArticleKind::Markets => {
                self.tells(Telling::Market, 10, 90, kinds) && self.quotes <= 2 && self.figures() * 8 >= self.words
            }
            ArticleKind::Gallery => self.is_numbered_gallery(),
            ArticleKind::Listing => self.is_numbered() && self.is_digest(),
            _ => false,
        }
    }

    /// At least so many words of a kind, not always the same, and of a thousand words so many.
    fn tells(&self, telling: Telling, fewest: usize, thousandths: usize, kinds: &Kinds) -> bool {
        let (count, different) = kinds.count(telling, &self.folded);
        count >= fewest && different * 2 >= fewest && count * 1000 >= self.words * thousandths
    }

    /// Numbers in the text.
    fn figures(&self) -> usize {
        self.folded
            .split(|c: char| !(c.is_numeric() || c == '.' || c == ','))
            .filter(|word| word.contains(char::is_numeric))
            .count()
    }

    /// A page of headlines: hardly any prose, and lines that are links, or that a page of one section has.
    fn is_listing(&self, signs: &Signs<'_>, text: &str) -> bool {
        /// Prose in a page of headlines, of a hundred parts.
        const PROSE_SHARE: usize = 30;
        let prose: usize = self.lines.iter().map(|line| weight(line)).filter(|weight| *weight >= PROSE).sum();
        let links = signs.marked.map_or(0, |marked| {
            self.lines.iter().filter(|line| weight(line) >= 15 && marked.links.contains(&fold(line))).count()
        });
        links >= FEWEST && links * 100 >= self.lines.len() * 30 && prose * 100 <= weight(text) * PROSE_SHARE
    }

    /// Numbered or bulleted pieces that have nothing to do with one another.
    fn is_digest(&self) -> bool {
        let pieces: Vec<&str> = self.lines.iter().copied().filter(|line| weight(line) >= 40).collect();
        let apart = pieces.windows(2).filter(|pair| overlap(pair[1], &topic([pair[0]])) <= 150).count();
        pieces.len() >= FEWEST && apart * 100 >= (pieces.len() - 1) * 80
    }

    /// Pieces numbered from one on, and little else.
    fn is_numbered(&self) -> bool {
        /// Fewer make no digest.
        const PIECES: usize = 4;
        let number =
            |line: &str| line.split_once(['.', ')', '、', '．']).and_then(|(number, _)| number.trim().parse().ok());
        let mut next = 1usize;
        for line in &self.lines {
            next += usize::from(number(line) == Some(next));
        }
        next > PIECES && (next - 1) * 100 >= self.lines.len() * 60
    }

    /// Captions that are counted: "Picture 3 of 12", "3/12".
    fn is_numbered_gallery(&self) -> bool {
        let counted: Vec<(usize, usize)> = self.lines.iter().filter_map(|line| counted(line)).collect();
        counted.len() >= FEWEST
            && counted.len() * 100 >= self.lines.len() * 40
            && counted.windows(2).all(|pair| pair[0].1 == pair[1].1 && pair[0].0 < pair[1].0)
    }

    /// Questions and answers: those of somebody asked, or of a text that explains.
    fn asks(&self, signs: &Signs<'_>, kinds: &Kinds) -> Option<ArticleKind> {
        if self.questions < FEWEST || self.questions * 100 < self.lines.len() * 20 {
            return None;
        }
        let answers: Vec<&str> =
            self.lines.windows(2).filter(|pair| is_question(pair[0]) && !is_question(pair[1])).map(|p| p[1]).collect();
        let spoken = |line: &&&str| line.starts_with(['“', '«', '„', '"', '「', '‘', '–', '—', '-']);
        let titled = signs.title.is_some_and(|title| {
            title.split(|c: char| !c.is_alphanumeric()).any(|word| kinds.named(word) == Some(ArticleKind::Interview))
        });
        // An interview's headline is what was said in it.
        let quoted = signs.title.is_some_and(|title| title.contains(['“', '«', '„', '「', '‘', '"']));
        let headings = signs.marked.map_or(0, |marked| {
            self.lines.iter().filter(|line| is_question(line) && marked.headings.contains(&fold(line))).count()
        });
        if answers.len() < FEWEST {
            None
        } else if titled || quoted || answers.iter().filter(spoken).count() * 2 > answers.len() {
            Some(ArticleKind::Interview)
        } else {
            (headings * 2 > self.questions).then_some(ArticleKind::Explainer)
        }
    }

    /// Lines that begin with a time of day.
    fn clocks(&self) -> usize {
        self.lines.iter().filter(|line| starts_with_clock(line)).count()
    }

    /// Entries with their times.
    fn is_live(&self) -> bool {
        let clocks = self.clocks();
        clocks >= 4 && clocks * 100 >= self.lines.len() * 20
    }
}

/// A short line that is a question and nothing else.
fn is_question(line: &str) -> bool {
    let end = line.trim_end_matches(['”', '"', '»', '“', '」', '*', ' ']);
    weight(line) <= 400 && end.ends_with(['?', '？', '؟', ';']) && (!end.ends_with(';') || is_greek(line))
}

/// Greek asks with a semicolon.
fn is_greek(line: &str) -> bool {
    line.chars().any(|c| ('\u{0370}'..='\u{03FF}').contains(&c))
}

/// A line of a score or table: names with small numbers between them and no sentence.
fn is_score(line: &str) -> bool {
    /// A longer line is prose.
    const LONGEST: usize = 260;
    /// Goals, sets and points of a match are less than this.
    const SCORE: usize = 200;
    let chars = line.chars().count();
    if chars > LONGEST {
        return false;
    }
    // Minutes of goals and scorers stand in brackets.
    let mut depth = 0usize;
    let bare: String = line
        .chars()
        .filter(|c| {
            depth += usize::from(matches!(c, '(' | '（'));
            let outside = depth == 0;
            depth = depth.saturating_sub(usize::from(matches!(c, ')' | '）')));
            outside
        })
        .collect();
    let tokens: Vec<&str> = bare
        .split(|c: char| c.is_whitespace() || ",;".contains(c))
        .flat_map(|token| token.split_inclusive([':', '-', '–', '—']))
        .map(|token| token.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|token| !token.is_empty())
        .collect();
    let is_number = |token: &&&str| token.parse::<usize>().is_ok_and(|number| number < SCORE);
    let numbers = tokens.iter().filter(is_number).count();
    let words = tokens.len() - tokens.iter().filter(|token| token.contains(char::is_numeric)).count();
    let small = tokens.iter().filter(|token| token.starts_with(char::is_lowercase)).count();
    let named = tokens.first().is_some_and(|token| token.starts_with(char::is_alphabetic));
    // Two teams, two numbers; in a table a number for each name.
    numbers >= 2 && named && words >= 2 && words <= numbers * 4 + 2 && small * 3 <= words
}

/// "Picture 3 of 12: …", "3/12 …" → 3 and 12.
fn counted(line: &str) -> Option<(usize, usize)> {
    /// Words before, between and behind the two numbers.
    const NEAR: usize = 4;
    let opening: String = line.chars().take(30).collect();
    let spaced: String = opening.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let tokens: Vec<&str> = spaced.split_whitespace().take(NEAR).collect();
    let number = |at: usize| tokens.get(at).and_then(|token| token.parse::<usize>().ok());
    (0..2).find_map(|at| {
        let first = number(at)?;
        let second = number(at + 1).or_else(|| number(at + 2))?;
        (first >= 1 && first <= second && second <= 300).then_some((first, second))
    })
}

/// "14:05 …", "9:30 a.m. …"; with a dot it could be a date.
fn starts_with_clock(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '•', ' ']);
    let Some((hour, rest)) = line.split_once([':', '時', '时', 'h']) else { return false };
    let minute: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let number = |digits: &str| digits.parse::<usize>().ok();
    (1..=2).contains(&hour.len())
        && number(hour).is_some_and(|hour| hour < 24)
        && minute.len() == 2
        && number(&minute).is_some_and(|minute| minute < 60)
        && weight(line) > 12
        && !ends_sentence(line.get(..5).unwrap_or_default())
}
