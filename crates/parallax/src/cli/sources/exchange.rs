//! `sources import` and `export`: lists of feeds, as readers exchange them (OPML).

use super::{counted, made, nothing};
use crate::cli::desk::{Place, there};
use crate::cli::out::Out;
use crate::desk::sources::{export as list_of, followed, import as words_of, sources};
use crate::limits::FEED_BYTES;
use anyhow::{Context, Result};
use parallax_core::feed::parse_opml;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources import feeds.opml
  curl -s https://reader.example/opml | parallax sources import -
  parallax sources check                            which of them answer

Title, page, language and country are kept, where the list says them. What cannot be taken is told with its line; the rest is followed.")]
pub struct ImportArgs {
    #[command(flatten)]
    place: Place,
    /// The list; - for standard input.
    #[arg(value_name = "FILE")]
    file: String,
}

pub fn import(args: ImportArgs) -> Result<ExitCode> {
    let home = args.place.home()?;
    let bytes = read(&args.file).with_context(|| format!("{} cannot be read", args.file))?;
    let mut out = Out::new(false);
    let mut list = match parse_opml(&bytes) {
        Ok(list) => list,
        Err(mut problem) => {
            problem.document = Some(args.file);
            out.problem(&problem);
            return Ok(ExitCode::from(1));
        }
    };
    for problem in &mut list.problems {
        problem.document = Some(args.file.clone());
        out.problem(problem);
    }
    let words = words_of(&list, parallax_almanac::catalogue())?;
    let known: BTreeSet<String> = followed(&home)?.into_iter().map(|word| word.url).collect();
    let (before, new): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| known.contains(&word.url));
    if new.is_empty() && before.is_empty() {
        return nothing(out, "no feed of the list can be followed");
    }
    let how = if new.is_empty() { "" } else { made(&home, &new)? };
    let urls: BTreeSet<&str> = new.iter().map(|word| word.url.as_str()).collect();
    let all = sources(&home, parallax_almanac::catalogue(), false)?;
    let came = all.iter().filter(|source| urls.contains(source.url.as_str()));
    let before = if before.is_empty() { String::new() } else { format!(" {} were followed before.", before.len()) };
    out.line(format!("Followed: {}, unverified until they are read.{before}{how}", counted(came)))?;
    Ok(ExitCode::SUCCESS)
}

/// A little more than is taken, so that it is seen to be too much.
fn read(file: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = FEED_BYTES as u64 + 1;
    if file == "-" {
        io::stdin().take(most).read_to_end(&mut bytes)?
    } else {
        File::open(file)?.take(most).read_to_end(&mut bytes)?
    };
    Ok(bytes)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources export feeds.opml
  parallax sources export | grep xmlUrl")]
pub struct ExportArgs {
    #[command(flatten)]
    place: Place,
    /// Where to write it; else standard output.
    #[arg(value_name = "FILE")]
    file: Option<String>,
}

pub fn export(args: ExportArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let all = sources(&home, parallax_almanac::catalogue(), false)?;
    let text = list_of(&all, &parallax_almanac::almanac().outlets);
    let mut out = Out::new(false);
    match args.file.as_deref().filter(|file| *file != "-") {
        None => out.line(text.trim_end())?,
        Some(file) => {
            std::fs::write(file, text).with_context(|| format!("{file} cannot be written"))?;
            out.line(format!("Written to {file}: {}.", counted(&all)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
