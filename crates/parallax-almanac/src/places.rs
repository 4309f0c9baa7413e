//! `data/places/*.tsv` → `Places`.

use parallax_core::almanac::Places;

pub(crate) fn load() -> Places {
    Places::parse(&[include_str!("../data/places/more.tsv"), include_str!("../data/places/places.tsv")].concat())
}
