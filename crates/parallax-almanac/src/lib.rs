//! What the desk knows before it reads: data files, embedded, and just enough code to turn them into the core's types.

use parallax_core::almanac::Almanac;
use std::sync::LazyLock;

static ALMANAC: LazyLock<Almanac> = LazyLock::new(load);

/// The almanac, loaded at first use and kept.
#[must_use]
pub fn almanac() -> &'static Almanac {
    &ALMANAC
}

fn load() -> Almanac {
    Almanac::default()
}
