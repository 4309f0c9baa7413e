//! Articles as they were read → text, headline, time, names, kind, access, and whose words they are.

use super::gold::{Gold, Written};
use super::said::{Said, list};
use super::sheet::Sheet;
use parallax_core::model::Moment;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Scores what was read of each article.
pub fn score(gold: &Gold, said: &Said, sheet: &mut Sheet) {
    let mut kinds: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for (name, written) in &gold.articles {
        let read = said.article(name).unwrap_or(&Value::Null);
        sheet.count("read", "", !read.is_null());
        let kind = read["kind"].as_str().unwrap_or_default();
        kinds.entry(written.header("gold-kind")).or_default()[0] += 1;
        let told = kinds.entry(kind).or_default();
        told[1] += 1;
        if kind == written.header("gold-kind") {
            told[2] += 1;
        }
        plain(name, written, read, sheet);
        people(name, written, read, sheet);
        if written.header("gold-access") != "headline" {
            text(name, written, read, sheet);
        }
        derivation(name, gold, said, sheet);
    }
    for [of, told, right] in kinds.into_values().filter(|k| k[0] > 0) {
        sheet.weigh("kind_f1", "", f64::from(2 * right) / f64::from(of + told), 1.0);
    }
}

/// What is right or wrong as a whole.
fn plain(name: &str, written: &Written, read: &Value, sheet: &mut Sheet) {
    let language = &written.language;
    let mut same = |what: &'static str, expected: &str, found: &Value| {
        let found = found.as_str().unwrap_or_default();
        let right = squeezed(found) == squeezed(expected);
        sheet.count(what, language, right);
        if !right {
            let area = if matches!(what, "kind" | "access") { what } else { "metadata" };
            sheet.case(area, format!("{name}: {what} is {found:?}, should be {expected:?}"));
        }
    };
    same("title", &written.title, &read["title"]);
    same("kind", written.header("gold-kind"), &read["kind"]);
    same("access", written.header("gold-access"), &read["access"]);
    same("language", language, &read["language"]);
    // A blog that carries another's report is its carrier; the outlet is the other.
    if written.header("original").is_empty() {
        same("outlet", &written.outlet, &read["outlet"]["name"]);
        same("country", &written.country, &read["outlet"]["country"]);
    } else {
        same("carrier", &written.outlet, &read["carrier"]["name"]);
    }
    let mut at = |what: &'static str, expected: &str, found: &Value| {
        let found = found.as_str().unwrap_or_default();
        let right = same_time(expected, found);
        sheet.count(what, language, right);
        if !right {
            sheet.case("metadata", format!("{name}: {what} is {found:?}, should be {expected:?}"));
        }
    };
    at("time", written.header("published"), &read["published"]);
    if let Some(updated) = &written.updated {
        at("updated", updated, &read["updated"]);
    }
}

/// The same moment, or, where a page gives no offset, the same time of day.
fn same_time(expected: &str, found: &str) -> bool {
    let minutes = |time: &str| time.parse::<Moment>().ok().map(|m| m.minutes());
    minutes(expected).is_some_and(|m| minutes(found) == Some(m))
        || (found.len() >= 16 && expected.get(..16) == found.get(..16))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn people(name: &str, written: &Written, read: &Value, sheet: &mut Sheet) {
    let agency = Some(written.header("agency").to_owned()).filter(|a| !a.is_empty());
    let (authors, agencies) = (written.authors.iter().cloned().collect(), agency.into_iter().collect());
    for (right, missed, expected, found) in
        [("author_p", "author_r", authors, &read["authors"]), ("agency_p", "agency_r", agencies, &read["agencies"])]
    {
        let expected: BTreeSet<String> = expected;
        let found: BTreeSet<_> = list(found).iter().filter_map(|f| f.as_str().map(str::to_owned)).collect();
        let shared = expected.intersection(&found).count() as f64;
        sheet.weigh(right, &written.language, shared, found.len() as f64);
        sheet.weigh(missed, &written.language, shared, expected.len() as f64);
        if expected != found {
            sheet.case("metadata", format!("{name}: credited are {found:?}, should be {expected:?}"));
        }
    }
}

/// Words, each as often as it stands; in scripts without spaces, letters.
fn words(text: &str) -> BTreeMap<String, u32> {
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        let mut add = |word: String| *words.entry(word).or_default() += 1;
        if run.chars().any(|c| ('\u{3040}'..='\u{9fff}').contains(&c)) {
            run.chars().for_each(|c| add(c.to_string()));
        } else {
            add(run.to_owned());
        }
    }
    words
}

fn text(name: &str, written: &Written, read: &Value, sheet: &mut Sheet) {
    let found = read["text"].as_str().unwrap_or_default();
    let (expected, got) = (words(&written.text), words(found));
    let shared: u32 = expected.iter().map(|(word, n)| *n.min(got.get(word).unwrap_or(&0))).sum();
    let sum = |words: &BTreeMap<String, u32>| f64::from(words.values().sum::<u32>());
    sheet.weigh("text_r", &written.language, f64::from(shared), sum(&expected));
    sheet.weigh("text_p", &written.language, f64::from(shared), sum(&got));
    let (all, alone): (BTreeSet<_>, BTreeSet<_>) = (written.text.lines().collect(), found.lines().collect());
    for line in all.difference(&alone).take(1) {
        sheet.case("text", format!("{name}: missing, or not as written: {line:.160}"));
    }
    for line in alone.difference(&all).take(1) {
        sheet.case("text", format!("{name}: surplus, or not as written: {line:.160}"));
    }
}

/// Copies and rewritings of one original are one family: to name any of it is right.
fn derivation(name: &str, gold: &Gold, said: &Said, sheet: &mut Sheet) {
    let read = said.article(name).unwrap_or(&Value::Null);
    let expected = gold.articles[name].derivation();
    let word = read["derivation"].as_str().unwrap_or("original");
    let of = said.name(&read["of"]).unwrap_or_default();
    let root = |name: &str| gold.articles.get(name).and_then(|a| Some(a.derivation()?.1)).unwrap_or(name).to_owned();
    let right = expected.is_some_and(|(_, original)| !of.is_empty() && of != name && root(of) == original);
    let language = &gold.articles[name].language;
    if word != "original" {
        sheet.count("derived_p", language, right);
    }
    if let Some((how, original)) = expected {
        let translated = gold.articles.get(original).is_some_and(|o| o.language != *language);
        sheet.count("derived_r", language, right);
        sheet.count(
            if translated {
                "translated"
            } else if how == "verbatim" {
                "verbatim"
            } else {
                "edited"
            },
            "",
            right,
        );
        sheet.count("derived_word", language, right && word == how);
    }
    let expected = expected.map_or("original".to_owned(), |(how, of)| format!("{how} of {of}"));
    let found = if of.is_empty() { word.to_owned() } else { format!("{word} of {of}") };
    if !right && expected != found {
        sheet.case("derivation", format!("{name}: {found}, should be {expected}"));
    }
}
