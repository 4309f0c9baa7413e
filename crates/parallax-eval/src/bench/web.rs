//! A desk of the generated press behind its pages → what it answers at a given rate, how soon, and what it could answer at most.
//!
//! The rate is kept whatever the server does (open loop): a request is due at its time, and what it waits for a free connection counts.

use super::desk::{fill, megabytes};
use super::machine::{memory, processor_time_of_threads};
use anyhow::{Context, Result, bail};
use parallax::settings::{Settings, Settled};
use parallax::store::{Home, Reader};
use parallax::web::{self, Gate, Site};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Articles in the desk.
    #[arg(long, default_value_t = 20_000)]
    articles: usize,
    /// Requests a second.
    #[arg(long, default_value_t = 3_000)]
    rate: u64,
    /// Connections.
    #[arg(long, default_value_t = 200)]
    connections: u64,
    /// How long each part is measured.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// A desk to serve instead of making one; one is made there if there is none.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
}

/// Answers as they came.
#[derive(Default)]
struct Tally {
    /// Microseconds from when each was due until it was there.
    took: Vec<u64>,
    errors: u64,
    bytes: u64,
}

/// Makes the desk, serves it, asks.
///
/// # Errors
/// The desk cannot be made or served.
pub fn run(args: &Args) -> Result<()> {
    let made = tempfile::tempdir()?;
    let folder = args.desk.clone().unwrap_or_else(|| made.path().to_owned());
    let home = Home::at(&folder);
    if !home.is_there() {
        fill(&home, args.articles)?;
    }
    let counts = Reader::open(&home)?.counts()?;
    println!(
        "{} articles, {} stories, {} of them told by several outlets",
        counts.articles, counts.stories, counts.told_by_several
    );
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let serving = runtime("serves", threads)?;
    let asking = runtime("asks", 1)?;
    let listener = serving.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let at = listener.local_addr()?;
    let settled = Settled::open(home.clone(), Settings::default())?;
    let site = Site::new(home.clone(), settled, Gate::open(&home, at, Vec::new())?)?;
    serving.spawn(web::serve(site, listener, std::future::pending()));
    let paths = Arc::new(paths(&Reader::open(&home)?)?);
    // Each page once, as readers find it on a desk that has been up for a while.
    let (warm, took) = (Instant::now(), asking.block_on(each_once(at, &paths))?);
    println!(
        "{} pages rendered for the first time in {:.1} s, {} compressed",
        paths.len(),
        warm.elapsed().as_secs_f64(),
        megabytes(took)
    );

    let before = processor_time_of_threads();
    let tally = asking.block_on(at_a_rate(at, &paths, args))?;
    let after = processor_time_of_threads();
    print_tally(&format!("{} a second over {} connections", args.rate, args.connections), tally, args.seconds);
    print_processor(&before, &after, args.seconds);
    let ok = Arc::new(vec!["/healthz".to_owned()]);
    let bare = asking.block_on(at_most(at, &ok, args))?;
    let pages = asking.block_on(at_most(at, &paths, args))?;
    println!(
        "at most: {bare:.0} bare answers a second, {pages:.0} pages a second: {:.2} of it ({:.1} s each)",
        pages / bare.max(1.0),
        args.seconds as f64
    );
    if let Some((now, highest)) = memory() {
        println!("{} resident, {} at its highest (with the client in it)", megabytes(now), megabytes(highest));
    }
    serving.shutdown_background();
    Ok(())
}

fn runtime(name: &str, threads: usize) -> Result<Runtime> {
    Ok(Builder::new_multi_thread().worker_threads(threads).thread_name(name).enable_all().build()?)
}

/// Of ten requests one for the front page, six for stories, three for articles; more of the newest than of others.
fn paths(reader: &Reader) -> Result<Vec<String>> {
    let stories = reader.stories(1, 2_000)?;
    let mut paths = Vec::new();
    for (n, story) in stories.iter().enumerate() {
        paths.push(match n % 10 {
            0 => "/".to_owned(),
            1..=6 => format!("/story/{}", story.key),
            // A story's key is its founder's.
            _ => format!("/article/{}", story.key),
        });
    }
    Ok(paths)
}

async fn each_once(at: SocketAddr, paths: &[String]) -> Result<u64> {
    let mut connection = Connection::open(at).await?;
    let mut bytes = 0;
    for path in paths {
        bytes += connection.get(path).await.with_context(|| path.clone())?;
    }
    Ok(bytes)
}

