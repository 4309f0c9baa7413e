//! The `parallax` program: command line in, reports and JSON out.

mod cli;
mod input;
mod pipeline;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
