//! `missed`: what a country's press, or the press in a language, left out and has alone.

use super::Common;
use super::desk::{Place, there};
use super::out::{Out, printable};
use crate::limits::MISSED_SHOWN;
use crate::missed::{By, Judged, Named, alone, as_json, named, silence, standing};
use crate::report::wrap;
use crate::store::Reader;
use anyhow::{Context, Result, bail};
use parallax_core::missed::{Findings, Silence};
use serde_json::json;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax missed                       how well each country's press was read, and how much it left out
  parallax missed --country GR          what its press left out, might have, and has alone; each with its figures
  parallax missed --language ar         the same of all that is written in Arabic
  parallax missed --country GR --json | jq '.left_out[] | {headline, why}'

A story is told of as left out when many others tell it, most of these outlets were expected to, enough of them could be read
in its time, and presses are seldom silent on such a story. Where that is not known it says so. docs/MISSED.md has the reasons.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Two letters (ISO 3166-1).
    #[arg(long, value_name = "CC", conflicts_with = "language")]
    country: Option<String>,
    /// A language tag (BCP 47): what is written in it, wherever.
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let home = there(args.place)?;
    let reader = Reader::open(&home)?;
    let by = if args.language.is_some() { By::Language } else { By::Country };
    let judged = Judged::of(&reader, &home, by)?;
    let mut out = Out::new(false);
    out.done();
    let asked = args.country.map(|c| c.to_uppercase()).or_else(|| args.language.map(|l| l.to_lowercase()));
    let Some(asked) = asked else {
        all(&judged, args.json, &mut out)?;
        return Ok(out.status());
    };
    let found = judged.of_press(&asked).with_context(|| unknown(&judged, &asked))?;
    if args.json {
        out.line(as_json(&reader, &judged, found)?)?;
    } else {
        one(&reader, found, common.style(false).width, &mut out)?;
    }
    Ok(out.status())
}

fn unknown(judged: &Judged, asked: &str) -> String {
    let known: Vec<&str> = judged.findings.iter().map(|found| found.press.as_str()).collect();
    if known.is_empty() {
        return "this desk has no articles of these weeks: `parallax sources add --world` follows the press of the world, `parallax fetch` \
                reads it"
            .to_owned();
    }
    format!("this desk reads nothing of {}; it reads {}", printable(asked), known.join(" "))
}

/// A line a press.
fn all(judged: &Judged, json: bool, out: &mut Out) -> Result<()> {
    if judged.findings.is_empty() && !json {
        bail!(unknown(judged, ""));
    }
    for found in &judged.findings {
        let of = &found.standing;
        let counts = (found.missed.len(), found.unclear.len(), found.alone.len());
        if json {
            out.line(json!({
                "press": found.press, "outlets": of.outlets, "read": of.working, "judged": found.judged,
                "left_out": counts.0, "cannot_tell": counts.1, "alone": counts.2,
            }))?;
        } else {
            out.line(format!(
                "{:<4}{:>3} of {:>3} read · {:>4} stories: {:>3} left out, {:>3} unclear · {:>3} alone",
                found.press, of.working, of.outlets, found.judged, counts.0, counts.1, counts.2
            ))?;
        }
    }
    Ok(())
}

/// Words in lines of so many columns, each set in by so many.
fn say(words: &str, set_in: usize, columns: usize, out: &mut Out) -> Result<()> {
    for line in wrap(words, columns.saturating_sub(set_in)) {
        out.line(format!("{:set_in$}{line}", ""))?;
    }
    Ok(())
}

fn one(reader: &Reader, found: &Findings, columns: usize, out: &mut Out) -> Result<()> {
    say(&standing(found), 0, columns, out)?;
    list(reader, ("Left out", "nothing that could be told"), &found.missed, columns, out)?;
    list(reader, ("Perhaps left out; it cannot be told", ""), &found.unclear, columns, out)?;
    if !found.alone.is_empty() {
        out.line(format!("\nHas alone, as far as this desk sees ({})", found.alone.len()))?;
    }
    for one in found.alone.iter().take(MISSED_SHOWN) {
        if let Some(named) = named(reader, &one.story)? {
            head(&named, columns, out)?;
            say(&alone(one), 4, columns, out)?;
            out.line(format!("    {}", named.key))?;
        }
    }
    Ok(())
}

/// A story's headline, with its language.
fn head(named: &Named, columns: usize, out: &mut Out) -> Result<()> {
    out.line("")?;
    say(&format!("{} [{}]", printable(&named.headline), printable(&named.language)), 2, columns, out)
}

fn list(
    reader: &Reader,
    (heading, none): (&str, &str),
    silences: &[Silence],
    columns: usize,
    out: &mut Out,
) -> Result<()> {
    if silences.is_empty() {
        if !none.is_empty() {
            out.line(format!("\n{heading}: {none}"))?;
        }
        return Ok(());
    }
    out.line(format!("\n{heading} ({})", silences.len()))?;
    for one in silences.iter().take(MISSED_SHOWN) {
        let Some(named) = named(reader, &one.story)? else { continue };
        head(&named, columns, out)?;
        for sentence in silence(one) {
            say(&sentence, 4, columns, out)?;
        }
        out.line(format!("    {}", named.key))?;
    }
    Ok(())
}
