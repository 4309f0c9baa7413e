//! `explain`: one document → every stage's result, for people, with the reasons.

use super::Common;
use super::out::Out;
use crate::input::{Accept, Item, inputs};
use crate::limits::STACK_BYTES;
use crate::pipeline::{self, Folder};
use crate::report::{self, Explained};
use anyhow::Result;
use parallax_core::model::Format;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax explain page.html
  parallax explain page.html --all --color always | less -R

For people; for programs, `parallax read` gives the same as JSON.")]
pub struct Args {
    /// Show everything, not only the beginning of each list.
    #[arg(long)]
    all: bool,
    /// A saved page, plain text, a WARC file or JSON lines, of which the first document is explained.
    #[arg(value_name = "PATH")]
    path: String,
}

pub fn run(args: &Args, common: &Common) -> Result<ExitCode> {
    let style = common.style(args.all);
    let mut out = Out::new(true);
    let told = std::thread::scope(|scope| {
        let explain =
            std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, || explained(args, style))?;
        explain
            .join()
            .map_err(|_| anyhow::anyhow!("a fault in parallax itself; report it, with the document if it may be shown"))
    })?;
    match told {
        Some(Ok(text)) => {
            out.line(text.trim_end())?;
            out.done();
        }
        Some(Err(problem)) => out.problem(&problem),
        None => {}
    }
    Ok(out.status())
}

fn explained(args: &Args, style: report::Style) -> Option<Result<String, parallax_core::model::Problem>> {
    let almanac = parallax_almanac::almanac();
    let got = inputs(vec![args.path.clone()], Accept::Everything).next()?;
    // Of plain text one can say, line by line, what was cut away.
    let raw = match &got {
        Ok(input) => match &input.item {
            Item::Page(page) if page.format == Format::Plain => Some(String::from_utf8_lossy(&page.bytes).into_owned()),
            _ => None,
        },
        Err(_) => None,
    };
    let tell = || {
        let (article, annotations) = pipeline::understand(got, almanac)?;
        let understood = (article, annotations);
        let placement = Folder::default().place(&understood, almanac)?;
        let (article, annotations) = &understood;
        let cut = raw.map(|raw| cut_away(&raw, &article.text, article.title.as_deref().unwrap_or("")));
        let explained = Explained { article, annotations, placement: &placement, cut: cut.as_deref() };
        Ok(report::document(&explained, almanac, style))
    };
    Some(tell())
}

/// Lines of a page that are neither in the text nor in the title.
fn cut_away(raw: &str, text: &str, title: &str) -> Vec<String> {
    let one_space = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, title) = (one_space(text), one_space(title));
    let lines = raw.lines().map(one_space).filter(|l| !l.is_empty());
    lines.filter(|line| !text.contains(line.as_str()) && !title.contains(line.as_str())).collect()
}
