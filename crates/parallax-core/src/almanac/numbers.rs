//! One language's words of number: numerals, units, qualifiers, what is counted.

use super::{Glance, Phrases};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A data file as it stands: `data/numbers/LANG.toml`. Phrases may be of several words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumbersData {
    /// Marks that part groups of three digits.
    pub group: Vec<String>,
    /// Marks that begin the decimals.
    pub decimal: Vec<String>,
    /// Are groups of three also parted by a space?
    pub space_group: bool,
    /// Are number words written together (German, Italian)?
    pub compound: bool,
    /// Do ones stand before tens ("five and twenty")?
    pub units_first: bool,
    /// Do tens and hundreds multiply the digit before them (三百二十)?
    pub positional: bool,
    /// Is one part of a number word a number by itself? Korean ones are also endings of other words.
    pub lone_parts: Option<bool>,
    /// Where the counted noun stands after the number.
    pub noun: NounPlace,
    /// Word → value: added to what stands before.
    pub cardinal: BTreeMap<String, i64>,
    /// Word → factor of what stands before.
    pub multiplier: BTreeMap<String, i64>,
    /// Word → value: places in an order that also count ("sixth").
    pub ordinal: BTreeMap<String, i64>,
    /// Letters after digits that make an ordinal.
    pub ordinal_suffix: Vec<String>,
    /// Letters after digits that multiply ("bn").
    pub scale: BTreeMap<String, i64>,
    /// Word → part ("0.5", "1/3").
    pub fraction: BTreeMap<String, String>,
    /// Phrase after a number → part to add ("and a half").
    pub and_fraction: BTreeMap<String, String>,
    /// Words that stand for one before a multiplier ("a hundred").
    pub article: Vec<String>,
    /// Words between the parts of a number word.
    pub joiner: Vec<String>,
    /// Words that put a number below nought ("minus").
    pub minus: Vec<String>,
    /// Between the whole and its part ("百分之七十").
    pub over: Vec<String>,
    /// Numbers without a value ("dozens").
    pub vague: Vec<String>,
    /// Before a number: it is at most that.
    pub at_most: Vec<String>,
    /// Before a number: it is at least that.
    pub at_least: Vec<String>,
    /// Before a number: it is near that.
    pub about: Vec<String>,
    /// After a number: it is at most that.
    pub or_less: Vec<String>,
    /// After a number: it is at least that.
    pub or_more: Vec<String>,
    /// Ranges: words before the first number and between the two ("between", "and"); the first may be empty.
    pub range: Vec<[String; 2]>,
    /// Currency by ISO 4217 code → words and signs.
    pub currency: BTreeMap<String, Vec<String>>,
    /// Canonical unit → words; "10 %" is a unit of ten percent.
    pub unit: BTreeMap<String, Vec<String>>,
    /// Nouns for people.
    pub people: Vec<String>,
    /// Nouns that name nothing without the next ("בני אדם", "sons of man": human beings), where one word is what is counted.
    pub bound: Vec<String>,
    /// Words that end the phrase of what is counted.
    pub stop: Vec<String>,
    /// Words of dying; a final `*` stands for any ending.
    pub dead: Vec<String>,
    /// Words of being hurt, missing or driven out.
    pub hurt: Vec<String>,
    /// Words that may stand between the counted people and what befell them ("were reportedly").
    pub aside: Vec<String>,
    /// Words before which or after which a number names a thing, not a count ("No.", "Article").
    pub label: Vec<String>,
    /// "as of".
    pub as_of: Vec<String>,
    /// Words that say a quantity itself moved ("revised", "rose").
    pub moved: Vec<String>,
}

/// Where the counted noun stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NounPlace {
    /// The first word after the number.
    #[default]
    First,
    /// The first word after the number that ends in s.
    Plural,
    /// The first capitalised word after the number.
    Capital,
}

/// A part of a number word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numeral {
    /// Added.
    Cardinal(i64),
    /// Multiplies.
    Multiplier(i64),
    /// Added, and makes the whole an ordinal.
    Ordinal(i64),
}

/// How a qualifier bounds a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// "nearly".
    AtMost,
    /// "more than".
    AtLeast,
    /// "about".
    About,
}

