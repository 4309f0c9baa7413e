//! What a desk has of outlets: each in a line, its latest, its languages, and what it tells in two of them.

use super::read::Reader;
use super::shown::ArticleLine;
use anyhow::Result;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;

/// An outlet in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OutletLine {
    /// Its domain, else its name: what it is asked for by.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// How many articles of it there are.
    pub articles: u64,
    /// How many of these copy or rewrite none.
    pub original: u64,
    /// How many were read in full.
    pub full: u64,
    /// Languages of its articles.
    pub languages: Vec<String>,
    /// Its last publication, in minutes since 1970 UTC.
    pub newest: Option<i64>,
}

/// A language that an outlet writes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Tongue {
    /// BCP 47, without script and region.
    pub language: String,
    /// Articles in it.
    pub articles: u64,
}

/// An outlet's report of a story in one language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TellingIn {
    /// The article's id.
    pub id: String,
    /// The id in short.
    pub key: String,
    /// Its title.
    pub title: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Minutes since 1970 UTC.
    pub published: Option<i64>,
}

/// What is counted of outlets; between its parts stands which.
const LINES: [&str; 2] = [
    "SELECT outlet, max(country), count(*), sum(original), sum(access = 'full'), group_concat(DISTINCT language), max(published),
         max(outlet_name)
     FROM article",
    "GROUP BY outlet ORDER BY max(country), outlet",
];
/// The language without script and region.
const PRIMARY: &str = "iif(instr(language, '-') > 0, substr(language, 1, instr(language, '-') - 1), language)";

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<OutletLine> {
    let count = |column| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(column)?.unsigned_abs()) };
    let mut languages: Vec<String> =
        row.get::<_, Option<String>>(5)?.unwrap_or_default().split(',').map(str::to_owned).collect();
    languages.retain(|language| !language.is_empty());
    languages.sort();
    Ok(OutletLine {
        id: row.get(0)?,
        country: row.get(1)?,
        articles: count(2)?,
        original: count(3)?,
        full: count(4)?,
        languages,
        newest: row.get(6)?,
        name: row.get(7)?,
    })
}

/// Asks for the line of one outlet, by the index of outlets alone.
fn one() -> String {
    format!("{} WHERE outlet = ?1 {}", LINES[0], LINES[1])
}

/// Asks for the stories that an outlet tells in two languages, by the index alone.
fn twice() -> String {
    format!(
        "SELECT story FROM article WHERE outlet = ?1 AND language IS NOT NULL GROUP BY story
         HAVING count(DISTINCT {PRIMARY}) > 1 ORDER BY max(founded) DESC, story LIMIT ?2"
    )
}

impl Reader {
    /// Outlets, by country and name.
    pub fn outlets(&self) -> Result<Vec<OutletLine>> {
        let get = format!("{} WHERE outlet IS NOT NULL {}", LINES[0], LINES[1]);
        let mut statement = self.connection.prepare_cached(&get).map_err(self.said())?;
        statement.query_map([], line).and_then(Iterator::collect).map_err(self.said())
    }

    /// The outlet that is called so, by its domain, else its name.
    pub fn outlet(&self, id: &str) -> Result<Option<OutletLine>> {
        let found = self.connection.prepare_cached(&one()).and_then(|mut s| s.query_row([id], line).optional());
        found.map_err(self.said())
    }

    /// Are there articles of an outlet?
    pub fn has_outlet(&self, id: &str) -> Result<bool> {
        let get = "SELECT 1 FROM article WHERE outlet = ? LIMIT 1";
        self.connection.prepare_cached(get).and_then(|mut s| s.exists([id])).map_err(self.said())
    }

    /// Whose an article is: by what the outlet is asked for.
    pub fn outlet_of(&self, article: &str) -> Result<Option<String>> {
        let get = "SELECT outlet FROM article WHERE id = ?";
        let found =
            self.connection.prepare_cached(get).and_then(|mut s| s.query_row([article], |row| row.get(0)).optional());
        found.map(Option::flatten).map_err(self.said())
    }

    /// An outlet's articles, the last to come first.
    pub fn of_outlet(&self, outlet: &str, most: usize) -> Result<Vec<ArticleLine>> {
        self.articles("WHERE outlet = ?", params![outlet, i64::try_from(most)?])
    }

    /// The languages that an outlet writes, the one with most articles first.
    pub fn tongues(&self, outlet: &str) -> Result<Vec<Tongue>> {
        let get = format!(
            "SELECT {PRIMARY}, count(*) FROM article WHERE outlet = ? AND language IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1"
        );
        let mut statement = self.connection.prepare_cached(&get).map_err(self.said())?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Tongue { language: row.get(0)?, articles: row.get::<_, i64>(1)?.unsigned_abs() })
        };
        statement.query_map([outlet], row).and_then(Iterator::collect).map_err(self.said())
    }

    /// The stories that an outlet tells in two languages or more, the last to come first, at most so many.
    pub fn told_twice(&self, outlet: &str, most: usize) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(&twice()).map_err(self.said())?;
        let rows = statement.query_map(params![outlet, i64::try_from(most)?], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// An outlet's reports of a story: in each language the first, one in its own words before copies.
    pub fn tellings_of(&self, story: &str, outlet: &str) -> Result<Vec<TellingIn>> {
        // The story's index: it has fewer articles than the outlet.
        let get = "SELECT id, key, title, language, published FROM article WHERE story = ? AND +outlet = ? AND language IS NOT NULL
                   ORDER BY original DESC, founded";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok(TellingIn {
                id: row.get(0)?,
                key: row.get(1)?,
                title: row.get(2)?,
                language: row.get(3)?,
                published: row.get(4)?,
            })
        };
        let rows = statement.query_map([story, outlet], row).map_err(self.said())?;
        let mut tellings: Vec<TellingIn> = Vec::new();
        for telling in rows {
            let telling = telling.map_err(self.said())?;
            let primary = |t: &TellingIn| t.language.split('-').next().unwrap_or_default().to_owned();
            if tellings.iter().all(|known| primary(known) != primary(&telling)) {
                tellings.push(telling);
            }
        }
        Ok(tellings)
    }
}

#[cfg(test)]
mod tests {
    use super::super::credits::agencies_asked;
    use super::super::heard::heard_of_asked;
    use super::{one, twice};
    use rusqlite::Connection;

    /// How SQLite goes about a question, in its own words.
    fn plan(sql: &str) -> String {
        let file = Connection::open_in_memory().expect("opens");
        file.execute_batch(include_str!("sql/desk.sql")).expect("the form is sound");
        let mut statement = file.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a question");
        let values = vec![rusqlite::types::Value::Null; statement.parameter_count()];
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3));
        rows.expect("asked").collect::<Result<Vec<_>, _>>().expect("read").join("; ")
    }

    #[test]
    fn what_is_asked_of_one_outlet_looks_at_no_other() {
        for (sql, index) in [
            (one(), "article_outlet (outlet=?)"),
            (twice(), "USING COVERING INDEX article_outlet (outlet=?"),
            (agencies_asked().to_owned(), "article_agencies (outlet=?)"),
            (heard_of_asked(), "article_outlet (outlet=?)"),
        ] {
            let plan = plan(&sql);
            assert!(plan.contains(index) && !plan.contains("SCAN article"), "{sql}: {plan}");
        }
        let of_all = plan("SELECT count(*) FROM article WHERE outlet IS NOT NULL AND (?1 IS NULL OR outlet = ?1)");
        assert!(of_all.contains("SCAN article") || of_all.contains("(outlet>?)"), "why it is not asked so: {of_all}");
    }
}
