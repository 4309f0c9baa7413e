//! The figures of several takes → the quantities they give, each with the values side by side and how these stand to one another.

use crate::almanac::Almanac;
use crate::model::{Links, Quantity, Take};

/// Brings values of one quantity together, weightiest first. `links` is indexed as the takes.
#[must_use]
pub fn quantities(takes: &[Take<'_>], links: &Links, almanac: &Almanac) -> Vec<Quantity> {
    let _ = (takes, links, almanac);
    Vec::new()
}
