//! `press`: the sample press as a web server on this machine, until Ctrl-C.

use crate::press_server::{Clock, Feed, SamplePress, serve};
use anyhow::{Context, Result};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax press                                   four days of press in four minutes
  parallax press --port 8080 --speed 6912          the same in fifty seconds, on a port that you know
  curl http://127.0.0.1:8080/rheinblick/atom.xml   an outlet's feed: only what has been published by then
  curl -o feed.xml http://127.0.0.1:8080/al-marsad/feed.xml && parallax feed feed.xml

Outlets have domains of their own, too, for readers that can be told where to find them:
  curl --resolve rheinblick.example:8080:127.0.0.1 http://rheinblick.example:8080/atom.xml

The press is written by us: its outlets, people, places and events are invented. Nobody but this machine can reach it.")]
pub struct Args {
    /// The port to serve on; 0 for any that is free.
    #[arg(long, value_name = "N", default_value = "0")]
    port: u16,
    /// How many seconds pass in the press while one passes here: at 1440 a day passes in a minute.
    #[arg(long, value_name = "X", default_value = "1440", value_parser = clap::value_parser!(u32).range(1..))]
    speed: u32,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let press = Arc::new(SamplePress::load().context("the sample press cannot be read")?);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
        let listener = TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("{address} cannot be served on; name another --port"))?;
        let port = listener.local_addr()?.port();
        let clock = Clock::starting_at(press.first_day(), args.speed);
        // Whoever stops reading this may still read the press.
        let _ = writeln!(std::io::stdout(), "{}", introduction(&press, &clock, port));
        let stopped = async {
            if tokio::signal::ctrl_c().await.is_err() {
                // Nothing can tell of Ctrl-C here: then it ends the program at once, as ever.
                std::future::pending::<()>().await;
            }
        };
        serve(press, clock, listener, stopped).await.context("the server broke off")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What is served, where, and for how long something will happen.
fn introduction(press: &SamplePress, clock: &Clock, port: u16) -> String {
    let feeds = press.feeds();
    let whole = clock.until(press.last_change()).unwrap_or_default();
    let mut lines = vec![
        format!("SAMPLE PRESS: {} invented outlets, served at http://127.0.0.1:{port}/ until Ctrl-C.", feeds.len()),
        format!("It begins on {} and has said all in {}.", press.first_day().strftime("%-d %B %Y"), shown(whole)),
        String::new(),
    ];
    for feed in &feeds {
        lines.push(format!("{:<62} {}  {:<5}  {}", beneath(feed, port), feed.country, feed.language, feed.outlet));
    }
    lines.join("\n")
}

/// A feed's address on the server itself.
fn beneath(feed: &Feed, port: u16) -> String {
    let path = feed.url.split_once(&feed.domain).map_or("", |(_, path)| path);
    format!("http://127.0.0.1:{port}/{}{path}", feed.id)
}

fn shown(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=119 => format!("{seconds} seconds"),
        seconds @ 120..=7_199 => format!("{} minutes", seconds.div_ceil(60)),
        seconds => format!("{} hours", seconds.div_ceil(3_600)),
    }
}
