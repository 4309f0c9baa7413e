//! Countries, demonyms and cities in many languages → what a word names, and whether two words name one place.

use crate::text::fold;
use std::collections::BTreeMap;

/// What sort of place a name names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PlaceKind {
    /// A country or territory with an ISO 3166-1 code.
    Country,
    /// The European Union, the United Nations: named like a country, acts like a body.
    Union,
    /// A state or province.
    Region,
    /// The seat of a country's government.
    Capital,
    /// Any other city.
    City,
    /// The adjective or the people of a country ("French"): no place itself.
    Demonym,
}

impl PlaceKind {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "country" => PlaceKind::Country,
            "union" => PlaceKind::Union,
            "region" => PlaceKind::Region,
            "capital" => PlaceKind::Capital,
            "city" => PlaceKind::City,
            "demonym" => PlaceKind::Demonym,
            _ => return None,
        })
    }
}

/// One place and its country.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Its English name.
    pub name: String,
}

/// Countries, demonyms and cities.
#[derive(Clone, Debug, Default)]
pub struct Places {
    places: Vec<Place>,
    /// Folded name → places, weightiest first.
    by_name: BTreeMap<String, Vec<u32>>,
    /// The most words a name has.
    longest: usize,
}

impl Places {
    /// From lines of kind, country and names (parted by `|`), each parted by a tab; a line that is not so is left out.
    #[must_use]
    pub fn parse(lines: &str) -> Self {
        let mut places = Places::default();
        for line in lines.lines() {
            let mut fields = line.split('\t');
            let (Some(kind), Some(country), Some(names)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let Some(kind) = PlaceKind::from_word(kind) else { continue };
            let name = names.split('|').next().unwrap_or("").to_owned();
            let index = u32::try_from(places.places.len()).unwrap_or(u32::MAX);
            for name in names.split('|') {
                places.longest = places.longest.max(name.split_whitespace().count());
                let entry = places.by_name.entry(place_key(name)).or_default();
                if !entry.contains(&index) {
                    entry.push(index);
                }
            }
            places.places.push(Place { kind, country: country.to_owned(), name });
        }
        let Places { places: all, by_name, .. } = &mut places;
        for entry in by_name.values_mut() {
            entry.sort_by_key(|i| (all[*i as usize].kind, *i));
        }
        places
    }

    /// The places a name may name, weightiest first (countries, then regions, capitals, cities, demonyms).
    pub fn named<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Place> + use<'a> {
        self.by_name.get(&place_key(name)).into_iter().flatten().map(|i| &self.places[*i as usize])
    }

    /// Does it name a place (not a demonym)?
    #[must_use]
    pub fn is_place(&self, name: &str) -> bool {
        self.named(name).any(|p| p.kind != PlaceKind::Demonym)
    }

    /// The same for a name that is folded already and has no dots or hyphens.
    #[must_use]
    pub fn is_place_folded(&self, folded: &str) -> bool {
        self.folded(folded).any(|p| p.kind != PlaceKind::Demonym)
    }

    /// [`Places::country_of`] for a name that is folded already and has no dots or hyphens.
    #[must_use]
    pub fn country_of_folded(&self, folded: &str) -> Option<&str> {
        self.folded(folded).next().map(|p| p.country.as_str())
    }

    fn folded<'a>(&'a self, folded: &str) -> impl Iterator<Item = &'a Place> + use<'a> {
        self.by_name.get(folded).into_iter().flatten().map(|i| &self.places[*i as usize])
    }

    /// The places that an inflected name may name: its ending taken for that of a base form (both folded, one word).
    pub fn inflected<'a>(&'a self, word: &str, endings: &[String], bases: &[String]) -> Option<&'a Place> {
        if let Some(place) = self.folded(word).find(|p| p.kind != PlaceKind::Demonym) {
            return Some(place);
        }
        let mut form = String::new();
        for ending in endings {
            let Some(stem) = word.strip_suffix(ending.as_str()).filter(|s| s.chars().count() > 2) else { continue };
            for base in bases {
                form.clear();
                form.push_str(stem);
                form.push_str(base);
                if let Some(place) = self.folded(&form).find(|p| p.kind != PlaceKind::Demonym) {
                    return Some(place);
                }
            }
        }
        None
    }

    /// Is it the adjective or the people of a country?
    #[must_use]
    pub fn is_demonym(&self, word: &str) -> bool {
        self.named(word).any(|p| p.kind == PlaceKind::Demonym)
    }

    /// ISO 3166-1 alpha-2 of the country that the name names, lies in or belongs to; the weightiest where there are several.
    #[must_use]
    pub fn country_of(&self, name: &str) -> Option<&str> {
        self.named(name).next().map(|p| p.country.as_str())
    }

    /// Can both names name one place ("Kyiv", "Kiev")? Demonyms name none.
    #[must_use]
    pub fn same_place(&self, a: &str, b: &str) -> bool {
        let ids = |name: &str| self.by_name.get(&place_key(name)).map_or(&[][..], Vec::as_slice);
        let (a, b) = (ids(a), ids(b));
        a.iter().any(|i| self.places[*i as usize].kind != PlaceKind::Demonym && b.contains(i))
    }

    /// The most words that a name has.
    #[must_use]
    pub fn longest_name(&self) -> usize {
        self.longest
    }

    /// All folded names, in order.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.by_name.iter().filter_map(|(name, ids)| Some((name.as_str(), &self.places[*ids.first()? as usize])))
    }
}

/// Folded, without the dots of abbreviations ("U.S." is "us") and with plain spaces for hyphens.
fn place_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(|c: char| c.is_whitespace() || c == '-').filter(|w| !w.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().filter(|c| *c != '.'));
    }
    key
}
