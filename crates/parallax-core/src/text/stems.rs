//! A word → its stem by Snowball, so that "talks" and "talk" count as one word.

use super::fold;
use frostem::{Algorithm, Stemmer};

/// The folded stem of a lower-case or folded word; the word itself, folded, where Snowball knows no such language.
/// `language` is a BCP 47 primary subtag. Compare stems only with stems.
#[must_use]
pub fn stem(folded: &str, language: Option<&str>) -> String {
    let algorithm = language.and_then(|language| Algorithm::from_name(language).ok());
    match algorithm {
        Some(algorithm) => fold(&Stemmer::new(algorithm).stem(folded)),
        None => fold(folded),
    }
}
