//! The bytes of an OPML file → the feeds that it lists, whatever else it says.

use super::problem;
use super::tree::Tree;
use crate::limits::{FEED_BYTES, OPML_OUTLINES};
use crate::model::Problem;
use crate::text::decode;
use std::collections::BTreeSet;

/// A feed that a list names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    /// Its address: http or https.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The page it stands for.
    pub site: Option<String>,
    /// ISO 3166-1 alpha-2, where a category says `/country/CC`, as our own lists do.
    pub country: Option<String>,
    /// BCP 47, as `language` says (OPML 2.0).
    pub language: Option<String>,
}

/// A list of feeds.
#[derive(Clone, Debug, Default)]
pub struct Opml {
    /// Each address once, in the order of the list.
    pub outlines: Vec<Outline>,
    /// What could not be taken.
    pub problems: Vec<Problem>,
}

/// Reads a list of feeds (OPML 1.0 to 2.0), however broken; groups within it are looked into and not kept.
///
/// # Errors
/// A [`Problem`] with its remedy where the bytes are no list of feeds.
pub fn parse_opml(bytes: &[u8]) -> Result<Opml, Problem> {
    let remedy = "export the feeds from your reader again, as OPML";
    let decoded = decode(&bytes[..bytes.len().min(FEED_BYTES)], None, true);
    if decoded.binary {
        return Err(problem("this is no text", "unpack it if it is packed"));
    }
    let tree = Tree::parse(&decoded.text);
    if !tree.elements.iter().any(|e| e.name == "opml") {
        return Err(problem("this is no OPML", remedy));
    }
    let mut list = Opml::default();
    let mut seen = BTreeSet::new();
    let mut lines = Lines { text: &decoded.text, at: 0, line: 1 };
    for element in tree.elements.iter().filter(|e| e.name == "outline") {
        let text = |name: &str| element.attribute(name).map(str::trim).filter(|t| !t.is_empty()).map(ToOwned::to_owned);
        let Some(url) = text("xmlurl") else { continue };
        // What is wrong counts too: a list of nothing but mistakes has an end.
        let full = list.outlines.len() + list.problems.len() == OPML_OUTLINES;
        if !full && !is_address(&url) {
            let line = lines.of(element.left);
            let message = format!("line {line}: “{}” is no address of the web", shown(&url));
            list.problems.push(problem(&message, "mend it in the list: http:// or https://, and a host"));
            continue;
        }
        if !seen.insert(url.clone()) {
            continue;
        }
        if full {
            let message = format!("the list names more than {OPML_OUTLINES} feeds; the rest is left out");
            list.problems.push(problem(&message, "split it"));
            break;
        }
        let country = text("category").and_then(|c| {
            let code = c.split(',').find_map(|c| c.trim().strip_prefix("/country/").map(str::to_ascii_uppercase))?;
            (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())).then_some(code)
        });
        let site = text("htmlurl").filter(|site| is_address(site));
        let language = text("language").map(|tag| tag.replace('_', "-")).filter(|tag| is_tag(tag));
        list.outlines.push(Outline { url, title: text("title").or_else(|| text("text")), site, country, language });
    }
    if list.outlines.is_empty() && list.problems.is_empty() {
        return Err(problem("there is no feed in it", remedy));
    }
    if tree.broken {
        list.problems.push(problem("the list is not well-formed XML", "look whether all of its feeds came in"));
    }
    Ok(list)
}

/// The lines of a text, asked for in its order.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line from which so many bytes are left.
    fn of(&mut self, left: usize) -> usize {
        let to = self.text.len().saturating_sub(left).max(self.at);
        self.line += self.text.as_bytes()[self.at..to].iter().filter(|byte| **byte == b'\n').count();
        self.at = to;
        self.line
    }
}

/// Looks like a language tag of BCP 47; “unknown” and whole sentences don't.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    first && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_address(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    });
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty() && !url.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// As much of it as a message has room for.
fn shown(url: &str) -> String {
    url.chars().filter(|c| !c.is_control()).take(120).collect()
}
