//! A set's files → what the program says of them, as the JSON that it prints.

use crate::sets::{Set, Task};
use anyhow::{Context, Result};
use parallax_core::almanac::Almanac;
use parallax_core::contract::{self, ComparedStory};
use parallax_core::likeness::content::{Content, Weights};
use parallax_core::likeness::{Likeness, names, sentences};
use parallax_core::model::{
    Annotations, Article, ArticleId, Document, Format, NameKind, Page, Placement, StoryId, Take,
};
use parallax_core::{compare, extract, feed, group, resolve, understand};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The lines (for a comparison: the one object) that the scorer is given.
pub fn lines(set: &Set, almanac: &Almanac) -> Result<Vec<Value>> {
    match set.task {
        Task::Extract => read_pages(&set.inputs, almanac),
        Task::Encoding => {
            let (feeds, pages): (Vec<_>, Vec<_>) =
                set.inputs.iter().cloned().partition(|p| p.extension().is_some_and(|e| e == "xml"));
            Ok([read_pages(&pages, almanac)?, parse_feeds(&feeds)?].concat())
        }
        Task::Feed => parse_feeds(&set.inputs),
        Task::Language | Task::Dates | Task::Quotes | Task::FiguresReading => {
            let articles = articles(&set.inputs, almanac)?;
            Ok(articles.iter().map(|a| contract::read(a, &understand::annotate(a, almanac), None)).collect())
        }
        Task::Names | Task::Claims => pairs(set, almanac),
        Task::Group => {
            let placed = place(articles(&set.inputs, almanac)?, almanac);
            Ok(placed.iter().map(|p| contract::placement(&p.article.id, &p.placement, false)).collect())
        }
        Task::Figures => figure_groups(set, almanac),
        Task::Compare => Ok(vec![json!({
            "stories": stories(&place(articles(&set.inputs, almanac)?, almanac), almanac),
            "problems": [],
        })]),
        Task::Press => crate::press::stories(),
        Task::Missed => Ok(Vec::new()),
    }
}

/// A file's text, unpacked where it is gzipped.
pub fn bytes(path: &Path) -> Result<Vec<u8>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_none_or(|e| e != "gz") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

/// A path → the page there.
pub fn page(path: &Path) -> Result<Page> {
    let format = if path.extension().is_some_and(|e| e == "txt") { Format::Plain } else { Format::Html };
    let id = ArticleId(path.display().to_string());
    Ok(Page { id, url: None, format, charset: None, bytes: bytes(path)? })
}

/// JSON lines and saved pages → articles.
pub fn articles(paths: &[PathBuf], almanac: &Almanac) -> Result<Vec<Article>> {
    let mut found = Vec::new();
    for path in paths {
        if path.extension().is_some_and(|e| e == "jsonl") {
            for line in json_lines(path)? {
                found.push(extract::document(serde_json::from_value::<Document>(line)?, almanac));
            }
        } else {
            found.push(extract::article(&page(path)?, almanac));
        }
    }
    Ok(found)
}

/// The objects of a JSON-lines file.
pub fn json_lines(path: &Path) -> Result<Vec<Value>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    lines.map(|l| serde_json::from_str(l).with_context(|| format!("{}: not JSON lines", path.display()))).collect()
}

fn read_pages(paths: &[PathBuf], almanac: &Almanac) -> Result<Vec<Value>> {
    let read = |path: &PathBuf| {
        let article = extract::article(&page(path)?, almanac);
        Ok(contract::read(&article, &understand::annotate(&article, almanac), None))
    };
    paths.iter().map(read).collect()
}

fn parse_feeds(paths: &[PathBuf]) -> Result<Vec<Value>> {
    let parse = |path: &PathBuf| Ok(contract::feed(&path.display().to_string(), &feed::parse(&bytes(path)?)));
    paths.iter().map(parse).collect()
}

