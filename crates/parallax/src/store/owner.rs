//! A readers' file (`reader.db`) → whose desk it is: the hash of a password, and the hashes of the sessions it began.

use super::Seconds;
use super::sqlite::{self, said};
use crate::limits::SESSIONS_KEPT;
use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What each version of the file adds to the one before.
const FORMS: [&str; 7] = [
    include_str!("sql/reader-1.sql"),
    include_str!("sql/reader-2.sql"),
    include_str!("sql/reader-3.sql"),
    include_str!("sql/reader-4.sql"),
    include_str!("sql/reader-5.sql"),
    include_str!("sql/reader-6.sql"),
    include_str!("sql/reader-7.sql"),
];

/// SHA-256 of a session's token.
pub type TokenHash = [u8; 32];

/// Opens the readers' file in its newest form; makes it where there is none.
pub(super) fn open_file(path: &Path) -> Result<Connection> {
    let mut connection = sqlite::open(path)?;
    let newest = i64::try_from(FORMS.len())?;
    let mut begin = || -> rusqlite::Result<i64> {
        let version = |c: &Connection| c.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
        if version(&connection)? >= newest {
            return version(&connection);
        }
        // Asked again once nobody else can write: a desk and its password may be opened at the same time.
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let stands = version(&change)?;
        for form in FORMS.iter().skip(usize::try_from(stands).unwrap_or(0)) {
            change.execute_batch(form)?;
        }
        change.pragma_update(None, "user_version", stands.max(newest))?;
        change.commit()?;
        Ok(stands.max(newest))
    };
    let version = begin().map_err(|e| said(e, path))?;
    ensure!(
        version == newest,
        "{} was made by a newer Parallax: use that one, or name another folder with --desk",
        path.display()
    );
    Ok(connection)
}

/// The file, open.
pub struct Owner {
    connection: Connection,
    path: PathBuf,
}

impl Owner {
    /// Opens the file; makes it where there is none.
    pub fn open(path: &Path) -> Result<Self> {
        Ok(Owner { connection: open_file(path)?, path: path.to_owned() })
    }

    /// The PHC string of the password, if one is set.
    pub fn password(&self) -> Result<Option<String>> {
        let ask = "SELECT password FROM owner";
        self.connection.query_row(ask, [], |row| row.get(0)).optional().map_err(|e| said(e, &self.path))
    }

    /// Sets the password's PHC string, or takes it away; every session ends with the password it began with.
    pub fn set_password(&mut self, phc: Option<&str>) -> Result<()> {
        let mut set = || -> rusqlite::Result<()> {
            let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            change.execute_batch("DELETE FROM session; DELETE FROM owner")?;
            if let Some(phc) = phc {
                change.execute("INSERT INTO owner (one, password) VALUES (1, ?)", [phc])?;
            }
            change.commit()
        };
        set().map_err(|e| said(e, &self.path))?;
        self.keep_to_its_owner()
    }

