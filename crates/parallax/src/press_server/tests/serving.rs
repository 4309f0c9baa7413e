//! What a request gets: by the hour, the host, the path and what the reader has already.

use super::{PRESS, asked, at, got, header, revisions};
use crate::press_server::answer::answer;
use crate::press_server::{Desk, article, feed as feeds, outlet};
use axum::http::{Method, Request};
use flate2::read::GzDecoder;
use parallax_core::feed;
use std::io::Read;
use std::time::Duration;

#[test]
fn an_article_is_there_from_its_hour_on_and_changes_at_its_revisions() {
    for (desk, article, revision) in revisions().filter(|(_, article, _)| !article.is_entry_only()) {
        let domain = &desk.outlet.domain;
        let since = revision.at.instant();
        let before = asked(since - Duration::from_secs(1), domain, article.path, &[]);
        let after = asked(since, domain, article.path, &[]);
        assert_eq!(after.status(), 200, "{domain}{}", article.path);
        let is_first = std::ptr::eq(revision, &article.revisions[0]);
        assert_eq!(before.status(), if is_first { 404 } else { 200 }, "{domain}{}", article.path);
        assert_ne!(before.body(), after.body(), "{domain}{}", article.path);
        let place = desk.outlet.feed.path();
        let feed_of = |now| feed::parse(asked(now, domain, place, &[]).body()).expect("a feed");
        let address = format!("http://{domain}{}", article.path);
        let listed = |now| feed_of(now).entries.iter().any(|entry| entry.url.as_deref() == Some(&address));
        assert_eq!((listed(since - Duration::from_secs(1)), listed(since)), (!is_first, true), "{address}");
    }
}

#[test]
fn a_page_that_is_entry_only_is_refused() {
    let refused: Vec<_> = revisions().filter(|(_, article, _)| article.is_entry_only()).collect();
    assert!(!refused.is_empty());
    for (desk, article, _) in refused {
        assert_eq!(got(PRESS.last_change(), &desk.outlet.domain, article.path).0, 403, "{}", article.path);
        let (_, feed) = got(PRESS.last_change(), &desk.outlet.domain, desk.outlet.feed.path());
        assert!(feed.contains(article.path), "its entry is in the feed");
    }
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let now = at("2026-03-04T12:00:00Z");
    let host = "rheinblick.example";
    for path in ["/", "/atom.xml", "/robots.txt"] {
        let first = asked(now, host, path, &[]);
        assert_eq!(first.status(), 200, "{path}");
        let (tag, since) = (header(&first, "etag").to_owned(), header(&first, "last-modified").to_owned());
        for known in [[("if-none-match", tag.as_str())], [("if-modified-since", since.as_str())]] {
            let again = asked(now, host, path, &known);
            assert_eq!((again.status().as_u16(), again.body().len()), (304, 0), "{path} {known:?}");
            assert_eq!(header(&again, "etag"), tag);
        }
        let other = asked(now, host, path, &[("if-none-match", "\"other\""), ("if-modified-since", &since)]);
        assert_eq!(other.status(), 200, "the tag outweighs the date");
    }
    let feed = asked(now, host, "/atom.xml", &[]);
    let known = [("if-none-match", header(&feed, "etag")), ("if-modified-since", header(&feed, "last-modified"))];
    assert_eq!(asked(PRESS.last_change(), host, "/atom.xml", &known).status(), 200, "there is news");
    assert_eq!(asked(PRESS.last_change(), host, "/atom.xml", &known[1..]).status(), 200);
}

#[test]
fn gzip_goes_to_those_who_take_it() {
    let now = PRESS.last_change();
    let plain = asked(now, "al-marsad.example", "/feed.xml", &[("accept-encoding", "br, gzip;q=0")]);
    assert_eq!(header(&plain, "content-encoding"), "");
    let packed = asked(now, "al-marsad.example", "/feed.xml", &[("accept-encoding", "gzip, br;q=0.5")]);
    assert_eq!(header(&packed, "content-encoding"), "gzip");
    assert!(packed.body().len() < plain.body().len());
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed.body()[..]).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(&unpacked, plain.body());
}

