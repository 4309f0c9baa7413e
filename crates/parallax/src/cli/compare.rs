//! `compare`: documents → stories, each with its takes side by side, as a report for people or as JSON.

use super::Common;
use super::out::Out;
use crate::in_order::in_order;
use crate::input::{Got, inputs};
use crate::pipeline::{self, Folder, Placed, Shelf};
use anyhow::Result;
use parallax_core::contract;
use parallax_core::model::Problem;
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax compare monday/*.html         a report for people, one section a story
  parallax compare --json *.txt | jq '.stories[].figures[] | select(.verdict == \"conflict\")'")]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Saved pages, plain text, JSON lines, WARC; - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let inputs = inputs(args.paths, super::read::accept(args.jsonl));
    let mut out = Out::new(false);
    let mut problems = Vec::new();
    let placed = place(inputs, common, &mut out, &mut problems)?;
    let value = compared(&placed, common, &mut out, &mut problems)?;
    out.finish();
    out.line(value)?;
    Ok(out.status())
}

fn place(
    inputs: impl Iterator<Item = Got> + Send,
    common: &Common,
    out: &mut Out,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Placed>> {
    let almanac = parallax_almanac::almanac();
    let mut folder = Folder::default();
    let mut shelf = Shelf::default();
    let mut placed = Vec::new();
    let work = |got| pipeline::understand(got, almanac);
    out.doing("reading");
    in_order(common.threads(), inputs, work, |result| {
        let one = result.and_then(|understood| {
            shelf.admit(&understood.0)?;
            let placement = folder.place(&understood, almanac)?;
            let (article, annotations) = understood;
            Ok(Placed { article, annotations, placement })
        });
        match one {
            Ok(one) => {
                placed.push(one);
                out.done();
            }
            Err(problem) => {
                out.problem(&problem);
                problems.push(problem);
            }
        }
        Ok(())
    })?;
    Ok(placed)
}

fn compared(placed: &[Placed], common: &Common, out: &mut Out, problems: &mut Vec<Problem>) -> Result<Value> {
    let almanac = parallax_almanac::almanac();
    let stories = pipeline::stories(placed);
    let mut values = Vec::new();
    out.doing("comparing");
    let work = |(id, members): &(_, Vec<usize>)| {
        let members: Vec<_> = members.iter().map(|m| &placed[*m]).collect();
        pipeline::compare(id, &members, almanac).map(|story| {
            let compared = story.compared();
            (contract::story(&compared), compared.comparison.problems.clone())
        })
    };
    in_order(common.threads(), stories.iter(), work, |result| {
        match result {
            Ok((value, mut odd)) => {
                values.push(value);
                odd.iter().for_each(|problem| out.problem(problem));
                problems.append(&mut odd);
            }
            Err(problem) => {
                out.problem(&problem);
                problems.push(problem);
            }
        }
        Ok(())
    })?;
    let problems: Vec<_> = problems.iter().map(contract::problem).collect();
    Ok(json!({"stories": values, "problems": problems}))
}
