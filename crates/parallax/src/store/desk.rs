//! The derived: articles, stories and comparisons, committed together with the place in the log they follow from.

use super::credits;
use super::fingerprint::Fingerprint;
use super::heard;
use super::pack::{Hash, freeze, key, thaw};
use super::press::{Press, Seq, twin};
use super::sqlite::{self, said};
use super::tally::refresh;
use crate::desk::Sealed;
use crate::pipeline::Placed;
use anyhow::{Context, Result};
use parallax_core::group::Grouper;
use parallax_core::model::{Annotations, Article, ArticleId, Derivation, Moment, Placement, Problem, Stage, StoryId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const FORM: &str = include_str!("sql/desk.sql");

/// The derived state, open for writing.
pub struct DeskFile {
    connection: Connection,
    path: PathBuf,
}

/// Where an article's text is from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// Its page, or a document.
    Page,
    /// Only what a feed says of it.
    Entry,
}

/// What one record of the log became.
#[derive(Debug)]
pub enum Outcome {
    /// An article not seen before.
    Founded(Box<Placed>, Source),
    /// Another text of an article that is there, which keeps its place.
    Revised(Box<Placed>, Source),
    /// The page of an article of which only a feed had told: placed anew, out of that story.
    PlacedAgain(Box<Placed>, StoryId),
    /// The text that is there already, under another name.
    Repeated,
    /// What a feed says of an article whose page is here.
    Less,
    /// Nothing could be read.
    Failed(Problem),
    /// Nothing to read: a removal.
    Passed,
}

/// A placing, as it is done again where what the grouper held is lost.
pub struct Step {
    /// Its place in the log.
    pub seq: Seq,
    /// The story it left, if it was there before by what a feed said of it.
    pub left: Option<StoryId>,
    /// The article.
    pub article: Article,
    /// What it says.
    pub annotations: Annotations,
}

/// A story's comparison.
#[derive(Debug)]
pub struct Compared {
    /// The story.
    pub story: StoryId,
    /// The last change that is in it.
    pub of: Seq,
    /// Its headline.
    pub headline: Option<String>,
    /// The contract's JSON, packed.
    packed: Vec<u8>,
}

impl Compared {
    /// Of a story as it was at `of`.
    ///
    /// # Errors
    /// It cannot be packed.
    pub fn new(story: StoryId, of: Seq, json: &serde_json::Value) -> Result<Self> {
        let headline = json["headline"].as_str().map(str::to_owned);
        Ok(Compared { story, of, headline, packed: super::pack::pack(&serde_json::to_vec(json)?)? })
    }
}

