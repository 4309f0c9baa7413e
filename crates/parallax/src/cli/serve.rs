//! `serve`: a desk left running, with its pages.

use super::Common;
use super::desk::Place;
use super::live::{Fetching, stopped};
use super::out::{Out, sentence};
use crate::desk::{self, Desk, Told};
use crate::store::{Home, Press};
use crate::web::{self, Gate, Site};
use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax serve                            pages at http://127.0.0.1:8420/, until Ctrl-C
  parallax serve --reads en,fr              quote English reports first, then French ones
  parallax serve --only-pages               pages of a desk at which another parallax is at work
  parallax serve --listen 0.0.0.0:8420      for others too: asks for a password, once one is set (parallax password)

It visits the feeds that are followed (`parallax subscribe URL`) as `parallax run` does. `parallax demo` shows the same on a sample press.")]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// The address to serve on.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// A further name that the desk answers to, as behind a server that has one; a password must be set then. Can be repeated.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Languages you read, the best first: of reports that say the same, those in these are quoted first.
    #[arg(long, value_name = "LANG", value_delimiter = ',', default_value = "en")]
    reads: Vec<String>,
    /// Visit no feed and change nothing: only show what the desk holds.
    #[arg(long)]
    only_pages: bool,
    #[command(flatten)]
    fetching: Fetching,
}

pub fn run(args: Args, common: &Common) -> Result<ExitCode> {
    let home = args.place.home()?;
    let gate = Gate::open(&home, args.listen, args.host)?;
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
        let site = Site::new(home.clone(), args.reads, gate)?;
        eprintln!("parallax: the desk is at http://{at}/ until Ctrl-C");
        let (end, ended) = watch::channel(false);
        let pages = tokio::spawn(web::serve(site, listener, until(ended)));
        let result = match desk {
            None => {
                stopped().await;
                Ok(())
            }
            Some(desk) => at_work(desk, &home, args.fetching).await,
        };
        end.send_replace(true);
        pages.await.context("the pages broke off")??;
        result
    })?;
    eprintln!("parallax: ended; everything logged is kept");
    Ok(ExitCode::SUCCESS)
}

/// Visits feeds and reads until it is to stop; what goes wrong is told.
async fn at_work(desk: Desk, home: &Home, fetching: Fetching) -> Result<()> {
    let followed = Press::open_to_read(&home.press())?.subscriptions()?.len();
    match followed {
        0 => {
            eprintln!(
                "parallax: no feed is followed yet: `parallax sources add --world` follows some, or try `parallax demo`"
            );
        }
        n => eprintln!("parallax: {n} feeds are followed"),
    }
    let (fetcher, rules) = fetching.rules()?;
    let (tell, mut told) = mpsc::unbounded_channel();
    let telling = tokio::spawn(async move {
        while let Some(told) = told.recv().await {
            match told {
                Told::Problem(problem) => eprintln!("{}", sentence(&problem)),
                Told::TakenUp(n) => eprintln!("parallax: {n} changes of what is followed are taken up"),
                _ => {}
            }
        }
    });
    let ended = desk::run(desk, fetcher, rules, tell, stopped()).await;
    telling.await.context("the display broke off")?;
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
