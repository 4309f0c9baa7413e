//! The log → a derived state built anew, beside the old one, and then put in its place; and where two of them differ.

use super::{Derived, Progress, same_stages};
use crate::store::{DeskFile, Digest, Home, OURS, Press, digest, remove_database, replace_database};
use anyhow::Result;
use parallax_core::almanac::Almanac;

/// A row that one derived state has otherwise than the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The table.
    pub table: &'static str,
    /// What the row is called.
    pub row: String,
    /// Is it in the old one, in the new one?
    pub old: bool,
    /// Is it in the new one?
    pub new: bool,
}

/// Builds the derived state of a desk anew. With `look`, the old one stays and what the new one has otherwise is told.
///
/// # Errors
/// The files cannot be used, or another parallax is at work there.
pub fn rebuild(home: &Home, look: bool, threads: usize, progress: &mut Progress<'_>) -> Result<(u64, Vec<Difference>)> {
    let _lock = home.lock()?;
    let mut press = Press::open(&home.press())?;
    let almanac = parallax_almanac::almanac();
    let new = home.desk_being_built();
    let articles = build(home, &mut press, None, threads, almanac, progress)?;
    let differences = if look {
        let old = if home.desk().exists() { digest(&home.desk())? } else { Digest::new() };
        differences(&old, &digest(&new)?)
    } else {
        Vec::new()
    };
    if !look {
        replace_database(&new, &home.desk())?;
    }
    remove_database(&new)?;
    Ok((articles, differences))
}

/// Builds anew, with what the same stages had read before, and puts it in the old one's place.
pub(super) fn anew(
    home: &Home,
    press: &mut Press,
    threads: usize,
    almanac: &Almanac,
    progress: &mut Progress<'_>,
) -> Result<DeskFile> {
    let old = DeskFile::open_any(&home.desk()).ok().flatten().filter(|file| same_stages(file, OURS));
    build(home, press, old.as_ref(), threads, almanac, progress)?;
    drop(old);
    put_in_place(home)
}

/// Builds anew where the old one is of no use.
pub(super) fn from_nothing(
    home: &Home,
    press: &mut Press,
    threads: usize,
    almanac: &Almanac,
    progress: &mut Progress<'_>,
) -> Result<DeskFile> {
    build(home, press, None, threads, almanac, progress)?;
    remove_database(&home.desk())?;
    put_in_place(home)
}

fn put_in_place(home: &Home) -> Result<DeskFile> {
    replace_database(&home.desk_being_built(), &home.desk())?;
    remove_database(&home.desk_being_built())?;
    match DeskFile::open(&home.desk(), OURS)? {
        Some(file) => Ok(file),
        None => anyhow::bail!("{} was replaced by another program", home.desk().display()),
    }
}

/// Reads the whole log into a new file beside the old. Gives how many records it took in.
fn build(
    home: &Home,
    press: &mut Press,
    cache: Option<&DeskFile>,
    threads: usize,
    almanac: &Almanac,
    progress: &mut Progress<'_>,
) -> Result<u64> {
    let path = home.desk_being_built();
    // One that a kill left half built.
    remove_database(&path)?;
    let mut derived = Derived::resume(DeskFile::create(&path, OURS)?, press, almanac)?;
    let records = derived.apply(press, cache, threads, almanac, progress)?;
    derived.compare(None, threads, almanac, progress)?;
    derived.keep_grouper()?;
    Ok(records)
}

fn differences(old: &Digest, new: &Digest) -> Vec<Difference> {
    let mut all = Vec::new();
    for (table, rows) in new {
        let before = old.get(table);
        for (row, hash) in rows {
            let there = before.and_then(|rows| rows.get(row));
            if there != Some(hash) {
                all.push(Difference { table, row: row.clone(), old: there.is_some(), new: true });
            }
        }
        for row in before.into_iter().flat_map(|b| b.keys()).filter(|row| !rows.contains_key(*row)) {
            all.push(Difference { table, row: row.clone(), old: true, new: false });
        }
    }
    all
}
