//! `feed`: feed files → normalised entries, a line a feed.

use anyhow::Result;
use parallax_core::{contract, feed};
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Feed files.
    #[arg(required = true)]
    paths: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut out = BufWriter::new(stdout().lock());
    for path in &args.paths {
        let parsed = feed::parse(&std::fs::read(path)?);
        writeln!(out, "{}", contract::feed(path, &parsed))?;
    }
    Ok(ExitCode::SUCCESS)
}
