//! `feed`: feed files → normalised entries, a line a feed as JSON, or a list for people.

use super::out::Out;
use crate::input::{bounded, open, problem};
use crate::limits::FEED_BYTES;
use anyhow::Result;
use parallax_core::contract;
use parallax_core::feed::{self, Feed};
use parallax_core::model::Problem;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax feed front.xml                          title and entries, for people
  parallax feed --json *.xml | jq .entries[].url   one line a feed, \"ok\": false where it is none")]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Feed files, gzip or not; - for standard input.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut out = Out::new(true);
    for path in &args.paths {
        let parsed = parse(path);
        match &parsed {
            Ok(feed) => {
                out.done();
                for problem in &feed.problems {
                    out.note(problem);
                }
            }
            Err(problem) => out.problem(problem),
        }
        match &parsed {
            _ if args.json => out.line(contract::feed(path, &parsed))?,
            Ok(feed) => list(feed, path, &mut out)?,
            Err(_) => {}
        }
    }
    Ok(out.status())
}

fn parse(path: &str) -> Result<Feed, Problem> {
    let (bytes, problems) = bounded(path, open(path)?, FEED_BYTES)?;
    if bytes.is_empty() {
        return Err(problem(path, "there is nothing in it", "fetch the feed again"));
    }
    let named = |p: Problem| Problem { document: Some(path.to_owned()), ..p };
    let mut feed = feed::parse(&bytes).map_err(named)?;
    feed.problems = problems.into_iter().chain(feed.problems).map(named).collect();
    Ok(feed)
}

fn list(feed: &Feed, path: &str, out: &mut Out) -> Result<()> {
    out.line(super::out::printable(feed.title.as_deref().unwrap_or(path)))?;
    for entry in &feed.entries {
        let day = entry.published.as_deref().and_then(|p| p.get(..10)).unwrap_or("          ");
        let title = entry.title.as_deref().or(entry.summary.as_deref()).unwrap_or("(without a title)");
        out.line(format!("  {day}  {}", super::out::printable(title)))?;
        if let Some(url) = &entry.url {
            out.line(format!("              {}", super::out::printable(url)))?;
        }
    }
    Ok(())
}