#[test]
fn hosts_and_paths_lead_to_their_outlets() {
    let now = PRESS.last_change();
    for desk in &PRESS.desks {
        let outlet = &desk.outlet;
        let (status, front) = got(now, &outlet.domain, "/");
        let feed = format!("href=\"http://{}{}\"", outlet.domain, outlet.feed.path());
        assert!(status == 200 && front.contains("rel=\"alternate\"") && front.contains(&feed), "{front}");
        let (status, front) = got(now, "127.0.0.1:8080", &format!("/{}/", outlet.id));
        let feed = format!("href=\"http://127.0.0.1:8080/{}{}\"", outlet.id, outlet.feed.path());
        assert!(status == 200 && front.contains(&feed), "{front}");
        let feed = asked(now, "127.0.0.1:8080", &format!("/{}{}", outlet.id, outlet.feed.path()), &[]);
        let read = feed::parse(feed.body()).expect("a feed");
        let address = read.entries.iter().filter_map(|entry| entry.url.as_deref());
        for address in address.map(|url| url.strip_prefix("http://127.0.0.1:8080").expect("it leads here")) {
            assert!(matches!(got(now, "127.0.0.1:8080", address).0, 200 | 403), "{address}");
        }
    }
    let (_, feed) = got(now, "Rheinblick.example.:8080", "/atom.xml");
    assert!(feed.contains("<link href=\"http://rheinblick.example:8080/"), "the port is kept: {feed}");
    let (status, root) = got(now, "127.0.0.1:8080", "/");
    assert!(status == 200 && root.contains("href=\"/rheinblick/atom.xml\""), "{root}");
    for (host, path) in [("127.0.0.1", "/nobody/feed.xml"), ("rheinblick.example", "/nothing"), ("", "/feed.xml")] {
        assert_eq!(got(now, host, path).0, 404, "{host}{path}");
    }
    let (mut request, ()) = Request::builder().uri("/atom.xml").body(()).unwrap().into_parts();
    request.method = Method::POST;
    assert_eq!(answer(&PRESS, now, &request).status(), 405);
}

#[test]
fn links_of_a_page_beneath_the_server_lead_on() {
    let now = PRESS.last_change();
    let (desk, article, _) = revisions().filter(|(_, a, _)| !a.is_entry_only()).last().expect("there are articles");
    let (_, page) = got(now, "127.0.0.1:8080", &format!("/{}{}", desk.outlet.id, article.path));
    let inside = page.to_lowercase();
    let links: Vec<_> = inside.split("href=\"/").skip(1).chain(inside.split("href=/").skip(1)).collect();
    assert!(!links.is_empty() && links.iter().all(|link| link.starts_with(&desk.outlet.id)), "{page}");
}

#[test]
fn robots_are_let_in_but_one_outlet_asks_for_more() {
    let of = |domain: &str| got(PRESS.first_day(), domain, "/robots.txt").1;
    assert_eq!(of("rheinblick.example"), "User-agent: *\nDisallow: \n");
    let asks: Vec<_> = PRESS.desks.iter().filter(|desk| of(&desk.outlet.domain).contains("Crawl-delay: ")).collect();
    assert_eq!(asks.len(), 1);
    let disallowed = asks[0].outlet.disallow.as_deref().expect("a path");
    assert!(of(&asks[0].outlet.domain).contains(&format!("Disallow: {disallowed}\n")) && disallowed.len() > 1);
}

