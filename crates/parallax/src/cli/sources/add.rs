//! `sources add`: outlets of the catalogue, or the address of a feed or site → followed, and what was found on the way is told.

use super::{PASSWORD_LEFT_OUT, Which, counted, made, number};
use crate::cli::desk::Place;
use crate::cli::live::Guest;
use crate::cli::out::{Out, printable};
use crate::desk::sources::{Discovery, How, Seen, State, Tried, Wish, discover, followed, pick, sources};
use crate::desk::subscription;
use crate::fetch::{Fetcher, without_password};
use crate::limits::FETCH_SECONDS;
use crate::store::{Home, Subscription};
use anyhow::{Result, ensure};
use parallax_almanac::{catalogue, feed_places};
use parallax_core::model::Outlet;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::Duration;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax sources add --world                      an outlet or two of every country
  parallax sources add --country NG                 every outlet of Nigeria that the catalogue has
  parallax sources add --language sw                every edition in Swahili
  parallax sources add 'Le Monde' asahi.com         outlets of the catalogue, by name or domain
  parallax sources add https://gazette.example/     a site: its page is asked which feeds it offers, else the usual places are
  parallax sources add --outlet 'The Gazette' --country GB https://gazette.example/feed.xml

Of an outlet of the catalogue its home editions are followed and the one in English; with --language those in that language. Feeds of the
catalogue are unverified until they are read: `parallax sources check` asks them all. An address is asked at once, as its robots.txt allows,
and followed if a feed with entries stands there; --unseen follows it without asking.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Addresses (https://…) of feeds or sites; names or domains of outlets of the catalogue.
    #[arg(value_name = "ADDRESS|OUTLET")]
    what: Vec<String>,
    /// The world set: an outlet or two of every country.
    #[arg(long)]
    world: bool,
    /// With an ADDRESS: where its outlet sits, what it writes. Else: every outlet there, every edition in it.
    #[command(flatten)]
    which: Which,
    /// With an ADDRESS: what its outlet is called, where its pages don't say.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Of a site every feed that it offers, not only the first that can be read.
    #[arg(long)]
    every: bool,
    /// Follow an ADDRESS without asking whether a feed stands there.
    #[arg(long)]
    unseen: bool,
    /// How long a feed may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = FETCH_SECONDS as u64, value_parser = clap::value_parser!(u64).range(1..=600))]
    patience: u64,
    #[command(flatten)]
    guest: Guest,
}

pub fn run(args: Args) -> Result<ExitCode> {
    let (mut addresses, outlets) = sorted(&args.what);
    ensure!(
        args.world || !args.what.is_empty() || !args.which.is_all(),
        "say what: an address, an outlet's name, --world, --country or --language; `parallax sources list --catalogue` shows what there is"
    );
    let about = if addresses.is_empty() { None } else { Some(About::of(&args)?) };
    let home = args.place.home()?;
    let mut out = Out::new(false);
    let mut left_out = false;
    for address in &mut addresses {
        let bare = without_password(address);
        left_out |= bare.is_some();
        *address = bare.unwrap_or_else(|| std::mem::take(address));
    }
    if left_out {
        out.line(PASSWORD_LEFT_OUT)?;
    }
    let mut words = Vec::new();
    // What describes an address chooses nothing.
    let which = if addresses.is_empty() { args.which } else { Which { country: Vec::new(), language: Vec::new() } };
    if args.world || !outlets.is_empty() || !which.is_all() {
        let wish = Wish { world: args.world, countries: which.country, outlets, languages: which.language };
        let (picks, without) = pick(catalogue(), &wish)?;
        words = picks.iter().map(|pick| pick.word()).collect::<Result<_>>()?;
        if !without.is_empty() {
            let names: Vec<&str> = without.iter().map(|outlet| outlet.name.as_str()).collect();
            out.line(format!("The catalogue has no feed yet of {}.", names.join(", ")))?;
        }
    }
    let mut failed = false;
    if let Some(about) = &about {
        let search =
            Search { about, every: args.every, unseen: args.unseen, patience: Duration::from_secs(args.patience) };
        failed = search.all(&addresses, &args.guest.fetcher(&home)?, &mut words, &mut out)?;
    }
    out.finish();
    let done = follow(&home, words, &mut out)?;
    Ok(ExitCode::from(u8::from(failed || !done)))
}

/// Addresses, and names of outlets. A domain that the catalogue does not have is the address of a site.
fn sorted(what: &[String]) -> (Vec<String>, Vec<String>) {
    let mut addresses = Vec::new();
    let mut outlets = Vec::new();
    for one in what {
        let is_host = one.contains('.') && !one.contains(char::is_whitespace) && catalogue().named(one).is_none();
        if one.contains("://") {
            addresses.push(one.clone());
        } else if is_host && catalogue().at(one).is_none() {
            addresses.push(format!("https://{one}"));
        } else {
            outlets.push(one.clone());
        }
    }
    (addresses, outlets)
}

/// What is said of the outlet at an address.
struct About {
    outlet: Option<String>,
    country: Option<String>,
    language: Option<String>,
}

impl About {
    fn of(args: &Args) -> Result<Self> {
        ensure!(
            args.which.country.len() < 2 && args.which.language.len() < 2,
            "with an address --country and --language say where its outlet sits and what it writes: one each. Add the catalogue's outlets by a command of their own"
        );
        let (country, language) = (args.which.country.first().cloned(), args.which.language.first().cloned());
        Ok(About { outlet: args.outlet.clone(), country, language })
    }

