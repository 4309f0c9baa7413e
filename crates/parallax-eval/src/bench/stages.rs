//! Saved pages and documents → each stage's articles a second on one core, and its share of the whole time.

use crate::predict;
use anyhow::{Result, bail};
use parallax_core::model::{Document, Take};
use parallax_core::{compare, extract, group, resolve, understand};
use std::path::Path;
use std::time::{Duration, Instant};

/// A stage's count and time.
struct Timed {
    stage: &'static str,
    articles: usize,
    time: Duration,
}

/// Runs the stages one after the other on one thread, on so many articles, and prints a line each.
///
/// # Errors
/// The public sets are not there.
pub fn run(most: usize, evals: &Path) -> Result<()> {
    let almanac = parallax_almanac::almanac();
    let pages: Vec<_> = std::fs::read_dir(evals.join("extract/trafilatura/pages"))?
        .filter_map(|entry| predict::page(&entry.ok()?.path()).ok())
        .take(most)
        .collect();
    let mut documents = Vec::new();
    for set in ["group/basil-dev.jsonl", "group/ecb-dev.jsonl", "compare/dev.jsonl"] {
        for line in predict::json_lines(&evals.join(set)).unwrap_or_default() {
            documents.push(serde_json::from_value::<Document>(line)?);
        }
    }
    documents.truncate(most);
    if pages.is_empty() || documents.is_empty() {
        bail!("the bench needs extract/trafilatura and the group sets (evals/README.md)");
    }
    let mut lines = Vec::new();
    let mut timed = |stage, articles, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        lines.push(Timed { stage, articles, time: start.elapsed() });
    };
    timed("extract", pages.len(), &mut || {
        pages.iter().for_each(|p| drop(std::hint::black_box(extract::article(p, almanac))));
    });
    let articles: Vec<_> = documents.into_iter().map(|d| extract::document(d, almanac)).collect();
    let mut annotations = Vec::new();
    timed("understand", articles.len(), &mut || {
        annotations = articles.iter().map(|a| understand::annotate(a, almanac)).collect();
    });
    let mut placements = Vec::new();
    timed("group", articles.len(), &mut || {
        let mut grouper = group::Grouper::new();
        placements = articles.iter().zip(&annotations).map(|(a, n)| grouper.place(a, n, almanac)).collect();
    });
    let mut stories: Vec<Vec<usize>> = Vec::new();
    for (index, placement) in placements.iter().enumerate() {
        match stories.iter_mut().find(|s| placements[s[0]].story == placement.story) {
            Some(story) => story.push(index),
            None => stories.push(vec![index]),
        }
    }
    let mut links = Vec::new();
    timed("resolve", articles.len(), &mut || {
        links = stories
            .iter()
            .map(|s| resolve::link(&s.iter().map(|i| (&articles[*i], &annotations[*i])).collect::<Vec<_>>(), almanac))
            .collect();
    });
    timed("compare", articles.len(), &mut || {
        for (story, links) in stories.iter().zip(&links) {
            let take = |i: &usize| Take {
                article: &articles[*i],
                annotations: &annotations[*i],
                derivation: &placements[*i].derivation,
            };
            std::hint::black_box(compare::story(&story.iter().map(take).collect::<Vec<_>>(), links, almanac));
        }
    });
    print(&lines);
    Ok(())
}

fn print(lines: &[Timed]) {
    let cost = |l: &Timed| l.time.as_secs_f64() / l.articles as f64;
    let whole: f64 = lines.iter().map(cost).sum();
    println!("{:12} {:>9} {:>12} {:>8}", "stage", "articles", "a second", "share");
    for line in lines {
        println!(
            "{:12} {:>9} {:>12.0} {:>7.1}%",
            line.stage,
            line.articles,
            1.0 / cost(line),
            100.0 * cost(line) / whole
        );
    }
    println!("one article's whole journey: {:.0} a second on one core", 1.0 / whole);
}
