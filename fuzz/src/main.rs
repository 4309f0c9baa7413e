//! `fuzz TARGET`: mutates seeds and throws them at one parser, until the time is up or an input is found that it does not survive.

mod mutate;
mod seeds;
mod targets;

use anyhow::{Context, Result, bail};
use clap::Parser;
use mutate::Mutator;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, exit};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One input may take so long, unoptimised on a busy machine; what takes longer is not linear.
const SLOW: Duration = Duration::from_secs(60);
/// The stack that the shell gives its stages.
const STACK_BYTES: usize = 16 << 20;

/// Throws mutated input at one parser of Parallax.
#[derive(Parser)]
#[command(
    name = "fuzz",
    after_help = "Examples:
  fuzz --list                            the targets
  fuzz feed --seconds 600                ten minutes
  fuzz feed --seed 7                     the very same inputs again
  fuzz feed --input fuzz/out/feed.input  one input, as it was saved"
)]
struct Cli {
    /// Which parser.
    target: Option<String>,
    /// Print the targets.
    #[arg(long)]
    list: bool,
    /// How long.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Same seed, same inputs.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Run this input only.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    if cli.list {
        for (name, _) in targets::TARGETS {
            println!("{name}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let name = cli.target.as_deref().context("which target? --list names them")?;
    let Some((name, target)) = targets::TARGETS.iter().find(|(known, _)| *known == name) else {
        bail!("{name}: no such target; --list names them");
    };
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
    let run = worker.spawn(move || run(name, *target, &cli))?;
    run.join().unwrap_or_else(|_| bail!("the runner itself failed"))
}

fn run(name: &str, target: targets::Target, cli: &Cli) -> Result<ExitCode> {
    let _ = parallax_almanac::almanac();
    if let Some(path) = &cli.input {
        target(&fs::read(path).with_context(|| path.display().to_string())?);
        println!("{name}: survived");
        return Ok(ExitCode::SUCCESS);
    }
    let saved = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/out")).join(format!("{name}.input"));
    fs::create_dir_all(saved.parent().unwrap_or(Path::new(".")))?;
    let mut mutator = Mutator::new(seeds::of(name), cli.seed);
    let began = Instant::now();
    let running_since = watch(name, &saved, began);
    let mut inputs = 0u64;
    while began.elapsed() < Duration::from_secs(cli.seconds) {
        let input = mutator.next();
        // Written before it is run: a stack overflow or an abort leaves nothing else behind.
        fs::write(&saved, &input)?;
        running_since.store(1 + u64::try_from(began.elapsed().as_millis())?, Ordering::Relaxed);
        let survived = catch_unwind(AssertUnwindSafe(|| target(&input))).is_ok();
        running_since.store(0, Ordering::Relaxed);
        if !survived {
            println!(
                "{name}: FAILED at input {inputs} of seed {}; replay: fuzz {name} --input {}",
                cli.seed,
                saved.display()
            );
            return Ok(ExitCode::from(1));
        }
        inputs += 1;
    }
    fs::remove_file(&saved)?;
    println!("{name}: {inputs} inputs in {} s, seed {}: all survived", cli.seconds, cli.seed);
    Ok(ExitCode::SUCCESS)
}

/// Ends the process where one input takes too long. The cell holds when it began, in milliseconds plus one; 0: none is running.
fn watch(name: &str, saved: &Path, began: Instant) -> Arc<AtomicU64> {
    let cell = Arc::new(AtomicU64::new(0));
    let (watched, name, saved) = (Arc::clone(&cell), name.to_owned(), saved.display().to_string());
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let since = watched.load(Ordering::Relaxed);
            if since != 0 && began.elapsed() > Duration::from_millis(since - 1) + SLOW {
                println!("{name}: FAILED, one input takes longer than {SLOW:?}; replay: fuzz {name} --input {saved}");
                exit(1);
            }
        }
    });
    cell
}
