//! What a desk remembers of its rounds (`reader.db`): when which feed is due, how its visits went, how many pages a day had.

use super::owner;
use super::sqlite::{self, said};
use crate::fetch::Validators;
use crate::limits::OPENED_REMEMBERED;
use anyhow::Result;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages that fail are tried so often, then no more.
const TRIES: u32 = 3;

/// Seconds since 1970 UTC.
pub type Seconds = i64;

/// The file, open.
pub struct Rounds {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

/// A feed's state.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FeedState {
    /// Its address.
    pub url: String,
    /// When it is due.
    pub next: Seconds,
    /// When it was last visited.
    pub tried: Option<Seconds>,
    /// When it last answered.
    pub answered: Option<Seconds>,
    /// Visits that failed since.
    pub failures: u32,
    /// Why the last one failed.
    pub said: Option<String>,
    /// Entries it brought in all.
    pub entries: u64,
    /// Since when it rests: it is asked rarely, and in no other way than before.
    pub rested: Option<Seconds>,
    /// Why it rests.
    pub rested_why: Option<String>,
    /// Did its owner say so? Then only its owner wakes it.
    pub rested_by_hand: bool,
    /// What it last sent, so that only what is new is sent.
    #[serde(skip)]
    pub validators: Validators,
    /// Between visits, as learnt.
    #[serde(skip)]
    pub interval: Option<Duration>,
    /// How often its owner decided of it: a visit that began before does not undo it.
    #[serde(skip)]
    pub decided: i64,
}

impl FeedState {
    /// Rests from now on; of two reasons the first stands, but for a word of the owner's.
    pub fn rest(&mut self, now: Seconds, why: &str, by_hand: bool) {
        if self.rested.is_none() || by_hand && !self.rested_by_hand {
            self.rested = Some(now);
            self.rested_why = Some(why.to_owned());
            self.rested_by_hand = by_hand;
        }
    }

    /// Is asked as every other feed again.
    pub fn wake(&mut self) {
        self.rested = None;
        self.rested_why = None;
        self.rested_by_hand = false;
    }

    /// Did it answer within its time: at its last visit, and that no longer ago than twice what lies between two?
    pub fn is_well(&self, now: Seconds) -> bool {
        let between = self.interval.map_or(3_600, |i| i64::try_from(i.as_secs()).unwrap_or(i64::MAX));
        self.rested.is_none()
            && self.failures == 0
            && self.answered.is_some_and(|at| now.saturating_sub(at) <= between.saturating_mul(2))
    }
}

const COLUMNS: &str =
    "url, next, tried, answered, failures, said, entries, etag, modified, interval, rested, rested_why, rested_by_hand,
    decided";

fn state(row: &rusqlite::Row<'_>) -> rusqlite::Result<FeedState> {
    Ok(FeedState {
        url: row.get(0)?,
        next: row.get(1)?,
        tried: row.get(2)?,
        answered: row.get(3)?,
        failures: row.get(4)?,
        said: row.get(5)?,
        entries: row.get::<_, i64>(6)?.unsigned_abs(),
        validators: Validators { etag: row.get(7)?, modified: row.get(8)? },
        interval: row.get::<_, Option<i64>>(9)?.map(|s| Duration::from_secs(s.unsigned_abs())),
        rested: row.get(10)?,
        rested_why: row.get(11)?,
        rested_by_hand: row.get(12)?,
        decided: row.get(13)?,
    })
}

