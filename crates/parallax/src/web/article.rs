//! An article where it stands → its page: the text with statements, figures and names marked, and the place that a link asked for.

use super::frame::Frame;
use super::words::{access, count, kind, language, link, minute, plain, series, shown, when};
use crate::store::{Standing, StoryLine};
use askama::Template;
use parallax_core::model::{Annotations, Article, Derivation, Span, Text};
use std::collections::BTreeSet;
use std::ops::Range;

/// A run of text that is marked the same way throughout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Classes of what they are part of; empty for plain text.
    pub class: String,
    /// Is it the place that was asked for, and where that begins?
    pub at: At,
}

/// How a piece stands to the place that was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    /// Outside.
    Not,
    /// It begins here.
    Start,
    /// Further in.
    Within,
}

/// What an article says, by the sort of finding.
pub struct Found {
    pub href: String,
    pub words: String,
    pub note: String,
}

#[derive(Template)]
#[template(path = "article.html")]
pub struct ArticlePage {
    frame: Frame,
    title: String,
    lang: String,
    language: String,
    outlet: Option<(String, String)>,
    original: Option<(String, String)>,
    byline: String,
    published: String,
    updated: String,
    labels: Vec<String>,
    derivation: Option<String>,
    derived_from: Option<String>,
    story: Option<(String, String, u64)>,
    because: Vec<String>,
    paragraphs: Vec<Vec<Piece>>,
    statements: Vec<Found>,
    figures: Vec<Found>,
    names: Vec<(String, usize)>,
    earlier: Vec<String>,
    problems: Vec<(String, String)>,
    is_entry: bool,
    api: String,
}

impl ArticlePage {
    /// Lays an article out, as it stood after the change `since`; `at` is the range of code points that a link asked for.
    pub fn new(standing: &Standing, story: Option<&StoryLine>, at: Option<Range<u32>>, since: i64) -> Self {
        let article = &standing.placed.article;
        let annotations = &standing.placed.annotations;
        let lang = annotations.language.clone().or_else(|| article.language.clone()).unwrap_or_else(|| "und".into());
        let outlet = article.outlet.as_ref();
        let name = outlet.and_then(|o| o.name.clone().or_else(|| o.domain.clone())).map(|name| plain(&name));
        let asked = outlet.and_then(|o| o.domain.clone().or_else(|| o.name.clone()));
        let title = plain(article.title.as_deref().unwrap_or("(untitled)"));
        let key = &standing.key;
        let watched = story.map_or_else(|| key.clone(), |s| format!("{key} {}", s.key));
        let (derivation, derived_from) = derived(&standing.placed.placement.derivation);
        ArticlePage {
            frame: Frame::new(&title, "article").watching(&watched, since),
            title,
            language: language(&lang),
            outlet: name.clone().zip(asked.map(|asked| super::story::outlet_page(&asked))),
            original: article
                .url
                .as_deref()
                .and_then(link)
                .map(|url| (url, name.unwrap_or_else(|| "its outlet".into()))),
            byline: series(&article.authors.iter().map(|a| plain(a)).collect::<Vec<_>>()),
            published: article.published.map(|m| when(&m.to_string())).unwrap_or_default(),
            updated: article
                .updated
                .filter(|u| Some(*u) != article.published)
                .map(|m| when(&m.to_string()))
                .unwrap_or_default(),
            labels: labels(article),
            derivation,
            derived_from,
            story: story.map(|s| {
                (format!("/story/{}", s.key), s.headline.as_deref().map(plain).unwrap_or_default(), s.outlets)
            }),
            because: because(standing),
            paragraphs: paragraphs(&article.text, annotations, at),
            statements: statements(key, article, annotations),
            figures: figures(key, article, annotations),
            names: names(article, annotations),
            earlier: standing.earlier.iter().map(|e| revision(e, article)).collect(),
            problems: problems(article, annotations),
            is_entry: standing.is_entry,
            api: format!("/api/v1/articles/{key}"),
            lang,
        }
    }
}

