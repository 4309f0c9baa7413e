//! The text of `articles/OUTLET.txt` → an outlet's articles, each in its revisions; a mistake names its line.

use super::time::Time;
use anyhow::{Result, anyhow};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Headers that stand at most once; `author` may stand often.
const ONCE: &[&str] = &[
    "published",
    "section",
    "title",
    "summary",
    "agency",
    "original",
    "gold-story",
    "gold-kind",
    "gold-access",
    "gold-derivation",
    "entry-only",
    "garble",
    "trap",
];
const NEEDED: &[&str] = &["published", "section", "title", "summary", "gold-story", "gold-kind", "gold-access"];

/// What an outlet published under one address.
#[derive(Debug)]
pub(super) struct Article {
    /// Begins with a slash.
    pub(super) path: &'static str,
    pub(super) authors: Vec<&'static str>,
    headers: BTreeMap<&'static str, &'static str>,
    /// How the text goes out, if as mojibake: as UTF-8 read as this encoding.
    pub(super) garble: Option<&'static encoding_rs::Encoding>,
    /// As first published, then as corrected: never empty, in order of time.
    pub(super) revisions: Vec<Revision>,
}

/// An article as it stood from a time on.
#[derive(Debug)]
pub(super) struct Revision {
    pub(super) at: Time,
    pub(super) title: &'static str,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// One line of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Paragraph {
    Text(&'static str),
    /// Of a section.
    Heading(&'static str),
    /// Of the page, a paywall's words: no part of the article.
    Notice(&'static str),
    /// To another article, in a listing.
    Link {
        path: &'static str,
        title: &'static str,
    },
}

impl Article {
    /// A header's value; empty where it does not stand.
    pub(super) fn header(&self, key: &str) -> &'static str {
        self.headers.get(key).copied().unwrap_or_default()
    }

    /// First published.
    pub(super) fn published(&self) -> &Time {
        &self.revisions[0].at
    }

    /// Its entry is in the feed; its page is refused.
    pub(super) fn is_entry_only(&self) -> bool {
        self.header("entry-only") == "yes"
    }

    /// Which revision stands by then; `None` before it is published.
    pub(super) fn standing(&self, now: Timestamp) -> Option<usize> {
        self.revisions.iter().rposition(|revision| revision.at.instant() <= now)
    }
}

/// A line with its number, from 1.
type Line = (usize, &'static str);
/// Where a mistake is, and what it is.
type Mistake = (usize, String);

/// Reads a file of articles.
pub(super) fn articles(file: &str, text: &'static str) -> Result<Vec<Article>> {
    let lines: Vec<Line> = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|index| lines[*index].1.starts_with("=== ")).collect();
    let named = |(line, message): Mistake| anyhow!("{file}:{line}: {message}");
    let before = &lines[..starts.first().copied().unwrap_or(lines.len())];
    if let Some((line, _)) = before.iter().find(|(_, text)| !text.is_empty()) {
        return Err(named((*line, "an article begins with === /path".into())));
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let articles: Vec<Article> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| article(&lines[*start..end]).map_err(named))
        .collect::<Result<_>>()?;
    for (pair, start) in articles.windows(2).zip(&starts[1..]) {
        if pair[1].published().instant() < pair[0].published().instant() {
            return Err(named((lines[*start].0, "older than the article before it".into())));
        }
        if articles.iter().filter(|a| a.path == pair[1].path).count() > 1 {
            return Err(named((lines[*start].0, format!("{} stands twice", pair[1].path))));
        }
    }
    Ok(articles)
}

/// One article's lines, `=== /path` first.
fn article(lines: &[Line]) -> Result<Article, Mistake> {
    let (first, path) = (lines[0].0, lines[0].1["=== ".len()..].trim());
    if !path.starts_with('/') {
        return Err((first, format!("{path:?} is no path: it begins with a slash")));
    }
    let end = lines.iter().position(|(_, text)| text.is_empty()).unwrap_or(lines.len());
    let (headers, authors) = headers(&lines[1..end])?;
    if let Some(key) = NEEDED.iter().find(|key| headers.get(**key).is_none_or(|value| value.is_empty())) {
        return Err((first, format!("no {key}")));
    }
    let garble = match headers.get("garble") {
        Some(label) => Some(
            encoding_rs::Encoding::for_label(label.as_bytes())
                .ok_or_else(|| (first, format!("{label:?} is no encoding")))?,
        ),
        None => None,
    };
    let published = Time::parse(headers["published"]).map_err(|message| (first, message))?;
    let revisions = revisions(published, headers["title"], first, &lines[end..])?;
    Ok(Article { path, authors, headers, garble, revisions })
}

type Headers = (BTreeMap<&'static str, &'static str>, Vec<&'static str>);

fn headers(lines: &[Line]) -> Result<Headers, Mistake> {
    let (mut headers, mut authors) = (BTreeMap::new(), Vec::new());
    for (number, line) in lines {
        let Some((key, value)) = line.split_once(':') else { return Err((*number, format!("{line:?} is no header"))) };
        if key == "author" {
            authors.push(value.trim());
        } else if !ONCE.contains(&key) {
            return Err((*number, format!("unknown header {key:?}")));
        } else if headers.insert(key, value.trim()).is_some() {
            return Err((*number, format!("{key} stands twice")));
        }
    }
    Ok((headers, authors))
}

/// The text, then each `--- TIME` with the whole of it anew.
fn revisions(at: Time, title: &'static str, first: usize, lines: &[Line]) -> Result<Vec<Revision>, Mistake> {
    let mut done: Vec<Revision> = Vec::new();
    let mut began = first;
    let mut revision = Revision { at, title, paragraphs: Vec::new() };
    for (number, line) in lines.iter().filter(|(_, line)| !line.is_empty()) {
        if let Some(time) = line.strip_prefix("--- ") {
            let at = Time::parse(time.trim()).map_err(|message| (*number, message))?;
            if at.instant() <= revision.at.instant() {
                return Err((*number, "older than the revision before it".into()));
            }
            let next = Revision { at, title: revision.title, paragraphs: Vec::new() };
            done.push(with_text(std::mem::replace(&mut revision, next), began)?);
            began = *number;
        } else if revision.paragraphs.is_empty() && !done.is_empty() && line.starts_with("title:") {
            revision.title = line["title:".len()..].trim();
        } else {
            revision.paragraphs.push(paragraph(line).map_err(|message| (*number, message))?);
        }
    }
    done.push(with_text(revision, began)?);
    Ok(done)
}

fn with_text(revision: Revision, line: usize) -> Result<Revision, Mistake> {
    if revision.paragraphs.is_empty() { Err((line, "there is no text".into())) } else { Ok(revision) }
}

fn paragraph(line: &'static str) -> Result<Paragraph, String> {
    Ok(if let Some(heading) = line.strip_prefix("## ") {
        Paragraph::Heading(heading)
    } else if let Some(notice) = line.strip_prefix("!! ") {
        Paragraph::Notice(notice)
    } else if let Some(link) = line.strip_prefix("* ") {
        let (path, title) = link.split_once(" | ").ok_or("a link is written * /path | title")?;
        Paragraph::Link { path, title }
    } else {
        Paragraph::Text(line)
    })
}
