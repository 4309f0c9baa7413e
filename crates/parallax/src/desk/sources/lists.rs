//! Lists of feeds as other readers exchange them (OPML): what such a list names → words to follow it by; what is followed → such a list.

use super::{Source, pick};
use crate::desk::subscription;
use crate::store::Subscription;
use anyhow::Result;
use parallax_core::almanac::{Catalogue, Outlets};
use parallax_core::feed::{Opml, Outline};
use parallax_core::model::Outlet;
use std::fmt::Write as _;

/// The words by which the feeds of a list are followed. What the catalogue knows of a feed goes before what the list says.
pub fn import(list: &Opml, catalogue: &Catalogue) -> Result<Vec<Subscription>> {
    list.outlines.iter().map(|outline| word(outline, catalogue)).collect()
}

fn word(outline: &Outline, catalogue: &Catalogue) -> Result<Subscription> {
    let (title, site) = (outline.title.clone(), outline.site.clone());
    if let Some((outlet, edition)) = catalogue.feed(&outline.url) {
        let word = pick::Pick { outlet, edition, url: &outline.url }.word()?;
        return Ok(Subscription { title, site: site.or(word.site.clone()), ..word });
    }
    // A feed's title is no outlet's name, but the best there is until its pages say.
    let outlet = Outlet { name: title.clone(), domain: None, country: outline.country.clone() };
    let word = subscription(&outline.url, Some(&outlet), true)?;
    Ok(Subscription { title, site, language: outline.language.clone(), ..word })
}

/// Feeds as OPML 2.0: a group a country, each feed with title, site, language and country, where known.
pub fn export(sources: &[Source], outlets: &Outlets) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>Feeds followed by Parallax</title></head>\n<body>\n",
    );
    let mut rest = sources;
    while let Some(first) = rest.first() {
        let of_it = rest.iter().take_while(|source| source.country == first.country).count();
        let (group, after) = rest.split_at(of_it);
        let name = first.country.as_deref().map(|code| {
            outlets.country_of_code(code).and_then(|facts| facts.names.first()).map_or(code, String::as_str)
        });
        let _ = writeln!(text, "<outline text=\"{}\">", escaped(name.unwrap_or("Elsewhere")));
        group.iter().for_each(|source| outline(source, &mut text));
        text.push_str("</outline>\n");
        rest = after;
    }
    text.push_str("</body>\n</opml>\n");
    text
}

fn outline(source: &Source, text: &mut String) {
    let title = source.title.as_ref().or(source.outlet.as_ref()).unwrap_or(&source.url);
    let _ = write!(
        text,
        "  <outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"",
        escaped(title),
        escaped(&source.url)
    );
    let country = source.country.as_ref().map(|code| format!("/country/{code}"));
    for (name, value) in [("htmlUrl", &source.site), ("language", &source.language), ("category", &country)] {
        if let Some(value) = value {
            let _ = write!(text, " {name}=\"{}\"", escaped(value));
        }
    }
    text.push_str("/>\n");
}

/// As it may stand in an attribute. What XML has no room for goes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
