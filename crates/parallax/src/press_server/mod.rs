//! The sample press's files → a press of twenty-one outlets that a reader can poll: feeds and pages, as they would stand at a moment.
//!
//! `article`, `outlet` and `template` read the files; `page`, `feed`, `front` and `sitemap` render them; `answer` says what a request gets,
//! as a pure function of the press's time; `clock` makes that time, `serve` puts it all on a port of this machine; `followed` is what a
//! desk gets of it.

mod answer;
mod article;
mod clock;
mod feed;
mod followed;
mod front;
mod markup;
mod outlet;
mod page;
mod serve;
mod sitemap;
mod template;
#[cfg(test)]
mod tests;
mod time;

pub use clock::Clock;
pub use followed::Follower;
pub use serve::serve;

use anyhow::{Context, Result, ensure};
use article::{Article, Revision};
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use outlet::Outlet;
use std::collections::{BTreeMap, BTreeSet};
use template::{Template, Words};

/// The press as it lies in the repository.
static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/sample/press");

/// Every outlet with its articles, read and rendered.
pub struct SamplePress {
    desks: Vec<Desk>,
    front: Template,
    words: BTreeMap<String, Words>,
}

/// One outlet and what it publishes over the four days.
struct Desk {
    outlet: Outlet,
    /// In order of publication.
    articles: Vec<Article>,
    /// The markup of each article's revisions.
    pages: Vec<Vec<String>>,
}

/// An outlet's feed, as one would subscribe to it.
pub struct Feed {
    /// Where it is: `http://DOMAIN/feed.xml`, `/atom.xml` or `/feed.json`.
    pub url: String,
    /// The outlet's own name.
    pub outlet: String,
    /// Its name in the files, and the first part of a path that stands for it.
    pub id: String,
    /// Ends in `.example`.
    pub domain: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// BCP 47.
    pub language: String,
}

impl SamplePress {
    /// Reads the bundled files.
    ///
    /// # Errors
    /// The first mistake in them, with its file and line.
    pub fn load() -> Result<Self> {
        let words = template::words("templates/words.toml", text("templates/words.toml")?)?;
        let mut desks = Vec::new();
        for outlet in outlet::outlets("outlets.toml", text("outlets.toml")?)? {
            let file = format!("articles/{}.txt", outlet.id);
            let articles = article::articles(&file, text(&file)?)?;
            let words = of_language(&words, &outlet)?;
            let template = format!("templates/{}", outlet.template);
            let template = Template::parse(&template, text(&template)?)?;
            let pages = (0..articles.len()).map(|index| page::revisions(&outlet, &articles, index, &template, words));
            let pages = pages.collect::<Result<_>>()?;
            desks.push(Desk { outlet, articles, pages });
        }
        ensure!(desks.iter().any(|desk| !desk.articles.is_empty()), "outlets.toml:1: nobody publishes anything");
        let front = Template::parse("templates/front.html", text("templates/front.html")?)?;
        let press = SamplePress { desks, front, words };
        for desk in &press.desks {
            front::page(&press, desk, press.last_change(), "")?;
        }
        Ok(press)
    }

    /// Every outlet's feed.
    pub fn feeds(&self) -> Vec<Feed> {
        let of_outlet = |Desk { outlet, .. }: &Desk| Feed {
            url: format!("http://{}{}", outlet.domain, outlet.feed.path()),
            outlet: outlet.name.clone(),
            id: outlet.id.clone(),
            domain: outlet.domain.clone(),
            country: outlet.country.clone(),
            language: outlet.language.clone(),
        };
        self.desks.iter().map(of_outlet).collect()
    }

    /// Midnight, UTC, of the day on which the first article appears.
    pub fn first_day(&self) -> Timestamp {
        let first = self.first_article();
        let into_the_day = first.as_second().rem_euclid(24 * 60 * 60);
        Timestamp::from_second(first.as_second() - into_the_day).unwrap_or(first)
    }

    /// When the first article appears.
    pub fn first_article(&self) -> Timestamp {
        self.changes().min().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// When the last article appears or is changed; nothing happens after it.
    pub fn last_change(&self) -> Timestamp {
        self.changes().max().unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Every moment at which something appears or is changed, in order.
    pub fn moments(&self) -> Vec<Timestamp> {
        self.changes().collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn changes(&self) -> impl Iterator<Item = Timestamp> {
        self.desks.iter().flat_map(|desk| &desk.articles).flat_map(|a| &a.revisions).map(|r| r.at.instant())
    }
}

impl Desk {
    /// What has been published by then, oldest first: each article in the revision that stands.
    fn standing(&self, now: Timestamp) -> impl DoubleEndedIterator<Item = (&Article, &Revision)> {
        self.articles.iter().filter_map(move |article| {
            let index = article.standing(now)?;
            Some((article, &article.revisions[index]))
        })
    }

    /// When something last appeared or was changed, if anything has.
    fn changed(&self, now: Timestamp) -> Option<Timestamp> {
        self.standing(now).map(|(_, revision)| revision.at.instant()).max()
    }
}

fn of_language<'a>(words: &'a BTreeMap<String, Words>, outlet: &Outlet) -> Result<&'a Words> {
    let language = outlet.primary_language();
    words.get(language).with_context(|| format!("templates/words.toml:1: there is no [{language}] for {}", outlet.id))
}

/// A bundled file's text.
fn text(name: &str) -> Result<&'static str> {
    let file = FILES.get_file(name).with_context(|| format!("{name}:1: the file is not there"))?;
    file.contents_utf8().with_context(|| format!("{name}:1: the file is not UTF-8"))
}
