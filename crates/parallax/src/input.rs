//! Paths of the command line → pages and documents, one at a time, each with its problem where it could not be had.

use parallax_core::model::{ArticleId, Document, Format, Page, Problem, Stage};
use std::fs;
use std::io::{self, BufRead, BufReader, Read};

/// One thing to read.
#[derive(Debug)]
pub enum Input {
    /// Bytes of a page.
    Page(Page),
    /// A line of JSON lines.
    Document(Document),
    /// Something that could not be had.
    Failed(Problem),
}

/// Everything the paths name, in order, read lazily. `-` is JSON lines on standard input; `jsonl` makes every path JSON lines
/// unless it is a page by its name.
pub fn inputs<'a>(paths: &'a [String], jsonl: bool) -> impl Iterator<Item = Input> + 'a {
    paths.iter().flat_map(move |path| open(path, jsonl))
}

fn open(path: &str, jsonl: bool) -> Box<dyn Iterator<Item = Input>> {
    let page = [".html", ".htm", ".html.gz", ".txt"].iter().any(|end| path.ends_with(end));
    if path == "-" {
        return documents(path.to_owned(), Box::new(io::stdin()));
    }
    if path.ends_with(".jsonl") || (jsonl && !page) {
        return match fs::File::open(path) {
            Ok(file) => documents(path.to_owned(), Box::new(file)),
            Err(error) => Box::new(std::iter::once(failed(path, &error.to_string(), "check the path"))),
        };
    }
    Box::new(std::iter::once(read_page(path)))
}

fn read_page(path: &str) -> Input {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return failed(path, &error.to_string(), "check the path"),
    };
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut out = Vec::new();
        let mut decoder = flate2::read::MultiGzDecoder::new(&bytes[..]).take(50_000_000);
        if let Err(error) = decoder.read_to_end(&mut out) {
            return failed(path, &format!("not a sound gzip file: {error}"), "save the page again");
        }
        out
    } else {
        bytes
    };
    let format = if path.ends_with(".txt") { Format::Plain } else { Format::Html };
    Input::Page(Page { id: ArticleId(path.to_owned()), url: None, format, charset: None, bytes })
}

fn documents(path: String, reader: Box<dyn Read>) -> Box<dyn Iterator<Item = Input>> {
    let lines = BufReader::new(reader).lines().enumerate();
    Box::new(lines.filter_map(move |(number, line)| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(match serde_json::from_str(&line) {
            Ok(document) => Input::Document(document),
            Err(error) => failed(
                &format!("{path}:{}", number + 1),
                &error.to_string(),
                "give one JSON object a line, with \"id\" and \"text\"",
            ),
        }),
        Err(error) => Some(failed(&format!("{path}:{}", number + 1), &error.to_string(), "save the file as UTF-8")),
    }))
}

fn failed(document: &str, message: &str, remedy: &str) -> Input {
    Input::Failed(Problem {
        stage: Stage::Input,
        document: Some(document.to_owned()),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    })
}
