//! What the desk knows before it reads: data files, embedded, and just enough code to turn them into the core's types.

mod calendar;
mod catalogue;
mod concepts;
mod contrast;
mod furniture;
mod identify;
mod kinds;
mod measured;
mod naming;
mod numbers;
mod outlets;
mod places;
mod reporting;
mod vocabulary;
mod world;

pub use catalogue::catalogue;
pub use outlets::feed_places;
pub use world::world;

use parallax_core::almanac::Almanac;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

static ALMANAC: LazyLock<Almanac> = LazyLock::new(load);

/// The almanac, loaded at first use and kept.
#[must_use]
pub fn almanac() -> &'static Almanac {
    &ALMANAC
}

fn load() -> Almanac {
    let naming = naming::load();
    Almanac {
        vocabulary: vocabulary::load(),
        contrast: contrast::load(),
        reporting: reporting::load(),
        people: naming::people(&naming),
        naming,
        numbers: numbers::load(),
        calendar: calendar::load(),
        furniture: furniture::load(),
        outlets: outlets::load(),
        places: places::load(),
        concepts: concepts::load(),
        identify: identify::load(),
        kinds: kinds::load(),
        measured: measured::load(),
    }
}

/// Embedded files `data/AREA/LANG.toml`, one a language named.
macro_rules! per_language {
    ($area:literal, $($language:literal),* $(,)?) => {
        [$((
            $language.to_owned(),
            crate::parse(
                concat!($area, "/", $language, ".toml"),
                include_str!(concat!("../data/", $area, "/", $language, ".toml")),
            ),
        )),*]
        .into_iter()
        .collect()
    };
}
pub(crate) use per_language;

/// Parses an embedded TOML file. The data are part of the program and a test loads them all, so a mistake in them stops at once.
fn parse<T: DeserializeOwned>(name: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("the almanac's {name} is not sound: {error}"))
}
