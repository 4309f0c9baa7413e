//! A sentence in a script without capitals, its words parted by spaces → its names: gazetteer, titles, what people do.

use super::found::Found;
use super::knowledge::Knowledge;
use super::tokens::{Gap, Shape, Token};
use crate::model::{NameKind, Span};

/// Finds the names of a sentence by what stands around them.
pub(super) fn find(tokens: &[Token<'_>], known: &Knowledge<'_>) -> Vec<Found> {
    let words: Vec<Reading> = tokens.iter().map(|t| Reading::new(t, known)).collect();
    let scan = Scan { tokens, words: &words, known };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = if tokens[at].shape == Shape::Caseless { scan.step(at, &mut found) } else { at + 1 };
    }
    found
}

/// A word without what the script writes together with it ("and", "in", case particles).
struct Reading {
    word: String,
    span: Span,
}

impl Reading {
    fn new(token: &Token<'_>, known: &Knowledge<'_>) -> Self {
        let whole = Reading { word: token.folded.clone(), span: token.span };
        if known.is_word(&whole.word) {
            return whole;
        }
        let naming = known.naming;
        let prefix = naming.elisions.iter().filter(|p| {
            token
                .text
                .strip_prefix(p.as_str())
                .is_some_and(|rest| rest.chars().count() > 1 && known.is_word(&crate::text::fold(rest)))
        });
        // The shortest: what it leaves is likelier the word itself.
        if let Some(prefix) = prefix.min_by_key(|p| p.len()) {
            let rest = &token.text[prefix.len()..];
            let start = token.span.start as usize + prefix.len();
            return Reading { word: crate::text::fold(rest), span: Span::new(start, start + rest.len()) };
        }
        for ending in &naming.endings {
            let Some(stem) = strip_ending(token.text, ending) else { continue };
            if stem.chars().count() > 1 {
                let start = token.span.start as usize;
                return Reading { word: crate::text::fold(stem), span: Span::new(start, start + stem.len()) };
            }
        }
        whole
    }
}

/// The text without an ending that is given folded.
fn strip_ending<'t>(text: &'t str, ending: &str) -> Option<&'t str> {
    let count = ending.chars().count();
    let at = text.char_indices().rev().nth(count.checked_sub(1)?)?.0;
    (crate::text::fold(&text[at..]) == ending).then_some(&text[..at])
}

struct Scan<'a> {
    tokens: &'a [Token<'a>],
    words: &'a [Reading],
    known: &'a Knowledge<'a>,
}

