//! `<weekday> ,? <month> <day> ,? <year>?` → a form that tokens can be matched against.
//!
//! A form is written as words and slots, parted by spaces. `<slot>` takes a number or a word of time, `<name>` a short form
//! (`part`) of the same file, `a|b` either word, `_` stands for the space in a phrase of several words. A final `?` makes one optional;
//! a leading `~` wants no space before it.

use super::Glance;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a form means: how its slots make a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Year, month, day, weekday, time as given.
    Date,
    /// `n` units before the article's day.
    Ago,
    /// `n` units after it.
    Ahead,
    /// "two days after …": what follows was `n` units before the day spoken of.
    AfterEvent,
    /// "two days before …": what follows is `n` units after the day spoken of.
    BeforeEvent,
    /// `n` units after the date named last.
    Later,
    /// `n` units before the date named last.
    Earlier,
    /// The `n` units that end now.
    Past,
    /// The `n` units that begin now.
    Coming,
    /// A length of time.
    Length,
    /// The unit in a direction ("last month").
    Period,
    /// The unit up to the article's day ("earlier this year").
    SoFar,
    /// The unit from the article's day on ("later this month").
    Remaining,
    /// A hundred years ("the 19th century").
    Century,
    /// Ten years ("the 1970s").
    Decade,
    /// A time of day.
    Clock,
    /// Words that look like a date and are none ("may").
    Nothing,
}

/// A place in a form that takes a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub enum Slot {
    Year,
    Yy,
    Month,
    Month2,
    Mm,
    Day,
    Day2,
    Nth,
    Weekday,
    Today,
    N,
    Unit,
    Direction,
    /// "last month" as one phrase.
    Relative,
    Hour,
    Minute,
    Second,
    Meridiem,
    Season,
    Holiday,
    /// A day or month in digits, whichever the language puts there first.
    First,
    /// The other.
    Other,
    Decade,
    /// A decade in words ("sixties").
    Tens,
}

/// One element of a form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Element {
    /// What it takes.
    pub takes: Takes,
    /// May it be left out?
    pub optional: bool,
    /// Must it stand without space before it?
    pub tight: bool,
}

/// What an element takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Takes {
    /// One of these phrases.
    Words(Vec<Vec<String>>),
    /// A value.
    Slot(Slot),
    /// One of several short forms.
    Part(Vec<Vec<Element>>),
}

/// A form ready for matching.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Form {
    /// What it means.
    pub kind: FormKind,
    /// Its elements in order.
    pub elements: Vec<Element>,
    /// Words it can begin with.
    pub first_words: Vec<String>,
    /// Slots it can begin with.
    pub first_slots: Vec<Slot>,
}

/// A language's forms by what they begin with.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    by_word: BTreeMap<String, Vec<usize>>,
    words: Glance,
    by_slot: BTreeMap<Slot, Vec<usize>>,
    all: Vec<Form>,
}

impl Forms {
    /// Makes them ready for look-up; earlier ones are tried first.
    #[must_use]
    pub fn new(all: Vec<Form>) -> Self {
        let mut forms = Forms::default();
        for (at, form) in all.iter().enumerate() {
            for word in &form.first_words {
                forms.words.add(word);
                forms.by_word.entry(word.clone()).or_default().push(at);
            }
            form.first_slots.iter().for_each(|slot| forms.by_slot.entry(*slot).or_default().push(at));
        }
        Forms { all, ..forms }
    }

    /// The forms that can begin with this word.
    pub fn beginning_with(&self, key: &str) -> impl Iterator<Item = &Form> {
        let found = if self.words.may_hold(key) { self.by_word.get(key) } else { None };
        found.into_iter().flatten().map(|at| &self.all[*at])
    }

    /// The slots that forms can begin with, and those forms.
    pub fn by_slot(&self) -> impl Iterator<Item = (Slot, impl Iterator<Item = &Form>)> {
        self.by_slot.iter().map(|(slot, forms)| (*slot, forms.iter().map(|at| &self.all[*at])))
    }
}

/// Reads a form as it is written in data.
///
/// # Errors
/// Names what could not be understood.
pub fn compile(kind: FormKind, spelling: &str, parts: &BTreeMap<String, Vec<String>>) -> Result<Form, String> {
    let elements = elements(spelling, parts, 0)?;
    let (mut first_words, mut first_slots) = (Vec::new(), Vec::new());
    firsts(&elements, &mut first_words, &mut first_slots);
    Ok(Form { kind, elements, first_words, first_slots })
}

fn elements(spelling: &str, parts: &BTreeMap<String, Vec<String>>, depth: usize) -> Result<Vec<Element>, String> {
    if depth > 3 {
        return Err(format!("{spelling}: parts within parts too deep"));
    }
    spelling.split_whitespace().map(|piece| element(piece, parts, depth)).collect()
}

fn element(piece: &str, parts: &BTreeMap<String, Vec<String>>, depth: usize) -> Result<Element, String> {
    let tight = piece.starts_with('~') && piece.len() > 1;
    let inner = if tight { &piece[1..] } else { piece };
    let optional = inner.ends_with('?') && inner.len() > 1;
    let inner = if optional { &inner[..inner.len() - 1] } else { inner };
    let takes = match inner.strip_prefix('<').and_then(|i| i.strip_suffix('>')) {
        Some(name) => match (slot(name), parts.get(name)) {
            (Some(slot), _) => Takes::Slot(slot),
            (None, Some(forms)) => {
                Takes::Part(forms.iter().map(|f| elements(f, parts, depth + 1)).collect::<Result<_, _>>()?)
            }
            (None, None) => return Err(format!("<{name}> is neither a slot nor a part")),
        },
        None if inner.contains(['<', '>']) && inner.len() > 1 => return Err(format!("{piece}: a slot among words")),
        None => Takes::Words(
            inner.split('|').map(|w| super::keys(&w.replace('_', " "))).filter(|k| !k.is_empty()).collect(),
        ),
    };
    Ok(Element { takes, optional, tight })
}

fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "year" => Slot::Year,
        "yy" => Slot::Yy,
        "month" => Slot::Month,
        "month2" => Slot::Month2,
        "mm" => Slot::Mm,
        "day" => Slot::Day,
        "day2" => Slot::Day2,
        "nth" => Slot::Nth,
        "weekday" => Slot::Weekday,
        "today" => Slot::Today,
        "n" => Slot::N,
        "unit" => Slot::Unit,
        "direction" => Slot::Direction,
        "relative" => Slot::Relative,
        "hour" => Slot::Hour,
        "min" => Slot::Minute,
        "sec" => Slot::Second,
        "meridiem" => Slot::Meridiem,
        "season" => Slot::Season,
        "holiday" => Slot::Holiday,
        "first" => Slot::First,
        "other" => Slot::Other,
        "decade" => Slot::Decade,
        "tens" => Slot::Tens,
        _ => return None,
    })
}

/// What a form can begin with: its first elements up to one that must be there.
fn firsts(elements: &[Element], words: &mut Vec<String>, slots: &mut Vec<Slot>) {
    for element in elements {
        match &element.takes {
            Takes::Words(phrases) => words.extend(phrases.iter().filter_map(|p| p.first().cloned())),
            Takes::Slot(slot) => slots.push(*slot),
            Takes::Part(forms) => forms.iter().for_each(|f| firsts(f, words, slots)),
        }
        if !element.optional {
            break;
        }
    }
}
