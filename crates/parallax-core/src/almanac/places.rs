//! Countries, demonyms and cities.

use serde::Deserialize;

/// Countries, demonyms and cities.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Places {}
