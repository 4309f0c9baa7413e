//! The generated press → a desk that grows, and what it costs at each size: time, processor, disk, memory; a kill and a rebuild.

use super::machine::{forget_highest_memory, memory, processor_time};
use crate::generated::{Press, Report, Settings, feed};
use anyhow::{Context, Result, ensure};
use parallax::desk::{self, Desk, Spent, arrival};
use parallax::input::{Input, Item};
use parallax::store::{Arrival, Home, Kind, Meta, Reader};
use parallax_core::model::Outlet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Arrivals that are logged together.
const TOGETHER: usize = 64;
/// Arrivals between two rounds of comparing: some seconds of a busy day's press.
const BETWEEN: usize = 256;

/// What to measure.
#[derive(clap::Args)]
pub struct Args {
    /// Articles in the desk, each time it is measured.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000,300000")]
    sizes: Vec<usize>,
    /// Articles that are added at each size to see what one more costs.
    #[arg(long, default_value_t = 1_000)]
    more: usize,
    /// One in so many comes as a page, the others as documents; 0: none.
    #[arg(long, default_value_t = 8)]
    pages: usize,
    /// Compare nothing: what remains is what could grow with the desk, and takes half the time.
    #[arg(long)]
    uncompared: bool,
    /// Articles a day of the generated press.
    #[arg(long, default_value_t = 2_000)]
    a_day: u64,
    /// Threads; else one a core.
    #[arg(long)]
    threads: Option<usize>,
    /// Where the desk is made, in a folder of its own that goes afterwards.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// For the bench itself: take the desk in this folder up, say how long it took, and end at once.
    #[arg(long, value_name = "DIR", hide = true)]
    resume: Option<PathBuf>,
}

/// The press as it arrives at a desk.
struct Wire {
    press: Press,
    pages: usize,
    number: usize,
}

impl Wire {
    fn next(&mut self, count: usize) -> Result<Vec<Arrival>> {
        let mut arrivals = Vec::new();
        while arrivals.len() < count {
            let report = self.press.next().context("the press has ended")?;
            self.number += 1;
            let as_page = self.pages > 0 && self.number.is_multiple_of(self.pages);
            arrivals.push(if as_page { self.page(&report) } else { document(&report)? });
        }
        Ok(arrivals)
    }

    fn page(&self, report: &Report) -> Arrival {
        let (name, domain) = (Some(report.outlet.clone()), Some(report.host.clone()));
        let outlet = Some(Outlet { name, domain, country: report.country.clone() });
        let meta = Meta { url: Some(report.url.clone()), outlet, ..Meta::default() };
        Arrival { kind: Kind::Page, key: report.url.clone(), bytes: self.press.page(report).into_bytes(), meta }
    }
}

fn document(report: &Report) -> Result<Arrival> {
    let document = serde_json::from_value(report.as_json())?;
    arrival(Input { item: Item::Document(document), problems: Vec::new() })
}

/// What a batch cost.
#[derive(Clone, Copy)]
struct Cost {
    articles: usize,
    wall: Duration,
    processor: Option<Duration>,
    spent: Spent,
    /// The longest that one call to compare held up the rest.
    held_up: Duration,
}

/// Logs, reads and compares what arrives, as a running desk does.
fn take_in(desk: &mut Desk, arrivals: &[Arrival], compared: bool) -> Result<Cost> {
    let (start, processor, spent) = (Instant::now(), processor_time(), desk.spent());
    let mut held_up = Duration::ZERO;
    for between in arrivals.chunks(BETWEEN) {
        for together in between.chunks(TOGETHER) {
            desk.keep(together)?;
            desk.apply(&mut |_, _, _| {})?;
        }
        if compared {
            let start = Instant::now();
            desk.compare(&mut |_, _, _| {})?;
            held_up = held_up.max(start.elapsed());
        }
    }
    Ok(Cost {
        articles: arrivals.len(),
        wall: start.elapsed(),
        processor: processor.and_then(|before| Some(processor_time()?.saturating_sub(before))),
        spent: desk.spent().since(&spent),
        held_up,
    })
}