    /// Other users of the machine need not see the hash.
    fn keep_to_its_owner(&self) -> Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let own = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(&self.path, own)
                .with_context(|| format!("{} cannot be kept from other users", self.path.display()))?;
        }
        Ok(())
    }

    /// Sessions that have not ended, with their ends; those that have are forgotten.
    pub fn sessions(&self, now: Seconds) -> Result<BTreeMap<TokenHash, Seconds>> {
        let ask = || -> rusqlite::Result<BTreeMap<TokenHash, Seconds>> {
            let mut statement = self.connection.prepare_cached("SELECT token, ends FROM session WHERE ends > ?")?;
            statement.query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Keeps a session that began with this password; `false` where that is the password no more.
    pub fn begin(&mut self, token: &TokenHash, ends: Seconds, now: Seconds, phc: &str) -> Result<bool> {
        let mut begin = || -> rusqlite::Result<bool> {
            let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let begun = change.execute(
                "INSERT INTO session (token, ends) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM owner WHERE password = ?3)",
                params![token, ends, phc],
            )?;
            change.execute("DELETE FROM session WHERE ends <= ?", [now])?;
            change.execute(
                "DELETE FROM session WHERE token NOT IN (SELECT token FROM session ORDER BY ends DESC, rowid DESC LIMIT ?)",
                [i64::try_from(SESSIONS_KEPT).unwrap_or(i64::MAX)],
            )?;
            change.commit()?;
            Ok(begun == 1)
        };
        begin().map_err(|e| said(e, &self.path))
    }

    /// Ends a session.
    pub fn end(&self, token: &TokenHash) -> Result<()> {
        let end = "DELETE FROM session WHERE token = ?";
        self.connection.execute(end, [token]).map(drop).map_err(|e| said(e, &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Rounds;

    fn owner() -> (tempfile::TempDir, Owner) {
        let folder = tempfile::tempdir().expect("a folder");
        let owner = Owner::open(&folder.path().join("reader.db")).expect("opens");
        (folder, owner)
    }

    #[test]
    fn a_password_ends_the_sessions_of_the_one_before() {
        let (_folder, mut owner) = owner();
        assert_eq!(owner.password().expect("read"), None);
        assert!(!owner.begin(&[0; 32], 200, 100, "old").expect("asked"), "no password, no session");
        owner.set_password(Some("old")).expect("set");
        assert!(owner.begin(&[1; 32], 200, 100, "old").expect("begun"));
        assert!(owner.begin(&[2; 32], 300, 100, "old").expect("begun"));
        assert_eq!(owner.sessions(200).expect("read"), BTreeMap::from([([2; 32], 300)]), "the first is over");
        owner.end(&[2; 32]).expect("ended");
        assert_eq!(owner.sessions(100).expect("read").len(), 1);
        owner.set_password(Some("new")).expect("set");
        assert_eq!(owner.password().expect("read").as_deref(), Some("new"));
        assert!(owner.sessions(0).expect("read").is_empty());
        assert!(!owner.begin(&[3; 32], 200, 100, "old").expect("asked"), "checked against a password changed since");
        owner.set_password(None).expect("taken away");
        assert_eq!(owner.password().expect("read"), None);
    }

    #[test]
    fn of_too_many_sessions_the_first_to_end_goes() {
        let (_folder, mut owner) = owner();
        owner.set_password(Some("p")).expect("set");
        let many = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?)
                    INSERT INTO session SELECT CAST(printf('%032d', x) AS BLOB), 1000 + x FROM n";
        owner.connection.execute(many, [i64::try_from(SESSIONS_KEPT).expect("small")]).expect("put");
        assert_eq!(owner.sessions(0).expect("read").len(), SESSIONS_KEPT, "so many are kept");
        owner.begin(&[1; 32], 5_000, 0, "p").expect("begun");
        let kept = owner.sessions(0).expect("read");
        assert_eq!((kept.len(), kept.values().min()), (SESSIONS_KEPT, Some(&1_002)));
    }

    #[test]
    fn a_file_of_version_1_is_carried_over_and_one_of_the_future_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("reader.db");
        let old = sqlite::open(&path).expect("opens");
        old.execute_batch(&format!("{}; PRAGMA user_version = 1", FORMS[0])).expect("made");
        old.execute("INSERT INTO feed (url, next, failures, entries) VALUES ('a', 1, 0, 0)", []).expect("put");
        drop(old);
        let mut owner = Owner::open(&path).expect("carried over");
        owner.set_password(Some("p")).expect("set");
        let rounds = Rounds::open(&path).expect("opens");
        assert_eq!(rounds.all().expect("read").len(), 1, "what was there is there");
        let future = i64::try_from(FORMS.len()).expect("few") + 1;
        owner.connection.pragma_update(None, "user_version", future).expect("set");
        let said = Owner::open(&path).err().expect("of the future").to_string();
        assert!(said.contains("newer Parallax"), "{said}");
    }
}
