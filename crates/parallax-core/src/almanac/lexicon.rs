//! Word lists of reporting → a table that tells of a word, in one look, what it does in a clause and which cues begin with it.

use super::reporting::{Cues, Reporting, Words};
use std::collections::BTreeMap;
use std::ops::BitOr;

/// What a word may do in a clause: a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Part(pub u32);

#[allow(missing_docs)] // each is the list of that name in `Words`
impl Part {
    pub const THAT: Part = Part(1);
    pub const SUBORDINATE: Part = Part(1 << 1);
    pub const CONJUNCTION: Part = Part(1 << 2);
    pub const CONTRAST: Part = Part(1 << 3);
    pub const RELATIVE: Part = Part(1 << 4);
    pub const DETERMINER: Part = Part(1 << 5);
    pub const PREPOSITION: Part = Part(1 << 6);
    pub const OF: Part = Part(1 << 7);
    pub const INFINITIVE: Part = Part(1 << 8);
    pub const AUXILIARY: Part = Part(1 << 9);
    pub const PASSIVE: Part = Part(1 << 10);
    pub const VERB: Part = Part(1 << 11);
    pub const ADVERB: Part = Part(1 << 12);
    pub const TIME: Part = Part(1 << 13);
    pub const HE: Part = Part(1 << 14);
    pub const SHE: Part = Part(1 << 15);
    pub const THEY: Part = Part(1 << 16);
    pub const IT: Part = Part(1 << 17);
    pub const FIRST_PERSON: Part = Part(1 << 18);
    pub const INDEFINITE: Part = Part(1 << 19);
    pub const REPORTED_MOOD: Part = Part(1 << 21);
    pub const SUBJECT_MARK: Part = Part(1 << 22);
    pub const QUOTE_MARK: Part = Part(1 << 23);
    pub const LIKE: Part = Part(1 << 24);
    pub const QUESTION: Part = Part(1 << 25);
    pub const PARTICIPLE: Part = Part(1 << 26);
    pub const PERHAPS_REPORTED: Part = Part(1 << 28);
    pub const AGENT: Part = Part(1 << 27);
    pub const GERUND: Part = Part(1 << 20);

    /// Are some of these in it?
    #[must_use]
    pub fn any(self, of: Part) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Part {
    type Output = Part;
    fn bitor(self, other: Part) -> Part {
        Part(self.0 | other.0)
    }
}

/// What follows a cue; the lists of `Cues`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum CueKind {
    Say,
    Weak,
    Tell,
    Promise,
    Judge,
    Saying,
    Judging,
    According,
    AccordingAfter,
    Aside,
    Noun,
}

/// A cue phrase: its words (the last letters open where `*`), and what follows it.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Folded words.
    pub words: Vec<String>,
    /// What follows it.
    pub kind: CueKind,
}

/// Does a word fit one of a list, which may end in `*`?
#[must_use]
pub fn fits(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => pattern == word,
    }
}

/// Looks words up.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    parts: BTreeMap<String, Part>,
    part_stems: Vec<(String, Part)>,
    part_ends: Vec<(String, Part)>,
    phrases: BTreeMap<String, Vec<Phrase>>,
    phrase_stems: Vec<Phrase>,
}

impl Lexicon {
    /// Builds the table; `split` cuts a phrase into words as the text is cut.
    #[must_use]
    pub fn new(reporting: &Reporting, split: fn(&str) -> Vec<String>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (list, part) in parts(&reporting.words) {
            for word in list {
                lexicon.add_part(word, part);
            }
        }
        for word in &reporting.cues.like {
            lexicon.add_part(word, Part::LIKE);
        }
        for (list, kind) in kinds(&reporting.cues) {
            for line in list {
                lexicon.add_phrase(split(line), kind);
            }
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        lexicon.phrase_stems.sort_by_key(|p| std::cmp::Reverse((p.words.len(), p.words[0].len())));
        lexicon
    }

    fn add_part(&mut self, word: &str, part: Part) {
        if let Some(end) = word.strip_prefix('*') {
            self.part_ends.push((end.to_owned(), part));
        } else if let Some(stem) = word.strip_suffix('*') {
            self.part_stems.push((stem.to_owned(), part));
        } else {
            let entry = self.parts.entry(word.to_owned()).or_default();
            *entry = *entry | part;
        }
    }

    fn add_phrase(&mut self, words: Vec<String>, kind: CueKind) {
        let Some(first) = words.first().cloned() else { return };
        let phrase = Phrase { words, kind };
        if first.ends_with('*') {
            self.phrase_stems.push(phrase);
        } else {
            self.phrases.entry(first).or_default().push(phrase);
        }
    }

    /// What a folded word may do.
    #[must_use]
    pub fn parts(&self, word: &str) -> Part {
        let mut found = self.parts.get(word).copied().unwrap_or_default();
        for (stem, part) in &self.part_stems {
            if word.starts_with(stem.as_str()) {
                found = found | *part;
            }
        }
        if found == Part::default() {
            for (end, part) in &self.part_ends {
                if word.len() > end.len() + 1 && word.ends_with(end.as_str()) {
                    found = found | *part;
                }
            }
        }
        found
    }

    /// The cue phrases that may begin with this word, longest first.
    pub fn phrases<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Phrase> {
        let exact = self.phrases.get(word).map_or(&[][..], Vec::as_slice);
        exact.iter().chain(self.phrase_stems.iter().filter(move |p| fits(&p.words[0], word)))
    }
}

fn parts(words: &Words) -> [(&Vec<String>, Part); 28] {
    [
        (&words.that, Part::THAT),
        (&words.question, Part::QUESTION),
        (&words.subordinate, Part::SUBORDINATE),
        (&words.conjunction, Part::CONJUNCTION),
        (&words.contrast, Part::CONTRAST),
        (&words.relative, Part::RELATIVE),
        (&words.determiner, Part::DETERMINER),
        (&words.preposition, Part::PREPOSITION),
        (&words.agent, Part::AGENT),
        (&words.of, Part::OF),
        (&words.infinitive, Part::INFINITIVE),
        (&words.auxiliary, Part::AUXILIARY),
        (&words.passive, Part::PASSIVE),
        (&words.verb, Part::VERB),
        (&words.participle, Part::PARTICIPLE),
        (&words.gerund, Part::GERUND),
        (&words.adverb, Part::ADVERB),
        (&words.time, Part::TIME),
        (&words.he, Part::HE),
        (&words.she, Part::SHE),
        (&words.they, Part::THEY),
        (&words.it, Part::IT),
        (&words.first_person, Part::FIRST_PERSON),
        (&words.indefinite, Part::INDEFINITE),
        (&words.perhaps_reported, Part::PERHAPS_REPORTED),
        (&words.reported_mood, Part::REPORTED_MOOD),
        (&words.subject_mark, Part::SUBJECT_MARK),
        (&words.quote_mark, Part::QUOTE_MARK),
    ]
}

fn kinds(cues: &Cues) -> [(&Vec<String>, CueKind); 11] {
    [
        (&cues.say, CueKind::Say),
        (&cues.weak, CueKind::Weak),
        (&cues.tell, CueKind::Tell),
        (&cues.promise, CueKind::Promise),
        (&cues.judge, CueKind::Judge),
        (&cues.saying, CueKind::Saying),
        (&cues.judging, CueKind::Judging),
        (&cues.according, CueKind::According),
        (&cues.according_after, CueKind::AccordingAfter),
        (&cues.aside, CueKind::Aside),
        (&cues.nouns, CueKind::Noun),
    ]
}
