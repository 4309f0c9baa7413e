//! What a desk's pages show, asked for by key: stories of a shelf, an article where it stands, the latest of all.

use super::desk::placed;
use super::read::{Reader, STORY_LINE, StoryLine};
use crate::pipeline::Placed;
use anyhow::Result;
use parallax_core::model::Article;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use std::collections::BTreeMap;

/// An article where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// Its id in short.
    pub key: String,
    /// With its annotations and its place.
    pub placed: Placed,
    /// Only what a feed says of it?
    pub is_entry: bool,
    /// How many texts of it came before.
    pub revision: u32,
    /// The texts that came before, oldest first.
    pub earlier: Vec<Article>,
}

/// An article in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ArticleLine {
    /// Its id.
    pub id: String,
    /// The id in short.
    pub key: String,
    /// The key of its story.
    pub story: String,
    /// How many outlets tell that.
    pub outlets: u64,
    /// Its outlet's name.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The contract's word for what sort of text it is.
    pub kind: String,
    /// The contract's word for how much of it could be read.
    pub access: String,
    /// Copies or rewrites none.
    pub is_original: bool,
    /// Minutes since 1970 UTC.
    pub published: Option<i64>,
}

impl Reader {
    /// The stories of a shelf that were published in or after a minute, the newest first.
    pub fn shelf(&self, shelf: &str, since: i64, most: usize) -> Result<Vec<StoryLine>> {
        let get = format!(
            "SELECT {STORY_LINE} FROM story WHERE shelf = ? AND coalesce(newest, 0) >= ? ORDER BY newest DESC, id LIMIT ?"
        );
        self.lines(&get, params![shelf, since, i64::try_from(most)?])
    }

    /// One story's line, by its id.
    pub fn story_line(&self, id: &str) -> Result<Option<StoryLine>> {
        let get = format!("SELECT {STORY_LINE} FROM story WHERE id = ?");
        Ok(self.lines(&get, [id])?.pop())
    }

    /// The last publication of all, in minutes since 1970 UTC.
    pub fn newest(&self) -> Result<Option<i64>> {
        let get = "SELECT max(newest) FROM story WHERE shelf = 'news'";
        self.connection.query_row(get, [], |row| row.get(0)).map_err(self.said())
    }

    /// Shelf → how many stories stand on it.
    pub fn shelves(&self) -> Result<BTreeMap<String, u64>> {
        let mut statement =
            self.connection.prepare_cached("SELECT shelf, count(*) FROM story GROUP BY shelf").map_err(self.said())?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())));
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// An article, by its id or key.
    pub fn article(&self, name: &str) -> Result<Option<Standing>> {
        let get = "SELECT key, extracted, understood, placement, entry, revision, id FROM article WHERE id = ?1
                   UNION ALL SELECT key, extracted, understood, placement, entry, revision, id FROM article WHERE key = ?1 LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| {
            let parts = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((row.get(0)?, parts, row.get(4)?, row.get(5)?, row.get::<_, String>(6)?))
        };
        let found = self.connection.prepare_cached(get).and_then(|mut s| s.query_row([name], row).optional());
        let Some((key, parts, is_entry, revision, id)) = found.map_err(self.said())? else { return Ok(None) };
        let earlier = "SELECT extracted FROM revision WHERE article = ? ORDER BY number";
        let mut statement = self.connection.prepare_cached(earlier).map_err(self.said())?;
        let rows = statement.query_map([id], |row| row.get::<_, Vec<u8>>(0)).map_err(self.said())?;
        let earlier = rows.map(|bytes| super::pack::thaw(&bytes.map_err(self.said())?)).collect::<Result<_>>()?;
        Ok(Some(Standing { key, placed: placed(&parts)?, is_entry, revision, earlier }))
    }

    /// The keys of a story's articles, at most so many.
    pub fn keys_of_story(&self, story: &str, most: usize) -> Result<Vec<String>> {
        let get = "SELECT key FROM article WHERE story = ? ORDER BY joined DESC LIMIT ?";
        let mut statement = self.connection.prepare_cached(get).map_err(self.said())?;
        let rows = statement.query_map(params![story, i64::try_from(most)?], |row| row.get(0));
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// The articles that came last.
    pub fn latest(&self, most: usize) -> Result<Vec<ArticleLine>> {
        self.articles("", [i64::try_from(most)?])
    }

    /// Articles of which something holds, the last to come first; its last value is how many.
    pub(super) fn articles(&self, which: &str, values: impl rusqlite::Params) -> Result<Vec<ArticleLine>> {
        let get = format!(
            "SELECT article.id, article.key, story.key, story.outlets, title, language, kind, access, original, published, outlet_name
             FROM article JOIN story ON story.id = article.story {which} ORDER BY article.founded DESC LIMIT ?"
        );
        let mut statement = self.connection.prepare_cached(&get).map_err(self.said())?;
        let rows = statement.query_map(values, |row| {
            Ok(ArticleLine {
                id: row.get(0)?,
                key: row.get(1)?,
                story: row.get(2)?,
                outlets: row.get::<_, i64>(3)?.unsigned_abs(),
                title: row.get(4)?,
                language: row.get(5)?,
                kind: row.get(6)?,
                access: row.get(7)?,
                is_original: row.get(8)?,
                published: row.get(9)?,
                outlet: row.get(10)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// Is there no article at all?
    pub fn is_empty(&self) -> Result<bool> {
        let any = self.connection.prepare_cached("SELECT 1 FROM article LIMIT 1").and_then(|mut s| s.exists([]));
        any.map(|any| !any).map_err(self.said())
    }
}
