//! A take's figure → what is needed to tell whether another take's figure is of the same quantity.

use crate::almanac::{Almanac, Numbers};
use crate::compare::lexis::Class;
use crate::compare::material::{Material, Passage, Token};
use crate::likeness::figures::Value;
use crate::limits::COMPARED_FIGURES;
use crate::model::{DateMention, Decimal, Evidence, Figure};
use crate::text::{stem, tokens, words};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to the people counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// They died.
    Dead,
    /// They were hurt, are missing, were driven out.
    Hurt,
    /// Nothing is said.
    None,
}

/// A figure in its place.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// As it was understood.
    pub figure: &'a Figure,
    /// Where it stands.
    pub at: Evidence,
    /// The value as it is compared.
    pub value: Value,
    /// Stems of the words of what is counted.
    pub counted: BTreeSet<String>,
    /// The last of them: the head of the phrase in languages like English.
    pub head: Option<String>,
    /// Does it count people?
    pub people: bool,
    /// What befell them.
    pub fate: Fate,
    /// Does its sentence tell of dead, whatever the figure counts?
    pub by_the_dead: bool,
    /// Is it a place in an order ("sixth")?
    pub ordinal: bool,
    /// Its sentence.
    pub sentence: Passage,
    /// The words around it within the sentence.
    pub near: Passage,
    /// The words of the figure itself that say what is counted.
    pub what: Passage,
    /// Which of the article's sentences it is.
    pub place: usize,
    /// Is it the first number of dead that its article gives, or that number again?
    pub first_toll: bool,
    /// Does its sentence say that a quantity moved?
    pub moved: bool,
    /// Does its sentence give other values of the same sort?
    pub listed: bool,
}

/// Words on each side of a figure that are nearest to what it is about.
const NEAR: u32 = 60;

/// All figures with a value, in order of article, then place.
pub fn items<'a>(material: &Material<'a>, almanac: &Almanac) -> Vec<Item<'a>> {
    let mut found: Vec<Item<'_>> = Vec::new();
    for (article, take) in material.takes.iter().enumerate().filter(|(article, _)| material.votes(*article)) {
        let language = take.annotations.language.as_deref().and_then(|l| l.split('-').next());
        let numbers = language.and_then(|l| almanac.numbers.get(l));
        let passages = &material.sentences[material.of_article[article].clone()];
        for figure in &take.annotations.figures {
            let named = take.annotations.names.iter().any(|n| n.span.contains(figure.span));
            // The number of a day or a month is no count; "two years ago" counts years.
            let date = |d: &DateMention| !d.value.starts_with(['P', 'T']) && d.span.contains(figure.span);
            let dated = figure.unit.is_none() && take.annotations.dates.iter().any(date);
            if named || dated || is_article(figure, take.article.text.slice(figure.span), numbers) {
                continue;
            }
            let Some(place) = passages.iter().position(|p| p.at.span.contains(figure.span)) else { continue };
            found.push(item(material, article, figure, place, &passages[place], language, numbers));
        }
    }
    let mut told = BTreeMap::new();
    for item in &mut found {
        let core = item.value.core().filter(|_| item.fate == Fate::Dead);
        item.first_toll = core.is_some_and(|core| *told.entry(item.at.article).or_insert(core) == core);
    }
    found.truncate(COMPARED_FIGURES);
    let sort = |i: &Item<'_>| {
        (i.at.article, i.place, i.figure.unit.clone(), i.head.clone().filter(|_| i.figure.unit.is_none()))
    };
    let listed: Vec<bool> =
        found.iter().map(|i| found.iter().any(|o| sort(o) == sort(i) && o.value.core() != i.value.core())).collect();
    found.iter_mut().zip(listed).for_each(|(item, listed)| item.listed = listed);
    found
}

/// "One" as a word counts the dead and measures; before other nouns it is an article or a pronoun in most languages.
fn is_article(figure: &Figure, written: &str, numbers: Option<&Numbers>) -> bool {
    let one = figure.low == Some(Decimal::ONE) && figure.high == Some(Decimal::ONE);
    let befell = || {
        let counted = tokens(figure.counted.as_deref().unwrap_or(""));
        numbers.is_some_and(|n| counted.iter().any(|t| n.dead.has(&t.key) || n.hurt.has(&t.key)))
    };
    one && figure.unit.is_none() && !written.chars().any(char::is_numeric) && !befell()
}

fn item<'a>(
    material: &Material<'a>,
    article: usize,
    figure: &'a Figure,
    place: usize,
    sentence: &Passage,
    language: Option<&str>,
    numbers: Option<&Numbers>,
) -> Item<'a> {
    let text = &material.takes[article].article.text;
    let phrase = figure.counted.as_deref().unwrap_or("");
    let folded: Vec<String> = words(phrase).iter().map(crate::text::Word::folded).collect();
    let stems: Vec<String> = folded.iter().map(|w| stem(w, language.or(Some("en")))).collect();
    let keys: Vec<String> = tokens(phrase).into_iter().map(|t| t.key).collect();
    let has =
        |set: fn(&Numbers) -> &crate::almanac::WordSet| numbers.is_some_and(|n| keys.iter().any(|k| set(n).has(k)));
    let hurt = has(|n| &n.hurt);
    let fate = if hurt {
        Fate::Hurt
    } else if has(|n| &n.dead) {
        Fate::Dead
    } else {
        Fate::None
    };
    let span = figure.span;
    let near = crate::model::Span {
        start: span.start.saturating_sub(NEAR).max(sentence.at.span.start),
        end: (span.end + NEAR).min(sentence.at.span.end),
    };
    let about = figure.qualifier.is_some() && figure.low.is_some() && figure.low == figure.high;
    let sentence_words = tokens(text.slice(sentence.at.span));
    let moved = numbers.is_some_and(|n| sentence_words.iter().any(|t| n.moved.has(&t.key)));
    let by_the_dead = numbers.is_some_and(|n| sentence_words.iter().any(|t| n.dead.has(&t.key)));
    let written = text.slice(figure.span);
    let ordinal = numbers.is_some_and(|n| {
        tokens(written).iter().enumerate().any(|(at, t)| {
            matches!(n.numerals.word(&t.key), Some(crate::almanac::Numeral::Ordinal(_)))
                || (at > 0 && !t.spaced && n.ordinal_suffix.has(&t.key))
        })
    });
    let whole = material.passage(Evidence { article, span });
    let plain = |t: &Token| material.lexis.class(t.word) == Class::Content;
    let what = Passage::new(whole.at, whole.tokens.iter().copied().filter(plain).collect(), &material.lexis);
    Item {
        figure,
        at: Evidence { article, span },
        value: Value { low: figure.low, high: figure.high, about, exact: fate != Fate::None },
        head: stems.last().cloned(),
        counted: stems.into_iter().collect(),
        people: has(|n| &n.people),
        fate,
        by_the_dead,
        ordinal,
        sentence: sentence.clone(),
        near: material.passage(Evidence { article, span: near }),
        what,
        place,
        first_toll: false,
        moved,
        listed: false,
    }
}