/// Whole words and beginnings of words.
#[derive(Clone, Debug, Default)]
pub struct WordSet {
    whole: BTreeSet<String>,
    seen: Glance,
    begin: Vec<String>,
}

impl WordSet {
    /// From words in any spelling; a final `*` stands for any ending.
    #[must_use]
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        let mut set = WordSet::default();
        for word in words {
            let key = super::keys(word.trim_end_matches('*')).join(" ");
            if key.is_empty() {
                continue;
            }
            if word.ends_with('*') {
                set.begin.push(key);
            } else {
                set.seen.add(&key);
                set.whole.insert(key);
            }
        }
        set.begin.sort();
        set
    }

    /// Does it hold this token key?
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.seen.may_hold(key) && self.whole.contains(key)
            || self.begin.iter().any(|begin| key.starts_with(begin.as_str()))
    }
}

/// One language's words of number, ready for look-up; what all languages share is added in.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Marks that part groups of three digits.
    pub group: Vec<String>,
    /// Marks that begin the decimals.
    pub decimal: Vec<String>,
    /// Are groups of three also parted by a space?
    pub space_group: bool,
    /// Are number words written together?
    pub compound: bool,
    /// Do ones stand before tens?
    pub units_first: bool,
    /// Do tens and hundreds multiply the digit before them?
    pub positional: bool,
    /// Is one part of a number word a number by itself?
    pub lone_parts: bool,
    /// Where the counted noun stands.
    pub noun: NounPlace,
    /// Parts of number words.
    pub numerals: Phrases<Numeral>,
    /// Parts of number words by their first letter, longest first, to take compounds apart; joiners have no value.
    pub pieces: BTreeMap<char, Vec<(String, Option<Numeral>)>>,
    /// Letters after digits that make an ordinal.
    pub ordinal_suffix: WordSet,
    /// Letters after digits that multiply.
    pub scale: Phrases<i64>,
    /// Parts ("a half").
    pub fraction: Phrases<Decimal>,
    /// Parts to add after a number ("and a half").
    pub and_fraction: Phrases<Decimal>,
    /// Words that stand for one before a multiplier.
    pub article: WordSet,
    /// Words between the parts of a number word.
    pub joiner: WordSet,
    /// Words that put a number below nought.
    pub minus: Phrases<()>,
    /// Words between the whole and its part.
    pub over: Phrases<()>,
    /// Numbers without a value.
    pub vague: Phrases<()>,
    /// Qualifiers before a number.
    pub before: Phrases<Bound>,
    /// Qualifiers after a number.
    pub after: Phrases<Bound>,
    /// Words that open a range → what stands between its two numbers.
    pub ranges: Vec<(Vec<String>, Vec<String>)>,
    /// Currency words and signs → ISO 4217.
    pub currency: Phrases<String>,
    /// Unit words → canonical unit.
    pub unit: Phrases<String>,
    /// Nouns for people.
    pub people: WordSet,
    /// Nouns that name nothing without the next.
    pub bound: WordSet,
    /// Words that end the phrase of what is counted.
    pub stop: WordSet,
    /// Words of dying.
    pub dead: WordSet,
    /// Words of being hurt, missing or driven out.
    pub hurt: WordSet,
    /// Words between the counted people and what befell them.
    pub aside: WordSet,
    /// Words beside which a number names a thing.
    pub label: WordSet,
    /// "as of".
    pub as_of: Phrases<()>,
    /// Words that say a quantity itself moved.
    pub moved: WordSet,
}

