//! The sample press served on this machine, a desk that reads it through the real path, and a board on which its stories form.

use super::Common;
use super::live::stopped;
use super::serve::until;
use crate::desk::{self, Desk, Rules, Told, subscription};
use crate::fetch::{Fetcher, Reach};
use crate::press_server::{Clock, SamplePress, serve};
use crate::report::{Style, board};
use crate::settings::{Settings, Settled};
use crate::store::{Home, Reader};
use crate::web::{self, Gate, Site};
use anyhow::{Context, Result};
use parallax_core::almanac::Catalogue;
use parallax_core::model::Outlet;
use std::io::{IsTerminal, Write};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

static NO_OTHERS: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
/// Where its pages are, if that port is free.
const PORT: u16 = 8_420;
/// Four days in fifty seconds.
const SPEED: u32 = 6_912;
/// Between two looks of the desk at a feed.
const EVERY: Duration = Duration::from_secs(1);
/// Between two drawings of the board: calm enough to read.
const REDRAW: Duration = Duration::from_millis(500);
/// When the press has said all and nothing came for so long, all of it has been read.
const OVER: Duration = Duration::from_secs(4);

pub fn run(once: bool, opens: bool, common: &Common) -> Result<ExitCode> {
    let folder = tempfile::tempdir().context("a folder for the demonstration's desk cannot be made")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(show(folder.path(), once, opens, common))?;
    // Nothing is left behind.
    folder.close().context("the demonstration's desk cannot be removed")?;
    Ok(ExitCode::SUCCESS)
}

async fn show(folder: &Path, once: bool, opens: bool, common: &Common) -> Result<()> {
    let press = Arc::new(SamplePress::load().context("the sample press cannot be read")?);
    let feeds = press.feeds();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no port of this machine is free")?;
    let at = listener.local_addr()?;
    let here = feeds.iter().map(|feed| (feed.domain.clone(), at)).collect();
    let fetcher = Fetcher::new(Reach { here, ..Reach::default() }, None)?;
    fetcher.hurry();
    let mut desk = Desk::open(Home::at(folder), common.threads(), &mut |_, _, _| {})?;
    let words = feeds.iter().map(|feed| {
        let outlet = Outlet {
            name: Some(feed.outlet.clone()),
            domain: Some(feed.domain.clone()),
            country: Some(feed.country.clone()),
        };
        subscription(&feed.url, Some(&outlet), true)?.arrival()
    });
    desk.keep(&words.collect::<Result<Vec<_>>>()?)?;
    let pages = match TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).await {
        Ok(pages) => pages,
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no port of this machine is free")?,
    };
    let address = format!("http://{}/", pages.local_addr()?);
    let gate = Gate::open(&Home::at(folder), pages.local_addr()?, Vec::new())?;
    let settled = Settled::open(Home::at(folder), Settings::default())?;
    // From its pages nothing but this press is followed.
    let site = Site::new(Home::at(folder), settled, gate)?.knowing(&NO_OTHERS);
    let (end, ended) = watch::channel(false);
    let site = web::serve_apart(site, pages, until(ended))?;
    // Whoever is gone when the four days are over has no use for it.
    if opens && !once {
        super::open::open(&address, std::io::stdout().is_terminal());
    }
    let clock = Clock::starting_at(press.first_article(), SPEED);
    let (tell, told) = mpsc::unbounded_channel();
    let (over, mut is_over) = mpsc::channel::<()>(1);
    let style = common.style(false);
    let drawing = Drawing {
        home: Home::at(folder),
        clock,
        ends: clock.until(press.last_change()),
        feeds: feeds.len(),
        address,
        style,
        once,
    };
    let board = tokio::spawn(drawing.draw(told, over));
    let rules = Rules { pages_a_day: 10_000, every: Some(EVERY), patience: Duration::from_secs(1), ..Rules::default() };
    let rules = watch::channel(rules).1;
    let server = tokio::spawn(serve(Arc::clone(&press), clock, listener, std::future::pending::<()>()));
    let stop = async {
        tokio::select! {
            () = stopped() => {}
            _ = is_over.recv() => {}
        }
    };
    let ended = desk::run(desk, fetcher, rules, tell, stop).await;
    server.abort();
    end.send_replace(true);
    let site = tokio::task::spawn_blocking(move || site.join()).await?;
    site.map_err(|_| anyhow::anyhow!("the pages broke off"))??;
    board.await.context("the board broke off")??;
    ended
}

/// What is drawn, and until when.
struct Drawing {
    home: Home,
    clock: Clock,
    ends: Option<Duration>,
    feeds: usize,
    address: String,
    style: Style,
    once: bool,
}

impl Drawing {
    /// Draws the board anew whenever it changed, until nobody tells any more.
    async fn draw(self, mut told: mpsc::UnboundedReceiver<Told>, over: mpsc::Sender<()>) -> Result<()> {
        let begun = Instant::now();
        let (mut last, mut shown) = (Instant::now(), String::new());
        let mut screen = std::io::stdout();
        let on_terminal = screen.is_terminal();
        loop {
            let mut gone = false;
            while let Some(one) = match told.try_recv() {
                Ok(one) => Some(one),
                Err(mpsc::error::TryRecvError::Empty) => None,
                Err(mpsc::error::TryRecvError::Disconnected) => {
                    gone = true;
                    None
                }
            } {
                if matches!(one, Told::Read | Told::Compared(_) | Told::Visited(_, 1.., _)) {
                    last = Instant::now();
                }
            }
            let ended = self.ends.is_none_or(|ends| begun.elapsed() > ends) && last.elapsed() > OVER;
            let now = self.board(ended)?;
            if now != shown {
                // Drawn over what stands there, line by line, so that nothing flickers.
                let drawn = if on_terminal {
                    format!("\u{1b}[H{}\u{1b}[J", now.replace('\n', "\u{1b}[K\n"))
                } else {
                    now.clone() + "\n"
                };
                if screen.write_all(drawn.as_bytes()).and_then(|()| screen.flush()).is_err() {
                    let _ = over.send(()).await;
                    return Ok(());
                }
                shown = now;
            }
            if gone {
                return Ok(());
            }
            if ended && self.once {
                let _ = over.send(()).await;
            }
            tokio::time::sleep(REDRAW).await;
        }
    }

    fn board(&self, ended: bool) -> Result<String> {
        let reader = Reader::open(&self.home)?;
        let counts = reader.counts()?;
        let rows = terminal_size::terminal_size().map_or(80, |(_, rows)| usize::from(rows.0));
        let most = rows.saturating_sub(7) / 4;
        let mut stories = Vec::new();
        // As long as none is told by several, those told by one.
        let told_by = if counts.told_by_several > 0 { 2 } else { 1 };
        for story in reader.stories(told_by, most.max(1))? {
            let comparison = reader.comparison(&story.id)?;
            stories.push((story, comparison));
        }
        let day = self.clock.now().strftime("%-d %b %Y, %H:%M").to_string();
        let when = if ended { "the four days are over · Ctrl-C ends".to_owned() } else { format!("{day} there") };
        let head = format!(
            "SAMPLE PRESS, invented: {} outlets · {when}\nIn your browser: {}\n{} articles in {} languages · {} stories, {} of them told by several outlets\n",
            self.feeds, self.address, counts.articles, counts.languages, counts.stories, counts.told_by_several
        );
        let foot =
            format!("\nOne of them, take by take: parallax compare --desk {} --story ID", self.home.folder().display());
        Ok(format!("{head}\n{}{foot}", board::board(&stories, self.style)))
    }
}
