//! `compare`: documents → stories, each with its takes side by side.

use crate::{input, pipeline};
use anyhow::Result;
use parallax_core::contract;
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Saved pages, plain text, JSON lines; - for JSON lines on standard input.
    #[arg(required = true)]
    paths: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let mut problems = Vec::new();
    let mut articles = Vec::new();
    for input in input::inputs(&args.paths, false) {
        match pipeline::extract(input, almanac) {
            Ok(article) => articles.push(article),
            Err(problem) => problems.push(contract::problem(&problem)),
        }
    }
    let placed = pipeline::place(articles, almanac);
    let stories = pipeline::stories(&placed);
    let stories: Vec<_> = stories
        .iter()
        .map(|(id, members)| {
            let members: Vec<_> = members.iter().map(|m| &placed[*m]).collect();
            pipeline::compare_story(id, &members, almanac)
        })
        .collect();
    println!("{}", json!({"stories": stories, "problems": problems}));
    Ok(ExitCode::SUCCESS)
}