impl Numbers {
    /// Makes one language's data ready, with what is common to all. Fractions that are no decimals are left out.
    #[must_use]
    pub fn new(own: &NumbersData, common: &NumbersData) -> Self {
        let mut numerals = Phrases::default();
        let one = [own, common];
        for (word, numeral) in one.into_iter().flat_map(NumbersData::numerals) {
            numerals.add(word, numeral);
        }
        let pieces = pieces(own, common);
        let both = |pick: fn(&NumbersData) -> &Vec<String>| WordSet::new(one.into_iter().flat_map(pick));
        let mut before = Phrases::default();
        let mut after = Phrases::default();
        let mut ranges = Vec::new();
        let (mut currency, mut unit, mut scale) = (Phrases::default(), Phrases::default(), Phrases::default());
        let (mut fraction, mut and_fraction) = (Phrases::default(), Phrases::default());
        for data in one {
            for (words, bound) in
                [(&data.at_most, Bound::AtMost), (&data.at_least, Bound::AtLeast), (&data.about, Bound::About)]
            {
                words.iter().for_each(|w| before.add(w, bound));
            }
            data.or_less.iter().for_each(|w| after.add(w, Bound::AtMost));
            data.or_more.iter().for_each(|w| after.add(w, Bound::AtLeast));
            ranges.extend(data.range.iter().map(|[open, mid]| (super::keys(open), super::keys(mid))));
            data.currency.iter().for_each(|(code, words)| words.iter().for_each(|w| currency.add(w, code.clone())));
            data.unit.iter().for_each(|(name, words)| words.iter().for_each(|w| unit.add(w, name.clone())));
            data.scale.iter().for_each(|(letters, factor)| scale.add(letters, *factor));
            data.fraction.iter().filter_map(|(w, v)| Some((w, part(v)?))).for_each(|(w, v)| fraction.add(w, v));
            data.and_fraction.iter().filter_map(|(w, v)| Some((w, part(v)?))).for_each(|(w, v)| and_fraction.add(w, v));
        }
        Numbers {
            group: own.group.clone(),
            decimal: own.decimal.clone(),
            space_group: own.space_group,
            compound: own.compound,
            units_first: own.units_first,
            positional: own.positional,
            lone_parts: own.lone_parts.unwrap_or(true),
            noun: own.noun,
            numerals,
            pieces,
            ordinal_suffix: both(|d| &d.ordinal_suffix),
            scale,
            fraction,
            and_fraction,
            article: both(|d| &d.article),
            joiner: both(|d| &d.joiner),
            minus: own.minus.iter().map(|w| (w.clone(), ())).collect(),
            over: own.over.iter().map(|w| (w.clone(), ())).collect(),
            vague: own.vague.iter().map(|w| (w.clone(), ())).collect(),
            before,
            after,
            ranges,
            currency,
            unit,
            people: both(|d| &d.people),
            bound: both(|d| &d.bound),
            stop: both(|d| &d.stop),
            dead: both(|d| &d.dead),
            hurt: both(|d| &d.hurt),
            aside: both(|d| &d.aside),
            label: both(|d| &d.label),
            as_of: own.as_of.iter().map(|w| (w.clone(), ())).collect(),
            moved: both(|d| &d.moved),
        }
    }
}

impl NumbersData {
    /// The parts of number words.
    fn numerals(&self) -> impl Iterator<Item = (&String, Numeral)> {
        let cardinal = self.cardinal.iter().map(|(w, v)| (w, Numeral::Cardinal(*v)));
        let multiplier = self.multiplier.iter().map(|(w, v)| (w, Numeral::Multiplier(*v)));
        let ordinal = self.ordinal.iter().map(|(w, v)| (w, Numeral::Ordinal(*v)));
        cardinal.chain(multiplier).chain(ordinal)
    }
}

/// Parts of number words and joiners by their first letter, longest first.
fn pieces(own: &NumbersData, common: &NumbersData) -> BTreeMap<char, Vec<(String, Option<Numeral>)>> {
    let parts = own.numerals().chain(common.numerals()).map(|(word, part)| (word, Some(part)));
    let joiners = own.joiner.iter().map(|word| (word, None));
    let mut pieces: BTreeMap<char, Vec<_>> = BTreeMap::new();
    for (word, part) in parts.chain(joiners) {
        let key = super::keys(word).concat();
        let Some(first) = key.chars().next() else { continue };
        pieces.entry(first).or_default().push((key, part));
    }
    pieces.values_mut().for_each(|p| p.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0))));
    pieces
}

/// "0.5" or "1/3" to fifteen places.
fn part(text: &str) -> Option<Decimal> {
    match text.split_once('/') {
        Some((a, b)) => {
            let value = a.trim().parse::<Decimal>().ok()?.checked_div(b.trim().parse().ok()?)?;
            Some(value.round_dp(15).normalize())
        }
        None => text.parse().ok(),
    }
}
