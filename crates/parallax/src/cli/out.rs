//! Lines for standard output and standard error: a reader that goes away ends the program quietly, as `head` would have it.

pub use crate::log::{printable, sentence};

use indicatif::{ProgressBar, ProgressStyle};
use parallax_core::model::Problem;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Stdout, Write};
use std::time::Duration;

/// What a command prints, and whether anything was done.
pub struct Out {
    stdout: BufWriter<Stdout>,
    progress: Option<ProgressBar>,
    done: u64,
    failed: u64,
}

impl Out {
    /// `streams`: output comes all along, so that progress would get in its way on a terminal.
    pub fn new(streams: bool) -> Self {
        let show = io::stderr().is_terminal() && !(streams && io::stdout().is_terminal());
        Out { stdout: BufWriter::new(io::stdout()), progress: show.then(progress), done: 0, failed: 0 }
    }

    /// Prints a line at once.
    pub fn line(&mut self, line: impl std::fmt::Display) -> io::Result<()> {
        let stdout = &mut self.stdout;
        let mut print = || writeln!(stdout, "{line}").and_then(|()| stdout.flush());
        // Not onto the progress line, where both are on one terminal.
        let printed = match &self.progress {
            Some(progress) => progress.suspend(print),
            None => print(),
        };
        match printed {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
            other => other,
        }
    }

    /// What is counted on the progress line, and of how many.
    pub fn counting(&self, what: &str, of: usize) {
        if let Some(progress) = &self.progress {
            progress.set_prefix(format!("of {of} {what}"));
        }
    }

    /// One document more is done.
    pub fn done(&mut self) {
        self.done += 1;
        if let Some(progress) = &self.progress {
            progress.set_position(self.done);
        }
    }

    /// Says what is being done, on the progress line.
    pub fn doing(&self, what: &'static str) {
        if let Some(progress) = &self.progress {
            progress.set_message(what);
        }
    }

    /// How far something long has come: so many of so many, where that is known.
    pub fn at(&self, what: &'static str, done: u64, of: u64) {
        if let Some(progress) = &self.progress {
            progress.set_message(if of > 0 { format!("{what}: {done} of {of}") } else { what.to_owned() });
        }
    }

    /// Tells a person of a problem, on standard error.
    pub fn problem(&mut self, problem: &Problem) {
        self.failed += 1;
        self.note(problem);
    }

    /// Tells of something odd that did not keep a document from being read.
    pub fn note(&self, problem: &Problem) {
        let sentence = sentence(problem);
        match &self.progress {
            Some(progress) => progress.suspend(|| eprintln!("{sentence}")),
            None => eprintln!("{sentence}"),
        }
    }

    /// Documents done, documents failed; takes the progress line away.
    pub fn finish(&mut self) -> (u64, u64) {
        if let Some(progress) = self.progress.take() {
            progress.finish_and_clear();
        }
        (self.done, self.failed)
    }

    /// The exit status: 0 where something was done, else 1.
    pub fn status(mut self) -> std::process::ExitCode {
        let (done, failed) = self.finish();
        if done == 0 && failed == 0 {
            eprintln!("parallax: nothing was given to read; see --help for what can be");
        }
        std::process::ExitCode::from(u8::from(done == 0))
    }
}

fn progress() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {pos} {prefix}  {elapsed}  {msg}");
    let bar = ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar.set_prefix("documents");
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
