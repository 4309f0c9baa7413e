//! What a desk holds, for those who only read: counts, ages, stories, changes.

use super::Home;
use super::desk::members;
use super::pack::unpack;
use super::press::{Seq, twin};
use super::sqlite::{open_to_read, said};
use crate::limits::{FROZEN_BYTES, STORY_TAKES};
use crate::pipeline::Placed;
use anyhow::Result;
use parallax_core::model::{ArticleId, StoryId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use std::path::PathBuf;

/// The derived state, open for reading: each question is answered from what was committed.
pub struct Reader {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
}

/// How much there is.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: u64,
    /// Of these, such that another text of theirs came later.
    pub revised: u64,
    /// Stories.
    pub stories: u64,
    /// Of these, told by two outlets or more.
    pub told_by_several: u64,
    /// Stories whose comparison is behind.
    pub to_compare: u64,
    /// Outlets.
    pub outlets: u64,
    /// Countries of outlets.
    pub countries: u64,
    /// Languages.
    pub languages: u64,
    /// The last place in the log that is in here.
    pub applied: Seq,
}

/// What went wrong, by stage and outlet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Ill {
    /// The stage that met it.
    pub stage: String,
    /// The outlet, where one is known.
    pub outlet: Option<String>,
    /// How often.
    pub times: u64,
    /// One of them.
    pub example: String,
    /// What to do about it.
    pub remedy: String,
}

/// A story in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StoryLine {
    /// Its founder's id.
    pub id: String,
    /// The id in short: what its page's address ends in.
    pub key: String,
    /// Its headline, once it was compared.
    pub headline: Option<String>,
    /// How many articles.
    pub articles: u64,
    /// By how many outlets.
    pub outlets: u64,
    /// How many of the articles copy or rewrite none.
    pub separate: u64,
    /// `news`, else the kind that most of its articles are of.
    pub shelf: String,
    /// Its last publication, in minutes since 1970 UTC.
    pub newest: Option<i64>,
    /// From which countries.
    pub countries: Vec<String>,
    /// In which languages.
    pub languages: Vec<String>,
    /// The place in the log of its last change.
    pub changed: Seq,
    /// Is its comparison of all that?
    pub is_compared: bool,
    /// Its first publication, in minutes since 1970 UTC.
    pub oldest: Option<i64>,
    /// Outlets that told it first within [`PACE_MINUTES`](super::PACE_MINUTES) of its last publication.
    pub lately: u64,
    /// When a text of it was last changed after it had come, in minutes since 1970 UTC.
    pub revised: Option<i64>,
}

/// The columns of a [`StoryLine`].
pub(super) const STORY_LINE: &str = "id, key, headline, articles, outlets, separate, shelf, newest, countries, languages, changed, compared = changed, \
     oldest, lately, revised";

impl Reader {
    /// Opens the derived state of a desk.
    pub fn open(home: &Home) -> Result<Self> {
        let path = home.desk();
        anyhow::ensure!(
            path.exists(),
            "{} holds no desk yet: `parallax import PATH…` begins one",
            home.folder().display()
        );
        Ok(Reader { connection: open_to_read(&path)?, path })
    }

