//! `demo`: the sample press compared, offline.

use super::Common;
use crate::sample;
use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax demo                    the report
  parallax demo --json | jq '.stories[0].current_take'
  parallax demo --write press      the fourteen articles as files, to try things on:
  parallax compare press/bridge-*
  parallax explain press/strait-2-nevsky-obozrevatel.html

The sample press is written by us: its outlets, people, places and events are invented.")]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Show everything in the report, not only the weightiest of each section.
    #[arg(long)]
    all: bool,
    /// Write the articles into a new folder instead of comparing them.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["json", "all"])]
    write: Option<PathBuf>,
}

const HEADING: &str = "\
SAMPLE PRESS: three invented happenings, told by fictional outlets in six languages.
Written for this demonstration; nobody and nothing in it exists.

";

pub fn run(args: &Args, common: &Common) -> Result<ExitCode> {
    if let Some(folder) = &args.write {
        sample::write(folder)?;
        let name = folder.display();
        println!("{} files are in {name}. Try:\n  parallax compare {name}/bridge-*", sample::FILES.len());
        println!("  parallax explain {name}/strait-2-nevsky-obozrevatel.html");
        return Ok(ExitCode::SUCCESS);
    }
    let inputs = sample::inputs(parallax_almanac::almanac());
    super::compare::print(inputs.into_iter(), args.json, HEADING, common.style(args.all), common)
}
