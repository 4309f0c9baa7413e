//! The `parallax` program: command line in, reports and JSON out.

mod cli;
mod desk;
mod fetch;
mod in_order;
mod input;
mod limits;
mod pipeline;
mod press_server;
mod report;
mod sample;
mod store;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
