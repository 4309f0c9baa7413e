//! A page's JSON-LD → what it says of the article.

use super::dateline::iso;
use super::markup::decode;
use crate::model::{ArticleKind, Moment};
use serde_json::Value;

/// What JSON-LD says of an article; fields are named as in schema.org, see [`super::metadata::Metadata`].
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "named as what they are read from")]
pub struct Json {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub free: Option<bool>,
    pub kind: Option<ArticleKind>,
    pub url: Option<String>,
    /// `articleSection` and the names of a breadcrumb trail.
    pub sections: Vec<String>,
}

impl Json {
    /// Walks through structured data; an article's own fields count, a page's only where no article is described.
    pub fn read(&mut self, value: &Value, depth: usize) {
        /// Structured data are nested a few levels deep.
        const DEPTH: usize = 6;
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.read(item, depth + 1)),
            Value::Object(object) => {
                let kinds = strings(object.get("@type"));
                let is = |ends: &[&str]| kinds.iter().any(|kind| ends.iter().any(|end| kind.ends_with(end)));
                if is(&["BreadcrumbList"]) {
                    self.trail(object);
                } else if is(&["Article", "BlogPosting", "Report", "LiveBlogPosting", "Review", "Recipe"]) {
                    self.article(object, &kinds);
                } else if is(&["WebPage"]) {
                    set(&mut self.language, text(object.get("inLanguage")));
                    self.published = self.published.or_else(|| text(object.get("datePublished")).and_then(|d| iso(&d)));
                    self.updated = self.updated.or_else(|| text(object.get("dateModified")).and_then(|d| iso(&d)));
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "breadcrumb"] {
                    if let Some(inner) = object.get(key) {
                        self.read(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// A breadcrumb trail: from the site's front to here.
    fn trail(&mut self, object: &serde_json::Map<String, Value>) {
        /// No trail is longer.
        const STEPS: usize = 8;
        let Some(Value::Array(steps)) = object.get("itemListElement") else { return };
        let name = |step: &Value| text(step.get("name")).or_else(|| text(step.get("item")?.get("name")));
        self.sections.extend(steps.iter().take(STEPS).filter_map(name));
    }

    fn article(&mut self, object: &serde_json::Map<String, Value>, kinds: &[String]) {
        set(&mut self.headline, text(object.get("headline")).or_else(|| text(object.get("name"))));
        set(&mut self.language, text(object.get("inLanguage")));
        set(&mut self.publisher, object.get("publisher").and_then(|publisher| text(publisher.get("name"))));
        set(&mut self.url, text(object.get("url")));
        self.published = self.published.or_else(|| text(object.get("datePublished")).and_then(|d| iso(&d)));
        self.updated = self.updated.or_else(|| text(object.get("dateModified")).and_then(|d| iso(&d)));
        if self.authors.is_empty() {
            self.authors = people(object.get("author"));
        }
        self.free = self.free.or_else(|| match object.get("isAccessibleForFree") {
            Some(Value::Bool(free)) => Some(*free),
            Some(Value::String(free)) => Some(!free.eq_ignore_ascii_case("false")),
            _ => None,
        });
        self.sections.extend(strings(object.get("articleSection")));
        self.kind = self.kind.or_else(|| kinds.iter().find_map(|kind| kind_of(kind)));
    }
}

/// Kinds of text by their names in schema.org.
fn kind_of(name: &str) -> Option<ArticleKind> {
    match name {
        "OpinionNewsArticle" | "ReviewNewsArticle" | "CriticReview" => Some(ArticleKind::Opinion),
        "AnalysisNewsArticle" => Some(ArticleKind::Analysis),
        "BackgroundNewsArticle" => Some(ArticleKind::Explainer),
        "LiveBlogPosting" => Some(ArticleKind::Live),
        "ReportageNewsArticle" => Some(ArticleKind::Report),
        "AskPublicNewsArticle" | "SatiricalArticle" | "AdvertiserContentArticle" | "Recipe" => Some(ArticleKind::Other),
        _ => None,
    }
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(decode(text).trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(items) => text(items.first()),
        Value::Object(object) => text(object.get("name").or_else(|| object.get("@id"))),
        _ => None,
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().filter_map(|item| item.as_str().map(ToOwned::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// The names of people; organisations are no authors.
fn people(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![decode(text).trim().to_owned()],
        Some(Value::Array(items)) => items.iter().flat_map(|item| people(Some(item))).collect(),
        Some(Value::Object(object)) => {
            let organisation = strings(object.get("@type")).iter().any(|kind| kind.ends_with("Organization"));
            if organisation { Vec::new() } else { people(object.get("name")) }
        }
        _ => Vec::new(),
    }
}
