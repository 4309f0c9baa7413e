//! The commands of a desk left running: `subscribe`, `unsubscribe`, `feeds`, `run`.

use super::Common;
use super::desk::{Place, there};
use super::out::{Out, printable};
use super::sources::PASSWORD_LEFT_OUT;
use crate::desk::{self, Desk, Rules, Told, sources, subscription};
use crate::fetch::{Fetcher, Reach, without_password};
use crate::log::{Form, Level, Log};
use crate::settings::{self, CONTACT, KEEP_DAYS, KEEP_GB, PAGES, Settings, Settled};
use crate::store::{FeedState, Home, Press, Rounds};
use anyhow::{Context, Result};
use parallax_core::model::Outlet;
use serde_json::json;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax subscribe https://gazette.example/feed.xml
  parallax subscribe --outlet 'The Gazette' --country GB https://gazette.example/feed.xml
  parallax run                                      then visits it, again and again")]
pub struct SubscribeArgs {
    #[command(flatten)]
    place: Place,
    /// What its outlet is called, where neither its pages nor the almanac say.
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Where its outlet is at home: two letters (ISO 3166-1).
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// Addresses of feeds: RSS, Atom, JSON Feed.
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
}

pub fn subscribe(args: SubscribeArgs) -> Result<ExitCode> {
    let country = args.country.map(|claimed| {
        let known = crate::pipeline::country(&claimed, parallax_almanac::almanac());
        known.with_context(|| format!("“{claimed}” is no country code: two letters, as in ISO 3166-1 (GB, DE, JP)"))
    });
    let country = country.transpose()?;
    let outlet =
        (args.outlet.is_some() || country.is_some()).then_some(Outlet { name: args.outlet, domain: None, country });
    let home = args.place.home()?;
    follow(&home, &args.urls, outlet.as_ref(), true)
}

#[derive(clap::Args)]
#[command(after_help = "\
Example:
  parallax unsubscribe https://gazette.example/feed.xml

What came from it stays; `parallax forget OUTLET` takes that away.")]
pub struct UnsubscribeArgs {
    #[command(flatten)]
    place: Place,
    /// Addresses of feeds.
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
}

pub fn unsubscribe(args: UnsubscribeArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let followed = sources::followed(&home)?;
    for url in &args.urls {
        anyhow::ensure!(
            followed.iter().any(|s| s.url == *url),
            "{url} is not followed: `parallax feeds` lists what is"
        );
    }
    follow(&home, &args.urls, None, false)
}

fn follow(home: &Home, urls: &[String], outlet: Option<&Outlet>, followed: bool) -> Result<ExitCode> {
    for url in urls {
        let sound = ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme));
        anyhow::ensure!(sound, "“{url}” is no address: give that of the feed, https://…");
    }
    let words = urls.iter().map(|url| subscription(url, outlet, followed)).collect::<Result<Vec<_>>>()?;
    let taken = super::sources::made(home, &words)?;
    let mut out = Out::new(false);
    out.done();
    if followed && urls.iter().any(|url| without_password(url).is_some()) {
        out.line(PASSWORD_LEFT_OUT)?;
    }
    let how = match (followed, urls.len()) {
        (true, 1) => "followed: `parallax run` visits it",
        (true, _) => "followed: `parallax run` visits them",
        (false, _) => "followed no more",
    };
    out.line(format!("{} {how}.{taken}", feeds_are(urls.len())))?;
    Ok(out.status())
}

#[derive(clap::Args)]
pub struct FeedsArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON, a line a feed.
    #[arg(long)]
    json: bool,
}

