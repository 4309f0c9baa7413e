//! One language's words around names: titles, offices, given names, the words of organisations.

use serde::Deserialize;

/// One language's words around names: titles, offices, given names, the words of organisations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Naming {}
