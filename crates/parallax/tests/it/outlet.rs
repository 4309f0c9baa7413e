//! An outlet's page and its JSON twin: what a desk has of it, who owns it, how its feeds fare, what it carries, what it tells at home and abroad.

use crate::missed::PRESS;
use crate::{Folder, parallax};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, HOST, LOCATION};
use parallax::desk::sources::{change, now};
use parallax::desk::subscription;
use parallax::limits::HEARD_ARTICLES;
use parallax::store::{FeedState, Home, Reader, Rounds};
use parallax::web::{Gate, Site, router};
use parallax_core::model::Outlet;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

const OWN: &str = "127.0.0.1:8420";

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

fn site(home: &Home) -> Site {
    let gate = Gate::open(home, OWN.parse().expect("an address"), Vec::new()).expect("of this machine alone");
    Site::new(home.clone(), crate::unsettled(home), gate).expect("the desk opens")
}

async fn ask(site: &Router, method: &str, path: &str, body: &str) -> (u16, String, String) {
    let request = Request::builder().method(method).uri(path).header(HOST, OWN).header("sec-fetch-site", "same-origin");
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut request = request.body(Body::from(body.to_owned())).expect("a request");
    request.extensions_mut().insert(ConnectInfo(OWN.parse::<SocketAddr>().expect("an address")));
    let answer = site.clone().oneshot(request).await.expect("it never fails");
    let (status, to) = (answer.status().as_u16(), answer.headers().get(LOCATION).cloned());
    let body = to_bytes(answer.into_body(), 4_000_000).await.expect("whole");
    let to = to.map(|to| to.to_str().expect("ASCII").to_owned()).unwrap_or_default();
    (status, to, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

async fn page(site: &Router, path: &str) -> String {
    let (status, _, body) = ask(site, "GET", path, "").await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

async fn twin(site: &Router, id: &str) -> Value {
    serde_json::from_str(&page(site, &format!("/api/v1/outlets/{id}")).await).expect("JSON")
}

/// Follows a feed that nobody asks: whose it is, its follower says.
fn follow(home: &Home, url: &str, name: &str) {
    let outlet = Outlet { name: Some(name.to_owned()), ..Outlet::default() };
    let word = subscription(url, Some(&outlet), true).expect("a word");
    change(home, &[word], Duration::from_secs(1)).expect("followed");
}

#[tokio::test]
async fn its_page_says_whose_it_is_by_whom_and_what_it_tells_at_home_and_abroad() {
    let (_folder, home) = twice_told();
    let router = router(Arc::new(site(&home)));
    let html = page(&router, "/outlet/lemonde.fr").await;
    for words in [
        "Le Monde",
        "href=\"/country/FR\"",
        "newspaper",
        "addressed abroad · 1 article here",
        "for its own public · 2 articles here",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let (_, abroad) = html.split_once("At home and abroad").expect("told in two languages");
    let at = |words: &str| abroad.find(words).unwrap_or_else(|| panic!("{words}: {abroad}"));
    assert!(at("Naufrage du Solveig") < at("Seven dead as ferry"), "its own public's first");
    let data = twin(&router, "lemonde.fr").await;
    let pair = &data["home_and_abroad"][0];
    assert_eq!((&pair["home"]["language"], &pair["others"][0]["language"]), (&json!("fr"), &json!("en")), "{data:#}");
    assert_eq!(data["home_and_abroad"].as_array().map(Vec::len), Some(1), "the budget is told at home alone");
    assert_eq!((&data["own_language"], &data["listed"]["kind"]), (&json!("fr"), &json!("newspaper")));

    // Of one of the catalogue of which nothing is here, what the catalogue says; by another of its names too.
    let tass = page(&router, "/outlet/tass.com").await;
    for words in [
        "State-controlled<b class=\"asked\"",
        "steered by it in what it reports: yes",
        "Source: ",
        "nobody has looked up yet",
        "/help#state",
        "nothing of it yet",
    ] {
        assert!(tass.contains(words), "{words}: {tass}");
    }
    let (label, by_name) =
        (twin(&router, "tass.com").await["label"].clone(), twin(&router, "TASS").await["id"].clone());
    assert_eq!((label, by_name), (json!("state-controlled?"), json!("tass.ru")));
    let help = page(&router, "/help").await;
    assert!(help.contains("id=\"state\"") && help.contains("id=\"outlet\""), "what is linked to is there");
    assert_eq!(ask(&router, "GET", "/outlet/nobody.example", "").await.0, 404);
    assert_eq!(ask(&router, "GET", "/outlet/x@tass.com", "").await.0, 404, "what only looks like an address");
}

#[tokio::test]
async fn its_feeds_are_told_as_they_fare_at_once_and_steered_without_script() {
    let (_folder, home) = twice_told();
    let (url, sent) = ("https://feeds.example/une.xml", "https%3A%2F%2Ffeeds.example%2Fune.xml");
    follow(&home, url, "Le Monde");
    let router_of = |site| router(Arc::new(site));
    let router = router_of(site(&home));
    let way = "/outlet/lemonde.fr";
    assert!(page(&router, way).await.contains("<b class=\"well\">never read</b> followed for "));
    let mut rounds = Rounds::open(&home.reader()).expect("opens");
    rounds.follow(&[url.to_owned()], now()).expect("on the round");
    let visit = |state: FeedState| Rounds::open(&home.reader()).and_then(|r| r.visited(&state)).expect("noted");
    let state = rounds.of(url).expect("asked").expect("there");
    visit(FeedState { tried: Some(now() - 400), failures: 3, said: Some("no <b>answer</b>".into()), ..state.clone() });
    let html = page(&router, way).await;
    assert!(
        html.contains("<b class=\"ill\">failed</b> 3 times, the last 6 minutes ago: no &#60;b&#62;answer"),
        "{html}"
    );
    visit(FeedState { tried: Some(now() - 400), answered: Some(now() - 400), entries: 7, ..state });
    assert!(page(&router, way).await.contains("<b class=\"well\">answered</b> 6 minutes ago, 7 entries so far"));
    let steer =
        async |go: &str, to: &str| ask(&router, "POST", "/sources", &format!("go={go}&feed={sent}&to={to}")).await.1;
    let form = |go: &str| format!("name=\"go\" value=\"{go}\"");
    assert_eq!(steer("rest", way).await, way);
    let html = page(&router, way).await;
    assert!(
        html.contains("by its owner’s word") && html.contains(&form("resume")) && !html.contains(&form("rest")),
        "{html}"
    );
    assert_eq!(twin(&router, "lemonde.fr").await["feeds"][0]["state"], "resting");
    assert_eq!(steer("resume", way).await, way);
    let html = page(&router, way).await;
    assert!(html.contains(&form("rest")) && html.contains(&form("remove")), "{html}");
    let shown = page(&router_of(site(&home).only_pages()), way).await;
    assert!(!shown.contains("<form") && shown.contains("only shown"), "{shown}");
    assert_eq!(steer("remove", way).await, way);
    assert!(page(&router, way).await.contains("None is followed."));
}

#[tokio::test]
async fn what_is_followed_and_has_brought_nothing_has_a_page_and_stands_in_the_list() {
    let (_folder, home) = twice_told();
    follow(&home, "https://feeds.example/quiet.xml", "Quiet <b>\"Paper\"");
    let router = router(Arc::new(site(&home)));
    let way = "/outlet/Quiet%20%3Cb%3E%22Paper%22";
    let list = page(&router, "/outlets").await;
    assert!(list.contains(way) && list.contains("1 more followed") && list.contains("nothing yet"), "{list}");
    let html = page(&router, way).await;
    assert!(html.contains("Quiet &#60;b&#62;") && !html.contains("<b>\"Paper"), "{html}");
    assert!(html.contains("The catalogue does not have it") && html.contains("We can’t tell"), "{html}");
    assert!(html.contains("name=\"to\" value=\"/outlets\""), "removed, it has no page any more: {html}");
}

#[tokio::test]
async fn what_share_of_its_output_is_seen_is_told_where_its_feeds_were_read() {
    let (_folder, home) = twice_told();
    let url = "https://feeds.example/une.xml";
    follow(&home, url, "Le Monde");
    let router = router(Arc::new(site(&home)));
    let newest = Reader::open(&home).expect("opens").newest().expect("asked").expect("there") * 60;
    let rounds = Rounds::open(&home.reader()).expect("opens");
    // Of four days one feed showed one, another all four.
    rounds.covered(url, newest - 86_400, newest, false, 0).expect("noted");
    let seen = twin(&router, "lemonde.fr").await["seen"].clone();
    assert_eq!((&seen["share"], &seen["measured"], &seen["least_to_tell"]), (&Value::Null, &json!(0.25), &json!(0.5)));
    let html = page(&router, "/outlet/lemonde.fr").await;
    assert!(html.contains("We can’t tell") && html.contains("saw 25 %") && html.contains("Below 50 %"), "{html}");
    let other = "https://feeds.example/international.xml";
    follow(&home, other, "Le Monde");
    rounds.covered(other, newest - 4 * 86_400, newest, true, 0).expect("noted");
    assert_eq!(twin(&router, "lemonde.fr").await["seen"]["share"], json!(1.0));
    assert!(page(&router, "/outlet/lemonde.fr").await.contains("<p class=\"share-seen\">100 %</p>"));
}

#[tokio::test]
async fn what_it_carries_is_told_agency_by_agency_with_examples() {
    let router = router(Arc::new(site(&Home::at(&PRESS.path("desk")))));
    let html = page(&router, "/outlet/lowland-herald.example").await;
    let (_, part) = html.split_once("What it carries from others").expect("it credits one");
    assert!(part.contains("<bdi>Northern Wire</bdi>"), "{part}");
    let data = twin(&router, "lowland-herald.example").await;
    let agency = &data["agencies"][0];
    let examples = agency["examples"].as_array().expect("a list");
    assert_eq!(
        (&agency["agency"], agency["articles"].as_u64()),
        (&json!("Northern Wire"), Some(examples.len() as u64))
    );
    assert!(part.contains(&format!("/article/{}", examples[0]["key"].as_str().expect("a key"))), "{part}");
    let told = format!("{} of {} articles credit an agency", data["credit_an_agency"], data["outlet"]["articles"]);
    assert!(part.contains(&told), "{told}: {part}");
    assert!(!page(&router, "/outlet/northern-wire.example").await.contains("carries from others"));
}
