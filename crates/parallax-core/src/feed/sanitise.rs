//! Markup from a feed → markup without anything active, and its text.

use super::tree::{attributes, escape, is_void, resolve};
use std::collections::BTreeMap;

/// Elements that are dropped with all they contain.
const DROPPED_WHOLE: &[&str] = &["script", "style", "applet", "noembed", "template"];
/// Elements that are dropped while their content stays.
const DROPPED: &[&str] = &[
    "html",
    "head",
    "body",
    "meta",
    "link",
    "base",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "param",
    "form",
    "xml",
    "bgsound",
    "layer",
    "ilayer",
    "portal",
    "foreignobject",
    "animate",
    "set",
    "use",
];

/// Drops scripts, styles, frames, plug-ins, event handlers and addresses that run code; closes what stays open; keeps the rest.
pub(super) fn sanitise(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    walk(markup, |piece| match piece {
        Piece::Text(text) => out.push_str(&text.replace('<', "&lt;")),
        Piece::Start(name, kept) => {
            out.push('<');
            out.push_str(name);
            for (name, value) in kept {
                out.push_str(&format!(" {name}=\"{}\"", escape(value)));
            }
            out.push('>');
        }
        Piece::End(name) => out.push_str(&format!("</{name}>")),
    });
    out.trim().to_owned()
}

/// What a reader sees of it: tags dropped, entities resolved, white space made single.
pub(super) fn visible(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    walk(markup, |piece| {
        if let Piece::Text(text) = piece {
            out.push_str(&resolve(text, &BTreeMap::new()));
        } else if matches!(piece, Piece::Start("br" | "p" | "div" | "li", _)) {
            out.push(' ');
        }
    });
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

enum Piece<'a> {
    Text(&'a str),
    Start(&'a str, &'a [(String, String)]),
    End(&'a str),
}

fn walk(markup: &str, mut found: impl FnMut(Piece<'_>)) {
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            found(Piece::Text(&rest[..at]));
        }
        rest = &rest[at..];
        let after = &rest[1..];
        if after.starts_with("!--") {
            // As browsers do: a comment that is never closed ends with its tag.
            let end = after.find("-->").map(|end| end + 3).or_else(|| after.find('>').map(|end| end + 1));
            rest = end.map_or("", |end| &after[end..]);
        } else if is_declaration(after) {
            rest = after.find('>').map_or("", |end| &after[end + 1..]);
        } else if let Some(name) =
            after.strip_prefix('/').filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            let end = name.find('>').unwrap_or(name.len());
            let local = tag_name(&name[..end]);
            if !is_dropped(&local) && !DROPPED_WHOLE.contains(&local.as_str()) && !is_void(&local) {
                found(Piece::End(&local));
            }
            rest = name.get(end + 1..).unwrap_or("");
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let name = tag_name(after);
            let written =
                after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<')).unwrap_or(after.len());
            let (mut all, empty, then) = attributes(&after[written..], &BTreeMap::new());
            rest = then;
            if DROPPED_WHOLE.contains(&name.as_str()) {
                rest = if empty { rest } else { skip(rest, &name) };
            } else if !is_dropped(&name) {
                all.retain(|(name, value)| is_harmless(name, value));
                found(Piece::Start(&name, &all));
                if empty && !is_void(&name) {
                    found(Piece::End(&name));
                }
            }
        } else {
            found(Piece::Text("<"));
            rest = after;
        }
    }
    if !rest.is_empty() {
        found(Piece::Text(rest));
    }
}

/// `!DOCTYPE html>`, `?xml …>`; not a "<!" that merely stands in a text.
fn is_declaration(after: &str) -> bool {
    let named = after.strip_prefix(['!', '?']).is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    named && after.contains('>')
}

/// The name a tag begins with, in lower case, of letters and the like only.
fn tag_name(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))
        .collect::<String>()
        .to_lowercase()
}

fn is_dropped(name: &str) -> bool {
    let local = name.rsplit(':').next().unwrap_or(name);
    DROPPED.contains(&local) || DROPPED_WHOLE.contains(&local)
}

/// What follows the end of an element that is dropped whole; all is lost where it has no end.
fn skip<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        let after = &rest[at + 2..];
        if after.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            return after.find('>').map_or("", |end| &after[end + 1..]);
        }
        rest = after;
    }
    ""
}

fn is_harmless(name: &str, value: &str) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ':' | '_' | '.'));
    if !plain
        || name.starts_with("on")
        || matches!(name, "style" | "srcdoc" | "formaction" | "action" | "background" | "ping")
    {
        return false;
    }
    let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(4096).collect();
    let value = value.to_lowercase();
    let runs = [
        "javascript:",
        "vbscript:",
        "livescript:",
        "mocha:",
        "data:text",
        "data:application",
        "data:image/svg",
        "<script",
    ];
    !runs.iter().any(|scheme| value.contains(scheme))
}
