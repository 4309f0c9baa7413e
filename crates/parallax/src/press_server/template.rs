//! The text of a template and of `words.toml` → markup with places to fill, and what stands around an article in each language.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What stands around the articles in one language.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    /// A pattern with `{day}`, `{month}`, `{year}` and `{time}`.
    pub(super) date: String,
    /// From January on.
    pub(super) months: Vec<String>,
    /// The others, by key.
    #[serde(flatten)]
    pub(super) others: BTreeMap<String, String>,
}

/// Reads the words, by language.
pub(super) fn words(file: &str, text: &str) -> Result<BTreeMap<String, Words>> {
    toml::from_str(text).with_context(|| format!("{file} cannot be read"))
}

/// Markup with places to fill.
#[derive(Debug)]
pub(super) struct Template {
    file: String,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Markup(&'static str),
    /// `{{name}}`.
    Place {
        name: &'static str,
        line: usize,
    },
}

impl Template {
    /// Cuts a template at its places.
    pub(super) fn parse(file: &str, text: &'static str) -> Result<Self> {
        let (mut pieces, mut line, mut rest) = (Vec::new(), 1, text);
        while let Some((markup, after)) = rest.split_once("{{") {
            line += markup.matches('\n').count();
            let place = after.split_once("}}").filter(|(name, _)| !name.contains('\n'));
            let Some((name, after)) = place else { bail!("{file}:{line}: a {{{{ is not closed in its line") };
            pieces.push(Piece::Markup(markup));
            pieces.push(Piece::Place { name, line });
            rest = after;
        }
        pieces.push(Piece::Markup(rest));
        Ok(Template { file: file.to_owned(), pieces })
    }

    /// Fills every place with its markup.
    ///
    /// # Errors
    /// Names the place for which there is nothing, with file and line.
    pub(super) fn fill(&self, markup_for: impl Fn(&str) -> Option<String>) -> Result<String> {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Markup(markup) => filled.push_str(markup),
                Piece::Place { name, line } => {
                    let markup = markup_for(name);
                    let none = || format!("{}:{line}: there is nothing to fill {{{{{name}}}}} with", self.file);
                    filled.push_str(&markup.with_context(none)?);
                }
            }
        }
        Ok(filled)
    }
}
