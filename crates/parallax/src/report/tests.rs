//! A comparison made by hand → the report, word for word where it matters.

use super::*;
use parallax_core::model::{
    Annotations, Article, ArticleId, ArticleKind, Comparison, Consequence, Derivation, Entity, EntityId, Evidence,
    Links, NameKind, Outlet, Precision, Quantity, QuantityValue, Rendering, Span, StatementKind, StoryId, Support,
    TakeSummary, Text, TimelineEntry, TimelineStatus, Utterance, Verdict, Wording,
};

const POST: &str = "Seven people died when the bridge fell on Monday. “Nobody warned us,” said Ana Ruiz. The minister will visit on Tuesday.";
const DIARIO: &str = "Nueve personas murieron. «Nadie nos avisó», dijo Ana Ruiz. La ministra no acudió.";
const COLUMN: &str = "A column. \u{202E}It was bound to fall.\u{1b}[2J";

struct Press {
    articles: Vec<Article>,
    comparison: Comparison,
    links: Links,
}

fn article(id: &str, outlet: &str, country: &str, text: &str, kind: ArticleKind) -> Article {
    Article {
        id: ArticleId(id.into()),
        title: Some(format!("Title of {outlet}")),
        outlet: Some(Outlet { name: Some(outlet.into()), domain: None, country: Some(country.into()) }),
        text: Text::new(text.into()),
        published: "2026-03-03".parse().ok(),
        kind,
        ..Article::default()
    }
}

fn at(article: usize, words: &str) -> Evidence {
    let text = [POST, DIARIO, COLUMN][article];
    let start = text.find(words).expect("the words are in the text");
    Evidence { article, span: Span::new(start, start + words.len()) }
}

fn figures() -> Vec<Quantity> {
    let value = |article, words, n: i64| QuantityValue {
        at: at(article, words),
        low: Some(n.into()),
        high: Some(n.into()),
        qualifier: None,
        as_of: None,
        according_to: None,
    };
    vec![
        Quantity {
            about: "talks".into(),
            unit: None,
            verdict: Verdict::Conflict,
            consequence: Consequence::Rounding,
            values: vec![value(0, "Seven", 7), value(1, "Nueve", 9)],
        },
        Quantity {
            about: "people died".into(),
            unit: None,
            verdict: Verdict::Conflict,
            consequence: Consequence::Gravest,
            values: vec![value(0, "Seven people", 7), value(1, "Nueve personas", 9)],
        },
    ]
}

fn press() -> Press {
    let rendering = |article, words| Rendering { at: at(article, words), kind: StatementKind::Direct };
    let plan = [at(0, "The minister will visit on Tuesday."), at(1, "La ministra no acudió.")];
    Press {
        articles: vec![
            article("post", "The Post", "GB", POST, ArticleKind::Report),
            article("diario", "Diario", "ES", DIARIO, ArticleKind::Report),
            article("column", "The Post", "GB", COLUMN, ArticleKind::Opinion),
        ],
        links: Links {
            entities: vec![Entity {
                founding: at(0, "Ana Ruiz"),
                canonical: "Ana Ruiz".into(),
                kind: NameKind::Person,
                variants: vec![],
            }],
            ..Links::default()
        },
        comparison: Comparison {
            headline: 0,
            current_take: vec![Support {
                sentence: at(0, "“Nobody warned us,” said Ana Ruiz."),
                evidence: vec![at(0, "“Nobody warned us,” said Ana Ruiz."), at(1, "«Nadie nos avisó», dijo Ana Ruiz.")],
                outlets: 2,
                separate: 2,
                voices: vec![EntityId(0)],
                countries: vec!["ES".into(), "GB".into()],
            }],
            takes: vec![
                TakeSummary {
                    only_here: Some(vec![at(0, "The minister will visit on Tuesday.").span]),
                    leaves_out: Some(vec![]),
                    ..TakeSummary::default()
                },
                TakeSummary { only_here: Some(vec![]), leaves_out: Some(vec![0]), ..TakeSummary::default() },
                TakeSummary::default(),
            ],
            statements: vec![Utterance {
                speaker: Some(EntityId(0)),
                wording: Wording::Differs,
                renderings: vec![rendering(0, "Nobody warned us"), rendering(1, "Nadie nos avisó")],
            }],
            figures: figures(),
            timeline: vec![TimelineEntry {
                when: "2026-03-03".into(),
                precision: Precision::Day,
                sentence: plan[0],
                status: TimelineStatus::DidNotHappen,
                settled_by: Some(1),
                evidence: plan.to_vec(),
            }],
            ..Comparison::default()
        },
    }
}

fn told(style: Style) -> String {
    let Press { articles, comparison, links } = press();
    let annotations = Annotations::default();
    let derivation = Derivation::Original;
    let take = |article| parallax_core::model::Take { article, annotations: &annotations, derivation: &derivation };
    let takes: Vec<_> = articles.iter().map(take).collect();
    let id = StoryId(ArticleId("post".into()));
    report(
        &[ComparedStory { id: &id, takes: &takes, links: &links, comparison: &comparison }],
        &[],
        &Almanac::default(),
        style,
    )
}

#[track_caller]
fn check(report: &str, parts: &[&str]) {
    let mut rest = report;
    for part in parts {
        let Some(found) = rest.find(part) else { panic!("no {part:?} (any more) in\n{report}") };
        rest = &rest[found + part.len()..];
    }
}

#[test]
fn sections_come_in_their_order_with_marks_and_support() {
    check(
        &told(Style::new(80, false, false)),
        &[
            "Title of The Post\n",
            "3 takes, each separately worded, from 2 countries; [3] is opinion and has no\nvote · 3 Mar 2026",
            "The Post [1] · Diario [2] · The Post [3]",
            "WHAT THEY AGREE ON",
            "“Nobody warned us,” said Ana Ruiz. [1]",
            "●●○ · also [2] · 2 countries · on the word of Ana Ruiz alone",
            "WHERE THEY DIFFER",
            "announced, did not happen\n    [1]  The minister will visit on Tuesday.\n    [2]  → La ministra no acudió.",
            "people died — they cannot all be true\n    Seven people    [1]\n    Nueve personas  [2]",
            "Reports round it differently: “Seven” [1], “Nueve” [2]",
            "Ana Ruiz — in different words\n    [1]  “Nobody warned us”\n    [2]  “Nadie nos avisó”",
            "TAKE BY TAKE",
            "[1] The Post\n      only here   The minister will visit on Tuesday.\n      leaves out  nothing of what they agree on",
            "[2] Diario\n      leaves out  all of what the others agree on",
            "HOW IT UNFOLDED\n  3 Mar 2026  announced, did not happen: The minister will visit on\n              Tuesday. [1] [2]",
            "THE ARTICLES",
            "[3]  Title of The Post\n       The Post (GB) · 3 Mar 2026 · opinion, has no vote · read in full",
        ],
    );
}

#[test]
fn no_line_is_wider_than_the_page_and_nothing_steers_the_terminal() {
    for width in [40, 80, 100] {
        let report = told(Style::new(width, false, true));
        assert!(report.lines().all(|line| layout::width(line) <= width), "{report}");
        assert!(!report.contains(['\u{1b}', '\u{202E}']), "{report}");
    }
    let coloured = told(Style::new(80, true, false));
    assert!(coloured.contains("\u{1b}[1;31m— they cannot all be true"), "{coloured}");
    assert!(!coloured.contains("\u{1b}[2J"), "only our own colours: {coloured}");
}