fn pairs(set: &Set, almanac: &Almanac) -> Result<Vec<Value>> {
    let pairs = set.inputs.iter().map(|p| json_lines(p)).collect::<Result<Vec<_>>>()?.concat();
    let text = |pair: &Value, field: &str| pair[field].as_str().unwrap_or_default().to_owned();
    let answer = |pair: &Value, likeness: Likeness, threshold: Likeness| {
        let score = f64::from(likeness.0) / 1000.0;
        json!({"id": pair["id"], "score": score, "match": likeness >= threshold})
    };
    if set.task == Task::Names {
        let judge = |pair: &Value| {
            let kind = match pair["kind"].as_str() {
                Some("person") => NameKind::Person,
                Some("organisation") => NameKind::Organisation,
                Some("place") => NameKind::Place,
                _ => NameKind::Other,
            };
            answer(pair, names::names(&text(pair, "a"), &text(pair, "b"), kind, almanac), names::MATCH)
        };
        return Ok(pairs.iter().map(judge).collect());
    }
    // As the command does: what every sentence of the input has tells nothing.
    let content = |pair: &Value, field: &str| Content::of(&text(pair, field), Some("en"), almanac);
    let contents: Vec<_> = pairs.iter().map(|pair| (content(pair, "a"), content(pair, "b"))).collect();
    let mut weights = Weights::new();
    for (a, b) in &contents {
        weights.add(a);
        weights.add(b);
    }
    let judged = pairs.iter().zip(&contents);
    Ok(judged.map(|(pair, (a, b))| answer(pair, sentences::contents(a, b, &weights), sentences::MATCH)).collect())
}

/// `compare` is run on each gold group alone.
fn figure_groups(set: &Set, almanac: &Almanac) -> Result<Vec<Value>> {
    let articles = articles(&set.inputs, almanac)?;
    let by_id: BTreeMap<_, _> = articles.iter().map(|a| (a.id.0.as_str(), a)).collect();
    let mut lines = Vec::new();
    for gold in json_lines(&set.gold)?.iter().filter(|g| g["group"].is_string() || g["group"].is_number()) {
        let documents = gold["docs"].as_array().cloned().unwrap_or_default();
        let members = documents.iter().filter_map(|d| by_id.get(d.as_str()?).copied().cloned()).collect();
        lines.push(json!({"group": gold["group"], "stories": stories(&place(members, almanac), almanac)}));
    }
    Ok(lines)
}

/// An article with what was understood of it and where it went.
pub struct Placed {
    /// The article.
    pub article: Article,
    /// What it says.
    pub annotations: Annotations,
    /// Its story.
    pub placement: Placement,
}

/// Folds articles in the order given into stories.
pub fn place(articles: Vec<Article>, almanac: &Almanac) -> Vec<Placed> {
    let mut grouper = group::Grouper::new();
    let place = |article: Article| {
        let annotations = understand::annotate(&article, almanac);
        let placement = grouper.place(&article, &annotations, almanac);
        Placed { article, annotations, placement }
    };
    articles.into_iter().map(place).collect()
}

fn take(placed: &Placed) -> Take<'_> {
    Take { article: &placed.article, annotations: &placed.annotations, derivation: &placed.placement.derivation }
}

fn stories(placed: &[Placed], almanac: &Almanac) -> Vec<Value> {
    let mut members: BTreeMap<&StoryId, Vec<&Placed>> = BTreeMap::new();
    for one in placed {
        members.entry(&one.placement.story).or_default().push(one);
    }
    let compared = members.into_iter().map(|(id, members)| {
        let pairs: Vec<_> = members.iter().map(|p| (&p.article, &p.annotations)).collect();
        let links = resolve::link(&pairs, almanac);
        let takes: Vec<_> = members.iter().copied().map(take).collect();
        let comparison = compare::story(&takes, &links, almanac);
        let mut story = contract::story(&ComparedStory { id, takes: &takes, links: &links, comparison: &comparison });
        // The public scorer takes no null here: what cannot be said counts as nothing claimed.
        for take in story["takes"].as_array_mut().into_iter().flatten() {
            if take["only_here"].is_null() {
                take["only_here"] = json!([]);
            }
        }
        story
    });
    compared.collect()
}
