//! Every span of every output holds: `text[start:end]` in code points is the finding's own words, on all public texts, mangled or not.

use parallax_core::model::Document;
use parallax_core::{contract, extract, understand};
use parallax_eval::{predict, public_sets};
use serde_json::Value;

/// Characters that break offsets: astral, combining, right-to-left, zero-width, wide, controls.
const HARD: &[&str] = &[
    "😀",
    "𝔘",
    "e\u{301}",
    "n\u{303}\u{323}",
    "\u{202e}",
    "\u{200f}",
    "\u{200b}",
    "\u{feff}",
    "שלום",
    "مرحبا",
    "中文",
    "ﷺ",
    "İ",
    "ß",
    "“",
    "»",
    "\u{a0}",
    "👩‍👩‍👧",
    "\u{7}",
    "\r\n",
    "ﬁ",
    "½",
    "٣",
    "一千",
];

/// One in this many language samples is read: they are short and many.
const LANGUAGE_SAMPLE: usize = 15;

/// Walks the whole output; `texts` gives the text that an object's offsets refer to.
fn check(value: &Value, text: &[char], wrong: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let (Some(start), Some(end), Some(words)) = (
                object.get("start").and_then(Value::as_u64),
                object.get("end").and_then(Value::as_u64),
                object.get("text").and_then(Value::as_str),
            ) {
                let slice = text.get(start as usize..end as usize).map(|c| c.iter().collect::<String>());
                if slice.as_deref() != Some(words) || words.is_empty() {
                    wrong.push(format!("{start}..{end} is {slice:?}, not {words:?}"));
                }
            }
            object.values().for_each(|v| check(v, text, wrong));
        }
        Value::Array(values) => values.iter().for_each(|v| check(v, text, wrong)),
        _ => {}
    }
}

fn check_document(document: Document) -> (usize, Vec<String>) {
    let almanac = parallax_almanac::almanac();
    let article = extract::document(document, almanac);
    let output = contract::read(&article, &understand::annotate(&article, almanac), None);
    let text: Vec<char> = output["text"].as_str().unwrap().chars().collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for list in ["names", "statements", "figures", "dates"] {
        count += output[list].as_array().unwrap().len();
        check(&output[list], &text, &mut wrong);
    }
    (count, wrong)
}

/// The same text with something hard every few words, by a fixed pattern.
fn mangled(text: &str, seed: usize) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (n, word) in text.split_inclusive(' ').enumerate() {
        out.push_str(word);
        if (n * 7 + seed).is_multiple_of(5) {
            out.push_str(HARD[(n * 13 + seed) % HARD.len()]);
        }
    }
    out
}

fn public_documents() -> Vec<Document> {
    let evals = public_sets();
    let mut documents = Vec::new();
    for set in parallax_eval::sets::all(&evals) {
        for path in set.inputs.iter().filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
            let every = if set.name.starts_with("language") { LANGUAGE_SAMPLE } else { 1 };
            let lines = predict::json_lines(path).unwrap();
            documents.extend(lines.into_iter().step_by(every).filter_map(|l| serde_json::from_value(l).ok()));
        }
    }
    documents
}

#[test]
fn spans_hold_on_every_public_text() {
    let documents = public_documents();
    if documents.is_empty() {
        println!("skipped: the public sets are not there");
        return;
    }
    let mut found = 0;
    for document in documents {
        let id = document.id.clone();
        let (count, wrong) = check_document(document);
        found += count;
        assert!(wrong.is_empty(), "{id}: {}", wrong.join("\n"));
    }
    assert!(found > 10_000, "only {found} spans were there to check");
}

#[test]
fn spans_hold_on_mangled_texts() {
    let documents = public_documents();
    if documents.is_empty() {
        println!("skipped: the public sets are not there");
        return;
    }
    for (seed, mut document) in documents.into_iter().step_by(11).enumerate() {
        document.text = mangled(&document.text, seed);
        let id = document.id.clone();
        let (_, wrong) = check_document(document);
        assert!(wrong.is_empty(), "{id} mangled with {seed}: {}", wrong.join("\n"));
    }
}

#[test]
fn spans_hold_in_comparisons() {
    let evals = public_sets();
    let sets: Vec<_> =
        parallax_eval::sets::all(&evals).into_iter().filter(|s| s.name.starts_with("compare/")).collect();
    if sets.is_empty() {
        println!("skipped: the public sets are not there");
        return;
    }
    for set in sets {
        let output = predict::lines(&set, parallax_almanac::almanac()).unwrap().remove(0);
        for story in output["stories"].as_array().unwrap() {
            for article in story["articles"].as_array().unwrap() {
                let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
                let mut wrong = Vec::new();
                check_of(story, article["id"].as_str().unwrap(), None, &text, &mut wrong);
                assert!(wrong.is_empty(), "{}: {}", article["id"], wrong.join("\n"));
            }
        }
    }
}

/// As [`check`], but only for what belongs to one article of a story.
fn check_of(value: &Value, article: &str, owner: Option<&str>, text: &[char], wrong: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            let owner = object.get("article").and_then(Value::as_str).or(owner);
            if owner == Some(article) && object.contains_key("start") {
                let own: serde_json::Map<_, _> = object
                    .iter()
                    .filter(|(k, _)| ["start", "end", "text"].contains(&k.as_str()))
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect();
                check(&Value::Object(own), text, wrong);
            }
            object.values().for_each(|v| check_of(v, article, owner, text, wrong));
        }
        Value::Array(values) => values.iter().for_each(|v| check_of(v, article, owner, text, wrong)),
        _ => {}
    }
}
