//! Pages grow old → what was read from them takes their place: the desk keeps all it found, and the bytes go.

use super::Desk;
use crate::limits::{PAGE_DAYS, PAGES_BYTES};
use crate::store::{Press, Seq};
use anyhow::Result;
use parallax_core::model::{Article, Problem};
use serde::{Deserialize, Serialize};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// How long and how many pages are kept as they came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keep {
    /// Days.
    pub days: u64,
    /// Bytes, packed.
    pub bytes: u64,
}

impl Default for Keep {
    fn default() -> Self {
        Keep { days: PAGE_DAYS as u64, bytes: PAGES_BYTES as u64 }
    }
}

/// What stands in the place of a page.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sealed {
    /// The article that was read from it.
    Article(Box<Article>),
    /// Why none could be read.
    Problem(Problem),
}

impl Desk {
    /// Seals pages that are too old and, oldest first, what is too much, by the log's clock. What was not read yet stays. Gives how many
    /// were sealed.
    pub fn retain(&mut self, keep: Keep) -> Result<u64> {
        let applied = self.derived.file.applied()?;
        let mut sealed = 0;
        for seq in too_many(&self.press, keep)? {
            if seq > applied {
                break;
            }
            let Some(what) = self.derived.file.read_at(seq)? else { continue };
            self.press.seal(seq, &serde_json::to_vec(&what)?)?;
            sealed += 1;
        }
        Ok(sealed)
    }
}

/// Pages that are too old, or too many, oldest first.
fn too_many(press: &Press, keep: Keep) -> Result<Vec<Seq>> {
    let Some(now) = press.last_at()? else { return Ok(Vec::new()) };
    let pages = press.unsealed()?;
    let mut bytes: u64 = pages.iter().map(|page| page.bytes).sum();
    let oldest = now.saturating_sub(i64::try_from(keep.days)?.saturating_mul(DAY));
    let go = pages.iter().take_while(|page| {
        let goes = page.at < oldest || bytes > keep.bytes;
        bytes -= page.bytes;
        goes
    });
    Ok(go.map(|page| page.seq).collect())
}
