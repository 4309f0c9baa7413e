//! `group`: documents in the order given → stories.

use crate::{input, pipeline};
use anyhow::Result;
use parallax_core::contract;
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Take every path that is no page as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Print each line as soon as it is decided, with the reasons.
    #[arg(long)]
    online: bool,
    /// Saved pages, plain text, JSON lines; - for JSON lines on standard input.
    #[arg(required = true)]
    paths: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let articles = input::inputs(&args.paths, args.jsonl).filter_map(|i| pipeline::extract(i, almanac).ok()).collect();
    let mut out = BufWriter::new(stdout().lock());
    for placed in pipeline::place(articles, almanac) {
        writeln!(out, "{}", contract::placement(&placed.article.id, &placed.placement, args.online))?;
    }
    Ok(ExitCode::SUCCESS)
}
