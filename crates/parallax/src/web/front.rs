//! The stories of a shelf → the front page: the weightiest large, each with who tells it, and a difference only where lives or the
//! outcome hang on it.

use super::frame::Frame;
use super::rank::{rank, why};
use super::shape::Story;
use super::sheet::{Quote, Sheet};
use super::story::{Headline, first_rank, headline};
use super::words::{count, country, language, minute, shelf, stamp};
use crate::store::{Counts, Reader, StoryLine};
use anyhow::Result;
use askama::Template;

/// Stories shown large, then with their first sentence, then in a line.
const LEADS: usize = 1;
const TOLD: usize = 12;
const LISTED: usize = 40;
/// Stories that are weighed for the front page, the newest.
const WEIGHED: usize = 600;
/// Only what was published so many minutes before the newest: a front page is of these days.
const WINDOW_MINUTES: i64 = 4 * 1440;

/// A story on the front page.
pub struct Card {
    pub href: String,
    pub key: String,
    pub headline: Headline,
    /// The first sentence of what its reports agree on.
    pub lead: Option<Quote>,
    /// The difference of the first rank.
    pub difference: Option<Gap>,
    /// "8 outlets · 6 countries · 7 languages".
    pub told: String,
    /// Names of the countries.
    pub countries: String,
    pub stamp: String,
    pub newest: String,
    pub why: String,
}

/// Values that cannot all be true.
pub struct Gap {
    pub about: String,
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
    told: Vec<Card>,
    listed: Vec<Card>,
    shelves: Vec<Shelf>,
    /// The desk in numbers.
    desk: String,
    as_of: Option<(String, String)>,
}

/// Names the shelves that a desk can have, the news first.
pub const SHELVES: &[&str] = &["news", "opinion", "live", "results", "markets", "weather", "listing"];

impl FrontPage {
    /// Reads a shelf.
    pub fn read(reader: &Reader, name: &str, reads: &[String]) -> Result<Self> {
        let newest = reader.newest()?;
        let now = newest.unwrap_or(0);
        let mut stories = reader.shelf(name, now - WINDOW_MINUTES, WEIGHED)?;
        let is_news = name == "news";
        if is_news {
            rank(&mut stories, now);
        }
        stories.truncate(LEADS + TOLD + LISTED);
        let mut cards = Vec::new();
        for (n, line) in stories.iter().enumerate() {
            // What is listed in a line needs no more than its headline.
            let in_full = is_news && n < LEADS + TOLD;
            cards.push(card(reader, line, reads, in_full)?);
        }
        let listed = cards.split_off(cards.len().min(if is_news { LEADS + TOLD } else { 0 }));
        let told = cards.split_off(cards.len().min(LEADS));
        let counts = reader.counts()?;
        let shelves = reader.shelves()?;
        let shelves = SHELVES.iter().filter_map(|of| {
            let stories = *shelves.get(*of)?;
            let href = if *of == "news" { "/".to_owned() } else { format!("/shelf/{of}") };
            Some(Shelf { href, name: shelf(of), stories, is_here: *of == name })
        });
        Ok(FrontPage {
            frame: Frame::new(if is_news { "Front page" } else { shelf(name) }, "front").watching("*"),
            shelf: shelf(name).to_owned(),
            is_news,
            leads: cards,
            told,
            listed,
            shelves: shelves.collect(),
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

fn card(reader: &Reader, line: &StoryLine, reads: &[String], in_full: bool) -> Result<Card> {
    let kept = reader.comparison(&line.id)?.unwrap_or_default();
    let story: Story = serde_json::from_value(kept).unwrap_or_default();
    let sheet = Sheet::new(&story, reads);
    let of = |n: u64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
    let mut told = vec![of(line.outlets, "outlet", "outlets")];
    if line.countries.len() > 1 {
        told.push(of(line.countries.len() as u64, "country", "countries"));
    }
    match line.languages.as_slice() {
        [one] => told.push(language(one)),
        several => told.push(of(several.len() as u64, "language", "languages")),
    }
    let countries: Vec<_> = line.countries.iter().map(|c| country(c)).collect();
    let lead = story.current_take.first().and_then(|s| sheet.quotes(&s.evidence).into_iter().next());
    Ok(Card {
        href: format!("/story/{}", line.key),
        key: line.key.clone(),
        headline: if story.id.is_empty() { waiting() } else { headline(&sheet) },
        lead: lead.filter(|_| in_full),
        difference: first_rank(&sheet).filter(|_| in_full).map(|d| Gap {
            about: d.about,
            values: d.values.into_iter().filter_map(|v| v.quotes.into_iter().next()).collect(),
        }),
        told: told.join(" · "),
        countries: countries.join(", "),
        stamp: line.newest.map(stamp).unwrap_or_default(),
        newest: line.newest.map(minute).unwrap_or_default(),
        why: why(line),
    })
}

/// Stands where a story was not compared yet.
fn waiting() -> Headline {
    Headline { text: "Being compared".into(), lang: "en".into(), ..Headline::default() }
}
