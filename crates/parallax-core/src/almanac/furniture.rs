//! What page furniture says: sign-up, promotion, sharing, related links, consent.

use serde::Deserialize;

/// What page furniture says: sign-up, promotion, sharing, related links, consent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Furniture {}