/// Each connection has its share of the rate, and its own beginning within the first interval.
async fn at_a_rate(at: SocketAddr, paths: &Arc<Vec<String>>, args: &Args) -> Result<Tally> {
    let between = Duration::from_secs_f64(args.connections as f64 / args.rate as f64);
    let end = Duration::from_secs(args.seconds);
    let start = Instant::now() + Duration::from_millis(200);
    let mut asking = Vec::new();
    for number in 0..args.connections {
        let paths = Arc::clone(paths);
        let offset = between.mul_f64(number as f64 / args.connections as f64);
        asking.push(tokio::spawn(async move {
            let mut tally = Tally::default();
            let mut connection = Connection::open(at).await?;
            for turn in 0.. {
                let due = offset + between.mul_f64(f64::from(turn));
                if due >= end {
                    break;
                }
                tokio::time::sleep_until((start + due).into()).await;
                let path = &paths[(number as usize * 7 + turn as usize * 13) % paths.len()];
                match connection.get(path).await {
                    Ok(bytes) => tally.bytes += bytes,
                    Err(_) => {
                        tally.errors += 1;
                        connection = Connection::open(at).await?;
                    }
                }
                tally.took.push(u64::try_from((start + due).elapsed().as_micros()).unwrap_or(u64::MAX));
            }
            anyhow::Ok(tally)
        }));
    }
    let mut all = Tally::default();
    for one in asking {
        let tally = one.await??;
        all.took.extend(tally.took);
        all.errors += tally.errors;
        all.bytes += tally.bytes;
    }
    all.took.sort_unstable();
    Ok(all)
}

/// Every connection asks again as soon as it has its answer: answers a second.
async fn at_most(at: SocketAddr, paths: &Arc<Vec<String>>, args: &Args) -> Result<f64> {
    let answered = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let end = Duration::from_secs(args.seconds);
    let mut asking = Vec::new();
    for number in 0..args.connections as usize {
        let (paths, answered) = (Arc::clone(paths), Arc::clone(&answered));
        asking.push(tokio::spawn(async move {
            let mut connection = Connection::open(at).await?;
            for turn in 0.. {
                if start.elapsed() >= end {
                    break;
                }
                connection.get(&paths[(number * 7 + turn * 13) % paths.len()]).await?;
                answered.fetch_add(1, Ordering::Relaxed);
            }
            anyhow::Ok(())
        }));
    }
    for one in asking {
        one.await??;
    }
    Ok(answered.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64())
}

fn print_tally(what: &str, tally: Tally, seconds: u64) {
    let Tally { took, errors, bytes } = tally;
    let at = |thousandth: usize| {
        took.get((took.len() * thousandth / 1000).min(took.len().saturating_sub(1))).copied().unwrap_or(0)
    };
    let milliseconds = |micros: u64| micros as f64 / 1e3;
    println!(
        "{what}: {:.0} answered a second, {errors} errors, {} a second; from due to answered p50 {:.2} ms, p90 {:.2}, p99 {:.2}, longest {:.2}",
        took.len() as f64 / seconds as f64,
        megabytes(bytes / seconds.max(1)),
        milliseconds(at(500)),
        milliseconds(at(900)),
        milliseconds(at(990)),
        milliseconds(at(1000))
    );
}

/// Whose the processor time was.
fn print_processor(before: &[(String, Duration)], after: &[(String, Duration)], seconds: u64) {
    let of = |threads: &[(String, Duration)], name: &str| {
        threads.iter().find(|(n, _)| n == name).map_or(Duration::ZERO, |(_, t)| *t)
    };
    let cores = |name: &str| of(after, name).saturating_sub(of(before, name)).as_secs_f64() / seconds as f64;
    println!("processor: the server {:.2} cores, the client {:.2}", cores("serves"), cores("asks"));
}

/// One connection that is kept open, HTTP/1.1 (RFC 9112), as far as this server speaks it.
struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    async fn open(at: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(at).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, read: Vec::with_capacity(64 << 10) })
    }

    /// Asks for a path and reads the answer whole: its bytes. Any but 200 is an error.
    async fn get(&mut self, path: &str) -> Result<u64> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await?;
        self.read.clear();
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break end + 4;
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the connection was closed");
            }
        };
        let words = String::from_utf8_lossy(&self.read[..head]).to_ascii_lowercase();
        if !words.starts_with("http/1.1 200") {
            bail!("{}", words.lines().next().unwrap_or_default());
        }
        let length = words.lines().find_map(|line| line.strip_prefix("content-length:")).context("no length")?;
        let whole = head + length.trim().parse::<usize>()?;
        while self.read.len() < whole {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the connection was closed");
            }
        }
        Ok(whole as u64)
    }
}