/// Grows a desk from size to size and prints what is found.
///
/// # Errors
/// The desk fails, or its folder cannot be used.
pub fn run(args: &Args) -> Result<()> {
    if let Some(folder) = &args.resume {
        return resume(folder, args.threads());
    }
    let folder = match &args.folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let home = Home::at(folder.path());
    let settings = Settings { a_day: args.a_day, ..Settings::default() };
    let press = Press::new(settings, parallax_almanac::almanac());
    let mut wire = Wire { press, pages: args.pages, number: 0 };
    println!(
        "a generated press: seed {}, {} articles a day, one in {} a page; {} threads",
        settings.seed,
        args.a_day,
        args.pages,
        args.threads()
    );
    feeds(&mut wire)?;
    let before = memory().map_or(0, |(now, _)| now);
    println!("resident before the desk is opened (almanac, generator): {}", megabytes(before));
    let mut desk = open(&home, args)?;
    let mut costs = Vec::new();
    for (number, size) in args.sizes.iter().enumerate() {
        grow(&mut desk, &mut wire, *size, !args.uncompared)?;
        forget_highest_memory();
        let cost = take_in(&mut desk, &wire.next(args.more)?, !args.uncompared)?;
        println!("\n== {size} articles");
        print_cost(&cost);
        costs.push(cost);
        if let Some((now, highest)) = memory() {
            println!("  memory     {} resident, {} at its highest in the batch", megabytes(now), megabytes(highest));
        }
        print_content(&home)?;
        // Without closing: as a kill leaves it.
        drop(desk);
        in_another_process(&home, args)?;
        if number == 0 && !args.uncompared {
            rebuild(&home, args)?;
        }
        desk = open(&home, args)?;
    }
    desk.close()?;
    if let [first, .., last] = &costs[..] {
        let each = |cost: &Cost| cost.processor.unwrap_or(cost.wall).as_secs_f64() / cost.articles as f64;
        println!(
            "\none more article at the last size costs {:.2} times what it costs at the first",
            each(last) / each(first)
        );
    }
    Ok(())
}

impl Args {
    fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }
}

/// Makes a desk of so many articles of the generated press.
///
/// # Errors
/// The desk fails, or its folder cannot be used.
pub(super) fn fill(home: &Home, size: usize) -> Result<()> {
    let press = Press::new(Settings::default(), parallax_almanac::almanac());
    let mut wire = Wire { press, pages: 0, number: 0 };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut desk = Desk::open(home.clone(), threads, &mut |_, _, _| {})?;
    grow(&mut desk, &mut wire, size, true)?;
    desk.close()
}

fn open(home: &Home, args: &Args) -> Result<Desk> {
    Desk::open(home.clone(), args.threads(), &mut |_, _, _| {})
}

/// Fills a desk up to a size.
fn grow(desk: &mut Desk, wire: &mut Wire, size: usize, compared: bool) -> Result<()> {
    let (start, processor) = (Instant::now(), processor_time());
    let from = wire.number;
    let mut spent = Duration::ZERO;
    while wire.number < size {
        let arrivals = wire.next(BETWEEN.min(size - wire.number))?;
        spent += take_in(desk, &arrivals, compared)?.wall;
        if wire.number % 4_096 < BETWEEN {
            let line =
                format!("{} of {size} articles, {:.0} a second", wire.number, per_second(wire.number - from, spent));
            if std::io::stderr().is_terminal() { eprint!("\r{line}   ") } else { eprintln!("{line}") }
        }
    }
    let took = processor.and_then(|before| Some(processor_time()?.saturating_sub(before)));
    println!(
        "\ngrown from {from} to {size} in {:.0} s ({:.0} s with writing them; {:.0} s of processor): {:.0} articles a second",
        spent.as_secs_f64(),
        start.elapsed().as_secs_f64(),
        took.unwrap_or_default().as_secs_f64(),
        per_second(size - from, spent)
    );
    Ok(())
}

fn per_second(articles: usize, time: Duration) -> f64 {
    articles as f64 / time.as_secs_f64().max(1e-9)
}

pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn print_cost(cost: &Cost) {
    let each = |time: Duration| time.as_secs_f64() * 1e3 / cost.articles.max(1) as f64;
    println!(
        "  one more   {:.2} ms ({:.0} articles a second); {} ms of processor: mean of {}",
        each(cost.wall),
        per_second(cost.articles, cost.wall),
        cost.processor.map_or("–".to_owned(), |time| format!("{:.2}", each(time))),
        cost.articles
    );
    let stages = cost.spent.stages();
    let whole: f64 = stages.iter().map(|(_, time)| each(*time)).sum();
    for (stage, time) in stages {
        println!("    {stage:<16} {:>7.3} ms {:>6.1} %", each(time), 100.0 * each(time) / whole);
    }
    println!(
        "  comparing  the longest story took {:.2} s; what was due held up the rest for {:.2} s at most",
        cost.spent.longest_compare.as_secs_f64(),
        cost.held_up.as_secs_f64()
    );
}

