//! A page's markup → what it says of itself: JSON-LD, `meta`, `link`, `time`, and elements whose class calls them a byline.

use super::access::of_role;
use super::credits;
use super::dateline::{dateline, in_url, iso};
use super::markup::{Event, Events, Tag, decode};
use crate::almanac::Furniture;
use crate::model::{ArticleKind, Moment};
use serde_json::Value;
use std::borrow::Cow;

/// Keys of meta elements that say when a page was first published.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "dcterms.created",
    "dc.date.created",
];
/// Keys of meta elements that say when it was last changed.
const UPDATED: &[&str] = &[
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "lastmod",
    "last-modified",
    "revised",
    "article.updated",
    "dcterms.modified",
];
/// Keys of meta elements that give a date without saying of what.
const DATED: &[&str] = &[
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "displaydate",
];
/// Keys of meta elements that name who wrote it.
const WRITTEN_BY: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "twitter:creator:name",
    "citation_author",
    "creator",
    "article:author_name",
    "article.author",
];

/// What a page says of itself. The first that says a thing is believed, in the order of trust of each field.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    /// Headline, without the site's name.
    pub title: Option<String>,
    /// People.
    pub authors: Vec<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// Canonical address.
    pub url: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// BCP 47 primary subtag.
    pub language: Option<String>,
    /// `isAccessibleForFree`.
    pub free: Option<bool>,
    /// What structured data call it.
    pub kind: Option<ArticleKind>,
}

/// Everything found, by where it was found; judged at the end.
#[derive(Debug, Default)]
struct Found {
    json: Json,
    og_title: Option<String>,
    title: Option<String>,
    heading: Option<String>,
    meta_authors: Vec<String>,
    byline_authors: Vec<String>,
    /// Tags seen, and how many of them at the last byline.
    tags: usize,
    byline_at: usize,
    /// Lines of text since the heading, and the first that is a date.
    lines_below: usize,
    date_below: Option<Moment>,
    meta_published: Option<Moment>,
    meta_date: Option<Moment>,
    meta_updated: Option<Moment>,
    times: Vec<(bool, Moment)>,
    dates: Vec<Moment>,
    canonical: Option<String>,
    og_url: Option<String>,
    site: Option<String>,
    lang: Option<String>,
    meta_lang: Option<String>,
    sections: Vec<String>,
}

/// What JSON-LD says.
#[derive(Debug, Default)]
struct Json {
    headline: Option<String>,
    authors: Vec<String>,
    published: Option<Moment>,
    updated: Option<Moment>,
    publisher: Option<String>,
    language: Option<String>,
    free: Option<bool>,
    kind: Option<ArticleKind>,
    url: Option<String>,
}

/// An element whose text is wanted: its name, how deep inside it we are, the text so far.
struct Wanted<'a> {
    name: &'a str,
    depth: usize,
    what: What,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Title,
    Heading,
    Json,
    Author,
    Date,
}

/// An element's wanted text is cut here: a byline is no longer.
const WANTED_CHARS: usize = 300;

/// Bylines more tags apart than this belong to different articles.
const BYLINE_TAGS: usize = 12;
/// A date in so many lines below the heading is that of the article.
const LINES_BELOW: usize = 40;

/// Reads a page's markup.
#[must_use]
pub fn metadata(html: &str, url: Option<&str>, furniture: &Furniture) -> Metadata {
    let mut found = Found::default();
    let mut wanted: Option<Wanted<'_>> = None;
    for event in Events::new(html) {
        match (&mut wanted, event) {
            (Some(open), Event::Text(text)) => {
                if open.what == What::Json || open.text.len() < WANTED_CHARS {
                    open.text.push_str(text);
                }
            }
            (Some(open), Event::Open(tag)) => {
                open.text.push(' ');
                open.depth += usize::from(tag.is(open.name));
                found.tag(&tag);
            }
            (Some(open), Event::Close(name)) if name.eq_ignore_ascii_case(open.name) => {
                open.depth -= 1;
                open.text.push(' ');
                if open.depth == 0
                    && let Some(done) = wanted.take()
                {
                    found.take(done.what, &done.text, furniture);
                }
            }
            (Some(open), Event::Close(_)) => open.text.push(' '),
            (None, Event::Open(tag)) => {
                found.tag(&tag);
                wanted = want(&tag, &found).map(|what| Wanted { name: tag.name, depth: 1, what, text: String::new() });
            }
            (None, Event::Text(text)) => found.line(text, furniture),
            (None, Event::Close(_)) => {}
        }
    }
    found.judge(url, furniture)
}

/// One of these stands in the attributes of every element that is wanted: a quick look before a thorough one.
const CLASS_STEMS: [&str; 12] =
    ["uth", "yline", "utor", "uteur", "utore", "erfasser", "riter", "porter", "ate", "atum", "ublish", "imestamp"];

