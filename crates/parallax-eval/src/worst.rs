//! A scored set → its worst cases, to be read: the work queue.

use crate::predict::json_lines;
use crate::score::{Scored, run_scorer};
use crate::sets::Task;
use anyhow::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Prints up to `count` of them.
pub fn print(result: &Scored, evals: &Path, count: usize) -> Result<()> {
    println!("== the worst of {}", result.set.name);
    let cases = match result.set.task {
        Task::Extract | Task::Feed | Task::Dates => listed(result, evals, "--list", count)?,
        Task::Compare => {
            let (report, _) = run_scorer(&result.set, evals, &result.path, &["--errors", &count.to_string()])?;
            report.lines().skip_while(|l| !l.starts_with("SCORE")).skip(1).map(str::to_owned).collect()
        }
        Task::Names | Task::Claims => pairs(result)?,
        Task::Language | Task::Encoding => wrong_answers(result)?,
        Task::Group => torn_stories(result)?,
        Task::Quotes => missed_statements(result)?,
        Task::Figures | Task::FiguresReading => tolls(result)?,
        Task::Press | Task::Missed => by_area(result, count),
    };
    let shown = if matches!(result.set.task, Task::Compare | Task::Press | Task::Missed) { cases.len() } else { count };
    cases.iter().take(shown).for_each(|case| println!("  {case}"));
    println!();
    Ok(())
}

fn listed(result: &Scored, evals: &Path, switch: &str, count: usize) -> Result<Vec<String>> {
    let (report, _) = run_scorer(&result.set, evals, &result.path, &[switch])?;
    let lines: Vec<_> = report.lines().filter(|l| !l.starts_with("SCORE")).map(str::to_owned).collect();
    Ok(lines[lines.len().saturating_sub(count)..].to_vec())
}

/// Up to `count` of each area.
fn by_area(result: &Scored, count: usize) -> Vec<String> {
    let mut areas: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    result.cases.iter().for_each(|(area, words)| areas.entry(area).or_default().push(words));
    let lines = areas.into_iter().flat_map(|(area, cases)| {
        let heading = format!("-- {area}: {} cases", cases.len());
        std::iter::once(heading).chain(cases.into_iter().take(count).map(|words| words.replace('\n', "\n  ")))
    });
    lines.collect()
}

fn answers(result: &Scored) -> BTreeMap<String, &Value> {
    result.predicted.iter().map(|p| (p["id"].to_string(), p)).collect()
}

/// Pairs on the wrong side of the threshold, the most certain first.
fn pairs(result: &Scored) -> Result<Vec<String>> {
    let field = if result.set.task == Task::Names { "match" } else { "same" };
    let inputs = json_lines(&result.set.inputs[0])?;
    let inputs: BTreeMap<_, _> = inputs.iter().map(|i| (i["id"].to_string(), i)).collect();
    let answers = answers(result);
    let mut wrong = Vec::new();
    for gold in json_lines(&result.set.gold)? {
        let id = gold["id"].to_string();
        let (Some(want), Some(answer), Some(input)) = (gold[field].as_bool(), answers.get(&id), inputs.get(&id)) else {
            continue;
        };
        if answer["match"] != want {
            let score = answer["score"].as_f64().unwrap_or(0.0);
            let certainty = if want { 1.0 - score } else { score };
            let told = if want { "missed" } else { "wrong" };
            wrong.push((certainty, format!("{told} at {score:.3}: {} | {}", input["a"], input["b"])));
        }
    }
    wrong.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(wrong.into_iter().map(|w| w.1).collect())
}

fn wrong_answers(result: &Scored) -> Result<Vec<String>> {
    let answers = answers(result);
    let mut wrong = Vec::new();
    for gold in json_lines(&result.set.gold)? {
        let Some(answer) = answers.get(&gold["id"].to_string()) else { continue };
        if gold["lang"] != answer["language"] {
            wrong.push(format!("{} taken for {}: {}", gold["lang"], answer["language"], gold["text"]));
        }
    }
    Ok(wrong)
}

