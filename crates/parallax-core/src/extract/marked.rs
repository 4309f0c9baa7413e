//! A page's markup → which lines are links, which are headings, which its classes call a credit.

use super::markup::{Event, Events, Tag, decode, is_inline};
use crate::text::fold;
use std::collections::BTreeSet;

/// No headline that is a link, no heading and no credit is longer.
const MARKED_BYTES: usize = 400;

/// Folded texts of elements that are not prose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marked {
    /// Of `a`.
    pub links: BTreeSet<String>,
    /// Of `h2` to `h6`.
    pub headings: BTreeSet<String>,
    /// Of elements whose class is a credit's.
    pub credits: BTreeSet<String>,
    /// Of what stands right before a form, in one block with it: what the form is for.
    pub forms: BTreeSet<String>,
    /// As shown, of elements whose class is an agency's.
    pub agencies: Vec<String>,
}

/// An open element that is wanted: where it goes, its name, its text so far.
struct Open<'a> {
    what: What,
    name: &'a str,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Link,
    Heading,
    Credit,
    Agency,
}

/// Reads a page's markup.
#[must_use]
pub fn marked(html: &str) -> Marked {
    let mut marked = Marked::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut last = "";
    for event in Events::new(html) {
        match event {
            Event::Text(text) => {
                if text.contains(|c: char| !c.is_whitespace()) {
                    last = text;
                }
                for open in open.iter_mut().filter(|open| open.text.len() < MARKED_BYTES) {
                    open.text.push_str(text);
                }
            }
            Event::Open(tag) => {
                if tag.is("form") && !last.is_empty() && last.len() < MARKED_BYTES {
                    marked.forms.insert(fold(decode(last).trim()));
                }
                if !is_inline(tag.name) && !tag.is_void() {
                    last = "";
                }
                // A link or heading that is never closed ends where another begins.
                if let Some(what) = what(&tag) {
                    if let Some(at) = open.iter().position(|other| other.what == what) {
                        marked.take(&open.remove(at));
                    }
                    open.push(Open { what, name: tag.name, text: String::new() });
                } else {
                    open.iter_mut().for_each(|open| open.text.push(' '));
                }
            }
            Event::Close(name) => {
                if !is_inline(name) {
                    last = "";
                }
                let at = open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name));
                if let Some(at) = at {
                    marked.take(&open.remove(at));
                }
            }
        }
    }
    marked
}

fn what(tag: &Tag<'_>) -> Option<What> {
    if tag.is("a") {
        return Some(What::Link);
    }
    if ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| tag.is(name)) {
        return Some(What::Heading);
    }
    if tag.attributes.len() < 6 || !["p", "div", "span", "small", "em", "li", "a"].iter().any(|name| tag.is(name)) {
        return None;
    }
    let class = tag.attribute("class")?.to_ascii_lowercase();
    let has = |words: &[&str]| class.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part));
    if has(&["agency", "agencia", "agence", "agentur", "agenzia", "newsagency", "wire", "provider"]) {
        Some(What::Agency)
    } else if has(&["credit", "credits", "source", "quelle", "fuente", "fonte", "signature"]) {
        Some(What::Credit)
    } else {
        None
    }
}

impl Marked {
    fn take(&mut self, open: &Open<'_>) {
        if open.text.len() >= MARKED_BYTES {
            return;
        }
        let text = decode(&open.text).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        match open.what {
            What::Link => self.links.insert(fold(&text)),
            What::Heading => self.headings.insert(fold(&text)),
            What::Credit => self.credits.insert(fold(&text)),
            What::Agency => {
                self.agencies.push(text);
                true
            }
        };
    }
}
