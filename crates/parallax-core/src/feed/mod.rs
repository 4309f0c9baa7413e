//! The bytes of a feed → its entries, whatever dialect and however broken.

mod adapt;
mod dates;
mod entities;
mod json;
mod offered;
mod opml;
mod sanitise;
mod sitemap;
mod tree;

pub use offered::{Offered, offered};
pub use opml::{Opml, Outline, parse_opml};
pub use sitemap::{LeadsTo, Listed, Sitemap, parse_sitemap};

use crate::limits::FEED_BYTES;
use crate::model::{Problem, Stage};
use crate::text::decode;
use tree::Tree;

/// A normalised feed.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Its own title.
    pub title: Option<String>,
    /// The page it stands for.
    pub link: Option<String>,
    /// BCP 47, as declared.
    pub language: Option<String>,
    /// Newest first, as given.
    pub entries: Vec<Entry>,
    /// What was odd.
    pub problems: Vec<Problem>,
}

/// One entry of a feed. Times are ISO 8601, as far as known.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Entry {
    pub id: Option<String>,
    pub url: Option<String>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub content: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub enclosures: Vec<Enclosure>,
}

/// A file that an entry brings along.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Enclosure {
    pub url: String,
    pub media_type: Option<String>,
    pub length: Option<u64>,
}

/// Parses a feed; `Err` says why the bytes are none.
///
/// # Errors
/// A [`Problem`] with its remedy where no feed could be made out.
pub fn parse(bytes: &[u8]) -> Result<Feed, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(problem("the file is empty", "fetch the feed again"));
    }
    let bytes = &bytes[..bytes.len().min(FEED_BYTES)];
    let decoded = decode(bytes, None, true);
    if decoded.binary {
        return Err(problem("this is no text", "give the address of the feed itself; unpack it if it is packed"));
    }
    let text = decoded.text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    if text.starts_with('{') {
        let feed = json::parse(text);
        return feed
            .ok_or_else(|| problem("this JSON is no JSON Feed", "give the address of an RSS, Atom or JSON feed"));
    }
    let tree = Tree::parse(text);
    let Some(mut feed) = adapt::feed(&tree) else {
        let message = "there is no RSS, Atom, RDF or CDF in it";
        return Err(problem(message, "give the address of the feed, not of the page that links to it"));
    };
    if tree.broken {
        feed.problems.push(problem("the feed is not well-formed XML", "nothing needs to be done; tell the outlet"));
    }
    if decoded.malformed {
        feed.problems.push(problem("some characters could not be decoded", "check the feed's encoding"));
    }
    Ok(feed)
}

fn problem(message: &str, remedy: &str) -> Problem {
    Problem { stage: Stage::Feed, document: None, message: message.to_owned(), remedy: remedy.to_owned() }
}