    /// The word by which what stands at an address is followed: what the catalogue knows, else what is said, else what the feed says.
    fn word(&self, url: &str, seen: Option<&Seen>) -> Result<Subscription> {
        if let Some((outlet, edition)) = catalogue().feed(url) {
            return crate::desk::sources::Pick { outlet, edition, url }.word();
        }
        let site = seen.and_then(|seen| seen.site.clone());
        let known = catalogue().at(url).or_else(|| catalogue().at(site.as_deref()?)).filter(|_| self.outlet.is_none());
        let outlet = match known {
            Some(known) => Outlet {
                name: Some(known.name.clone()),
                domain: Some(known.domain().to_owned()),
                country: Some(known.country.as_str().to_owned()),
            },
            None => {
                let title = seen.and_then(|seen| seen.title.clone());
                Outlet { name: self.outlet.clone().or(title), domain: None, country: self.country.clone() }
            }
        };
        let language = self.language.clone().or_else(|| seen?.language.clone());
        let title = seen.and_then(|seen| seen.title.clone());
        Ok(Subscription { title, site, language, ..subscription(url, Some(&outlet), true)? })
    }
}

/// How addresses are looked into.
struct Search<'a> {
    about: &'a About,
    every: bool,
    unseen: bool,
    patience: Duration,
}

impl Search<'_> {
    /// Looks into addresses; was there one without a feed?
    fn all(
        &self,
        addresses: &[String],
        fetcher: &Fetcher,
        words: &mut Vec<Subscription>,
        out: &mut Out,
    ) -> Result<bool> {
        if self.unseen {
            for address in addresses {
                words.push(self.about.word(address, None)?);
            }
            return Ok(false);
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let places = feed_places();
        let mut failed = false;
        for address in addresses {
            out.doing("looking for feeds");
            let found = runtime.block_on(discover(fetcher, &places, address, self.patience));
            failed |= !self.tell(address, &found, words, out)?;
        }
        runtime.shutdown_background();
        Ok(failed)
    }

    /// Tells what was found from an address, and takes what is to be followed; was there any?
    fn tell(&self, address: &str, found: &Discovery, words: &mut Vec<Subscription>, out: &mut Out) -> Result<bool> {
        if let Some(page) = &found.page {
            let offered = found.tried.iter().filter(|tried| tried.how == How::Offered).count() + found.besides.len();
            let told = match offered {
                0 => "offers no feed; in the usual places:".to_owned(),
                n => format!("offers {}:", number(n, "feed", "feeds")),
            };
            out.line(format!("{} {told}", printable(page)))?;
        }
        let mut taken = 0;
        for tried in &found.tried {
            let Tried { url, title, look, how } = tried;
            let url = look.as_ref().ok().and_then(|seen| seen.moved_to.as_ref()).unwrap_or(url);
            match look {
                Ok(seen) => {
                    let follow = taken == 0 || self.every;
                    let called = title
                        .as_ref()
                        .or(seen.title.as_ref())
                        .map(|t| format!("  {}", printable(t)))
                        .unwrap_or_default();
                    let then = if follow { "" } else { ", not followed" };
                    out.line(format!(
                        "  {}\n      {}{then}{called}",
                        printable(url),
                        number(seen.entries, "entry", "entries")
                    ))?;
                    if follow {
                        words.push(self.about.word(url, Some(seen))?);
                        taken += 1;
                    }
                }
                // Of a guess nobody wants to hear, but that it was made.
                Err(failing) => {
                    let guess = *how == How::Usual;
                    let why = if guess { failing.why } else { failing.problem.message.as_str() };
                    out.line(format!("  {}\n      {}", printable(url), printable(why)))?;
                }
            }
        }
        for url in &found.besides {
            out.line(format!("  {}\n      not looked at", printable(url)))?;
        }
        let left = found.feeds().count() - taken;
        if left + found.besides.len() > 0 {
            out.line(
                "The first that can be read is followed. Another is by its own address, all of them with --every.",
            )?;
        }
        if taken == 0 {
            out.line(format!(
                "At {} is no feed that can be read. If you know better, give the feed's own address, with --unseen.",
                printable(address)
            ))?;
        }
        Ok(taken > 0)
    }
}

/// Follows what is not followed yet, and says so; was there anything to follow?
fn follow(home: &Home, words: Vec<Subscription>, out: &mut Out) -> Result<bool> {
    let known: BTreeSet<String> = followed(home)?.into_iter().map(|word| word.url).collect();
    let any = !words.is_empty();
    let (before, mut new): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| known.contains(&word.url));
    let mut seen = BTreeSet::new();
    new.retain(|word| seen.insert(word.url.clone()));
    if !before.is_empty() {
        out.line(format!("Followed before: {}.", number(before.len(), "feed", "feeds")))?;
    }
    if !new.is_empty() {
        let how = made(home, &new)?;
        let all = sources(home, catalogue(), false)?;
        let came = all.iter().filter(|source| seen.contains(&source.url));
        out.line(format!("Followed: {}.{how}", counted(came.clone())))?;
        if came.clone().any(|source| source.state == State::Unverified) {
            out.line(
                "Unverified until they are read: `parallax serve` reads them, `parallax sources check` only asks.",
            )?;
        }
    }
    Ok(any)
}