    pub(super) fn said(&self) -> impl Fn(rusqlite::Error) -> anyhow::Error + '_ {
        |error| said(error, &self.path)
    }

    /// How much there is.
    pub fn counts(&self) -> Result<Counts> {
        let one = |sql: &str| -> Result<u64> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.said())?;
            Ok(count.unsigned_abs())
        };
        let applied = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'applied'";
        Ok(Counts {
            articles: one("SELECT count(*) FROM article")?,
            revised: one("SELECT count(*) FROM article WHERE revision > 0")?,
            stories: one("SELECT count(*) FROM story")?,
            told_by_several: one("SELECT count(*) FROM story WHERE outlets > 1")?,
            to_compare: one("SELECT count(*) FROM story WHERE compared < changed")?,
            outlets: one("SELECT count(DISTINCT outlet) FROM article")?,
            countries: one("SELECT count(DISTINCT country) FROM article")?,
            languages: one("SELECT count(DISTINCT language) FROM article")?,
            applied: self.connection.query_row(applied, [], |row| row.get(0)).map_err(self.said())?,
        })
    }

    /// What went wrong, the most frequent first.
    pub fn ills(&self, most: usize) -> Result<Vec<Ill>> {
        let get = "SELECT stage, outlet, count(*), min(message), min(remedy) FROM problem
                   GROUP BY stage, outlet ORDER BY count(*) DESC, stage, outlet LIMIT ?";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([i64::try_from(most)?], |row| {
            Ok(Ill {
                stage: row.get(0)?,
                outlet: row.get(1)?,
                times: row.get::<_, i64>(2)?.unsigned_abs(),
                example: row.get(3)?,
                remedy: row.get(4)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// Of an article: has only a feed told of it? `None` where it is not here.
    pub fn is_entry(&self, id: &str) -> Result<Option<bool>> {
        let get = "SELECT entry FROM article WHERE id = ?";
        let found =
            self.connection.prepare_cached(get).and_then(|mut s| s.query_row([id], |row| row.get(0)).optional());
        found.map_err(self.said())
    }

    /// A story's articles of which only a feed has told.
    pub fn entries_of(&self, story: &str) -> Result<Vec<String>> {
        let get = "SELECT id FROM article WHERE entry = 1 AND story = ? ORDER BY founded";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([story], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// Articles of which only a feed has told, though two outlets or more tell their story; the story most recently changed first.
    pub fn wanting_pages(&self, most: usize) -> Result<Vec<String>> {
        let get = "SELECT article.id FROM article JOIN story ON story.id = article.story
                   WHERE article.entry = 1 AND story.outlets > 1 ORDER BY story.changed DESC, article.founded LIMIT ?";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([i64::try_from(most)?], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// Stories, the one most recently changed first; of at least so many outlets.
    pub fn stories(&self, outlets: u64, most: usize) -> Result<Vec<StoryLine>> {
        let get = format!("SELECT {STORY_LINE} FROM story WHERE outlets >= ? ORDER BY changed DESC, id LIMIT ?");
        self.lines(&get, params![i64::try_from(outlets)?, i64::try_from(most)?])
    }

    pub(super) fn lines(&self, get: &str, values: impl rusqlite::Params) -> Result<Vec<StoryLine>> {
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map(values, line);
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// A story's comparison as the contract's JSON; `None` where it was not compared yet.
    pub fn comparison(&self, id: &str) -> Result<Option<serde_json::Value>> {
        let get = "SELECT comparison FROM story WHERE id = ?";
        let packed: Option<Option<Vec<u8>>> =
            self.connection.query_row(get, [id], |row| row.get(0)).optional().map_err(self.said())?;
        let Some(packed) = packed.flatten() else { return Ok(None) };
        Ok(Some(serde_json::from_slice(&unpack(&packed, FROZEN_BYTES)?)?))
    }

    /// The story that is called so: by its id or key, or by those of one of its articles.
    pub fn story_of(&self, name: &str) -> Result<Option<String>> {
        let get = "SELECT story FROM article WHERE id IN (?1, ?2)
                   UNION ALL SELECT story FROM article WHERE key = ?1 LIMIT 1";
        self.connection.query_row(get, [name, &twin(name)], |row| row.get(0)).optional().map_err(self.said())
    }

    /// A story's articles, as many as are compared: for its id or key, or those of one of its articles.
    pub fn members(&self, name: &str) -> Result<Option<(StoryId, Vec<Placed>)>> {
        let Some(story) = self.story_of(name)? else { return Ok(None) };
        let members = members(&self.connection, &self.path, &story, STORY_TAKES)?.unpack()?;
        Ok(Some((StoryId(ArticleId(story)), members)))
    }

    /// What changed after a version, in order: (version, what, id, place in the log).
    pub fn changes(&self, after: i64, most: usize) -> Result<Vec<(i64, String, String, Seq)>> {
        let get = "SELECT version, what, id, seq FROM change WHERE version > ? ORDER BY version LIMIT ?";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map(params![after, i64::try_from(most)?], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// What a changed thing is called: an article's title, a story's headline.
    pub fn title(&self, what: &str, id: &str) -> Result<Option<String>> {
        let get = match what {
            "article" | "revision" => "SELECT title FROM article WHERE id = ?",
            _ => "SELECT headline FROM story WHERE id = ?",
        };
        let found = self.connection.query_row(get, [id], |row| row.get(0)).optional().map_err(self.said())?;
        Ok(found.flatten())
    }

    /// The last version told.
    pub fn last_change(&self) -> Result<i64> {
        let get = "SELECT coalesce(max(version), 0) FROM change";
        self.connection.query_row(get, [], |row| row.get(0)).map_err(self.said())
    }
}

pub(super) fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoryLine> {
    let list = |column| -> rusqlite::Result<Vec<String>> {
        Ok(row.get::<_, String>(column)?.split_whitespace().map(str::to_owned).collect())
    };
    let count = |column| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(column)?.unsigned_abs()) };
    Ok(StoryLine {
        id: row.get(0)?,
        key: row.get(1)?,
        headline: row.get(2)?,
        articles: count(3)?,
        outlets: count(4)?,
        separate: count(5)?,
        shelf: row.get(6)?,
        newest: row.get(7)?,
        countries: list(8)?,
        languages: list(9)?,
        changed: row.get(10)?,
        is_compared: row.get(11)?,
        oldest: row.get(12)?,
        lately: count(13)?,
        revised: row.get(14)?,
    })
}
