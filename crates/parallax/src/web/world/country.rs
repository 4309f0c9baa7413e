//! A country's press → its page: its news in its own order, and where the world ranks each.

use super::missed::MissedPart;
use super::place;
use crate::missed::{self, By};
use crate::rank::{self, WEIGHED, WINDOW_MINUTES};
use crate::store::{OutletHere, Reader, ToldHere};
use crate::web::Site;
use crate::web::frame::Frame;
use crate::web::front::{Card, card};
use crate::web::story::outlet_page;
use crate::web::words::{count, country as name_of, language, minute, plain, series, stamp};
use anyhow::Result;
use askama::Template;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Stories of a country that are weighed for its page, told by most of its outlets…
const WEIGHED_HERE: usize = 400;
/// …and shown, with their first sentence and in a line.
const TOLD: usize = 12;
const LISTED: usize = 40;

/// A story as the country tells it.
pub struct Here {
    /// The country's own headline, and where it stands.
    pub title: String,
    pub lang: String,
    pub language: String,
    pub outlet: String,
    pub article: String,
    /// The story as all tell it.
    pub card: Card,
    /// Does the story's headline say more than the country's own?
    pub is_beside: bool,
    /// "3 of 7 outlets here"; or that there is but one.
    pub here: String,
    /// Where it stands in the world's order, of how many; `None` where others rank it nowhere.
    pub world: String,
}

/// An outlet of the country.
pub struct Listed {
    pub href: String,
    pub name: String,
    pub told: String,
}

#[derive(Template)]
#[template(path = "country.html")]
pub struct CountryPage {
    frame: Frame,
    code: String,
    name: String,
    told: Vec<String>,
    as_of: Option<(String, String)>,
    stories: Vec<Here>,
    listed: Vec<Here>,
    outlets: Vec<Listed>,
    missed: MissedPart,
}

impl CountryPage {
    /// Reads what the desk has of a country's press; `None` where there is no such country.
    pub fn read(site: &Site, reader: &Reader, code: &str) -> Result<Option<Self>> {
        let reads = &site.reads();
        let Some(place) = place(code) else { return Ok(None) };
        let since = reader.last_change()?;
        let newest = reader.newest()?;
        let outlets = reader.outlets_in(place.code)?;
        let ranked = ranked(reader, place.code, newest.unwrap_or(0))?;
        let of = outlets.len();
        let mut stories = Vec::new();
        for (n, (story, world)) in ranked.iter().take(TOLD + LISTED).enumerate() {
            let Some(telling) = reader.telling(&story.line.id, place.code)? else { continue };
            let card = card(reader, &story.line, reads, usize::from(n < TOLD))?;
            let title = plain(telling.title.as_deref().unwrap_or("(untitled)"));
            stories.push(Here {
                is_beside: card.headline.text != title,
                language: telling.language.as_deref().map(language).unwrap_or_default(),
                lang: telling.language.unwrap_or_else(|| "und".into()),
                outlet: plain(telling.outlet.as_deref().unwrap_or("")),
                article: format!("/article/{}", telling.key),
                title,
                card,
                here: match of {
                    1 => "by its one outlet read here".to_owned(),
                    _ => format!("{} of {of} outlets here", story.outlets),
                },
                world: world.map_or_else(
                    || "not among what the world’s press tells most".to_owned(),
                    |(at, of)| format!("{at} of {of} in the world’s order"),
                ),
            });
        }
        let listed = stories.split_off(stories.len().min(TOLD));
        let name = name_of(place.code);
        let judged = site.missed.judged(reader, &site.home, By::Country)?;
        Ok(Some(CountryPage {
            missed: MissedPart::read(reader, &judged, place.code, reads)?,
            frame: Frame::new(&name, "country").watching("*", since),
            told: told(&outlets),
            name,
            code: place.code.to_owned(),
            as_of: newest.map(|at| (stamp(at), minute(at))),
            stories,
            listed,
            outlets: outlets.iter().map(listing).collect(),
        }))
    }
}

/// A place in the world's order: which, of how many.
type WorldRank = (usize, usize);

/// The country's stories in its own order, each with its place in the world's where it has one.
fn ranked(reader: &Reader, code: &str, now: i64) -> Result<Vec<(ToldHere, Option<WorldRank>)>> {
    let since = now - WINDOW_MINUTES;
    let mut here = reader.told_in(code, since, WEIGHED_HERE)?;
    rank::rank_here(&mut here, now);
    let mut world = reader.shelf("news", since, WEIGHED)?;
    // What one country alone tells, the world does not rank.
    world.retain(|story| story.countries.len() > 1);
    rank::rank(&mut world, now);
    let of = world.len();
    let places: BTreeMap<&str, usize> = world.iter().zip(1..).map(|(story, at)| (story.id.as_str(), at)).collect();
    let at = |story: &ToldHere| places.get(story.line.id.as_str()).map(|at| (*at, of));
    Ok(here
        .into_iter()
        .map(|story| {
            let at = at(&story);
            (story, at)
        })
        .collect())
}

fn told(outlets: &[OutletHere]) -> Vec<String> {
    let articles: u64 = outlets.iter().map(|o| o.articles).sum();
    let languages: BTreeSet<_> = outlets.iter().filter_map(|o| o.language.as_deref()).map(language).collect();
    let mut told = vec![
        count(outlets.len(), "outlet read", "outlets read"),
        count(usize::try_from(articles).unwrap_or(0), "article on this desk", "articles on this desk"),
    ];
    if !languages.is_empty() {
        told.push(format!("in {}", series(&languages.into_iter().collect::<Vec<_>>())));
    }
    told
}

fn listing(line: &OutletHere) -> Listed {
    Listed {
        href: outlet_page(&line.id),
        name: plain(line.name.as_deref().unwrap_or(&line.id)),
        told: count(usize::try_from(line.articles).unwrap_or(0), "article", "articles"),
    }
}

/// The same as JSON.
pub fn country(site: &Site, reader: &Reader, code: &str) -> Result<Option<Value>> {
    let Some(place) = place(code) else { return Ok(None) };
    let newest = reader.newest()?;
    let outlets = reader.outlets_in(place.code)?;
    let stories = ranked(reader, place.code, newest.unwrap_or(0))?;
    let of = outlets.len();
    let judged = site.missed.judged(reader, &site.home, By::Country)?;
    let missed = judged.of_press(place.code).map(|found| missed::as_json(reader, &judged, found)).transpose()?;
    let story = |(story, world): &(ToldHere, Option<WorldRank>)| {
        json!({
            "story": story.line, "outlets_here": story.outlets, "of_outlets": of, "separate_here": story.separate,
            "newest_here": story.newest, "world_rank": world.map(|(at, _)| at), "of_ranked": world.map(|(_, of)| of),
        })
    };
    Ok(Some(json!({
        "code": place.code, "name": name_of(place.code), "as_of": newest, "outlets": outlets,
        "stories": stories.iter().take(TOLD + LISTED).map(story).collect::<Vec<_>>(), "of": stories.len(),
        "missed": missed,
    })))
}
