//! A day of the generated press, told in minutes by 150 outlets on this machine → a desk at work held to 1 GB: what it took in, and its memory.
//!
//! The desk is a process of its own, with its pages, its real fetching and the budget of pages of any desk; only the press's hosts give it no
//! rest, and feeds are visited as often as the day is shortened. What it took in is held against all that was published: nothing may be lost.

mod held;
mod outlets;

use super::machine::memory_of;
use crate::generated::{Press, Settings};
use anyhow::{Context, Result, ensure};
use held::Held;
use outlets::Outlets;
use parallax::desk::{self, Desk, Rules, Told, subscription};
use parallax::fetch::{Fetcher, Reach, host};
use parallax::log::Log;
use parallax::settings::{self, Settled};
use parallax::store::{Home, Press as Ground, Reader};
use parallax::web::{self, Gate, Site};
use parallax_core::model::Outlet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// Minutes of a day.
const DAY: u64 = 1_440;
/// Minutes of the press between two visits of a feed: no desk comes more often.
const VISIT: u64 = 5;
/// Between two looks at the desk.
const LOOK: Duration = Duration::from_millis(500);
/// When the day is over and nothing has come for so long, nothing more will.
const SILENCE: Duration = Duration::from_secs(120);
/// What one waits for a page.
const PATIENCE: Duration = Duration::from_secs(60);

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Outlets, each with a feed and pages.
    #[arg(long, default_value_t = 150, value_parser = clap::value_parser!(u16).range(1..=400))]
    outlets: u16,
    /// Articles that all 400 outlets of the press have on a day; the largest 150 have rather more than half of them.
    #[arg(long, default_value_t = 18_000)]
    articles: u64,
    /// Seconds that the day takes here.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// Megabytes that the desk may use.
    #[arg(long, default_value_t = 1_000)]
    megabytes: u64,
    /// For the bench itself: a desk at work in this folder…
    #[arg(long, value_name = "DIR", hide = true, requires = "press")]
    folder: Option<PathBuf>,
    /// …whose outlets are all at this address.
    #[arg(long, value_name = "ADDRESS:PORT", hide = true)]
    press: Option<SocketAddr>,
}

/// What was seen of the desk while it was at work.
#[derive(Default)]
struct Seen {
    /// Resident memory at its highest, in bytes.
    highest: u64,
    /// The front page as a reader had it: how often, and how long it took at most.
    asked: u32,
    longest: Duration,
}

/// Lets the day pass and prints what was found.
///
/// # Errors
/// The desk needs more memory than it may, or lost an article.
pub fn run(args: &Args) -> Result<()> {
    if let (Some(folder), Some(press)) = (&args.folder, args.press) {
        return at_work(folder, press, args);
    }
    let press = Press::new(Settings { a_day: args.articles, ..Settings::default() }, parallax_almanac::almanac());
    let outlets = Arc::new(Outlets::of_a_day(press, usize::from(args.outlets)));
    let published = outlets.addresses();
    println!(
        "a day of the generated press: {} articles of {} outlets in {} languages, in {} s; its desk may use {} MB",
        published.len(),
        outlets.count(),
        outlets.languages(),
        args.seconds,
        args.megabytes
    );
    let folder = tempfile::tempdir()?;
    let home = Home::at(folder.path());
    follow(&home, &outlets)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let press = listener.local_addr()?;
    let held = Held::to(args.megabytes * 1_000_000);
    match &held {
        Some(held) => println!("the system ends it beyond that ({})", held.by()),
        None => println!("this system or user cannot hold a process to so much: it is only looked at"),
    }
    let mut child = start(folder.path(), press, args, held.as_ref())?;
    let mut said = BufReader::new(child.stdout.take().context("its output")?);
    let mut address = String::new();
    said.read_line(&mut address)?;
    let pages = address.trim().parse().context("the desk did not say where its pages are")?;
    let begun = Instant::now();
    runtime.spawn(Arc::clone(&outlets).serve(listener, begun, Duration::from_secs(args.seconds)));
    let seen = look_on(&mut child, &home, pages, published.len() as u64, args);
    // Its input ends, and so does it.
    drop(child.stdin.take());
    let ended = child.wait()?;
    let seen = seen?;
    ensure!(ended.success(), "the desk did not end well: {ended}");
    let mut rest = String::new();
    said.read_to_string(&mut rest)?;
    print!("{rest}");
    judge(&home, &published, &seen, begun.elapsed(), args)
}

/// A desk that follows all of the press.
fn follow(home: &Home, outlets: &Outlets) -> Result<()> {
    let mut desk = Desk::open(home.clone(), 1, &mut |_, _, _| {})?;
    let words = outlets.feeds().map(|(host, name)| {
        let outlet = Outlet { name: Some(name), domain: Some(host.clone()), country: None };
        subscription(&format!("http://{host}/feed.xml"), Some(&outlet), true)?.arrival()
    });
    desk.keep(&words.collect::<Result<Vec<_>>>()?)?;
    desk.close()
}

/// The desk's process, from its first moment within its bounds.
fn start(folder: &Path, press: SocketAddr, args: &Args, held: Option<&Held>) -> Result<Child> {
    let this = std::env::current_exe()?;
    let mut command = match held {
        Some(held) => held.command(&this),
        None => Command::new(this),
    };
    command.args(["bench", "day", "--seconds", &args.seconds.to_string(), "--press", &press.to_string(), "--folder"]);
    Ok(command.arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?)
}

