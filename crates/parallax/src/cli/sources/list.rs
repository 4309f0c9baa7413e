//! `sources list`: each feed with its outlet, edition and state, for people within 80 columns or as JSON.

use super::{Which, ago, counted, number};
use crate::cli::Common;
use crate::cli::desk::Place;
use crate::cli::out::{Out, printable};
use crate::desk::sources::{Source, State, sources};
use crate::report::{clip, wrap};
use crate::store::Listing;
use anyhow::Result;
use std::collections::BTreeMap;
use std::process::ExitCode;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources list --country GB
  parallax sources list --state resting             those that are asked once a day, and why
  parallax sources list --catalogue --language sw   every feed in Swahili that the catalogue has
  parallax sources list --json | jq -r 'select(.state == \"unverified\").url'

States: unverified (this desk has not read it yet), read, failing (asked again soon), resting (asked once a day).")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    which: Which,
    /// In this state.
    #[arg(long, value_name = "STATE", value_parser = ["unverified", "read", "failing", "resting"])]
    state: Option<String>,
    /// And the feeds of the catalogue that are not followed.
    #[arg(long)]
    catalogue: bool,
    /// Print JSON, a line a feed.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let home = args.place.home()?;
    let all = sources(&home, parallax_almanac::catalogue(), args.catalogue)?;
    let wanted = |source: &&Source| {
        args.which.takes(source) && args.state.as_deref().is_none_or(|state| state == source.state.word())
    };
    let listed: Vec<&Source> = all.iter().filter(wanted).collect();
    let mut out = Out::new(true);
    if args.json {
        for source in listed {
            out.line(serde_json::to_string(source)?)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if listed.is_empty() {
        let told = if all.is_empty() {
            "no feed is followed yet: `parallax sources add --world` follows an outlet or two of every country, \
             `sources list --catalogue` shows what there is"
        } else {
            "nothing is so"
        };
        eprintln!("parallax: {told}");
        return Ok(ExitCode::SUCCESS);
    }
    let columns = common.style(false).width;
    let mut before = None;
    for source in &listed {
        let head = heading(source);
        if before.as_ref() != Some(&head) {
            out.line(clip(&head, columns))?;
            if let Some(told) = source.news_sitemap.as_ref().and_then(sitemap) {
                out.line(clip(&told, columns))?;
            }
            before = Some(head);
        }
        for line in lines(source) {
            out.line(clip(&line, columns))?;
        }
        // Whole, however long: it is there to be copied.
        out.line(format!("      {}", printable(&source.url)))?;
    }
    out.line("")?;
    for told in summary(&listed) {
        for line in wrap(&told, columns) {
            out.line(line)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn heading(source: &Source) -> String {
    let outlet = source.outlet.as_deref().unwrap_or("(outlet unknown)");
    let parts = [source.country.as_deref(), Some(outlet), source.kind, source.label.as_deref()];
    printable(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// How an outlet's news sitemap fares; nothing where it has none.
fn sitemap(of: &Listing) -> Option<String> {
    let told = match (of.failures, of.answered) {
        (0, at) => format!("read {}", ago(at?)),
        (1, _) => format!("failed {}: {}", ago(of.tried?), of.said.as_deref().unwrap_or("")),
        (times, _) => format!("failed {times} times, last: {}", of.said.as_deref().unwrap_or("")),
    };
    Some(printable(&format!("  news sitemap   {told}")))
}

/// Which edition's it is, how it fares.
fn lines(source: &Source) -> Vec<String> {
    let edition = source.edition.unwrap_or("");
    let language = source.language.as_deref().unwrap_or("?");
    let mut state = match &source.state {
        State::Unverified => "unverified".to_owned(),
        State::Read { at, shows, brought } => {
            let shows = shows.map(|n| format!(", shows {}", entries(n))).unwrap_or_default();
            let brought = if *brought > 0 { format!(", {} so far", entries(*brought)) } else { String::new() };
            format!("read {}{shows}{brought}", ago(*at))
        }
        State::Failing { at, times: 1, why } => format!("failed {}: {why}", ago(*at)),
        State::Failing { times, why, .. } => format!("failed {times} times, last: {why}"),
        State::Resting { since, why, by_hand } => {
            let said = if *by_hand { ", as you said" } else { "" };
            format!("rests since {}{said}: {why}", ago(*since))
        }
    };
    if !source.followed {
        state = format!("not followed, {state}");
    }
    let mut lines = vec![printable(&format!("  {language:<7} {edition:<6} {state}"))];
    if let Some(from) = &source.moved_from {
        lines.push(printable(&format!("                 moved here for good from {from}")));
    }
    if source.waits {
        lines.push("                 waits to be taken up by the desk at work".to_owned());
    }
    lines
}

fn entries(count: u64) -> String {
    number(usize::try_from(count).unwrap_or(usize::MAX), "entry", "entries")
}

/// “232 feeds of 150 outlets in 60 countries are followed: 134 read, 90 unverified, 8 resting.”
fn summary(listed: &[&Source]) -> Vec<String> {
    let mut told = Vec::new();
    let followed: Vec<&Source> = listed.iter().copied().filter(|s| s.followed).collect();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for source in &followed {
        *states.entry(source.state.word()).or_default() += 1;
    }
    let states: Vec<String> = states.into_iter().map(|(state, count)| format!("{count} {state}")).collect();
    let others: Vec<&Source> = listed.iter().copied().filter(|s| !s.followed).collect();
    if !followed.is_empty() {
        told.push(format!("Followed: {}; {}.", counted(followed.iter().copied()), states.join(", ")));
    }
    if listed.iter().any(|source| source.label.as_ref().is_some_and(|label| label.ends_with('?'))) {
        let note = "A label with a question mark stands on our own knowledge: nobody has looked up what it rests on.";
        told.push(note.to_owned());
    }
    if !others.is_empty() {
        told.push(format!("Not followed: {}.", counted(others.iter().copied())));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_news_sitemap_is_told_of_where_there_is_one() {
        let of = |answered, failures, said: &str| {
            let (tried, said) = (Some(0), Some(said.to_owned()));
            sitemap(&Listing { tried, answered, failures, said, ..Listing::default() })
        };
        assert_eq!(of(None, 0, "its robots.txt offers no news sitemap"), None);
        let told = |told: Option<String>| told.expect("something");
        assert!(told(of(Some(0), 0, "")).starts_with("  news sitemap   read "));
        let once = told(of(Some(0), 1, "no \u{1b} answer"));
        assert!(once.starts_with("  news sitemap   failed ") && once.ends_with(" answer") && !once.contains('\u{1b}'));
        assert_eq!(told(of(None, 3, "gone")), "  news sitemap   failed 3 times, last: gone");
    }
}
