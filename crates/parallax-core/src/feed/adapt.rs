//! A tree of RSS (0.9 to 2.0), RDF, Atom (0.3, 1.0) or CDF → a feed: each finding from the first place that has it.

use super::sanitise::{sanitise, visible};
use super::tree::{Element, Tree, resolve};
use super::{Enclosure, Entry, Feed, dates};
use crate::limits::FEED_ENTRIES;
use std::collections::BTreeMap;

/// `None` where nothing in the tree is a feed.
pub(super) fn feed(tree: &Tree) -> Option<Feed> {
    let is = |e: &&Element, names: &[&str]| names.contains(&e.name.as_str());
    let root = tree.elements.iter().find(|e| is(e, &["rss", "rdf", "feed", "channel", "entry"]))?;
    let channel = tree.elements.iter().find(|e| is(e, &["channel", "feed"])).unwrap_or(root);
    let mut adapter = Adapter { tree, channel, root, inherited: Vec::new() };
    adapter.inherited = adapter.authors(channel);
    let entries = tree.elements.iter().filter(|e| e.space.is_empty() && is(e, &["item", "entry"])).take(FEED_ENTRIES);
    Some(Feed {
        title: adapter.title(channel),
        link: adapter.link(channel).or_else(|| channel.attribute("href").map(str::to_owned)),
        language: adapter.language(),
        entries: entries.map(|entry| adapter.entry(entry)).collect(),
        problems: Vec::new(),
    })
}

/// More names than this are no authors but a mistake.
const AUTHORS: usize = 50;

