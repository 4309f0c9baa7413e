//! Names in a text, names of one person in a story, names alike in any two scripts.

use parallax_almanac::almanac;
use parallax_core::likeness::names::{MATCH, names};
use parallax_core::limits::RESOLVED_CHAINS;
use parallax_core::model::{Annotations, Article, ArticleId, LocalEntity, Mention, NameKind, Span, Text};
use parallax_core::{resolve, understand};

fn article(text: &str, language: &str) -> (Article, Annotations) {
    let article = Article {
        id: ArticleId("a".to_owned()),
        text: Text::new(text.to_owned()),
        language: Some(language.to_owned()),
        ..Article::default()
    };
    let annotations = understand::annotate(&article, almanac());
    (article, annotations)
}

/// "person: Anna Marr | Marr", an entity a line.
fn named(articles: &[(Article, Annotations)]) -> Vec<String> {
    let pairs: Vec<_> = articles.iter().map(|(a, b)| (a, b)).collect();
    let links = resolve::link(&pairs, almanac());
    let line = |e: &parallax_core::model::Entity| {
        let forms: Vec<&str> = e.variants.iter().map(|v| v.text.as_str()).collect();
        format!("= {}: {}", e.kind.word(), forms.join(" | "))
    };
    links.entities.iter().map(line).collect()
}

/// Checks the cases of one golden file: texts, then lines that begin with "=". "[ru] " before a text gives it another language.
fn check(cases: &str, language: &str) {
    for case in cases.split("\n\n") {
        let lines = || case.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        let expected: Vec<&str> = lines().filter(|l| l.starts_with("= ")).collect();
        let texts: Vec<&str> = lines().filter(|l| !l.starts_with("= ")).collect();
        if texts.is_empty() {
            continue;
        }
        let marked = |text: &str| match text.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            Some((own, rest)) => article(rest, own),
            None => article(text, language),
        };
        let articles: Vec<_> = texts.join("\n").split("\n---\n").map(marked).collect();
        assert_eq!(named(&articles), expected, "in: {}", texts.join(" "));
    }
}

#[test]
fn english_names_are_found_and_chained() {
    check(include_str!("../golden/names/en.txt"), "en");
}

#[test]
fn german_nouns_are_no_names() {
    check(include_str!("../golden/names/de.txt"), "de");
}

#[test]
fn russian_case_endings_do_not_part_a_person() {
    check(include_str!("../golden/names/ru.txt"), "ru");
}

#[test]
fn arabic_names_are_found_without_capitals() {
    check(include_str!("../golden/names/ar.txt"), "ar");
}

#[test]
fn chinese_names_are_found_without_spaces() {
    check(include_str!("../golden/names/zh.txt"), "zh");
}

#[test]
fn ukrainian_polish_and_turkish_case_endings_do_not_part_a_name() {
    check(include_str!("../golden/names/cases.txt"), "uk");
}

#[test]
fn names_meet_across_scripts() {
    check(include_str!("../golden/resolve/scripts.txt"), "en");
}

#[test]
fn a_story_has_one_entity_a_person() {
    check(include_str!("../golden/resolve/story.txt"), "en");
}

#[test]
fn people_are_known_across_scripts() {
    let articles = [
        article("President Vladimir Sokolov spoke to reporters in the capital. Mr. Sokolov left early.", "en"),
        article("Президент Владимир Соколов выступил. Соколов уехал.", "ru"),
        article("قال الرئيس الروسي فلاديمير سوكولوف إن بلاده مستعدة.", "ar"),
    ];
    let people: Vec<String> = named(&articles).into_iter().filter(|l| l.starts_with("= person")).collect();
    assert_eq!(people, ["= person: Vladimir Sokolov | Sokolov | Владимир Соколов | Соколов | فلاديمير سوكولوف"]);
}

#[test]
fn names_of_one_are_alike_and_near_misses_are_not() {
    let person = NameKind::Person;
    let body = NameKind::Organisation;
    for (a, b, kind, same) in [
        ("Stefan Wittkow", "Stefan Vitkov", person, true),
        ("Dmitri Antonov", "Дмитрий Антонов", person, true),
        ("Vladimir Sokolov", "弗拉基米尔·索科洛夫", person, true),
        ("Maria Holtz", "ماريا هولتز", person, true),
        ("Mr. Marr Anna", "Anna Marr", person, true),
        ("William Ganner", "Bill Ganner", person, true),
        ("Anna Victoria Marr", "Anna Marr", person, true),
        ("Anna Marr", "Peter Marr", person, false),
        ("Dmitri Antonov", "Дмитрий Авдеев", person, false),
        ("Nordwind Shipping Ltd", "Nordwind Shipping Limited", body, true),
        ("Nordwind Shipping GmbH", "Nordwind Shipping", body, true),
        ("Ruritanian National Committee", "RNC", body, true),
        ("Nordwind Fund 2", "Nordwind Fund 3", body, false),
        ("Bank of Elbonia", "Bank of Ruritania", body, false),
        ("Kyiv", "Kiev", NameKind::Place, true),
        ("Москва", "Moscow", NameKind::Place, true),
        ("Austria", "Australia", NameKind::Place, false),
    ] {
        let likeness = names(a, b, kind, almanac());
        assert_eq!(likeness >= MATCH, same, "{a} / {b}: {likeness:?}");
        assert_eq!(likeness, names(b, a, kind, almanac()), "the order of {a} / {b} matters");
    }
}

#[test]
fn strange_text_gives_names_within_its_sentences() {
    for text in [
        "",
        "𝐀𝐧𝐧𝐚 𝐌𝐚𝐫𝐫 said.",
        "A\u{301}nna\u{200d} Marr’s",
        "\u{202e}Mr. \u{200f}שלום· ・・",
        "王・・李·",
        "O'",
        "'s Mr.",
        "ﷺ الرئيس",
    ] {
        for language in ["en", "ar", "zh", "ja", "ko", "tr", "xx"] {
            let (article, annotations) = article(text, language);
            for mention in &annotations.names {
                assert!(!article.text.slice(mention.span).is_empty());
                assert!(annotations.sentences.iter().any(|s| s.span.contains(mention.span)), "{text}");
            }
        }
    }
}

#[test]
fn chains_beyond_the_limit_stay_apart() {
    let (article, mut annotations) = article("Nordwind", "en");
    let mention = |entity: usize| Mention {
        span: Span::new(0, 8),
        kind: NameKind::Organisation,
        entity: LocalEntity(u32::try_from(entity).unwrap()),
    };
    annotations.names = (0..=RESOLVED_CHAINS).map(mention).collect();
    let links = resolve::link(&[(&article, &annotations)], almanac());
    assert_eq!((links.entities.len(), links.of.len()), (2, RESOLVED_CHAINS + 1));
}
