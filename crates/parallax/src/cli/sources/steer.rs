//! `sources remove`, `rest` and `resume`: what is followed, by address, outlet, country or language → followed no more, or asked less, or as before.

use super::{Which, counted, made, named, nothing};
use crate::cli::desk::{Place, there};
use crate::cli::out::Out;
use crate::desk::sources::{self, Source, sources};
use crate::desk::subscription;
use crate::store::Home;
use anyhow::{Result, ensure};
use std::process::ExitCode;

/// What of the followed sources is meant.
#[derive(clap::Args)]
struct Meant {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    which: Which,
    /// Feeds by their address, outlets by name or domain.
    #[arg(value_name = "FEED|OUTLET")]
    what: Vec<String>,
}

impl Meant {
    fn sources(self) -> Result<(Home, Vec<Source>)> {
        ensure!(
            !(self.what.is_empty() && self.which.is_all()),
            "say which: addresses of feeds, names of outlets, --country or --language"
        );
        let home = there(self.place)?;
        let all = sources(&home, parallax_almanac::catalogue(), false)?;
        let meant = if self.what.is_empty() { all.iter().collect() } else { named(&all, &self.what)? };
        let meant = meant.into_iter().filter(|source| self.which.takes(source)).cloned().collect();
        Ok((home, meant))
    }
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources remove https://gazette.example/feed.xml
  parallax sources remove 'The Gazette' herald.example
  parallax sources remove --country GB --language cy

What came from it stays; `parallax forget OUTLET` takes that away.")]
pub struct RemoveArgs {
    #[command(flatten)]
    meant: Meant,
}

pub fn remove(args: RemoveArgs) -> Result<ExitCode> {
    let (home, meant) = args.meant.sources()?;
    let mut out = Out::new(false);
    if meant.is_empty() {
        return nothing(out, "nothing that is followed is so: `parallax sources list` shows what is");
    }
    let words = meant.iter().map(|source| subscription(&source.url, None, false)).collect::<Result<Vec<_>>>()?;
    let how = made(&home, &words)?;
    out.line(format!("Followed no more: {}.{how}", counted(&meant)))?;
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources rest 'The Gazette' --why 'nothing but sport'
  parallax sources rest --country GB

It is asked once a day, and stays so until `parallax sources resume`.")]
pub struct RestArgs {
    #[command(flatten)]
    meant: Meant,
    /// Why, for whoever looks later.
    #[arg(long, value_name = "WORDS", default_value = "its owner lets it rest")]
    why: String,
}

pub fn rest(args: RestArgs) -> Result<ExitCode> {
    let (home, meant) = args.meant.sources()?;
    let mut out = Out::new(false);
    if meant.is_empty() {
        return nothing(out, "nothing that is followed is so: `parallax sources list` shows what is");
    }
    let urls: Vec<String> = meant.iter().map(|source| source.url.clone()).collect();
    sources::rest(&home, &urls, &args.why)?;
    out.line(format!("Rests, asked once a day: {}.", counted(&meant)))?;
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources resume 'The Gazette'
  parallax sources resume --country GB

It is asked at once where a desk runs, and then as often as what it brings asks for.")]
pub struct ResumeArgs {
    #[command(flatten)]
    meant: Meant,
}

pub fn resume(args: ResumeArgs) -> Result<ExitCode> {
    let (home, meant) = args.meant.sources()?;
    let mut out = Out::new(false);
    if meant.is_empty() {
        return nothing(out, "nothing that is followed is so: `parallax sources list` shows what is");
    }
    let urls: Vec<String> = meant.iter().map(|source| source.url.clone()).collect();
    sources::resume(&home, &urls)?;
    out.line(format!("Asked as before: {}.", counted(&meant)))?;
    Ok(ExitCode::SUCCESS)
}
