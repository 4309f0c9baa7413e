//! A stretch of a script without spaces → its names: gazetteer, titles beside them, the characters foreign names are written with.

use super::found::Found;
use super::knowledge::Knowledge;
use crate::model::{NameKind, Span};
use crate::text::fold;

/// The most characters of a place, a body or a title that are looked up.
const LONGEST: usize = 10;

/// Finds the names of a stretch that begins at byte `offset` of the text.
pub(super) fn find(stretch: &str, offset: usize, known: &Knowledge<'_>) -> Vec<Found> {
    let chars: Vec<(usize, char)> = stretch.char_indices().collect();
    let scan = Scan { stretch, offset, chars: &chars, known };
    let mut found = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < chars.len() {
        let next = scan.step(at, free, &mut found);
        if next > at + 1 {
            free = next;
        }
        at = next;
    }
    found
}

struct Scan<'a> {
    stretch: &'a str,
    offset: usize,
    chars: &'a [(usize, char)],
    known: &'a Knowledge<'a>,
}

impl Scan<'_> {
    fn slice(&self, from: usize, to: usize) -> &str {
        let byte = |i: usize| self.chars.get(i).map_or(self.stretch.len(), |c| c.0);
        self.stretch.get(byte(from)..byte(to)).unwrap_or("")
    }

    fn longest(&self, at: usize, shortest: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
        let most = (at + LONGEST).min(self.chars.len());
        (at + shortest..=most).rev().find(|end| is(self.slice(at, *end)))
    }

    fn title(&self, at: usize) -> Option<usize> {
        let naming = self.known.naming;
        self.longest(at, 1, |w| naming.offices.contains(w) || naming.honorifics.contains_key(w))
    }

    /// Is the character one of those foreign names are written with: a list in Chinese, Katakana in Japanese?
    fn foreign(&self, at: usize) -> bool {
        self.chars.get(at).is_some_and(|(_, c)| {
            self.known.naming.transcription.contains(c) || matches!(c, 'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾝ')
        })
    }

    fn joint(&self, at: usize) -> bool {
        self.chars.get(at).is_some_and(|(_, c)| matches!(c, '·' | '・' | '‧' | '•' | '＝'))
    }

    /// The end of the run of foreign characters from `at` on, cut where a title, a body or a speaking verb begins.
    fn foreign_end(&self, at: usize) -> usize {
        let naming = self.known.naming;
        let mut end = at;
        while end < self.chars.len() && end - at < 16 {
            let ends = end > at
                && (self.title(end).is_some()
                    || self.longest(end, 1, |w| naming.speaking.contains(w) || naming.common.contains(w)).is_some());
            if ends || !(self.foreign(end) || (end > at && self.joint(end) && self.foreign(end + 1))) {
                break;
            }
            end += 1;
        }
        end
    }

    /// A name of the script's own people: a surname and one or two characters, before what cannot be part of it.
    fn native_end(&self, at: usize) -> Option<usize> {
        let people = self.known.people;
        let surname =
            (at + 1..=(at + 2).min(self.chars.len())).rev().find(|end| people.is_surname(self.slice(at, *end)))?;
        (surname + 1..=(surname + 2).min(self.chars.len()))
            .rev()
            .find(|end| self.breaks(*end) && self.plain(surname, *end))
    }

    fn plain(&self, from: usize, to: usize) -> bool {
        let naming = self.known.naming;
        (from..to).all(|i| {
            self.title(i).is_none() && !naming.common.contains(self.slice(i, i + 1)) && self.chars[i].1.is_alphabetic()
        })
    }

    /// Does something begin here that is no part of a name?
    fn breaks(&self, at: usize) -> bool {
        let naming = self.known.naming;
        at >= self.chars.len()
            || !self.chars[at].1.is_alphanumeric()
            || self.title(at).is_some()
            || self.longest(at, 1, |w| naming.speaking.contains(w) || naming.common.contains(w)).is_some()
    }

    /// Reads on from `at`; `free` is where the last finding ended.
    fn step(&self, at: usize, free: usize, found: &mut Vec<Found>) -> usize {
        let naming = self.known.naming;
        if !self.chars[at].1.is_alphanumeric() {
            return at + 1;
        }
        let title = self.title(at);
        if let Some(end) =
            self.longest(at, 2, |w| naming.organisations.contains(w)).filter(|end| title.is_none_or(|t| t < *end))
        {
            self.push(at, end, NameKind::Organisation, 4, false, found);
            return end;
        }
        let place = self.longest(at, 2, |w| self.known.is_place(w));
        let foreign = self.foreign_end(at);
        if let Some(end) = place.filter(|p| *p >= foreign || (!self.joint(*p) && self.title(*p).is_some())) {
            self.push(at, end, NameKind::Place, 4, false, found);
            return end;
        }
        if foreign >= at + 2 {
            let joint = (at..foreign).any(|i| self.joint(i));
            let before = free == at && at > 0 && found.is_empty() || self.title_ends(at);
            let titled = self.title(foreign).is_some() || before;
            let said = self.longest(foreign, 1, |w| naming.speaking.contains(w)).is_some();
            let katakana = matches!(self.chars[at].1, 'ァ'..='ヺ');
            if joint || titled || (said && foreign >= at + 2) {
                self.push(at, foreign, NameKind::Person, if titled { 5 } else { 3 }, titled, found);
                return foreign;
            }
            if katakana {
                return foreign;
            }
        }
        if let Some(end) = place {
            self.push(at, end, NameKind::Place, 3, false, found);
            return end;
        }
        if let Some(end) = title {
            if let Some(name_end) = self.native_end(end) {
                self.push(end, name_end, NameKind::Person, 5, true, found);
                return name_end;
            }
            return end;
        }
        let open = at == 0 || free == at || !self.chars[at - 1].1.is_alphanumeric();
        if let Some(end) = self.native_end(at).filter(|end| open && (self.title(*end).is_some() || self.speaks(*end))) {
            self.push(at, end, NameKind::Person, 4, self.title(end).is_some(), found);
            return end;
        }
        // "高市首相": a surname alone before a title.
        let surname = (at + 2..=(at + 3).min(self.chars.len()))
            .rev()
            .find(|end| self.known.people.is_surname(self.slice(at, *end)));
        if let Some(end) = surname.filter(|end| self.title(*end).is_some()) {
            self.push(at, end, NameKind::Person, 5, true, found);
            return end;
        }
        at + 1
    }

    fn speaks(&self, at: usize) -> bool {
        self.longest(at, 2, |w| self.known.naming.speaking.contains(w)).is_some()
    }

    /// Does a title end right before `at`?
    fn title_ends(&self, at: usize) -> bool {
        (at.saturating_sub(LONGEST)..at).any(|from| {
            let word = self.slice(from, at);
            self.known.naming.offices.contains(word) || self.known.naming.honorifics.contains_key(word)
        })
    }

    fn push(&self, from: usize, to: usize, kind: NameKind, weight: u32, titled: bool, found: &mut Vec<Found>) {
        let text = self.slice(from, to);
        let words = text.split(['·', '・', '‧', '•', '＝']).filter(|w| !w.is_empty()).map(fold).collect();
        let start = self.offset + self.chars[from].0;
        found.push(Found { span: Span::new(start, start + text.len()), words, kind, weight, titled });
    }
}
