//! What only the inside of a desk shows: resuming, bounds of its batches, sealing.

use super::*;
use crate::limits::PAGE_DAYS;
use std::fmt::Write as _;

fn open(folder: &tempfile::TempDir) -> Desk {
    Desk::open(Home::at(folder.path()), 2, &mut |_, _, _| {}).expect("opens")
}

fn documents(from: usize, to: usize) -> Vec<Arrival> {
    let document = |n: usize| {
        let town = ["Aldermoor", "Skarvik", "Valdesera"][n % 3];
        let text = format!("The ferry off {town} ran aground on Monday with {n} aboard, said Marit Holm of {town}.");
        let json = serde_json::json!({"id": format!("n-{n}"), "text": text, "date": "2026-03-02"});
        Arrival {
            kind: Kind::Document,
            key: format!("n-{n}"),
            bytes: json.to_string().into_bytes(),
            meta: Meta::default(),
        }
    };
    (from..to).map(document).collect()
}

fn page(n: usize) -> Arrival {
    let bytes = format!(
        "<html><head><title>Ferry {n} back</title></head><body><article><p>The ferry is back at its pier after {n} weeks, the harbour \
         office of Aldermoor said on Monday.</p><p>Its captain, Marit Holm, thanked everybody who had helped.</p></article></body></html>"
    );
    Arrival { kind: Kind::Page, key: format!("{n}.html"), bytes: bytes.into_bytes(), meta: Meta::default() }
}

fn work(desk: &mut Desk) {
    desk.apply(&mut |_, _, _| {}).expect("read");
    desk.compare(&mut |_, _, _| {}).expect("compared");
}

fn differences(folder: &tempfile::TempDir) -> Vec<Difference> {
    rebuild(&Home::at(folder.path()), true, 2, &mut |_, _, _| {}).expect("rebuilt").1
}

#[test]
fn a_desk_taken_up_again_goes_on_as_if_it_had_not_ended() {
    // GROUPER_KEPT_EVERY: with what the grouper held kept, without it, and half.
    let whole = tempfile::tempdir().expect("a folder");
    let mut desk = open(&whole);
    desk.keep(&documents(0, 40)).expect("kept");
    work(&mut desk);
    drop(desk);
    let parts = tempfile::tempdir().expect("a folder");
    for (from, to, close) in [(0, 11, false), (11, 12, true), (12, 25, true), (25, 40, false)] {
        let mut desk = open(&parts);
        desk.keep(&documents(from, to)).expect("kept");
        work(&mut desk);
        if close {
            desk.close().expect("closed");
        }
    }
    let digest = |folder: &tempfile::TempDir| crate::store::digest(&Home::at(folder.path()).desk()).expect("read");
    assert_eq!(digest(&parts), digest(&whole));
    assert_eq!(differences(&parts), []);
}

/// What a feed says of an article, its page, or what the feed says later, as a desk that runs logs them.
fn told(n: usize, what: &str) -> Arrival {
    let (town, dead) = (["Aldermoor", "Skarvik", "Valdesera"][n % 3], 3 + n % 3);
    let url = format!("https://paper-{}.example/{n}", n % 4);
    let meta = Meta { url: Some(url.clone()), ..Meta::default() };
    let text = format!(
        "{dead} people died when the ferry ran aground off {town} on Monday, the coast guard said. Its captain, Marit Holm of {town}, had \
         warned of the sandbank. “We will look into it,” the harbour master of {town} said on its pier."
    );
    if what == "page" {
        let page = format!(
            "<html><head><title>Ferry {n}</title></head><body><article><h1>Ferry aground off {town}</h1><p>{text}</p><p>Article {n} adds \
             that the ferry of {town} had been in the yard for {n} weeks and was to be inspected there.</p></article></body></html>"
        );
        return Arrival { kind: Kind::Page, key: url, bytes: page.into_bytes(), meta };
    }
    // Of some the feed says much, of some nothing that would place them.
    let title = if n.is_multiple_of(2) {
        format!("{what} of the day, {n}")
    } else {
        format!("Ferry aground off {town}: {what}")
    };
    let summary = (!n.is_multiple_of(3)).then(|| text[..=text.find(". ").unwrap_or(0)].to_owned());
    let entry =
        Entry { url: url.clone(), title: Some(title), summary, language: Some("en".into()), ..Entry::default() };
    let bytes = serde_json::to_vec(&entry).expect("written");
    Arrival { kind: Kind::Entry, key: url, bytes, meta: Meta::default() }
}

