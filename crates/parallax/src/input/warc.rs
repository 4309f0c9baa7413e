//! A WARC file (ISO 28500) → the pages in its response and resource records.

use super::{Got, Input, Item, file, problem};
use crate::limits::HEADER_BYTES;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use parallax_core::limits::PAGE_BYTES;
use parallax_core::model::{ArticleId, Format, Page, Problem};
use std::io::{self, BufRead, Read};

/// The pages of a WARC file, in order. Records that are no page (requests, pictures, redirects) are passed over.
pub fn pages(path: String, mut reader: Box<dyn BufRead + Send>) -> impl Iterator<Item = Got> + Send {
    let mut number = 0;
    let mut ended = false;
    std::iter::from_fn(move || {
        while !ended {
            number += 1;
            let place = format!("{path}:record {number}");
            match next_record(&mut reader) {
                Ok(Some(record)) => match page(&place, record) {
                    Some(got) => return Some(got),
                    None => continue,
                },
                Ok(None) => ended = true,
                Err(error) => {
                    ended = true;
                    return Some(Err(broken(&place, &error)));
                }
            }
        }
        None
    })
}

fn broken(place: &str, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::InvalidData => {
            problem(place, &error.to_string(), "the records before it were read; write the file again")
        }
        _ => file::unreadable(place, error),
    }
}

/// Header fields by lower-case name, and up to the limit of the block.
struct Record {
    headers: Headers,
    block: Vec<u8>,
    cut: bool,
}

struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Media type in lower case, without parameters.
    fn media_type(&self) -> String {
        self.get("content-type").and_then(|t| t.split(';').next()).unwrap_or("").trim().to_ascii_lowercase()
    }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn next_record(reader: &mut dyn BufRead) -> io::Result<Option<Record>> {
    let Some(version) = first_line(reader)? else { return Ok(None) };
    if !version.starts_with("WARC/") {
        return Err(invalid("a WARC record must begin with “WARC/1.x”"));
    }
    let headers = headers(reader)?;
    let length: u64 = headers
        .get("content-length")
        .and_then(|l| l.trim().parse().ok())
        .ok_or_else(|| invalid("a WARC record has no sound Content-Length"))?;
    let keep = length.min((PAGE_BYTES + HEADER_BYTES) as u64);
    let mut block = Vec::new();
    let read = reader.take(keep).read_to_end(&mut block)? as u64;
    if read < keep || io::copy(&mut reader.take(length - keep), &mut io::sink())? < length - keep {
        return Err(invalid("the file ends within a record"));
    }
    Ok(Some(Record { headers, block, cut: keep < length }))
}

/// The next line that is not blank.
fn first_line(reader: &mut dyn BufRead) -> io::Result<Option<String>> {
    loop {
        let line = line(reader)?;
        match line {
            None => return Ok(None),
            Some(line) if line.is_empty() => {}
            some => return Ok(some),
        }
    }
}

fn line(reader: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    reader.take(HEADER_BYTES as u64).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() >= HEADER_BYTES {
        return Err(invalid("a header line is endless"));
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}

fn headers(reader: &mut dyn BufRead) -> io::Result<Headers> {
    let mut fields = Vec::new();
    let mut bytes = 0;
    while let Some(line) = line(reader)?.filter(|l| !l.is_empty()) {
        bytes += line.len();
        if bytes > HEADER_BYTES {
            return Err(invalid("the headers are endless"));
        }
        if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(Headers(fields))
}

/// A record → its page; `None` where it holds none.
fn page(place: &str, record: Record) -> Option<Got> {
    let url = record.headers.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
    let (http, mut body) = match record.headers.get("warc-type")? {
        "response" if url.as_ref().is_some_and(|u| u.starts_with("http")) => response(&record.block)?,
        "resource" | "conversion" => (Headers(record.headers.0), record.block),
        _ => return None,
    };
    let format = match http.media_type().as_str() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Plain,
        _ => return None,
    };
    let mut problems = Vec::new();
    let mut cut = record.cut;
    if http.get("transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked")) {
        body = dechunked(&body);
    }
    if let Some(coding) = http.get("content-encoding") {
        let decoded = match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => inflated(MultiGzDecoder::new(&body[..])),
            "deflate" => inflated(ZlibDecoder::new(&body[..])),
            "identity" => body,
            other => {
                let message = format!("the page is compressed with “{other}”, which is not read here");
                return Some(Err(problem(place, &message, "write the WARC with decoded bodies")));
            }
        };
        body = decoded;
    }
    cut |= body.len() > PAGE_BYTES;
    body.truncate(PAGE_BYTES);
    if cut {
        problems.push(problem(
            place,
            &format!("only the page's first {PAGE_BYTES} bytes were read"),
            "nothing: pages so large are mostly script",
        ));
    }
    let charset = http.get("content-type").and_then(charset);
    let id = ArticleId(url.clone().unwrap_or_else(|| place.to_owned()));
    Some(Ok(Input { item: Item::Page(Page { id, url, format, charset, bytes: body }), problems }))
}

/// The headers and body of an HTTP response that brought a page.
fn response(block: &[u8]) -> Option<(Headers, Vec<u8>)> {
    let mut reader = block;
    let status = line(&mut reader).ok()??;
    if status.split_ascii_whitespace().nth(1) != Some("200") {
        return None;
    }
    let headers = headers(&mut reader).ok()?;
    Some((headers, reader.to_vec()))
}

fn charset(content_type: &str) -> Option<String> {
    let parameter = content_type.split(';').skip(1).find_map(|p| p.trim().strip_prefix("charset=").map(str::to_owned));
    parameter.map(|c| c.trim_matches(['"', '\'']).to_owned())
}

/// As much as can be decoded, one byte beyond the limit at most.
fn inflated(decoder: impl Read) -> Vec<u8> {
    let mut out = Vec::new();
    // What was decoded before an error is kept: a page cut short is still a page.
    let _ = decoder.take(PAGE_BYTES as u64 + 1).read_to_end(&mut out);
    out
}

/// Chunked transfer coding (RFC 9112, 7.1) undone, as far as it is sound.
fn dechunked(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    while let Some(end) = body.iter().position(|b| *b == b'\n') {
        let size = String::from_utf8_lossy(&body[..end]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16).unwrap_or(0);
        let rest = &body[end + 1..];
        let size_here = size.min(rest.len());
        out.extend_from_slice(&rest[..size_here]);
        body = &rest[size_here..];
        if size == 0 || body.is_empty() {
            break;
        }
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
    out
}
