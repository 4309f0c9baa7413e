//! `sources check`: every feed is asked, with progress; then how many answered, of how many, and what kept the others.

use super::{Which, counted, made, named, nothing, number, whose};
use crate::cli::desk::Place;
use crate::cli::live::Guest;
use crate::cli::out::{Out, printable};
use crate::desk::sources::{self, Failing, Found, Offline, Seen, Source, sources};
use crate::desk::subscription;
use crate::limits::FETCH_SECONDS;
use crate::store::{Home, Subscription};
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::time::Duration;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources check                            every feed that is followed
  parallax sources check --country NG --language ha
  parallax sources check --all --contact mailto:desk@example.org      and those of the catalogue that are not followed
  parallax sources check --json | jq -r 'select(.why == \"gone\").url'

Each host is asked at its pace and up to 32 hosts at a time, so that a slow one holds up no other. A feed that does not answer rests: it is
asked once a day, until it answers. Where nothing answers at all, nothing is changed.
Why one fails, in a word: address, private network, dns, tls, connection, timeout, redirects, broken, refused (401, 402, 403, 451),
gone (404, 410), later (429, 5xx), not a feed, empty, too large.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    which: Which,
    /// Feeds by their address, outlets by name or domain; else all that are followed.
    #[arg(value_name = "FEED|OUTLET")]
    what: Vec<String>,
    /// And the feeds of the catalogue that are not followed.
    #[arg(long)]
    all: bool,
    /// How long a feed may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = FETCH_SECONDS as u64, value_parser = clap::value_parser!(u64).range(1..=600))]
    patience: u64,
    #[command(flatten)]
    guest: Guest,
    /// Print JSON: a line a feed, as they come; then one that counts.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Result<ExitCode> {
    let home = args.place.home()?;
    let mut out = Out::new(args.json);
    let all = sources(&home, parallax_almanac::catalogue(), args.all)?;
    let meant = if args.what.is_empty() { all.iter().collect() } else { named(&all, &args.what)? };
    let meant: Vec<&Source> = meant.into_iter().filter(|source| args.which.takes(source)).collect();
    if meant.is_empty() {
        let told = if all.is_empty() {
            "no feed is followed yet: `parallax sources add --world` follows some; --all checks the whole catalogue"
        } else {
            "nothing that is followed is so; --all checks the catalogue, too"
        };
        return nothing(out, told);
    }
    let by_url: BTreeMap<&str, &Source> = meant.iter().map(|source| (source.url.as_str(), *source)).collect();
    let fetcher = args.guest.fetcher(&home)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    out.counting("feeds asked", by_url.len());
    let mut broken = None;
    let urls: Vec<String> = by_url.keys().map(|url| (*url).to_owned()).collect();
    let patience = Duration::from_secs(args.patience);
    let found = runtime.block_on(sources::check(&fetcher, urls, patience, |found| {
        out.done();
        if args.json
            && let Some(source) = by_url.get(found.url.as_str())
            && let Err(error) = out.line(line(found, source))
        {
            broken.get_or_insert(error);
        }
    }));
    // Names that are still being looked up need not be waited for.
    runtime.shutdown_background();
    out.finish();
    if let Some(error) = broken {
        return Err(error.into());
    }
    let followed: BTreeSet<&str> = meant.iter().filter(|s| s.followed).map(|s| s.url.as_str()).collect();
    let kept = sources::keep(&home, &found, &followed)?;
    let tally = Tally::of(&found, &by_url);
    if args.json {
        out.line(json!({"asked": tally.asked.len(), "answered": tally.answered.len(), "offline": kept.is_err()}))?;
    }
    if let Err(Offline) = kept {
        if !args.json {
            tally.tell(&mut out)?;
        }
        return nothing(out, "nothing answered: is this machine online? Nothing was changed");
    }
    let how = follow_moved(&home, &tally)?;
    if !args.json {
        tally.tell(&mut out)?;
        tally.tell_moved(&mut out, how)?;
        tally.tell_failing(&mut out)?;
    }
    Ok(ExitCode::from(u8::from(tally.answered.is_empty())))
}

