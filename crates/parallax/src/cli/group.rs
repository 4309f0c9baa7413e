//! `group`: documents in the order given → stories.

use super::Common;
use super::out::Out;
use crate::in_order::in_order;
use crate::input::inputs;
use crate::pipeline::{self, Folder};
use anyhow::Result;
use parallax_core::contract;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax group *.html                  after the last: id, story, derivation (original, rewritten, verbatim) and of what
  tail -f stream.jsonl | parallax group --online -
                                         each line as soon as it is decided, with \"because\": reasons and their weights

Order matters: no document's place depends on a later one's. A story is named by the document that founded it.")]
pub struct Args {
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Print each line as soon as it is decided, with the reasons.
    #[arg(long)]
    online: bool,
    /// Saved pages, plain text, JSON lines, WARC; - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let mut out = Out::new(args.online);
    let mut folder = Folder::default();
    let mut lines = Vec::new();
    let work = |got| pipeline::understand(got, almanac);
    in_order(common.threads(), inputs(args.paths, super::read::accept(args.jsonl)), work, |result| {
        let placed = result.and_then(|understood| {
            let placement = folder.place(&understood, almanac)?;
            Ok(contract::placement(&understood.0.id, &placement, args.online))
        });
        match placed {
            Ok(line) if args.online => out.line(line)?,
            Ok(line) => lines.push(line.to_string()),
            Err(problem) => {
                out.problem(&problem);
                return Ok(());
            }
        }
        out.done();
        Ok(())
    })?;
    out.finish();
    for line in lines {
        out.line(line)?;
    }
    Ok(out.status())
}
