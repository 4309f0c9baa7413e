//! The text of `outlets.toml` → the outlets of the sample press, as far as a server must know them.

use super::sitemap::Offer;
use anyhow::{Context, Result};
use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Deserializer, de::Error};

/// Who publishes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Outlet {
    pub(super) id: String,
    pub(super) name: String,
    /// ISO 3166-1 alpha-2.
    pub(super) country: String,
    /// BCP 47.
    pub(super) language: String,
    #[serde(deserialize_with = "nobodys")]
    pub(super) domain: String,
    pub(super) feed: FeedKind,
    /// Of its pages and, where it is XML, of its feed.
    #[serde(deserialize_with = "encoding")]
    pub(super) encoding: &'static Encoding,
    /// The page's markup: `templates/NAME.html`.
    pub(super) template: String,
    /// Seconds between two requests that its robots.txt asks for.
    pub(super) crawl_delay: Option<u32>,
    /// The path that its robots.txt keeps to itself.
    pub(super) disallow: Option<String>,
    /// The news sitemap that its robots.txt names.
    pub(super) sitemap: Option<Offer>,
    /// Hours between two notices, which its sitemap lists and its feed does not carry.
    pub(super) notices: Option<u32>,
}

/// How a feed is offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FeedKind {
    Rss,
    Atom,
    Json,
}

impl FeedKind {
    /// Where an outlet has it.
    pub(super) fn path(self) -> &'static str {
        match self {
            FeedKind::Rss => "/feed.xml",
            FeedKind::Atom => "/atom.xml",
            FeedKind::Json => "/feed.json",
        }
    }

    pub(super) fn media_type(self) -> &'static str {
        match self {
            FeedKind::Rss => "application/rss+xml",
            FeedKind::Atom => "application/atom+xml",
            FeedKind::Json => "application/feed+json",
        }
    }
}

impl Outlet {
    /// The language without its country.
    pub(super) fn primary_language(&self) -> &str {
        self.language.split('-').next().unwrap_or_default()
    }

    /// Which way its script runs.
    pub(super) fn direction(&self) -> &'static str {
        if matches!(self.primary_language(), "ar" | "fa" | "he") { "rtl" } else { "ltr" }
    }

    /// The encoding's name as pages give it.
    pub(super) fn charset(&self) -> String {
        self.encoding.name().to_ascii_lowercase()
    }

    /// What its feed is encoded in: JSON is UTF-8 always (RFC 8259, 8.1).
    pub(super) fn feed_encoding(&self) -> &'static Encoding {
        if self.feed == FeedKind::Json { UTF_8 } else { self.encoding }
    }
}

/// Reads the file of outlets; what only a desk asks of them (owner, kind) is passed over.
pub(super) fn outlets(file: &str, text: &str) -> Result<Vec<Outlet>> {
    #[derive(Deserialize)]
    struct Outlets {
        outlet: Vec<Outlet>,
    }
    let Outlets { outlet } = toml::from_str(text).with_context(|| format!("{file} cannot be read"))?;
    Ok(outlet)
}

fn encoding<'de, D: Deserializer<'de>>(value: D) -> Result<&'static Encoding, D::Error> {
    let label = String::deserialize(value)?;
    Encoding::for_label(label.as_bytes()).ok_or_else(|| D::Error::custom(format!("{label:?} is no encoding")))
}

/// RFC 2606 keeps `.example` free, so that no real outlet is spoken for.
fn nobodys<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    let domain = String::deserialize(value)?;
    if domain.ends_with(".example") {
        Ok(domain)
    } else {
        Err(D::Error::custom(format!("{domain:?} could be somebody's: let it end in .example")))
    }
}
