//! An article and its outlet's template → the article's page in each of its revisions, as markup.

use super::article::{Article, Paragraph, Revision};
use super::markup::{escaped, escaped_text, garbled, json, linked};
use super::outlet::Outlet;
use super::template::{Template, Words};
use anyhow::Result;
use serde_json::Value;

/// Articles that a page links to beside its own.
const RELATED: usize = 4;

/// The page of `articles[index]` in each of its revisions.
pub(super) fn revisions(
    outlet: &Outlet,
    articles: &[Article],
    index: usize,
    template: &Template,
    words: &Words,
) -> Result<Vec<String>> {
    let article = &articles[index];
    let page = |revision: &Revision| {
        let page = Page { outlet, article, revision, words, related: related(articles, index, revision) };
        template.fill(|name| page.place(name))
    };
    article.revisions.iter().map(page).collect()
}

/// A list of links to what the outlet published last before this stood so.
fn related(articles: &[Article], index: usize, revision: &Revision) -> String {
    let before = |a: &&Article| a.published().instant() <= revision.at.instant();
    let others = articles.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, article)| article).filter(before);
    let mut last: Vec<&Article> = others.rev().take(RELATED).collect();
    last.reverse();
    let item = |a: &&Article| format!("<li><a href=\"{}\">{}</a></li>", a.path, escaped_text(a.header("title")));
    format!("<ul>{}</ul>", last.iter().map(item).collect::<String>())
}

struct Page<'a> {
    outlet: &'a Outlet,
    article: &'a Article,
    revision: &'a Revision,
    words: &'a Words,
    related: String,
}

impl Page<'_> {
    /// The markup for a place; `None` for an unknown one.
    fn place(&self, name: &str) -> Option<String> {
        match name {
            "body" => Some(garbled(&body(&self.revision.paragraphs), self.article.garble)),
            "related" => Some(self.related.clone()),
            "json:author" => Some(self.persons()),
            _ => match name.split_once([':', '.']) {
                Some(("json", name)) => self.value(name).map(|value| json(&value)),
                Some(("w", key)) => self.words.others.get(key).map(|word| escaped(word)),
                _ => self.value(name).map(|value| escaped(&value)),
            },
        }
    }

    /// The plain text for a place.
    fn value(&self, name: &str) -> Option<String> {
        let Page { outlet, article, revision, words, .. } = self;
        Some(match name {
            "title" => garbled(revision.title, article.garble),
            "summary" => garbled(article.header("summary"), article.garble),
            "author" => article.authors.join(", "),
            "published" => article.published().written.to_owned(),
            "updated" => revision.at.written.to_owned(),
            "outlet" => outlet.name.clone(),
            "url" => format!("https://{}{}", outlet.domain, article.path),
            "language" => outlet.language.clone(),
            "section" => article.header("section").to_owned(),
            "agency" => article.header("agency").to_owned(),
            "charset" => outlet.charset(),
            "dir" => outlet.direction().to_owned(),
            "date" => article.published().for_readers(&words.date, &words.months),
            _ => return None,
        })
    }

    /// The authors as schema.org has them.
    fn persons(&self) -> String {
        let person = |name: &&str| format!("{{\"@type\": \"Person\", \"name\": {}}}", Value::from(*name));
        format!("[{}]", self.article.authors.iter().map(person).collect::<Vec<_>>().join(", "))
    }
}

fn body(paragraphs: &[Paragraph]) -> String {
    let markup = |paragraph: &Paragraph| match paragraph {
        Paragraph::Heading(text) => format!("<h2>{}</h2>", escaped_text(text)),
        Paragraph::Notice(text) => format!("<div class=\"paywall\"><p>{}</p></div>", escaped_text(text)),
        Paragraph::Link { path, title } => format!("<h3><a href=\"{path}\">{}</a></h3>", escaped_text(title)),
        Paragraph::Text(text) => format!("<p>{}</p>", linked(&escaped_text(text))),
    };
    paragraphs.iter().map(markup).collect::<Vec<_>>().join("\n")
}
