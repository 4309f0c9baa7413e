//! Predictions → the scorer's verdict: its table, and its figures by name.

use crate::sets::{Set, Task};
use crate::{missed, predict, press};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// HTML tree builders recurse: the stack that every worker gets.
const STACK_BYTES: usize = 16 << 20;

/// What a set came to.
pub struct Scored {
    /// The set.
    pub set: Set,
    /// The figures of the scorer's `SCORE` line.
    pub figures: BTreeMap<String, f64>,
    /// All that the scorer printed.
    pub report: String,
    /// What to read, by area, where the scorer is our own.
    pub cases: Vec<(&'static str, String)>,
    /// What the program said.
    pub predicted: Vec<Value>,
    /// Where that was written.
    pub path: PathBuf,
}

/// Scores the sets, two at a time, and gives them in the order given.
pub fn all(sets: &[Set], evals: &Path, out: &Path) -> Result<Vec<Scored>> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<Scored>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let work = || {
                while let Some((index, set)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    sets.get(index).map(|s| (index, s))
                } {
                    let scored = one(set, evals, out).with_context(|| set.name.clone());
                    eprintln!("  {:28} {}", set.name, if scored.is_ok() { "scored" } else { "failed" });
                    done.lock().expect("no worker panicked").push((index, scored));
                }
            };
            std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work).expect("a thread can start");
        }
    });
    let mut done = done.into_inner().expect("no worker panicked");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, scored)| scored).collect()
}

fn one(set: &Set, evals: &Path, out: &Path) -> Result<Scored> {
    if set.task == Task::Missed {
        let (figures, report, cases) = missed::held_out();
        let path = out.join("missed.txt");
        std::fs::write(&path, &report)?;
        return Ok(Scored { set: set.clone(), figures, report, cases, predicted: Vec::new(), path });
    }
    let almanac = parallax_almanac::almanac();
    let predicted = predict::lines(set, almanac)?;
    let path = out.join(format!("{}.jsonl", set.name.replace('/', "-")));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
    for line in &predicted {
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    let set = set.clone();
    if set.task == Task::Press {
        let sheet = press::score(predicted.clone(), &press::folder(), almanac)?;
        let (figures, report) = (sheet.figures(), sheet.report());
        return Ok(Scored { set, figures, report, cases: sheet.cases, predicted, path });
    }
    let (report, figures) = run_scorer(&set, evals, &path, &[])?;
    Ok(Scored { set, figures, report, cases: Vec::new(), predicted, path })
}

/// Runs the scorer of a set on a file of predictions; gives what it printed and its figures.
pub fn run_scorer(set: &Set, evals: &Path, path: &Path, more: &[&str]) -> Result<(String, BTreeMap<String, f64>)> {
    let scorer = evals.join(format!("score/score_{}.py", set.task.scorer()));
    let mut command = Command::new("python3");
    command.arg(scorer).arg(&set.gold).arg(path).args(&set.arguments).args(more);
    if set.task == Task::Extract {
        command.args(["--by", "lang"]);
    }
    let output = command.output().context("python3 is needed to run the public scorers; install it")?;
    let report = String::from_utf8_lossy(&output.stdout).into_owned();
    let Some(line) = report.lines().rev().find_map(|l| l.strip_prefix("SCORE ")) else {
        bail!("the scorer gave no SCORE line: {}", String::from_utf8_lossy(&output.stderr));
    };
    let figure = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    let figures = line.split(' ').filter_map(figure).collect();
    Ok((report, figures))
}
