//! `extract`, `understand`, `read`: one JSON object a document, in input order.

use crate::{input, pipeline};
use anyhow::Result;
use parallax_core::{contract, understand};
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Take every path that is no page as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Saved pages, plain text, JSON lines; - for JSON lines on standard input.
    #[arg(required = true)]
    paths: Vec<String>,
}

/// How far to go.
#[derive(Clone, Copy, PartialEq)]
pub enum Depth {
    Extract,
    Understand,
}

pub fn run(args: &Args, depth: Depth) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let mut out = BufWriter::new(stdout().lock());
    let mut done = 0;
    for input in input::inputs(&args.paths, args.jsonl) {
        match pipeline::extract(input, almanac) {
            Ok(article) => {
                let value = match depth {
                    Depth::Extract => contract::article(&article),
                    Depth::Understand => contract::read(&article, &understand::annotate(&article, almanac), None),
                };
                writeln!(out, "{value}")?;
                out.flush()?;
                done += 1;
            }
            Err(problem) => eprintln!("parallax: {}", contract::problem(&problem)),
        }
    }
    Ok(ExitCode::from(u8::from(done == 0)))
}
