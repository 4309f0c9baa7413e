//! A request and the press's time → what the sample press answers: a feed, a page, robots.txt, or why not.

use super::markup::encoded;
use super::time::{for_http, from_http};
use super::{Desk, SamplePress, feed, front, sitemap};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use encoding_rs::{Encoding, UTF_8};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::Write;

/// Something that is there: what it says and since when.
struct Found {
    body: Vec<u8>,
    media_type: &'static str,
    encoding: &'static Encoding,
    changed: Timestamp,
}

/// Answers a request at a moment of the press.
pub(super) fn answer(press: &SamplePress, now: Timestamp, request: &Parts) -> Response<Vec<u8>> {
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered here.\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let found = match Place::asked_for(press, request) {
        Place::Outlet { desk, base, path, beneath } => match at_outlet(press, desk, now, &base, path, beneath) {
            Ok(found) => found,
            Err((status, why)) => return plain(status, &why),
        },
        Place::Root => {
            let body = front::outlets(press, now).into_bytes();
            Found { body, media_type: "text/html", encoding: UTF_8, changed: now }
        }
        Place::Nowhere => return plain(StatusCode::NOT_FOUND, "No outlet of the sample press has this address.\n"),
    };
    delivered(found, &request.headers)
}

/// Where a request leads.
enum Place<'a> {
    /// To an outlet: by its domain or, `beneath` the server's own address, by the path's first segment.
    Outlet {
        desk: &'a Desk,
        base: String,
        path: &'a str,
        beneath: bool,
    },
    /// To the server itself.
    Root,
    Nowhere,
}

impl<'a> Place<'a> {
    fn asked_for(press: &'a SamplePress, request: &'a Parts) -> Self {
        let said = request.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let authority = request.uri.authority().map(|a| a.as_str()).or(said).unwrap_or_default();
        let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let path = request.uri.path();
        if let Some(desk) = press.desks.iter().find(|desk| desk.outlet.domain == host) {
            // What the reader came by goes on to lead here.
            let port = port.parse::<u16>().map(|port| format!(":{port}")).unwrap_or_default();
            return Place::Outlet { desk, base: format!("http://{host}{port}"), path, beneath: false };
        }
        let within = path.strip_prefix('/').unwrap_or(path);
        if within.is_empty() {
            return Place::Root;
        }
        let end = within.find('/').unwrap_or(within.len());
        match press.desks.iter().find(|desk| desk.outlet.id == within[..end]) {
            Some(desk) => {
                let base = format!("http://{authority}/{}", desk.outlet.id);
                Place::Outlet { desk, base, path: &within[end..], beneath: true }
            }
            None => Place::Nowhere,
        }
    }
}

/// What an outlet has under a path, or the status and words it refuses with.
fn at_outlet(
    press: &SamplePress,
    desk: &Desk,
    now: Timestamp,
    base: &str,
    path: &str,
    beneath: bool,
) -> Result<Found, (StatusCode, String)> {
    let outlet = &desk.outlet;
    let changed = desk.changed(now).unwrap_or_else(|| press.first_day());
    let html = |text: &str, changed| {
        let body = encoded(text, outlet.encoding);
        Found { body, media_type: "text/html", encoding: outlet.encoding, changed }
    };
    if path.is_empty() || path == "/" {
        let page = front::page(press, desk, now, base);
        let page = page.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}\n")))?;
        return Ok(html(&page, changed));
    }
    if path == outlet.feed.path() {
        let body = feed::feed(desk, now, base, changed);
        return Ok(Found { body, media_type: outlet.feed.media_type(), encoding: outlet.feed_encoding(), changed });
    }
    if path == "/robots.txt" {
        let body = robots(desk, base).into_bytes();
        return Ok(Found { body, media_type: "text/plain", encoding: UTF_8, changed: press.first_day() });
    }
    if let Some(found) = listed(press, desk, now, base, path) {
        return Ok(found);
    }
    let standing = desk.articles.iter().zip(&desk.pages).find(|(article, _)| article.path == path);
    let standing = standing.and_then(|(article, pages)| Some((article, pages, article.standing(now)?)));
    let Some((article, pages, index)) = standing else {
        return Err((StatusCode::NOT_FOUND, "There is nothing at this address.\n".into()));
    };
    if article.is_entry_only() {
        return Err((StatusCode::FORBIDDEN, "This article is for subscribers.\n".into()));
    }
    let changed = article.revisions[index].at.instant();
    let page = &pages[index];
    Ok(if beneath { html(&leading_beneath(page, &outlet.id), changed) } else { html(page, changed) })
}

