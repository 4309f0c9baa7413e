//! The ground: an append-only log of what came in, each thing once, with its content; the only file with migrations.

use super::pack::{self, Hash, hash};
use super::sqlite::{self, said};
use super::{Seconds, Subscription};
use crate::limits::LINE_BYTES;
use anyhow::{Context, Result, bail};
use parallax_core::limits::PAGE_BYTES;
use parallax_core::model::{Outlet, Problem};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Each brings the file from one version to the next. Only ever added to.
const MIGRATIONS: &[&str] = &[include_str!("sql/press-1.sql")];
/// "Plxp": whose file it is (SQLite's `application_id`).
const OURS: i64 = 0x506c_7870;

/// Place in the log: what comes later has a greater one.
pub type Seq = i64;

/// What sort of thing came in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A page as received.
    Page,
    /// A document whose text somebody else cut out, as JSON.
    Document,
    /// An article as `extract` printed it, as JSON.
    Article,
    /// An entry of a feed whose page was not fetched, as JSON.
    Entry,
    /// A feed that is followed, or no more, as JSON.
    Subscription,
    /// An article or outlet that must go, and stay away.
    Removal,
}

impl Kind {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Document => "document",
            Kind::Article => "article",
            Kind::Entry => "entry",
            Kind::Subscription => "subscription",
            Kind::Removal => "removal",
        }
    }

    fn of(word: &str) -> Option<Self> {
        const ALL: [Kind; 6] =
            [Kind::Page, Kind::Document, Kind::Article, Kind::Entry, Kind::Subscription, Kind::Removal];
        ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What is known of a thing besides its content.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Meta {
    /// The address it was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A page saved as text, not markup.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub plain: bool,
    /// The charset of its `Content-Type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Who publishes the feed that it was found in, as whoever follows the feed says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Outlet>,
    /// When it was last changed, as its feed said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<String>,
    /// When it was published, as its feed said: for a page that doesn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// What was odd about its coming.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// Something to be kept.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// What it is.
    pub kind: Kind,
    /// The address, path or id it came under.
    pub key: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// What is known of it besides.
    pub meta: Meta,
}

/// Something kept.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its place in the log.
    pub seq: Seq,
    /// When it came.
    pub at: Seconds,
    /// What it is.
    pub kind: Kind,
    /// The address, path or id it came under.
    pub key: String,
    /// Its content; `None` where the file is damaged there, or it never had one.
    pub bytes: Option<Vec<u8>>,
    /// What its content had as hash when it came in.
    pub hash: Hash,
    /// What is known of it besides.
    pub meta: Meta,
    /// Is the content no longer what came in, but the article that was read from it?
    pub sealed: bool,
}

/// The log, open for writing.
pub struct Press {
    connection: Connection,
    path: PathBuf,
}

/// A page that is kept as it came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Its place in the log.
    pub seq: Seq,
    /// When it came, microseconds since 1970 UTC.
    pub at: i64,
    /// Its size, packed.
    pub bytes: u64,
}

/// How much there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Things in the log.
    pub records: u64,
    /// Bytes of their contents, packed.
    pub bytes: u64,
    /// The last place in the log.
    pub last: Seq,
}

impl Press {
    /// Opens the log and brings it to the newest version; makes it where there is none.
    ///
    /// # Errors
    /// The file cannot be used, or a newer program wrote it.
    pub fn open(path: &Path) -> Result<Self> {
        let mut connection = sqlite::open(path)?;
        migrate(&mut connection, path)?;
        Ok(Press { connection, path: path.to_owned() })
    }

