//! Paths of the command line → pages, documents and articles, one at a time and in order, each with its problem where it could not be had.

mod file;
mod jsonl;
mod sniff;
mod warc;

pub use file::{Opened, bounded, open};

use parallax_core::model::{Article, ArticleId, Document, Format, Page, Problem, Stage};
use sniff::Kind;
use std::io::BufRead;

/// One thing to read, with what was odd about getting it.
#[derive(Debug)]
pub struct Input {
    /// What was got.
    pub item: Item,
    /// What was survived on the way ("cut after 5 MB").
    pub problems: Vec<Problem>,
}

/// What came in.
#[derive(Debug)]
pub enum Item {
    /// Bytes of a page.
    Page(Page),
    /// A line of JSON lines: text that somebody else has cut out.
    Document(Document),
    /// A line that `extract` printed: an article, read before.
    Article(Box<Article>),
}

/// What a command takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Accept {
    /// Everything, told apart by name, else by content.
    Everything,
    /// Everything; what is no page by its name is JSON lines (`--jsonl`).
    JsonLinesOrPages,
    /// JSON lines alone.
    JsonLines,
}

/// An input, or why there is none.
pub type Got = Result<Input, Problem>;

/// Everything the paths name, in order, read lazily. `-` is JSON lines on standard input.
pub fn inputs(paths: Vec<String>, accept: Accept) -> impl Iterator<Item = Got> + Send {
    paths.into_iter().flat_map(move |path| of_path(path, accept))
}

/// Paths with every folder replaced by the files below it that are pages, texts, JSON lines or WARC by their name, in the order of
/// their names; hidden ones are passed over.
pub fn below(paths: Vec<String>, tell: &mut dyn FnMut(Problem)) -> Vec<String> {
    let mut files = Vec::new();
    for path in paths {
        if std::fs::metadata(&path).is_ok_and(|m| m.is_dir()) {
            let before = files.len();
            walk(std::path::Path::new(&path), &mut files, tell);
            if files.len() == before {
                let remedy = "name a folder with .html, .txt, .jsonl or .warc files, or the files themselves";
                tell(problem(&path, "there is nothing to read below it", remedy));
            }
        } else {
            files.push(path);
        }
    }
    files
}

fn walk(folder: &std::path::Path, files: &mut Vec<String>, tell: &mut dyn FnMut(Problem)) {
    let shown = folder.display().to_string();
    let inside = match std::fs::read_dir(folder) {
        Ok(inside) => inside,
        Err(error) => return tell(file::unreadable(&shown, &error)),
    };
    let mut paths: Vec<_> = inside.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        // A link to a folder is not followed: it may lead back.
        let is_folder = path.symlink_metadata().is_ok_and(|m| m.is_dir());
        match path.to_str() {
            _ if hidden => {}
            _ if is_folder => walk(&path, files, tell),
            Some(name) if sniff::by_name(name).is_some() && path.is_file() => files.push(name.to_owned()),
            _ => {}
        }
    }
}

type Several = Box<dyn Iterator<Item = Got> + Send>;

fn one(got: Got) -> Several {
    Box::new(std::iter::once(got))
}

fn of_path(path: String, accept: Accept) -> Several {
    let mut opened = match open(&path) {
        Ok(opened) => opened,
        Err(problem) => return one(Err(problem)),
    };
    let head = match opened.reader.fill_buf() {
        Ok(head) => &head[..head.len().min(crate::limits::SNIFF_BYTES)],
        Err(error) => return one(Err(file::unreadable(&path, &error))),
    };
    if head.is_empty() {
        return one(Err(problem(&path, "there is nothing in it", "check that it was saved whole")));
    }
    let kind = match (path.as_str(), accept) {
        ("-", _) | (_, Accept::JsonLines) => Kind::JsonLines,
        (_, Accept::JsonLinesOrPages) => sniff::by_name(&path).unwrap_or(Kind::JsonLines),
        (_, Accept::Everything) => sniff::by_name(&path).unwrap_or_else(|| sniff::by_content(head)),
    };
    if let Some(what) = sniff::binary(head) {
        let remedy = "give the page as HTML, as plain text, as JSON lines or in a WARC file";
        return one(Err(problem(&path, &format!("this is {what}, not text"), remedy)));
    }
    if accept == Accept::JsonLines && sniff::by_content(head) == Kind::Html {
        let remedy = "use `parallax read` for pages, or `parallax extract PAGE | parallax understand -`";
        return one(Err(problem(&path, "this is a page; only JSON lines are taken here", remedy)));
    }
    read_as(kind, path, opened)
}

/// A file that is part of the program, read as its name says.
pub fn bundled(name: &str, bytes: &'static [u8]) -> impl Iterator<Item = Got> {
    let kind = sniff::by_name(name).unwrap_or(Kind::Plain);
    read_as(kind, name.to_owned(), Opened { reader: Box::new(bytes) })
}

fn read_as(kind: Kind, path: String, opened: Opened) -> Several {
    match kind {
        Kind::JsonLines => Box::new(jsonl::documents(path, opened.reader)),
        Kind::Warc => Box::new(warc::pages(path, opened.reader)),
        Kind::Html => one(page(path, Format::Html, opened)),
        Kind::Plain => one(page(path, Format::Plain, opened)),
    }
}

fn page(path: String, format: Format, opened: Opened) -> Got {
    let (bytes, problems) = bounded(&path, opened, parallax_core::limits::PAGE_BYTES)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(problem(&path, "there is nothing but white space in it", "check that it was saved whole"));
    }
    let page = Page { id: ArticleId(path), url: None, format, charset: None, bytes };
    Ok(Input { item: Item::Page(page), problems })
}

/// A problem of getting at a document.
pub fn problem(document: &str, message: &str, remedy: &str) -> Problem {
    Problem {
        stage: Stage::Input,
        document: Some(document.to_owned()),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    }
}