/// The news sitemap of an outlet that offers one, its index, or one of the notices that stand in it.
fn listed(press: &SamplePress, desk: &Desk, now: Timestamp, base: &str, path: &str) -> Option<Found> {
    let offer = desk.outlet.sitemap?;
    // Nothing happens after the four days.
    let now = now.min(press.last_change());
    let notices = sitemap::notices(desk, press.first_day(), now);
    let changed = notices.last().map(|notice| notice.at).max(desk.changed(now)).unwrap_or_else(|| press.first_day());
    if let Some(notice) = notices.iter().find(|notice| notice.path == path) {
        let (body, encoding) = (encoded(&sitemap::page(desk, notice), desk.outlet.encoding), desk.outlet.encoding);
        return Some(Found { body, media_type: "text/html", encoding, changed: notice.at });
    }
    let body = match path {
        sitemap::SITEMAP => sitemap::sitemap(desk, press.first_day(), now, base),
        sitemap::INDEX if offer == sitemap::Offer::Index => sitemap::index(changed, base),
        _ => return None,
    };
    Some(Found { body: body.into_bytes(), media_type: "application/xml", encoding: UTF_8, changed })
}

/// What the outlet asks of robots (RFC 9309; `Crawl-delay` stands in no standard, but in many such files), and where its news sitemap is.
fn robots(desk: &Desk, base: &str) -> String {
    let delay = desk.outlet.crawl_delay.map(|seconds| format!("Crawl-delay: {seconds}\n")).unwrap_or_default();
    let sitemap = desk.outlet.sitemap.map(|offer| format!("Sitemap: {base}{}\n", offer.path())).unwrap_or_default();
    format!("User-agent: *\nDisallow: {}\n{delay}{sitemap}", desk.outlet.disallow.as_deref().unwrap_or_default())
}

/// A page whose links lead to the outlet beneath the server's own address instead of to the server.
fn leading_beneath(page: &str, id: &str) -> String {
    let links = ["href=\"/", "HREF=\"/", "href=/"];
    links.iter().fold(page.to_owned(), |page, link| page.replace(link, &format!("{link}{id}/")))
}

/// The whole of it, or only that it has not changed (RFC 9110, 13.2.2).
fn delivered(found: Found, asked: &HeaderMap) -> Response<Vec<u8>> {
    let hash: String = Sha256::digest(&found.body)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    // Weak, since it is the same for packed and plain bytes.
    let tag = format!("W/\"{hash}\"");
    let text = |name| asked.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let known = match text(header::IF_NONE_MATCH) {
        Some(tags) => tags.split(',').any(|t| t.trim() == "*" || t.trim().trim_start_matches("W/") == &tag[2..]),
        None => text(header::IF_MODIFIED_SINCE)
            .and_then(from_http)
            .is_some_and(|since| found.changed.as_second() <= since.as_second()),
    };
    let mut response = Response::new(Vec::new());
    let mut say = |name, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(name, value);
        }
    };
    say(header::ETAG, tag);
    say(header::LAST_MODIFIED, for_http(found.changed));
    say(header::VARY, "Accept-Encoding".to_owned());
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    say(header::CONTENT_TYPE, format!("{}; charset={}", found.media_type, found.encoding.name().to_ascii_lowercase()));
    *response.body_mut() = match packed(&found.body).filter(|_| text(header::ACCEPT_ENCODING).is_some_and(takes_gzip)) {
        Some(packed) => {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            packed
        }
        None => found.body,
    };
    response
}

/// Whether `Accept-Encoding` names gzip and does not rule it out.
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = parts.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
        is_gzip && !refused
    })
}

fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::fast());
    packing.write_all(body).ok()?;
    packing.finish().ok()
}

fn plain(status: StatusCode, words: &str) -> Response<Vec<u8>> {
    let mut response = Response::new(words.as_bytes().to_vec());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
