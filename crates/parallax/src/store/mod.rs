//! A folder → what is kept in it: `press.db`, the ground, and `desk.db`, derived from it; one writer at a time.

mod backup;
mod checked;
mod credits;
mod desk;
mod digest;
mod fingerprint;
mod heard;
mod lands;
mod listing;
mod outlet;
mod owner;
mod pack;
mod press;
mod read;
mod rounds;
mod shown;
mod sqlite;
mod subscription;
mod tally;

pub use backup::{Copied, backup, restore};
pub use checked::Checked;
pub use credits::Credited;
pub use desk::{Compared, DeskFile, Members, Outcome, Source, Step};
pub use digest::{Digest, digest};
pub use fingerprint::{Fingerprint, OURS};
pub use heard::Heard;
pub use lands::{Land, OutletHere, Telling, ToldHere};
pub use listing::{Listed, Listing};
pub use outlet::{OutletLine, TellingIn, Tongue};
pub use owner::{Owner, TokenHash};
pub use pack::{Hash, key};
pub use press::{Arrival, Kind, Meta, Press, Record, Seq, Size, twin};
pub use read::{Counts, Reader, StoryLine};
pub use rounds::{FeedState, Rounds, Seconds};
pub use shown::{ArticleLine, Standing};
pub use sqlite::is_damage;
pub use subscription::Subscription;
pub use tally::PACE_MINUTES;

use anyhow::{Context, Result};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Where a desk keeps its files.
#[derive(Clone, Debug)]
pub struct Home(PathBuf);

/// The right to write there, until it is dropped.
pub struct Lock(#[allow(dead_code, reason = "held, not read: it goes when this is dropped")] File);

impl Home {
    /// The folder that was named, or that PARALLAX_DESK names, or `parallax` among the user's data (XDG Base Directory 0.8).
    ///
    /// # Errors
    /// None was named and there is no home.
    pub fn find(named: Option<PathBuf>) -> Result<Self> {
        let said = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let usual = || {
            said("XDG_DATA_HOME")
                .or_else(|| said("HOME").map(|home| home.join(".local/share")))
                .map(|data| data.join("parallax"))
        };
        named
            .or_else(|| said("PARALLAX_DESK"))
            .or_else(usual)
            .map(Home)
            .context("there is no home folder to keep the desk in: name one with --desk DIR")
    }

    /// This very folder.
    pub fn at(folder: &Path) -> Self {
        Home(folder.to_owned())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The ground's file.
    pub fn press(&self) -> PathBuf {
        self.0.join("press.db")
    }

    /// The derived state's file.
    pub fn desk(&self) -> PathBuf {
        self.0.join("desk.db")
    }

    /// The readers' own file.
    pub fn reader(&self) -> PathBuf {
        self.0.join("reader.db")
    }

    /// Where a new derived state is built before it takes the old one's place.
    pub fn desk_being_built(&self) -> PathBuf {
        self.0.join("desk.new.db")
    }

    /// Is anything kept there?
    pub fn is_there(&self) -> bool {
        self.press().exists()
    }

    /// Makes the folder where it is not there, and takes the right to write.
    ///
    /// # Errors
    /// It cannot be made or written, or another parallax writes there.
    pub fn lock(&self) -> Result<Lock> {
        let at = self.0.display();
        self.try_lock()?.with_context(|| {
            format!("another parallax is at work in {at}: wait until it has ended, or name another folder with --desk")
        })
    }

    /// The same; `None` where another parallax writes there.
    ///
    /// # Errors
    /// It cannot be made or written.
    pub fn try_lock(&self) -> Result<Option<Lock>> {
        let at = self.0.display();
        fs::create_dir_all(&self.0).with_context(|| format!("{at} cannot be made: name another folder with --desk"))?;
        let path = self.0.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).with_context(|| {
            format!("{at} may not be written: give yourself the right to, or name another folder with --desk")
        })?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }
}

/// Puts what one database holds in another's place, as one transaction: whoever reads the other sees the old or the new, whole.
pub fn replace_database(with: &Path, path: &Path) -> Result<()> {
    let from = sqlite::open_to_read(with)?;
    let mut to = sqlite::open(path)?;
    let backup =
        || rusqlite::backup::Backup::new(&from, &mut to)?.run_to_completion(4096, std::time::Duration::ZERO, None);
    let mut backup = backup;
    backup().map_err(|e| sqlite::said(e, path))
}

/// Takes a database away, with what SQLite keeps beside it.
pub fn remove_database(path: &Path) -> Result<()> {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("{} cannot be removed", Path::new(&name).display()));
            }
            _ => {}
        }
    }
    Ok(())
}
