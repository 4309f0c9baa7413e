//! A page's markup → what it says of itself: JSON-LD, `meta`, `link`, `time`, and elements whose class calls them a byline.

use super::credits;
use super::dateline::{dateline, in_url, iso};
use super::markup::{self, Event, Events, Tag, decode};
use super::structured::Json;
use super::title::{clean, labels, title};
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
    /// Its section, as metadata and breadcrumbs name it, kickers above the headline, and labels beside the headline in a title.
    pub labels: Vec<String>,
    /// The first title as the page gives it, the site's name included.
    pub full_title: Option<String>,
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
    /// Kickers, and how many tags were seen by then.
    kickers: Vec<(usize, String)>,
    /// How many tags had been seen at the heading.
    heading_at: usize,
}

/// An element whose text is wanted: its name, how deep inside it we are, the text so far.
struct Wanted<'a> {
    name: &'a str,
    depth: usize,
    what: What,
    text: String,
}

impl Wanted<'_> {
    /// Has it said what it can say, so that a block inside it can only be what follows?
    fn is_left_open(&self, tag: &Tag<'_>) -> bool {
        let block = || !markup::is_inline(tag.name) && !tag.is_void();
        match self.what {
            What::Heading | What::Kicker => block() && self.text.contains(|c: char| c.is_alphanumeric()),
            What::Author | What::Date => self.text.len() >= WANTED_CHARS && block(),
            What::Title | What::Json => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Title,
    Heading,
    Json,
    Author,
    Date,
    Kicker,
}

/// An element's wanted text is cut here: a byline is no longer.
const WANTED_CHARS: usize = 300;

/// A kicker stands no more tags from its heading.
const KICKER_TAGS: usize = 40;
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
            // A heading or byline that is never closed ends where a block begins.
            (Some(open), Event::Open(tag)) if open.is_left_open(&tag) => {
                if let Some(done) = wanted.take() {
                    found.take(done.what, &done.text, furniture);
                }
                found.tag(&tag);
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
    found.judge(url)
}

/// One of these stands in the attributes of every element that is wanted: a quick look before a thorough one.
const CLASS_STEMS: [&str; 18] = [
    "uth", "yline", "utor", "uteur", "utore", "erfasser", "riter", "porter", "ate", "atum", "ublish", "imestamp",
    "icker", "yebrow", "verline", "achzeile", "ubri", "ertitle",
];

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
    if has("class", &date) || has("itemprop", &date) || has("id", &date) {
        return Some(What::Date);
    }
    let kicker =
        ["kicker", "eyebrow", "overline", "dachzeile", "rubric", "rubrik", "rubrique", "pretitle", "supertitle"];
    has("class", &kicker).then_some(What::Kicker)
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
            "og:type" | "article:section" | "articlesection" | "section" | "parsely-section" => {
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
            What::Heading => {
                self.heading = Some(text);
                self.heading_at = self.tags;
            }
            What::Kicker => self.kickers.push((self.tags, text)),
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

    fn judge(self, url: Option<&str>) -> Metadata {
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
        let near = |at: usize| at.abs_diff(self.heading_at) <= KICKER_TAGS;
        let mut said = [self.sections, json.sections].concat();
        said.extend(self.kickers.into_iter().filter(|(at, _)| near(*at)).map(|(_, text)| text));
        let full_title = [&self.title, &self.og_title, &self.heading].into_iter().flatten().next().map(|t| clean(t));
        let titles = [json.headline, self.og_title, self.heading, self.title];
        said.extend(titles.iter().flatten().flat_map(|title| labels(title)));
        let title = title(&titles, site.as_deref());
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
            kind: json.kind,
            labels: said,
            full_title,
        }
    }
}

/// Is this a language tag (BCP 47) and not something else that stands where one is expected?
pub fn is_tag(tag: &str) -> bool {
    primary(tag).is_some() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// "en-GB" → "en".
fn primary(tag: &str) -> Option<String> {
    let subtag = tag.trim().split(['-', '_', ',']).next()?.to_ascii_lowercase();
    ((2..=3).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_lowercase())).then_some(subtag)
}
