//! An entry of a feed → what is kept of it, and the article it makes as long as its page was not read: a headline, perhaps a summary.

use parallax_core::almanac::Almanac;
use parallax_core::model::{Access, Article, ArticleId, Document};
use parallax_core::{extract, feed};
use serde::{Deserialize, Serialize};

/// What is kept of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Entry {
    /// The article's address.
    pub url: String,
    /// Its headline.
    pub title: Option<String>,
    /// What the feed says of it, without markup.
    pub summary: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// When it was changed.
    pub updated: Option<String>,
    /// The feed's language.
    pub language: Option<String>,
}

impl Entry {
    /// What is kept of an entry that leads somewhere and says something.
    pub fn of(entry: &feed::Entry, language: Option<&str>) -> Option<Self> {
        let url = entry.url.clone()?;
        let words = |text: &Option<String>| text.clone().filter(|t| t.chars().any(char::is_alphanumeric));
        let (title, summary) = (words(&entry.title), words(&entry.summary));
        (title.is_some() || summary.is_some()).then(|| Entry {
            url,
            title,
            summary,
            authors: entry.authors.clone(),
            published: entry.published.clone(),
            updated: entry.updated.clone(),
            language: language.map(str::to_owned),
        })
    }
}

/// The article that an entry makes.
pub fn article(entry: &Entry, id: ArticleId, almanac: &Almanac) -> Article {
    let text = entry.summary.clone().or_else(|| entry.title.clone()).unwrap_or_default();
    let document = Document {
        id,
        title: entry.title.clone(),
        text,
        date: entry.published.clone(),
        source: None,
        lang: entry.language.clone(),
        url: Some(entry.url.clone()),
        country: None,
    };
    let article = extract::document(document, almanac);
    Article {
        authors: entry.authors.clone(),
        updated: entry.updated.as_deref().and_then(|t| t.parse().ok()),
        access: if entry.summary.is_some() { Access::Excerpt } else { Access::Headline },
        ..article
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_makes_an_article_of_what_it_says_and_claims_no_more() {
        let said = feed::Entry {
            url: Some("https://gazette.example/1".into()),
            title: Some("Ferry back".into()),
            published: Some("2026-03-02T10:00:00+00:00".into()),
            ..feed::Entry::default()
        };
        let almanac = parallax_almanac::almanac();
        let made = |entry: &feed::Entry| {
            let entry = Entry::of(entry, Some("en")).expect("it says something");
            article(&entry, ArticleId(entry.url.clone()), almanac)
        };
        let headline = made(&said);
        assert_eq!((headline.access, headline.title.as_deref()), (Access::Headline, Some("Ferry back")));
        assert_eq!(headline.published.map(|m| m.to_string()).as_deref(), Some("2026-03-02T10:00:00+00:00"));
        let excerpt = made(&feed::Entry { summary: Some("The ferry is back.".into()), ..said.clone() });
        assert_eq!((excerpt.access, excerpt.text.as_str()), (Access::Excerpt, "The ferry is back."));
        assert_eq!(Entry::of(&feed::Entry { title: Some(" … ".into()), ..said.clone() }, None), None);
        assert_eq!(Entry::of(&feed::Entry { url: None, ..said }, None), None);
    }
}