fn labels(article: &Article) -> Vec<String> {
    let agencies = series(&article.agencies.iter().map(|a| plain(a)).collect::<Vec<_>>());
    let carrier = article.carrier.as_ref().and_then(|c| c.name.as_deref().or(c.domain.as_deref()));
    [
        Some(kind(article.kind.word()).to_owned()),
        access(article.access.word()).map(str::to_owned),
        (!agencies.is_empty()).then(|| format!("credits {agencies}")),
        carrier.map(|c| format!("seen at {}", plain(c))),
        article.translated_from.as_deref().map(|from| format!("translated from {}", language(from))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn derived(derivation: &Derivation) -> (Option<String>, Option<String>) {
    let how = match derivation {
        Derivation::Original => None,
        Derivation::Rewritten(_) => Some("A rewriting of another report".to_owned()),
        Derivation::Verbatim(_) => Some("A copy, word for word, of another report".to_owned()),
    };
    (how, derivation.of().map(|of| super::story::article_page(&of.0)))
}

/// Why it was placed in its story.
fn because(standing: &Standing) -> Vec<String> {
    let reasons = standing.placed.placement.because.iter();
    reasons.map(|r| format!("{} ({:+})", plain(&r.reason), r.weight)).collect()
}

fn revision(earlier: &Article, now: &Article) -> String {
    let at = earlier.updated.or(earlier.published).map(|m| when(&m.to_string())).unwrap_or_else(|| "undated".into());
    let was = earlier.title.as_deref().map(plain).unwrap_or_default();
    let is = now.title.as_deref().map(plain).unwrap_or_default();
    let words = |a: &Article| a.text.split_whitespace().count();
    let title = if was == is { String::new() } else { format!(", headed “{was}”") };
    format!("{at}: {}{title}", count(words(earlier), "word", "words"))
}

fn problems(article: &Article, annotations: &Annotations) -> Vec<(String, String)> {
    let all = article.problems.iter().chain(&annotations.problems);
    all.map(|p| (plain(&p.message), plain(&p.remedy))).collect()
}

fn place(key: &str, text: &Text, span: Span) -> String {
    let (start, end) = text.code_points(span);
    format!("/article/{key}?at={start}-{end}#at")
}

fn statements(key: &str, article: &Article, annotations: &Annotations) -> Vec<Found> {
    let text = &article.text;
    let found = annotations.statements.iter().map(|s| Found {
        href: place(key, text, s.content),
        words: plain(text.slice(s.content)),
        note: s.speaker.map(|speaker| plain(text.slice(speaker.span))).unwrap_or_default(),
    });
    found.collect()
}

fn figures(key: &str, article: &Article, annotations: &Annotations) -> Vec<Found> {
    let text = &article.text;
    let found = annotations.figures.iter().map(|f| Found {
        href: place(key, text, f.span),
        words: plain(text.slice(f.span)),
        note: f.counted.as_deref().or(f.unit.as_deref()).map(plain).unwrap_or_default(),
    });
    found.collect()
}

/// Each name once, by its first spelling, with how often it stands there.
fn names(article: &Article, annotations: &Annotations) -> Vec<(String, usize)> {
    let mut names: Vec<(u32, String, usize)> = Vec::new();
    for mention in &annotations.names {
        match names.iter_mut().find(|(entity, ..)| *entity == mention.entity.0) {
            Some((_, _, times)) => *times += 1,
            None => names.push((mention.entity.0, plain(article.text.slice(mention.span)), 1)),
        }
    }
    names.sort_by_key(|(_, _, times)| std::cmp::Reverse(*times));
    names.into_iter().map(|(_, name, times)| (name, times)).collect()
}

/// The text in paragraphs, each cut where a finding begins or ends.
fn paragraphs(text: &Text, annotations: &Annotations, at: Option<Range<u32>>) -> Vec<Vec<Piece>> {
    let at = at.and_then(|at| bytes(text, &at));
    let statements: Vec<Span> = annotations.statements.iter().map(|s| s.content).collect();
    let figures: Vec<Span> = annotations.figures.iter().map(|f| f.span).collect();
    let names: Vec<Span> = annotations.names.iter().map(|n| n.span).collect();
    let sorts = [("s", &statements), ("f", &figures), ("n", &names)];
    let mut cuts: BTreeSet<usize> =
        sorts.iter().flat_map(|(_, spans)| *spans).flat_map(|s| [s.range().start, s.range().end]).collect();
    cuts.extend(at.iter().flat_map(|at| [at.start, at.end]));
    let mut paragraphs = Vec::new();
    for line in text.as_str().split('\n').filter(|line| !line.trim().is_empty()) {
        let span = text.span_of(line).range();
        let inner = cuts.range(span.start + 1..span.end.max(span.start + 1)).copied();
        let ends: Vec<usize> = inner.chain([span.end]).collect();
        let mut pieces = Vec::new();
        let mut from = span.start;
        for end in ends {
            let Some(words) = text.as_str().get(from..end) else { continue };
            let here = Span::new(from, end);
            let class: Vec<&str> = sorts
                .iter()
                .filter(|(_, spans)| spans.iter().any(|s| s.contains(here)))
                .map(|(class, _)| *class)
                .collect();
            let place = match &at {
                Some(at) if from == at.start => At::Start,
                Some(at) if at.start < from && end <= at.end => At::Within,
                _ => At::Not,
            };
            pieces.push(Piece { text: shown(words), class: class.join(" "), at: place });
            from = end;
        }
        paragraphs.push(pieces);
    }
    paragraphs
}

/// A range of code points → of bytes; `None` where the text has no such range.
fn bytes(text: &Text, at: &Range<u32>) -> Option<Range<usize>> {
    let mut offsets = text.as_str().char_indices().map(|(at, _)| at).chain([text.as_str().len()]);
    let start = offsets.nth(at.start as usize)?;
    let end = offsets.nth((at.end.checked_sub(at.start)? as usize).checked_sub(1)?)?;
    Some(start..end)
}

/// `120-180` → that range of code points.
pub fn asked(at: &str) -> Option<Range<u32>> {
    let (start, end) = at.split_once('-')?;
    let range = start.parse().ok()?..end.parse().ok()?;
    (range.start < range.end).then_some(range)
}

/// When an article without its own page was published, in words.
pub fn published(minutes: Option<i64>) -> String {
    minutes.map(minute).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::model::{Figure, LocalEntity, Mention, NameKind};

    fn figure(span: Span) -> Figure {
        Figure {
            span,
            low: None,
            high: None,
            unit: None,
            counted: None,
            qualifier: None,
            as_of: None,
            according_to: None,
        }
    }

    #[test]
    fn the_pieces_of_a_text_are_the_text_and_the_place_asked_for_is_found_in_it() {
        let text = Text::new("Семь человек погибли.\n\nSagte Ruiz am Montag.".into());
        let annotations = Annotations {
            figures: vec![figure(Span::new(0, 8))],
            names: vec![Mention { span: Span::new(47, 51), kind: NameKind::Person, entity: LocalEntity(0) }],
            ..Annotations::default()
        };
        assert_eq!(text.slice(Span::new(47, 51)), "Ruiz");
        let paragraphs = paragraphs(&text, &annotations, asked("5-12"));
        let joined: Vec<String> = paragraphs.iter().map(|p| p.iter().map(|p| p.text.as_str()).collect()).collect();
        assert_eq!(joined, ["Семь человек погибли.", "Sagte Ruiz am Montag."]);
        let marked: String = paragraphs.iter().flatten().filter(|p| p.at != At::Not).map(|p| p.text.as_str()).collect();
        assert_eq!(marked, "человек");
        let named: Vec<_> = paragraphs.iter().flatten().filter(|p| p.class == "n").map(|p| p.text.as_str()).collect();
        assert_eq!(named, ["Ruiz"]);
        assert_eq!(paragraphs.iter().flatten().filter(|p| p.at == At::Start).count(), 1);
    }

    #[test]
    fn a_place_that_is_none_marks_nothing() {
        let text = Text::new("Kurz.".into());
        for bad in ["", "3", "4-2", "a-b", "-1-3", "2-2", "99999999999-3"] {
            assert_eq!(asked(bad), None, "{bad}");
        }
        let paragraphs = paragraphs(&text, &Annotations::default(), asked("3-400"));
        assert!(paragraphs.iter().flatten().all(|p| p.at == At::Not));
    }
}
