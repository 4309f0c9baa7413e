//! A number → a happening: who, where, how many, in which languages it is told, by whom and when.

use super::dice::Dice;
use super::tongue::{LANGUAGES, OCTAVES};

/// Outlets of the generated press: ten a language.
pub const OUTLETS: usize = LANGUAGES.len() * 10;
/// A happening is told at most so often, less one.
const LARGEST: u32 = 9;
/// Minutes over which the reports of a happening are spread, at most.
const LONGEST: usize = 5 * 1440;

const ONSETS: &[&str] =
    &["b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "w", "z"];
const VOWELS: &[&str] = &["a", "e", "i", "o", "u", "au", "ei"];
const CODAS: &[&str] = &["", "l", "m", "n", "r", "s", "nd", "rt", "lm"];
const GIVEN: &[&str] = &[
    "Marit", "Jonas", "Elena", "Tomas", "Aisha", "Karim", "Lucia", "Pavel", "Ingrid", "Mateo", "Sofia", "Andrei",
    "Leila", "Viktor", "Clara", "Daniel", "Noor", "Emil", "Rosa", "Anton",
];
const TOWN_ENDS: &[&str] = &["burg", "vik", "dal", "mor", "ova", "sera", "mouth", "grad", "ton", "ia"];

/// What is told.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Which it is.
    pub number: u64,
    /// Who: people, some of whom come up again and again.
    pub people: Vec<String>,
    /// Where.
    pub towns: Vec<String>,
    /// How many.
    pub figures: Vec<usize>,
    /// What it is about, as ranks of words.
    pub topic: Vec<usize>,
    /// When and by which outlet, in order; the first is when it became known.
    pub reports: Vec<(u64, usize)>,
}

impl Happening {
    /// The happening of this number, which becomes known at a minute.
    #[must_use]
    pub fn new(seed: u64, number: u64, minute: u64) -> Self {
        let mut dice = Dice::of(seed, "happening", number);
        let size = dice.size(LARGEST);
        let languages = if dice.once_in(3) { 1 + dice.size(5).min(size) } else { 1 };
        let told_in: Vec<usize> = (0..languages).map(|_| dice.rank(6) % LANGUAGES.len()).collect();
        let spread = LONGEST.min(360 + size * 30);
        let mut reports: Vec<(u64, usize)> = (0..size)
            .map(|_| {
                // Squared: a burst in the beginning, stragglers after.
                let late = dice.below(1_000);
                let outlet = dice.one(&told_in) * 10 + dice.rank(4) % 10;
                (minute + (late * late * spread / 1_000_000) as u64, outlet)
            })
            .collect();
        reports.sort_unstable();
        reports[0].0 = minute;
        Happening {
            number,
            people: (0..3).map(|_| person(seed, dice.rank(12) as u64)).collect(),
            towns: (0..2).map(|_| town(seed, dice.rank(11) as u64)).collect(),
            figures: (0..4).map(|_| 2 + dice.rank(11)).collect(),
            topic: (0..20).map(|_| 200 + dice.below((1 << OCTAVES) - 200)).collect(),
            reports,
        }
    }
}

fn syllables(count: usize, dice: &mut Dice) -> String {
    let mut name = String::new();
    for _ in 0..count {
        name.push_str(dice.one::<&str>(ONSETS));
        name.push_str(dice.one::<&str>(VOWELS));
    }
    name.push_str(dice.one::<&str>(CODAS));
    let first = name[..1].to_uppercase();
    first + &name[1..]
}

fn person(seed: u64, number: u64) -> String {
    let mut dice = Dice::of(seed, "person", number);
    let given = *dice.one(GIVEN);
    format!("{given} {}", syllables(2, &mut dice))
}

fn town(seed: u64, number: u64) -> String {
    let mut dice = Dice::of(seed, "town", number);
    syllables(1, &mut dice) + dice.one::<&str>(TOWN_ENDS)
}

/// An outlet of the generated press.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// What it is called.
    pub name: String,
    /// Where its articles stand.
    pub host: String,
    /// Where it is at home, ISO 3166-1 alpha-2: a country whose outlets write its language, where the catalogue has one.
    pub country: Option<String>,
}

/// The outlet of this number.
#[must_use]
pub fn outlet(seed: u64, number: usize) -> Outlet {
    let mut dice = Dice::of(seed, "outlet", number as u64);
    let name =
        format!("{} {}", syllables(2, &mut dice), dice.one(&["Gazette", "Post", "Herald", "Courier", "Tribune"]));
    let host = format!("{}-{number}.example", name.to_lowercase().replace(' ', "-"));
    let countries = countries(LANGUAGES[number / 10 % LANGUAGES.len()]);
    let country = countries.get(number % 10 % countries.len().max(1)).map(|code| (*code).to_owned());
    Outlet { name, host, country }
}

/// Where outlets of the catalogue write a language for their own public, in the catalogue's order.
fn countries(language: &str) -> Vec<&'static str> {
    let mut countries = Vec::new();
    for outlet in parallax_almanac::catalogue().outlets() {
        let code = outlet.country.as_str();
        if outlet.home().language.as_str() == language && !countries.contains(&code) {
            countries.push(code);
        }
    }
    countries
}
