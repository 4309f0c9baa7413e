//! Markup that calls itself XML, however broken → a tree of elements. Nothing after a mistake is lost.

use super::entities;
use crate::limits::{FEED_DECLARATIONS, MARKUP_DEPTH};
use std::collections::BTreeMap;

/// One element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Which vocabulary it belongs to: "" for the feed's own, else a short name ("dc", "media"), or the prefix as it stands.
    pub space: String,
    /// Local name, lower case.
    pub name: String,
    /// As it stands, prefix and all.
    pub written: String,
    /// Names in lower case with their prefix, values with entities resolved.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Bytes of the text from its name on.
    pub left: usize,
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Node {
    /// Entities resolved.
    Text(String),
    /// Index in the tree.
    Element(usize),
}

/// The elements; index 0 is the document itself.
#[derive(Debug)]
pub(super) struct Tree {
    pub elements: Vec<Element>,
    /// Was there anything that well-formed XML does not have?
    pub broken: bool,
}

/// Vocabularies by a part of their address, in the versions that are about.
const SPACES: &[(&str, &str)] = &[
    ("purl.org/dc/elements", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("search.yahoo.com/mrss", "media"),
    ("google.com/schemas/sitemap-news", "news"),
    ("google.com/schemas/sitemap/", ""),
    ("sitemaps.org/schemas/sitemap/", ""),
    ("itunes.com/dtds/podcast", "itunes"),
    ("www.itunes.com", "itunes"),
    ("example.com/dtds/podcast", "itunes"),
    ("w3.org/1999/xhtml", "xhtml"),
    ("w3.org/2000/svg", "svg"),
    ("w3.org/1998/math/mathml", "math"),
    ("w3.org/1999/02/22-rdf-syntax", "rdf"),
    ("w3.org/2005/atom", ""),
    ("purl.org/atom/", ""),
    ("purl.org/rss/1.0/", ""),
    ("purl.org/net/rss", ""),
    ("my.netscape.com/", ""),
    ("channel.netscape.com/", ""),
    ("backend.userland.com/", ""),
    ("blogs.law.harvard.edu/", ""),
    ("cyber.law.harvard.edu/", ""),
];

impl Tree {
    /// Parses a document, in time linear in its length.
    pub(super) fn parse(text: &str) -> Tree {
        let mut parser = Parser {
            tree: Tree { elements: vec![Element::default()], broken: false },
            open: vec![0],
            spaces: vec![],
            entities: BTreeMap::new(),
            flattened: 0,
        };
        parser.document(text);
        parser.tree.broken |= parser.open.len() > 1;
        parser.tree
    }

    /// The child elements of an element.
    pub(super) fn children(&self, of: &Element) -> impl Iterator<Item = &Element> {
        of.children.iter().filter_map(|node| match node {
            Node::Element(at) => Some(&self.elements[*at]),
            Node::Text(_) => None,
        })
    }

    /// The first child of that vocabulary and name with anything in it.
    pub(super) fn child(&self, of: &Element, space: &str, name: &str) -> Option<&Element> {
        self.children(of)
            .find(|e| e.space == space && e.name == name && !(e.children.is_empty() && e.attributes.is_empty()))
    }

    /// Its content: text as it stands; where there are elements, as markup.
    pub(super) fn markup(&self, of: &Element) -> String {
        let mut out = String::new();
        if self.children(of).next().is_none() {
            self.text_into(of, &mut out);
        } else {
            self.markup_into(of, &mut out);
        }
        out.trim().to_owned()
    }

    /// The text in it and in its elements.
    pub(super) fn text(&self, of: &Element) -> String {
        let mut out = String::new();
        self.text_into(of, &mut out);
        out.trim().to_owned()
    }

    // Both recurse at most MARKUP_DEPTH deep: the parser builds nothing deeper.
    fn text_into(&self, of: &Element, out: &mut String) {
        for node in &of.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(at) => self.text_into(&self.elements[*at], out),
            }
        }
    }

    fn markup_into(&self, of: &Element, out: &mut String) {
        for node in &of.children {
            match node {
                Node::Text(text) => out.push_str(&escape(text)),
                Node::Element(at) => {
                    let element = &self.elements[*at];
                    out.push('<');
                    out.push_str(&element.written);
                    for (name, value) in &element.attributes {
                        out.push_str(&format!(" {name}=\"{}\"", escape(value)));
                    }
                    out.push('>');
                    if !is_void(&element.name) {
                        self.markup_into(element, out);
                        out.push_str(&format!("</{}>", element.written));
                    }
                }
            }
        }
    }
}

