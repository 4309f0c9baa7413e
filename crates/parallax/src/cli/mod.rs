//! The command line: one file a verb.

mod backup;
mod compare;
mod demo;
mod demo_live;
mod desk;
mod explain;
mod feed;
mod group;
mod live;
mod missed;
mod open;
mod out;
mod pairs;
mod password;
mod press;
mod read;
mod serve;
mod settings;
mod sources;

use crate::report::Style;
use clap::{Parser, Subcommand};
use std::io::IsTerminal;
use std::process::ExitCode;

/// A world-news desk: one happening, told by many, side by side.
///
/// Parallax reads the press of many countries in its own languages, puts the reports of one happening side by side and shows, each
/// time with the words it rests on, what they agree on, where they differ, who said what, and what each has left out.
#[derive(Parser)]
#[command(
    name = "parallax",
    version,
    max_term_width = 100,
    after_help = "\
Start here:
  parallax demo                     a bundled sample press, read as it comes out: in the terminal and in your browser
  parallax serve                    your own desk, with its pages
  parallax compare a.html b.html    compare pages that you have saved
  parallax COMMAND --help           what a command takes and gives, with examples

Exit status: 0 done (problems may be listed), 1 nothing could be done, 2 the command line is wrong."
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(clap::Args)]
pub struct Common {
    /// Threads to work on; the output is the same for any number.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=crate::limits::THREADS as i64))]
    threads: Option<u16>,
    /// Colour in reports.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Colour,
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Common {
    /// How reports are to look: as wide as COLUMNS or the terminal says, else 80.
    fn style(&self, all: bool) -> Style {
        let said = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let seen = || terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0));
        let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        let colour = match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => std::io::stdout().is_terminal() && !has("NO_COLOR") && !dumb,
        };
        Style::new(said.or_else(seen).unwrap_or(80), colour, all)
    }

    fn threads(&self) -> usize {
        self.threads.map_or_else(crate::in_order::default_threads, usize::from)
    }
}

#[derive(Subcommand)]
enum Command {
    /// Parse feeds (RSS, Atom, JSON Feed), however broken.
    Feed(feed::Args),
    /// Cut the article out of a page: its text without furniture, who published it, who carries it, when.
    Extract(read::ExtractArgs),
    /// Find what documents say: names, statements, figures, dates.
    Understand(read::UnderstandArgs),
    /// Extract, then understand.
    Read(read::ReadArgs),
    /// Group documents into stories, in the order given.
    Group(group::Args),
    /// Compare the takes of every story.
    Compare(compare::Args),
    /// Do two names name one person, organisation or place?
    Names(pairs::NamesArgs),
    /// Do two sentences say the same thing?
    Statements(pairs::StatementsArgs),
    /// Show every stage's result on one document, with the reasons.
    Explain(explain::Args),
    /// Take documents into a desk that keeps: logged, read, grouped, compared.
    Import(desk::ImportArgs),
    /// Outlets and their feeds: follow them, look whether they answer, let them rest.
    Sources(sources::Args),
    /// Follow feeds, unseen.
    Subscribe(live::SubscribeArgs),
    /// Follow feeds no more.
    Unsubscribe(live::UnsubscribeArgs),
    /// The feeds that are followed, and how they are.
    Feeds(live::FeedsArgs),
    /// Leave a desk running: it visits its feeds, reads what is new, and forms stories as the press comes in.
    Run(live::RunArgs),
    /// Leave a desk running, with its pages for a browser.
    Serve(serve::Args),
    /// What a desk is set to: its reader's country and languages, and how much it fetches and keeps.
    Settings(settings::Args),
    /// Set the password that a desk served to others asks for.
    Password(password::Args),
    /// The stories of a desk.
    Stories(desk::StoriesArgs),
    /// What a country's press left out that others tell, and what it has alone.
    Missed(missed::Args),
    /// How a desk is: how much, how old, what went wrong.
    Status(desk::StatusArgs),
    /// Follow what changes in a desk.
    Watch(desk::WatchArgs),
    /// Work out anew what follows from what was kept, or say where it would differ.
    Rebuild(desk::RebuildArgs),
    /// Take an article or an outlet out of a desk, and keep it away.
    Forget(desk::ForgetArgs),
    /// Copy a desk, at work or not, and verify the copy.
    Backup(backup::BackupArgs),
    /// Make a desk of a copy.
    Restore(backup::RestoreArgs),
    /// Read a bundled sample press by fictional outlets, offline: stories form as it comes out.
    Demo(demo::Args),
    /// Serve the sample press on this machine, to try a reader on.
    Press(press::Args),
}

/// Runs the command that was asked for.
pub fn run() -> ExitCode {
    let Cli { common, command } = Cli::parse();
    let result = match command {
        Command::Feed(args) => feed::run(&args),
        Command::Extract(args) => read::extract(args, &common),
        Command::Understand(args) => read::understand(args, &common),
        Command::Read(args) => read::read(args, &common),
        Command::Group(args) => group::run(args, &common),
        Command::Compare(args) => compare::run(args, &common),
        Command::Names(args) => pairs::names(&args),
        Command::Statements(args) => pairs::statements(&args),
        Command::Explain(args) => explain::run(&args, &common),
        Command::Import(args) => desk::import(args, &common),
        Command::Sources(args) => sources::run(args, &common),
        Command::Subscribe(args) => live::subscribe(args),
        Command::Unsubscribe(args) => live::unsubscribe(args),
        Command::Feeds(args) => live::feeds(args),
        Command::Run(args) => live::run(args, &common),
        Command::Serve(args) => serve::run(args, &common),
        Command::Settings(args) => settings::run(args),
        Command::Password(args) => password::run(args, &common),
        Command::Stories(args) => desk::stories(args, &common),
        Command::Missed(args) => missed::run(args, &common),
        Command::Status(args) => desk::status(args),
        Command::Watch(args) => desk::watch(args),
        Command::Rebuild(args) => desk::rebuild(args, &common),
        Command::Forget(args) => desk::forget(args, &common),
        Command::Backup(args) => backup::backup(args),
        Command::Restore(args) => backup::restore(args),
        Command::Demo(args) => demo::run(&args, &common),
        Command::Press(args) => press::run(&args),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("parallax: {error:#}");
            ExitCode::from(1)
        }
    }
}