impl DeskFile {
    /// Opens the derived state if these very code and data made it; `None` where there is none or others did.
    pub fn open(path: &Path, fingerprint: Fingerprint) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        let desk = DeskFile { connection: sqlite::open(path)?, path: path.to_owned() };
        // A power cut may take the last transactions, never a part of one: `applied` goes with them, and they follow from the log again.
        sqlite::set(&desk.connection, path, "synchronous", "NORMAL")?;
        let made = desk.meta("whole")?;
        Ok((made.as_deref() == Some(fingerprint.whole)).then_some(desk))
    }

    /// Opens the derived state whoever made it; `None` where there is none.
    pub fn open_any(path: &Path) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        Ok(Some(DeskFile { connection: sqlite::open_to_read(path)?, path: path.to_owned() }))
    }

    /// Makes a new one, empty.
    pub fn create(path: &Path, fingerprint: Fingerprint) -> Result<Self> {
        let connection = sqlite::open(path)?;
        // One that is not finished is built anew; when it is, it is copied into its place.
        sqlite::set(&connection, path, "synchronous", "OFF")?;
        connection.execute_batch(FORM).map_err(|e| said(e, path))?;
        let desk = DeskFile { connection, path: path.to_owned() };
        for (key, value) in [
            ("extract", fingerprint.extract),
            ("understand", fingerprint.understand),
            ("whole", fingerprint.whole),
            ("applied", "0"),
        ] {
            desk.set(key, value)?;
        }
        Ok(desk)
    }

    fn meta(&self, key: &str) -> Result<Option<String>> {
        let there = "SELECT 1 FROM sqlite_schema WHERE name = 'meta'";
        let get = || {
            if !self.connection.prepare(there)?.exists([])? {
                return Ok(None);
            }
            self.connection.query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0)).optional()
        };
        get().map_err(|e| said(e, &self.path))
    }

    fn set(&self, key: &str, value: &str) -> Result<()> {
        set(&self.connection, key, value).map_err(|e| said(e, &self.path))
    }

    /// The last place in the log that is in here.
    pub fn applied(&self) -> Result<Seq> {
        Ok(self.meta("applied")?.and_then(|seq| seq.parse().ok()).unwrap_or(0))
    }

    /// Does the database hold together?
    pub fn check(&self) -> Result<()> {
        let told: String = self
            .connection
            .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
            .map_err(|e| said(e, &self.path))?;
        anyhow::ensure!(told == "ok", "{} is damaged: {told}", self.path.display());
        Ok(())
    }

    /// Of an article: the hash of what its present text was read from, what that was, and its place.
    pub fn article(&self, id: &str) -> Result<Option<(Hash, Source, Placement)>> {
        let get = "SELECT hash, entry, placement FROM article WHERE id = ?";
        let row = |row: &rusqlite::Row<'_>| {
            let source = if row.get(1)? { Source::Entry } else { Source::Page };
            Ok((row.get(0)?, source, row.get::<_, Vec<u8>>(2)?))
        };
        let found = self.connection.prepare_cached(get).and_then(|mut s| s.query_row([id], row).optional());
        let found = found.map_err(|e| said(e, &self.path))?;
        found.map(|(hash, source, placement)| Ok((hash, source, thaw(&placement)?))).transpose()
    }

    /// The first so many articles of a story, in the order in which they came, still packed.
    pub fn members(&self, story: &str, most: usize) -> Result<Members> {
        members(&self.connection, &self.path, story, most)
    }

    /// What was read at a place in the log: an article, or why there is none; `None` where nothing of it is here.
    pub fn read_at(&self, seq: Seq) -> Result<Option<Sealed>> {
        let article =
            "SELECT extracted FROM article WHERE latest = ?1 UNION ALL SELECT extracted FROM revision WHERE seq = ?1";
        let failed = "SELECT document, message, remedy FROM problem WHERE seq = ? AND number = 0";
        let ask = || {
            let extracted: Option<Vec<u8>> = self.connection.query_row(article, [seq], |row| row.get(0)).optional()?;
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            let told: Option<(Option<String>, String, String)> =
                self.connection.query_row(failed, [seq], row).optional()?;
            Ok((extracted, told))
        };
        Ok(match ask().map_err(|e| said(e, &self.path))? {
            (Some(extracted), _) => Some(Sealed::Article(Box::new(thaw(&extracted)?))),
            (None, Some((document, message, remedy))) => {
                Some(Sealed::Problem(Problem { stage: Stage::Extract, document, message, remedy }))
            }
            (None, None) => None,
        })
    }

    /// How many stories' comparisons are behind.
    pub fn count_due(&self) -> Result<u64> {
        let get = "SELECT count(*) FROM story WHERE compared < changed";
        let count: i64 = self.connection.query_row(get, [], |row| row.get(0)).map_err(|e| said(e, &self.path))?;
        Ok(count.unsigned_abs())
    }

    /// What is to go with an address or an outlet's domain: how many articles, and the keys they came under.
    pub fn keys_of(&self, what: &str, press: &Press) -> Result<(usize, Vec<String>)> {
        let get = "SELECT latest FROM article WHERE id IN (?1, ?2) OR outlet = ?1 UNION SELECT seq FROM revision
                   WHERE article IN (SELECT id FROM article WHERE id IN (?1, ?2) OR outlet = ?1)";
        let count = "SELECT count(*) FROM article WHERE id IN (?1, ?2) OR outlet = ?1";
        let values = [what, &twin(what)];
        let ask = || {
            let mut statement = self.connection.prepare(get)?;
            let seqs = statement.query_map(values, |row| row.get(0))?.collect::<rusqlite::Result<Vec<Seq>>>()?;
            Ok((self.connection.query_row(count, values, |row| row.get::<_, i64>(0))?, seqs))
        };
        let (articles, seqs) = ask().map_err(|e| said(e, &self.path))?;
        let mut keys = press.keys(&seqs)?;
        keys.push(what.to_owned());
        Ok((usize::try_from(articles)?, keys))
    }

    /// Stories whose comparison is behind their articles: (story, what it is behind of), the one that waited longest first.
    pub fn due(&self, most: usize) -> Result<Vec<(StoryId, Seq)>> {
        let get = "SELECT id, changed FROM story WHERE compared < changed ORDER BY changed LIMIT ?";
        let mut statement = self.connection.prepare_cached(get).map_err(|e| said(e, &self.path))?;
        let rows =
            statement.query_map([i64::try_from(most)?], |row| Ok((StoryId(ArticleId(row.get(0)?)), row.get(1)?)));
        rows.and_then(Iterator::collect).map_err(|e| said(e, &self.path))
    }

    /// Takes in what records of the log became, in their order, all or nothing.
    pub fn commit(&mut self, outcomes: &[(Seq, Hash, Outcome)]) -> Result<()> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|e| said(e, &path))?;
        let mut touched = BTreeMap::new();
        for (seq, hash, outcome) in outcomes {
            take(&transaction, *seq, hash, outcome, &mut touched).with_context(|| format!("at {seq} of the log"))?;
        }
        let finish = || -> rusqlite::Result<()> {
            touched.iter().try_for_each(|(story, at)| refresh(&transaction, story, *at))?;
            if let Some((seq, _, _)) = outcomes.last() {
                set(&transaction, "applied", &seq.to_string())?;
            }
            Ok(())
        };
        finish().and_then(|()| transaction.commit()).map_err(|e| said(e, &path))
    }

    /// Takes in comparisons of stories, all or nothing.
    pub fn commit_comparisons(&mut self, comparisons: &[Compared]) -> Result<()> {
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.connection.transaction()?;
            for Compared { story, of, headline, packed } in comparisons {
                transaction
                    .prepare_cached("UPDATE story SET compared = ?, headline = ?, comparison = ? WHERE id = ?")?
                    .execute(params![of, headline, packed, story.0.0])?;
                tell(&transaction, "comparison", &story.0.0, *of)?;
            }
            transaction.commit()
        };
        write().map_err(|e| said(e, &path))
    }

    /// Keeps what the grouper holds after a place in the log.
    pub fn keep_grouper(&mut self, seq: Seq, grouper: &Grouper) -> Result<()> {
        let state = freeze(grouper)?;
        let path = self.path.clone();
        let mut write = || {
            let transaction = self.connection.transaction()?;
            transaction.execute("DELETE FROM grouper", [])?;
            transaction.execute("INSERT INTO grouper (seq, state) VALUES (?, ?)", params![seq, state])?;
            transaction.commit()
        };
        write().map_err(|e| said(e, &path))
    }

    /// The grouper as it was last kept, and after which place.
    pub fn grouper(&self) -> Result<Option<(Seq, Grouper)>> {
        let get = "SELECT seq, state FROM grouper";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Seq>(0)?, row.get::<_, Vec<u8>>(1)?));
        let found = self.connection.query_row(get, [], row).optional().map_err(|e| said(e, &self.path))?;
        // One that cannot be read is made anew from the articles.
        Ok(found.and_then(|(seq, state)| Some((seq, thaw(&state).ok()?))))
    }

    /// The articles placed after a place, at most so many, in order, with the text they were placed by. Other revisions move none.
    pub fn placed_after(&self, seq: Seq, most: usize) -> Result<Vec<Step>> {
        let get = "SELECT place.at, place.left_story, coalesce(revision.extracted, article.extracted),
                       coalesce(revision.understood, article.understood)
                   FROM (SELECT founded AS at, NULL AS left_story, id FROM article WHERE founded > ?1
                         UNION ALL SELECT placed, left_story, id FROM article WHERE placed > ?1
                         ORDER BY 1 LIMIT ?2) AS place
                   JOIN article ON article.id = place.id
                   LEFT JOIN revision ON revision.article = place.id AND revision.seq = place.at
                   ORDER BY place.at";
        let mut statement = self.connection.prepare_cached(get).map_err(|e| said(e, &self.path))?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok((row.get(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Vec<u8>>(2)?, row.get::<_, Vec<u8>>(3)?))
        };
        let rows = statement.query_map(params![seq, i64::try_from(most)?], row).map_err(|e| said(e, &self.path))?;
        rows.map(|row| {
            let (seq, left, extracted, understood) = row.map_err(|e| said(e, &self.path))?;
            let left = left.map(|left| StoryId(ArticleId(left)));
            Ok(Step { seq, left, article: thaw(&extracted)?, annotations: thaw(&understood)? })
        })
        .collect()
    }

    /// What these stages had read from a content at a place in the log; `None` where other stages made this desk, or it has nothing.
    pub fn cached(&self, seq: Seq, hash: &Hash) -> Option<(Article, Annotations)> {
        let get = "SELECT extracted, understood FROM article WHERE latest = ?1 AND hash = ?2
                   UNION ALL SELECT extracted, understood FROM revision WHERE seq = ?1 AND hash = ?2";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?));
        let (extracted, understood) =
            self.connection.prepare_cached(get).ok()?.query_row(params![seq, hash], row).ok()?;
        Some((thaw(&extracted).ok()?, thaw(&understood).ok()?))
    }

    /// The stages that made it.
    pub fn made_by(&self) -> Result<(Option<String>, Option<String>)> {
        Ok((self.meta("extract")?, self.meta("understand")?))
    }
}

