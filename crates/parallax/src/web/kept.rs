//! What was rendered → kept, compressed, until what it shows has changed.

use crate::limits::{RENDERED_BYTES, UNPACKED_PAGE_BYTES};
use anyhow::{Context, Result};
use axum::body::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use moka::future::Cache;
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// What a page is asked for by.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Name {
    /// A shelf of the front page.
    Shelf(String),
    /// A story, by its key.
    Story(String),
    /// An article, by its key.
    Article(String),
    /// All outlets.
    Outlets,
    /// A country, by its code.
    Country(String),
    /// The globe.
    Globe,
}

/// A rendered page.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Its content, gzip.
    pub packed: Bytes,
    /// What it is called while it does not change.
    pub tag: String,
}

impl Rendered {
    /// Compresses a page.
    pub fn new(html: &str) -> Result<Self> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(html.as_bytes())?;
        let packed = encoder.finish()?;
        let tag = format!("\"{}\"", crate::store::key(html));
        Ok(Rendered { packed: packed.into(), tag })
    }

    /// As it was, for whoever takes no gzip.
    pub fn unpacked(&self) -> Result<Vec<u8>> {
        let mut html = Vec::new();
        GzDecoder::new(&*self.packed).take(UNPACKED_PAGE_BYTES as u64).read_to_end(&mut html).context("a kept page")?;
        Ok(html)
    }
}

/// The pages kept.
pub struct Kept {
    pages: Cache<Name, Option<Arc<Rendered>>>,
    version: AtomicI64,
    /// How often all was forgotten.
    forgot: AtomicU64,
}

impl Kept {
    /// Keeps nothing yet; `version` is that of the last change that was told.
    pub fn new(version: i64) -> Self {
        let weigh = |_: &Name, page: &Option<Arc<Rendered>>| {
            let bytes = page.as_ref().map_or(0, |p| p.packed.len());
            u32::try_from(bytes + 256).unwrap_or(u32::MAX)
        };
        Kept {
            pages: Cache::builder().weigher(weigh).max_capacity(RENDERED_BYTES as u64).build(),
            version: AtomicI64::new(version),
            forgot: AtomicU64::new(0),
        }
    }

    /// The last change that was told.
    pub fn version(&self) -> i64 {
        self.version.load(Ordering::SeqCst)
    }

    /// The page of that name, rendered if it is not there: once, however many ask at a time. `None` where there is no such thing.
    ///
    /// # Errors
    /// What rendering failed with; it is tried again when next asked for.
    pub async fn page(
        &self,
        name: Name,
        render: impl Future<Output = Result<Option<Rendered>>>,
    ) -> Result<Option<Arc<Rendered>>> {
        if let Some(page) = self.pages.get(&name).await {
            return Ok(page);
        }
        let before = (self.version(), self.forgot.load(Ordering::SeqCst));
        let rendered = async { render.await.map(|page| page.map(Arc::new)) };
        let page = self.pages.try_get_with(name.clone(), rendered).await.map_err(|e| anyhow::anyhow!("{e:#}"))?;
        // A change told meanwhile may be missing from it: whoever asks next has it rendered anew. What is not there is not kept, so
        // that guessed names fill nothing.
        if (self.version(), self.forgot.load(Ordering::SeqCst)) != before || page.is_none() {
            self.pages.invalidate(&name).await;
        }
        Ok(page)
    }

    /// Takes note of changes up to a version: first of the version, then of what is stale by them.
    pub async fn changed(&self, version: i64, stale: impl IntoIterator<Item = Name>) {
        self.version.store(version, Ordering::SeqCst);
        for name in stale {
            self.pages.invalidate(&name).await;
        }
    }

    /// Forgets all.
    pub fn forget_all(&self, version: i64) {
        self.version.store(version, Ordering::SeqCst);
        self.forgot.fetch_add(1, Ordering::SeqCst);
        self.pages.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(key: &str) -> Name {
        Name::Story(key.to_owned())
    }

    async fn text(page: &Option<Arc<Rendered>>) -> String {
        String::from_utf8(page.as_ref().expect("there").unpacked().expect("unpacks")).expect("text")
    }

    #[tokio::test]
    async fn a_page_is_rendered_once_and_again_when_it_changed() {
        let kept = Kept::new(7);
        let of = |words: &'static str| async move { Rendered::new(words).map(Some) };
        assert_eq!(text(&kept.page(story("a"), of("one")).await.expect("renders")).await, "one");
        assert_eq!(text(&kept.page(story("a"), of("two")).await.expect("kept")).await, "one");
        kept.changed(8, [story("b")]).await;
        assert_eq!(text(&kept.page(story("a"), of("two")).await.expect("kept")).await, "one");
        kept.changed(9, [story("a")]).await;
        assert_eq!(text(&kept.page(story("a"), of("two")).await.expect("renders")).await, "two");
    }

    #[tokio::test]
    async fn a_change_told_while_a_page_is_rendered_makes_it_stale() {
        let kept = Arc::new(Kept::new(1));
        let other = Arc::clone(&kept);
        let slow = async move {
            other.changed(2, [story("a")]).await;
            Rendered::new("old").map(Some)
        };
        assert_eq!(text(&kept.page(story("a"), slow).await.expect("renders")).await, "old");
        let fresh = async { Rendered::new("new").map(Some) };
        assert_eq!(text(&kept.page(story("a"), fresh).await.expect("renders")).await, "new");
    }

    #[tokio::test]
    async fn what_is_forgotten_while_it_is_rendered_is_not_kept() {
        let kept = Arc::new(Kept::new(1));
        let other = Arc::clone(&kept);
        let slow = async move {
            other.forget_all(1);
            Rendered::new("old").map(Some)
        };
        assert_eq!(text(&kept.page(story("a"), slow).await.expect("renders")).await, "old");
        let fresh = async { Rendered::new("new").map(Some) };
        assert_eq!(text(&kept.page(story("a"), fresh).await.expect("renders")).await, "new");
    }

    #[tokio::test]
    async fn what_is_not_there_and_what_failed_is_asked_for_again() {
        let kept = Kept::new(1);
        assert!(kept.page(story("a"), async { Ok(None) }).await.expect("asked").is_none());
        assert!(kept.page(story("a"), async { anyhow::bail!("the disk is gone") }).await.is_err());
        assert!(kept.page(story("a"), async { Rendered::new("there").map(Some) }).await.expect("asked").is_some());
    }

    #[test]
    fn what_is_unpacked_is_bounded() {
        // UNPACKED_PAGE_BYTES, RENDERED_BYTES
        const { assert!(UNPACKED_PAGE_BYTES < RENDERED_BYTES) };
        let long = "a".repeat(UNPACKED_PAGE_BYTES + 10);
        let page = Rendered::new(&long).expect("packs");
        assert_eq!(page.unpacked().expect("unpacks").len(), UNPACKED_PAGE_BYTES);
    }
}