/// Which elements' texts are wanted.
fn want(tag: &Tag<'_>, found: &Found) -> Option<What> {
    if tag.is_void() {
        return None;
    }
    if tag.is("title") {
        return found.title.is_none().then_some(What::Title);
    }
    if tag.is("script") {
        return tag.attribute("type").filter(|kind| kind.contains("ld+json")).map(|_| What::Json);
    }
    if tag.is("h1") {
        return found.heading.is_none().then_some(What::Heading);
    }
    if tag.is("body") || tag.is("html") || tag.is("main") || tag.is("article") {
        return None;
    }
    if tag.attributes.len() < 6
        || !CLASS_STEMS.iter().any(|stem| memchr::memmem::find(tag.attributes.as_bytes(), stem.as_bytes()).is_some())
    {
        return None;
    }
    let has = |attribute: &str, words: &[&str]| {
        tag.attribute(attribute).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            words.iter().any(|word| value.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word))
        })
    };
    let author =
        ["author", "authors", "byline", "autor", "autorin", "auteur", "autore", "verfasser", "writer", "reporter"];
    if has("rel", &["author"])
        || has("itemprop", &["author"])
        || (has("class", &author) && !has("class", &["bio", "box", "image", "avatar"]))
    {
        return Some(What::Author);
    }
    let date = ["date", "datum", "published", "pubdate", "timestamp", "dateline", "fecha", "datetime", "datepublished"];
    (has("class", &date) || has("itemprop", &date) || has("id", &date)).then_some(What::Date)
}

impl Found {
    fn tag(&mut self, tag: &Tag<'_>) {
        self.tags += 1;
        if tag.is("meta") {
            self.meta(tag);
        } else if tag.is("link") {
            if self.canonical.is_none() && tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
            {
                self.canonical = tag.attribute("href").map(Cow::into_owned);
            }
        } else if tag.is("html") {
            self.lang = self
                .lang
                .take()
                .or_else(|| tag.attribute("lang").or_else(|| tag.attribute("xml:lang")).map(Cow::into_owned));
        } else if let Some(moment) = tag.attribute("datetime").and_then(|value| iso(&value)) {
            let of = [tag.attribute("class"), tag.attribute("itemprop")].into_iter().flatten().any(|value| {
                let value = value.to_ascii_lowercase();
                value.contains("updated") || value.contains("modified")
            });
            self.times.push((of, moment));
        }
    }

    /// A line outside everything that is wanted: below the heading it may be the article's date.
    fn line(&mut self, text: &str, furniture: &Furniture) {
        if self.heading.is_none()
            || self.date_below.is_some()
            || self.lines_below > LINES_BELOW
            || text.len() > WANTED_CHARS
        {
            return;
        }
        if text.contains(|c: char| !c.is_whitespace()) {
            self.lines_below += 1;
            self.date_below =
                dateline(text.trim(), furniture).and_then(|line| line.moments.first().map(|(_, moment)| *moment));
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let key = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|name| tag.attribute(name));
        let Some((key, content)) = key.zip(tag.attribute("content")) else { return };
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        let first = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(content.to_owned());
            }
        };
        let moment = |slot: &mut Option<Moment>| {
            if slot.is_none() {
                *slot = iso(content);
            }
        };
        match key.to_ascii_lowercase().as_str() {
            "og:title" | "twitter:title" | "dc.title" | "headline" => first(&mut self.og_title),
            "og:url" => first(&mut self.og_url),
            "og:site_name" | "application-name" => first(&mut self.site),
            "og:locale" | "language" | "content-language" | "dc.language" | "inlanguage" => first(&mut self.meta_lang),
            key if PUBLISHED.contains(&key) => {
                moment(&mut self.meta_published);
            }
            key if UPDATED.contains(&key) => moment(&mut self.meta_updated),
            key if DATED.contains(&key) => moment(&mut self.meta_date),
            key if WRITTEN_BY.contains(&key) && !content.contains("://") && !content.starts_with('@') => {
                self.meta_authors.push(content.to_owned());
            }
            "og:type" | "article:section" | "section" | "parsely-section" => {
                self.sections.push(content.to_owned());
            }
            _ => {}
        }
    }

    fn take(&mut self, what: What, text: &str, furniture: &Furniture) {
        if what == What::Json {
            if let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) {
                self.json.read(&value, 0);
            }
            return;
        }
        let text = decode(text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        match what {
            What::Title => self.title = Some(text),
            What::Heading => self.heading = Some(text),
            What::Author if !self.byline_authors.is_empty() && self.tags > self.byline_at + BYLINE_TAGS => {}
            What::Author => {
                self.byline_at = self.tags;
                let bare = furniture.after(crate::almanac::Role::Byline, &text).unwrap_or(&text);
                for name in credits::names(bare.trim_start_matches([':', ' ']), furniture) {
                    if self.byline_authors.len() < 6 && !self.byline_authors.contains(&name) {
                        self.byline_authors.push(name);
                    }
                }
            }
            What::Date => {
                if let Some(line) = dateline(&text, furniture) {
                    self.dates.extend(line.moments.iter().map(|(_, moment)| *moment));
                }
            }
            What::Json => {}
        }
    }

    fn judge(self, url: Option<&str>, furniture: &Furniture) -> Metadata {
        let json = self.json;
        let canonical = self.canonical.or(self.og_url).or(json.url).filter(|url| url.starts_with("http"));
        let address = canonical.as_deref().or(url);
        let in_address = address.and_then(in_url).map(Moment::Day);
        let time = |updated: bool| self.times.iter().find(|(of, _)| *of == updated).map(|(_, moment)| *moment);
        let published = json
            .published
            .or(self.meta_published)
            .or(self.meta_date)
            .or(time(false))
            .or(in_address)
            .or(self.dates.first().copied())
            .or(self.date_below)
            .or(time(true));
        let site = self.site.or(json.publisher);
        let authors = [json.authors, self.meta_authors, self.byline_authors];
        let title = title(&[json.headline, self.og_title, self.heading, self.title], site.as_deref());
        let labels = self.sections.iter().flat_map(|section| furniture.marks(section));
        let kind = labels.filter_map(|mark| of_role(mark.role)).next();
        let language = [self.lang, json.language, self.meta_lang].into_iter().flatten().find_map(|tag| primary(&tag));
        Metadata {
            title,
            authors: authors.into_iter().find(|authors| !authors.is_empty()).unwrap_or_default(),
            published,
            updated: json
                .updated
                .or(self.meta_updated)
                .or_else(|| time(true))
                .filter(|moment| Some(*moment) != published),
            url: canonical,
            site,
            language,
            free: json.free,
            kind: json.kind.or(kind),
        }
    }
}

