//! One language's words of number: numerals, units, qualifiers, what is counted.

use serde::Deserialize;

/// One language's words of number: numerals, units, qualifiers, what is counted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {}
