//! The command line: one file a verb.

mod compare;
mod feed;
mod group;
mod pairs;
mod read;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// A world-news desk: one happening, told by many, side by side.
#[derive(Parser)]
#[command(name = "parallax", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Parse feeds.
    Feed(feed::Args),
    /// Cut the article out of a page.
    Extract(read::Args),
    /// Find what documents say.
    Understand(read::Args),
    /// Extract, then understand.
    Read(read::Args),
    /// Group documents into stories.
    Group(group::Args),
    /// Compare the takes of every story.
    Compare(compare::Args),
    /// Do two names name one entity?
    Names(pairs::Args),
    /// Do two sentences say the same thing?
    Statements(pairs::Args),
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Feed(args) => feed::run(&args),
        Command::Extract(args) => read::run(&args, read::Depth::Extract),
        Command::Understand(args) | Command::Read(args) => read::run(&args, read::Depth::Understand),
        Command::Group(args) => group::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Names(args) => pairs::names(&args),
        Command::Statements(args) => pairs::statements(&args),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("parallax: {error:#}");
            ExitCode::from(1)
        }
    }
}
