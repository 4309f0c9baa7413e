//! What the almanac says is measured is what the public sets hold.

use parallax_eval::predict::json_lines;
use parallax_eval::public_sets;
use parallax_eval::sets::{self, Task};
use serde_json::Value;
use std::collections::BTreeMap;

/// Gold rows of the sets whose name begins so, each with the count of its items.
fn count(task: Task, prefix: &str, items: impl Fn(&Value) -> usize) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for set in sets::all(&public_sets()).into_iter().filter(|s| s.task == task && s.name.starts_with(prefix)) {
        for row in json_lines(&set.gold).unwrap() {
            let language = row["lang"].as_str().unwrap_or("en").to_owned();
            *counts.entry(language).or_default() += items(&row);
        }
    }
    counts
}

fn each(row: &Value, list: &str, counts: impl Fn(&Value) -> bool) -> usize {
    row[list].as_array().map_or(0, |items| items.iter().filter(|i| counts(i)).count())
}

#[test]
fn what_is_said_to_be_measured_is() {
    let due = |item: &Value| item["ignore"] != true;
    let dev = |row: &Value| each(row, "statements", |s| s["speech"] == true);
    let counted = [
        ("language", count(Task::Language, "language", |_| 1)),
        ("dates", count(Task::Dates, "dates/datetime", |r| each(r, "gold", due))),
        ("figures", count(Task::Dates, "dates/figures", |r| each(r, "gold", due))),
        ("statements", {
            let mut counts = count(Task::Quotes, "quotes/polnear-dev", dev);
            counts.extend(count(Task::Quotes, "quotes/german-dev", dev));
            counts
        }),
        ("stories", count(Task::Group, "group", |r| usize::from(r["cluster"].is_string()))),
    ];
    let measured = &parallax_almanac::almanac().measured;
    for (task, counts) in counted {
        if counts.is_empty() {
            println!("skipped {task}: its sets are not there");
            continue;
        }
        for language in
            ["en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh", "ja", "ko"]
        {
            let there = counts.get(language).copied().unwrap_or(0);
            assert_eq!(measured.items(task, language) as usize, there, "{task} in {language}");
        }
    }
}
