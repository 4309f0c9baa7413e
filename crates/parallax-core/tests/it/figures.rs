//! Figures and dates: golden cases in plain text, and values that stand to one another in known ways.

use parallax_core::likeness::figures::{Standing, Value, standing};
use parallax_core::model::{Decimal, Document};
use parallax_core::{extract, understand};
use std::path::PathBuf;

/// The day on which all golden sentences were written.
const WRITTEN: &str = "2025-12-03";

/// A sentence and what is expected of it, one line a finding.
struct Case {
    place: String,
    sentence: String,
    expected: Vec<String>,
}

fn cases(area: &str) -> Vec<(String, Case)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(area);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let mut all: Vec<(String, Case)> = Vec::new();
    for file in files {
        let language = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
            match line.strip_prefix('>') {
                Some(finding) => all.last_mut().unwrap().1.expected.push(finding.trim().to_owned()),
                None => all.push((
                    language.clone(),
                    Case {
                        place: format!("{area}/{language}.txt:{}", number + 1),
                        sentence: line.to_owned(),
                        expected: Vec::new(),
                    },
                )),
            }
        }
    }
    all
}

fn annotated(sentence: &str, language: &str) -> (String, parallax_core::model::Annotations) {
    let almanac = parallax_almanac::almanac();
    let document = Document {
        text: sentence.to_owned(),
        date: Some(WRITTEN.to_owned()),
        lang: Some(language.to_owned()),
        ..Document::default()
    };
    let article = extract::document(document, almanac);
    let annotations = understand::annotate(&article, almanac);
    (article.text.as_str().to_owned(), annotations)
}

fn check(area: &str, found: impl Fn(&str, &str) -> Vec<String>) {
    let cases = cases(area);
    assert!(!cases.is_empty());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(language, case)| {
            let found = found(&case.sentence, language);
            (found != case.expected).then(|| {
                format!("{}: {}\n  expected {:?}\n  found    {:?}", case.place, case.sentence, case.expected, found)
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn figures_are_read_as_the_golden_cases_say() {
    check("figures", |sentence, language| {
        let (text, annotations) = annotated(sentence, language);
        let decimal = |d: Option<Decimal>| d.map_or("-".to_owned(), |d| d.normalize().to_string());
        let line = |f: &parallax_core::model::Figure| {
            let words = &text[f.span.range()];
            let or_dash = |s: &Option<String>| s.clone().unwrap_or("-".to_owned());
            format!(
                "{words} | {} | {} | {} | {}",
                decimal(f.low),
                decimal(f.high),
                or_dash(&f.unit),
                or_dash(&f.counted)
            )
        };
        annotations.figures.iter().map(line).collect()
    });
}

#[test]
fn dates_are_resolved_as_the_golden_cases_say() {
    check("dates", |sentence, language| {
        let (text, annotations) = annotated(sentence, language);
        let line = |d: &parallax_core::model::DateMention| format!("{} | {}", &text[d.span.range()], d.value);
        annotations.dates.iter().map(line).collect()
    });
}

#[test]
fn a_relative_date_without_an_article_date_has_no_value() {
    let almanac = parallax_almanac::almanac();
    let text = "They met yesterday, and on 30 November 2025.".to_owned();
    let article = extract::document(Document { text, lang: Some("en".into()), ..Document::default() }, almanac);
    let values: Vec<_> = understand::annotate(&article, almanac).dates.into_iter().map(|d| d.value).collect();
    assert_eq!(values, ["2025-11-30"]);
}

fn value(low: Option<i64>, high: Option<i64>, about: bool) -> Value {
    Value { low: low.map(Decimal::from), high: high.map(Decimal::from), about, exact: false }
}

#[test]
fn values_stand_to_one_another_as_the_guide_says() {
    let bare = |n| value(Some(n), Some(n), false);
    let (nearly_five, over_five) = (value(None, Some(5), false), value(Some(5), None, false));
    assert_eq!(standing(&bare(5), &bare(5)), Standing::Same);
    assert_eq!(standing(&bare(5), &nearly_five), Standing::Compatible);
    assert_eq!(standing(&bare(5), &over_five), Standing::Compatible);
    assert_eq!(standing(&nearly_five, &over_five), Standing::Rounding);
    assert_eq!(standing(&bare(43_000), &bare(43_350)), Standing::Compatible);
    assert_eq!(standing(&bare(5_687), &bare(5_587)), Standing::Conflict);
    assert_eq!(standing(&value(Some(700), None, false), &bare(716)), Standing::Compatible);
    assert_eq!(standing(&bare(5), &value(Some(5), Some(5), true)), Standing::Compatible);
}

#[test]
fn strange_digits_never_panic_and_spans_hold() {
    for text in [
        "9".repeat(5_000),
        "1,".repeat(3_000),
        "٣٤٥ – ½½½ 0/0 %$€ 99999999999999999999999999999999 million billion trillion".to_owned(),
        "𝟗𝟗 persons 🎉12🎉 e\u{301}12 \u{202e}31.12.9999\u{202c} 00.00.0000 32/13/2025".to_owned(),
        "hundred ".repeat(500),
        "between and from to - 5 - - 6 to".to_owned(),
    ] {
        for language in parallax_almanac::almanac().numbers.keys() {
            let (text, annotations) = annotated(&text, language);
            for span in annotations.figures.iter().map(|f| f.span).chain(annotations.dates.iter().map(|d| d.span)) {
                assert!(text.get(span.range()).is_some(), "{language}: {span:?}");
            }
        }
    }
}
