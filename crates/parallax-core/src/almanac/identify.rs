//! Letter statistics by which a language is recognised.

use serde::Deserialize;

/// Letter statistics by which a language is recognised.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageModel {}
