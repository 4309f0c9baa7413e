//! `names --pairs`, `statements --pairs`: pairs, a JSON line each → likeness and verdict, a line each.

use super::out::Out;
use crate::input::{open, problem};
use anyhow::Result;
use parallax_core::likeness::sentences::InContext;
use parallax_core::likeness::{Likeness, names, sentences};
use parallax_core::model::NameKind;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::BufRead;
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

Prints {\"id\", \"score\": 0..1, \"match\": true|false} a line. context_a and context_b may hold the text around each sentence.")]
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
    context_a: Option<String>,
    context_b: Option<String>,
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
    each(&args.pairs, |pair| {
        let a = InContext { sentence: &pair.a, context: pair.context_a.as_deref() };
        let b = InContext { sentence: &pair.b, context: pair.context_b.as_deref() };
        let likeness = sentences::sentences(a, b, almanac);
        (likeness, likeness >= sentences::MATCH)
    })
}

fn each(path: &str, judge: impl Fn(&Pair) -> (Likeness, bool)) -> Result<ExitCode> {
    let mut out = Out::new(true);
    let opened = match open(path) {
        Ok(opened) => opened,
        Err(problem) => {
            out.problem(&problem);
            return Ok(out.status());
        }
    };
    for (number, line) in opened.reader.split(b'\n').enumerate() {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match serde_json::from_str::<Pair>(&String::from_utf8_lossy(&line)) {
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
    }
    Ok(out.status())
}
