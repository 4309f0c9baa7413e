//! Embedded data → `Concepts`.

use parallax_core::almanac::Concepts;

pub(crate) fn load() -> Concepts {
    Concepts::default()
}