impl Scan<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |r| r.word.as_str())
    }

    /// Does the word at `at` follow the one before with white space alone?
    fn follows(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.gap, Gap::Space | Gap::Joint) && t.shape == Shape::Caseless)
    }

    /// The last word of the longest phrase from `at` on that `is` holds of.
    fn longest(&self, at: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
        let mut phrase = String::new();
        let mut best = None;
        for last in at..self.tokens.len().min(at + 5) {
            if last > at {
                if !self.follows(last) {
                    break;
                }
                phrase.push(' ');
            }
            phrase.push_str(self.word(last));
            if is(&phrase) {
                best = Some(last);
            }
        }
        best
    }

    /// Can the word be no part of a person's name?
    fn ends_name(&self, at: usize) -> bool {
        let naming = self.known.naming;
        let word = self.word(at);
        !self.follows(at)
            || naming.common.contains(word)
            || naming.speaking.contains(word)
            || naming.not_names.contains(word)
            || naming.organisation_heads.contains(word)
            || (self.is_title_word(word) && !self.known.people.is_surname(word))
            || self.known.places.is_place_folded(word)
    }

    fn is_title_word(&self, word: &str) -> bool {
        self.known.naming.offices.contains(word) || self.known.naming.honorifics.contains_key(word)
    }

    /// Reads on from `at`; gives where to go on.
    fn step(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let naming = self.known.naming;
        if let Some(last) = self.longest(at, |w| naming.organisations.contains(w)) {
            self.push(at, last, NameKind::Organisation, 4, false, found);
            return last + 1;
        }
        let title = self.longest(at, |w| self.is_title_word(w));
        let place = self.longest(at, |w| self.known.is_place(w) && !naming.common.contains(w));
        if let Some(last) = place.filter(|p| title.is_none_or(|t| t < *p)) {
            self.push(at, last, NameKind::Place, 4, false, found);
            return last + 1;
        }
        if let Some(last) = title {
            return self.titled(at, last, found);
        }
        let word = self.word(at);
        if naming.organisation_heads.contains(word) && self.follows(at + 1) && !self.ends_name(at + 1) {
            self.push(at, at + 1, NameKind::Organisation, 3, false, found);
            return at + 2;
        }
        let said = at > 0 && naming.speaking.contains(self.word(at - 1)) && self.follows(at) && !naming.titles_follow;
        let given = self.known.given(word).is_some() && !naming.common.contains(word);
        if (said || given) && !naming.common.contains(word) && !naming.speaking.contains(word) {
            let last = self.name_end(at, given);
            let sure = given && last > at;
            let ends = self.ends_name(last + 1);
            if sure || (said && ends) {
                self.push(at, last, NameKind::Person, if sure { 3 } else { 2 }, false, found);
                return last + 1;
            }
        }
        at + 1
    }

    /// A title: the name stands after it, or before where the language has it so.
    fn titled(&self, at: usize, last: usize, found: &mut Vec<Found>) -> usize {
        if self.known.naming.titles_follow {
            let mut first = at;
            while first > 0 && at - first < 2 && self.follows(first) && !self.ends_name_before(first - 1) {
                first -= 1;
            }
            // "Anna Marr Ruritanian president": the adjective or the country between them.
            if first == at
                && at > 1
                && self.follows(at)
                && self.known.places.country_of_folded(self.word(at - 1)).is_some()
            {
                let mut first = at - 1;
                while first > 0 && at - 1 - first < 2 && self.follows(first) && !self.ends_name_before(first - 1) {
                    first -= 1;
                }
                if first < at - 1 {
                    self.push(first, at - 2, NameKind::Person, 5, true, found);
                }
                return last + 1;
            }
            if first < at {
                self.push(first, at - 1, NameKind::Person, 5, true, found);
            }
            return last + 1;
        }
        let mut start = last + 1;
        // More titles, the adjective or the name of a country between title and name.
        loop {
            if !self.follows(start) {
                return start;
            }
            if let Some(more) = self.longest(start, |w| self.is_title_word(w) || self.known.is_no_name(w)) {
                start = more + 1;
                continue;
            }
            if let Some(place) = self.longest(start, |w| self.known.is_place(w)) {
                self.push(start, place, NameKind::Place, 4, false, found);
                start = place + 1;
                continue;
            }
            break;
        }
        if let Some(body) = self.longest(start, |w| self.known.naming.organisations.contains(w)) {
            self.push(start, body, NameKind::Organisation, 4, false, found);
            return body + 1;
        }
        if self.ends_name(start) {
            return start;
        }
        let end = self.name_end(start, self.known.given(self.word(start)).is_some());
        self.push(start, end, NameKind::Person, 5, true, found);
        end + 1
    }

    fn ends_name_before(&self, at: usize) -> bool {
        let naming = self.known.naming;
        let word = self.word(at);
        self.tokens[at].shape != Shape::Caseless
            || naming.common.contains(word)
            || naming.speaking.contains(word)
            || self.is_title_word(word)
            || naming.organisation_heads.contains(word)
            || self.known.places.is_place_folded(word)
            || self.words[at].span.len() < self.tokens[at].span.len()
    }

    /// The last word of a person's name: two words where the first is a given name, or where what follows cannot be part of it.
    fn name_end(&self, start: usize, given: bool) -> usize {
        let particle = |at: usize| self.follows(at) && self.known.naming.particles.contains(self.word(at));
        let mut end = start;
        while particle(end) && !self.ends_name(end + 1) {
            end += 1;
        }
        if self.ends_name(end + 1) {
            return end;
        }
        let mut next = end + 1;
        while particle(next) && !self.ends_name(next + 1) {
            next += 1;
        }
        if given && self.known.given(self.word(next)).is_some() && !self.ends_name(next + 1) && self.ends_name(next + 2)
        {
            return next + 1;
        }
        if self.ends_name(next + 1) || given { next } else { end }
    }

    fn push(&self, at: usize, last: usize, kind: NameKind, weight: u32, titled: bool, found: &mut Vec<Found>) {
        let words: Vec<String> = (at..=last).map(|i| self.word(i).to_owned()).collect();
        let span = Span { start: self.words[at].span.start, end: self.words[last].span.end };
        found.push(Found { span, words, kind, weight, titled });
    }
}
