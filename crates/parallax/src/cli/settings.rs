//! `settings`: shows what a desk is set to, and sets it, in the file that its page writes too.

use super::desk::Place;
use super::live::Bounds;
use super::out::{Out, printable};
use crate::settings::{self, CONTACT, COUNTRY, ENTRIES, READS, Settings, country, language};
use anyhow::Result;
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax settings                                 what is set, and in which file
  parallax settings --country KE --reads sw,en
  parallax settings --pages 500 --keep-days 7
  parallax settings --unset contact

They stand in settings.toml in the desk's folder, under the names of these options: write there by hand as you like, remarks stay. The page
/settings writes there too. What `serve` and `run` are given goes before it; a desk at work takes up a change within a second, but for the contact.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    #[arg(long, value_name = "CC", help = COUNTRY.says, value_parser = country)]
    country: Option<String>,
    #[arg(long, value_name = "LANG", value_delimiter = ',', help = READS.says, value_parser = language)]
    reads: Vec<String>,
    #[command(flatten)]
    bounds: Bounds,
    #[arg(long, value_name = "CONTACT", help = CONTACT.says)]
    contact: Option<String>,
    /// Say nothing of one any more. Can be repeated.
    #[arg(long, value_name = "NAME", value_parser = ENTRIES.map(|entry| entry.key))]
    unset: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Result<ExitCode> {
    let home = args.place.home()?;
    let reads = (!args.reads.is_empty()).then(|| args.reads.join(","));
    let said = Settings::default().with(COUNTRY, args.country)?.with(READS, reads)?.with(CONTACT, args.contact)?;
    let said = args.bounds.on(said)?;
    let mut changes: Vec<(&str, Option<String>)> = args.unset.iter().map(|key| (key.as_str(), None)).collect();
    let set = ENTRIES.iter().filter_map(|entry| Some((entry.key, Some(said.get(entry.key)?.to_owned()))));
    changes.extend(set);
    let now = if changes.is_empty() { settings::read(&home)? } else { settings::change(&home, &changes)? };
    let file = settings::path(&home);
    let mut out = Out::new(args.json);
    if args.json {
        let entry = |entry: &settings::Entry| (entry.key.to_owned(), json!(now.get(entry.key)));
        let all: serde_json::Map<_, _> = ENTRIES.iter().map(entry).collect();
        out.line(json!({"file": file, "settings": all}))?;
        return Ok(ExitCode::SUCCESS);
    }
    let there = if file.exists() { "" } else { ", which is not there yet" };
    out.line(format!("In {}{there}:", file.display()))?;
    for entry in &ENTRIES {
        let unsaid = || Settings::unsaid(entry).map_or("not said".to_owned(), |holds| format!("not said: {holds}"));
        out.line(format!("  {:<10} {}", entry.key, now.get(entry.key).map_or_else(unsaid, printable)))?;
    }
    Ok(ExitCode::SUCCESS)
}
