//! A desk's folder, at work or not → a verified copy of it in another folder; and such a copy → a desk again.

use super::pack::Hash;
use super::press::Press;
use super::read::Reader;
use super::sqlite::{self, said};
use super::{Home, remove_database};
use crate::limits::{APPLIED_BYTES, APPLIED_RECORDS};
use anyhow::{Context, Result, bail, ensure};
use rusqlite::backup::{Backup, StepResult};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

/// The file that says what a copy holds. It is written last: a folder without it is no whole copy.
const NOTE: &str = "backup.json";
/// The form of that file.
const FORM: u32 = 1;
/// What a copy holds. The derived state goes first: the log may then be ahead of it, as after a kill, and never behind.
const FILES: [&str; 3] = ["desk.db", "press.db", "reader.db"];
/// And what its owner settled, where that was written down.
const SETTINGS: &str = "settings.toml";
/// Pages of a database copied in one step.
const STEP: i32 = 1024;
/// A step that waits for another program tries again after so long.
const AGAIN: Duration = Duration::from_millis(50);

/// How far copying and verifying have come: what is done, how many, of how many.
pub type Progress<'a> = dyn FnMut(&'static str, u64, u64) + 'a;

/// What a copy holds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Copied {
    /// The form of this note.
    pub form: u32,
    /// The version of the program that made it.
    pub program: String,
    /// Things in the log.
    pub records: u64,
    /// Articles read from them.
    pub articles: u64,
    /// Contents that were damaged in the desk already, and are so in the copy.
    pub damaged: u64,
    /// The files, by name.
    pub files: BTreeMap<String, FileNote>,
}

/// A file of a copy.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileNote {
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, as hexadecimal digits.
    pub sha256: String,
}

/// Copies a desk into a folder that is not there yet or is empty, while others may be at work in it. Every file of the copy is then checked
/// from end to end, and every content of the log against its hash.
///
/// # Errors
/// There is no desk, the folder holds something, the disk is full, or a copy turns out to be damaged; what was written is taken away again.
pub fn backup(home: &Home, to: &Path, progress: &mut Progress<'_>) -> Result<Copied> {
    ensure!(home.is_there(), "{} holds no desk yet: there is nothing to copy", home.folder().display());
    let holds_something = fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some());
    ensure!(!holds_something, "{} is there and not empty: name a folder that is not there yet", to.display());
    fs::create_dir_all(to).with_context(|| format!("{} cannot be made: name another folder", to.display()))?;
    let copied = copy_all(home, to, progress);
    if copied.is_err() {
        for name in FILES {
            let _ = remove_database(&to.join(name));
        }
        let _ = fs::remove_file(to.join(SETTINGS));
        let _ = fs::remove_dir(to);
    }
    copied
}

fn copy_all(home: &Home, to: &Path, progress: &mut Progress<'_>) -> Result<Copied> {
    let mut files = BTreeMap::new();
    for name in FILES {
        let (from, copy) = (home.folder().join(name), to.join(name));
        if from.exists() {
            copy_database(&from, &copy, progress)?;
            files.insert(name.to_owned(), note(&copy)?);
        }
    }
    if home.folder().join(SETTINGS).exists() {
        put(&home.folder().join(SETTINGS), &to.join(SETTINGS))?;
        files.insert(SETTINGS.to_owned(), note(&to.join(SETTINGS))?);
    }
    let (records, damaged) = contents(&Press::open_to_read(&to.join("press.db"))?, progress)?;
    let articles = Reader::open(&Home::at(to)).and_then(|reader| reader.counts()).map_or(0, |counts| counts.articles);
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let made = Copied { form: FORM, program, records, articles, damaged, files };
    write_whole(&to.join(NOTE), serde_json::to_string_pretty(&made)?.as_bytes())?;
    Ok(made)
}

/// Reads every content of a log. Gives how many things there are, and how many of them are not what came in.
fn contents(press: &Press, progress: &mut Progress<'_>) -> Result<(u64, u64)> {
    let size = press.size()?;
    let (mut from, mut damaged, mut done) = (0, 0, 0);
    loop {
        let records = press.after(from, APPLIED_RECORDS, APPLIED_BYTES)?;
        let Some(last) = records.last() else { return Ok((size.records, damaged)) };
        from = last.seq;
        done += records.len() as u64;
        damaged +=
            records.iter().filter(|record| record.bytes.is_none() && record.hash != Hash::default()).count() as u64;
        progress("verifying", done, size.records);
    }
}

