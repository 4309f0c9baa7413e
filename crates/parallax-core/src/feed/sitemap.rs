//! The bytes of a news sitemap → the articles it lists, each with its time; of an index, the sitemaps that it leads to.

use super::tree::{Element, Tree};
use super::{dates, problem};
use crate::limits::{FEED_BYTES, SITEMAP_ADDRESSES};
use crate::model::Problem;
use crate::text::decode;

/// A sitemap, or an index of sitemaps (sitemaps.org, protocol 0.9; Google's news sitemaps 0.9).
#[derive(Clone, Debug, Default)]
pub struct Sitemap {
    /// The pages that it lists, in its order.
    pub listed: Vec<Listed>,
    /// The sitemaps that an index leads to, in its order.
    pub leads_to: Vec<LeadsTo>,
    /// What was odd.
    pub problems: Vec<Problem>,
}

/// A page that a sitemap lists. Times are ISO 8601, as far as known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    /// Its address.
    pub url: String,
    /// When it was published, where it is listed as news.
    pub published: Option<String>,
    /// When it was last changed.
    pub changed: Option<String>,
    /// Its headline, where it is listed as news.
    pub title: Option<String>,
    /// BCP 47, as declared, where it is listed as news.
    pub language: Option<String>,
}

/// A sitemap that an index leads to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeadsTo {
    /// Its address.
    pub url: String,
    /// When it was last changed, ISO 8601.
    pub changed: Option<String>,
}

/// Parses a sitemap or an index of them; `Err` says why the bytes are neither.
///
/// # Errors
/// A [`Problem`] with its remedy where no sitemap could be made out.
pub fn parse_sitemap(bytes: &[u8]) -> Result<Sitemap, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(problem("the sitemap is empty", "it is asked for again later"));
    }
    let decoded = decode(&bytes[..bytes.len().min(FEED_BYTES)], None, true);
    if decoded.binary {
        return Err(problem("this is no text", "unpack it if it is packed"));
    }
    let tree = Tree::parse(decoded.text.trim_start_matches(['\u{feff}', '\0']));
    let root = |name: &str| tree.elements.iter().any(|e| e.name == name);
    let mut sitemap = Sitemap::default();
    let mut without = 0;
    let mut addressed = |of: &Element| {
        let url = first(&tree, of, "", "loc").filter(|url| url.starts_with("http://") || url.starts_with("https://"));
        without += usize::from(url.is_none());
        url
    };
    let all = |name: &'static str| tree.elements.iter().filter(move |e| e.space.is_empty() && e.name == name);
    let entries = if root("urlset") {
        let pages = all("url").take(SITEMAP_ADDRESSES);
        sitemap.listed = pages.filter_map(|of| Some(listed(&tree, of, addressed(of)?))).collect();
        all("url").count()
    } else if root("sitemapindex") {
        let sitemaps = all("sitemap").take(SITEMAP_ADDRESSES);
        let changed = |of| first(&tree, of, "", "lastmod").and_then(|text| dates::iso(&text));
        sitemap.leads_to =
            sitemaps.filter_map(|of| Some(LeadsTo { url: addressed(of)?, changed: changed(of) })).collect();
        all("sitemap").count()
    } else {
        let remedy = "nothing needs to be done; the outlet may have moved or dropped its news sitemap";
        return Err(problem("there is no sitemap in it", remedy));
    };
    let mut odd = |is: bool, message: &str, remedy: &str| {
        sitemap.problems.extend(is.then(|| problem(message, remedy)));
    };
    odd(tree.broken, "the sitemap is not well-formed XML", "nothing needs to be done; tell the outlet");
    odd(decoded.malformed, "some characters could not be decoded", "check the sitemap's encoding");
    odd(bytes.len() > FEED_BYTES, &format!("only its first {FEED_BYTES} bytes were read"), "nothing needs to be done");
    odd(
        entries > SITEMAP_ADDRESSES,
        &format!("only its first {SITEMAP_ADDRESSES} entries were read"),
        "nothing needs to be done",
    );
    odd(without > 0, &format!("{without} of its entries give no address of the web"), "tell the outlet");
    Ok(sitemap)
}

fn listed(tree: &Tree, of: &Element, url: String) -> Listed {
    let news = tree.child(of, "news", "news");
    let said = |name: &str| first(tree, news?, "news", name);
    let language = || first(tree, tree.child(news?, "news", "publication")?, "news", "language");
    Listed {
        url,
        published: said("publication_date").and_then(|text| dates::iso(&text)),
        changed: first(tree, of, "", "lastmod").and_then(|text| dates::iso(&text)),
        title: said("title"),
        language: language().map(|tag| tag.replace('_', "-")),
    }
}

/// The text of the first child of that vocabulary and name that has some.
fn first(tree: &Tree, of: &Element, space: &str, name: &str) -> Option<String> {
    let children = tree.children(of).filter(|e| e.space == space && e.name == name);
    children.map(|e| tree.text(e)).find(|text| !text.is_empty())
}