/// "en-GB" → "en".
fn primary(tag: &str) -> Option<String> {
    let subtag = tag.trim().split(['-', '_', ',']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_lowercase())).then_some(subtag)
}

/// The best of several titles, in the order of trust, without the site's name after a dash or bar.
fn title(candidates: &[Option<String>; 4], site: Option<&str>) -> Option<String> {
    let clean = |title: &String| {
        let title = decode(title);
        title.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let heading = candidates[2].as_ref().map(clean);
    let all: Vec<String> = candidates.iter().flatten().map(clean).filter(|title| !title.is_empty()).collect();
    let best = all.first()?;
    // What a page shows as its heading and also has in its title is the headline, exactly as set.
    if let Some(heading) = heading
        .filter(|heading| heading.chars().count() >= 15 && all.iter().any(|other| other.contains(heading.as_str())))
    {
        let shared = all.iter().filter(|other| other.contains(heading.as_str())).count();
        if shared >= 2 {
            return Some(heading);
        }
    }
    Some(without_site(best, site).to_owned())
}

fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let cut = title.rfind([' ', '\u{A0}']).and_then(|_| {
        [" | ", " - ", " – ", " — ", " · ", " » ", " :: "]
            .iter()
            .filter_map(|bar| title.rfind(bar).map(|at| (at, bar.len())))
            .max()
    });
    let Some((at, length)) = cut else { return title };
    let (head, last) = (&title[..at], &title[at + length..]);
    let plain = |text: &str| crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let named = site.is_some_and(|site| {
        let (site, last) = (plain(site), plain(last));
        !last.is_empty() && (site.contains(&last) || last.contains(&site))
    });
    let bar = title[at..].trim_start().starts_with(['|', '»', '·']) || title[at..].starts_with(" :: ");
    let short = last.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3;
    if named || (bar && short) { without_site(head, site) } else { title }
}

impl Json {
    /// Walks through structured data; an article's own fields count, a page's only where no article is described.
    fn read(&mut self, value: &Value, depth: usize) {
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
                if is(&["Article", "BlogPosting", "Report", "LiveBlogPosting", "Review", "Recipe"]) {
                    self.article(object, &kinds);
                } else if is(&["WebPage"]) {
                    set(&mut self.language, text(object.get("inLanguage")));
                    self.published = self.published.or_else(|| text(object.get("datePublished")).and_then(|d| iso(&d)));
                    self.updated = self.updated.or_else(|| text(object.get("dateModified")).and_then(|d| iso(&d)));
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                    if let Some(inner) = object.get(key) {
                        self.read(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
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
        self.kind = self.kind.or_else(|| kinds.iter().find_map(|kind| kind_of(kind)));
    }
}

/// Kinds of text by their names in schema.org.
fn kind_of(name: &str) -> Option<ArticleKind> {
    match name {
        "OpinionNewsArticle" => Some(ArticleKind::Opinion),
        "AnalysisNewsArticle" => Some(ArticleKind::Analysis),
        "BackgroundNewsArticle" => Some(ArticleKind::Explainer),
        "LiveBlogPosting" => Some(ArticleKind::Live),
        "ReportageNewsArticle" => Some(ArticleKind::Report),
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