/// Copies what a database holds at one moment, and checks the copy.
fn copy_database(from: &Path, to: &Path, progress: &mut Progress<'_>) -> Result<()> {
    let source = sqlite::open_to_read(from)?;
    // Held while it is copied: what is written meanwhile does not make it begin again.
    let hold = || {
        source
            .execute_batch("BEGIN")
            .and_then(|()| source.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())))
    };
    hold().map_err(|e| said(e, from))?;
    let mut copy = sqlite::open(to)?;
    {
        let backup = Backup::new(&source, &mut copy).map_err(|e| said(e, to))?;
        loop {
            let step = backup.step(STEP).map_err(|e| said(e, to))?;
            let at = backup.progress();
            let (left, all) = (at.remaining.unsigned_abs().into(), at.pagecount.unsigned_abs().into());
            progress("copying", u64::saturating_sub(all, left), all);
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(AGAIN),
            }
        }
    }
    let sound: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(|e| said(e, to))?;
    ensure!(
        sound == "ok",
        "{} is damaged ({sound}), and so is its copy: `parallax rebuild` restores what can still be read; then copy again",
        from.display()
    );
    copy.close().map_err(|(_, e)| said(e, to))
}

/// Makes a desk of a copy, in a folder that holds none.
///
/// # Errors
/// It is no whole copy, a file is not what it was, there is a desk already, or the folder cannot be written.
pub fn restore(from: &Path, home: &Home, progress: &mut Progress<'_>) -> Result<Copied> {
    let note = read_note(from)?;
    let _lock = home.lock()?;
    ensure!(
        !home.is_there(),
        "{} holds a desk already: name another folder with --desk, or move that one away",
        home.folder().display()
    );
    let all = note.files.len() as u64;
    for (done, (name, noted)) in (0..).zip(&note.files) {
        progress("verifying", done, all);
        let found = self::note(&from.join(name))?;
        ensure!(
            found == *noted,
            "{} is not what it was when the copy was made: it is damaged or was changed. Use another copy",
            from.join(name).display()
        );
    }
    if note.files.contains_key(SETTINGS) {
        put(&from.join(SETTINGS), &home.folder().join(SETTINGS))?;
    }
    // The log last: until it is there, there is no desk, and it can be restored again.
    for (done, name) in (0..)
        .zip(FILES.iter().filter(|name| note.files.contains_key(**name) && **name != "press.db").chain(&["press.db"]))
    {
        progress("copying", done, all);
        remove_database(&home.folder().join(name))?;
        put(&from.join(name), &home.folder().join(name))?;
    }
    progress("copying", all, all);
    Ok(note)
}

fn read_note(from: &Path) -> Result<Copied> {
    let at = from.join(NOTE);
    let bytes = fs::read(&at).with_context(|| {
        format!(
            "{} is no whole copy of a desk: it has no {NOTE}. Name the folder that `parallax backup` made",
            from.display()
        )
    })?;
    let form = serde_json::from_slice::<serde_json::Value>(&bytes).ok().and_then(|note| note["form"].as_u64());
    if form.is_some_and(|form| form > FORM.into()) {
        bail!("{} was made by a newer parallax. Use the newer program", from.display());
    }
    let note: Copied = serde_json::from_slice(&bytes)
        .with_context(|| format!("{} cannot be read: it is damaged. Use another copy", at.display()))?;
    let known = note.files.keys().all(|name| FILES.contains(&name.as_str()) || name == SETTINGS);
    ensure!(known && note.files.contains_key("press.db"), "{} names no desk's files. Use another copy", at.display());
    Ok(note)
}

/// A file's size and hash.
fn note(path: &Path) -> Result<FileNote> {
    let told = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(told)?;
    let (mut hash, mut bytes, mut part) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut part).with_context(told)?;
        if read == 0 {
            break;
        }
        hash.update(&part[..read]);
        bytes += read as u64;
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(FileNote { bytes, sha256 })
}

/// Copies a file so that under its name it is there whole or not at all.
fn put(from: &Path, to: &Path) -> Result<()> {
    let part = to.with_extension("part");
    let told = || format!("{} cannot be written: is the disk full?", to.display());
    fs::copy(from, &part).with_context(told)?;
    File::options().write(true).open(&part).and_then(|file| file.sync_all()).with_context(told)?;
    fs::rename(&part, to).with_context(told)
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = path.with_extension("part");
    let write = || {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().with_context(|| format!("{} cannot be written: is the disk full?", path.display()))
}
