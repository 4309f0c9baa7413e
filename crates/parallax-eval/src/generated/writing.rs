//! A happening and a language → a headline and paragraphs that tell it: Zipf's words around its names, figures and quotations.

use super::dice::Dice;
use super::happening::Happening;
use super::tongue::{OCTAVES, Tongue};

/// A headline and what stands below it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// The headline.
    pub title: String,
    /// Paragraphs, each of some sentences.
    pub paragraphs: Vec<String>,
}

/// Writes a report of its own.
#[must_use]
pub fn report(of: &Happening, tongue: &Tongue, dice: &mut Dice) -> Text {
    let pen = Pen { of, tongue };
    let length = 2 + dice.below(4) + dice.below(4);
    let title = pen.clause(5 + dice.below(5), true, dice);
    Text { title, paragraphs: (0..length).map(|_| pen.paragraph(dice)).collect() }
}

/// Takes another's report over and changes something: the headline, a paragraph, the end.
#[must_use]
pub fn edited(text: &Text, of: &Happening, tongue: &Tongue, dice: &mut Dice) -> Text {
    let pen = Pen { of, tongue };
    let mut text = text.clone();
    text.title = pen.clause(5 + dice.below(5), true, dice);
    let at = dice.below(text.paragraphs.len());
    text.paragraphs[at] = pen.paragraph(dice);
    if text.paragraphs.len() > 3 {
        text.paragraphs.pop();
    }
    text
}

/// The same report, corrected: one more paragraph.
#[must_use]
pub fn corrected(text: &Text, of: &Happening, tongue: &Tongue, dice: &mut Dice) -> Text {
    let mut text = text.clone();
    text.paragraphs.push(Pen { of, tongue }.paragraph(dice));
    text
}

/// Who writes: what of, in which language.
struct Pen<'a> {
    of: &'a Happening,
    tongue: &'a Tongue,
}

impl Pen<'_> {
    fn paragraph(&self, dice: &mut Dice) -> String {
        let sentences: Vec<String> = (0..1 + dice.below(3)).map(|_| self.sentence(dice)).collect();
        sentences.join(if self.tongue.space.is_empty() { "" } else { " " })
    }

    fn sentence(&self, dice: &mut Dice) -> String {
        let Tongue { say, that, quotes: (open, close), stop, space, .. } = self.tongue;
        let person = dice.one(&self.of.people);
        let length = 7 + dice.below(12);
        match dice.below(6) {
            0 => {
                let said = self.clause(length, true, dice);
                format!("{open}{said}{close}, {}{space}{person}{stop}", dice.one(say))
            }
            1 => format!("{person} {}{space}{that}{space}{}{stop}", dice.one(say), self.clause(length, false, dice)),
            2 => {
                let town = dice.one(&self.of.towns);
                format!("{}{space}{town}{stop}", self.clause(length, true, dice))
            }
            3 => {
                let (figure, counted) = self.figure(dice);
                format!("{}{space}{figure}{space}{counted}{stop}", self.clause(length, true, dice))
            }
            _ => format!("{}{stop}", self.clause(length, true, dice)),
        }
    }

    /// A number of this happening with the word for what it counts, the same in all its reports.
    fn figure(&self, dice: &mut Dice) -> (usize, &str) {
        let at = dice.below(self.of.figures.len());
        (self.of.figures[at], &self.tongue.words[self.of.topic[at]])
    }

    fn clause(&self, length: usize, opens: bool, dice: &mut Dice) -> String {
        let mut clause = String::new();
        for at in 0..length {
            if at > 0 {
                clause.push_str(self.tongue.space);
            }
            let rank = if dice.once_in(5) { *dice.one(&self.of.topic) } else { dice.rank(OCTAVES) };
            let word = &self.tongue.words[rank];
            if at == 0 && opens {
                let mut letters = word.chars();
                clause.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                clause.push_str(letters.as_str());
            } else {
                clause.push_str(word);
            }
        }
        clause
    }
}
