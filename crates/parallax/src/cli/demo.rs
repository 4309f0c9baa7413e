//! `demo`: the sample press on this machine: a desk that reads it as it comes out, or three of its happenings compared.

use super::Common;
use super::out::Out;
use crate::desk::Desk;
use crate::press_server::{Follower, SamplePress};
use crate::sample;
use crate::store::Home;
use anyhow::{Context, Result, ensure};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax demo                    four days of press in a minute: stories form, as a desk left running sees them
  parallax demo --still            three happenings compared: the report
  parallax demo --json | jq '.stories[0].current_take'
  parallax demo --keep trial       the four days at once, as a desk in that folder: then
  parallax stories --desk trial
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
    /// Open no browser. None is opened anyway over ssh, or where there is no display.
    #[arg(long)]
    no_open: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Show everything in the report, not only the weightiest of each section.
    #[arg(long)]
    all: bool,
    /// Write the articles into a new folder instead of comparing them.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["json", "all"])]
    write: Option<PathBuf>,
    /// Read all four days at once into a desk in a new folder, to try the commands of a desk on.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["write", "json", "all", "still", "live", "once"])]
    keep: Option<PathBuf>,
}

const HEADING: &str = "\
SAMPLE PRESS: three invented happenings, told by fictional outlets in six
languages. Written for this demonstration; nobody and nothing in it exists.

";

pub fn run(args: &Args, common: &Common) -> Result<ExitCode> {
    if let Some(folder) = &args.write {
        sample::write(folder)?;
        let name = folder.display();
        println!("{} files are in {name}. Try:\n  parallax compare {name}/bridge-*", sample::FILES.len());
        println!("  parallax explain {name}/strait-2-nevsky-obozrevatel.html");
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(folder) = &args.keep {
        return keep(folder, common);
    }
    let still = args.still || args.json || args.all || !(args.live || std::io::stdout().is_terminal());
    if !still {
        return super::demo_live::run(args.once, !args.no_open, common);
    }
    let inputs = sample::inputs(parallax_almanac::almanac());
    super::compare::print(inputs.into_iter(), args.json, HEADING, common.style(args.all), common)
}

/// The whole sample press, read in the order in which it came out.
fn keep(folder: &Path, common: &Common) -> Result<ExitCode> {
    let home = Home::at(folder);
    ensure!(!home.is_there(), "{} holds a desk already; name a new folder", folder.display());
    let press = SamplePress::load().context("the sample press cannot be read")?;
    let mut out = Out::new(false);
    let mut desk = Desk::open(home, common.threads(), &mut |what, done, of| out.at(what, done, of))?;
    let mut follower = Follower::of(&press);
    for moment in press.moments() {
        desk.keep(&follower.arrivals(moment)?)?;
    }
    desk.apply(&mut |what, done, of| out.at(what, done, of))?;
    let compared = desk.compare(&mut |what, done, of| out.at(what, done, of))?;
    desk.close()?;
    out.finish();
    let name = folder.display();
    out.line(format!("The sample press is in {name}: {compared} stories. Try:\n  parallax stories --desk {name}"))?;
    Ok(ExitCode::SUCCESS)
}