pub(super) type Parts = (Vec<u8>, Vec<u8>, Vec<u8>);

pub(super) fn placed((extracted, understood, placement): &Parts) -> Result<Placed> {
    Ok(Placed { article: thaw(extracted)?, annotations: thaw(understood)?, placement: thaw(placement)? })
}

/// Articles of a story as the file has them.
pub struct Members(Vec<Parts>);

impl Members {
    /// The articles: work for whichever thread has time for it.
    ///
    /// # Errors
    /// One is damaged.
    pub fn unpack(&self) -> Result<Vec<Placed>> {
        self.0.iter().map(placed).collect()
    }
}

/// The first so many articles of a story, in the order in which they came.
pub(super) fn members(connection: &Connection, path: &Path, story: &str, most: usize) -> Result<Members> {
    let get = "SELECT extracted, understood, placement FROM article WHERE story = ? ORDER BY joined LIMIT ?";
    let mut statement = connection.prepare_cached(get).map_err(|e| said(e, path))?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows = statement.query_map(params![story, i64::try_from(most)?], row).map_err(|e| said(e, path))?;
    Ok(Members(rows.collect::<rusqlite::Result<_>>().map_err(|e| said(e, path))?))
}

fn set(connection: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    let put = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2";
    connection.prepare_cached(put)?.execute([key, value]).map(drop)
}