pub fn feeds(args: FeedsArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let followed = sources::followed(&home)?;
    let states = Rounds::open(&home.reader())?.all()?;
    let mut out = Out::new(false);
    for subscription in &followed {
        out.done();
        let state = states.iter().find(|s| s.url == subscription.url);
        if args.json {
            let outlet = subscription.outlet.as_ref().map(|o| json!({"name": o.name, "country": o.country}));
            out.line(json!({"url": subscription.url, "outlet": outlet, "state": state}))?;
            continue;
        }
        out.line(printable(&subscription.url))?;
        out.line(match state {
            None => "    not visited yet".to_owned(),
            Some(FeedState { rested: Some(_), rested_why: why, .. }) => {
                format!("    rests, asked once a day: {}", printable(why.as_deref().unwrap_or("")))
            }
            Some(s) if s.failures > 0 => {
                format!("    failed {} times, last: {}", s.failures, printable(s.said.as_deref().unwrap_or("")))
            }
            Some(s) => format!("    {} entries so far", s.entries),
        })?;
    }
    if followed.is_empty() {
        eprintln!("parallax: no feed is followed yet: `parallax sources add --world` follows some");
    }
    out.finish();
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax run --contact mailto:desk@example.org    until Ctrl-C; hosts are told whom to write to
  parallax run --log json 2>> desk.log              what happens as JSON, a line an event
  parallax watch                                    in another terminal: what changes
  parallax stories                                  what several outlets tell

Feeds are asked with what they sent last, at the pace of their host; article pages as robots.txt, the host and the day's budget
allow; news sitemaps four times a day as robots.txt allows: what they list is counted, not fetched. No address of a private network
is asked unless its host is allowed. Whatever ends it, what was logged is there.")]
pub struct RunArgs {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    telling: Telling,
}

/// How a desk left running tells what happens.
#[derive(clap::Args)]
pub struct Telling {
    /// How to tell what happens, on standard error: sentences, or JSON, an object a line with its time and level.
    #[arg(long, value_name = "FORM", default_value = "text")]
    log: Form,
}

impl Telling {
    /// Where it is told.
    pub fn log(&self) -> Log {
        Log::open(self.log)
    }
}

/// As what guest hosts are asked.
#[derive(clap::Args)]
pub struct Guest {
    #[arg(long, value_name = "CONTACT", help = CONTACT.says)]
    contact: Option<String>,
    /// Hosts that may be of a private network. Can be repeated.
    #[arg(long, value_name = "HOST")]
    allow: Vec<String>,
}

impl Guest {
    /// A fetcher; who is to be written to is what was given, else what the desk's settings say.
    pub fn fetcher(self, home: &Home) -> Result<Fetcher> {
        let given = Settings::default().with(CONTACT, self.contact)?;
        let all = given.over(&settings::read(home)?);
        let reach = Reach { allowed: self.allow.into_iter().collect(), ..Reach::default() };
        Fetcher::new(reach, all.contact())
    }
}

/// How many pages are fetched, and how long and how many of them are kept.
#[derive(clap::Args)]
pub struct Bounds {
    #[arg(long, value_name = "N", help = PAGES.says)]
    pages: Option<u32>,
    #[arg(long, value_name = "DAYS", help = KEEP_DAYS.says, value_parser = clap::value_parser!(u32).range(1..))]
    keep_days: Option<u32>,
    #[arg(long, value_name = "GB", help = KEEP_GB.says, value_parser = clap::value_parser!(u32).range(1..))]
    keep_gb: Option<u32>,
}

impl Bounds {
    /// Settings with what these give.
    pub fn on(&self, settings: Settings) -> Result<Settings> {
        settings.with(PAGES, self.pages)?.with(KEEP_DAYS, self.keep_days)?.with(KEEP_GB, self.keep_gb)
    }
}

/// How feeds and pages are fetched and kept.
#[derive(clap::Args)]
pub struct Fetching {
    #[command(flatten)]
    guest: Guest,
    #[command(flatten)]
    bounds: Bounds,
}

impl Fetching {
    /// What of the settings these give.
    pub fn given(&self) -> Result<Settings> {
        self.bounds.on(Settings::default().with(CONTACT, self.guest.contact.as_ref())?)
    }

    /// The fetcher that these make.
    pub fn fetcher(self, home: &Home) -> Result<Fetcher> {
        self.guest.fetcher(home)
    }
}

/// The rules that settings make, as they stand at the time. Whoever asks for them is in a runtime.
pub fn rules(settled: &Settled) -> watch::Receiver<Rules> {
    let of = |now: &Settings| Rules { pages_a_day: now.pages(), keep: now.keep(), ..Rules::default() };
    let mut follow = settled.follow();
    let (tell, rules) = watch::channel(of(&follow.borrow_and_update()));
    tokio::spawn(async move {
        while follow.changed().await.is_ok() {
            tell.send_replace(of(&follow.borrow_and_update()));
        }
    });
    rules
}

pub fn run(args: RunArgs, common: &Common) -> Result<ExitCode> {
    let log = args.telling.log();
    log.ended(left_running(args, log, common))
}

/// “1 feed is”, “2 feeds are”.
pub(super) fn feeds_are(feeds: usize) -> String {
    format!("{feeds} {}", if feeds == 1 { "feed is" } else { "feeds are" })
}

fn left_running(args: RunArgs, log: Log, common: &Common) -> Result<ExitCode> {
    let home = args.place.home()?;
    let settled = Settled::open(home.clone(), args.fetching.given()?)?;
    let fetcher = args.fetching.fetcher(&home)?;
    let mut out = Out::new(true);
    let desk = Desk::open(home.clone(), common.threads(), &mut |what, done, of| out.at(what, done, of))?;
    out.finish();
    let followed = Press::open_to_read(&home.press())?.subscriptions()?.len();
    anyhow::ensure!(followed > 0, "no feed is followed yet: `parallax sources add --world` follows some");
    let words = format!("{} followed; Ctrl-C ends it", feeds_are(followed));
    log.say(Level::Info, "begins", &words, json!({"feeds": followed}));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let (tell, told) = mpsc::unbounded_channel();
        let telling = tokio::spawn(self::tell(home, told, log, true));
        let looking = tokio::spawn(Arc::clone(&settled).keep_looking(log));
        let ended = desk::run(desk, fetcher, rules(&settled), tell, stopped()).await;
        looking.abort();
        telling.await.context("the telling broke off")?;
        ended
    })?;
    log.say(Level::Info, "ended", "ended; everything logged is kept", json!({}));
    Ok(ExitCode::SUCCESS)
}

/// Ends with Ctrl-C, or when the system asks to end.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = term.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Tells of whatever happens.
pub async fn tell(home: Home, mut told: mpsc::UnboundedReceiver<Told>, log: Log, all: bool) {
    while let Some(told) = told.recv().await {
        log.told(&told, &home, all);
    }
}