    /// Opens the log to look at.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn open_to_read(path: &Path) -> Result<Self> {
        Ok(Press { connection: sqlite::open_to_read(path)?, path: path.to_owned() })
    }

    /// Keeps what is new, in order, in one transaction: either all of it is there afterwards or nothing. What was kept before under the
    /// same key is not kept again, nor what was removed. Gives how many were new.
    pub fn append(&mut self, arrivals: &[Arrival]) -> Result<usize> {
        let path = self.path.clone();
        self.try_append(arrivals).map_err(|error| match error.downcast::<rusqlite::Error>() {
            Ok(error) => said(error, &path),
            Err(error) => error,
        })
    }

    fn try_append(&mut self, arrivals: &[Arrival]) -> Result<usize> {
        let transaction = self.connection.transaction()?;
        let mut new = 0;
        for arrival in arrivals {
            new += usize::from(append_one(&transaction, arrival)?);
        }
        transaction.commit()?;
        Ok(new)
    }

    /// The next things after a place, at most so many and about so many bytes of them.
    pub fn after(&self, seq: Seq, most: usize, bytes: usize) -> Result<Vec<Record>> {
        let path = &self.path;
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, kind, key, hash, meta, sealed, at FROM log WHERE seq > ? ORDER BY seq LIMIT ?")
            .map_err(|e| said(e, path))?;
        let mut rows = statement.query(params![seq, i64::try_from(most)?]).map_err(|e| said(e, path))?;
        let mut records = Vec::new();
        let mut so_far = 0;
        while let Some(row) = rows.next().map_err(|e| said(e, path))? {
            let record = self.record(row).with_context(|| format!("in {}", path.display()))?;
            so_far += record.bytes.as_ref().map_or(0, Vec::len);
            records.push(record);
            if so_far >= bytes {
                break;
            }
        }
        Ok(records)
    }

    fn record(&self, row: &rusqlite::Row<'_>) -> Result<Record> {
        let kind: String = row.get(1)?;
        let kind = Kind::of(&kind).with_context(|| format!("there is a “{kind}”, which this version does not know"))?;
        let hash: Option<Vec<u8>> = row.get(3)?;
        let meta: String = row.get(4)?;
        let sealed = row.get::<_, Option<i64>>(5)?.is_some();
        let hash: Hash = hash.and_then(|h| h.try_into().ok()).unwrap_or_default();
        Ok(Record {
            seq: row.get(0)?,
            at: row.get(6)?,
            kind,
            key: row.get(2)?,
            bytes: self.content(&hash, sealed),
            hash,
            meta: serde_json::from_str(&meta).unwrap_or_default(),
            sealed,
        })
    }

    /// A content by its hash; `None` where it is not to be had as it was.
    fn content(&self, wanted: &Hash, sealed: bool) -> Option<Vec<u8>> {
        let get = "SELECT bytes FROM blob WHERE hash = ?";
        let packed: Vec<u8> = self.connection.prepare_cached(get).ok()?.query_row([wanted], |row| row.get(0)).ok()?;
        let bytes = pack::unpack(&packed, PAGE_BYTES.max(LINE_BYTES)).ok()?;
        (sealed || hash(&bytes) == *wanted).then_some(bytes)
    }

    /// Takes every record that came under one of these keys out of the file, and notes that `what` stays away.
    pub fn remove(&mut self, what: &str, keys: &[String]) -> Result<usize> {
        let path = self.path.clone();
        self.try_remove(what, keys).map_err(|error| said(error, &path))
    }

    fn try_remove(&mut self, what: &str, keys: &[String]) -> rusqlite::Result<usize> {
        let transaction = self.connection.transaction()?;
        let mut removed = 0;
        for key in keys {
            let gone = "DELETE FROM log WHERE key IN (?1, ?2) AND kind <> 'removal'";
            removed += transaction.execute(gone, [key, &twin(key)])?;
        }
        transaction.execute("DELETE FROM blob WHERE hash NOT IN (SELECT hash FROM log WHERE hash IS NOT NULL)", [])?;
        let at = now(&transaction)?;
        transaction.execute(
            "INSERT INTO log (at, kind, key, meta) SELECT ?1, 'removal', ?2, '{}'
             WHERE NOT EXISTS (SELECT 1 FROM log WHERE kind = 'removal' AND key = ?2)",
            params![at, what],
        )?;
        transaction.commit()?;
        // What the write-ahead log still holds of it goes too.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(removed)
    }

    /// The keys that records came under.
    pub fn keys(&self, seqs: &[Seq]) -> Result<Vec<String>> {
        let mut keys = Vec::new();
        for seq in seqs {
            let get = self.connection.prepare_cached("SELECT key FROM log WHERE seq = ?");
            let key = get.and_then(|mut s| s.query_row([seq], |row| row.get(0)).optional());
            keys.extend(key.map_err(|e| said(e, &self.path))?);
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    /// The key under which a thing came first, be its address spelled `http` or `https`; `None` where nothing has come.
    pub fn known_as(&self, key: &str) -> Result<Option<String>> {
        known_as(&self.connection, key).map_err(|e| said(e, &self.path))
    }

    /// What is known of the latest text under this key besides its content.
    pub fn meta_of(&self, key: &str) -> Result<Option<Meta>> {
        let get = "SELECT meta FROM log WHERE key IN (?1, ?2) AND kind IN ('page', 'entry') ORDER BY seq DESC LIMIT 1";
        let values = [key, &twin(key)];
        let found =
            self.connection.prepare_cached(get).and_then(|mut s| s.query_row(values, |row| row.get(0)).optional());
        let meta: Option<String> = found.map_err(|e| said(e, &self.path))?;
        Ok(meta.and_then(|meta| serde_json::from_str(&meta).ok()))
    }

    /// The feeds that are followed: the last word on each.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>> {
        let get = "SELECT hash FROM log WHERE kind = 'subscription' AND seq IN
                   (SELECT max(seq) FROM log WHERE kind = 'subscription' GROUP BY key) ORDER BY seq";
        let ask = || -> rusqlite::Result<Vec<Hash>> {
            self.connection.prepare(get)?.query_map([], |row| row.get(0))?.collect()
        };
        let hashes = ask().map_err(|e| said(e, &self.path))?;
        let said = hashes.iter().filter_map(|hash| self.content(hash, false));
        let read = said.filter_map(|bytes| serde_json::from_slice::<Subscription>(&bytes).ok());
        Ok(read.filter(|subscription| subscription.followed).collect())
    }

    /// What was removed and stays away.
    pub fn removals(&self) -> Result<Vec<String>> {
        let get = "SELECT key FROM log WHERE kind = 'removal' ORDER BY seq";
        let mut statement = self.connection.prepare(get).map_err(|e| said(e, &self.path))?;
        let keys = statement.query_map([], |row| row.get(0)).and_then(Iterator::collect);
        keys.map_err(|e| said(e, &self.path))
    }

    /// Puts the article that was read from a page in its page's place.
    pub fn seal(&mut self, seq: Seq, article: &[u8]) -> Result<()> {
        let path = self.path.clone();
        let packed = pack::pack(article)?;
        let mut seal = || {
            let transaction = self.connection.transaction()?;
            let at = now(&transaction)?;
            let hash: Vec<u8> = transaction.query_row("SELECT hash FROM log WHERE seq = ?", [seq], |row| row.get(0))?;
            transaction.execute("UPDATE log SET sealed = ? WHERE hash = ?", params![at, hash])?;
            let size = i64::try_from(article.len()).unwrap_or(i64::MAX);
            transaction.execute("UPDATE blob SET bytes = ?, size = ? WHERE hash = ?", params![packed, size, hash])?;
            transaction.commit()
        };
        seal().map_err(|e| said(e, &path))
    }

    /// Sets the clock of a record back, as if time had passed.
    #[cfg(test)]
    pub fn pretend_came_at(&mut self, seq: Seq, at: i64) -> Result<()> {
        let set = self.connection.execute("UPDATE log SET at = ? WHERE seq = ?", [at, seq]);
        set.map(drop).map_err(|e| said(e, &self.path))
    }

    /// Pages that are not sealed, oldest first.
    pub fn unsealed(&self) -> Result<Vec<Kept>> {
        let get = "SELECT log.seq, log.at, length(blob.bytes) FROM log JOIN blob USING (hash)
                   WHERE log.kind = 'page' AND log.sealed IS NULL ORDER BY log.seq";
        let mut statement = self.connection.prepare(get).map_err(|e| said(e, &self.path))?;
        let rows = statement.query_map([], |row| {
            Ok(Kept { seq: row.get(0)?, at: row.get(1)?, bytes: row.get::<_, i64>(2)?.unsigned_abs() })
        });
        rows.and_then(Iterator::collect).map_err(|e| said(e, &self.path))
    }

    /// How much there is.
    pub fn size(&self) -> Result<Size> {
        let get = "SELECT (SELECT count(*) FROM log), (SELECT coalesce(sum(length(bytes)), 0) FROM blob),
                   (SELECT coalesce(max(seq), 0) FROM log)";
        let size = self.connection.query_row(get, [], |row| {
            Ok(Size {
                records: row.get::<_, i64>(0)?.unsigned_abs(),
                bytes: row.get::<_, i64>(1)?.unsigned_abs(),
                last: row.get(2)?,
            })
        });
        size.map_err(|e| said(e, &self.path))
    }

    /// The last place in the log; 0 where nothing came yet.
    pub fn last(&self) -> Result<Seq> {
        let get = "SELECT coalesce(max(seq), 0) FROM log";
        let last = self.connection.prepare_cached(get).and_then(|mut s| s.query_row([], |row| row.get(0)));
        last.map_err(|e| said(e, &self.path))
    }

    /// How many records after a place are there to be read; a word on a feed is not.
    pub fn unread(&self, after: Seq) -> Result<u64> {
        let get = "SELECT count(*) FROM log WHERE seq > ? AND kind NOT IN ('subscription', 'removal')";
        let count: rusqlite::Result<i64> = self.connection.query_row(get, [after], |row| row.get(0));
        count.map(i64::unsigned_abs).map_err(|e| said(e, &self.path))
    }

    /// When the last thing came, microseconds since 1970 UTC.
    pub fn last_at(&self) -> Result<Option<i64>> {
        let get = "SELECT at FROM log ORDER BY seq DESC LIMIT 1";
        self.connection.query_row(get, [], |row| row.get(0)).optional().map_err(|e| said(e, &self.path))
    }
}

