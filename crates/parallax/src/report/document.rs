//! One document → every stage's result for a person, each finding with the words it rests on.

use super::articles::{access, kind, language, unmeasured};
use super::layout::{clip, plain, width};
use super::page::{Ink, Page, Style};
use super::told::{count, quoted, when};
use parallax_core::almanac::Almanac;
use parallax_core::model::{
    Annotations, Article, Figure, LocalEntity, Mention, Outlet, Placement, Span, Statement, StatementKind,
};
use std::collections::BTreeMap;

const LABEL: usize = 14;
const SHOWN: usize = 12;

/// What there is to tell of one document.
pub struct Explained<'a> {
    /// What `extract` found.
    pub article: &'a Article,
    /// What `understand` found.
    pub annotations: &'a Annotations,
    /// What `group` would do with it alone.
    pub placement: &'a Placement,
    /// Lines of the page that are not in the text, where they can be told.
    pub cut: Option<&'a [String]>,
}

/// The stages in their order.
pub fn document(explained: &Explained<'_>, almanac: &Almanac, style: Style) -> String {
    let mut page = Page::new(style);
    let Explained { article, annotations, .. } = explained;
    page.rule('━');
    page.text(0, Ink::Strong, &plain(article.title.as_deref().unwrap_or("(without a headline)")));
    page.text(0, Ink::Faint, &plain(&article.id.0));
    extracted(explained, &mut page);
    if let Some(tasks) = annotations.language.as_deref().and_then(|l| unmeasured(l, almanac)) {
        entry("unmeasured", &format!("{tasks}: how well these are found is not measured yet"), &mut page);
    }
    names(article, annotations, &mut page);
    statements(article, annotations, &mut page);
    figures(article, annotations, &mut page);
    dates(article, annotations, &mut page);
    page.heading("Group", "alone, among no other stories");
    for reason in &explained.placement.because {
        page.text(2, Ink::Plain, &format!("{} ({:+})", plain(&reason.reason), reason.weight));
    }
    page.finish()
}

fn entry(label: &str, text: &str, page: &mut Page) {
    let label = page.style.ink(Ink::Accent, label);
    page.labelled(2, &label, LABEL, Ink::Plain, text);
}

/// The same, where the label may be too long to stand beside.
fn valued(value: &str, text: &str, page: &mut Page) {
    if width(value) < LABEL {
        entry(value, text, page);
    } else {
        page.text(2, Ink::Plain, &format!("{} {text}", page.style.ink(Ink::Accent, value)));
    }
}

fn extracted(explained: &Explained<'_>, page: &mut Page) {
    let Explained { article, annotations, cut, .. } = explained;
    page.heading("Extract", "what the page is, and what of it is the article");
    entry("outlet", &outlet(article.outlet.as_ref()), page);
    if let Some(carrier) = &article.carrier {
        entry(
            "carried by",
            &plain(carrier.name.as_deref().or(carrier.domain.as_deref()).unwrap_or("an unnamed site")),
            page,
        );
    }
    for (label, value) in [
        ("address", article.url.clone()),
        ("published", article.published.map(|m| when(&m.to_string()))),
        ("updated", article.updated.map(|m| when(&m.to_string()))),
        ("by", (!article.authors.is_empty()).then(|| article.authors.join(", "))),
        ("agencies", (!article.agencies.is_empty()).then(|| article.agencies.join(", "))),
        ("language", language(annotations.language.as_deref().or(article.language.as_deref()))),
        ("translated", language(article.translated_from.as_deref()).map(|l| format!("from {l}"))),
    ] {
        if let Some(value) = value {
            entry(label, &plain(&value), page);
        }
    }
    entry("kind", kind(article.kind).unwrap_or(article.kind.word()), page);
    entry("access", access(article.access), page);
    let sentences = annotations.sentences.len();
    let paragraphs = article.text.lines().filter(|l| !l.trim().is_empty()).count();
    let size =
        format!("{}, {}", count(paragraphs, "paragraph", "paragraphs"), count(sentences, "sentence", "sentences"));
    entry(
        "text",
        &format!(
            "{size}, beginning {}",
            quoted(&clip(&plain(&article.text.chars().take(400).collect::<String>()), 160))
        ),
        page,
    );
    for (n, line) in cut.iter().flat_map(|cut| cut.iter()).enumerate().take(limit(page, cut.map_or(0, <[_]>::len))) {
        entry(if n == 0 { "cut away" } else { "" }, &clip(&plain(line), 120), page);
    }
    super::more(cut.map_or(0, <[_]>::len), limit(page, cut.map_or(0, <[_]>::len)), 2 + LABEL, page);
    for problem in article.problems.iter().chain(&annotations.problems) {
        let label = page.style.ink(Ink::Warning, "problem");
        page.labelled(
            2,
            &label,
            LABEL,
            Ink::Plain,
            &plain(&format!("{} ({}): {}", problem.message, problem.stage.word(), problem.remedy)),
        );
    }
}

fn outlet(outlet: Option<&Outlet>) -> String {
    let parts = outlet.map(|o| [o.name.as_deref(), o.domain.as_deref(), o.country.as_deref()]).unwrap_or_default();
    let parts: Vec<_> = parts.into_iter().flatten().map(plain).collect();
    if parts.is_empty() { "the page does not say".to_owned() } else { parts.join(" · ") }
}

