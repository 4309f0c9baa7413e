//! The commands of a desk that keeps: `import`, `rebuild`, `status`, `stories`, `forget`, `watch`.

use super::Common;
use super::out::{Out, printable};
use crate::desk::{self, Desk, Difference};
use crate::input::{below, inputs};
use crate::limits::{KEPT_AT_ONCE, KEPT_AT_ONCE_BYTES};
use crate::report::clip;
use crate::settings;
use crate::store::{FeedState, Home, Press, Reader, Rounds, Seconds, Size};
use anyhow::Result;
use serde_json::json;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the desk is.
#[derive(clap::Args)]
pub struct Place {
    /// Folder of the desk; else what PARALLAX_DESK names, else `parallax` among your data.
    #[arg(long, value_name = "DIR")]
    desk: Option<PathBuf>,
}

impl Place {
    pub fn home(self) -> Result<Home> {
        Home::find(self.desk)
    }
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax import press/                 everything below a folder
  parallax import *.html day.jsonl.gz crawl.warc.gz
  parallax import --desk /srv/desk -     JSON lines on standard input

Everything is logged before it is read, and what was logged is never lost: kill it and give the same command again, and it goes on.
What was imported before is not imported twice. Another text of an article that is there is kept as its revision.")]
pub struct ImportArgs {
    #[command(flatten)]
    place: Place,
    /// Take every path that is no page by its name as JSON lines.
    #[arg(long)]
    jsonl: bool,
    /// Files or folders: saved pages, plain text, JSON lines, WARC; - for JSON lines on standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
}

pub fn import(args: ImportArgs, common: &Common) -> Result<ExitCode> {
    let mut out = Out::new(false);
    let home = args.place.home()?;
    let pages = settings::read(&home)?.keep();
    let mut desk = Desk::open(home, common.threads(), &mut |what, done, of| out.at(what, done, of))?;
    let paths = below(args.paths, &mut |problem| out.problem(&problem));
    let mut waiting = Vec::new();
    let (mut bytes, mut given, mut new) = (0, 0usize, 0);
    let mut keep = |waiting: &mut Vec<_>, desk: &mut Desk, out: &mut Out| -> Result<()> {
        new += desk.keep(waiting)?;
        waiting.clear();
        desk.apply(&mut |what, done, of| out.at(what, done, of)).map(drop)
    };
    for got in inputs(paths, super::read::accept(args.jsonl)) {
        match got {
            Ok(input) => {
                let arrival = desk::arrival(input)?;
                bytes += arrival.bytes.len();
                waiting.push(arrival);
                given += 1;
                out.done();
            }
            Err(problem) => out.problem(&problem),
        }
        if waiting.len() >= KEPT_AT_ONCE || bytes >= KEPT_AT_ONCE_BYTES {
            keep(&mut waiting, &mut desk, &mut out)?;
            bytes = 0;
        }
    }
    keep(&mut waiting, &mut desk, &mut out)?;
    desk.compare(&mut |what, done, of| out.at(what, done, of))?;
    desk.retain(pages)?;
    let counts = Reader::open(desk.home())?.counts()?;
    desk.close()?;
    out.finish();
    if given > 0 {
        out.line(format!(
            "{new} of {given} documents were new. The desk holds {} articles of {} outlets in {} languages, {} stories, {} of them told by several outlets.",
            counts.articles, counts.outlets, counts.languages, counts.stories, counts.told_by_several
        ))?;
    }
    Ok(out.status())
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax rebuild            read everything that was kept anew, with this program
  parallax rebuild --diff     only say what would come out otherwise than it stands

What is built anew stands beside the old until it is whole.")]
pub struct RebuildArgs {
    #[command(flatten)]
    place: Place,
    /// Change nothing: say what a rebuild would have otherwise.
    #[arg(long)]
    diff: bool,
}

pub fn rebuild(args: RebuildArgs, common: &Common) -> Result<ExitCode> {
    let home = there(args.place)?;
    let mut out = Out::new(false);
    let (records, differences) =
        desk::rebuild(&home, args.diff, common.threads(), &mut |what, done, of| out.at(what, done, of))?;
    out.finish();
    if !args.diff {
        out.line(format!("Read {records} records anew."))?;
    } else if differences.is_empty() {
        out.line(format!("Read {records} records anew: the same in every row."))?;
    } else {
        for Difference { table, row, old, new } in differences.iter().take(50) {
            let how = match (old, new) {
                (true, true) => "otherwise",
                (true, false) => "only in the old",
                _ => "only in the new",
            };
            out.line(format!("{table} {}: {how}", printable(row)))?;
        }
        out.line(format!("{} rows differ. `parallax rebuild` takes the new ones.", differences.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn there(place: Place) -> Result<Home> {
    let home = place.home()?;
    anyhow::ensure!(
        home.is_there(),
        "{} holds no desk yet: `parallax import PATH…` begins one",
        home.folder().display()
    );
    Ok(home)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax status             how much there is, how old, what went wrong
  parallax status --json | jq .log.records")]
pub struct StatusArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub fn status(args: StatusArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let press = Press::open_to_read(&home.press())?;
    let (size, last) = (press.size()?, press.last_at()?);
    let reader = Reader::open(&home)?;
    let (counts, ills) = (reader.counts()?, reader.ills(20)?);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let round = Round::of(&home, &press, i64::try_from(now.as_secs())?)?;
    let age = last.map(|at| now.saturating_sub(Duration::from_micros(at.unsigned_abs())));
    let mut out = Out::new(false);
    out.done();
    if args.json {
        out.line(json!({
            "folder": home.folder().display().to_string(),
            "log": {"records": size.records, "bytes": size.bytes, "last": size.last, "age_seconds": age.map(|a| a.as_secs())},
            "derived": counts,
            "behind": press.unread(counts.applied)?,
            "feeds": {"followed": round.followed, "answered_in_time": round.well, "ill": round.ill},
            "pages_today": round.pages,
            "problems": ills,
            "files": files(&home),
        }))?;
        return Ok(out.status());
    }
    out.line(home.folder().display())?;
    let Size { records, bytes, .. } = size;
    let came = age.map_or("nothing came yet".to_owned(), |age| format!("the last came {} ago", long(age)));
    out.line(format!("  log        {records} records, {} of contents; {came}", large(bytes)))?;
    out.line(format!(
        "  articles   {}, {} of them revised since, in {} languages",
        counts.articles, counts.revised, counts.languages
    ))?;
    out.line(format!("  outlets    {}, of {} countries", counts.outlets, counts.countries))?;
    out.line(format!(
        "  stories    {}, {} told by several outlets; {} wait to be compared",
        counts.stories, counts.told_by_several, counts.to_compare
    ))?;
    out.line(format!("  behind     {} records are logged and not read yet", press.unread(counts.applied)?))?;
    if round.followed > 0 {
        out.line(format!(
            "  feeds      {} of {} answered within their time; {} pages fetched today",
            round.well, round.followed, round.pages
        ))?;
    }
    for feed in &round.ill {
        let rests = feed.rested_why.as_ref().map(|why| format!("rests, asked once a day: {why}"));
        let said = rests.or_else(|| feed.said.clone()).unwrap_or_else(|| "not visited yet".to_owned());
        out.line(format!("    {}: {}", printable(&feed.url), printable(&said)))?;
    }
    for (name, bytes) in files(&home) {
        out.line(format!("  {name:<10} {}", large(bytes)))?;
    }
    if !ills.is_empty() {
        out.line("  what went wrong, the most frequent first")?;
    }
    for ill in ills {
        let outlet = ill.outlet.map(|o| format!(", {o}")).unwrap_or_default();
        out.line(format!("    {} × {}{}: {}", ill.times, ill.stage, printable(&outlet), printable(&ill.example)))?;
        out.line(format!("        what to do: {}", printable(&ill.remedy)))?;
    }
    Ok(out.status())
}

/// How the feeds are.
struct Round {
    followed: usize,
    well: usize,
    ill: Vec<FeedState>,
    pages: u64,
}

impl Round {
    fn of(home: &Home, press: &Press, now: Seconds) -> Result<Self> {
        let followed = press.subscriptions()?;
        let Some(rounds) = Rounds::open_to_read(&home.reader())? else {
            return Ok(Round { followed: followed.len(), well: 0, ill: Vec::new(), pages: 0 });
        };
        let states = rounds.all()?.into_iter().filter(|state| followed.iter().any(|f| f.url == state.url));
        let (well, ill): (Vec<_>, Vec<_>) = states.partition(|state| state.is_well(now));
        Ok(Round { followed: followed.len(), well: well.len(), ill, pages: rounds.pages_of(now)? })
    }
}

fn files(home: &Home) -> Vec<(&'static str, u64)> {
    let length = |path: PathBuf| std::fs::metadata(path).map_or(0, |m| m.len());
    vec![("press.db", length(home.press())), ("desk.db", length(home.desk())), ("reader.db", length(home.reader()))]
}

/// Bytes as people write them.
fn large(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// A duration as people say it.
pub fn long(age: Duration) -> String {
    match age.as_secs() {
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds @ 120..7_200 => format!("{} minutes", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} hours", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax stories                 what several outlets tell, the most recently changed first
  parallax stories --outlets 1     everything
  parallax stories --json --compared | jq '.figures[] | select(.verdict == \"conflict\")'
  parallax compare --story ID      one of them, take by take")]
pub struct StoriesArgs {
    #[command(flatten)]
    place: Place,
    /// Told by at least so many outlets.
    #[arg(long, value_name = "N", default_value_t = 2)]
    outlets: u64,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 40)]
    most: usize,
    /// Print JSON, a line a story.
    #[arg(long)]
    json: bool,
    /// With --json: each story whole, as it was last compared, instead of its line.
    #[arg(long, requires = "json")]
    compared: bool,
}

pub fn stories(args: StoriesArgs, common: &Common) -> Result<ExitCode> {
    let reader = Reader::open(&there(args.place)?)?;
    let mut out = Out::new(true);
    // On a terminal a line a headline; whole where something else reads it.
    let columns = if std::io::stdout().is_terminal() { common.style(false).width } else { usize::MAX };
    for story in reader.stories(args.outlets, args.most)? {
        out.done();
        if args.compared {
            if let Some(comparison) = reader.comparison(&story.id)? {
                out.line(comparison)?;
            }
            continue;
        }
        if args.json {
            out.line(serde_json::to_string(&story)?)?;
            continue;
        }
        let headline = printable(story.headline.as_deref().unwrap_or("(not compared yet)"));
        out.line(clip(&headline, columns))?;
        let countries =
            if story.countries.is_empty() { String::new() } else { format!(" · {}", story.countries.join(" ")) };
        out.line(format!(
            "    {} articles, {} outlets{countries} · {}",
            story.articles,
            story.outlets,
            story.languages.join(" ")
        ))?;
        out.line(format!("    {}  {}", story.key, printable(&story.id)))?;
    }
    let (shown, _) = out.finish();
    if shown == 0 {
        eprintln!("parallax: no story is told by {} outlets yet; --outlets 1 shows all", args.outlets);
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax forget https://gazette.example/2026/bridge     one article, with all its revisions
  parallax forget gazette.example                         everything of an outlet

It goes out of every file, what followed from it is worked out anew, and it does not come in again.")]
pub struct ForgetArgs {
    #[command(flatten)]
    place: Place,
    /// An article's address (or id), or an outlet's domain.
    #[arg(value_name = "URL|OUTLET")]
    what: String,
}

pub fn forget(args: ForgetArgs, common: &Common) -> Result<ExitCode> {
    let mut out = Out::new(false);
    let mut desk = Desk::open(there(args.place)?, common.threads(), &mut |what, done, of| out.at(what, done, of))?;
    let (articles, records) = desk.forget(&args.what, &mut |what, done, of| out.at(what, done, of))?;
    desk.close()?;
    out.finish();
    let what = printable(&args.what);
    out.line(match articles {
        0 => format!("Nothing here was of {what}; it is noted that it stays away."),
        _ => format!("{articles} articles ({records} records) are gone; {what} stays away."),
    })?;
    Ok(ExitCode::SUCCESS)
}

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  parallax watch                    what changes, as it changes
  parallax watch --json --from 0    from the beginning, a line a change: version, what, id, seq

Each version is told once and means one change; take up again with --from the last version seen.")]
pub struct WatchArgs {
    #[command(flatten)]
    place: Place,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Begin after this version; else with what comes from now on.
    #[arg(long, value_name = "VERSION")]
    from: Option<i64>,
    /// End when there is nothing more to tell.
    #[arg(long)]
    once: bool,
}

pub fn watch(args: WatchArgs) -> Result<ExitCode> {
    let home = there(args.place)?;
    let mut out = Out::new(true);
    let mut reader = Reader::open(&home)?;
    let mut last = args.from.map_or_else(|| reader.last_change(), Ok)?;
    loop {
        for (version, what, id, seq) in reader.changes(last, 500)? {
            last = version;
            if args.json {
                out.line(json!({"version": version, "what": what, "id": id, "seq": seq}))?;
            } else {
                let title = reader.title(&what, &id)?.unwrap_or_default();
                out.line(format!("{what:<10} {}  {}", printable(&title), printable(&id)))?;
            }
        }
        if reader.last_change()? > last {
            continue;
        }
        if args.once {
            return Ok(ExitCode::SUCCESS);
        }
        std::thread::sleep(Duration::from_millis(250));
        reader = Reader::open(&home)?;
    }
}
