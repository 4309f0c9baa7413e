//! News sitemaps: golden cases in plain text, and hostile ones.

use parallax_core::feed::{Sitemap, parse_sitemap};
use parallax_core::limits::SITEMAP_ADDRESSES;

/// What was read, a line each.
fn told(bytes: &[u8]) -> Vec<String> {
    let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let Sitemap { listed, leads_to, problems } = match parse_sitemap(bytes) {
        Ok(sitemap) => sitemap,
        Err(problem) => return vec![format!("none {}", problem.message)],
    };
    let mut told = Vec::new();
    for of in &listed {
        told.push(
            [of.url.clone(), or(&of.published), or(&of.changed), or(&of.language), or(&of.title)].join(" | ").clone(),
        );
    }
    told.extend(leads_to.iter().map(|to| format!("to {} | {}", to.url, or(&to.changed))));
    told.extend(problems.iter().map(|problem| format!("problem {}", problem.message)));
    told
}

#[test]
fn golden_sitemaps() {
    let text = include_str!("../golden/sitemap/sitemaps.txt");
    let mut seen = 0;
    for case in text.split("=== ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (document, expected) = rest.split_once("\n---\n").expect("what is expected");
        assert_eq!(told(document.as_bytes()), expected.lines().collect::<Vec<_>>(), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 9);
}

#[test]
fn hostile_sitemaps_are_read_in_the_time_of_their_length_or_say_why_not() {
    assert_eq!(told(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x00\x01\x02"), ["none this is no text"], "packed");
    // In UTF-16, with its mark.
    let text = "<urlset><url><loc>https://alder.example/ä</loc></url></urlset>";
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&wide), ["https://alder.example/ä | - | - | - | -"]);
    // A billion laughs, and a tower.
    let laughs = "<!DOCTYPE o [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><urlset><url><loc>https://alder.example/&b;</loc></url></urlset>";
    assert!(told(laughs.as_bytes())[0].len() < 100);
    let tower = format!("<urlset>{}<loc>https://alder.example/1</loc>", "<url>".repeat(100_000));
    let problems = parse_sitemap(tower.as_bytes()).expect("read").problems;
    assert!(problems.iter().any(|p| p.message.contains("well-formed")), "{problems:?}");
}

#[test]
fn a_sitemap_lists_so_many_addresses_and_no_more() {
    let (page, map) = (("url", "urlset"), ("sitemap", "sitemapindex"));
    for (one, all) in [page, map] {
        let of = |n: usize| {
            let entries = format!("<{one}><loc>https://a.example/</loc></{one}>").repeat(n);
            let read = parse_sitemap(format!("<{all}>{entries}</{all}>").as_bytes()).expect("a sitemap");
            (read.listed.len() + read.leads_to.len(), read.problems.len())
        };
        assert_eq!(of(SITEMAP_ADDRESSES), (SITEMAP_ADDRESSES, 0), "{all}");
        assert_eq!(of(SITEMAP_ADDRESSES + 1), (SITEMAP_ADDRESSES, 1), "{all}");
    }
}
