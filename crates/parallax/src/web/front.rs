//! The stories of a shelf → the front page: the weightiest large, each with who tells it, and a difference only where lives or the
//! outcome hang on it.

use super::assets::HAS_GLOBE;
use super::frame::Frame;
use super::shape::Story;
use super::sheet::{Quote, Sheet};
use super::story::{Headline, first_rank, headline};
use super::words::{count, country, language, minute, shelf, stamp};
use super::world::{Shown, freshest};
use crate::rank::{self, Mark, WEIGHED, WINDOW_MINUTES};
use crate::store::{Counts, Reader, StoryLine};
use anyhow::Result;
use askama::Template;

/// Stories shown large, beside that, with their first sentence below, and in a line.
const LEADS: usize = 1;
const BESIDE: usize = 2;
const TOLD: usize = rank::TOLD - LEADS - BESIDE;
const LISTED: usize = 40;
/// Countries named below.
const COUNTRIES: usize = 12;
/// Sentences of the story shown large.
const LEAD_POINTS: usize = 3;

/// A story on the front page.
pub struct Card {
    pub href: String,
    pub key: String,
    pub headline: Headline,
    /// The first sentences of what its reports agree on.
    pub points: Vec<Quote>,
    /// The difference of the first rank.
    pub difference: Option<Gap>,
    /// "8 outlets · 6 countries · 7 languages".
    pub told: String,
    /// Names of the countries.
    pub countries: String,
    pub stamp: String,
    pub newest: String,
    pub why: String,
    /// "Breaking" or "Updated", and what that rests on, with its age.
    pub mark: Option<(&'static str, String)>,
}

/// Two values that cannot both be true: of those given, the furthest apart.
pub struct Gap {
    pub values: Vec<Quote>,
}

/// A shelf's name and how much stands on it.
pub struct Shelf {
    pub href: String,
    pub name: &'static str,
    pub stories: u64,
    pub is_here: bool,
}

#[derive(Template)]
#[template(path = "front.html")]
pub struct FrontPage {
    frame: Frame,
    /// What the shelf is called.
    shelf: String,
    is_news: bool,
    leads: Vec<Card>,
    beside: Vec<Card>,
    told: Vec<Card>,
    listed: Vec<Card>,
    shelves: Vec<Shelf>,
    /// Countries to read the press of, of how many, and where the globe is turned to first.
    world: Option<(Vec<Shown>, usize, String)>,
    has_globe: bool,
    /// The desk in numbers.
    desk: String,
    as_of: Option<(String, String)>,
}

/// Names the shelves that a desk can have, the news first.
pub const SHELVES: &[&str] = &["news", "opinion", "live", "results", "markets", "weather", "listing"];

impl FrontPage {
    /// Reads a shelf.
    pub fn read(reader: &Reader, name: &str, reads: &[String]) -> Result<Self> {
        let since = reader.last_change()?;
        let newest = reader.newest()?;
        let now = newest.unwrap_or(0);
        let mut stories = reader.shelf(name, now - WINDOW_MINUTES, WEIGHED)?;
        let is_news = name == "news";
        if is_news {
            rank::rank(&mut stories, now);
        }
        stories.truncate(LEADS + BESIDE + TOLD + LISTED);
        let mut cards = Vec::new();
        for (n, line) in stories.iter().enumerate() {
            // What is listed in a line needs no more than its headline.
            let sentences = match n {
                _ if !is_news => 0,
                n if n < LEADS => LEAD_POINTS,
                n if n < LEADS + BESIDE + TOLD => 1,
                _ => 0,
            };
            cards.push(Card { mark: rank::mark(line, now).map(marked), ..card(reader, line, reads, sentences)? });
        }
        let listed = cards.split_off(cards.len().min(if is_news { LEADS + BESIDE + TOLD } else { 0 }));
        let told = cards.split_off(cards.len().min(LEADS + BESIDE));
        let beside = cards.split_off(cards.len().min(LEADS));
        let counts = reader.counts()?;
        let shelves = reader.shelves()?;
        let shelves = SHELVES.iter().filter_map(|of| {
            let stories = *shelves.get(*of)?;
            let href = if *of == "news" { "/".to_owned() } else { format!("/shelf/{of}") };
            Some(Shelf { href, name: shelf(of), stories, is_here: *of == name })
        });
        Ok(FrontPage {
            frame: Frame::new(if is_news { "Front page" } else { shelf(name) }, "front").watching("*", since),
            shelf: shelf(name).to_owned(),
            is_news,
            leads: cards,
            beside,
            told,
            listed,
            shelves: shelves.collect(),
            world: is_news
                .then(|| freshest(reader, COUNTRIES))
                .transpose()?
                .filter(|(countries, ..)| countries.len() > 1),
            has_globe: HAS_GLOBE,
            desk: desk(&counts),
            as_of: newest.map(|at| (stamp(at), minute(at))),
        })
    }
}

fn desk(counts: &Counts) -> String {
    let of = |n: u64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
    format!(
        "{} from {} in {} and {}; {}, {} of them told by more than one outlet",
        of(counts.articles, "article", "articles"),
        of(counts.outlets, "outlet", "outlets"),
        of(counts.countries, "country", "countries"),
        of(counts.languages, "language", "languages"),
        of(counts.stories, "story", "stories"),
        counts.told_by_several,
    )
}

/// A story as a card, with its first so many sentences.
pub fn card(reader: &Reader, line: &StoryLine, reads: &[String], sentences: usize) -> Result<Card> {
    let kept = reader.comparison(&line.id)?.unwrap_or_default();
    let story: Story = serde_json::from_value(kept).unwrap_or_default();
    let sheet = Sheet::new(&story, reads);
    let of = |n: u64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
    let mut told = vec![of(line.outlets, "outlet", "outlets")];
    if story.id.is_empty() {
        told.push("being compared".to_owned());
    }
    if line.countries.len() > 1 {
        told.push(of(line.countries.len() as u64, "country", "countries"));
    }
    match line.languages.as_slice() {
        [one] => told.push(language(one)),
        several => told.push(of(several.len() as u64, "language", "languages")),
    }
    let mut countries: Vec<_> = line.countries.iter().map(|c| country(c)).collect();
    countries.sort();
    Ok(Card {
        href: format!("/story/{}", line.key),
        key: line.key.clone(),
        headline: if story.id.is_empty() { first_headline(reader, &line.id, reads)? } else { headline(&sheet) },
        points: points(&sheet, sentences),
        difference: first_rank(&sheet).filter(|_| sentences > 0).map(|values| Gap { values }),
        told: told.join(" · "),
        countries: countries.join(", "),
        stamp: line.newest.map(stamp).unwrap_or_default(),
        newest: line.newest.map(minute).unwrap_or_default(),
        why: why(line),
        mark: None,
    })
}

/// A mark in words. Ages are reckoned from the time that the page gives as its own.
fn marked(mark: Mark) -> (&'static str, String) {
    match mark {
        Mark::Breaking(age) => ("Breaking", format!("first told {} ago", lasted(age))),
        Mark::Updated(age) => ("Updated", format!("a report was revised {} ago", lasted(age))),
    }
}

/// "35 minutes", "2 hours 5 minutes".
fn lasted(minutes: i64) -> String {
    let of = |n: i64, one: &str, many: &str| (n > 0).then(|| count(usize::try_from(n).unwrap_or(0), one, many));
    let parts = [of(minutes / 60, "hour", "hours"), of(minutes % 60, "minute", "minutes")];
    let told: Vec<_> = parts.into_iter().flatten().collect();
    if told.is_empty() { "less than a minute".to_owned() } else { told.join(" ") }
}

/// The first sentences on which the reports agree, in the reader's language where one has them.
fn points(sheet: &Sheet<'_>, most: usize) -> Vec<Quote> {
    let mut points: Vec<Quote> = Vec::new();
    for support in &sheet.story.current_take {
        if points.len() == most {
            break;
        }
        let quote = sheet.quotes(&support.evidence).into_iter().next();
        points.extend(quote.filter(|q| points.iter().all(|p| p.href != q.href)));
    }
    points
}

/// Why it stands where it does.
pub fn why(story: &StoryLine) -> String {
    let of = |n: u64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
    let mut why = vec![
        of(story.separate, "report in its own words", "reports in their own words"),
        of(story.countries.len() as u64, "country", "countries"),
        of(story.languages.len() as u64, "language", "languages"),
    ];
    if story.lately > 1 {
        why.push(format!("{} outlets took it up within three hours", story.lately));
    }
    why.extend(story.newest.map(|at| format!("newest report {}", minute(at))));
    why.join(", ")
}

/// Of a story that was not compared yet: its first report's headline.
fn first_headline(reader: &Reader, story: &str, reads: &[String]) -> Result<Headline> {
    let Some(first) = reader.first_telling(story)? else { return Ok(Headline::default()) };
    Ok(Headline::of(first.title.as_deref(), first.language.as_deref(), reads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_in_words() {
        let told = [0, 1, 59, 60, 61, 125].map(lasted);
        assert_eq!(
            told,
            ["less than a minute", "1 minute", "59 minutes", "1 hour", "1 hour 1 minute", "2 hours 5 minutes"]
        );
        assert_eq!(marked(Mark::Updated(60)), ("Updated", "a report was revised 1 hour ago".to_owned()));
    }
}
