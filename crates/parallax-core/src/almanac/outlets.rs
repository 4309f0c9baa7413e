//! Outlets of the world with their domains and countries, carriers, agencies and their credits.

use serde::Deserialize;

/// Outlets of the world with their domains and countries, carriers, agencies and their credits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outlets {}
