//! Where articles were placed → pairs, B-cubed, look-alikes kept apart, stories left alone, blind presses.

use super::gold::Gold;
use super::said::Said;
use super::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};

/// Scores the grouping. An article that was not printed at all is in a story of its own.
pub fn score(gold: &Gold, said: &Said, sheet: &mut Sheet) {
    let mut truth: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut told: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for (index, (name, article)) in gold.articles.iter().enumerate() {
        truth.entry(article.story().unwrap_or(name)).or_default().insert(name);
        told.entry(said.at.get(name).map_or(usize::MAX - index, |at| at.0)).or_default().insert(name);
    }
    for (name, article) in &gold.articles {
        let (ours, theirs) = (with(told.values(), name), with(truth.values(), name));
        let shared = ours.intersection(&theirs).count() as f64;
        let (ours, theirs) = (ours.len() as f64, theirs.len() as f64);
        sheet.weigh("b3_p", &article.language, shared / ours, 1.0);
        sheet.weigh("b3_r", &article.language, shared / theirs, 1.0);
        // Each pair is met from both ends.
        sheet.weigh("pair_p", "", (shared - 1.0) / 2.0, (ours - 1.0) / 2.0);
        sheet.weigh("pair_r", "", (shared - 1.0) / 2.0, (theirs - 1.0) / 2.0);
    }
    for (story, members) in truth.iter().filter(|(story, _)| gold.stories.contains_key(**story)) {
        let whole = told.values().any(|t| t == members);
        sheet.count("whole", "", whole);
        if !whole {
            let parts = told.values().filter(|t| !t.is_disjoint(members));
            let shown = parts.map(|t| format!("    {}", t.iter().copied().collect::<Vec<_>>().join(", ")));
            sheet.case(
                "stories",
                format!(
                    "{story} ({}) is not told as one story alone:\n{}",
                    gold.stories[*story].happening,
                    shown.collect::<Vec<_>>().join("\n")
                ),
            );
        }
    }
    let mixed = |a: &str, b: &str| {
        let touches = |t: &BTreeSet<&str>, s: &str| truth.get(s).is_some_and(|members| !t.is_disjoint(members));
        told.values().any(|t| touches(t, a) && touches(t, b))
    };
    let mut looked = BTreeSet::new();
    for (story, truth) in &gold.stories {
        for other in truth.apart.iter().filter(|other| looked.insert((story.min(*other), story.max(*other)))) {
            let apart = !mixed(story, other);
            sheet.count("apart", "", apart);
            if !apart {
                sheet.case("stories", format!("{story} and {other} look alike and were mixed"));
            }
        }
    }
    for members in truth.iter().filter(|(story, _)| !gold.stories.contains_key(**story)).map(|(_, members)| members) {
        let alone = told.values().any(|t| t == members);
        sheet.count("alone", "", alone);
        if !alone {
            let joined = told.values().find(|t| !t.is_disjoint(members)).cloned().unwrap_or_default();
            sheet.case("stories", format!("{members:?} tells none of the stories, but was put to {joined:?}"));
        }
    }
    blind(gold, said, sheet);
}

/// The set among these that holds an article.
fn with<'a>(mut sets: impl Iterator<Item = &'a BTreeSet<&'a str>>, name: &str) -> BTreeSet<&'a str> {
    sets.find(|set| set.contains(name)).cloned().unwrap_or_default()
}

/// A country that is silent on a story: its press is here, and none of it stands with the story.
fn blind(gold: &Gold, said: &Said, sheet: &mut Sheet) {
    for (story, truth) in &gold.stories {
        for country in &truth.blind {
            let of_country = || gold.articles.iter().filter(|(_, a)| a.country == *country).map(|(name, _)| name);
            let there: BTreeSet<_> = gold
                .articles
                .iter()
                .filter(|(_, a)| a.story() == Some(story))
                .filter_map(|(n, _)| said.at.get(n))
                .map(|at| at.0)
                .collect();
            let known =
                of_country().filter_map(|name| said.article(name)).any(|a| a["outlet"]["country"] == country.as_str());
            let silent = !of_country().filter_map(|name| said.at.get(name)).any(|at| there.contains(&at.0));
            sheet.count("blind", "", known && silent);
            if !(known && silent) {
                sheet.case(
                    "stories",
                    format!("{story}: the press of {country} is silent on it, which is not to be seen"),
                );
            }
        }
    }
}
