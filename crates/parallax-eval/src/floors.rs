//! `evals/baseline.json` → floors that only rise; `evals/history.jsonl` gets a line for each recorded run.

use crate::score::Scored;
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// A run may fall below its floor by this much: the scorers print four digits.
const TOLERANCE: f64 = 0.000_05;

/// Set → figure → the least (for figures where less is better: the most) that is accepted.
#[derive(Clone, Debug, Default)]
pub struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

/// The figures of a set that are held, as (name, value, is more better?).
fn held(result: &Scored) -> impl Iterator<Item = (&str, f64, bool)> + '_ {
    let of_task = result.set.task.held().iter().filter_map(|held| {
        let name = held.trim_start_matches('-');
        Some((name, *result.figures.get(name)?, !held.starts_with('-')))
    });
    let by_language = result.figures.iter().filter(|(name, _)| name.contains(':'));
    of_task.chain(by_language.map(|(name, value)| (name.as_str(), *value, true)))
}

impl Floors {
    /// The floors on file; none where there is no file yet.
    pub fn load(path: &Path) -> Result<Self> {
        let Ok(text) = std::fs::read_to_string(path) else { return Ok(Self::default()) };
        let floors = serde_json::from_str(&text).with_context(|| format!("{} is not sound", path.display()))?;
        Ok(Floors(floors))
    }

    /// How many floors there are.
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// A line for each figure that is worse than its floor.
    pub fn check(&self, results: &[Scored]) -> Vec<String> {
        let mut missed = Vec::new();
        for result in results {
            let Some(floors) = self.0.get(&result.set.name) else { continue };
            for (name, value, more_is_better) in held(result) {
                let Some(floor) = floors.get(name) else { continue };
                let short = if more_is_better { floor - value } else { value - floor };
                if short > TOLERANCE {
                    missed.push(format!("{} {name} is {value:.4}, was {floor:.4}", result.set.name));
                }
            }
        }
        missed
    }

    /// These floors, raised wherever a run did better; never lowered.
    pub fn raised(&self, results: &[Scored]) -> Self {
        let mut floors = self.0.clone();
        for result in results {
            let set = floors.entry(result.set.name.clone()).or_default();
            for (name, value, more_is_better) in held(result) {
                let floor = set.entry(name.to_owned()).or_insert(value);
                *floor = if more_is_better { floor.max(value) } else { floor.min(value) };
            }
        }
        Floors(floors)
    }

    /// Writes them, a figure a line.
    pub fn save(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(&self.0)? + "\n";
        std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Adds what a run reached to the history: when, at which commit, every figure that is held.
pub fn remember(path: &Path, results: &[Scored]) -> Result<()> {
    let figures: BTreeMap<_, BTreeMap<_, _>> =
        results.iter().map(|r| (&r.set.name, held(r).map(|(name, value, _)| (name, value)).collect())).collect();
    let commit = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output();
    let commit = commit.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let line = json!({"unix_seconds": seconds, "commit": commit, "figures": figures});
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{line}")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_that_are_not_raised_are_written_as_they_stood() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, copy) = (folder.path().join("floors.json"), folder.path().join("copy.json"));
        // Read one digit short, each of these comes out as another number.
        let stood = "{\n  \"a set\": {\n    \"f1\": 0.46938775510204084,\n    \"p\": 0.9897713598074609\n  }\n}\n";
        std::fs::write(&file, stood).expect("written");
        let floors = Floors::load(&file).expect("sound");
        floors.raised(&[]).save(&copy).expect("saved");
        assert_eq!(std::fs::read_to_string(&copy).expect("read"), stood);
    }
}
