//! The bundled sample press, read by the program as a desk reads it → how much of what is true of it was found.

mod articles;
mod findings;
mod gold;
mod said;
mod sheet;
mod stories;
#[cfg(test)]
mod tests;

pub use sheet::Sheet;

use crate::root;
use anyhow::{Context, Result, ensure};
use gold::Gold;
use parallax_core::almanac::Almanac;
use said::Said;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the sample press lies.
pub fn folder() -> PathBuf {
    root().join("crates/parallax/sample/press")
}

/// What the program says of the press: the object of each story. Feeds and pages go the way of a desk's: logged in the order of the
/// press's clock, read, placed and compared.
pub fn stories() -> Result<Vec<Value>> {
    let program = program()?;
    let desk = tempfile::tempdir().context("no folder for a desk can be made")?;
    let folder = desk.path().join("desk");
    run(Command::new(&program).args(["demo", "--keep"]).arg(&folder))?;
    let shown = ["stories", "--json", "--compared", "--outlets", "1", "--most", "10000", "--desk"];
    let printed = run(Command::new(&program).args(shown).arg(&folder))?;
    printed.lines().map(|line| serde_json::from_str(line).context("the program printed no JSON")).collect()
}

/// Holds stories against the press's gold.
pub fn score(stories: Vec<Value>, press: &Path, almanac: &Almanac) -> Result<Sheet> {
    let gold = Gold::load(press)?;
    let said = Said::of(stories, &gold);
    let mut sheet = Sheet::default();
    stories::score(&gold, &said, &mut sheet);
    articles::score(&gold, &said, &mut sheet);
    findings::score(&gold, &said, almanac, &mut sheet);
    Ok(sheet)
}

/// The program that is measured: the one named by PARALLAX, or this checkout's, built as this one was.
fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("PARALLAX").filter(|named| !named.is_empty()) {
        return Ok(PathBuf::from(named));
    }
    let ours = std::env::current_exe()?;
    // Tests stand one folder deeper.
    let profile =
        ours.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).context("this program lies nowhere")?;
    let name = profile.file_name().and_then(|name| name.to_str()).unwrap_or("release");
    let profile_name = if name == "debug" { "dev" } else { name };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "-p", "parallax", "--profile", profile_name]).current_dir(root());
    run(&mut build)?;
    Ok(profile.join(format!("parallax{}", std::env::consts::EXE_SUFFIX)))
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} cannot be run"))?;
    ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
