//! A report → how an outlet shows it: a page with its furniture, an entry of a feed.

use super::Report;
use super::dice::Dice;
use super::tongue::Tongue;
use std::fmt::Write as _;

/// Links before and after the article: a page of a newspaper has about so many.
const LINKS: usize = 60;

/// The report's page.
#[must_use]
pub fn page(report: &Report, tongue: &Tongue) -> String {
    let mut dice = Dice::of(0, &report.url, 0);
    let link = |dice: &mut Dice| {
        let words: Vec<&str> = (0..1 + dice.below(6)).map(|_| tongue.words[dice.rank(10)].as_str()).collect();
        format!("<li><a href=\"https://{}/{}\">{}</a></li>\n", report.host, dice.below(9_999), words.join(tongue.space))
    };
    let links = |count: usize, dice: &mut Dice| (0..count).map(|_| link(dice)).collect::<String>();
    let body: String = report.text.paragraphs.iter().fold(String::new(), |mut body, paragraph| {
        let _ = writeln!(body, "<p>{}</p>", escaped(paragraph));
        body
    });
    let (title, outlet, when) = (escaped(&report.text.title), escaped(&report.outlet), report.when());
    let (before, after) = (links(LINKS / 2, &mut dice), links(LINKS / 2, &mut dice));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title} | {outlet}</title>\n\
         <link rel=\"canonical\" href=\"{url}\"><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:site_name\" content=\"{outlet}\"><meta property=\"og:type\" content=\"article\">\
         <meta property=\"article:published_time\" content=\"{when}\">\n<script>window.settings = {{\"ads\": true, \"id\": {number}}};</script>\
         <style>body {{ margin: 0 }} nav li {{ display: inline }}</style></head>\n<body><header><nav><ul>\n{before}</ul></nav></header>\n\
         <main><article><h1>{title}</h1><p class=\"meta\"><time datetime=\"{when}\">{when}</time></p>\n{body}</article>\n\
         <aside><ul>\n{after}</ul></aside></main><footer><p>© 2026 {outlet}</p></footer></body></html>\n",
        lang = tongue.code,
        url = report.url,
        number = report.happening,
    )
}

/// A feed with these reports as its entries (RSS 2.0).
#[must_use]
pub fn feed(reports: &[Report]) -> String {
    let mut feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>News</title>\n".to_owned();
    for report in reports {
        let summary = report.text.paragraphs.first().map(|p| escaped(p)).unwrap_or_default();
        let (title, url, when) = (escaped(&report.text.title), &report.url, report.when());
        let _ = writeln!(
            feed,
            "<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{when}</pubDate><description>{summary}</description></item>"
        );
    }
    feed + "</channel></rss>\n"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