/// A line of JSON for a feed.
fn line(Found { url, look }: &Found, source: &Source) -> Value {
    let whose = json!({"url": url, "outlet": source.outlet, "country": source.country, "followed": source.followed});
    let more = match look {
        Ok(Seen { entries, title, moved_to, .. }) => {
            json!({"answered": true, "entries": entries, "title": title, "moved_to": moved_to})
        }
        Err(Failing { why, problem }) => {
            json!({"answered": false, "why": why, "said": problem.message, "remedy": problem.remedy})
        }
    };
    let (Value::Object(mut line), Value::Object(more)) = (whose, more) else { return Value::Null };
    line.extend(more);
    Value::Object(line)
}

/// What answered, what did not.
struct Tally<'a> {
    asked: Vec<&'a Source>,
    answered: Vec<&'a Source>,
    moved: Vec<(&'a Source, &'a str)>,
    /// Word → feeds.
    failing: BTreeMap<&'static str, Vec<(&'a Source, &'a Failing)>>,
}

impl<'a> Tally<'a> {
    fn of(found: &'a [Found], by_url: &BTreeMap<&str, &'a Source>) -> Self {
        let mut tally = Tally { asked: Vec::new(), answered: Vec::new(), moved: Vec::new(), failing: BTreeMap::new() };
        for Found { url, look } in found {
            let Some(source) = by_url.get(url.as_str()).copied() else { continue };
            tally.asked.push(source);
            match look {
                Ok(seen) => {
                    tally.answered.push(source);
                    tally.moved.extend(seen.moved_to.as_deref().map(|to| (source, to)));
                }
                Err(failing) => tally.failing.entry(failing.why).or_default().push((source, failing)),
            }
        }
        tally
    }

    fn tell(&self, out: &mut Out) -> Result<()> {
        let outlets = |of: &[&Source]| {
            of.iter().map(|s| s.outlet.clone().unwrap_or_else(|| s.url.clone())).collect::<BTreeSet<_>>().len()
        };
        let (answered, asked) = (self.answered.len(), self.asked.len());
        let (theirs, all) = (outlets(&self.answered), outlets(&self.asked));
        out.line(format!("{answered} of {asked} feeds answered: {theirs} of {}.", number(all, "outlet", "outlets")))?;
        Ok(())
    }

    fn tell_moved(&self, out: &mut Out, how: &str) -> Result<()> {
        for (source, to) in &self.moved {
            let then = if source.followed { "and is followed there" } else { "; the catalogue has the old address" };
            out.line(format!("\n{} has moved for good {then}:", whose(source)))?;
            out.line(format!("      {}\n      {}", printable(&source.url), printable(to)))?;
        }
        if !how.is_empty() {
            out.line(how.trim_start())?;
        }
        Ok(())
    }

    fn tell_failing(&self, out: &mut Out) -> Result<()> {
        let all = || self.failing.values().flatten().map(|(source, _)| *source);
        let followed: Vec<&Source> = all().filter(|source| source.followed).collect();
        if !followed.is_empty() {
            out.line(format!("\nNow resting, asked once a day until they answer: {}.", counted(followed)))?;
        }
        let others: Vec<&Source> = all().filter(|source| !source.followed).collect();
        if !others.is_empty() {
            out.line(format!("\nNot followed, and noted as failing: {}.", counted(others)))?;
        }
        for (why, feeds) in &self.failing {
            out.line(format!("\n{why}: {}", feeds.len()))?;
            for (source, failing) in feeds {
                let whose = whose(source);
                if !whose.is_empty() {
                    out.line(format!("  {whose}"))?;
                }
                out.line(format!("      {}", printable(&source.url)))?;
                out.line(format!("      {}", printable(&failing.problem.message)))?;
            }
        }
        Ok(())
    }
}

/// What has moved for good is followed at its new address.
fn follow_moved(home: &Home, tally: &Tally<'_>) -> Result<&'static str> {
    let followed = sources::followed(home)?;
    let mut words = Vec::new();
    for (source, to) in &tally.moved {
        let Some(known) = followed.iter().find(|word| word.url == source.url) else { continue };
        let old = subscription(&known.url, known.outlet.as_ref(), false)?;
        let first = known.moved_from.clone().unwrap_or_else(|| known.url.clone());
        words.push(Subscription { url: (*to).to_owned(), at: old.at, moved_from: Some(first), ..known.clone() });
        words.push(old);
    }
    if words.is_empty() { Ok("") } else { made(home, &words) }
}
