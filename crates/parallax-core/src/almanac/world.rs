//! Where countries lie and who are neighbours → how far apart two countries are, as attention counts it.

use std::collections::{BTreeMap, BTreeSet};

/// Kilometres of a degree on a great circle (the earth's girth, 40,030 km, in 360 parts), in tenths.
const KM10_A_DEGREE: i64 = 1_112;

/// How far apart two countries are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Apart {
    /// One and the same.
    Same,
    /// They share a border on land.
    Border,
    /// So many kilometres between the middles of their largest parts.
    Kilometres(u32),
}

/// A country's place.
#[derive(Clone, Debug)]
struct Lies {
    region: String,
    /// Tenths of a degree.
    longitude: i64,
    latitude: i64,
}

/// Countries, where they lie, and their neighbours.
#[derive(Clone, Debug, Default)]
pub struct World {
    countries: BTreeMap<String, Lies>,
    borders: BTreeSet<(String, String)>,
}

impl World {
    /// From lines of code, number, region, longitude, latitude; and lines of a code and its neighbours' codes. What is not so is left out.
    #[must_use]
    pub fn parse(countries: &str, borders: &str) -> Self {
        let rows = |text| str::lines(text).filter(|line| !line.starts_with('#'));
        let mut world = World::default();
        for row in rows(countries) {
            let mut fields = row.split('\t');
            let (Some(code), Some(_), Some(region)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let degrees = |text: Option<&str>| text.and_then(tenths);
            let (Some(longitude), Some(latitude)) = (degrees(fields.next()), degrees(fields.next())) else { continue };
            world.countries.insert(code.to_owned(), Lies { region: region.to_owned(), longitude, latitude });
        }
        for row in rows(borders) {
            let Some((code, others)) = row.split_once('\t') else { continue };
            for other in others.split_whitespace() {
                world.borders.insert((code.min(other).to_owned(), code.max(other).to_owned()));
            }
        }
        world
    }

    /// Codes of all countries, in order.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        self.countries.keys().map(String::as_str)
    }

    /// Its region, by UN M49.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<&str> {
        Some(self.countries.get(code)?.region.as_str())
    }

    /// How far apart two countries are; `None` where one of them is not known.
    #[must_use]
    pub fn apart(&self, a: &str, b: &str) -> Option<Apart> {
        let (here, there) = (self.countries.get(a)?, self.countries.get(b)?);
        if a == b {
            return Some(Apart::Same);
        }
        if self.borders.contains(&(a.min(b).to_owned(), a.max(b).to_owned())) {
            return Some(Apart::Border);
        }
        let tenths = angle(point(here), point(there));
        Some(Apart::Kilometres(u32::try_from(tenths * KM10_A_DEGREE / 100).unwrap_or(0)))
    }
}

/// "-12.3" → -123.
fn tenths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digit = part.bytes().next().filter(u8::is_ascii_digit).map_or(0, |b| i64::from(b - b'0'));
    let size = whole.trim_start_matches('-').parse::<i64>().ok()? * 10 + digit;
    Some(if whole.starts_with('-') { -size } else { size })
}

/// The sine of tenths of a degree, in hundred-thousandths: Bhaskara's formula (seventh century), right within 0.0017. Integers only, so
/// that every machine agrees.
fn sine(tenths: i64) -> i64 {
    let turn = tenths.rem_euclid(3600);
    let x = turn % 1800;
    let bulge = x * (1800 - x);
    let size = 400_000 * bulge / (4_050_000 - bulge);
    if turn < 1800 { size } else { -size }
}

/// A point of the unit sphere, in hundred-thousandths.
fn point(of: &Lies) -> [i64; 3] {
    let cosine = |tenths| sine(tenths + 900);
    let flat = cosine(of.latitude);
    [flat * cosine(of.longitude) / 100_000, flat * sine(of.longitude) / 100_000, sine(of.latitude)]
}

/// The angle between two points, in tenths of a degree: half of it has half the chord as its sine.
fn angle(a: [i64; 3], b: [i64; 3]) -> i64 {
    let chord = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<i64>().isqrt();
    let (mut low, mut high) = (0, 900);
    while low < high {
        let middle = (low + high) / 2;
        if sine(middle) * 2 < chord { low = middle + 1 } else { high = middle }
    }
    low * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        let countries = "# comment\nAA\t001\tNorth\t10\t50\toutline\nBB\t002\tNorth\t20\t50\toutline\nCC\t003\tSouth\t-170.5\t-50\tpoint\nDD\tbroken";
        World::parse(countries, "AA\tBB XX")
    }

    #[test]
    fn neighbours_come_before_kilometres_and_a_country_is_nearest_to_itself() {
        let world = world();
        assert_eq!(world.apart("AA", "AA"), Some(Apart::Same));
        assert_eq!((world.apart("AA", "BB"), world.apart("BB", "AA")), (Some(Apart::Border), Some(Apart::Border)));
        assert!(Apart::Same < Apart::Border && Apart::Border < Apart::Kilometres(0));
        assert_eq!(world.apart("AA", "DD"), None, "a line that cannot be read is left out");
        assert_eq!((world.region("CC"), world.countries().count()), (Some("South"), 3));
    }

    #[test]
    fn kilometres_are_those_of_the_great_circle() {
        let at = |longitude: &str, latitude: &str, to: (&str, &str)| {
            let rows = format!("AA\t1\tR\t{longitude}\t{latitude}\tx\nBB\t2\tR\t{}\t{}\tx", to.0, to.1);
            match World::parse(&rows, "").apart("AA", "BB") {
                Some(Apart::Kilometres(km)) => km,
                other => panic!("{other:?}"),
            }
        };
        // A quarter of the girth, half of it, and Paris to Berlin (878 km).
        for (from, to, km) in [
            (("0", "0"), ("90", "0"), 10_008),
            (("0", "90"), ("0", "-90"), 20_015),
            (("2.3", "48.9"), ("13.4", "52.5"), 878),
            (("179", "0"), ("-179", "0"), 222),
        ] {
            let found = at(from.0, from.1, to);
            assert!(found.abs_diff(km) <= km / 50 + 25, "{from:?} {to:?}: {found}, {km} by the book");
        }
    }
}
