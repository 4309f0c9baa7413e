//! The countries of the world → where they lie and how they are drawn, as the globe, the flat map and the list have them.

mod country;
mod globe;
mod missed;

pub use country::{CountryPage, country};
pub use globe::{GlobePage, Shown, countries, freshest};

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Countries and where they lie, by region; and their outlines on a flat map.
const WORLD: &str = include_str!("../../../../parallax-almanac/data/world/countries.tsv");
const FLAT: &str = include_str!("../assets/flat.tsv");

/// A country on the map.
pub struct Place {
    /// ISO 3166-1 alpha-2; XK for Kosovo, as most who exchange data have it.
    pub code: &'static str,
    /// Region, by UN M49.
    pub region: &'static str,
    /// Degrees of longitude and latitude of the middle of its largest part.
    pub at: (&'static str, &'static str),
    /// Large enough to be drawn with an outline?
    pub is_outlined: bool,
    /// An SVG path on the flat map, or a point: x and y.
    pub drawn: Drawn,
}

/// How a country is drawn on the flat map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drawn {
    /// Its outline, as an SVG path.
    Outline(&'static str),
    /// A point: x and y.
    Point(&'static str, &'static str),
}

/// The flat map's edge, as an SVG path.
pub static EDGE: LazyLock<&str> = LazyLock::new(|| flat("").unwrap_or(""));

/// All countries, in the order of their regions.
pub static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let place = |row: &'static str| {
        let mut fields = row.split('\t');
        let (code, _, region) = (fields.next()?, fields.next()?, fields.next()?);
        let (at, drawn) = ((fields.next()?, fields.next()?), fields.next()?);
        let on_map = flat(code)?;
        let drawn_as = match on_map.strip_prefix('@').map(|point| point.split_once(' ')) {
            None => Drawn::Outline(on_map),
            Some(point) => point.map(|(x, y)| Drawn::Point(x, y))?,
        };
        Some(Place { code, region, at, is_outlined: drawn == "outline", drawn: drawn_as })
    };
    rows(WORLD).filter_map(place).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// How a country is drawn on the flat map; `""` for the map's edge.
fn flat(code: &str) -> Option<&'static str> {
    static DRAWN: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| rows(FLAT).filter_map(|row| row.split_once('\t')).collect());
    DRAWN.get(code).copied()
}

/// The page of a country's press.
pub fn page(code: &str) -> String {
    format!("/country/{code}")
}

/// The country of a code, if there is one.
pub fn place(code: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::country;

    #[test]
    fn every_country_has_a_place_a_drawing_and_a_name() {
        assert_eq!(
            PLACES.len(),
            rows(WORLD).count(),
            "a row of countries.tsv could not be read, or flat.tsv lacks its country"
        );
        for place in PLACES.iter() {
            assert_ne!(country(place.code), place.code, "{} has no name in the almanac", place.code);
            let degrees = |text: &str| text.parse::<f64>().expect("a number").abs();
            assert!(degrees(place.at.0) <= 180.0 && degrees(place.at.1) <= 90.0, "{}", place.code);
            assert_eq!(place.is_outlined, matches!(place.drawn, Drawn::Outline(_)), "{}", place.code);
        }
        assert!(EDGE.starts_with('M'));
        // Small states are there, as points.
        for code in ["SG", "MT", "BH", "VA", "TV"] {
            assert!(place(code).is_some_and(|p| !p.is_outlined), "{code}");
        }
    }
}
