//! Reported speech: who said what, with which words, in eighteen languages.

use parallax_core::limits::FRAME_ITEMS;
use parallax_core::model::{Annotations, Article, ArticleId, Statement, Text};
use parallax_core::understand;

fn read(language: &str, text: &str) -> (Article, Annotations) {
    let article = Article {
        id: ArticleId("case".to_owned()),
        text: Text::new(text.to_owned()),
        language: Some(language.to_owned()),
        ..Article::default()
    };
    let found = understand::annotate(&article, parallax_almanac::almanac());
    (article, found)
}

/// A statement as a golden file writes it.
fn line(article: &Article, found: &Annotations, statement: &Statement) -> String {
    let slice = |span| article.text.slice(span);
    let speaker = statement.speaker.map_or("-".to_owned(), |speaker| {
        let wording = slice(speaker.span);
        let meant = found.names.iter().filter(|n| Some(n.entity) == speaker.entity).map(|n| slice(n.span));
        match meant.max_by_key(|name| name.len()).filter(|name| !wording.contains(name)) {
            Some(name) => format!("{wording} ({name})"),
            None => wording.to_owned(),
        }
    });
    let cue = statement.cue.map_or("-", slice);
    format!("{} | {speaker} | {cue} | {}", statement.kind.word(), slice(statement.content))
}

/// Checks every case of a golden file; says at once all that differ.
fn check(language: &str, golden: &str) {
    let mut wrong = String::new();
    for case in golden.split("\n\n") {
        let mut lines = case.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let Some(text) = lines.next() else { continue };
        let (article, found) = read(language, &text.replace('¶', "\n"));
        let expected: Vec<String> = lines.map(str::to_owned).collect();
        let got: Vec<String> = found.statements.iter().map(|s| line(&article, &found, s)).collect();
        if expected != got {
            wrong.push_str(&format!("{text}\n  expected {expected:#?}\n  got {got:#?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{language}:\n{wrong}");
}

macro_rules! golden {
    ($($language:ident)*) => {
        $(#[test]
        fn $language() {
            check(stringify!($language), include_str!(concat!("../golden/quotes/", stringify!($language), ".txt")));
        })*
    };
}

golden! { ar de el en es fa fr he hi it ja ko pl pt ru tr uk zh }

#[test]
fn strange_input_gives_less_and_never_fails() {
    let long = "\"'“„«‘ said ".repeat(2_000);
    let verbs = "“No” said ".repeat(1_000);
    let texts =
        ["", "\"", "“”", "said", "\"said\"", "“ said: ”", "said said said", "a\u{301}\u{200f}“𝒳”, said", ": “", "''''"];
    for text in texts.into_iter().chain([long.as_str(), verbs.as_str()]) {
        for language in ["en", "de", "ja", "ar", "xx"] {
            let (article, found) = read(language, text);
            for statement in &found.statements {
                assert!(!article.text.slice(statement.content).is_empty(), "empty content in {text:?}");
            }
        }
    }
}

/// Quotations without a verb, then one with: whether the frame is cut between them shows in who is taken to speak.
#[test]
fn a_sentence_of_too_many_items_is_cut() {
    let attributed = |quotes: usize| {
        let text = format!("{}“We will go,” Ruth Alder said.", "“No” ".repeat(quotes));
        let (_, found) = read("en", &text);
        found.statements.iter().filter(|s| s.cue.is_some()).map(|s| s.content.len()).max()
    };
    let below = attributed(FRAME_ITEMS - 10);
    let above = attributed(FRAME_ITEMS + 10);
    assert!(below > Some(2_000), "all quotations belong to one sentence: {below:?}");
    assert!(above < Some(200), "the sentence is cut before: {above:?}");
}