impl Element {
    /// An attribute's value, trimmed.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }
}

/// Text as it may stand in markup.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Elements of HTML without an end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area" | "base" | "br" | "col" | "hr" | "img" | "input" | "link" | "meta" | "source" | "track" | "wbr"
    )
}

struct Parser {
    tree: Tree,
    /// Indices of the open elements.
    open: Vec<usize>,
    /// Declared prefixes with the depth of their element.
    spaces: Vec<(usize, String, String)>,
    /// Declared in the document type.
    entities: BTreeMap<String, String>,
    /// Open elements too deep to be built.
    flattened: usize,
}

impl Parser {
    fn document(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at], true);
            rest = &rest[at..];
            rest = self.construct(rest);
        }
        self.text(rest, true);
    }

    /// What begins with `<`; gives what follows it.
    fn construct<'a>(&mut self, rest: &'a str) -> &'a str {
        let until = |end: &str| rest.find(end).map_or("", |at| &rest[at + end.len()..]);
        if rest.starts_with("<!--") {
            return until("-->");
        }
        if let Some(inside) = rest.strip_prefix("<![CDATA[") {
            let end = inside.find("]]>");
            self.tree.broken |= end.is_none();
            self.text(&inside[..end.unwrap_or(inside.len())], false);
            return end.map_or("", |at| &inside[at + 3..]);
        }
        if rest.starts_with("<?") {
            return until(">");
        }
        if rest.starts_with("<!") {
            return self.declaration(rest);
        }
        if let Some(inside) = rest.strip_prefix("</") {
            let end = inside.find(['>', '<']).unwrap_or(inside.len());
            self.close(inside[..end].trim());
            return inside[end..].strip_prefix('>').unwrap_or(&inside[end..]);
        }
        if rest[1..].starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return self.start(&rest[1..]);
        }
        self.tree.broken = true;
        self.text("<", false);
        &rest[1..]
    }

    /// `<!DOCTYPE …>` with the entities it declares.
    fn declaration<'a>(&mut self, rest: &'a str) -> &'a str {
        let end = rest.find('>').unwrap_or(rest.len());
        let Some(bracket) = rest[..end].find('[') else { return rest.get(end + 1..).unwrap_or("") };
        let inside = &rest[bracket + 1..];
        let close = inside.find("]>").or_else(|| inside.find(']')).unwrap_or(0);
        for declared in inside[..close].split("<!ENTITY").skip(1).take(FEED_DECLARATIONS) {
            let mut parts = declared.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(value)) = (parts.next(), parts.next()) else { continue };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            // An entity that is made of entities stays as it is written: no bombs.
            if let Some(value) = value[1..].split(quote).next().filter(|value| value.len() <= 256) {
                self.entities.insert(name.to_owned(), resolve(value, &BTreeMap::new()));
            }
        }
        let after = &inside[close..];
        after.find('>').map_or("", |at| &after[at + 1..])
    }

    fn text(&mut self, text: &str, entities: bool) {
        if text.is_empty() {
            return;
        }
        let text = if entities { resolve(text, &self.entities) } else { windows(text) };
        let Some(top) = self.open.last() else { return };
        let children = &mut self.tree.elements[*top].children;
        match children.last_mut() {
            Some(Node::Text(before)) => before.push_str(&text),
            _ => children.push(Node::Text(text)),
        }
    }

    /// A start tag, `<` taken; gives what follows it.
    fn start<'a>(&mut self, rest: &'a str) -> &'a str {
        let left = rest.len();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(rest.len());
        let written = &rest[..end];
        let (attributes, empty, rest) = attributes(&rest[end..], &self.entities);
        let depth = self.open.len();
        for (name, value) in &attributes {
            if let Some(prefix) = name.strip_prefix("xmlns") {
                self.spaces.push((depth, prefix.trim_start_matches(':').to_owned(), value.to_lowercase()));
            }
        }
        let (space, name) = self.space(written);
        if space.is_empty() && matches!(name.as_str(), "item" | "entry") {
            self.end_unclosed_entry();
        }
        if self.open.len() >= MARKUP_DEPTH {
            self.flattened += usize::from(!empty);
            return rest;
        }
        let at = self.tree.elements.len();
        self.tree.elements.push(Element {
            space,
            name,
            written: written.to_owned(),
            attributes,
            children: vec![],
            left,
        });
        if let Some(top) = self.open.last() {
            self.tree.elements[*top].children.push(Node::Element(at));
        }
        if empty {
            self.spaces.retain(|(of, ..)| *of < depth);
        } else {
            self.open.push(at);
        }
        rest
    }

    /// Vocabulary and local name.
    fn space(&self, written: &str) -> (String, String) {
        let lower = written.to_lowercase();
        let (prefix, name) = lower.split_once(':').unwrap_or(("", &lower));
        let declared = self.spaces.iter().rev().find(|(_, known, _)| known.to_lowercase() == prefix);
        let known = declared.and_then(|(_, _, uri)| SPACES.iter().find(|(part, _)| uri.contains(part)));
        let space = match known {
            // Without a prefix only page markup is another vocabulary: feeds name their own in many ways.
            Some((_, space)) if !prefix.is_empty() || matches!(*space, "xhtml" | "svg" | "math") => space,
            _ => prefix,
        };
        let space = if matches!(space, "atom" | "atom10" | "rss") { "" } else { space };
        (space.to_owned(), name.to_owned())
    }

    /// An entry that begins inside another: the other was never closed.
    fn end_unclosed_entry(&mut self) {
        let inside = self.open.iter().position(|at| {
            let element = &self.tree.elements[*at];
            element.space.is_empty() && matches!(element.name.as_str(), "item" | "entry")
        });
        if let Some(at) = inside {
            self.tree.broken = true;
            self.truncate(at);
        }
    }

    fn close(&mut self, written: &str) {
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        // No further up than an entry: a stray end tag must not end the feed.
        let same = |at: &usize| self.tree.elements[*at].written.eq_ignore_ascii_case(written);
        match self.open.iter().rposition(same) {
            Some(at) if at > 0 => {
                self.tree.broken |= at + 1 < self.open.len();
                self.truncate(at);
            }
            _ => self.tree.broken = true,
        }
    }

    fn truncate(&mut self, depth: usize) {
        self.open.truncate(depth.max(1));
        let depth = self.open.len();
        while self.spaces.last().is_some_and(|(of, ..)| *of >= depth) {
            self.spaces.pop();
        }
    }
}

