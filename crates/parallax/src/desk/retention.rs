//! Pages grow old → what was read from them takes their place: the desk keeps all it found, and the bytes go.

use super::Desk;
use crate::limits::{PAGE_DAYS, PAGES_BYTES};
use crate::store::{Press, Seq};
use anyhow::Result;
use parallax_core::model::{Article, Problem};
use serde::{Deserialize, Serialize};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

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
    /// Seals pages older than [`PAGE_DAYS`] and, oldest first, what is beyond [`PAGES_BYTES`], by the log's clock. What was not read yet
    /// stays. Gives how many were sealed.
    pub fn retain(&mut self) -> Result<u64> {
        let applied = self.derived.file.applied()?;
        let mut sealed = 0;
        for seq in too_many(&self.press)? {
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
fn too_many(press: &Press) -> Result<Vec<Seq>> {
    let Some(now) = press.last_at()? else { return Ok(Vec::new()) };
    let pages = press.unsealed()?;
    let mut bytes: u64 = pages.iter().map(|page| page.bytes).sum();
    let oldest = now.saturating_sub(PAGE_DAYS as i64 * DAY);
    let go = pages.iter().take_while(|page| {
        let goes = page.at < oldest || bytes > PAGES_BYTES as u64;
        bytes -= page.bytes;
        goes
    });
    Ok(go.map(|page| page.seq).collect())
}
