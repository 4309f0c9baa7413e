//! Scored sets → the table a person reads: a line a set, then what is known of each language.

use crate::score::Scored;
use crate::sets::Task;
use parallax_core::almanac::ITEMS_TO_MEASURE;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The languages the desk means to serve first.
const LANGUAGES: [&str; 18] =
    ["en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh", "ja", "ko"];

/// Prints both tables.
pub fn print(results: &[Scored]) {
    for result in results {
        let figures = result.set.task.held().iter().filter_map(|name| {
            let name = name.trim_start_matches('-');
            Some(format!("{name} {:.3}", result.figures.get(name)?))
        });
        println!("{:28} {}", result.set.name, figures.collect::<Vec<_>>().join("  "));
    }
    println!();
    languages(results);
}

/// One line a language: its main figure for each task, where at least [`ITEMS_TO_MEASURE`] gold items measure it.
fn languages(results: &[Scored]) {
    let mut cells: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    let mut columns = BTreeSet::new();
    for result in results {
        let column = result.set.name.split('/').next().unwrap_or_default();
        let column = if result.set.name.starts_with("dates/figures") { "numbers" } else { column };
        for (language, figure) in by_language(result) {
            columns.insert(column);
            cells.entry((language, column)).or_default().push(figure);
        }
    }
    if columns.is_empty() {
        return;
    }
    println!(
        "Main figure of each task by language, the mean of its sets (– unmeasured: fewer than {ITEMS_TO_MEASURE} gold items)"
    );
    print!("{:4}", "");
    columns.iter().for_each(|c| print!(" {c:>9}"));
    println!();
    for language in LANGUAGES {
        print!("{language:4}");
        for column in &columns {
            let mean = |f: &Vec<f64>| format!("{:.3}", f.iter().sum::<f64>() / f.len() as f64);
            print!(" {:>9}", cells.get(&(language, *column)).map_or("–".to_owned(), mean));
        }
        println!();
    }
}

/// The main figure of a set for each of [`LANGUAGES`] that it measures.
fn by_language(result: &Scored) -> Vec<(&'static str, f64)> {
    let Some(language) = &result.set.language else { return many_languages(result) };
    let Some(language) = LANGUAGES.iter().find(|l| *l == language) else { return Vec::new() };
    let main = match result.set.task {
        Task::Figures => "differ_f1",
        Task::FiguresReading => "toll_r",
        Task::Dates if !result.figures.contains_key("value_f1") => "value_r",
        Task::Dates => "value_f1",
        Task::Compare => "statement_f1",
        task => task.held()[0],
    };
    let figure = result.figures.get(main).or_else(|| result.figures.get("f1"));
    figure.map(|f| (*language, *f)).into_iter().collect()
}

/// Sets of many languages: the share of right answers in each, where gold and answer can be compared line by line.
fn many_languages(result: &Scored) -> Vec<(&'static str, f64)> {
    if result.set.task != Task::Language {
        return Vec::new();
    }
    let gold = crate::predict::json_lines(&result.set.gold).unwrap_or_default();
    let answers: BTreeMap<_, _> = result.predicted.iter().map(|p| (p["id"].to_string(), &p["language"])).collect();
    let right = |row: &Value| answers.get(&row["id"].to_string()).is_some_and(|a| **a == row["lang"]);
    let mut found = Vec::new();
    for language in LANGUAGES {
        let rows: Vec<_> = gold.iter().filter(|r| r["lang"] == language).collect();
        if rows.len() >= ITEMS_TO_MEASURE as usize {
            let share = rows.iter().filter(|r| right(r)).count() as f64 / rows.len() as f64;
            found.push((language, share));
        }
    }
    found
}
