//! One language's words of time: months, weekdays, relative dates, plans and outcomes.

use serde::Deserialize;

/// One language's words of time: months, weekdays, relative dates, plans and outcomes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {}