#[test]
fn an_article_told_by_its_feed_is_placed_anew_by_its_page_and_a_rebuild_comes_out_the_same() {
    let order = |n: usize| [(n, "News"), (n + 7, "News"), (n, "page"), (n, "Later")];
    let all: Vec<_> = (0..24).flat_map(order).map(|(n, what)| told(n, what)).collect();
    let placed = |folder: &tempfile::TempDir, stops: &[usize]| {
        let mut from = 0;
        for to in stops {
            let mut desk = open(folder);
            desk.keep(&all[from..*to]).expect("kept");
            work(&mut desk);
            // Half of the times it ends as a kill ends it.
            if to.is_multiple_of(2) {
                desk.close().expect("closed");
            }
            from = *to;
        }
        crate::store::digest(&Home::at(folder.path()).desk()).expect("read")
    };
    let (whole, parts) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let once = placed(&whole, &[all.len()]);
    let stops: Vec<usize> = [1, 2, 3, 4, 7, 8, 20, 21, 22, 23, 41, 42, 55, 70, 71, 89, all.len()].into();
    let often = placed(&parts, &stops);
    let differs = |table: &&str| once[table] != often[table];
    assert_eq!(once.keys().copied().filter(differs).collect::<Vec<_>>(), Vec::<&str>::new());
    for folder in [&whole, &parts] {
        assert_eq!(differences(folder), []);
    }
    let desk = open(&whole);
    let is_read = (0..24).map(|n| desk.derived.file.article(&told(n, "page").key).expect("read").expect("there"));
    let mut moved = 0;
    for (n, (_, source, placement)) in is_read.enumerate() {
        assert_eq!(source, Source::Page, "what the feed says later takes no page's place");
        let founders = told(n, "page").key;
        moved += usize::from(n.is_multiple_of(2) && placement.story.0.0 != founders);
    }
    assert!(moved > 6, "of the twelve whose headlines said nothing most are where their pages belong: {moved}");
    let stories = desk.derived.file.due(100).expect("read");
    assert_eq!(stories, [], "every story was compared as it is now");
}

#[test]
fn a_removal_that_was_broken_off_is_ended_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    desk.keep(&documents(0, 9)).expect("kept");
    work(&mut desk);
    desk.press.remove("n-3", &["n-3".to_owned()]).expect("removed from the log, and then the power went");
    drop(desk);
    let desk = open(&folder);
    assert!(desk.derived.file.article("n-3").expect("read").is_none());
    assert!(desk.derived.file.article("n-4").expect("read").is_some());
    desk.close().expect("closed");
    assert_eq!(differences(&folder), []);
}

#[test]
fn what_reading_alone_shows_to_be_removed_is_out_of_the_log_before_it_counts_as_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    desk.keep(&documents(0, 3)).expect("kept");
    work(&mut desk);
    desk.forget("http://paper.example/1", &mut |_, _, _| {}).expect("noted");
    // It says itself that it is the article that was removed, spelled otherwise.
    let page = "<html><head><title>Back</title><link rel=canonical href=https://paper.example/1></head><body><article>\
                <p>The ferry is back at its pier after two weeks, the harbour office of Aldermoor said.</p></article></body></html>";
    let meta = Meta { url: Some("https://www.paper.example/1?from=feed".into()), ..Meta::default() };
    let key = "https://www.paper.example/1?from=feed".to_owned();
    desk.keep(&[Arrival { kind: Kind::Page, key: key.clone(), bytes: page.into(), meta }]).expect("kept");
    assert!(desk.press.known_as(&key).expect("read").is_some());
    let log = Press::open_to_read(&Home::at(folder.path()).press()).expect("opens");
    let mut seen = Vec::new();
    let told = &mut |_: &'static str, _, _| seen.push(log.known_as(&key).expect("read"));
    desk.apply(told).expect("read");
    assert_eq!(seen, [None], "when it is told as read, a kill can leave nothing of it");
    assert_eq!(desk.derived.file.article("https://paper.example/1").expect("read").map(|_| ()), None);
}