impl Rounds {
    /// Opens the file; makes it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Rounds { connection: owner::open_file(path)?, path: path.to_owned() })
    }

    /// Opens the file to look at; `None` where no round was made yet.
    pub fn open_to_read(path: &Path) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        Ok(Some(Rounds { connection: sqlite::open_to_read(path)?, path: path.to_owned() }))
    }

    pub(super) fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        let ran = self.connection.prepare_cached(sql).and_then(|mut s| s.execute(values));
        ran.map(drop).map_err(|e| said(e, &self.path))
    }

    fn ask(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<FeedState>> {
        let ask = || -> rusqlite::Result<Vec<FeedState>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map(values, state)?.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Has exactly these feeds on the round: new ones are due at once, others are forgotten.
    pub fn follow(&mut self, feeds: &[String], now: Seconds) -> Result<()> {
        let known: BTreeSet<String> = self.all()?.into_iter().map(|feed| feed.url).collect();
        let wanted: BTreeSet<&String> = feeds.iter().collect();
        let follow = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            for gone in known.iter().filter(|url| !wanted.contains(url)) {
                change.execute("DELETE FROM feed WHERE url = ?", [gone])?;
            }
            for url in wanted.into_iter().filter(|url| !known.contains(*url)) {
                let put = "INSERT OR IGNORE INTO feed (url, next, failures, entries) VALUES (?, ?, 0, 0)";
                change.execute(put, params![url, now])?;
            }
            change.commit()
        };
        follow().map_err(|e| said(e, &self.path))
    }

    /// Every feed.
    pub fn all(&self) -> Result<Vec<FeedState>> {
        self.ask(&format!("SELECT {COLUMNS} FROM feed ORDER BY url"), [])
    }

    /// Feeds that are due, the longest due first.
    pub fn due(&self, now: Seconds, most: usize) -> Result<Vec<FeedState>> {
        let get = format!("SELECT {COLUMNS} FROM feed WHERE next <= ? ORDER BY next, url LIMIT ?");
        self.ask(&get, params![now, i64::try_from(most)?])
    }

    /// A feed can be read: noted as soon as that is known, since the pages behind its entries take their time.
    pub fn heard(&self, url: &str, at: Seconds) -> Result<()> {
        let put = "UPDATE feed SET tried = ?2, answered = ?2, failures = 0, said = NULL WHERE url = ?1";
        self.run(put, params![url, at])
    }

    /// Notes how a visit went. What its owner decided meanwhile stands.
    pub fn visited(&self, feed: &FeedState) -> Result<()> {
        let put = "UPDATE feed SET tried = ?3, answered = ?4, failures = ?5, said = ?6, entries = ?7, etag = ?8,
                   modified = ?9, interval = ?10,
                   next = iif(decided = ?14, ?2, next),
                   rested = iif(decided = ?14, ?11, rested),
                   rested_why = iif(decided = ?14, ?12, rested_why),
                   rested_by_hand = iif(decided = ?14, ?13, rested_by_hand) WHERE url = ?1";
        let interval = feed.interval.map(|i| i64::try_from(i.as_secs()).unwrap_or(i64::MAX));
        self.run(
            put,
            params![
                feed.url,
                feed.next,
                feed.tried,
                feed.answered,
                feed.failures,
                feed.said,
                i64::try_from(feed.entries)?,
                feed.validators.etag,
                feed.validators.modified,
                interval,
                feed.rested,
                feed.rested_why,
                feed.rested_by_hand,
                feed.decided
            ],
        )
    }

    /// What one of the feeds on the round is like.
    pub fn of(&self, url: &str) -> Result<Option<FeedState>> {
        Ok(self.ask(&format!("SELECT {COLUMNS} FROM feed WHERE url = ?"), [url])?.pop())
    }

    /// A feed has moved for good: its state goes with it. Where the new address is on the round already, the old one leaves.
    pub fn moved(&self, from: &str, to: &str) -> Result<()> {
        self.run("UPDATE OR IGNORE feed SET url = ?2 WHERE url = ?1", [from, to])?;
        self.run("UPDATE OR IGNORE covered SET url = ?2 WHERE url = ?1", [from, to])?;
        self.run("DELETE FROM feed WHERE url = ?", [from])
    }

    /// A feed answered: what was published from `since` until now it has shown. Where no entries can have gone by unseen since the last visit,
    /// so it has what lies between; else a gap stays, unless it reaches back over it. Stretches that ended before `forgotten` are forgotten.
    pub fn covered(&self, url: &str, since: Seconds, until: Seconds, is_gap: bool, forgotten: Seconds) -> Result<()> {
        let put = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            let get = "SELECT since, until FROM covered WHERE url = ? ORDER BY since";
            let mut statement = change.prepare_cached(get)?;
            let stretches = statement.query_map([url], |row| Ok((row.get(0)?, row.get(1)?)));
            let stretches: Vec<(Seconds, Seconds)> = stretches.and_then(Iterator::collect)?;
            drop(statement);
            let last = stretches.last().copied().filter(|_| !is_gap);
            let mut seen = (since.min(until).min(last.map_or(until, |(from, _)| from)), until);
            for (from, to) in stretches.into_iter().rev() {
                if to >= seen.0 {
                    seen = (seen.0.min(from), seen.1.max(to));
                }
            }
            change
                .execute("DELETE FROM covered WHERE url = ? AND until BETWEEN ? AND ?", params![url, seen.0, seen.1])?;
            let put = "INSERT INTO covered (url, since, until) VALUES (?, ?, ?)";
            change.execute(put, params![url, seen.0, seen.1])?;
            change.execute("DELETE FROM covered WHERE url = ? AND until < ?", params![url, forgotten])?;
            change.commit()
        };
        put().map_err(|e| said(e, &self.path))
    }

    /// Feed → the stretches of time of which it let the desk see what was published, in order.
    pub fn all_covered(&self) -> Result<BTreeMap<String, Vec<(Seconds, Seconds)>>> {
        let ask = || -> rusqlite::Result<BTreeMap<String, Vec<(Seconds, Seconds)>>> {
            let mut covered: BTreeMap<String, Vec<(Seconds, Seconds)>> = BTreeMap::new();
            // A file of an older form, opened to be looked at, has none yet.
            let is_there = self.connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'covered'")?.exists([])?;
            if is_there {
                let mut statement =
                    self.connection.prepare_cached("SELECT url, since, until FROM covered ORDER BY url, since")?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    covered.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
                }
            }
            Ok(covered)
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Takes one of a day's pages, if it has some left.
    pub fn take_page(&self, now: Seconds, budget: u64) -> Result<bool> {
        let day = now.div_euclid(86_400);
        let used = self.pages_of(now)?;
        if used >= budget {
            return Ok(false);
        }
        let put = "INSERT INTO day (day, pages) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET pages = pages + 1";
        self.run(put, [day]).map(|()| true)
    }

    /// Pages fetched on a day.
    pub fn pages_of(&self, now: Seconds) -> Result<u64> {
        let get = "SELECT pages FROM day WHERE day = ?";
        let found: Option<i64> = self
            .connection
            .query_row(get, [now.div_euclid(86_400)], |row| row.get(0))
            .optional()
            .map_err(|e| said(e, &self.path))?;
        Ok(found.unwrap_or(0).unsigned_abs())
    }

    /// A page could not be had: it is tried again later, some times.
    pub fn page_failed(&self, url: &str, now: Seconds) -> Result<()> {
        let put = "INSERT INTO page (url, failures, next) VALUES (?1, 1, ?2 + 900)
                   ON CONFLICT (url) DO UPDATE SET failures = failures + 1, next = ?2 + 900 * (failures + 1) * (failures + 1)";
        self.run(put, params![url, now])
    }

    /// Somebody opened an article of which only a feed has told. Beyond [`OPENED_REMEMBERED`] the oldest are forgotten.
    pub fn opened(&self, id: &str, now: Seconds) -> Result<()> {
        let put = "INSERT INTO opened (id, at) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET at = ?2";
        self.run(put, params![id, now])?;
        let forget = "DELETE FROM opened WHERE id NOT IN (SELECT id FROM opened ORDER BY at DESC, id LIMIT ?)";
        self.run(forget, [i64::try_from(OPENED_REMEMBERED)?])
    }

    /// What was opened so, the latest first.
    pub fn all_opened(&self) -> Result<Vec<String>> {
        let ask = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare_cached("SELECT id FROM opened ORDER BY at DESC, id")?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Its page is there, or it is gone.
    pub fn not_opened(&self, id: &str) -> Result<()> {
        self.run("DELETE FROM opened WHERE id = ?", [id])
    }

    /// May a page be tried now?
    pub fn may_try(&self, url: &str, now: Seconds) -> Result<bool> {
        let get = "SELECT failures < ?2 AND next <= ?3 FROM page WHERE url = ?1";
        let found: Option<bool> = self
            .connection
            .query_row(get, params![url, TRIES, now], |row| row.get(0))
            .optional()
            .map_err(|e| said(e, &self.path))?;
        Ok(found.unwrap_or(true))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A new file, in a folder that goes with the test.
    pub(in crate::store) fn rounds() -> (tempfile::TempDir, Rounds) {
        let folder = tempfile::tempdir().expect("a folder");
        let rounds = Rounds::open(&folder.path().join("reader.db")).expect("opens");
        (folder, rounds)
    }

    #[test]
    fn feeds_come_due_in_turn_and_leave_when_they_are_followed_no_more() {
        let (_folder, mut rounds) = rounds();
        rounds.follow(&["a".into(), "b".into()], 100).expect("followed");
        let mut due = rounds.due(100, 10).expect("read");
        assert_eq!(due.iter().map(|f| f.url.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        due[0].next = 200;
        due[0].validators.etag = Some("tag".into());
        due[0].interval = Some(Duration::from_secs(600));
        rounds.visited(&due[0]).expect("noted");
        assert_eq!(rounds.due(150, 10).expect("read").len(), 1);
        rounds.follow(&["a".into(), "c".into()], 160).expect("followed");
        let all = rounds.all().expect("read");
        assert_eq!(all[0], due[0], "what is followed still keeps its state");
        assert_eq!(all.iter().map(|f| f.url.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    }

    #[test]
    fn a_feed_is_well_when_it_answered_within_its_time() {
        let feed =
            FeedState { answered: Some(1_000), interval: Some(Duration::from_secs(600)), ..FeedState::default() };
        assert!(feed.is_well(2_200) && !feed.is_well(2_201));
        assert!(!FeedState { failures: 1, ..feed.clone() }.is_well(1_000));
        assert!(!FeedState { answered: None, ..feed }.is_well(1_000));
    }

    #[test]
    fn a_feed_rests_and_wakes_and_keeps_its_state_when_it_moves() {
        let (_folder, mut rounds) = rounds();
        rounds.follow(&["a".into(), "b".into()], 100).expect("followed");
        let mut feed = rounds.of("a").expect("read").expect("there");
        feed.answered = Some(100);
        feed.rest(150, "no answer", false);
        feed.rest(160, "still none", false);
        rounds.visited(&feed).expect("noted");
        let rested = rounds.of("a").expect("read").expect("there");
        assert_eq!((rested.rested, rested.rested_why.as_deref()), (Some(150), Some("no answer")), "since the first");
        assert!(!rested.is_well(110));
        feed.rest(170, "too much sport", true);
        assert_eq!((feed.rested, feed.rested_by_hand), (Some(170), true), "the owner's word goes over it");
        feed.wake();
        assert!(feed.is_well(110));
        rounds.moved("a", "c").expect("moved");
        assert!(rounds.of("a").expect("read").is_none());
        assert_eq!(rounds.of("c").expect("read").expect("there").rested, Some(150));
        rounds.moved("c", "b").expect("moved");
        assert_eq!(rounds.all().expect("read").iter().map(|f| f.url.as_str()).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_day_has_so_many_pages_and_a_page_so_many_tries() {
        let (_folder, rounds) = rounds();
        assert!(rounds.take_page(0, crate::limits::PAGES_A_DAY as u64).expect("asked"));
        let taken: Vec<bool> = (0..3).map(|_| rounds.take_page(1_000, 3).expect("asked")).collect();
        assert_eq!(taken, [true, true, false], "one was taken before");
        assert!(rounds.take_page(1_000 + 86_400, 2).expect("asked"), "the next day has its own");
        let mut now = 0;
        for _ in 0..TRIES {
            assert!(rounds.may_try("u", now).expect("asked"));
            rounds.page_failed("u", now).expect("noted");
            assert!(!rounds.may_try("u", now + 899).expect("asked"), "not at once");
            now += 100_000;
        }
        assert!(!rounds.may_try("u", now).expect("asked"), "and then no more");
    }

    #[test]
    fn what_a_feed_let_be_seen_goes_on_until_entries_may_have_gone_by_unseen() {
        let (_folder, rounds) = rounds();
        let of = |rounds: &Rounds| rounds.all_covered().expect("asked").remove("a").unwrap_or_default();
        rounds.covered("a", 100, 500, true, 0).expect("noted");
        assert_eq!(of(&rounds), [(100, 500)], "from its oldest entry");
        rounds.covered("a", 450, 900, false, 0).expect("noted");
        assert_eq!(of(&rounds), [(100, 900)], "an entry was known: nothing went by");
        rounds.covered("a", 850, 1_200, true, 0).expect("noted");
        assert_eq!(of(&rounds), [(100, 1_200)], "all were new, but they reach back to before the last visit");
        rounds.covered("a", 2_000, 2_500, true, 0).expect("noted");
        assert_eq!(of(&rounds), [(100, 1_200), (2_000, 2_500)], "what came between 1,200 and 2,000 was not seen");
        rounds.covered("c", 900, 900, true, 0).expect("noted");
        rounds.covered("c", 300, 950, true, 0).expect("noted");
        rounds.covered("c", 200, 990, false, 0).expect("noted");
        assert_eq!(
            rounds.all_covered().expect("asked")["c"],
            [(200, 990)],
            "empty at first, then it showed what was older"
        );
        rounds.moved("a", "b").expect("moved");
        rounds.covered("b", 2_400, 3_000, false, 1_201).expect("noted");
        rounds.covered("d", 0, 100, true, 0).expect("noted");
        rounds.covered("d", 300, 400, true, 0).expect("noted");
        rounds.covered("d", 50, 450, true, 0).expect("noted");
        assert_eq!(rounds.all_covered().expect("asked")["d"], [(0, 450)], "it reaches back over the gap");
        assert_eq!(
            rounds.all_covered().expect("asked")["b"],
            [(2_000, 3_000)],
            "goes on where it has moved; old ones go"
        );
    }

    #[test]
    fn what_was_opened_last_is_remembered_and_only_so_much() {
        // OPENED_REMEMBERED
        let folder = tempfile::tempdir().expect("a folder");
        let rounds = Rounds::open(&folder.path().join("reader.db")).expect("opens");
        for n in 0..=OPENED_REMEMBERED {
            rounds.opened(&format!("a{n}"), i64::try_from(n).expect("fits")).expect("noted");
        }
        let opened = rounds.all_opened().expect("asked");
        assert_eq!(opened.len(), OPENED_REMEMBERED);
        assert_eq!((opened[0].clone(), opened.contains(&"a0".to_owned())), (format!("a{OPENED_REMEMBERED}"), false));
        rounds.not_opened(&opened[0]).expect("noted");
        assert_eq!(rounds.all_opened().expect("asked").len(), OPENED_REMEMBERED - 1);
    }
}
