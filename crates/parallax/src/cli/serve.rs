//! `serve`: a desk left running, with its pages.

use super::Common;
use super::desk::Place;
use super::live::{Fetching, Telling, rules, stopped};
use super::out::Out;
use crate::desk::{self, Desk, Rules};
use crate::fetch::Fetcher;
use crate::log::{Level, Log};
use crate::settings::{READS, Settled, language};
use crate::store::Press;
use crate::web::{self, Gate, Site};
use anyhow::{Context, Result};
use serde_json::json;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax serve                            pages at http://127.0.0.1:8420/, until Ctrl-C; a new desk asks there what to follow
  parallax serve --reads en,fr              quote English reports first, then French ones
  parallax serve --log json 2>> desk.log    tells what happens as JSON, a line an event
  parallax serve --only-pages               pages of a desk at which another parallax is at work
  parallax serve --listen 0.0.0.0:8420      for others too: asks for a password, once one is set (parallax password)

It visits the feeds that are followed as `parallax run` does. What is not given here is as the desk's settings say (`parallax settings`, or the page
/settings). `parallax demo` shows the same on a sample press.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// The address to serve on.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// A further name that the desk answers to, as behind a server that has one; a password must be set then. Can be repeated.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    #[arg(long, value_name = "LANG", value_delimiter = ',', help = READS.says, value_parser = language)]
    reads: Vec<String>,
    /// Visit no feed and change nothing: only show what the desk holds.
    #[arg(long)]
    only_pages: bool,
    /// Don't open a browser at a new desk.
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    telling: Telling,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let log = args.telling.log();
    log.ended(served(args, log, common))
}

fn served(args: Args, log: Log, common: &Common) -> Result<ExitCode> {
    let home = args.place.home()?;
    let gate = Gate::open(&home, args.listen, args.host)?;
    let reads = (!args.reads.is_empty()).then(|| args.reads.join(","));
    let settled = Settled::open(home.clone(), args.fetching.given()?.with(READS, reads)?)?;
    let mut out = Out::new(true);
    let desk = if args.only_pages {
        anyhow::ensure!(home.is_there(), "{} holds no desk yet: leave out --only-pages", home.folder().display());
        None
    } else {
        let desk = Desk::open(home.clone(), common.threads(), &mut |what, done, of| out.at(what, done, of));
        Some(desk.context("to show what is there meanwhile, give --only-pages")?)
    };
    out.finish();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = bind(args.listen).await?;
        let at = listener.local_addr()?;
        let site = Site::new(home.clone(), Arc::clone(&settled), gate)?.telling(log);
        let site = if args.only_pages { site.only_pages() } else { site };
        let address = format!("http://{at}/");
        log.say(Level::Info, "serves", &format!("the desk is at {address} until Ctrl-C"), json!({"address": address}));
        if site.begins()? {
            log.say(
                Level::Info,
                "new",
                "it is new: say there where you live and what you read, and it begins",
                json!({}),
            );
            if at.ip().is_loopback() && !args.no_open {
                super::open::open(&address, std::io::stdout().is_terminal());
            }
        }
        let (end, ended) = watch::channel(false);
        let looking = tokio::spawn(Arc::clone(&settled).keep_looking(log));
        let pages = web::serve_apart(site, listener, until(ended))?;
        let result = match desk {
            None => {
                stopped().await;
                Ok(())
            }
            Some(desk) => at_work(desk, args.fetching.fetcher(&home)?, rules(&settled), log).await,
        };
        end.send_replace(true);
        looking.abort();
        let pages = tokio::task::spawn_blocking(move || pages.join()).await?;
        pages.map_err(|_| anyhow::anyhow!("the pages broke off"))??;
        result
    })?;
    log.say(Level::Info, "ended", "ended; everything logged is kept", json!({}));
    Ok(ExitCode::SUCCESS)
}

/// Visits feeds and reads until it is to stop; what goes wrong is told.
async fn at_work(desk: Desk, fetcher: Fetcher, rules: watch::Receiver<Rules>, log: Log) -> Result<()> {
    let followed = Press::open_to_read(&desk.home().press())?.subscriptions()?.len();
    let words = match followed {
        0 => "no feed is followed yet: the pages follow some, or `parallax sources add --world`; `parallax demo` shows a sample press".to_owned(),
        n => format!("{} followed", super::live::feeds_are(n)),
    };
    log.say(Level::Info, "begins", &words, json!({"feeds": followed}));
    let (tell, told) = mpsc::unbounded_channel();
    let telling = tokio::spawn(super::live::tell(desk.home().clone(), told, log, false));
    let ended = desk::run(desk, fetcher, rules, tell, stopped()).await;
    telling.await.context("the telling broke off")?;
    ended
}

/// A listener, or what to do.
pub async fn bind(at: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(at)
        .await
        .with_context(|| format!("{at} cannot be served on: another program may be there. Name another with --listen"))
}

/// Ends when that is said.
pub async fn until(mut ended: watch::Receiver<bool>) {
    // Whoever would say so may have gone: that ends it too.
    let _ = ended.wait_for(|ended| *ended).await;
}
