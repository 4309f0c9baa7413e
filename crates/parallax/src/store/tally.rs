//! A story's articles → what is counted of them in its row: outlets, countries, languages, its shelf, its pace.

use super::desk::tell;
use super::pack::key;
use super::press::Seq;
use parallax_core::model::ArticleKind;
use rusqlite::{Transaction, params};
use std::collections::{BTreeMap, BTreeSet};

/// Outlets that first told of a story so many minutes before its last publication, or later, make its pace.
pub const PACE_MINUTES: i64 = 180;

/// What is counted of a story's articles.
#[derive(Default)]
struct Tally {
    articles: i64,
    separate: i64,
    founded: Option<Seq>,
    newest: Option<i64>,
    oldest: Option<i64>,
    revised: Option<i64>,
    outlets: BTreeSet<String>,
    /// When each outlet told it first.
    begun: BTreeMap<String, i64>,
    countries: BTreeSet<String>,
    languages: BTreeSet<String>,
    kinds: BTreeMap<String, u32>,
}

impl Tally {
    fn add(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        let founded: Seq = row.get(0)?;
        self.articles += 1;
        self.founded = Some(self.founded.map_or(founded, |f| f.min(founded)));
        let (outlet, published): (Option<String>, Option<i64>) = (row.get(1)?, row.get(6)?);
        if let (Some(outlet), Some(at)) = (&outlet, published) {
            self.begun.entry(outlet.clone()).and_modify(|first| *first = at.min(*first)).or_insert(at);
        }
        self.outlets.extend(outlet);
        self.countries.extend(row.get::<_, Option<String>>(2)?);
        self.languages.extend(row.get::<_, Option<String>>(3)?);
        *self.kinds.entry(row.get(4)?).or_default() += 1;
        self.separate += row.get::<_, i64>(5)?;
        self.newest = self.newest.max(published);
        self.oldest = [self.oldest, published].into_iter().flatten().min();
        let (revision, updated): (i64, Option<i64>) = (row.get(7)?, row.get(8)?);
        self.revised = self.revised.max(updated.filter(|_| revision > 0));
        Ok(())
    }

    /// How many outlets told it first within [`PACE_MINUTES`] of its last publication.
    fn lately(&self) -> i64 {
        let since = self.newest.map(|newest| newest - PACE_MINUTES);
        let lately = self.begun.values().filter(|begun| since.is_some_and(|since| **begun >= since)).count();
        i64::try_from(lately).unwrap_or(i64::MAX)
    }

    /// The news where one article of it is; else that of the kind most of them are of.
    fn shelf(&self) -> &str {
        let apart = |kind: &str| APART.iter().any(|k| k.word() == kind);
        if self.kinds.keys().any(|kind| !apart(kind)) {
            return "news";
        }
        self.kinds.iter().rev().max_by_key(|(_, times)| **times).map_or("news", |(kind, _)| kind)
    }
}

/// Kinds that stand on shelves of their own: what is of them alone is no news.
pub(super) const APART: &[ArticleKind] = &[
    ArticleKind::Opinion,
    ArticleKind::Results,
    ArticleKind::Weather,
    ArticleKind::Markets,
    ArticleKind::Live,
    ArticleKind::Listing,
];

/// Counts anew the articles, outlets, countries and languages of a story that changed at a place in the log; takes it away where none is left.
pub(super) fn refresh(transaction: &Transaction<'_>, story: &str, changed: Seq) -> rusqlite::Result<()> {
    let mut tally = Tally::default();
    let get = "SELECT joined, outlet, country, language, kind, original, published, revision, updated FROM article WHERE story = ?";
    let mut statement = transaction.prepare_cached(get)?;
    let mut rows = statement.query([story])?;
    while let Some(row) = rows.next()? {
        tally.add(row)?;
    }
    if tally.articles == 0 {
        transaction.prepare_cached("DELETE FROM story WHERE id = ?")?.execute([story])?;
        return tell(transaction, "story", story, changed);
    }
    let list = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let put = "INSERT INTO story (id, key, founded, changed, compared, articles, outlets, separate, shelf, newest, oldest, lately,
                   revised, countries, languages)
               VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET founded = excluded.founded, changed = excluded.changed, articles = excluded.articles,
                   outlets = excluded.outlets, separate = excluded.separate, shelf = excluded.shelf, newest = excluded.newest,
                   oldest = excluded.oldest, lately = excluded.lately, revised = excluded.revised,
                   countries = excluded.countries, languages = excluded.languages";
    transaction.prepare_cached(put)?.execute(params![
        story,
        key(story),
        tally.founded,
        changed,
        tally.articles,
        i64::try_from(tally.outlets.len()).unwrap_or(i64::MAX),
        tally.separate,
        tally.shelf(),
        tally.newest,
        tally.oldest,
        tally.lately(),
        tally.revised,
        list(&tally.countries),
        list(&tally.languages)
    ])?;
    tell(transaction, "story", story, changed)
}
