//! `explain`: one document → every stage's result, for people, with the reasons.

use super::Common;
use super::out::Out;
use crate::input::{Accept, inputs};
use crate::pipeline;
use anyhow::Result;
use parallax_core::contract;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax explain page.html
  parallax explain page.html --color always | less -R")]
pub struct Args {
    /// A saved page, plain text or JSON lines (of which the first is explained).
    #[arg(value_name = "PATH")]
    path: String,
}

pub fn run(args: &Args, _common: &Common) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let mut out = Out::new(true);
    for got in inputs(vec![args.path.clone()], Accept::Everything).take(1) {
        match pipeline::understand(got, almanac) {
            Ok((article, annotations)) => {
                out.line(contract::read(&article, &annotations, None))?;
                out.done();
            }
            Err(problem) => out.problem(&problem),
        }
    }
    Ok(out.status())
}
