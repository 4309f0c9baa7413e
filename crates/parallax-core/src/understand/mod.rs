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
    let primary = language_of_words(annotations.language.as_deref(), almanac);
    let numbered = almanac.numbers.get(primary).map(|numbers| numerals::Numbered::new(&article.text, numbers));
    if let (Some(numbered), Some(calendar)) = (&numbered, almanac.calendar.get(primary)) {
        annotations.dates = dates::find(article, numbered, calendar);
    }
    annotations.names = names::find(article, &annotations, almanac);
    annotations.statements = statements::find(article, &annotations, almanac);
    if let Some(numbered) = &numbered {
        annotations.figures = figures::find(article, numbered, &annotations);
    }
    annotations
}

/// The language whose words of number and time a text is read with; "und", what all have in common, where its own are unknown.
fn language_of_words<'a>(language: Option<&'a str>, almanac: &Almanac) -> &'a str {
    let primary = language.and_then(|l| l.split('-').next()).unwrap_or("und");
    if almanac.numbers.contains_key(primary) && almanac.calendar.contains_key(primary) { primary } else { "und" }
}
