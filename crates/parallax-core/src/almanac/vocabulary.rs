//! One language's function words, abbreviations and sentence marks.

use serde::Deserialize;

/// One language's function words, abbreviations and sentence marks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vocabulary {}
