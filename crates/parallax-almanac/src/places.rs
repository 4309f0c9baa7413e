//! Embedded data → `Places`.

use parallax_core::almanac::Places;

pub(crate) fn load() -> Places {
    Places::default()
}
