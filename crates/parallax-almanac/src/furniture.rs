//! Embedded data → `Furniture`.

use parallax_core::almanac::Furniture;

pub(crate) fn load() -> Furniture {
    Furniture::default()
}
