//! Two names → how likely they name one entity, in any two scripts.

mod person;
mod word;

pub use person::{Compared, PersonName, same_given, same_person, same_surname, surname_skeleton};
pub use word::{skeleton, words_alike};

use super::Likeness;
use crate::almanac::Almanac;
use crate::model::NameKind;
use crate::text::key;

/// From here on two names count as one.
pub const MATCH: Likeness = Likeness(700);

/// How likely `a` and `b`, both of `kind`, name one entity.
#[must_use]
pub fn names(a: &str, b: &str, kind: NameKind, almanac: &Almanac) -> Likeness {
    let _ = (kind, almanac);
    if key(a) == key(b) { Likeness::FULL } else { Likeness::NONE }
}
