//! What a desk has of each country's press, or of one story's telling → the globe, the flat map and the list, all of one mind.

use super::{Drawn, EDGE, PLACES, Place};
use crate::rank::WINDOW_MINUTES;
use crate::store::{Land, Reader};
use crate::web::assets::HAS_GLOBE;
use crate::web::frame::Frame;
use crate::web::words::{count, country, minute, plain, stamp};
use anyhow::Result;
use askama::Template;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What was published so many minutes before the desk's newest is today's.
const DAY_MINUTES: i64 = 1440;
/// Shades, from the least to the most.
const SHADES: u64 = 5;

/// A country as the map and the list show it.
pub struct Shown {
    pub code: &'static str,
    pub name: String,
    /// Its page, where there is any of its press.
    pub href: Option<String>,
    /// 1 to 5, the more the darker; 0 for nothing.
    pub shade: u64,
    /// What stands beside its name.
    pub told: String,
    pub at: (&'static str, &'static str),
    pub is_outlined: bool,
    pub drawn: Drawn,
}

/// Countries of one region.
pub struct Region {
    pub name: &'static str,
    /// Those whose press is read.
    pub read: Vec<Shown>,
    /// Those from which nothing is read.
    pub unread: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "globe.html")]
pub struct GlobePage {
    frame: Frame,
    title: String,
    /// What the shades say.
    legend: String,
    summary: String,
    as_of: Option<(String, String)>,
    /// Where the globe is turned to first: longitude and latitude.
    facing: String,
    edge: &'static str,
    regions: Vec<Region>,
    /// The story whose telling is shown: its page and its headline with its language.
    story: Option<(String, String)>,
    has_globe: bool,
}

impl GlobePage {
    /// All countries, by what was read of their press on the desk's last day.
    pub fn read(reader: &Reader) -> Result<Self> {
        let since = reader.last_change()?;
        let newest = reader.newest()?;
        let lands = lands(reader, newest)?;
        let read = lands.len();
        let fresh: u64 = lands.values().map(|land| land.fresh).sum();
        let shades = Shades::of(lands.values().map(|land| land.fresh));
        let regions = regions(|place| shown(place, lands.get(place.code), &shades));
        let most =
            lands.values().max_by_key(|land| (land.fresh, land.articles)).and_then(|land| super::place(&land.code));
        Ok(GlobePage {
            frame: Frame::new("The world", "globe").watching("*", since),
            title: "The world’s press, country by country".into(),
            legend:
                "The stronger the colour, the more articles were published there in the day before the desk’s newest"
                    .into(),
            summary: format!(
                "{} in the last day; this desk reads the press of {}, and nothing from {} others",
                articles(fresh),
                count(read, "country", "countries"),
                PLACES.len().saturating_sub(read)
            ),
            as_of: newest.map(|at| (stamp(at), minute(at))),
            facing: facing(most),
            edge: &EDGE,
            regions,
            story: None,
            has_globe: HAS_GLOBE,
        })
    }

    /// In which countries a story is told; `None` where there is no such story.
    pub fn of_story(reader: &Reader, key: &str) -> Result<Option<Self>> {
        let since = reader.last_change()?;
        let Some(id) = reader.story_of(key)? else { return Ok(None) };
        let Some(line) = reader.story_line(&id)? else { return Ok(None) };
        let told: BTreeMap<String, u64> = reader.coverage(&id)?.into_iter().collect();
        let read: BTreeMap<String, Land> = lands(reader, reader.newest()?)?;
        let shades = Shades::of(told.values().copied());
        let regions = regions(|place| {
            let outlets = told.get(place.code).copied().unwrap_or(0);
            let of = read.get(place.code);
            Shown {
                shade: shades.shade(outlets),
                told: match of {
                    Some(land) => format!("{outlets} of {} tell it", count_of(land.outlets, "outlet", "outlets")),
                    None => NOTHING.to_owned(),
                },
                ..shown(place, of, &shades)
            }
        });
        let most = told.iter().max_by_key(|(_, outlets)| **outlets).and_then(|(code, _)| super::place(code));
        let headline = plain(line.headline.as_deref().unwrap_or("this story"));
        Ok(Some(GlobePage {
            frame: Frame::new(&format!("Who tells it: {headline}"), "globe").watching(&line.key, since),
            title: "Where it is told".into(),
            legend: "The stronger the colour, the more of the country’s outlets tell it".into(),
            summary: format!(
                "Told in {} of {} whose press this desk reads",
                told.len(),
                count(read.len(), "country", "countries")
            ),
            as_of: None,
            facing: facing(most),
            edge: &EDGE,
            regions,
            story: Some((format!("/story/{}", line.key), headline)),
            has_globe: HAS_GLOBE,
        }))
    }

