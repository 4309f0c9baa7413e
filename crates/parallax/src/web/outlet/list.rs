//! What a desk has of outlets → all of them in a list, by country; those that it follows and has nothing of yet, too.

use super::known::id_of;
use crate::desk::sources::sources;
use crate::store::Reader;
use crate::web::Site;
use crate::web::frame::Frame;
use crate::web::story::outlet_page;
use crate::web::words::{count, country, language, plain};
use crate::web::world;
use anyhow::Result;
use askama::Template;
use std::collections::BTreeSet;

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
    /// How many of those are followed and have brought nothing yet.
    silent: usize,
}

impl OutletsPage {
    /// Reads all outlets.
    pub fn read(site: &Site, reader: &Reader) -> Result<Self> {
        let since = reader.last_change()?;
        let lines = reader.outlets()?;
        let mut groups: Vec<Group> = Vec::new();
        let mut add = |of: Option<&str>, listed: Listed| {
            let name = of.map_or_else(|| "Country not known".to_owned(), country);
            match groups.iter_mut().find(|g| g.country == name) {
                Some(group) => group.outlets.push(listed),
                None => groups.push(Group { country: name, href: of.map(world::page), outlets: vec![listed] }),
            }
        };
        let mut there: BTreeSet<String> = BTreeSet::new();
        for line in &lines {
            let languages: Vec<_> = line.languages.iter().map(|l| language(l)).collect();
            let articles = count(usize::try_from(line.articles).unwrap_or(0), "article", "articles");
            let listed = Listed {
                href: outlet_page(&line.id),
                told: format!("{articles} · {}", languages.join(", ")),
                name: plain(line.name.as_deref().unwrap_or(&line.id)),
            };
            add(line.country.as_deref(), listed);
            there.insert(line.id.clone());
        }
        // A folder that may only be read says nothing of feeds; what came of them is there.
        for source in sources(&site.home, site.catalogue, false).unwrap_or_default() {
            let id = id_of(&source);
            if there.insert(id.clone()) {
                let name = plain(source.outlet.as_deref().unwrap_or(&id));
                add(source.country.as_deref(), Listed { href: outlet_page(&id), name, told: "nothing yet".to_owned() });
            }
        }
        groups.sort_by(|a, b| a.country.cmp(&b.country));
        let (outlets, silent) = (lines.len(), there.len() - lines.len());
        Ok(OutletsPage { frame: Frame::new("Outlets", "outlets").watching("*", since), groups, outlets, silent })
    }
}
