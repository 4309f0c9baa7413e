//! A file → an open database with its settings; a failure of SQLite → what happened and what to do, in words.

use anyhow::{Result, anyhow};
use rusqlite::{Connection, Error, ErrorCode, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long a reader waits for a lock before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pages of a file kept in memory, as SQLite counts kibibytes: the inner pages of the indexes of a million articles, so that looking one up
/// reads one or two.
const CACHE: i64 = -16_384;

/// Opens for writing, and makes the file where there is none. What is deleted is overwritten; a commit survives a power cut.
pub fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(|e| said(e, path))?;
    let set = || {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
    };
    set().map_err(|e| said(e, path))?;
    Ok(connection)
}

/// Sets something of an open database otherwise.
pub fn set(connection: &Connection, path: &Path, name: &str, value: &str) -> Result<()> {
    connection.pragma_update(None, name, value).map_err(|e| said(e, path))
}

/// Opens for reading alone, also in a folder in which nothing may be written: there SQLite cannot lay down what it shares among those
/// who read and write, and where nothing waits beside the file to be taken in, the file as it stands is all there is.
pub fn open_to_read(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let looked_at = |connection: Connection| {
        connection.busy_timeout(PATIENCE)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    let opened = Connection::open_with_flags(path, flags).and_then(looked_at).or_else(|error| {
        let kept_out = matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly));
        match address(path) {
            Some(address) if kept_out && !has_more_beside(path) => {
                let as_it_stands = format!("file:{address}?immutable=1");
                Connection::open_with_flags(as_it_stands, flags | OpenFlags::SQLITE_OPEN_URI).and_then(looked_at)
            }
            _ => Err(error),
        }
    });
    opened.map_err(|e| said(e, path))
}

/// What has a meaning of its own in an address.
const MEANT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS.add(b'%').add(b'?').add(b'#');

/// A path as it stands in an address.
fn address(path: &Path) -> Option<String> {
    Some(percent_encoding::utf8_percent_encode(path.to_str()?, MEANT).to_string())
}

/// Does something wait beside a file, written but not yet taken in?
fn has_more_beside(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        std::fs::metadata(name).map_or_else(|error| error.kind() != std::io::ErrorKind::NotFound, |m| m.len() > 0)
    })
}

/// Is the file itself at fault, so that what it holds cannot be read?
pub fn is_damage(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<Error>())
        .any(|cause| matches!(cause.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)))
}

/// What happened to a database, with what to do about it.
pub fn said(error: Error, path: &Path) -> anyhow::Error {
    let file = path.display();
    let words = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            format!("the disk is full: {file} cannot grow. Nothing kept is lost; make room and start again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            format!(
                "{file} may not be written. Give yourself the right to write there, or name another folder with --desk"
            )
        }
        Some(ErrorCode::CannotOpen) => {
            format!(
                "{file} cannot be opened. Check that its folder is there and may be written, or name another with --desk"
            )
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            format!("{file} is damaged. Keep a copy of it; `parallax rebuild` restores what can still be read")
        }
        Some(ErrorCode::NotADatabase) => {
            format!("{file} is no database of Parallax. Move it away, or name another folder with --desk")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("{file} is in use by another program. Wait until that has ended")
        }
        Some(ErrorCode::SystemIoFailure) => {
            format!(
                "{file} cannot be read or written: the disk failed, is full, or a limit on file sizes was met. Check it, then start again"
            )
        }
        _ => format!("{file} cannot be used"),
    };
    anyhow!(error).context(words)
}