/// Gold stories by how many articles are not where most of theirs are.
fn torn_stories(result: &Scored) -> Result<Vec<String>> {
    let mut members: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let answers = answers(result);
    for gold in json_lines(&result.set.gold)?.iter().filter(|g| !g["cluster"].is_null()) {
        let story = answers.get(&gold["id"].to_string()).map_or_else(String::new, |a| a["story"].to_string());
        let cluster = members.entry(gold["cluster"].to_string()).or_default();
        cluster.entry(story).or_default().insert(gold["id"].to_string());
    }
    let mut torn: Vec<_> = members
        .into_iter()
        .filter(|(_, parts)| parts.len() > 1)
        .map(|(cluster, parts)| {
            let sizes: Vec<_> = parts.values().map(BTreeSet::len).collect();
            let astray = sizes.iter().sum::<usize>() - sizes.iter().max().copied().unwrap_or(0);
            let parts: Vec<_> = parts.values().map(|p| format!("{p:?}")).collect();
            (astray, format!("story {cluster}: {astray} astray, in {} parts: {}", parts.len(), parts.join(" ")))
        })
        .collect();
    torn.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(torn.into_iter().map(|t| t.1).collect())
}

/// Required gold statements that no predicted content overlaps by half, and the documents with most of them first.
fn missed_statements(result: &Scored) -> Result<Vec<String>> {
    let answers = answers(result);
    let mut documents = Vec::new();
    for gold in json_lines(&result.set.gold)? {
        let Some(answer) = answers.get(&gold["id"].to_string()) else { continue };
        let range =
            |s: &Value| (s["content"]["start"].as_u64().unwrap_or(0), s["content"]["end"].as_u64().unwrap_or(0));
        let found: Vec<_> = answer["statements"].as_array().into_iter().flatten().map(range).collect();
        let missed: Vec<_> =
            gold["statements"].as_array().into_iter().flatten().filter(|s| s["speech"] == true).collect();
        let missed: Vec<_> = missed
            .into_iter()
            .filter(|s| {
                let (start, end) = range(s);
                let shared = |f: &(u64, u64)| f.1.min(end).saturating_sub(f.0.max(start));
                !found.iter().any(|f| 2 * shared(f) >= end - start)
            })
            .map(|s| format!("{} missed: {} ({})", gold["id"], s["content"]["text"], s["speaker"]["text"]))
            .collect();
        documents.push(missed);
    }
    documents.sort_by_key(|d| std::cmp::Reverse(d.len()));
    Ok(documents.concat())
}

/// Groups whose label the figures do not bear out.
fn tolls(result: &Scored) -> Result<Vec<String>> {
    let by_group: BTreeMap<_, _> = result.predicted.iter().map(|p| (p["group"].to_string(), p)).collect();
    let mut lines = Vec::new();
    for gold in json_lines(&result.set.gold)?.iter().filter(|g| !g["label"].is_null()) {
        let Some(answer) = by_group.get(&gold["group"].to_string()) else { continue };
        let quantities = answer["stories"].as_array().into_iter().flatten();
        let quantities = quantities.flat_map(|s| s["figures"].as_array().into_iter().flatten());
        let shown: Vec<_> = quantities
            .filter(|q| q["verdict"] == "conflict" || q["verdict"] == "changed")
            .map(|q| {
                let values = q["values"].as_array().into_iter().flatten().map(|v| v["text"].to_string());
                format!("{} {}: {}", q["about"], q["verdict"], values.collect::<Vec<_>>().join(", "))
            })
            .collect();
        if (gold["label"] == "differ") == shown.is_empty() {
            lines.push(format!("{} is {}, said to differ: {}", gold["group"], gold["label"], shown.join("; ")));
        }
    }
    Ok(lines)
}
