//! `data/measured.toml` → how many gold items measure what.

use parallax_core::almanac::Measured;

pub(crate) fn load() -> Measured {
    crate::parse("measured.toml", include_str!("../data/measured.toml"))
}
