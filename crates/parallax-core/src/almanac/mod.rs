//! What the desk knows before it reads, as types: the one door for outside knowledge. The data comes from `parallax-almanac`.

mod calendar;
mod catalogue;
mod concepts;
mod contrast;
mod forms;
mod furniture;
mod identify;
mod kinds;
mod lexicon;
mod measured;
mod naming;
mod numbers;
mod outlets;
mod phrases;
mod places;
mod reporting;
mod transliteration;
mod vocabulary;
mod world;

pub use calendar::{Calendar, CalendarData, DayOrder, Holiday, TimeUnit, TimeWord};
pub use catalogue::{
    Catalogue, CatalogueData, CatalogueOutlet, CountryCode, Edition, LanguageTag, OutletKind, Owner, State, StateLabel,
    WebAddress,
};
pub use concepts::{Concepts, Glossary, Meaning, UNKNOWN, stem_hash};
pub use contrast::{Contrast, Pole};
pub use forms::{Element, Form, FormKind, Forms, Slot, Takes};
pub use furniture::{Furniture, FurnitureWords, Mark, Role};
pub use identify::{Candidates, Fit, LanguageModel, Letters, Signs};
pub use kinds::{KindWords, Kinds, Telling};
pub use lexicon::{CueKind, Lexicon, Part, Phrase, fits};
pub use measured::{ITEMS_TO_MEASURE, Measured};
pub use naming::{Gender, Naming, People};
pub use numbers::{Bound, NounPlace, Numbers, NumbersData, Numeral, WordSet};
pub use outlets::{Agency, CarrierFacts, CountryFacts, OutletFacts, Outlets, OutletsData, host};
pub use phrases::{Glance, Phrases, keys};
pub use places::{Place, PlaceKind, Places};
pub use reporting::{Cues, Order, QuoteMarks, Reporting, Words};
pub use transliteration::{ScriptTable, Spelling, Transliteration};
pub use vocabulary::{Abbreviation, Vocabulary};
pub use world::{Apart, World};

use std::collections::BTreeMap;

/// BCP 47 primary subtag ("en") → that language's data.
pub type PerLanguage<T> = BTreeMap<String, T>;

/// Everything known beforehand. A stage takes it by reference and never looks elsewhere.
#[derive(Debug, Default)]
pub struct Almanac {
    /// Function words, abbreviations, sentence marks.
    pub vocabulary: PerLanguage<Vocabulary>,
    /// Denial, opposites, what joins clauses.
    pub contrast: PerLanguage<Contrast>,
    /// Reporting verbs, attributions, quote marks, pronouns.
    pub reporting: PerLanguage<Reporting>,
    /// Titles, offices, given names, the words of organisations.
    pub naming: PerLanguage<Naming>,
    /// People's given names, of all languages together.
    pub people: People,
    /// Number words, units, qualifiers, what dying is called.
    pub numbers: PerLanguage<Numbers>,
    /// Months, weekdays, relative dates, words of plans and outcomes.
    pub calendar: PerLanguage<Calendar>,
    /// What page furniture says.
    pub furniture: Furniture,
    /// What tells sorts of texts.
    pub kinds: Kinds,
    /// Outlets, carriers, agencies and their credits.
    pub outlets: Outlets,
    /// Countries, demonyms, cities.
    pub places: Places,
    /// Which words of which languages mean what.
    pub concepts: Concepts,
    /// Letter statistics of languages.
    pub identify: LanguageModel,
    /// How many gold items measure what.
    pub measured: Measured,
}