    fn countries(&self) -> impl Iterator<Item = &Shown> {
        self.regions.iter().flat_map(|region| region.read.iter().chain(&region.unread))
    }
}

/// The countries of whose press most was published in the desk's last day, at most so many, and how many there are; and where to turn a
/// globe to first.
pub fn freshest(reader: &Reader, most: usize) -> Result<(Vec<Shown>, usize, String)> {
    let lands = lands(reader, reader.newest()?)?;
    let shades = Shades::of(lands.values().map(|land| land.fresh));
    let mut order: Vec<&Land> = lands.values().collect();
    order.sort_by_key(|land| (std::cmp::Reverse((land.fresh, land.articles)), &land.code));
    let places = || order.iter().filter_map(|land| super::place(&land.code));
    let shown = places().take(most).map(|place| shown(place, lands.get(place.code), &shades)).collect();
    Ok((shown, places().count(), facing(places().next())))
}

/// The same as JSON.
pub fn countries(reader: &Reader) -> Result<Value> {
    let newest = reader.newest()?;
    let lands = lands(reader, newest)?;
    let shades = Shades::of(lands.values().map(|land| land.fresh));
    let one = |place: &Place| {
        let land = lands.get(place.code);
        let of = shown(place, land, &shades);
        json!({
            "code": of.code, "name": of.name, "region": place.region, "told": of.told, "shade": of.shade, "page": of.href,
            "at": [of.at.0.parse::<f64>().ok(), of.at.1.parse::<f64>().ok()], "outlined": of.is_outlined,
            "articles": land.map_or(0, |l| l.articles), "fresh": land.map_or(0, |l| l.fresh),
            "outlets": land.map_or(0, |l| l.outlets), "newest": land.and_then(|l| l.newest),
        })
    };
    Ok(json!({"as_of": newest, "countries": PLACES.iter().map(one).collect::<Vec<_>>()}))
}

const NOTHING: &str = "nothing read from here";

fn lands(reader: &Reader, newest: Option<i64>) -> Result<BTreeMap<String, Land>> {
    let since = newest.unwrap_or(0).saturating_sub(DAY_MINUTES.min(WINDOW_MINUTES));
    Ok(reader.lands(since)?.into_iter().map(|land| (land.code.clone(), land)).collect())
}

fn shown(place: &Place, land: Option<&Land>, shades: &Shades) -> Shown {
    Shown {
        code: place.code,
        name: country(place.code),
        href: land.map(|_| super::page(place.code)),
        shade: land.map_or(0, |land| shades.shade(land.fresh)),
        told: land.map_or_else(
            || NOTHING.to_owned(),
            |land| {
                let fresh = if land.fresh == 0 { "nothing".to_owned() } else { articles(land.fresh) };
                format!("{fresh} in the last day, {} read", count_of(land.outlets, "outlet", "outlets"))
            },
        ),
        at: place.at,
        is_outlined: place.is_outlined,
        drawn: place.drawn,
    }
}

fn count_of(n: u64, one: &str, many: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), one, many)
}

fn articles(n: u64) -> String {
    count_of(n, "article", "articles")
}

fn facing(place: Option<&Place>) -> String {
    place.map_or_else(|| "10 25".to_owned(), |place| format!("{} {}", place.at.0, place.at.1))
}

fn regions(show: impl Fn(&'static Place) -> Shown) -> Vec<Region> {
    let mut by_name: BTreeMap<&'static str, Vec<Shown>> = BTreeMap::new();
    for place in PLACES.iter() {
        by_name.entry(place.region).or_default().push(show(place));
    }
    let region = |(name, mut countries): (_, Vec<Shown>)| {
        countries.sort_by(|a, b| a.name.cmp(&b.name));
        let (read, unread) = countries.into_iter().partition(|country| country.href.is_some());
        Region { name, read, unread }
    };
    by_name.into_iter().map(region).collect()
}

/// How dark so many are, beside the most: each shade stands for the double of the one below it, since a few countries' press writes
/// most of what there is.
struct Shades {
    most: u64,
}

impl Shades {
    fn of(counts: impl Iterator<Item = u64>) -> Self {
        Shades { most: counts.max().unwrap_or(0) }
    }

    fn shade(&self, count: u64) -> u64 {
        if count == 0 {
            return 0;
        }
        let halvings = u64::from((self.most / count).max(1).ilog2());
        SHADES.saturating_sub(halvings).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shade_stands_for_the_double_of_the_one_below_and_nothing_has_none() {
        let shades = Shades::of([0, 3, 160].into_iter());
        let of = [160, 81, 80, 40, 20, 10, 1, 0].map(|count| shades.shade(count));
        assert_eq!(of, [5, 5, 4, 3, 2, 1, 1, 0]);
        assert_eq!(Shades::of(std::iter::empty()).shade(0), 0);
    }
}
