//! The `parallax` program: command line in, reports and JSON out.

use std::process::ExitCode;

fn main() -> ExitCode {
    parallax::run()
}
