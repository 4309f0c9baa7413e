//! A story's takes → what they agree on, where they differ, who said what, and what each alone has.

mod figures;
mod timeline;

use crate::almanac::Almanac;
use crate::model::{Comparison, Links, Take, TakeSummary};

/// Compares the takes of one story. `links` holds the entities of these takes, indexed alike.
#[must_use]
pub fn story(takes: &[Take<'_>], links: &Links, almanac: &Almanac) -> Comparison {
    Comparison {
        takes: vec![TakeSummary::default(); takes.len()],
        figures: figures::quantities(takes, links, almanac),
        timeline: timeline::entries(takes, links, almanac),
        ..Comparison::default()
    }
}
