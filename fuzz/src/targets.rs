//! The parsers, each as a function of bytes that must return, and whose spans must hold.

use parallax_almanac::almanac;
use parallax_core::model::{Annotations, Article, ArticleId, Document, Format, Page, Span, Take, Text};
use parallax_core::{compare, contract, extract, feed, group, resolve, text, understand};

/// Takes any bytes; panics where something does not hold.
pub type Target = fn(&[u8]);

/// All of them, by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("page", page),
    ("plain", plain),
    ("encoding", encoding),
    ("feed", feed_),
    ("sitemap", sitemap),
    ("document", document),
    ("sentences", sentences),
    ("language", language),
    ("annotate", annotate),
    ("figures", figures),
    ("dates", dates),
    ("names", names),
    ("statements", statements),
    ("group", group_),
    ("compare", compare_),
];

fn read(bytes: &[u8], format: Format) {
    let page = Page { id: ArticleId("a".into()), url: None, format, charset: None, bytes: bytes.to_vec() };
    let _ = contract::article(&extract::article(&page, almanac()));
}

fn page(bytes: &[u8]) {
    read(bytes, Format::Html);
}

fn plain(bytes: &[u8]) {
    read(bytes, Format::Plain);
}

fn encoding(bytes: &[u8]) {
    let decoded = text::decode(bytes, None, true);
    assert!(!decoded.binary || decoded.text.is_empty(), "what is binary has no text");
}

fn feed_(bytes: &[u8]) {
    let _ = contract::feed("a", &feed::parse(bytes));
}

fn sitemap(bytes: &[u8]) {
    let Ok(read) = feed::parse_sitemap(bytes) else { return };
    let is_web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    assert!(read.listed.iter().all(|of| is_web(&of.url)) && read.leads_to.iter().all(|to| is_web(&to.url)));
}

fn document(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Document>(bytes) else { return };
    let text = document.text.clone();
    let article = extract::document(document, almanac());
    assert!(text.starts_with(article.text.as_str()) || text.len() > article.text.len(), "a text is taken verbatim");
}

fn sentences(bytes: &[u8]) {
    let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
    for language in [None, Some("en"), Some("de"), Some("fr"), Some("ja"), Some("he"), Some("el")] {
        let mut last = 0;
        for sentence in text::sentences(&text, language, almanac()) {
            hold(&text, sentence.span);
            assert!(last <= sentence.span.start, "sentences are in order");
            last = sentence.span.end;
        }
    }
    for word in text::words(&text) {
        hold(&text, word.span);
        let _ = (
            text::key(word.text),
            word.stem(Some("en")),
            word.stem(Some("ru")),
            word.stem(Some("ar")),
            word.stem(Some("hi")),
        );
    }
}

fn article(bytes: &[u8]) -> Article {
    let text = String::from_utf8_lossy(bytes).into_owned();
    extract::document(
        Document { id: ArticleId("a".into()), text, date: Some("2025-12-02".into()), ..Document::default() },
        almanac(),
    )
}

fn language(bytes: &[u8]) {
    let _ = parallax_core::almanac::Letters::read(bytes);
    let text = String::from_utf8_lossy(bytes);
    let _ = (almanac().identify.letters().fits(&text), almanac().identify.signs.candidates(&text));
}

fn understood(bytes: &[u8]) -> (Article, Annotations) {
    let article = article(bytes);
    let found = understand::annotate(&article, almanac());
    let _ = contract::read(&article, &found, None);
    (article, found)
}

fn annotate(bytes: &[u8]) {
    let (article, found) = understood(bytes);
    found.sentences.iter().for_each(|sentence| hold(&article.text, sentence.span));
}

fn figures(bytes: &[u8]) {
    let (article, found) = understood(bytes);
    for figure in &found.figures {
        hold(&article.text, figure.span);
        let in_order = figure.low.zip(figure.high).is_none_or(|(low, high)| low <= high);
        assert!(in_order, "the least of a figure is not above its most: {figure:?}");
    }
}

fn dates(bytes: &[u8]) {
    let (article, found) = understood(bytes);
    found.dates.iter().for_each(|date| hold(&article.text, date.span));
}

fn names(bytes: &[u8]) {
    let (article, found) = understood(bytes);
    found.names.iter().for_each(|name| hold(&article.text, name.span));
}

fn statements(bytes: &[u8]) {
    let (article, found) = understood(bytes);
    for statement in &found.statements {
        hold(&article.text, statement.content);
        statement.cue.into_iter().chain(statement.speaker.map(|s| s.span)).for_each(|span| hold(&article.text, span));
    }
}

/// The paragraphs as articles of their own.
fn press(bytes: &[u8]) -> Vec<(Article, Annotations)> {
    let parts = bytes.split(|b| *b == b'\n').filter(|part| !part.is_empty()).take(8);
    let mut press: Vec<_> = parts.map(understood).collect();
    for (at, (article, _)) in press.iter_mut().enumerate() {
        article.id = ArticleId(format!("a{at}"));
    }
    press
}

fn group_(bytes: &[u8]) {
    let mut grouper = group::Grouper::new();
    for (article, annotations) in &press(bytes) {
        let _ = grouper.place(article, annotations, almanac());
    }
}

fn compare_(bytes: &[u8]) {
    let press = press(bytes);
    let mut grouper = group::Grouper::new();
    let placed: Vec<_> = press.iter().map(|(article, found)| grouper.place(article, found, almanac())).collect();
    let pairs: Vec<_> = press.iter().map(|(article, found)| (article, found)).collect();
    let links = resolve::link(&pairs, almanac());
    let takes: Vec<Take<'_>> = pairs
        .iter()
        .zip(&placed)
        .map(|((article, annotations), placement)| Take { article, annotations, derivation: &placement.derivation })
        .collect();
    let _ = compare::story(&takes, &links, almanac());
}

fn hold(text: &Text, span: Span) {
    assert!(text.get(span.range()).is_some_and(|words| !words.is_empty()), "{span:?} is no part of the text");
}
