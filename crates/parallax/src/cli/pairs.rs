//! `names --pairs`, `statements --pairs`: pairs on standard input → likeness and verdict, a line each.

use anyhow::{Context, Result};
use parallax_core::likeness::sentences::InContext;
use parallax_core::likeness::{Likeness, names, sentences};
use parallax_core::model::NameKind;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// JSON lines of pairs; - for standard input.
    #[arg(long, value_name = "PATH")]
    pairs: String,
}

#[derive(Deserialize)]
struct Pair {
    id: Value,
    kind: Option<String>,
    a: String,
    b: String,
    context_a: Option<String>,
    context_b: Option<String>,
}

pub fn names(args: &Args) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    each(args, |pair| {
        let kind = match pair.kind.as_deref() {
            Some("person") => NameKind::Person,
            Some("organisation") => NameKind::Organisation,
            Some("place") => NameKind::Place,
            _ => NameKind::Other,
        };
        let likeness = names::names(&pair.a, &pair.b, kind, almanac);
        (likeness, likeness >= names::MATCH)
    })
}

pub fn statements(args: &Args) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    each(args, |pair| {
        let a = InContext { sentence: &pair.a, context: pair.context_a.as_deref() };
        let b = InContext { sentence: &pair.b, context: pair.context_b.as_deref() };
        let likeness = sentences::sentences(a, b, almanac);
        (likeness, likeness >= sentences::MATCH)
    })
}

fn each(args: &Args, judge: impl Fn(&Pair) -> (Likeness, bool)) -> Result<ExitCode> {
    let text =
        if args.pairs == "-" { std::io::read_to_string(stdin())? } else { std::fs::read_to_string(&args.pairs)? };
    let mut out = BufWriter::new(stdout().lock());
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let pair: Pair = serde_json::from_str(line)
            .with_context(|| format!("line {}: give {{\"id\", \"a\", \"b\"}}", number + 1))?;
        let (likeness, matches) = judge(&pair);
        writeln!(out, "{}", json!({"id": pair.id, "score": f64::from(likeness.0) / 1000.0, "match": matches}))?;
    }
    Ok(ExitCode::SUCCESS)
}
