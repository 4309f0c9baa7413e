//! What a desk has of countries: how much of each one's press, and the stories that one of them tells.

use super::read::{Reader, STORY_LINE, StoryLine};
use anyhow::Result;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// A country's press on this desk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Land {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Its articles.
    pub articles: u64,
    /// Those published in or after the minute that was asked for.
    pub fresh: u64,
    /// Its outlets.
    pub outlets: u64,
    /// Its last publication, in minutes since 1970 UTC.
    pub newest: Option<i64>,
}

/// A report as the country that it is from headlines it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Telling {
    /// The article's id in short.
    pub key: String,
    /// Its title.
    pub title: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Its outlet's name.
    pub outlet: Option<String>,
}

/// A story as one country's press tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldHere {
    /// The story as a whole.
    pub line: StoryLine,
    /// How many of the country's outlets tell it.
    pub outlets: u64,
    /// How many of its reports here copy or rewrite none.
    pub separate: u64,
    /// The last of its reports here, in minutes since 1970 UTC.
    pub newest: i64,
}

/// An outlet of a country.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OutletHere {
    /// Its domain, else its name: what it is asked for by.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// BCP 47: the language of its last article.
    pub language: Option<String>,
    /// Its articles.
    pub articles: u64,
    /// How many of these copy or rewrite none.
    pub original: u64,
    /// Its last publication, in minutes since 1970 UTC.
    pub newest: Option<i64>,
}

fn telling(row: &rusqlite::Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling { key: row.get(0)?, title: row.get(1)?, language: row.get(2)?, outlet: row.get(3)? })
}

impl Reader {
    /// A country's outlets, those with most articles first.
    pub fn outlets_in(&self, country: &str) -> Result<Vec<OutletHere>> {
        let get = "SELECT outlet, count(*), sum(original), max(published),
                     (SELECT outlet_name FROM article AS last WHERE last.outlet = here.outlet ORDER BY founded DESC LIMIT 1),
                     (SELECT language FROM article AS last WHERE last.outlet = here.outlet ORDER BY founded DESC LIMIT 1)
                   FROM article AS here WHERE country = ? AND outlet IS NOT NULL GROUP BY outlet ORDER BY count(*) DESC, outlet";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([country], |row| {
            Ok(OutletHere {
                id: row.get(0)?,
                articles: row.get::<_, i64>(1)?.unsigned_abs(),
                original: row.get::<_, i64>(2)?.unsigned_abs(),
                newest: row.get(3)?,
                name: row.get(4)?,
                language: row.get(5)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// The countries whose press there is, by code.
    pub fn lands(&self, since: i64) -> Result<Vec<Land>> {
        let get = "SELECT country, count(*), sum(coalesce(published, 0) >= ?), count(DISTINCT outlet), max(published)
                   FROM article WHERE country IS NOT NULL GROUP BY country ORDER BY country";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([since], |row| {
            let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(Land {
                code: row.get(0)?,
                articles: count(1)?,
                fresh: count(2)?,
                outlets: count(3)?,
                newest: row.get(4)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// The news that a country's press told in or after a minute: those told by most of its outlets first, at most so many.
    pub fn told_in(&self, country: &str, since: i64, most: usize) -> Result<Vec<ToldHere>> {
        let get = format!(
            "SELECT {STORY_LINE}, told_by, own, last FROM
               (SELECT story AS told, count(DISTINCT outlet) AS told_by, sum(original) AS own, max(published) AS last
                FROM article WHERE country = ?1 AND published >= ?2 GROUP BY story)
             JOIN story ON id = told WHERE shelf = 'news' ORDER BY told_by DESC, last DESC, id LIMIT ?3"
        );
        let mut statement = self.connection.prepare_cached(&get).map_err(self.said())?;
        let rows = statement.query_map(params![country, since, i64::try_from(most)?], |row| {
            Ok(ToldHere {
                line: super::read::line(row)?,
                outlets: row.get::<_, i64>(15)?.unsigned_abs(),
                separate: row.get::<_, i64>(16)?.unsigned_abs(),
                newest: row.get(17)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// The first report of a story by one country's press, one in its own words before copies.
    pub fn telling(&self, story: &str, country: &str) -> Result<Option<Telling>> {
        let get = "SELECT key, title, language, outlet_name FROM article WHERE story = ? AND country = ?
                   ORDER BY original DESC, founded LIMIT 1";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        statement.query_row([story, country], telling).optional().map_err(self.said())
    }

    /// The first report of a story, one in its own words before copies.
    pub fn first_telling(&self, story: &str) -> Result<Option<Telling>> {
        let get = "SELECT key, title, language, outlet_name FROM article WHERE story = ? ORDER BY original DESC, founded LIMIT 1";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        statement.query_row([story], telling).optional().map_err(self.said())
    }

    /// In which countries a story is told, and by how many outlets of each.
    pub fn coverage(&self, story: &str) -> Result<Vec<(String, u64)>> {
        let get = "SELECT country, count(DISTINCT outlet) FROM article WHERE story = ? AND country IS NOT NULL GROUP BY country";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map([story], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())));
        rows.and_then(Iterator::collect).map_err(self.said())
    }
}
