//! `names --pairs`, `statements --pairs`: pairs, a JSON line each → likeness and verdict, a line each.

use super::out::Out;
use crate::input::{open, problem};
use anyhow::Result;
use parallax_core::likeness::content::{Content, Weights};
use parallax_core::likeness::{Likeness, names, sentences};
use parallax_core::model::NameKind;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Read};
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Example:
  echo '{\"id\": 1, \"kind\": \"person\", \"a\": \"Yuri Ivanov\", \"b\": \"Юрий Иванов\"}' | parallax names --pairs -

Prints {\"id\", \"score\": 0..1, \"match\": true|false} a line. kind: person, organisation, place or other.")]
pub struct NamesArgs {
    /// JSON lines of pairs; - for standard input.
    #[arg(long, value_name = "PATH")]
    pairs: String,
}

#[derive(clap::Args)]
#[command(after_help = "\
Example:
  echo '{\"id\": 1, \"a\": \"Nine people died.\", \"b\": \"The dead number nine.\"}' | parallax statements --pairs -

Prints {\"id\", \"score\": 0..1, \"match\": true|false} a line. All pairs are read
before the first is judged: words that most of the input has tell nothing.")]
pub struct StatementsArgs {
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
}

pub fn names(args: &NamesArgs) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    each(&args.pairs, |pair| {
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

pub fn statements(args: &StatementsArgs) -> Result<ExitCode> {
    let almanac = parallax_almanac::almanac();
    let content = |sentence: &str| Content::of(sentence, Some("en"), almanac);
    let mut out = Out::new(true);
    // All pairs are read first: what every sentence of the input has tells nothing, so the weights must be counted before.
    let mut bytes = Vec::new();
    match open(&args.pairs) {
        Ok(mut opened) => drop(opened.reader.read_to_end(&mut bytes)?),
        Err(problem) => out.problem(&problem),
    }
    let mut weights = Weights::new();
    for pair in bytes.split(|byte| *byte == b'\n').filter_map(|line| parse(line).ok()) {
        weights.add(&content(&pair.a));
        weights.add(&content(&pair.b));
    }
    let judge = |pair: &Pair| {
        let likeness = sentences::contents(&content(&pair.a), &content(&pair.b), &weights);
        (likeness, likeness >= sentences::MATCH)
    };
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        one(&mut out, &args.pairs, number, line, judge)?;
    }
    Ok(out.status())
}

fn each(path: &str, judge: impl Fn(&Pair) -> (Likeness, bool) + Copy) -> Result<ExitCode> {
    let mut out = Out::new(true);
    match open(path) {
        Ok(opened) => {
            for (number, line) in opened.reader.split(b'\n').enumerate() {
                one(&mut out, path, number, &line?, judge)?;
            }
        }
        Err(problem) => out.problem(&problem),
    }
    Ok(out.status())
}

fn parse(line: &[u8]) -> serde_json::Result<Pair> {
    serde_json::from_str(&String::from_utf8_lossy(line))
}

/// Judges the pair of one line, if there is one.
fn one(out: &mut Out, path: &str, number: usize, line: &[u8], judge: impl Fn(&Pair) -> (Likeness, bool)) -> Result<()> {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    match parse(line) {
        Ok(pair) => {
            let (likeness, matches) = judge(&pair);
            out.line(json!({"id": pair.id, "score": f64::from(likeness.0) / 1000.0, "match": matches}))?;
            out.done();
        }
        Err(error) => {
            let remedy = "give one JSON object a line: {\"id\", \"a\", \"b\"}";
            out.problem(&problem(&format!("{path}:{}", number + 1), &format!("this is no pair: {error}"), remedy));
        }
    }
    Ok(())
}
