//! An outlet at a moment → its front page, which leads to its feed; and the page that leads to every outlet.

use super::markup::escaped;
use super::{Desk, SamplePress, of_language};
use anyhow::Result;
use jiff::Timestamp;
use std::fmt::Write;

/// What a front page shows: the newest.
const SHOWN: usize = 12;

/// The outlet's front page as it stands then; `base` is the address its paths begin with.
pub(super) fn page(press: &SamplePress, desk: &Desk, now: Timestamp, base: &str) -> Result<String> {
    let outlet = &desk.outlet;
    let words = of_language(&press.words, outlet)?;
    let item = |(article, revision): (&super::Article, &super::Revision)| {
        let address = escaped(&format!("{base}{}", article.path));
        format!("<li><a href=\"{address}\">{}</a></li>\n", escaped(revision.title))
    };
    press.front.fill(|name| {
        Some(match name {
            "outlet" => escaped(&outlet.name),
            "language" => escaped(&outlet.language),
            "dir" => outlet.direction().to_owned(),
            "charset" => outlet.charset(),
            "feed" => escaped(&format!("{base}{}", outlet.feed.path())),
            "feed_type" => outlet.feed.media_type().to_owned(),
            "latest" => desk.standing(now).rev().take(SHOWN).map(item).collect(),
            _ => escaped(words.others.get(name.strip_prefix("w.")?)?),
        })
    })
}

/// For a person who opens the server's own address: the outlets, each with its front page and its feed.
pub(super) fn outlets(press: &SamplePress, now: Timestamp) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Sample press of Parallax</title>\n\
         <h1>Sample press of Parallax</h1>\n<p>Outlets, people, places and events are invented. It is {} there.</p>\n<ul>\n",
        now.strftime("%A %-d %B %Y, %H:%M UTC"),
    );
    for Desk { outlet, .. } in &press.desks {
        let (id, name) = (escaped(&outlet.id), escaped(&outlet.name));
        let about = escaped(&format!("{}, {}", outlet.country, outlet.language));
        let feed = outlet.feed.path();
        let _ = writeln!(page, "<li><a href=\"/{id}/\">{name}</a> ({about}) <a href=\"/{id}{feed}\">feed</a></li>");
    }
    page + "</ul>\n</html>\n"
}
