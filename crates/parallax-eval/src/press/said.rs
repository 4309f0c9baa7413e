//! The stories that the program printed → its articles by name, and what it found at a place of their text.

use super::gold::{Gold, Place};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Something found: (index of its story, index in that story's list).
pub type Found = (usize, usize);

/// What the program said, as `stories --json --compared` prints it.
pub struct Said {
    /// A story's comparison each.
    pub stories: Vec<Value>,
    /// `OUTLET/path` → (index of its story, index there).
    pub at: BTreeMap<String, Found>,
    names: BTreeMap<String, String>,
    utterances: Spans,
    quantities: Spans,
    events: Spans,
    only: Spans,
}

/// `OUTLET/path` → what was found there, with its span in code points.
type Spans = BTreeMap<String, Vec<(usize, usize, Found)>>;

impl Said {
    /// Reads it.
    pub fn of(stories: Vec<Value>, gold: &Gold) -> Self {
        let by_address: BTreeMap<_, _> = gold.articles.iter().map(|(name, a)| (a.address.as_str(), name)).collect();
        let mut said = Said {
            stories,
            at: BTreeMap::new(),
            names: BTreeMap::new(),
            utterances: Spans::new(),
            quantities: Spans::new(),
            events: Spans::new(),
            only: Spans::new(),
        };
        for (s, story) in said.stories.iter().enumerate() {
            for (a, article) in list(&story["articles"]).iter().enumerate() {
                let id = article["id"].as_str().unwrap_or_default();
                let address = id.split_once("://").map_or(id, |(_, address)| address);
                if let Some(name) = by_address.get(address) {
                    said.at.insert((*name).clone(), (s, a));
                    said.names.insert(id.to_owned(), (*name).clone());
                }
            }
        }
        for (s, story) in said.stories.iter().enumerate() {
            let lists = [
                (&mut said.utterances, "statements", "renderings"),
                (&mut said.quantities, "figures", "values"),
                (&mut said.events, "timeline", "evidence"),
                (&mut said.only, "takes", "only_here"),
            ];
            for (spans, whole, parts) in lists {
                for (index, one) in list(&story[whole]).iter().enumerate() {
                    for part in list(&one[parts]) {
                        let article = part["article"].as_str().or(one["article"].as_str()).unwrap_or_default();
                        let Some(name) = said.names.get(article) else { continue };
                        let [start, end] = ["start", "end"].map(|end| number(&part[end]));
                        spans.entry(name.clone()).or_default().push((start, end, (s, index)));
                    }
                }
            }
        }
        said
    }

    /// The name of an article by the id it is printed with.
    pub fn name(&self, id: &Value) -> Option<&str> {
        self.names.get(id.as_str()?).map(String::as_str)
    }

    /// An article as it was printed.
    pub fn article(&self, name: &str) -> Option<&Value> {
        let (story, article) = *self.at.get(name)?;
        self.stories.get(story)?["articles"].get(article)
    }

    /// Utterances of which a rendering stands at a place, with its span.
    pub fn utterances(&self, place: &Place) -> BTreeSet<(usize, usize, Found)> {
        self.found(&self.utterances, place)
    }

    /// Quantities of which a value stands there, with its span.
    pub fn quantities(&self, place: &Place) -> BTreeSet<(usize, usize, Found)> {
        self.found(&self.quantities, place)
    }

    /// Entries of the timeline of which an evidence stands there.
    pub fn events(&self, place: &Place) -> BTreeSet<Found> {
        self.found(&self.events, place).into_iter().map(|(_, _, event)| event).collect()
    }

    /// Whether a sentence that only its article is said to have stands there.
    pub fn is_only(&self, place: &Place) -> bool {
        !self.found(&self.only, place).is_empty()
    }

    /// Half of the shorter of the two must be shared.
    fn found(&self, spans: &Spans, place: &Place) -> BTreeSet<(usize, usize, Found)> {
        let Some(text) = self.article(&place.article).and_then(|a| a["text"].as_str()) else { return BTreeSet::new() };
        let Some(spans) = spans.get(&place.article) else { return BTreeSet::new() };
        let mut found = BTreeSet::new();
        for (start, end) in occurrences(text, &place.text) {
            for (from, to, what) in spans {
                let shared = end.min(*to).saturating_sub(start.max(*from));
                if shared > 0 && 2 * shared >= (end - start).min(to - from) {
                    found.insert((*from, *to, *what));
                }
            }
        }
        found
    }
}

/// Where a text stands in another, in code points; digits at its ends are not the middle of a number.
fn occurrences(text: &str, wanted: &str) -> Vec<(usize, usize)> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let whole = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at + wanted.len()..].chars().next());
        !(digit(before) && digit(wanted.chars().next()) || digit(after) && digit(wanted.chars().next_back()))
    };
    let length = wanted.chars().count();
    let start = |at| text[..at].chars().count();
    text.match_indices(wanted).filter(|(at, _)| whole(*at)).map(|(at, _)| (start(at), start(at) + length)).collect()
}

/// An array's items; none where it is null or not there.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_not_found_within_another() {
        assert_eq!(occurrences("138 und 38, 38.", "38"), [(8, 10), (12, 14)]);
        assert_eq!(occurrences("о том", "том"), [(2, 5)]);
    }
}
