//! `cargo eval bench`: how fast, how large, how much memory: stage by stage on real articles, a whole desk on the generated press.

mod day;
mod desk;
mod machine;
mod stages;
mod web;

use anyhow::Result;
use std::path::Path;

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Articles to go through in each stage.
    #[arg(long, default_value_t = 1000)]
    articles: usize,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(clap::Subcommand)]
enum What {
    /// A desk on the generated press: speed end to end, the cost of one more article, bytes, memory, resuming, rebuilding.
    Desk(desk::Args),
    /// A day of 150 outlets in minutes: does their desk keep within a gigabyte, and lose nothing?
    Day(day::Args),
    /// The pages of a desk of the generated press: at a given rate, and at most.
    Web(web::Args),
}

impl Args {
    /// Does it go without the public sets?
    #[must_use]
    pub fn generated(&self) -> bool {
        self.what.is_some()
    }
}

/// Measures, and prints what it found.
///
/// # Errors
/// What it is measured on is not there, or the desk fails.
pub fn run(args: &Args, evals: &Path) -> Result<()> {
    match &args.what {
        Some(What::Desk(args)) => desk::run(args),
        Some(What::Day(args)) => day::run(args),
        Some(What::Web(args)) => web::run(args),
        None => stages::run(args.articles, evals),
    }
}
