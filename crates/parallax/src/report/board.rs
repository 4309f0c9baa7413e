//! Stories of a desk → a board for a terminal: each with its countries, outlets, voices, and the difference that weighs most.

use super::layout::{clip, plain};
use super::page::{Ink, Style};
use crate::store::StoryLine;
use serde_json::Value;

/// Four lines a story: headline, who tells it, what differs, its id.
pub fn board(stories: &[(StoryLine, Option<Value>)], style: Style) -> String {
    stories.iter().map(|(story, comparison)| of_story(story, comparison.as_ref(), style)).collect()
}

fn of_story(story: &StoryLine, comparison: Option<&Value>, style: Style) -> String {
    let headline = story.headline.as_deref().unwrap_or("(being compared)");
    let countries =
        if story.countries.is_empty() { String::new() } else { format!(" · {}", story.countries.join(" ")) };
    let voices = comparison.map_or(0, voices);
    let voices = match voices {
        0 => String::new(),
        1 => " · 1 voice quoted".to_owned(),
        several => format!(" · {several} voices quoted"),
    };
    let differs =
        comparison.and_then(difference).map_or("no difference of weight".to_owned(), |d| format!("differs: {d}"));
    let line = |text: &str| clip(&plain(text), style.width.saturating_sub(4));
    format!(
        "{}\n    {}\n    {}\n    {}\n",
        style.ink(Ink::Strong, &clip(&plain(headline), style.width)),
        line(&format!(
            "{} articles, {} outlets{countries} · {}{voices}",
            story.articles,
            story.outlets,
            story.languages.join(" ")
        )),
        line(&differs),
        style.ink(Ink::Faint, &line(&story.key)),
    )
}

/// On whose word its take rests: people and parties, each once.
fn voices(comparison: &Value) -> usize {
    let takes = comparison["current_take"].as_array().into_iter().flatten();
    let voices = takes.flat_map(|t| t["voices"].as_array().into_iter().flatten());
    voices.map(ToString::to_string).collect::<std::collections::BTreeSet<_>>().len()
}

/// The difference of the greatest consequence: values of one quantity that cannot all be true (rounding is none), else a plan that came
/// to nothing.
fn difference(comparison: &Value) -> Option<String> {
    let figures = comparison["figures"].as_array().into_iter().flatten();
    let conflicts = figures.filter(|f| f["verdict"] == "conflict" && f["consequence"].as_u64() > Some(0));
    let weightiest = conflicts.rev().max_by_key(|f| f["consequence"].as_u64()).map(|figure| {
        let mut told: Vec<String> = Vec::new();
        for value in figure["values"].as_array().into_iter().flatten() {
            let text = value["text"].as_str().unwrap_or_default();
            if !told.iter().any(|t| t.to_lowercase() == text.to_lowercase()) {
                told.push(text.to_owned());
            }
        }
        told.iter().map(|text| format!("“{text}”")).collect::<Vec<_>>().join(" against ")
    });
    let undone = || {
        let mut timeline = comparison["timeline"].as_array().into_iter().flatten();
        let entry = timeline.find(|t| t["status"] == "did_not_happen")?;
        Some(format!("announced, did not happen: {}", entry["text"].as_str()?))
    };
    weightiest.or_else(undone)
}
