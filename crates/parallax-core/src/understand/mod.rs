//! An article → what it says: sentences, names, statements, figures and dates, each with its span.

mod dates;
mod figures;
mod language;
mod names;
mod numerals;
mod statements;

use crate::almanac::Almanac;
use crate::model::{Annotations, Article};
use crate::text;

/// Annotates one article; knows nothing of any other.
#[must_use]
pub fn annotate(article: &Article, almanac: &Almanac) -> Annotations {
    let language = language::of(article, almanac);
    let sentences = text::sentences(&article.text, language.as_deref(), almanac);
    let mut annotations = Annotations { language, sentences, ..Annotations::default() };
    annotations.dates = dates::find(article, &annotations, almanac);
    annotations.names = names::find(article, &annotations, almanac);
    annotations.statements = statements::find(article, &annotations, almanac);
    annotations.figures = figures::find(article, &annotations, almanac);
    annotations
}
