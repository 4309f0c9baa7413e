//! `compare`: documents → stories, each with its takes side by side, as a report for people or as JSON.

use super::Common;
use super::desk::{Place, there};
use super::out::Out;
use crate::in_order::in_order;
use crate::input::{Got, inputs};
use crate::pipeline::{self, Folder, Placed, Shelf, Story};
use crate::report::{self, Style};
use crate::store::Reader;
use anyhow::{Context, Result};
use parallax_core::contract;
use parallax_core::model::{Problem, StoryId};
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax compare monday/*.html         a report for people, one section a story
  parallax compare --story ID            a story of the desk: an id that `parallax stories` shows, or an article's
  parallax compare --json *.txt | jq '.stories[].figures[] | select(.verdict == \"conflict\")'

Documents are grouped into stories first. Every line of the report is an article's own words, with its number in brackets.
With --json, what could not be read stands under \"problems\".")]
pub struct Args {
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Show everything in the report, not only the weightiest of each section.
    #[arg(long)]
    all: bool,
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// A story of the desk instead of documents.
    #[arg(long, value_name = "ID", conflicts_with_all = ["paths", "jsonl"])]
    story: Option<String>,
    #[command(flatten)]
    place: Place,
    /// Saved pages, plain text, JSON lines, WARC; - for JSON lines on standard input.
    #[arg(required_unless_present = "story", value_name = "PATH")]
    paths: Vec<String>,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let style = common.style(args.all);
    if let Some(story) = args.story {
        return kept(&story, &Reader::open(&there(args.place)?)?, args.json, style, common);
    }
    let inputs = inputs(args.paths, super::read::accept(args.jsonl));
    print(inputs, args.json, "", style, common)
}

/// Compares what comes in and prints it: as JSON, or as a report under a heading.
pub fn print(
    inputs: impl Iterator<Item = Got> + Send,
    as_json: bool,
    heading: &str,
    style: Style,
    common: &Common,
) -> Result<ExitCode> {
    let mut out = Out::new(false);
    let mut problems = Vec::new();
    let placed = place(inputs, common, &mut out, &mut problems)?;
    show(&placed, as_json, heading, style, common, out, problems)
}

/// A story that a desk holds.
fn kept(id: &str, reader: &Reader, as_json: bool, style: Style, common: &Common) -> Result<ExitCode> {
    let found = reader.members(id)?;
    let (_, placed) = found.with_context(|| format!("the desk has no story {id}: `parallax stories` lists them"))?;
    let mut out = Out::new(false);
    placed.iter().for_each(|_| out.done());
    show(&placed, as_json, "", style, common, out, Vec::new())
}

fn show(
    placed: &[Placed],
    as_json: bool,
    heading: &str,
    style: Style,
    common: &Common,
    mut out: Out,
    mut problems: Vec<Problem>,
) -> Result<ExitCode> {
    let by_story = pipeline::stories(placed);
    let stories = compare(placed, &by_story, common, &mut out, &mut problems)?;
    out.finish();
    let compared: Vec<_> = stories.iter().map(Story::compared).collect();
    if as_json {
        let stories: Vec<_> = compared.iter().map(contract::story).collect();
        let problems: Vec<_> = problems.iter().map(contract::problem).collect();
        out.line(json!({"stories": stories, "problems": problems}))?;
    } else if !placed.is_empty() {
        out.line(format!("{heading}{}", report::report(&compared, &problems, parallax_almanac::almanac(), style)))?;
    }
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

fn compare<'a>(
    placed: &'a [Placed],
    by_story: &'a [(StoryId, Vec<usize>)],
    common: &Common,
    out: &mut Out,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Story<'a>>> {
    let almanac = parallax_almanac::almanac();
    let mut stories = Vec::new();
    out.doing("comparing");
    let work = |(id, members): &'a (StoryId, Vec<usize>)| {
        let members: Vec<_> = members.iter().map(|m| &placed[*m]).collect();
        pipeline::compare(id, &members, almanac)
    };
    in_order(common.threads(), by_story.iter(), work, |result| {
        match result {
            Ok(story) => {
                for problem in &story.compared().comparison.problems {
                    out.note(problem);
                    problems.push(problem.clone());
                }
                stories.push(story);
            }
            Err(problem) => {
                out.problem(&problem);
                problems.push(problem);
            }
        }
        Ok(())
    })?;
    Ok(stories)
}
