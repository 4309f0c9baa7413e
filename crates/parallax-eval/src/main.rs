//! `cargo eval`: every stage on the public sets that are there → a table, floors that only rise, the worst cases, speeds.

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use parallax_eval::{bench, floors, generated, public_sets, root, score, sets, table, worst};
use std::path::PathBuf;
use std::process::ExitCode;

/// Scores every stage of Parallax on public evaluation sets and holds the floors in evals/baseline.json.
#[derive(Parser)]
#[command(
    name = "cargo eval",
    after_help = "Examples:
  cargo eval                        every set that is there; fails where a floor is missed
  cargo eval quotes --worst         only sets whose name begins so, with their twenty worst cases
  cargo eval --record               raise the floors to what was reached and add a line to evals/history.jsonl
  cargo eval press --worst 5        the bundled sample press through the program itself; five cases of each area to read
  cargo eval missed --worst 10      what a press leaves out, on a generated press of forty countries with planted gaps
  cargo eval bench                  each stage's articles a second on one core, and its share of the time
  cargo eval bench desk             a desk of 10,000 to 300,000 generated articles; hours: --sizes 10000 takes minutes
  cargo eval bench day              a day of 150 outlets in five minutes, its desk held to a gigabyte
  cargo eval generate --articles 20000 --out press.jsonl"
)]
struct Cli {
    /// Only sets whose name begins with one of these ("quotes", "group/ecb-dev").
    sets: Vec<String>,
    /// Print the worst cases of each set.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    worst: Option<usize>,
    /// Print each scorer's whole table.
    #[arg(long)]
    full: bool,
    /// Raise the floors to what was reached, and add a line to the history.
    #[arg(long)]
    record: bool,
    /// Where the public sets are.
    #[arg(long, value_name = "DIR", global = true)]
    evals: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Each stage's articles a second on one core; `bench desk`: a whole desk.
    Bench(bench::Args),
    /// Write articles of the generated press: as many as one wants, the same every time.
    Generate(generated::Args),
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cargo eval: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<ExitCode> {
    let cli = Cli::parse();
    if let Some(Command::Generate(args)) = &cli.command {
        return generated::run(args).map(|()| ExitCode::SUCCESS);
    }
    let evals = cli.evals.clone().unwrap_or_else(public_sets);
    let generated = matches!(&cli.command, Some(Command::Bench(args)) if args.generated());
    if !generated && !evals.is_dir() {
        println!("no public sets at {} (evals/README.md says how to get them): only what is bundled", evals.display());
    }
    if let Some(Command::Bench(args)) = &cli.command {
        return bench::run(args, &evals).map(|()| ExitCode::SUCCESS);
    }
    let wanted = |name: &str| cli.sets.is_empty() || cli.sets.iter().any(|w| name.starts_with(w.as_str()));
    let sets: Vec<_> = sets::all(&evals).into_iter().filter(|s| wanted(&s.name)).collect();
    if sets.is_empty() {
        bail!("no set is named so; known are:\n  {}", sets::names(&evals).join("\n  "));
    }
    let out = root().join("evals/out");
    std::fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let results = score::all(&sets, &evals, &out)?;
    if cli.full {
        results.iter().for_each(|r| println!("== {}\n{}", r.set.name, r.report));
    }
    if let Some(count) = cli.worst {
        for result in &results {
            worst::print(result, &evals, count)?;
        }
    }
    table::print(&results);
    let floors = floors::Floors::load(&root().join("evals/baseline.json"))?;
    let missed = floors.check(&results);
    if cli.record {
        floors.raised(&results).save(&root().join("evals/baseline.json"))?;
        floors::remember(&root().join("evals/history.jsonl"), &results)?;
    }
    for line in &missed {
        println!("BELOW ITS FLOOR: {line}");
    }
    println!("{} sets scored, {} floors held, {} missed", results.len(), floors.count() - missed.len(), missed.len());
    Ok(ExitCode::from(u8::from(!missed.is_empty())))
}