/// The log's clock: the machine's, but never back behind what the log says.
fn now(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    let machine = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_micros());
    let machine = i64::try_from(machine).unwrap_or(i64::MAX);
    let last: Option<i64> = transaction
        .prepare_cached("SELECT at FROM log ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(machine.max(last.unwrap_or(0)))
}

/// An address spelled with the other of `http` and `https`, by which the same thing is reached; anything else is its own twin.
pub fn twin(key: &str) -> String {
    match (key.strip_prefix("http://"), key.strip_prefix("https://")) {
        (Some(rest), _) => format!("https://{rest}"),
        (_, Some(rest)) => format!("http://{rest}"),
        _ => key.to_owned(),
    }
}

fn known_as(connection: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    let get = "SELECT key FROM log WHERE key IN (?1, ?2) ORDER BY seq LIMIT 1";
    connection.prepare_cached(get)?.query_row([key, &twin(key)], |row| row.get(0)).optional()
}

fn append_one(transaction: &Transaction<'_>, arrival: &Arrival) -> Result<bool> {
    let hash = hash(&arrival.bytes);
    let key = known_as(transaction, &arrival.key)?.unwrap_or_else(|| arrival.key.clone());
    let known = transaction
        .prepare_cached("SELECT 1 FROM log WHERE key IN (?1, ?2) AND hash = ?3")?
        .exists(params![key, twin(&key), hash])?;
    let there = transaction.prepare_cached("SELECT 1 FROM blob WHERE hash = ?")?.exists([hash])?;
    // A file has many names: ./a.html and a.html. The same page saved under another is no other page.
    let renamed = there && arrival.kind == Kind::Page && arrival.meta.url.is_none();
    if known || renamed || is_removed(transaction, arrival)? {
        return Ok(false);
    }
    if !there {
        let size = i64::try_from(arrival.bytes.len())?;
        transaction.prepare_cached("INSERT INTO blob (hash, size, bytes) VALUES (?, ?, ?)")?.execute(params![
            hash,
            size,
            pack::pack(&arrival.bytes)?
        ])?;
    }
    let at = now(transaction)?;
    let meta = serde_json::to_string(&arrival.meta)?;
    transaction
        .prepare_cached("INSERT INTO log (at, kind, key, hash, meta) VALUES (?, ?, ?, ?, ?)")?
        .execute(params![at, arrival.kind.word(), key, hash, meta])?;
    Ok(true)
}

