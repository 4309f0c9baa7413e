//! `demo`: the sample press on this machine: a desk that reads it as it comes out, or three of its happenings compared.

use super::Common;
use crate::sample;
use anyhow::Result;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax demo                    four days of press in a minute: stories form, as a desk left running sees them
  parallax demo --still            three happenings compared: the report
  parallax demo --json | jq '.stories[0].current_take'
  parallax demo --write press      the fourteen articles as files, to try things on:
  parallax compare press/bridge-*
  parallax explain press/strait-2-nevsky-obozrevatel.html

The sample press is written by us: its outlets, people, places and events are invented.")]
pub struct Args {
    /// Compare three happenings of the press and print the report. So it is, too, where the output is no terminal.
    #[arg(long)]
    still: bool,
    /// Show stories form even where the output is no terminal: each time the board changed it is printed anew.
    #[arg(long, conflicts_with_all = ["still", "json", "all"])]
    live: bool,
    /// End when the four days are over.
    #[arg(long, conflicts_with_all = ["still", "json", "all"])]
    once: bool,
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
    let still = args.still || args.json || args.all || !(args.live || std::io::stdout().is_terminal());
    if !still {
        return super::demo_live::run(args.once, common);
    }
    let inputs = sample::inputs(parallax_almanac::almanac());
    super::compare::print(inputs.into_iter(), args.json, HEADING, common.style(args.all), common)
}