struct Adapter<'a> {
    tree: &'a Tree,
    channel: &'a Element,
    root: &'a Element,
    /// The feed's own authors.
    inherited: Vec<String>,
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl Adapter<'_> {
    /// The text of the first of these children, given as (vocabulary, name).
    fn first(&self, of: &Element, places: &[(&str, &str)]) -> Option<String> {
        places.iter().find_map(|(space, name)| {
            let child = self.tree.children(of).filter(|e| e.space == *space && e.name == *name);
            child.map(|e| self.tree.text(e)).find(|text| !text.is_empty())
        })
    }

    fn language(&self) -> Option<String> {
        let said = self.first(self.channel, &[("", "language"), ("dc", "language")]);
        let attribute = || {
            let places = [self.channel, self.root].into_iter().chain(self.tree.elements.first());
            places.into_iter().find_map(|e| e.attribute("xml:lang").or(e.attribute("lang"))).map(str::to_owned)
        };
        said.or_else(attribute).map(|tag| tag.replace('_', "-")).filter(|tag| !tag.is_empty())
    }

    fn title(&self, of: &Element) -> Option<String> {
        let places = [("", "title"), ("dc", "title"), ("media", "title"), ("itunes", "title")];
        let of_place = |(space, name): &(&str, &str)| {
            let mut titles = self.tree.children(of).filter(|e| e.space == *space && e.name == *name);
            titles.find_map(|title| {
                some(self.plain(title)).or_else(|| some(self.construct(title)).map(|_| String::new()))
            })
        };
        places.iter().find_map(of_place).or_else(|| of.attribute("title").map(str::to_owned))
    }

    /// A title as a reader sees it.
    fn plain(&self, of: &Element) -> String {
        let text = self.construct(of);
        match of.attribute("type") {
            // Atom 1.0, 3.1.1.1: text is text, whatever it looks like.
            Some("text" | "text/plain") => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => visible(&text),
        }
    }

    /// A text construct as markup: escaped, inline or base64.
    fn construct(&self, of: &Element) -> String {
        let mode = of.attribute("mode").unwrap_or("");
        let text = self.tree.markup(of);
        if mode == "base64" || (is_media(of.attribute("type").unwrap_or("")) && !text.contains(['<', ' '])) {
            return base64(&text).unwrap_or(text);
        }
        text
    }

    fn markup(&self, of: &Element, places: &[(&str, &str)]) -> Option<String> {
        places.iter().find_map(|(space, name)| {
            let mut children = self.tree.children(of).filter(|e| e.space == *space && e.name == *name);
            children.find_map(|e| some(self.construct(e)).map(|markup| sanitise(&markup)))
        })
    }

    /// The page: RSS's text, Atom's alternate.
    fn link(&self, of: &Element) -> Option<String> {
        let links = || self.tree.children(of).filter(|e| e.space.is_empty() && e.name == "link");
        let is_page = |link: &&Element| {
            let kind = link.attribute("type").unwrap_or("text/html");
            matches!(link.attribute("rel").unwrap_or("alternate"), "alternate" | "") && kind.contains("html")
        };
        let is_alternate = |link: &&Element| matches!(link.attribute("rel").unwrap_or("alternate"), "alternate" | "");
        let text = links().map(|link| (link, self.tree.text(link))).find(|(_, text)| !text.is_empty());
        if let Some((link, text)) = text {
            return Some(self.absolute(link, of, &text));
        }
        let found = links().find(|l| is_page(l) && l.attribute("href").is_some());
        let found = found.or_else(|| links().find(|l| is_alternate(l) && l.attribute("href").is_some()));
        found.map(|link| self.absolute(link, of, link.attribute("href").unwrap_or("")))
    }

    /// An address resolved against the nearest `xml:base`.
    fn absolute(&self, link: &Element, of: &Element, address: &str) -> String {
        let address: String = address.split(['\n', '\r', '\t']).map(str::trim).collect();
        let bases = [link, of, self.channel, self.root];
        let mut address = resolve(&address, &BTreeMap::new());
        for base in bases.iter().filter_map(|e| e.attribute("xml:base")) {
            address = join(base, &address);
        }
        address
    }

    fn entry(&self, of: &Element) -> Entry {
        let guid = self.first(of, &[("", "guid"), ("", "id"), ("dc", "identifier")]);
        let about = of.attribute("rdf:about").or(of.attribute("about")).map(str::to_owned);
        let permanent = self
            .tree
            .child(of, "", "guid")
            .filter(|guid| guid.attribute("ispermalink").is_none_or(|said| said.eq_ignore_ascii_case("true")))
            .map(|guid| self.tree.text(guid))
            .filter(|guid| guid.starts_with("http://") || guid.starts_with("https://"));
        let link = self.link(of).or_else(|| of.attribute("href").map(str::to_owned)).or(permanent);
        let content = [
            ("content", "encoded"),
            ("", "content"),
            ("xhtml", "body"),
            ("", "body"),
            ("xhtml", "div"),
            ("", "fullitem"),
        ];
        let summary = [
            ("", "summary"),
            ("", "description"),
            ("dc", "description"),
            ("itunes", "summary"),
            ("itunes", "subtitle"),
            ("media", "description"),
            ("", "abstract"),
            ("", "tagline"),
        ];
        let date = |places: &[(&str, &str)]| {
            places.iter().find_map(|place| self.first(of, &[*place]).and_then(|text| dates::iso(&text)))
        };
        let published = [
            ("", "pubdate"),
            ("", "published"),
            ("", "issued"),
            ("dcterms", "issued"),
            ("dc", "date"),
            ("", "created"),
            ("dcterms", "created"),
        ];
        let updated = [("", "updated"), ("", "modified"), ("dcterms", "modified"), ("", "lastbuilddate")];
        let (summary, content) = (self.markup(of, &summary), self.markup(of, &content));
        // RSS with both: the description is the longer text.
        let both = content.is_none() && self.tree.child(of, "", "summary").is_some();
        let content = content.or_else(|| self.markup(of, &[("", "description")]).filter(|_| both));
        Entry {
            id: guid.or(about),
            url: link.filter(|link| !link.is_empty()),
            title: self.title(of),
            summary,
            content,
            // Atom 1.0, 4.2.1: the feed's, where an entry names none.
            authors: Some(self.authors(of)).filter(|a| !a.is_empty()).unwrap_or_else(|| self.inherited.clone()),
            published: date(&published),
            updated: date(&updated).or_else(|| of.attribute("lastmod").and_then(dates::iso)),
            enclosures: self.enclosures(of),
        }
    }

    /// The people whom this element names.
    fn authors(&self, of: &Element) -> Vec<String> {
        let places = [("", "author"), ("dc", "creator"), ("dc", "author"), ("itunes", "author"), ("media", "credit")];
        let mut found: Vec<String> = Vec::new();
        for (space, name) in places {
            for author in self.tree.children(of).filter(|e| e.space == space && e.name == name).take(AUTHORS) {
                let parts = [("", "name"), ("foaf", "name"), ("", "email")];
                let person = self.first(author, &parts).unwrap_or_else(|| self.tree.text(author));
                let person = person_name(&person);
                if !person.is_empty() && !found.contains(&person) {
                    found.push(person);
                }
            }
        }
        found
    }

    fn enclosures(&self, of: &Element) -> Vec<Enclosure> {
        let groups = self.tree.children(of).filter(|e| e.space == "media" && e.name == "group");
        let all = self.tree.children(of).chain(groups.flat_map(|group| self.tree.children(group)));
        let mut found: Vec<Enclosure> = Vec::new();
        for e in all {
            let url = match (e.space.as_str(), e.name.as_str()) {
                ("", "enclosure") => e.attribute("url").or(e.attribute("href")),
                ("media", "content") => e.attribute("url"),
                ("", "link") if e.attribute("rel") == Some("enclosure") => e.attribute("href"),
                _ => None,
            };
            let Some(url) = url.filter(|url| !url.is_empty()) else { continue };
            let length = e.attribute("length").or(e.attribute("filesize")).and_then(|n| n.parse().ok());
            let url = self.absolute(e, of, url);
            if !found.iter().any(|known| known.url == url) {
                found.push(Enclosure { url, media_type: e.attribute("type").map(str::to_owned), length });
            }
        }
        found
    }
}

