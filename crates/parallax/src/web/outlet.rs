//! What a desk has of outlets → their pages: one in full, all in a list.

use super::article::published;
use super::frame::Frame;
use super::words::{access, count, country, kind, language, minute, plain, series, stamp};
use crate::store::{ArticleLine, OutletLine, Reader, key};
use anyhow::Result;
use askama::Template;

/// Articles shown of an outlet.
const LATEST: usize = 100;

/// An article in an outlet's list.
pub struct Latest {
    pub href: String,
    pub title: String,
    pub lang: String,
    pub labels: Vec<String>,
    pub stamp: String,
    pub published: String,
    /// Its story, where others tell that too.
    pub story: Option<(String, u64)>,
}

#[derive(Template)]
#[template(path = "outlet.html")]
pub struct OutletPage {
    frame: Frame,
    name: String,
    /// Its country's page and name.
    country: Option<(String, String)>,
    told: Vec<String>,
    latest: Vec<Latest>,
    shown: Option<(usize, u64)>,
    api: String,
}

impl OutletPage {
    /// Reads what the desk has of an outlet; `None` where it has nothing.
    pub fn read(reader: &Reader, id: &str) -> Result<Option<Self>> {
        let since = reader.last_change()?;
        let Some(line) = reader.outlet(id)? else { return Ok(None) };
        let latest = reader.of_outlet(id, LATEST)?;
        let name = latest.first().and_then(|a| a.outlet.clone()).unwrap_or_else(|| id.to_owned());
        let shown = (line.articles > latest.len() as u64).then_some((latest.len(), line.articles));
        Ok(Some(OutletPage {
            frame: Frame::new(&name, "outlet").watching(&key(id), since),
            name: plain(&name),
            country: line.country.as_deref().map(|code| (super::world::page(code), country(code))),
            told: told(&line),
            latest: latest.iter().map(row).collect(),
            shown,
            api: super::story::outlet_page(id).replacen("/outlet/", "/api/v1/outlets/", 1),
        }))
    }
}

/// What is known of its articles here, each of how many.
fn told(line: &OutletLine) -> Vec<String> {
    let languages: Vec<_> = line.languages.iter().map(|l| language(l)).collect();
    let mut told = vec![
        format!("{} on this desk", count(usize::try_from(line.articles).unwrap_or(0), "article", "articles")),
        format!("{} of {} read in full", line.full, line.articles),
        format!("{} of {} copy or rewrite another report here", line.articles - line.original, line.articles),
    ];
    if !languages.is_empty() {
        told.push(format!("in {}", series(&languages)));
    }
    told.extend(line.newest.map(|at| format!("last published {}", minute(at))));
    told
}

/// An article as a line of a list.
pub fn row(line: &ArticleLine) -> Latest {
    let labels = [
        line.language.as_deref().map(language),
        (line.kind != "report").then(|| kind(&line.kind).to_owned()),
        access(&line.access).map(str::to_owned),
        (!line.is_original).then(|| "another’s report".to_owned()),
    ];
    Latest {
        href: format!("/article/{}", line.key),
        title: plain(line.title.as_deref().unwrap_or("(untitled)")),
        lang: line.language.clone().unwrap_or_else(|| "und".into()),
        labels: labels.into_iter().flatten().collect(),
        stamp: line.published.map(stamp).unwrap_or_default(),
        published: published(line.published),
        story: (line.outlets > 1).then(|| (format!("/story/{}", line.story), line.outlets)),
    }
}

/// A country's outlets.
pub struct Group {
    pub country: String,
    /// Its page, where it is known.
    pub href: Option<String>,
    pub outlets: Vec<Listed>,
}

/// An outlet in the list.
pub struct Listed {
    pub href: String,
    pub name: String,
    pub told: String,
}

#[derive(Template)]
#[template(path = "outlets.html")]
pub struct OutletsPage {
    frame: Frame,
    groups: Vec<Group>,
    outlets: usize,
}

impl OutletsPage {
    /// Reads all outlets.
    pub fn read(reader: &Reader) -> Result<Self> {
        let since = reader.last_change()?;
        let lines = reader.outlets()?;
        let outlets = lines.len();
        let mut groups: Vec<Group> = Vec::new();
        for line in lines {
            let of = line.country.as_deref().map_or_else(|| "Country not known".to_owned(), country);
            let languages: Vec<_> = line.languages.iter().map(|l| language(l)).collect();
            let listed = Listed {
                href: super::story::outlet_page(&line.id),
                told: format!(
                    "{} · {}",
                    count(usize::try_from(line.articles).unwrap_or(0), "article", "articles"),
                    languages.join(", ")
                ),
                name: plain(line.name.as_deref().unwrap_or(&line.id)),
            };
            match groups.iter_mut().find(|g| g.country == of) {
                Some(group) => group.outlets.push(listed),
                None => groups.push(Group {
                    country: of,
                    href: line.country.as_deref().map(super::world::page),
                    outlets: vec![listed],
                }),
            }
        }
        groups.sort_by(|a, b| a.country.cmp(&b.country));
        Ok(OutletsPage { frame: Frame::new("Outlets", "outlets").watching("*", since), groups, outlets })
    }
}
