//! `cargo eval generate`: the generated press → a file of JSON lines, or a folder of pages.

use super::{Press, Settings};
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

/// What to write, and where.
#[derive(clap::Args)]
pub struct Args {
    /// Articles.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    articles: usize,
    /// The file of JSON lines, one an article, as `parallax import` takes it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Write pages instead, into a folder of that name.
    #[arg(long)]
    pages: bool,
    /// Another seed gives another press.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Articles a day.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    a_day: u64,
}

/// Writes the first articles of the generated press.
///
/// # Errors
/// It cannot be written there.
pub fn run(args: &Args) -> Result<()> {
    let settings = Settings { seed: args.seed, a_day: args.a_day };
    let mut press = Press::new(settings, parallax_almanac::almanac());
    let cannot = || format!("{} cannot be written", args.out.display());
    if args.pages {
        fs::create_dir_all(&args.out).with_context(cannot)?;
        for number in 0..args.articles {
            let Some(report) = press.next() else { break };
            fs::write(args.out.join(format!("{number:06}.html")), press.page(&report)).with_context(cannot)?;
        }
        return Ok(());
    }
    let mut file = BufWriter::new(File::create(&args.out).with_context(cannot)?);
    for report in press.take(args.articles) {
        writeln!(file, "{}", report.as_json()).with_context(cannot)?;
    }
    file.flush().with_context(cannot)
}
