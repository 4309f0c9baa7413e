//! Embedded data → `Outlets`.

use parallax_core::almanac::Outlets;

pub(crate) fn load() -> Outlets {
    Outlets::default()
}
