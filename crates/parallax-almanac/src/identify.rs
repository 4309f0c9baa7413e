//! `data/identify/` → the `LanguageModel`; its large table is unpacked when the first language is asked for.

use crate::parse;
use parallax_core::almanac::{LanguageModel, Letters};
use std::io::Read;

/// Made by `scripts/language_model.py`.
static LETTERS: &[u8] = include_bytes!("../data/identify/letters.bin.zst");

pub(crate) fn load() -> LanguageModel {
    let signs = parse("identify/scripts.toml", include_str!("../data/identify/scripts.toml"));
    LanguageModel::new(signs, unpack)
}

/// The table is part of the program and a test reads it, so a mistake in it stops at once.
fn unpack() -> Letters {
    let mut bytes = Vec::new();
    let packed = ruzstd::decoding::StreamingDecoder::new(LETTERS);
    let read = packed.map_err(|error| error.to_string()).and_then(|mut packed| {
        packed.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        Letters::read(&bytes).ok_or_else(|| "its parts do not fit".to_owned())
    });
    read.unwrap_or_else(|error| panic!("the almanac's identify/letters.bin.zst is not sound: {error}"))
}