/// Attributes up to the end of a tag: them, whether it closes itself, and what follows.
pub(super) fn attributes<'a>(
    text: &'a str,
    declared: &BTreeMap<String, String>,
) -> (Vec<(String, String)>, bool, &'a str) {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match rest.chars().next() {
            None | Some('<') => return (found, false, rest),
            Some('>') => return (found, false, &rest[1..]),
            Some('/') => {
                let after = rest[1..].trim_start();
                if let Some(after) = after.strip_prefix('>') {
                    return (found, true, after);
                }
                rest = after;
                continue;
            }
            Some(_) => {}
        }
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'))
            .map_or(rest.len(), |(at, _)| at);
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (1, after[1..].find(quote).map(|at| at + 1)),
                None => (0, after.find(|c: char| c.is_whitespace() || c == '>')),
            };
            let closed = end.is_some();
            let end = end.or_else(|| after.find('>')).unwrap_or(after.len()).max(start.min(after.len()));
            value = &after[start.min(after.len())..end];
            rest = &after[end..];
            if quote.is_some() && closed {
                rest = &rest[1..];
            }
        }
        if !found.iter().any(|(known, _)| *known == name) && found.len() < 64 {
            found.push((name, resolve(value, declared)));
        }
    }
}

/// Entities resolved; those unknown stay as they stand.
pub(super) fn resolve(text: &str, declared: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&windows(&rest[..at]));
        rest = &rest[at..];
        let name = rest[1..].bytes().take(32).position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        let Some(end) = name.map(|end| end + 1).filter(|end| rest[*end..].starts_with(';')) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        let name = &rest[1..end];
        match declared.get(name) {
            Some(value) => out.push_str(value),
            None => match character(name) {
                Some(c) => out.push(c),
                None => out.push_str(&rest[..=end]),
            },
        }
        rest = &rest[end + 1..];
    }
    out.push_str(&windows(rest));
    out
}

fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else { return entities::named(name) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(of_windows)
}

/// C1 controls stand for the characters of windows-1252, as in HTML (section 13.2.5.80 of the standard).
fn of_windows(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(byte @ 0x80..=0x9f) => {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

fn windows(text: &str) -> String {
    if text.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        text.chars().map(of_windows).collect()
    } else {
        text.to_owned()
    }
}
