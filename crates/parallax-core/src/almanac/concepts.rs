//! Which words of which languages share a meaning.

use serde::Deserialize;

/// Which words of which languages share a meaning.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Concepts {}