/// Looks at the desk, as its reader does too, until it has all of the day or nothing comes any more.
fn look_on(child: &mut Child, home: &Home, pages: SocketAddr, all: u64, args: &Args) -> Result<Seen> {
    let (begun, process) = (Instant::now(), child.id().to_string());
    let mut seen = Seen::default();
    let mut came = ((0, 0), Instant::now());
    let mut told = Instant::now();
    loop {
        std::thread::sleep(LOOK);
        if let Some(status) = child.try_wait()? {
            anyhow::bail!("the desk ended ({status}) with {} MB at its highest", seen.highest / 1_000_000);
        }
        seen.highest = seen.highest.max(memory_of(&process).map_or(0, |(_, highest)| highest));
        let asking = Instant::now();
        ask(pages).context("its front page")?;
        seen.asked += 1;
        seen.longest = seen.longest.max(asking.elapsed());
        let counts = Reader::open(home)?.counts()?;
        let now = (counts.articles, counts.to_compare);
        if now != came.0 {
            came = (now, Instant::now());
        }
        let over = begun.elapsed().as_secs() >= args.seconds;
        if over && ((counts.articles >= all && counts.to_compare == 0) || came.1.elapsed() > SILENCE) {
            return Ok(seen);
        }
        if told.elapsed() > Duration::from_secs(10) {
            told = Instant::now();
            let mb = seen.highest / 1_000_000;
            eprintln!("{} s: {} of {all} articles, {mb} MB at its highest", begun.elapsed().as_secs(), counts.articles);
        }
    }
}

/// Asks for the front page, as a browser would.
fn ask(pages: SocketAddr) -> Result<()> {
    let mut stream = TcpStream::connect(pages)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {pages}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    ensure!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..answer.len().min(200)]));
    Ok(())
}

/// Is all there that was published, and did the desk keep within its bounds?
fn judge(home: &Home, published: &[String], seen: &Seen, took: Duration, args: &Args) -> Result<()> {
    let reader = Reader::open(home)?;
    let counts = reader.counts()?;
    let (mut lost, mut entries) = (Vec::new(), 0);
    for address in published {
        match reader.is_entry(address)? {
            Some(entry) => entries += usize::from(entry),
            None => lost.push(address),
        }
    }
    println!(
        "{} articles ({} with their pages, {} revised), {} stories, {} of them told by several, after {} s; {} lost",
        counts.articles,
        published.len() - lost.len() - entries,
        counts.revised,
        counts.stories,
        counts.told_by_several,
        took.as_secs(),
        lost.len()
    );
    println!("the front page was asked for {} times and took {:.2} s at most", seen.asked, seen.longest.as_secs_f64());
    println!("resident memory at its highest: {} MB, of {} MB", seen.highest / 1_000_000, args.megabytes);
    ensure!(lost.is_empty(), "{} articles were lost, as {}", lost.len(), lost[0]);
    ensure!(counts.articles == published.len() as u64, "{} articles are there that nobody published", counts.articles);
    ensure!(counts.to_compare == 0, "{} stories were not compared", counts.to_compare);
    ensure!(seen.highest > 0, "this system does not say how much memory a process has");
    ensure!(seen.highest <= args.megabytes * 1_000_000, "it used more than it may");
    Ok(())
}

/// A desk at work, as `parallax serve` runs it, until its input ends.
fn at_work(folder: &Path, press: SocketAddr, args: &Args) -> Result<()> {
    let home = Home::at(folder);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let followed = Ground::open_to_read(&home.press())?.subscriptions()?;
    let here = followed.iter().filter_map(|feed| Some((host(&feed.url)?, press))).collect();
    let fetcher = Fetcher::new(Reach { here, ..Reach::default() }, None)?;
    fetcher.hurry();
    let desk = Desk::open(home.clone(), threads, &mut |_, _, _| {})?;
    let every = Duration::from_secs((args.seconds * VISIT / DAY).max(1));
    let rules = watch::channel(Rules { every: Some(every), ..Rules::default() }).1;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let at = listener.local_addr()?;
        let settled = Settled::open(home.clone(), settings::Settings::default())?;
        let site = Site::new(home.clone(), settled, Gate::open(&home, at, Vec::new())?)?;
        // They end with this process.
        let _pages = web::serve_apart(site, listener, std::future::pending())?;
        println!("{at}");
        let (tell, mut told) = mpsc::unbounded_channel();
        let telling = tokio::spawn(async move {
            let (mut visits, mut problems) = (0u64, 0u64);
            while let Some(told) = told.recv().await {
                visits += u64::from(matches!(told, Told::Visited(..)));
                if matches!(told, Told::Problem(..)) {
                    problems += 1;
                    Log::default().told(&told, &home, false);
                }
            }
            (visits, problems)
        });
        let until = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
        let ended = desk::run(desk, fetcher, rules, tell, async { drop(until.await) }).await;
        let (visits, problems) = telling.await?;
        println!("{visits} visits of feeds, {problems} problems");
        ended
    })
}