#[test]
fn one_article_by_http_and_https() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    let spelled = |n: usize, what: &str| {
        let told = told(n, what);
        let key = told.key.replace("https:", "http:");
        let bytes = String::from_utf8(told.bytes).expect("text").replace("https:", "http:").into_bytes();
        Arrival {
            key,
            bytes,
            meta: Meta { url: told.meta.url.map(|url| url.replace("https:", "http:")), ..told.meta },
            ..told
        }
    };
    desk.keep(&[spelled(1, "News"), told(1, "News"), told(2, "page"), spelled(2, "page")]).expect("kept");
    work(&mut desk);
    desk.keep(&[told(1, "page"), spelled(2, "Later")]).expect("kept");
    work(&mut desk);
    let here = |key: &str| desk.derived.file.article(key).expect("read").map(|(_, source, _)| source);
    assert_eq!(here("http://paper-1.example/1"), Some(Source::Page), "the page takes the place of what its feed said");
    assert_eq!(here("https://paper-1.example/1"), None);
    assert_eq!(here("https://paper-2.example/2"), Some(Source::Page));
    assert_eq!(here("http://paper-2.example/2"), None);
    desk.close().expect("closed");
    assert_eq!(differences(&folder), []);
    let mut desk = open(&folder);
    assert_eq!(desk.forget("https://paper-1.example/1", &mut |_, _, _| {}).expect("gone").0, 1);
}

#[test]
fn more_than_one_batch_holds_is_taken_in_several() {
    // KEPT_AT_ONCE, APPLIED_RECORDS, APPLIED_BYTES, KEPT_AT_ONCE_BYTES, COMPARED_AT_ONCE
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    let all = documents(0, APPLIED_RECORDS + 1);
    assert_eq!(desk.keep(&all).expect("kept"), APPLIED_RECORDS + 1);
    let mut steps = Vec::new();
    desk.apply(&mut |_, done, of| steps.push((done, of))).expect("read");
    let most = APPLIED_RECORDS as u64;
    assert_eq!(steps, [(most, most + 1), (most + 1, most + 1)]);
    let records = |most, bytes| desk.press.after(0, most, bytes).expect("read").len();
    let first = all[0].bytes.len();
    assert_eq!((records(5, APPLIED_BYTES), records(5, first), records(5, first + 1)), (5, 1, 2));
}

#[test]
fn of_a_story_so_many_takes_are_laid_side_by_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    desk.keep(&documents(0, 9)).expect("kept");
    work(&mut desk);
    let story = desk.derived.file.members("n-0", STORY_TAKES).and_then(|m| m.unpack()).expect("read");
    assert!(story.len() > 1);
    let fewer = desk.derived.file.members("n-0", story.len() - 1).and_then(|m| m.unpack()).expect("read");
    assert_eq!(fewer, story[..story.len() - 1]);
}

#[test]
fn old_pages_are_sealed_and_nothing_found_in_them_is_lost() {
    // PAGE_DAYS, PAGES_BYTES
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = open(&folder);
    let mut nothing = page(3);
    nothing.bytes = b"\x00\x01\x02\x03".repeat(40);
    desk.keep(&[page(1), page(2), nothing]).expect("kept");
    assert_eq!(desk.retain(Keep::default()).expect("retained"), 0, "what was not read stays");
    work(&mut desk);
    assert_eq!(desk.retain(Keep::default()).expect("retained"), 0, "they are new");
    let last = desk.press.last_at().expect("read").expect("something came");
    let days = i64::try_from(PAGE_DAYS).expect("few") * 86_400_000_000;
    desk.press.pretend_came_at(1, last - days - 1).expect("aged");
    assert_eq!(desk.retain(Keep::default()).expect("retained"), 1);
    desk.press.pretend_came_at(2, last - days).expect("aged");
    desk.press.pretend_came_at(3, last - days).expect("aged");
    assert_eq!(desk.retain(Keep::default()).expect("retained"), 0, "at its last day a page is still kept");
    desk.press.pretend_came_at(2, last - days - 1).expect("aged");
    desk.press.pretend_came_at(3, last - days - 1).expect("aged");
    desk.keep(&documents(0, 1)).expect("kept");
    work(&mut desk);
    assert_eq!(desk.retain(Keep::default()).expect("retained"), 2);
    desk.close().expect("closed");
    assert_eq!(differences(&folder), [], "sealed pages give what the pages gave");
}

