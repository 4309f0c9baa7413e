//! What a press left out and has alone, asked of the sample press and of desks of little or nothing.

use crate::{Folder, Run, parallax};
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::http::header::HOST;
use parallax::limits::{HEARD_ARTICLES, HEARD_DAYS, MISSED_SHOWN};
use parallax::missed::{By, Judged, as_json, gather};
use parallax::store::{Home, Reader};
use parallax::web::{Gate, Site, router};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

/// The four days of the sample press, as a desk.
pub static PRESS: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new();
    let kept = parallax(&["demo", "--keep", folder.path("desk").to_str().expect("UTF-8")]);
    assert_eq!(kept.status, 0, "{}", kept.stderr);
    folder
});

fn desk() -> String {
    PRESS.path("desk").to_str().expect("UTF-8").to_owned()
}

fn missed(arguments: &[&str]) -> Run {
    let desk = desk();
    parallax(&[&["missed", "--desk", &desk], arguments].concat())
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().expect("a list")
}

/// The inspectors' report on the tankers of Faros Lines, on which by the gold the Greek press is silent: too little is expected of it on the
/// sample press for that silence to be named (docs/MISSED.md).
fn is_of_the_tankers(story: &Value) -> bool {
    story["story"].as_str().is_some_and(|id| id.contains("faros"))
}

#[test]
fn what_two_outlets_cannot_tell_is_named_with_its_reason_and_not_told_as_left_out() {
    let found = missed(&["--country", "gr", "--json"]).json().remove(0);
    assert_eq!((&found["press"], &found["outlets"], &found["read"]), (&json!("GR"), &json!(2), &json!(2)));
    assert_eq!(list(&found, "left_out"), [] as [Value; 0], "two editors are no country's press");
    // The quake, which nine of fifteen presses tell, and neither Greek outlet does.
    let quake = |s: &&Value| s["story"].as_str().is_some_and(|id| id.contains("quake"));
    let silences: Vec<&Value> = list(&found, "cannot_tell").iter().filter(quake).collect();
    assert_eq!(silences.len(), 1, "{found:#}");
    let silence = silences[0];
    assert_eq!(
        (&silence["unclear"], &silence["told_here"], &silence["outlets_here"]),
        (&json!("few-outlets"), &json!(0), &json!(2))
    );
    assert!(silence["presses"].as_u64() >= Some(4) && silence["separate"].as_u64() >= Some(4), "{silence:#}");
    let why = silence["why"].as_str().expect("words");
    assert!(why.contains("Here by none of 2 outlets.") && why.contains("fewer than 3 are no country’s press"), "{why}");
    // Those who tell it are not told to be silent.
    for country in ["TR", "GB", "CH", "FR", "PT"] {
        let found = missed(&["--country", country, "--json"]).json().remove(0);
        let silent = list(&found, "cannot_tell").iter().chain(list(&found, "left_out"));
        assert_eq!(silent.filter(|s| is_of_the_tankers(s)).count(), 0, "{country}");
    }
}

#[test]
fn in_the_terminal_it_is_said_in_sentences_and_each_press_has_a_line() {
    let greek = missed(&["--country", "GR"]);
    assert_eq!(greek.status, 0, "{}", greek.stderr);
    assert!(greek.stdout.starts_with("2 of 2 outlets could be read in these four days"), "{}", greek.stdout);
    assert!(greek.stdout.contains("\nLeft out: nothing that could be told"), "{}", greek.stdout);
    assert!(greek.stdout.contains("\nPerhaps left out; it cannot be told ("), "{}", greek.stdout);
    let all = missed(&[]);
    let longest = greek.stdout.lines().chain(all.stdout.lines()).map(|line| line.chars().count()).max();
    assert!(longest <= Some(80), "as wide as a terminal: {}{}", greek.stdout, all.stdout);
    let presses: Vec<&str> = all.stdout.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(presses.len(), 19, "a line a country: {}", all.stdout);
    assert!(presses.contains(&"GR") && presses.is_sorted(), "{presses:?}");
    let languages = missed(&["--language", "EL", "--json"]).json().remove(0);
    assert_eq!((&languages["press"], &languages["outlets"]), (&json!("el"), &json!(2)));
}

