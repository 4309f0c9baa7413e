//! A page that follows the desk → what it is told first: all that changed since it was read.

use crate::Folder;
use crate::desk::Desk;
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use parallax::store::{Home, Reader, key};
use parallax::web::{Gate, Site, router};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;

#[tokio::test]
async fn what_changed_since_a_page_was_read_is_told_first() {
    let (desk, files) = (Desk::new(), Folder::new());
    let text = "Seven people died when the ferry ran aground off Skarvik on Monday, the coast guard said.";
    let line = json!({"id": "n-1", "text": text, "date": "2026-03-02", "source": "paper.example", "lang": "en"});
    desk.done(&["import", &files.file("day.jsonl", line.to_string())]);
    let home = Home::at(Path::new(&desk.folder()));
    let gate = Gate::open(&home, "127.0.0.1:8420".parse().expect("an address"), Vec::new()).expect("of this machine");
    let site = Site::new(home.clone(), crate::unsettled(&home), gate).expect("the desk opens");
    let router = router(Arc::new(site));
    let first = async |way: &str, last: Option<i64>| {
        let mut request = Request::get(way).header("host", "localhost");
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let answer =
            router.clone().oneshot(request.body(Body::empty()).expect("a request")).await.expect("never fails");
        let mut events = answer.into_body().into_data_stream();
        String::from_utf8(events.next().await.expect("an event").expect("sent").to_vec()).expect("UTF-8")
    };
    let version = Reader::open(&home).expect("opens").last_change().expect("read");
    let story = key(&Reader::open(&home).expect("opens").stories(1, 1).expect("read").remove(0).id);
    let told = |event: &str| event.lines().find_map(|line| line.strip_prefix("data:")).unwrap_or("").trim().to_owned();

    let all = first("/live?since=0", None).await;
    assert!(all.contains(&format!("id: {version}")), "{all}");
    let keys = told(&all);
    assert!(keys.split(' ').any(|key| key == story), "{all}");
    assert!(keys.split(' ').any(|told| told == key("paper.example")), "its outlet's page too: {all}");
    assert_eq!(told(&first(&format!("/live?since={version}"), None).await), "", "nothing since");
    assert_eq!(told(&first("/live", None).await), "", "who does not say since when is told from here on");
    assert_eq!(
        told(&first("/live?since=0", Some(version)).await),
        "",
        "a line that is taken up again goes on where it broke"
    );
    assert_eq!(told(&first(&format!("/live?since={}", version + 1), None).await), "*", "a desk built anew");
    assert_eq!(told(&first("/live?since=-9223372036854775808", None).await), keys);
}
