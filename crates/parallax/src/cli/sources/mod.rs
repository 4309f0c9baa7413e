//! `sources`: the outlets and feeds of a desk. One file an action; here what they share.

mod add;
mod check;
mod exchange;
mod list;
mod steer;

use super::Common;
use super::out::{Out, printable};
use crate::desk::sources::{Handed, Source, change, now};
use crate::settings::language;
use crate::store::{Home, Subscription};
use anyhow::{Result, ensure};
use clap::Subcommand;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Duration;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources add --world                      the world set: an outlet or two of every country
  parallax sources add --country NG 'Le Monde'      every outlet of Nigeria that the catalogue has, and one of France
  parallax sources add https://gazette.example/     finds the feeds of a site
  parallax sources check                            which of them answer; those that don't, rest
  parallax sources list --state resting             …and why

Changes work while `parallax serve` or `run` is at work in the folder: it takes them up. docs/SOURCES.md tells more.")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// What is followed, and how it fares; the catalogue.
    List(list::Args),
    /// Follow outlets of the catalogue, or the feeds of an address.
    Add(add::Args),
    /// Follow no more. What came stays.
    Remove(steer::RemoveArgs),
    /// Ask only once a day, until you say otherwise.
    Rest(steer::RestArgs),
    /// Ask what rests as often as before.
    Resume(steer::ResumeArgs),
    /// Look which feeds answer, and let rest those that don't.
    Check(check::Args),
    /// Follow the feeds of a list from another reader (OPML).
    Import(exchange::ImportArgs),
    /// Write what is followed as such a list (OPML).
    Export(exchange::ExportArgs),
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    match args.action {
        Action::List(args) => list::run(args, common),
        Action::Add(args) => add::run(args),
        Action::Remove(args) => steer::remove(args),
        Action::Rest(args) => steer::rest(args),
        Action::Resume(args) => steer::resume(args),
        Action::Check(args) => check::run(args),
        Action::Import(args) => exchange::import(args),
        Action::Export(args) => exchange::export(args),
    }
}

/// How long a desk at work is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which sources are meant. Nothing said: all.
#[derive(clap::Args)]
struct Which {
    /// Of outlets that sit there: two letters (ISO 3166-1). Can be repeated.
    #[arg(long, value_name = "CC", value_parser = country)]
    country: Vec<String>,
    /// Written in this language (BCP 47: fr, pt-BR, zh-Hant). Can be repeated.
    #[arg(long, value_name = "LANG", value_parser = language)]
    language: Vec<String>,
}

impl Which {
    fn is_all(&self) -> bool {
        self.country.is_empty() && self.language.is_empty()
    }

    fn takes(&self, source: &Source) -> bool {
        let is = |known: &Option<String>, wanted: &[String], is: fn(&str, &str) -> bool| {
            wanted.is_empty() || known.as_ref().is_some_and(|known| wanted.iter().any(|wanted| is(known, wanted)))
        };
        is(&source.country, &self.country, |known, wanted| known == wanted)
            && is(&source.language, &self.language, |known, wanted| {
                let rest = known.get(..wanted.len()).filter(|start| start.eq_ignore_ascii_case(wanted));
                rest.is_some_and(|_| known.len() == wanted.len() || known[wanted.len()..].starts_with('-'))
            })
    }
}

/// Said where an address to be followed brings them.
pub const PASSWORD_LEFT_OUT: &str =
    "The name and the password in its address were left out: a desk never sends them, and its pages show addresses.";

/// Two letters, in either case.
fn country(code: &str) -> Result<String> {
    let sound = code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic());
    ensure!(sound, "“{code}” is no country code: two letters, as in ISO 3166-1 (GB, DE, JP)");
    Ok(code.to_uppercase())
}

/// The sources that these name: by the feed's address, the outlet's name or its domain.
fn named<'a>(sources: &'a [Source], what: &[String]) -> Result<Vec<&'a Source>> {
    let mut chosen = BTreeSet::new();
    for name in what {
        let found = sources.iter().enumerate().filter(|(_, source)| is_called(source, name)).map(|(at, _)| at);
        let known: Vec<usize> = found.collect();
        ensure!(!known.is_empty(), "“{}” is not followed: `parallax sources list` shows what is", printable(name));
        chosen.extend(known);
    }
    Ok(chosen.into_iter().map(|at| &sources[at]).collect())
}

fn is_called(source: &Source, name: &str) -> bool {
    let plain = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_lowercase()
    };
    let named =
        |known: &Option<String>| known.as_ref().is_some_and(|known| known.to_lowercase() == name.to_lowercase());
    source.url == name
        || source.moved_from.as_deref() == Some(name)
        || named(&source.outlet)
        || source.domain.as_ref().is_some_and(|domain| *domain == plain(name))
        || name.contains("://") && plain(&source.url) == plain(name)
}

/// Has the change made, and gives the sentence that says how.
pub(super) fn made(home: &Home, words: &[Subscription]) -> Result<&'static str> {
    Ok(match change(home, words, PATIENCE)? {
        Handed::Logged => "",
        Handed::TakenUp => " The desk at work there has taken it up.",
        Handed::Waits => {
            " Another parallax is at work there and takes nothing up just now: the next `parallax serve` or `run` does."
        }
    })
}

/// “3 feeds of 2 outlets in 1 country”.
fn counted<'a>(sources: impl IntoIterator<Item = &'a Source> + Clone) -> String {
    let feeds = sources.clone().into_iter().count();
    let outlets: BTreeSet<_> = sources.clone().into_iter().map(|s| s.outlet.as_ref().unwrap_or(&s.url)).collect();
    let countries: BTreeSet<_> = sources.into_iter().filter_map(|s| s.country.as_ref()).collect();
    let places = if countries.is_empty() {
        String::new()
    } else {
        format!(" in {}", number(countries.len(), "country", "countries"))
    };
    format!("{} of {}{places}", number(feeds, "feed", "feeds"), number(outlets.len(), "outlet", "outlets"))
}

fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// How long ago, for people.
fn ago(at: i64) -> String {
    let seconds = now().saturating_sub(at).max(0).unsigned_abs();
    if seconds < 60 {
        "a moment ago".to_owned()
    } else {
        format!("{} ago", super::desk::long(Duration::from_secs(seconds)))
    }
}

/// Of what is told of a feed, what stands under its address.
fn whose(source: &Source) -> String {
    let parts = [source.country.as_deref(), source.outlet.as_deref()];
    printable(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// Nothing to do, and what to do about that.
fn nothing(out: Out, told: &str) -> Result<ExitCode> {
    drop(out);
    eprintln!("parallax: {told}");
    Ok(ExitCode::from(1))
}
