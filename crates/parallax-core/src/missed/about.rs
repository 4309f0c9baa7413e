//! An article and the names in it → the countries it is about, by how often it names them.

use crate::almanac::Almanac;
use crate::model::{Annotations, Article, NameKind};
use crate::text::fold;
use std::collections::BTreeMap;

/// A country named in the first so many bytes counts several times: news says first where it is.
const LEAD_BYTES: u32 = 600;
const LEAD_TIMES: u32 = 3;
/// Names beyond are left out: what comes so late is background.
const NAMES: usize = 200;

/// Country (ISO 3166-1 alpha-2) → how often it, its cities or its people are named; what stands in front counts three times.
#[must_use]
pub fn about(article: &Article, annotations: &Annotations, almanac: &Almanac) -> BTreeMap<String, u32> {
    let language = annotations.language.as_deref().or(article.language.as_deref());
    let naming = language.and_then(|language| almanac.naming.get(language));
    let country = |name: &str| {
        let direct = almanac.places.country_of(name);
        let inflected = || {
            let naming = naming.filter(|_| !name.contains(' '))?;
            almanac.places.inflected(&fold(name), &naming.endings, &naming.base_endings).map(|p| p.country.as_str())
        };
        direct.or_else(inflected).map(str::to_owned)
    };
    let mut about = BTreeMap::new();
    for mention in annotations.names.iter().take(NAMES).filter(|m| m.kind != NameKind::Person) {
        let Some(country) = article.text.get(mention.span.range()).and_then(country) else { continue };
        *about.entry(country).or_default() += if mention.span.start < LEAD_BYTES { LEAD_TIMES } else { 1 };
    }
    about
}
