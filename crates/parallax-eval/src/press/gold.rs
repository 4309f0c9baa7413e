//! The sample press's own files → what it published, and what is true of it.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What was published, and what is true of it.
pub struct Gold {
    /// By `OUTLET/path`.
    pub articles: BTreeMap<String, Written>,
    /// By name.
    pub stories: BTreeMap<String, Story>,
}

/// An article as its file has it, in its last revision.
pub struct Written {
    /// `DOMAIN/path`.
    pub address: String,
    /// Primary subtag.
    pub language: String,
    /// The outlet's name.
    pub outlet: String,
    /// The outlet's country.
    pub country: String,
    /// Without notices of the page.
    pub text: String,
    /// Its headline.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Every other header.
    pub headers: BTreeMap<String, String>,
    /// When it was last changed, if it was.
    pub updated: Option<String>,
}

impl Written {
    /// A header; empty where it does not stand.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Its story; none where it belongs to none.
    pub fn story(&self) -> Option<&str> {
        Some(self.header("gold-story")).filter(|story| *story != "alone")
    }

    /// How it derives from which article.
    pub fn derivation(&self) -> Option<(&str, &str)> {
        self.header("gold-derivation").split_once(" of ")
    }
}

/// What is true of one story. Not exhaustive: what is not labelled is not wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// One line.
    pub happening: String,
    /// Look-alikes.
    #[serde(default)]
    pub apart: Vec<String>,
    /// Countries whose press has nothing on it.
    #[serde(default)]
    pub blind: Vec<String>,
    /// What was said, in its renderings.
    #[serde(default)]
    pub utterance: Vec<Utterance>,
    /// Quantities.
    #[serde(default)]
    pub figure: Vec<Figure>,
    /// What was announced.
    #[serde(default)]
    pub plan: Vec<Plan>,
    /// What one alone has.
    #[serde(default)]
    pub only: Vec<Place>,
}

/// Words of an article.
#[derive(Debug, Clone, Deserialize)]
pub struct Place {
    /// `OUTLET/path`.
    pub article: String,
    /// As they stand there.
    pub text: String,
}

/// One utterance in several outlets.
#[derive(Debug, Deserialize)]
pub struct Utterance {
    /// In Latin letters.
    pub speaker: String,
    /// As in the contract.
    pub wording: String,
    /// Where.
    pub renderings: Vec<Place>,
}

/// One quantity.
#[derive(Debug, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub about: String,
    /// As in the contract.
    pub verdict: String,
    /// As in the contract.
    pub consequence: u8,
    /// Where.
    pub values: Vec<Place>,
}

/// Something announced and what became of it.
#[derive(Debug, Deserialize)]
pub struct Plan {
    /// In our words.
    pub what: String,
    /// Where it is announced.
    pub announced: Vec<Place>,
    /// `happened`, `did_not_happen` or `open`.
    pub outcome: String,
    /// Where that is told.
    pub settled: Vec<Place>,
}

#[derive(Deserialize)]
struct Outlets {
    outlet: Vec<Outlet>,
}

#[derive(Deserialize)]
struct Outlet {
    id: String,
    name: String,
    country: String,
    language: String,
    domain: String,
}

impl Gold {
    /// Reads the folder `sample/press` (its README.md describes the files; `scripts/check_press.py` checks them).
    pub fn load(folder: &Path) -> Result<Self> {
        let read =
            |path: &Path| std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
        let Outlets { outlet } = toml::from_str(&read(&folder.join("outlets.toml"))?)?;
        let mut articles = BTreeMap::new();
        for outlet in &outlet {
            let text = read(&folder.join("articles").join(format!("{}.txt", outlet.id)))?;
            for block in format!("\n{text}").split("\n=== ").skip(1) {
                let (path, written) = written(block, outlet).with_context(|| format!("{}: {block:.40}", outlet.id))?;
                articles.insert(format!("{}{path}", outlet.id), written);
            }
        }
        let mut stories = BTreeMap::new();
        for entry in std::fs::read_dir(folder.join("gold")).context("the sample press has no gold")? {
            let path = entry?.path();
            let story = toml::from_str(&read(&path)?).with_context(|| path.display().to_string())?;
            stories.insert(path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), story);
        }
        Ok(Gold { articles, stories })
    }
}

fn written(block: &str, outlet: &Outlet) -> Option<(String, Written)> {
    let (head, body) = block.split_once("\n\n")?;
    let (path, head) = head.split_once('\n')?;
    let path = path.trim();
    let (mut headers, mut authors) = (BTreeMap::new(), Vec::new());
    for (key, value) in head.lines().filter_map(|line| line.split_once(':')) {
        match key {
            "author" => authors.push(value.trim().to_owned()),
            _ => drop(headers.insert(key.to_owned(), value.trim().to_owned())),
        }
    }
    let mut title = headers.get("title").cloned()?;
    let (mut text, mut updated) = (String::new(), None);
    for line in body.lines().filter(|line| !line.is_empty()) {
        if let Some(time) = line.strip_prefix("--- ") {
            text.clear();
            updated = Some(time.trim().to_owned());
        } else if let Some(changed) = line.strip_prefix("title:").filter(|_| text.is_empty() && updated.is_some()) {
            changed.trim().clone_into(&mut title);
        } else if !line.starts_with("!! ") {
            let link = line.strip_prefix("* ").and_then(|link| Some(link.split_once(" | ")?.1));
            text.push_str(link.unwrap_or(line.strip_prefix("## ").unwrap_or(line)));
            text.push('\n');
        }
    }
    let address = format!("{}{path}", outlet.domain);
    let language = outlet.language.split('-').next()?.to_owned();
    let (outlet, country) = (outlet.name.clone(), outlet.country.clone());
    Some((path.to_owned(), Written { address, language, outlet, country, text, title, authors, headers, updated }))
}
