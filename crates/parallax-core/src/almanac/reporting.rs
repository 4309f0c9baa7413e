//! One language's words of reporting: verbs, attributions, quote marks, pronouns.

use serde::Deserialize;

/// One language's words of reporting: verbs, attributions, quote marks, pronouns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reporting {}
