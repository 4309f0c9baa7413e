//! `data/catalogue/*.toml` → the one `Catalogue` of outlets that a desk can follow.

use parallax_core::almanac::Catalogue;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(load);

/// The catalogue, loaded at first use and kept: a command that needs no outlet does not pay for it.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

fn load() -> Catalogue {
    macro_rules! regions {
        ($($region:literal),*) => {
            [$((
                concat!("catalogue/", $region, ".toml"),
                include_str!(concat!("../data/catalogue/", $region, ".toml")),
            )),*]
        };
    }
    let regions = regions!["europe", "asia", "middle-east", "africa", "americas", "oceania"];
    Catalogue::new(regions.into_iter().map(|(name, text)| crate::parse(name, text)))
}
