//! An outlet's page and its JSON twin: what a desk has of it, who owns it, how its feeds fare, what it carries, what it tells at home and abroad.

use crate::missed::PRESS;
use crate::{Folder, parallax};
use parallax::limits::HEARD_ARTICLES;
use parallax::store::{Home, Reader};
use serde_json::json;

/// A desk with what Le Monde tells in French and in English of one happening, and a third report that it credits to agencies.
fn twice_told() -> (Folder, Home) {
    let folder = Folder::new();
    let line = |id: &str, lang: &str, title: &str, text: &str| {
        let url = format!("https://www.lemonde.fr/{lang}/{id}.html");
        json!({"id": id, "url": url, "title": title, "text": text, "date": "2026-03-02T10:00:00Z", "source": "lemonde.fr", "lang": lang})
    };
    let lines = [
        line(
            "fr-1",
            "fr",
            "Naufrage du Solveig : sept morts au large de Skarvik",
            "Sept personnes sont mortes lundi quand le ferry Solveig s’est échoué au large de Skarvik, ont annoncé les garde-côtes. Le capitaine Henrik Dahl a été arrêté mardi à Skarvik. « Nous cherchons encore quatre passagers du Solveig », a déclaré Ingrid Moe, cheffe des garde-côtes. Le Solveig transportait 212 passagers.",
        ),
        line(
            "en-1",
            "en",
            "Seven dead as ferry Solveig runs aground off Skarvik",
            "Seven people died on Monday when the ferry Solveig ran aground off Skarvik, the coast guard said. Captain Henrik Dahl was arrested on Tuesday in Skarvik. “We are still looking for four passengers of the Solveig,” said Ingrid Moe, head of the coast guard. The Solveig was carrying 212 passengers.",
        ),
        line(
            "fr-2",
            "fr",
            "Le Parlement vote le budget",
            "Le Parlement a adopté jeudi à Paris le budget de l’État par 289 voix contre 214, a annoncé la présidente de l’Assemblée.",
        ),
    ];
    let path = folder.file("day.jsonl", lines.map(|l| l.to_string()).join("\n"));
    let desk = folder.path("desk");
    let run = parallax(&["import", "--desk", desk.to_str().expect("UTF-8"), &path]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let home = Home::at(&desk);
    (folder, home)
}

#[test]
fn what_an_outlet_credits_and_tells_in_two_languages_is_counted() {
    let press = Reader::open(&Home::at(&PRESS.path("desk"))).expect("opens");
    let agencies = press.agencies_of("lowland-herald.example", 9).expect("asked");
    assert_eq!((agencies.len(), agencies[0].agency.as_str()), (1, "Northern Wire"));
    let credited = press.credited("lowland-herald.example", "Northern Wire", 9).expect("asked");
    assert_eq!(credited.len() as u64, agencies[0].articles);
    assert_eq!(press.crediting("lowland-herald.example").expect("asked"), agencies[0].articles);
    assert!(press.agencies_of("northern-wire.example", 9).expect("asked").is_empty(), "its own copy");
    assert!(press.told_twice("rheinblick.example", 9).expect("asked").is_empty(), "it writes one language");
    let heard = |most| press.heard_of("rheinblick.example", i64::MIN, i64::MAX, most).expect("asked");
    assert_eq!((heard(HEARD_ARTICLES).len(), heard(2).len()), (8, 2));
    assert!(heard(HEARD_ARTICLES).iter().all(|heard| heard.outlet == "rheinblick.example"));

    let (_folder, home) = twice_told();
    let reader = Reader::open(&home).expect("opens");
    let told = reader.told_twice("lemonde.fr", 9).expect("asked");
    assert_eq!(told.len(), 1, "the budget is told in French alone");
    let tellings = reader.tellings_of(&told[0], "lemonde.fr").expect("asked");
    let languages: Vec<&str> = tellings.iter().map(|t| t.language.as_str()).collect();
    assert_eq!(languages, ["fr", "en"]);
    let tongues: Vec<_> =
        reader.tongues("lemonde.fr").expect("asked").into_iter().map(|t| (t.language, t.articles)).collect();
    assert_eq!(tongues, [("fr".to_owned(), 2), ("en".to_owned(), 1)]);
    assert_eq!(reader.outlet("lemonde.fr").expect("asked").map(|line| line.articles), Some(3));
    assert_eq!(reader.outlet("nobody.example").expect("asked"), None);
}