fn is_media(kind: &str) -> bool {
    let text = kind.is_empty() || !kind.contains('/') || kind.starts_with("text/") || kind.contains("xml");
    !text
}

/// "ada@example.org (Ada Venn)", "Ada Venn <ada@example.org>" → "Ada Venn".
fn person_name(written: &str) -> String {
    let written = visible_person(written);
    if let Some((mail, name)) = written.split_once('(')
        && mail.contains('@')
    {
        return name.trim_end().trim_end_matches(')').trim().to_owned();
    }
    if let Some((name, mail)) = written.split_once('<')
        && mail.contains('@')
        && !name.trim().is_empty()
    {
        return name.trim().trim_matches('"').to_owned();
    }
    written
}

fn visible_person(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// RFC 3986, section 5.2, as far as feeds need it.
fn join(base: &str, address: &str) -> String {
    let scheme = address
        .find(':')
        .is_some_and(|at| address[..at].bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)));
    let Some(authority) = base.find("://").map(|at| at + 3) else { return address.to_owned() };
    if scheme || base.len() > 2_000 {
        return address.to_owned();
    }
    let root = base[authority..].find(['/', '?', '#']).map_or(base.len(), |at| authority + at);
    if let Some(rest) = address.strip_prefix("//") {
        return format!("{}//{rest}", &base[..authority - 2]);
    }
    if address.starts_with('/') {
        return format!("{}{address}", &base[..root]);
    }
    let path = base[root..].split(['?', '#']).next().unwrap_or("");
    if address.is_empty() || address.starts_with(['#', '?']) {
        return format!("{}{path}{address}", &base[..root]);
    }
    let folder = path.rfind('/').map_or("/", |at| &path[..=at]);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut rest = address;
    loop {
        if let Some(after) = rest.strip_prefix("../") {
            parts.pop();
            rest = after;
        } else if let Some(after) = rest.strip_prefix("./") {
            rest = after;
        } else {
            break;
        }
    }
    let folder = parts.iter().map(|part| format!("{part}/")).collect::<String>();
    format!("{}/{folder}{rest}", &base[..root])
}

/// RFC 4648, white space ignored; `None` where it is something else or no text.
fn base64(text: &str) -> Option<String> {
    let mut bits = 0u32;
    let mut have = 0;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace() && *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        have += 6;
        if have >= 8 {
            have -= 8;
            bytes.push((bits >> have & 0xff) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}