/// How much is in the desk, and on the disk.
fn print_content(home: &Home) -> Result<()> {
    let counts = Reader::open(home)?.counts()?;
    println!(
        "  content    {} articles ({} revised), {} stories, {} of them told by several outlets, {} languages",
        counts.articles, counts.revised, counts.stories, counts.told_by_several, counts.languages
    );
    // With what is not yet in the file itself.
    let length = |path: &Path| {
        let wal = path.with_extension("db-wal");
        [path, &wal].iter().map(|p| std::fs::metadata(p).map_or(0, |m| m.len())).sum::<u64>()
    };
    let files = [("press.db", home.press()), ("desk.db", home.desk()), ("reader.db", home.reader())];
    let each = |bytes: u64| bytes as f64 / counts.articles.max(1) as f64;
    let shown: Vec<String> = files
        .iter()
        .map(|(name, path)| format!("{name} {} ({:.0} bytes an article)", megabytes(length(path)), each(length(path))))
        .collect();
    println!("  disk       {}", shown.join(", "));
    Ok(())
}

/// Feeds with such entries, read: the stage before all others.
fn feeds(wire: &mut Wire) -> Result<()> {
    let reports: Vec<Report> =
        Press::new(Settings { seed: 2, ..Settings::default() }, parallax_almanac::almanac()).take(1_000).collect();
    let feeds: Vec<String> = reports.chunks(50).map(feed).collect();
    let start = Instant::now();
    let mut entries = 0;
    for feed in &feeds {
        entries += parallax_core::feed::parse(feed.as_bytes()).map_err(|p| anyhow::anyhow!(p.message))?.entries.len();
    }
    let took = start.elapsed();
    ensure!(entries == reports.len(), "{entries} entries were read of {}", reports.len());
    println!("feed         {:.3} ms an entry, feeds of fifty", took.as_secs_f64() * 1e3 / entries as f64);
    wire.number = 0;
    Ok(())
}

/// Lets another process take the desk up and be killed in its work, and a second one take up what that left.
fn in_another_process(home: &Home, args: &Args) -> Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "desk", "--resume"]).arg(home.folder()).args(["--threads", &args.threads().to_string()]);
    let told = command.stderr(Stdio::inherit()).output().context("the bench could not start itself")?;
    print!("{}", String::from_utf8_lossy(&told.stdout));
    Ok(())
}

/// Takes a desk up that was left as a kill leaves it.
fn resume(folder: &Path, threads: usize) -> Result<()> {
    let start = Instant::now();
    std::hint::black_box(parallax_almanac::almanac());
    let almanac = start.elapsed();
    let (start, before) = (Instant::now(), processor_time());
    let desk = Desk::open(Home::at(folder), threads, &mut |_, _, _| {})?;
    let took = start.elapsed();
    let processor = before.and_then(|before| Some(processor_time()?.saturating_sub(before))).unwrap_or_default();
    let (now, highest) = memory().unwrap_or_default();
    println!(
        "  resume     {:.2} s after a kill, {:.2} s of processor (and {:.2} s for the almanac); {} resident then, {} at its highest",
        took.as_secs_f64(),
        processor.as_secs_f64(),
        almanac.as_secs_f64(),
        megabytes(now),
        megabytes(highest)
    );
    // Not closed, as a kill would leave it.
    std::mem::forget(desk);
    Ok(())
}

fn rebuild(home: &Home, args: &Args) -> Result<()> {
    let (start, before) = (Instant::now(), processor_time());
    let (records, _) = desk::rebuild(home, false, args.threads(), &mut |_, _, _| {})?;
    let took = start.elapsed();
    let processor = before.and_then(|before| Some(processor_time()?.saturating_sub(before))).unwrap_or_default();
    println!(
        "  rebuild    {:.0} records a second ({records} in {:.1} s; {:.1} s of processor: {:.2} cores busy)",
        records as f64 / took.as_secs_f64(),
        took.as_secs_f64(),
        processor.as_secs_f64(),
        processor.as_secs_f64() / took.as_secs_f64()
    );
    Ok(())
}
