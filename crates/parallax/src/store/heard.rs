//! What a desk has heard of late: of each article only who told which story when, and which countries it names.

use super::lands::Telling;
use super::read::Reader;
use super::tally::APART;
use anyhow::Result;
use parallax_core::missed;
use parallax_core::model::{Annotations, Article};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// An article, as far as it says who told what.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// Its outlet's domain, else name.
    pub outlet: String,
    /// ISO 3166-1 alpha-2 of its seat.
    pub country: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Its story's id.
    pub story: String,
    /// Minutes since 1970 UTC.
    pub published: i64,
    /// Copies or rewrites none.
    pub is_separate: bool,
    /// Was more read of it than what a feed says?
    pub is_read: bool,
    /// Is it a report, and not of a kind that stands on a shelf of its own?
    pub is_news: bool,
    /// The countries it names, by how often.
    pub about: BTreeMap<String, u32>,
}

/// The countries that an article names, as the file keeps them.
pub(super) fn about(article: &Article, annotations: &Annotations) -> String {
    let about = missed::about(article, annotations, parallax_almanac::almanac());
    about.iter().map(|(country, times)| format!("{country}:{times}")).collect::<Vec<_>>().join(" ")
}

fn countries(kept: &str) -> BTreeMap<String, u32> {
    let one = |pair: &str| {
        let (country, times) = pair.split_once(':')?;
        Some((country.to_owned(), times.parse().ok()?))
    };
    kept.split(' ').filter_map(one).collect()
}

fn asked(which: &str) -> String {
    format!(
        "SELECT outlet, country, language, story, published, original, entry = 0 AND access IN ('full', 'excerpt'), kind, about
         FROM article WHERE published BETWEEN ?1 AND ?2 AND {which} ORDER BY published DESC, id LIMIT ?3"
    )
}

/// Asks for what was heard of one outlet, by the index of outlets.
pub(super) fn heard_of_asked() -> String {
    asked("outlet = ?4")
}

fn heard(row: &rusqlite::Row<'_>) -> rusqlite::Result<Heard> {
    let kind: String = row.get(7)?;
    Ok(Heard {
        outlet: row.get(0)?,
        country: row.get(1)?,
        language: row.get(2)?,
        story: row.get(3)?,
        published: row.get(4)?,
        is_separate: row.get(5)?,
        is_read: row.get(6)?,
        is_news: !APART.iter().any(|apart| apart.word() == kind),
        about: countries(&row.get::<_, String>(8)?),
    })
}

impl Reader {
    /// A story's first report, one in its own words before copies: by that it is named where no language is asked for.
    pub fn first_report(&self, story: &str) -> Result<Option<Telling>> {
        let get = "SELECT key, title, language, outlet_name FROM article WHERE story = ? ORDER BY original DESC, founded LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Telling { key: row.get(0)?, title: row.get(1)?, language: row.get(2)?, outlet: row.get(3)? })
        };
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        statement.query_row([story], row).optional().map_err(self.said())
    }

    /// What was published in and between two minutes, the oldest first; of more than so many the newest.
    pub fn heard(&self, since: i64, until: i64, most: usize) -> Result<Vec<Heard>> {
        self.hear(&asked("outlet IS NOT NULL"), params![since, until, i64::try_from(most)?])
    }

    /// The same, of one outlet alone.
    pub fn heard_of(&self, outlet: &str, since: i64, until: i64, most: usize) -> Result<Vec<Heard>> {
        self.hear(&heard_of_asked(), params![since, until, i64::try_from(most)?, outlet])
    }

    fn hear(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<Heard>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(self.said())?;
        let rows = statement.query_map(values, heard);
        let mut heard: Vec<Heard> = rows.and_then(Iterator::collect).map_err(self.said())?;
        heard.reverse();
        Ok(heard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_kept_as_they_were_counted() {
        assert_eq!(countries("GR:4 TR:1"), BTreeMap::from([("GR".into(), 4), ("TR".into(), 1)]));
        assert!(countries("").is_empty() && countries("GR TR:x").is_empty());
    }
}
