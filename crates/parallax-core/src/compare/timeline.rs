//! The dated sentences of several takes → developments in order of time: what happened, what was planned, what did not come about.

use crate::almanac::Almanac;
use crate::model::{Links, Take, TimelineEntry};

/// Brings the tellings of one development together, earliest first. `links` is indexed as the takes.
#[must_use]
pub fn entries(takes: &[Take<'_>], links: &Links, almanac: &Almanac) -> Vec<TimelineEntry> {
    let _ = (takes, links, almanac);
    Vec::new()
}