fn limit(page: &Page, all: usize) -> usize {
    if page.style.all { all } else { SHOWN }
}

fn names(article: &Article, annotations: &Annotations, page: &mut Page) {
    let mut by: BTreeMap<LocalEntity, Vec<&Mention>> = BTreeMap::new();
    for mention in &annotations.names {
        by.entry(mention.entity).or_default().push(mention);
    }
    page.heading("Names", &count(by.len(), "entity", "entities"));
    let mut entities: Vec<_> = by.values().collect();
    entities.sort_by_key(|mentions| std::cmp::Reverse(mentions.len()));
    let shown = limit(page, entities.len());
    for mentions in entities.iter().take(shown) {
        let mut spellings: Vec<String> = Vec::new();
        for mention in mentions.iter() {
            let words = plain(article.text.slice(mention.span));
            if !spellings.contains(&words) {
                spellings.push(words);
            }
        }
        spellings.sort_by_key(|s| std::cmp::Reverse(width(s)));
        let (first, others) = spellings.split_first().map_or(("", &[][..]), |(f, o)| (f.as_str(), o));
        let also = if others.is_empty() { String::new() } else { format!(", also {}", others.join(", ")) };
        let kind = mentions.first().map_or("", |m| m.kind.word());
        entry(kind, &format!("{first}{also} ({}×)", mentions.len()), page);
    }
    super::more(entities.len(), shown, 2, page);
}

fn statements(article: &Article, annotations: &Annotations, page: &mut Page) {
    page.heading("Statements", &count(annotations.statements.len(), "statement", "statements"));
    let named = |entity: LocalEntity| {
        let of = annotations.names.iter().filter(|m| m.entity == entity).map(|m| plain(article.text.slice(m.span)));
        of.max_by_key(|name| width(name)).unwrap_or_default()
    };
    let mut by: Vec<(String, Vec<&Statement>)> = Vec::new();
    for statement in &annotations.statements {
        let who = match statement.speaker {
            None => "nobody named".to_owned(),
            Some(speaker) => speaker
                .entity
                .map(named)
                .filter(|n| !n.is_empty())
                .unwrap_or_else(|| plain(article.text.slice(speaker.span))),
        };
        match by.iter_mut().find(|(w, _)| *w == who) {
            Some((_, said)) => said.push(statement),
            None => by.push((who, vec![statement])),
        }
    }
    let shown = limit(page, by.len());
    for (who, said) in by.iter().take(shown) {
        page.text(2, Ink::Strong, who);
        let each = limit(page, said.len());
        for statement in said.iter().take(each) {
            let words = clip(&plain(article.text.slice(statement.content)), 230);
            let words = if statement.kind == StatementKind::Direct { quoted(&words) } else { words };
            let slice = |span: Option<Span>| span.map(|s| plain(article.text.slice(s))).unwrap_or_default();
            let because = format!("{} {}", slice(statement.speaker.map(|s| s.span)), slice(statement.cue));
            let because = page.style.ink(Ink::Faint, &format!("[{}]", because.trim()));
            entry(statement.kind.word(), &format!("{words} {because}"), page);
        }
        super::more(said.len(), each, 2 + LABEL, page);
    }
    super::more(by.len(), shown, 2, page);
}

fn figures(article: &Article, annotations: &Annotations, page: &mut Page) {
    page.heading("Figures", &count(annotations.figures.len(), "figure", "figures"));
    let shown = limit(page, annotations.figures.len());
    for figure in annotations.figures.iter().take(shown) {
        let words = plain(article.text.slice(figure.span));
        valued(&bounds(figure), &format!("{}{}", quoted(&words), remarks(figure)), page);
    }
    super::more(annotations.figures.len(), shown, 2, page);
}

/// "5", "≤ 5", "≥ 5", "4 – 6".
fn bounds(figure: &Figure) -> String {
    match (&figure.low, &figure.high) {
        (Some(low), Some(high)) if low == high => low.normalize().to_string(),
        (Some(low), Some(high)) => format!("{} – {}", low.normalize(), high.normalize()),
        (Some(low), None) => format!("≥ {}", low.normalize()),
        (None, Some(high)) => format!("≤ {}", high.normalize()),
        (None, None) => "?".to_owned(),
    }
}

fn remarks(figure: &Figure) -> String {
    let remark = |label: &str, value: &Option<String>| value.as_ref().map(|v| format!(", {label} {}", plain(v)));
    let remarks = [
        remark("counts", &figure.counted),
        remark("in", &figure.unit),
        remark("bounded by", &figure.qualifier.as_ref().map(|q| quoted(q))),
        remark("as of", &figure.as_of),
        remark("according to", &figure.according_to),
    ];
    remarks.into_iter().flatten().collect()
}

fn dates(article: &Article, annotations: &Annotations, page: &mut Page) {
    let from = article.published.map_or("the article has no date of its own".to_owned(), |m| {
        format!("seen from {}", when(&m.day().to_string()))
    });
    page.heading("Dates", &from);
    let shown = limit(page, annotations.dates.len());
    for date in annotations.dates.iter().take(shown) {
        let words = quoted(&plain(article.text.slice(date.span)));
        valued(&when(&date.value), &words, page);
    }
    super::more(annotations.dates.len(), shown, 2, page);
}