#[test]
fn a_news_sitemap_lists_two_days_and_more_than_the_feed_carries() {
    let now = at("2026-03-05T12:00:00Z");
    let host = "northern-wire.example";
    assert!(
        got(now, host, "/robots.txt").1.ends_with("\nSitemap: http://northern-wire.example/news-sitemap-index.xml\n")
    );
    let index = feed::parse_sitemap(asked(now, host, "/news-sitemap-index.xml", &[]).body()).expect("an index");
    let leads_to: Vec<_> = index.leads_to.iter().map(|to| to.url.as_str()).collect();
    assert_eq!(leads_to, ["http://northern-wire.example/news-sitemap.xml"]);
    let read = feed::parse_sitemap(asked(now, host, "/news-sitemap.xml", &[]).body()).expect("a sitemap");
    assert!(read.problems.is_empty() && read.listed.iter().all(|of| of.language.as_deref() == Some("en")));
    let published: Vec<_> = read.listed.iter().filter_map(|of| of.published.as_deref()).collect();
    assert!(published.iter().all(|time| ("2026-03-03T12:00:00+00:00"..="2026-03-05T12:00:00+00:00").contains(time)));
    let notices = read.listed.iter().filter(|of| of.url.contains("/notices/")).count();
    let own = PRESS.desks.iter().find(|desk| desk.outlet.domain == host).expect("it is there");
    let since = at("2026-03-03T12:00:00Z");
    let articles = own.standing(now).filter(|(article, _)| article.published().instant() >= since).count();
    assert_eq!((notices, read.listed.len()), (49, 49 + articles));
    for of in read.listed {
        let path = of.url.strip_prefix("http://northern-wire.example").expect("its own");
        assert_eq!(got(now, host, path).0, 200, "{path}");
    }
    assert_eq!(got(now, host, "/notices/2026-03-05-13").0, 404, "not yet");
    let long_after = got(PRESS.last_change() + Duration::from_secs(86_400 * 9), host, "/news-sitemap.xml").1;
    assert_eq!(
        long_after,
        got(PRESS.last_change(), host, "/news-sitemap.xml").1,
        "nothing happens after the four days"
    );
    let meridian = "the-meridian.example";
    assert!(got(now, meridian, "/robots.txt").1.contains("Sitemap: http://the-meridian.example/news-sitemap.xml"));
    assert_eq!(
        (got(now, meridian, "/news-sitemap.xml").0, got(now, meridian, "/news-sitemap-index.xml").0),
        (200, 404)
    );
    assert_eq!(got(now, "rheinblick.example", "/news-sitemap.xml").0, 404, "it has none");
    let beneath = got(now, "127.0.0.1:8080", "/the-meridian/robots.txt").1;
    assert!(beneath.contains("Sitemap: http://127.0.0.1:8080/the-meridian/news-sitemap.xml"), "{beneath}");
}

#[test]
fn a_feed_holds_the_newest_twenty() {
    let article = |minute: u32| {
        let published = format!("2026-03-02T01:{minute:02}:00+01:00");
        let gold = "gold-story: alone\ngold-kind: report\ngold-access: full";
        format!("=== /{minute}\npublished: {published}\nsection: S\ntitle: T\nsummary: U\n{gold}\n\nText.\n\n")
    };
    let text: &'static str = Box::leak((1..=21).map(article).collect::<String>().into_boxed_str());
    let files = "[[outlet]]\nid = \"a\"\nname = \"A\"\ncountry = \"GB\"\nlanguage = \"en\"\ndomain = \"a.example\"\n\
                 feed = \"json\"\nencoding = \"utf-8\"\ntemplate = \"og.html\"\n";
    let outlet = outlet::outlets("outlets.toml", files).expect("it is right").remove(0);
    let articles = article::articles("articles/a.txt", text).expect("they are right");
    let desk = Desk { outlet, articles, pages: Vec::new() };
    let noon = at("2026-03-02T12:00:00Z");
    let read = feed::parse(&feeds::feed(&desk, noon, "http://a.example", noon)).expect("a feed");
    let addresses: Vec<_> = read.entries.iter().filter_map(|entry| entry.url.as_deref()).collect();
    assert_eq!((addresses.len(), addresses[0], addresses[19]), (20, "http://a.example/21", "http://a.example/2"));
}
