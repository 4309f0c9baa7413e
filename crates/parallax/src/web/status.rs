//! How a desk is → a page: how much, how old, of how many, and what went wrong.

use super::frame::Frame;
use super::words::{age, count, plain};
use crate::store::{Counts, FeedState, Home, Press, Reader, Rounds, Seconds};
use anyhow::Result;
use askama::Template;
use std::time::{SystemTime, UNIX_EPOCH};

/// Sorts of trouble that are listed, the most frequent first.
const ILLS: usize = 40;
/// Feeds that are listed, those in trouble first.
const FEEDS: usize = 600;

/// A feed and how it is.
pub struct Feed {
    pub url: String,
    /// Is it well, in words.
    pub word: &'static str,
    pub class: &'static str,
    pub told: String,
}

/// Something that went wrong.
pub struct Ill {
    pub stage: String,
    pub outlet: String,
    pub times: String,
    pub example: String,
    pub remedy: String,
}

#[derive(Template)]
#[template(path = "status.html")]
pub struct StatusPage {
    frame: Frame,
    lines: Vec<(&'static str, String)>,
    feeds: Vec<Feed>,
    well: usize,
    more_feeds: usize,
    ills: Vec<Ill>,
    files: Vec<(String, String)>,
    /// Was a password asked for, so that one may want to leave?
    may_leave: bool,
}

/// What `status` is made of, for the page and its JSON twin.
#[derive(serde::Serialize)]
pub struct Status {
    /// How much there is.
    pub counts: Counts,
    /// Records in the log.
    pub log: i64,
    /// Feeds that answered within their time.
    pub feeds_well: usize,
    /// The feeds.
    pub feeds: Vec<FeedState>,
}

impl Status {
    /// Asks the desk's files.
    pub fn read(home: &Home, reader: &Reader, now: Seconds) -> Result<Self> {
        let feeds = match Rounds::open_to_read(&home.reader())? {
            Some(rounds) => rounds.all()?,
            None => Vec::new(),
        };
        let log = Press::open_to_read(&home.press())?.size()?.last;
        Ok(Status { counts: reader.counts()?, log, feeds_well: feeds.iter().filter(|f| f.is_well(now)).count(), feeds })
    }
}

impl StatusPage {
    /// Asks the desk's files.
    pub fn read(home: &Home, reader: &Reader, may_leave: bool) -> Result<Self> {
        let now = now();
        let Status { counts, log, feeds_well, mut feeds } = Status::read(home, reader, now)?;
        feeds.sort_by_key(|f| (f.is_well(now), f.tried.is_none(), f.url.clone()));
        let more_feeds = feeds.len().saturating_sub(FEEDS);
        let ills = reader.ills(ILLS)?.into_iter().map(|ill| Ill {
            stage: ill.stage,
            outlet: plain(ill.outlet.as_deref().unwrap_or("—")),
            times: ill.times.to_string(),
            example: plain(&ill.example),
            remedy: plain(&ill.remedy),
        });
        Ok(StatusPage {
            frame: Frame::new("Status", "status"),
            lines: lines(&counts, log, feeds_well, &feeds, now),
            well: feeds_well,
            feeds: feeds.iter().take(FEEDS).map(|f| feed(f, now)).collect(),
            more_feeds,
            ills: ills.collect(),
            files: files(home),
            may_leave,
        })
    }
}

fn lines(counts: &Counts, log: i64, well: usize, feeds: &[FeedState], now: Seconds) -> Vec<(&'static str, String)> {
    let answered = feeds.iter().filter_map(|f| f.answered).max();
    let behind = log.saturating_sub(counts.applied);
    let mut lines = vec![
        (
            "Feeds",
            match feeds.len() {
                0 => "none followed".to_owned(),
                all => format!("{well} of {all} answered within their time"),
            },
        ),
        (
            "Articles",
            format!(
                "{} from {} outlets in {} countries and {} languages; {} were changed by their outlets",
                counts.articles, counts.outlets, counts.countries, counts.languages, counts.revised
            ),
        ),
        ("Stories", format!("{}, {} of them told by more than one outlet", counts.stories, counts.told_by_several)),
        (
            "Waiting",
            format!(
                "{behind} records of {log} to be read, {} of {} stories to be compared",
                counts.to_compare, counts.stories
            ),
        ),
    ];
    if let Some(answered) = answered {
        lines.insert(1, ("Last answer", format!("{} ago", age(now - answered))));
    }
    lines
}

fn feed(state: &FeedState, now: Seconds) -> Feed {
    let entries = count(usize::try_from(state.entries).unwrap_or(0), "entry", "entries");
    let told = match (state.answered, state.failures) {
        _ if state.rested.is_some() => {
            let since = age(now - state.rested.unwrap_or(now));
            format!(
                "rests since {since} ago, asked once a day: {}",
                plain(state.rested_why.as_deref().unwrap_or("no reason known"))
            )
        }
        (_, failures @ 1..) => {
            let times = if failures == 1 { "once".to_owned() } else { format!("{failures} times") };
            format!("failed {times}: {}", plain(state.said.as_deref().unwrap_or("no reason known")))
        }
        (Some(at), _) => format!("answered {} ago, {entries} so far", age(now - at)),
        (None, _) => String::new(),
    };
    let (word, class) = match state {
        state if state.is_well(now) => ("well", "well"),
        FeedState { tried: None, rested: None, .. } => ("not visited yet", "note"),
        _ => ("not well", "ill"),
    };
    Feed { url: plain(&state.url), word, class, told }
}

fn files(home: &Home) -> Vec<(String, String)> {
    let size = |path: std::path::PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        // What was last written stands beside it at first.
        let beside = path.with_file_name(format!("{name}-wal"));
        let bytes = std::fs::metadata(&path).ok()?.len() + std::fs::metadata(beside).map_or(0, |m| m.len());
        Some((name, format!("{:.1} MB", bytes as f64 / 1e6)))
    };
    [home.press(), home.desk(), home.reader()].into_iter().filter_map(size).collect()
}

/// Seconds since 1970 UTC.
pub fn now() -> Seconds {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
}