#[test]
fn who_asks_for_a_press_that_is_not_read_is_told_which_are() {
    let unknown = missed(&["--country", "ZZ"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.stderr.contains("reads nothing of ZZ; it reads AR CH CN"), "{}", unknown.stderr);
    assert_eq!(missed(&["--country", "GR", "--language", "el"]).status, 2, "one of both");
    let folder = Folder::new();
    let nowhere = parallax(&["missed", "--desk", folder.path("none").to_str().expect("UTF-8")]);
    assert_eq!(nowhere.status, 1);
    assert!(nowhere.stderr.contains("holds no desk yet"), "{}", nowhere.stderr);
    let undated = folder.file("day.jsonl", json!({"id": "n", "text": "A ferry ran aground off Skarvik."}).to_string());
    let small = folder.path("small").to_str().expect("UTF-8").to_owned();
    assert_eq!(parallax(&["import", "--desk", &small, &undated]).status, 0);
    let empty = parallax(&["missed", "--desk", &small]);
    assert_eq!(empty.status, 1);
    assert!(empty.stderr.contains("no articles of these weeks"), "{}", empty.stderr);
}

/// What the desk's site answers.
async fn page(path: &str) -> String {
    let home = Home::at(&PRESS.path("desk"));
    let own: SocketAddr = "127.0.0.1:8420".parse().expect("an address");
    let gate = Gate::open(&home, own, Vec::new()).expect("of this machine alone");
    let router = router(Arc::new(Site::new(home.clone(), crate::unsettled(&home), gate).expect("the desk opens")));
    let mut request =
        Request::builder().uri(path).header(HOST, own.to_string()).body(Body::empty()).expect("a request");
    request.extensions_mut().insert(ConnectInfo(own));
    let answer = router.oneshot(request).await.expect("it never fails");
    assert_eq!(answer.status(), 200, "{path}");
    String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await.expect("a body").to_vec()).expect("UTF-8")
}

#[tokio::test]
async fn a_country_s_page_says_it_with_its_denominators_and_so_does_its_json() {
    let html = page("/country/GR").await;
    let part = html.split("<section class=\"missed\"").nth(1).expect("the part is there");
    assert!(part.contains("2 of 2 outlets could be read in these four days"), "{part}");
    assert!(part.contains("Nothing that could be told") && part.contains("Cannot be told"), "{part}");
    assert!(part.contains("fewer than 3 are no country’s press"), "{part}");
    let data: Value = serde_json::from_str(&page("/api/v1/countries/GR").await).expect("JSON");
    assert_eq!(data["missed"], missed(&["--country", "GR", "--json"]).json().remove(0));
    assert!(page("/help").await.contains("id=\"missed\""), "what is linked to is there");
    let unread = page("/country/KE").await;
    assert!(!unread.contains("class=\"missed\""), "of a press that is not read nothing is said");
}

#[test]
fn so_many_days_teach_and_of_more_articles_than_can_be_looked_at_the_newest() {
    // HEARD_DAYS, HEARD_ARTICLES
    let folder = Folder::new();
    let line = |id: &str, date: &str| {
        let text = format!("The ferry {id} ran aground off Skarvik with forty people on board, the coast guard said.");
        json!({"id": id, "text": text, "date": date, "source": "bbc.co.uk", "url": format!("https://bbc.co.uk/{id}"), "lang": "en"})
    };
    let days = [
        line("too-old", "2026-03-01T11:59:00Z"),
        line("old", "2026-03-01T12:00:00Z"),
        line("new", "2026-03-29T12:00:00Z"),
    ];
    let path = folder.file("days.jsonl", days.map(|l| l.to_string()).join("\n"));
    let desk = folder.path("desk");
    assert_eq!(parallax(&["import", "--desk", desk.to_str().expect("UTF-8"), &path]).status, 0);
    let (home, span) = (Home::at(&desk), i64::try_from(HEARD_DAYS).expect("small") * 1_440);
    let reader = Reader::open(&home).expect("opens");
    let now = reader.newest().expect("asked").expect("there");
    let gathered = gather(&reader, &home, By::Country, (now, now)).expect("gathered");
    let articles: u32 = gathered.presses.iter().flat_map(|p| &p.outlets).flat_map(|o| o.days.values()).sum();
    assert_eq!((HEARD_DAYS, articles), (28, 2), "the one a minute older teaches nothing");
    let heard = |most| reader.heard(now - 2 * span, now, most).expect("asked").len();
    assert_eq!((heard(HEARD_ARTICLES), heard(2)), (3, 2));
    let two = reader.heard(now - 2 * span, now, 2).expect("asked");
    assert!(two[0].published < two[1].published && two[1].published == now, "the newest, the oldest first");
}

#[test]
fn of_many_stories_the_first_are_shown_and_all_are_counted() {
    // MISSED_SHOWN
    let home = Home::at(&PRESS.path("desk"));
    let reader = Reader::open(&home).expect("opens");
    let judged = Judged::of(&reader, &home, By::Country).expect("judged");
    let mut found = judged.of_press("GR").expect("read").clone();
    let silence = found.unclear[0].clone();
    for shown in [MISSED_SHOWN, MISSED_SHOWN + 1] {
        found.missed = vec![silence.clone(); shown];
        let data = as_json(&reader, &judged, &found).expect("JSON");
        assert_eq!((list(&data, "left_out").len(), &data["of_left_out"]), (MISSED_SHOWN, &json!(shown)));
    }
}