#[test]
fn what_arrives_is_written_down_as_it_is_read() {
    let mut lines = String::new();
    writeln!(
        lines,
        "{}",
        serde_json::json!({"id": "d", "text": "Rain.", "lang": "en", "url": "https://gazette.example/d"})
    )
    .expect("written");
    let document = serde_json::from_str(&lines).expect("a document");
    let kept = arrival(Input { item: Item::Document(document), problems: Vec::new() }).expect("written");
    let record = Record {
        seq: 1,
        at: 0,
        kind: kept.kind,
        key: kept.key,
        bytes: Some(kept.bytes),
        hash: Hash::default(),
        meta: kept.meta,
        sealed: false,
    };
    let (article, annotations) =
        understand(&record, parallax_almanac::almanac(), &mut Default::default()).expect("read");
    assert_eq!((article.id.0.as_str(), article.text.as_str()), ("https://gazette.example/d", "Rain."));
    assert_eq!(annotations.language.as_deref(), Some("en"));
    let article = Item::Article(Box::new(article));
    let again = arrival(Input { item: article, problems: Vec::new() }).expect("written");
    assert_eq!(again.kind, Kind::Article);
}

/// Answers every request after a while with an empty feed; gives its address and the most requests it had at once.
fn slow_press() -> (std::net::SocketAddr, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    use std::io::{Read as _, Write as _};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("an address");
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let told = Arc::clone(&most);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(1_500));
                now.fetch_sub(1, Ordering::SeqCst);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<rss/>");
            });
        }
    });
    (at, told)
}

#[test]
fn so_many_hosts_are_asked_at_once_and_no_more() {
    use crate::limits::FETCHES_AT_ONCE;
    let folder = tempfile::tempdir().expect("a folder");
    let (at, most) = slow_press();
    let hosts: Vec<String> = (0..FETCHES_AT_ONCE + 8).map(|n| format!("h{n}.example")).collect();
    let mut desk = open(&folder);
    let words = hosts.iter().map(|host| crate::store::Subscription {
        url: format!("http://{host}/feed.xml"),
        followed: true,
        ..crate::store::Subscription::default()
    });
    let arrivals: Vec<_> = words.map(|word| word.arrival().expect("written")).collect();
    desk.keep(&arrivals).expect("kept");
    let here = hosts.into_iter().map(|host| (host, at)).collect();
    let fetcher = crate::fetch::Fetcher::new(crate::fetch::Reach { here, ..Default::default() }, None).expect("made");
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let stop = async move {
        let mut visited = 0;
        while visited < FETCHES_AT_ONCE + 8 {
            visited += usize::from(matches!(told.recv().await, Some(Told::Visited(..) | Told::Problem(..))));
        }
    };
    let rules = Rules { pages_a_day: 0, ..Rules::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runs");
    let rules = tokio::sync::watch::channel(rules).1;
    runtime.block_on(run(desk, fetcher, rules, tell, stop)).expect("ends well");
    assert_eq!(most.load(std::sync::atomic::Ordering::SeqCst), FETCHES_AT_ONCE);
}

#[test]
fn a_host_with_many_slow_feeds_holds_up_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let (at, _) = slow_press();
    let mut desk = open(&folder);
    let many = (0..crate::limits::FETCHES_AT_ONCE + 8).map(|n| format!("http://a.example/{n:02}.xml"));
    let words = many.chain(["http://z.example/feed.xml".to_owned()]).map(|url| {
        let word = crate::store::Subscription { url, followed: true, ..crate::store::Subscription::default() };
        word.arrival().expect("written")
    });
    desk.keep(&words.collect::<Vec<_>>()).expect("kept");
    let here = ["a.example", "z.example"].map(|host| (host.to_owned(), at)).into();
    let fetcher = crate::fetch::Fetcher::new(crate::fetch::Reach { here, ..Default::default() }, None).expect("made");
    fetcher.hurry();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let before = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&before);
    let stop = async move {
        loop {
            match told.recv().await {
                Some(Told::Visited(url, ..)) if url.contains("z.example") => break,
                Some(Told::Visited(..)) => drop(counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst)),
                _ => {}
            }
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("runs");
    let rules = tokio::sync::watch::channel(Rules { pages_a_day: 0, ..Rules::default() }).1;
    runtime.block_on(run(desk, fetcher, rules, tell, stop)).expect("ends well");
    let before = before.load(std::sync::atomic::Ordering::SeqCst);
    assert!(before < 8, "{before} feeds of the slow host were visited before the other’s one");
}
