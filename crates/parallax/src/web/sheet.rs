//! A story's JSON → its findings as quotations: each with the sentence it stands in, its outlet, and the way to its place.

use super::shape::{Article, Evidence, Name, Outlet, Story, Variant};
use super::words::{country, language, plain, shown};
use crate::store::key;
use parallax_core::model::Text;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words of an article within their sentence, as a page shows them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Quote {
    /// Where they stand: the article's page, at the words.
    pub href: String,
    /// Whose article it is.
    pub outlet: String,
    /// In which language.
    pub lang: String,
    /// That language's name.
    pub language: String,
    /// The sentence up to the words.
    pub before: String,
    /// The words.
    pub words: String,
    /// What follows them in their sentence.
    pub after: String,
}

/// A story laid out for questions.
pub struct Sheet<'a> {
    /// As it is kept.
    pub story: &'a Story,
    /// The languages to be read first, where an outlet of several could be quoted.
    pub reads: &'a [String],
    index: BTreeMap<&'a str, usize>,
    names: BTreeMap<&'a str, &'a Name>,
    texts: Vec<OnceCell<Laid>>,
}

/// A text with the bytes at which its code points begin, and its sentences.
struct Laid {
    bytes: Vec<usize>,
    sentences: Vec<Range<usize>>,
}

impl<'a> Sheet<'a> {
    /// Takes a story.
    pub fn new(story: &'a Story, reads: &'a [String]) -> Self {
        Sheet {
            story,
            reads,
            index: story.articles.iter().enumerate().map(|(n, a)| (a.id.as_str(), n)).collect(),
            names: story.names.iter().map(|n| (n.id.as_str(), n)).collect(),
            texts: story.articles.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// The place of an article among the story's.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// An article by its id.
    pub fn article(&self, id: &str) -> Option<&'a Article> {
        self.place(id).map(|n| &self.story.articles[n])
    }

    /// An entity's name: the fullest that reports in a language of the reader's use, else the fullest of all.
    pub fn name(&self, entity: &str) -> Option<String> {
        let name = self.names.get(entity)?;
        let preference = |v: &Variant| {
            let articles = v.articles.iter().filter_map(|id| self.article(id));
            articles.map(|a| self.preference(a)).min().unwrap_or(self.reads.len())
        };
        let readable = name.variants.iter().filter(|v| preference(v) < self.reads.len());
        let best = readable.min_by_key(|v| (preference(v), std::cmp::Reverse(v.text.chars().count())));
        Some(plain(best.map_or(name.canonical.as_str(), |v| v.text.as_str())))
    }

    /// The name that this page uses for whom an outlet's report names so.
    pub fn named(&self, canonical: &str) -> String {
        let entity = self.names.iter().find(|(_, name)| name.canonical == canonical);
        entity.and_then(|(id, _)| self.name(id)).unwrap_or_else(|| plain(canonical))
    }

    /// Is it one of the languages to be read first? The lower, the rather.
    pub fn preference(&self, article: &Article) -> usize {
        let of = article.language.as_deref().map(primary);
        self.reads.iter().position(|reads| Some(primary(reads)) == of).unwrap_or(self.reads.len())
    }

    fn laid(&self, n: usize) -> &Laid {
        self.texts[n].get_or_init(|| {
            let article = &self.story.articles[n];
            let text = Text::new(article.text.clone());
            let almanac = parallax_almanac::almanac();
            let sentences = parallax_core::text::sentences(&text, article.language.as_deref(), almanac);
            Laid {
                bytes: article.text.char_indices().map(|(at, _)| at).chain([article.text.len()]).collect(),
                sentences: sentences.iter().map(|s| s.span.range()).collect(),
            }
        })
    }

    /// A finding within its sentence; `None` where it is not of this story.
    pub fn quote(&self, at: &Evidence) -> Option<Quote> {
        let n = self.place(&at.article)?;
        let article = &self.story.articles[n];
        let laid = self.laid(n);
        let (start, end) = (*laid.bytes.get(at.start)?, *laid.bytes.get(at.end)?);
        let words = article.text.get(start..end)?;
        let (from, to) = around(&laid.sentences, start, end);
        let lang = article.language.clone().unwrap_or_else(|| "und".to_owned());
        Some(Quote {
            href: format!("/article/{}?at={}-{}#at", key(&article.id), at.start, at.end),
            outlet: outlet(article),
            language: language(&lang),
            lang,
            before: shown(article.text.get(from..start).unwrap_or("")),
            words: shown(words),
            after: shown(article.text.get(end..to).unwrap_or("")),
        })
    }

    /// Findings as quotations, those of the languages to be read first before the others; each article once.
    pub fn quotes<'e>(&self, evidence: impl IntoIterator<Item = &'e Evidence>) -> Vec<Quote> {
        let mut seen: Vec<&str> = Vec::new();
        let mut found: Vec<(usize, Quote)> = Vec::new();
        for at in evidence {
            let Some(article) = self.article(&at.article) else { continue };
            if seen.contains(&at.article.as_str()) {
                continue;
            }
            if let Some(quote) = self.quote(at) {
                seen.push(&at.article);
                found.push((self.preference(article), quote));
            }
        }
        found.sort_by_key(|(preference, _)| *preference);
        found.into_iter().map(|(_, quote)| quote).collect()
    }
}

