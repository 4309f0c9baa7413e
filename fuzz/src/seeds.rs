//! What inputs are made of: the golden cases, the sample press, and a few pages and feeds.

use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks end | Alder Post</title>
<meta property="og:title" content="Talks end"><meta property="article:published_time" content="2025-12-02T23:05:00+01:00">
<link rel="canonical" href="https://alder.example/1"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks end",
"author":[{"name":"Ada Venn"}],"datePublished":"2025-12-02"}</script></head><body><nav><a href="/">Home</a></nav><article><h1>Talks end</h1>
<p class="byline">By Ada Venn</p><p>“It was useful,” Mr. Tarn said on Tuesday, after nearly five hours of talks in Varna.</p><ul><li>One</li></ul>
<table><tr><td>5</td></tr></table><p>At least 12 people were killed, officials said.</p></article><footer>Sign up</footer></body></html>"#;

const FEEDS: &[&str] = &[
    r#"<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Alder &amp; Post</title><link>https://a.example/</link><item><title>One &a; &nbsp;</title><guid>1</guid>
<description><![CDATA[<p onclick="x()">Short</p>]]></description><dc:creator>Ada Venn</dc:creator><pubDate>Tue, 02 Dec 2025 23:05:00 +0100</pubDate>
<enclosure url="1.mp3" type="audio/mpeg" length="5"/></item></channel></rss>"#,
    r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/n/"><title type="html">A &lt;b&gt;B&lt;/b&gt;</title><entry>
<id>urn:1</id><link href="../1"/><updated>2025-12-02T22:05:00Z</updated><content type="xhtml"><div><p>Long</p></div></content></entry></feed>"#,
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"A","items":[{"id":"1","url":"https://a.example/1","content_html":"<p>x</p>",
"date_published":"2025-12-02T23:05:00+01:00","authors":[{"name":"Ada Venn"}]}]}"#,
];

const SITEMAPS: &[&str] = &[
    r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://a.example/1?a=1&amp;b=2</loc><lastmod>2025-12-02</lastmod><news:news><news:publication><news:name>A</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2025-12-02T23:05:00+01:00</news:publication_date>
<news:title>One &nbsp;</news:title></news:news></url></urlset>"#,
    r#"<sitemapindex><sitemap><loc>https://a.example/news.xml.gz</loc><lastmod>2025-12-02T22:05:00Z</lastmod></sitemap></sitemapindex>"#,
];

const TEXTS: &[&str] = &[
    "“We could agree on some things,” Mr. Tarn said on Tuesday. “Other things provoked criticism.” At least 70 people were killed, \
according to Gov. Lena Haas, who met President Oskar B. Velmar for nearly five hours on Dec. 2, 2025. They will meet again two days later.\n\
The plan was cut from 28 points to 19. Mrs. Haas's office declined to comment. The U.N. Security Council meets at 5 p.m. Friday.",
    "«Мы готовы», — заявил министр Орлов 2 декабря. Погибли не менее 12 человек, 3,5 млн руб. потеряно.",
    "قال الوزير «نحن مستعدون» يوم الثلاثاء. قُتل 12 شخصا على الأقل.",
    "部长星期二表示：“我们准备好了。”至少12人死亡，损失3.5亿元。",
    "„Wir sind bereit“, sagte Dr. Feld am 3. Dezember. Rund 3,5 Mio. Euro, mehr als 2024.",
];

/// The seeds of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = match target {
        "page" | "encoding" => vec![PAGE.into()],
        "feed" => FEEDS.iter().map(|feed| feed.as_bytes().to_vec()).collect(),
        "sitemap" => SITEMAPS.iter().map(|sitemap| sitemap.as_bytes().to_vec()).collect(),
        "document" => TEXTS
            .iter()
            .map(|text| serde_json::json!({"id": "a", "text": text, "date": "2025-12-02"}).to_string().into())
            .collect(),
        _ => TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect(),
    };
    if matches!(target, "page" | "feed" | "sitemap" | "document") {
        return seeds;
    }
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    for folder in ["crates/parallax-core/tests/golden", "crates/parallax/samples"] {
        gather(&root.join(folder), &mut seeds);
    }
    seeds
}

/// All files beneath, in the order of their names.
fn gather(folder: &Path, seeds: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, seeds);
        } else if let Ok(bytes) = fs::read(&path) {
            seeds.push(bytes);
        }
    }
}