pub(super) fn tell(transaction: &Transaction<'_>, what: &str, id: &str, seq: Seq) -> rusqlite::Result<()> {
    let put = "INSERT INTO change (what, id, seq) VALUES (?, ?, ?)";
    transaction.prepare_cached(put)?.execute(params![what, id, seq]).map(drop)
}

fn take(
    transaction: &Transaction<'_>,
    seq: Seq,
    hash: &Hash,
    outcome: &Outcome,
    touched: &mut BTreeMap<String, Seq>,
) -> Result<()> {
    match outcome {
        Outcome::Founded(held, source) => {
            put_article(transaction, &Texts::first(seq), hash, held, *source)?;
            tell(transaction, "article", &held.article.id.0, seq)?;
            touched.insert(held.placement.story.0.0.clone(), seq);
            put_problems(transaction, seq, held)?;
        }
        Outcome::Revised(held, source) => {
            let texts = Texts { latest: seq, ..keep_revision(transaction, held)? };
            revise(transaction, &texts, hash, (held, *source), touched)?;
        }
        Outcome::PlacedAgain(held, left) => {
            let before = keep_revision(transaction, held)?;
            let is_founder = held.placement.story.0 == held.article.id;
            // A founder was there before those who joined it.
            let joined = if is_founder || held.placement.story == *left { before.joined } else { seq };
            let texts = Texts { latest: seq, joined, placed: Some(seq), left: Some(left.0.0.clone()), ..before };
            revise(transaction, &texts, hash, (held, Source::Page), touched)?;
            touched.insert(left.0.0.clone(), seq);
        }
        Outcome::Failed(problem) => put_problem(transaction, seq, 0, problem, None)?,
        Outcome::Repeated | Outcome::Less | Outcome::Passed => {}
    }
    Ok(())
}

/// Where an article's texts stand in the log.
struct Texts {
    founded: Seq,
    latest: Seq,
    joined: Seq,
    placed: Option<Seq>,
    left: Option<String>,
    revision: u32,
}

impl Texts {
    fn first(seq: Seq) -> Self {
        Texts { founded: seq, latest: seq, joined: seq, placed: None, left: None, revision: 0 }
    }
}