/// The sentences that a range touches, from the first one's beginning to the last one's end.
fn around(sentences: &[Range<usize>], start: usize, end: usize) -> (usize, usize) {
    let touched = sentences.iter().filter(|s| s.start < end && start < s.end);
    let from = touched.clone().map(|s| s.start).min().unwrap_or(start).min(start);
    let to = touched.map(|s| s.end).max().unwrap_or(end).max(end);
    (from, to)
}

/// `zh` of `zh-Hant`.
pub fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// The outlet's name, else its domain, else what the article is called by.
pub fn outlet(article: &Article) -> String {
    let of = |o: &Outlet| o.name.clone().or_else(|| o.domain.clone());
    let name = article.outlet.as_ref().and_then(of);
    plain(&name.unwrap_or_else(|| article.id.rsplit('/').next().unwrap_or(&article.id).to_owned()))
}

/// Where its outlet is at home: code and name.
pub fn home(article: &Article) -> Option<(String, String)> {
    let code = article.outlet.as_ref()?.country.clone()?;
    Some((code.clone(), country(&code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story() -> Story {
        serde_json::from_value(serde_json::json!({
            "id": "https://a.example/1",
            "articles": [
                {"id": "https://a.example/1", "text": "Мост упал. Погибли семь человек. Все.", "language": "ru",
                 "outlet": {"name": "Вестник", "domain": "a.example", "country": "RU"}},
                {"id": "https://b.example/2", "text": "The bridge fell. Seven people died. That is all.", "language": "en",
                 "outlet": {"name": "Gazette"}},
            ],
        }))
        .expect("of the contract's shape")
    }

    fn at(article: &str, start: usize, end: usize) -> Evidence {
        Evidence { article: article.into(), start, end }
    }

    #[test]
    fn a_finding_stands_in_its_sentence_and_leads_to_its_place() {
        let story = story();
        let sheet = Sheet::new(&story, &[]);
        let quote = sheet.quote(&at("https://a.example/1", 19, 23)).expect("it is of this story");
        assert_eq!((quote.before.as_str(), quote.words.as_str()), ("Погибли ", "семь"));
        assert_eq!(quote.after.trim_end(), " человек.");
        assert!(quote.href.ends_with("?at=19-23#at"), "{}", quote.href);
        assert_eq!((quote.outlet.as_str(), quote.language.as_str()), ("Вестник", "Russian"));
        assert_eq!(sheet.quote(&at("https://a.example/1", 30, 400)), None, "beyond the text");
        assert_eq!(sheet.quote(&at("https://c.example/3", 0, 1)), None, "of another story");
    }

    #[test]
    fn what_the_reader_reads_comes_first_and_each_article_once() {
        let story = story();
        let reads = ["en".to_owned()];
        let sheet = Sheet::new(&story, &reads);
        let evidence =
            [at("https://a.example/1", 0, 4), at("https://b.example/2", 0, 3), at("https://b.example/2", 4, 10)];
        let outlets: Vec<_> = sheet.quotes(&evidence).into_iter().map(|q| q.outlet).collect();
        assert_eq!(outlets, ["Gazette", "Вестник"]);
    }
}
