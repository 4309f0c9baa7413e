//! `extract`, `understand`, `read`: one JSON object a document, in input order, each as soon as it is done.

use super::Common;
use super::out::Out;
use crate::in_order::in_order;
use crate::input::{Accept, Got, inputs};
use crate::pipeline::{self, Shelf};
use anyhow::Result;
use parallax_core::contract;
use parallax_core::model::Problem;
use serde_json::Value;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax extract page.html | jq -r .text         the article, nothing else
  parallax extract *.html > articles.jsonl         one object a line
  parallax extract page.html | parallax understand -
  parallax extract crawl.warc.gz                   every page of a WARC file

Prints one JSON object a document: id, url, title, text, authors, agencies, outlet, carrier, published, updated, language,
translated_from, access, kind, problems. Characters in any encoding are read; output is UTF-8. What could not be read is told on
standard error, and the rest is read.")]
pub struct ExtractArgs {
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Saved pages (.html .htm .html.gz), plain text (.txt), JSON lines (.jsonl), WARC (.warc .warc.gz); - for JSON lines on
    /// standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  echo '{\"id\": \"1\", \"text\": \"“We will see,” said Ana Ruiz on Monday.\"}' | parallax understand -
  parallax extract *.html | parallax understand -

A line is a document {\"id\", \"title\"?, \"text\", \"date\"?, \"source\"?, \"lang\"?, \"url\"?}, or an object that `parallax extract`
printed. `text` is taken as it is, so that every start and end fits it: they count code points. To the line's own fields it adds
names, statements, figures and dates.")]
pub struct UnderstandArgs {
    /// Nothing to choose: JSON lines are all that is taken.
    #[arg(long, hide = true)]
    jsonl: bool,
    /// JSON lines; - for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax read page.html | jq .statements
  parallax read --resolve monday/*.html            one id for one person in all of them
  zcat day.jsonl.gz | parallax read - | head -1    each line comes as soon as it is done

Every finding has start and end, in code points of the object's own text: text[start:end] in Python is its words. Entity ids hold
within a document; with --resolve, within the input.")]
pub struct ReadArgs {
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Keep the whole input, and give the same person the same id in all of it.
    #[arg(long)]
    resolve: bool,
    /// Saved pages (.html .htm .html.gz), plain text (.txt), JSON lines (.jsonl), WARC (.warc .warc.gz); - for JSON lines on
    /// standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

/// How paths are to be taken, with or without `--jsonl`.
pub fn accept(jsonl: bool) -> Accept {
    if jsonl { Accept::JsonLinesOrPages } else { Accept::Everything }
}

pub fn extract(args: ExtractArgs, common: &Common) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let work = |got| pipeline::extract(got, almanac).map(|article| contract::article(&article));
    print_each(inputs(args.paths, accept(args.jsonl)), common, work)
}

pub fn understand(args: UnderstandArgs, common: &Common) -> Result<ExitCode> {
    print_each(inputs(args.paths, Accept::JsonLines), common, read_one)
}

pub fn read(args: ReadArgs, common: &Common) -> Result<ExitCode> {
    let inputs = inputs(args.paths, accept(args.jsonl));
    if args.resolve { resolved(inputs, common) } else { print_each(inputs, common, read_one) }
}

fn read_one(got: Got) -> Result<Value, Problem> {
    let (article, annotations) = pipeline::understand(got, parallax_almanac::almanac())?;
    Ok(contract::read(&article, &annotations, None))
}

fn print_each(
    inputs: impl Iterator<Item = Got> + Send,
    common: &Common,
    work: impl Fn(Got) -> Result<Value, Problem> + Sync,
) -> Result<ExitCode> {
    let mut out = Out::new(true);
    in_order(common.threads(), inputs, work, |result| {
        match result {
            Ok(value) => {
                out.line(value)?;
                out.done();
            }
            Err(problem) => out.problem(&problem),
        }
        Ok(())
    })?;
    Ok(out.status())
}

fn resolved(inputs: impl Iterator<Item = Got> + Send, common: &Common) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let mut out = Out::new(true);
    let mut shelf = Shelf::default();
    let mut kept = Vec::new();
    let work = |got| pipeline::understand(got, almanac);
    in_order(common.threads(), inputs, work, |result| {
        match result.and_then(|understood| shelf.admit(&understood.0).map(|()| understood)) {
            Ok(understood) => {
                kept.push(understood);
                out.done();
            }
            Err(problem) => out.problem(&problem),
        }
        Ok(())
    })?;
    out.doing("resolving names");
    let links = pipeline::resolve(&kept, almanac);
    out.finish();
    for (index, (article, annotations)) in kept.iter().enumerate() {
        out.line(contract::read(article, annotations, Some((&links, index))))?;
    }
    Ok(out.status())
}