/// Keeps an article's present text as one that came before. Gives where its texts stand with one more.
fn keep_revision(transaction: &Transaction<'_>, held: &Placed) -> Result<Texts> {
    let keep = "INSERT INTO revision (article, number, seq, hash, extracted, understood)
                SELECT id, revision, latest, hash, extracted, understood FROM article WHERE id = ?";
    transaction.prepare_cached(keep)?.execute([&held.article.id.0])?;
    let get = "SELECT founded, latest, joined, placed, left_story, revision + 1 FROM article WHERE id = ?";
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Texts {
            founded: row.get(0)?,
            latest: row.get(1)?,
            joined: row.get(2)?,
            placed: row.get(3)?,
            left: row.get(4)?,
            revision: row.get(5)?,
        })
    };
    Ok(transaction.prepare_cached(get)?.query_row([&held.article.id.0], row)?)
}

/// Puts another text of an article in the present one's place.
fn revise(
    transaction: &Transaction<'_>,
    texts: &Texts,
    hash: &Hash,
    (held, source): (&Placed, Source),
    touched: &mut BTreeMap<String, Seq>,
) -> Result<()> {
    let seq = texts.latest;
    put_article(transaction, texts, hash, held, source)?;
    tell(transaction, "revision", &held.article.id.0, seq)?;
    touched.insert(held.placement.story.0.0.clone(), seq);
    put_problems(transaction, seq, held)
}

fn put_article(transaction: &Transaction<'_>, texts: &Texts, hash: &Hash, held: &Placed, source: Source) -> Result<()> {
    let put = "INSERT INTO article (id, key, founded, latest, joined, placed, left_story, revision, hash, story, outlet, outlet_name, country,
                   language, kind, access, original, entry, published, updated, title, about, carrier, agencies, extracted, understood, placement)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE SET latest = excluded.latest, joined = excluded.joined, placed = excluded.placed,
                   left_story = excluded.left_story, revision = excluded.revision, hash = excluded.hash, story = excluded.story,
                   outlet = excluded.outlet, outlet_name = excluded.outlet_name, country = excluded.country, language = excluded.language, kind = excluded.kind,
                   access = excluded.access, original = excluded.original, entry = excluded.entry, published = excluded.published,
                   updated = excluded.updated, title = excluded.title, about = excluded.about,
                   carrier = excluded.carrier, agencies = excluded.agencies,
                   extracted = excluded.extracted, understood = excluded.understood, placement = excluded.placement";
    let Placed { article, annotations, placement } = held;
    let outlet = article.outlet.as_ref();
    transaction.prepare_cached(put)?.execute(params![
        article.id.0,
        key(&article.id.0),
        texts.founded,
        texts.latest,
        texts.joined,
        texts.placed,
        texts.left,
        texts.revision,
        hash,
        placement.story.0.0,
        outlet.and_then(|o| o.domain.as_deref().or(o.name.as_deref())),
        outlet.and_then(|o| o.name.as_deref()),
        outlet.and_then(|o| o.country.as_deref()),
        annotations.language.as_deref().or(article.language.as_deref()),
        article.kind.word(),
        article.access.word(),
        placement.derivation == Derivation::Original,
        source == Source::Entry,
        article.published.as_ref().map(Moment::minutes),
        article.updated.as_ref().map(Moment::minutes),
        article.title,
        heard::about(article, annotations),
        credits::carrier(article),
        credits::agencies(article),
        freeze(article)?,
        freeze(annotations)?,
        freeze(placement)?,
    ])?;
    Ok(())
}

fn put_problems(transaction: &Transaction<'_>, seq: Seq, held: &Placed) -> Result<()> {
    let outlet = held.article.outlet.as_ref().and_then(|o| o.domain.as_deref().or(o.name.as_deref()));
    for (number, problem) in (0..).zip(held.article.problems.iter().chain(&held.annotations.problems)) {
        put_problem(transaction, seq, number, problem, outlet)?;
    }
    Ok(())
}

fn put_problem(
    transaction: &Transaction<'_>,
    seq: Seq,
    number: i64,
    problem: &Problem,
    outlet: Option<&str>,
) -> Result<()> {
    let put =
        "INSERT INTO problem (seq, number, stage, document, outlet, message, remedy) VALUES (?, ?, ?, ?, ?, ?, ?)";
    let Problem { stage, document, message, remedy } = problem;
    transaction.prepare_cached(put)?.execute(params![seq, number, stage.word(), document, outlet, message, remedy])?;
    Ok(())
}