/// Was it, or its address, removed?
fn is_removed(transaction: &Transaction<'_>, arrival: &Arrival) -> Result<bool> {
    let mut statement = transaction.prepare_cached("SELECT 1 FROM log WHERE key IN (?1, ?2) AND kind = 'removal'")?;
    for key in std::iter::once(&arrival.key).chain(&arrival.meta.url) {
        if statement.exists([key, &twin(key)])? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<()> {
    let read = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (version, whose) =
        (read("user_version").map_err(|e| said(e, path))?, read("application_id").map_err(|e| said(e, path))?);
    let newest = i64::try_from(MIGRATIONS.len())?;
    if version > newest {
        bail!(
            "{} was written by a newer parallax (its form is {version}, this program knows up to {newest}). Use the newer program",
            path.display()
        );
    }
    if version > 0 && whose != OURS {
        bail!("{} is a database, but not one of Parallax. Name another folder with --desk", path.display());
    }
    for (from, sql) in (0..).zip(MIGRATIONS).skip(usize::try_from(version)?) {
        let migrated = || {
            let transaction = connection.transaction()?;
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", from + 1)?;
            transaction.pragma_update(None, "application_id", OURS)?;
            transaction.commit()
        };
        let mut migrated = migrated;
        migrated().map_err(|e| said(e, path))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(key: &str, text: &str) -> Arrival {
        Arrival { kind: Kind::Page, key: key.into(), bytes: text.into(), meta: Meta::default() }
    }

    fn log() -> (tempfile::TempDir, Press) {
        let folder = tempfile::tempdir().expect("a folder");
        let press = Press::open(&folder.path().join("press.db")).expect("opens");
        (folder, press)
    }

    #[test]
    fn each_thing_once_and_in_order() {
        let (_folder, mut press) = log();
        assert_eq!(press.append(&[page("a", "one"), page("b", "two"), page("a", "one")]).expect("kept"), 2);
        assert_eq!(
            press.append(&[page("a", "one, corrected"), page("c", "two")]).expect("kept"),
            1,
            "c is b by another name"
        );
        let keys: Vec<_> = press.after(0, 10, 1000).expect("read").into_iter().map(|r| (r.seq, r.key)).collect();
        assert_eq!(keys, [(1, "a".into()), (2, "b".into()), (3, "a".into())]);
        assert_eq!(press.after(0, 10, 4).expect("read").len(), 2, "bounded by bytes");
        assert_eq!(press.after(1, 1, 1000).expect("read")[0].bytes.as_deref(), Some(b"two".as_slice()));
    }

    #[test]
    fn with_http_or_https_an_address_is_one() {
        let (_folder, mut press) = log();
        let (plain, safe) = ("http://a.example/1", "https://a.example/1");
        assert_eq!(
            press.append(&[page(plain, "one"), page(safe, "one"), page(safe, "one, corrected")]).expect("kept"),
            2
        );
        let keys: Vec<_> = press.after(0, 10, 1000).expect("read").into_iter().map(|r| r.key).collect();
        assert_eq!(keys, [plain, plain], "what came first names it");
        assert_eq!(press.known_as(safe).expect("read").as_deref(), Some(plain));
        assert!(press.meta_of(safe).expect("read").is_some());
        assert_eq!(press.known_as("https://a.example/2").expect("read"), None);
        assert_eq!(press.remove(safe, &[safe.into()]).expect("removed"), 2);
        assert_eq!(press.append(&[page(plain, "one"), page(safe, "two")]).expect("refused"), 0);
    }

    #[test]
    fn what_was_removed_is_gone_and_stays_away() {
        let (_folder, mut press) = log();
        press.append(&[page("a", "one"), page("b", "two")]).expect("kept");
        assert_eq!(press.remove("a", &["a".into()]).expect("removed"), 1);
        assert_eq!(press.append(&[page("a", "one")]).expect("refused"), 0);
        let left: Vec<_> = press.after(0, 10, 1000).expect("read").into_iter().map(|r| (r.kind, r.key)).collect();
        assert_eq!(left, [(Kind::Page, "b".into()), (Kind::Removal, "a".into())]);
        assert_eq!(press.content(&hash(b"one"), false), None);
        assert_eq!(press.removals().expect("read"), ["a"]);
    }

    #[test]
    fn the_logs_clock_never_goes_back() {
        let (_folder, mut press) = log();
        press.append(&[page("a", "one")]).expect("kept");
        let ahead = i64::MAX / 2;
        press.connection.execute("UPDATE log SET at = ?", [ahead]).expect("the clock was ahead");
        press.append(&[page("b", "two")]).expect("kept");
        assert_eq!(press.last_at().expect("read"), Some(ahead));
    }

    #[test]
    fn a_damaged_content_is_known_to_be_damaged() {
        let (_folder, mut press) = log();
        press.append(&[page("a", "one"), page("b", "two")]).expect("kept");
        let other = pack::pack(b"eno").expect("packs");
        press
            .connection
            .execute("UPDATE blob SET bytes = ? WHERE hash = ?", params![other, hash(b"one")])
            .expect("damaged");
        let read: Vec<_> = press.after(0, 10, 1000).expect("read").into_iter().map(|r| r.bytes).collect();
        assert_eq!(read, [None, Some(b"two".to_vec())]);
    }

    #[test]
    fn a_sealed_page_is_what_was_read_from_it() {
        let (_folder, mut press) = log();
        press.append(&[page("a", "<p>one</p>")]).expect("kept");
        assert_eq!(press.unsealed().expect("read").len(), 1);
        press.seal(1, b"{}").expect("sealed");
        assert_eq!(press.unsealed().expect("read"), []);
        let record = press.after(0, 1, 1000).expect("read").remove(0);
        assert_eq!((record.sealed, record.bytes.as_deref()), (true, Some(b"{}".as_slice())));
    }

    #[test]
    fn a_newer_form_and_anothers_database_are_refused() {
        let (folder, press) = log();
        press.connection.pragma_update(None, "user_version", 99).expect("written");
        drop(press);
        let path = folder.path().join("press.db");
        assert!(Press::open(&path).err().expect("refused").to_string().contains("newer parallax"));
        let other = folder.path().join("other.db");
        std::fs::write(&other, "no database at all, only words, and more of them than a header has bytes: a hundred")
            .expect("written");
        let error = format!("{:#}", Press::open(&other).err().expect("refused"));
        assert!(error.contains("no database of Parallax"), "{error}");
    }
}
