//! The program from outside: what one types, what comes out, what the exit status is.

mod backup;
mod bad_input;
mod commands;
mod demo;
mod desk;
mod gate;
mod injections;
mod limits;
mod live;
#[cfg(unix)]
mod log;
mod markup;
mod missed;
mod outlet;
mod press;
mod settings;
mod sources;
mod start;
mod told;

use assert_cmd::Command;
use parallax::settings::{Settings, Settled};
use parallax::store::Home;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The output's lines as JSON.
    pub(crate) fn json(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }
}

pub(crate) fn parallax(arguments: &[&str]) -> Run {
    fed(arguments, b"")
}

pub(crate) fn fed(arguments: &[&str], stdin: &[u8]) -> Run {
    let mut command = Command::cargo_bin("parallax").expect("the program is built");
    told(command.args(arguments).write_stdin(stdin.to_vec()).output().expect("it runs"))
}

/// Runs any command.
pub(crate) fn run(command: &mut process::Command) -> Run {
    told(command.output().expect("it runs"))
}

fn told(output: process::Output) -> Run {
    Run {
        status: output.status.code().expect("no signal ended it"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The settings of a desk of which nothing is said.
pub(crate) fn unsettled(home: &Home) -> Arc<Settled> {
    Settled::open(home.clone(), Settings::default()).expect("nothing is set")
}

/// A folder that goes away with the test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    }
}
