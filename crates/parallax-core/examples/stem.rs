//! Words on standard input, `LANG<tab>word` a line → their stems, a line each: so that scripts build tables with the program's own stems.

use parallax_core::text::{fold, stem};
use std::io::{BufWriter, Write, read_to_string, stdin, stdout};

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for line in read_to_string(stdin())?.lines() {
        let (language, word) = line.split_once('\t').unwrap_or(("", line));
        writeln!(out, "{}", stem(&fold(word), Some(language)))?;
    }
    Ok(())
}
