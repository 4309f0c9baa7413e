//! A path → its bytes, decompressed and never more than a limit, or why they could not be had.

use super::problem;
use flate2::bufread::MultiGzDecoder;
use parallax_core::model::Problem;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

const BUFFER_BYTES: usize = 64 * 1024;
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A file (or standard input) open for reading, decompressed where it is gzip.
pub struct Opened {
    /// Its bytes.
    pub reader: Box<dyn BufRead + Send>,
}

/// Opens a path; `-` is standard input.
pub fn open(path: &str) -> Result<Opened, Problem> {
    if path == "-" {
        return Ok(Opened { reader: Box::new(BufReader::with_capacity(BUFFER_BYTES, io::stdin())) });
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(problem(
            path,
            "this is a directory",
            &format!("name the files in it: {}/*", path.trim_end_matches('/')),
        ));
    }
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, file);
    let head = reader.fill_buf().map_err(|error| unreadable(path, &error))?;
    if !head.starts_with(GZIP) {
        return Ok(Opened { reader: Box::new(reader) });
    }
    Ok(Opened { reader: Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(reader))) })
}

/// The first `limit` bytes, with a problem where there are more or where reading broke off.
pub fn bounded(path: &str, opened: Opened, limit: usize) -> Result<(Vec<u8>, Vec<Problem>), Problem> {
    let mut bytes = Vec::new();
    let mut problems = Vec::new();
    let read = opened.reader.take(limit as u64 + 1).read_to_end(&mut bytes);
    match read {
        Err(error) if bytes.is_empty() => return Err(unreadable(path, &error)),
        Err(error) => {
            let message = format!("reading broke off after {} bytes: {error}", bytes.len());
            problems.push(problem(path, &message, "what came before was read; save the file again to have the rest"));
        }
        Ok(_) if bytes.len() > limit => {
            bytes.truncate(limit);
            let message = format!("only its first {limit} bytes were read");
            problems.push(problem(
                path,
                &message,
                "if it holds several articles, give each its own file or use JSON lines",
            ));
        }
        Ok(_) => {}
    }
    Ok((bytes, problems))
}

/// Why a file could not be read, and what to do.
pub fn unreadable(path: &str, error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound => problem(path, "there is no such file (any more)", "check the path"),
        ErrorKind::PermissionDenied => {
            problem(path, "reading it is not allowed", "change its permissions, or ask its owner")
        }
        ErrorKind::IsADirectory => problem(path, "this is a directory", "name the files in it"),
        ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => {
            problem(path, &format!("its gzip compression is broken: {error}"), "save or compress it again")
        }
        _ => problem(path, &format!("it could not be read: {error}"), "check the path and the disk"),
    }
}
