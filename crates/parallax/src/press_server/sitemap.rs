//! An outlet at a moment → the news sitemap that its robots.txt names, and the notices that stand in it and not in the feed.

use super::Desk;
use super::markup::escaped;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// Where an outlet has its news sitemap, and the index that leads to it where there is one.
pub(super) const SITEMAP: &str = "/news-sitemap.xml";
pub(super) const INDEX: &str = "/news-sitemap-index.xml";
/// It lists what was published in two days, as Google asks for.
const LISTED: SignedDuration = SignedDuration::from_hours(48);
const ABOUT: &str = "Sample press of Parallax: outlet, people, places and events are invented.";

/// How an outlet offers its news sitemap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Offer {
    /// By itself.
    Plain,
    /// By an index of one.
    Index,
}

impl Offer {
    /// What robots.txt names.
    pub(super) fn path(self) -> &'static str {
        match self {
            Offer::Plain => SITEMAP,
            Offer::Index => INDEX,
        }
    }
}

/// One of the short notices that an outlet puts out by the hour.
pub(super) struct Notice {
    pub(super) at: Timestamp,
    pub(super) path: String,
    pub(super) title: String,
}

/// The notices of a desk by then, from the day's beginning on, oldest first.
pub(super) fn notices(desk: &Desk, first: Timestamp, now: Timestamp) -> Vec<Notice> {
    let Some(hours) = desk.outlet.notices.filter(|hours| *hours > 0) else { return Vec::new() };
    let each = SignedDuration::from_hours(i64::from(hours));
    let times = std::iter::successors(Some(first), |at| at.checked_add(each).ok()).take_while(|at| *at <= now);
    let notice = |at: Timestamp| Notice {
        at,
        path: at.strftime("/notices/%Y-%m-%d-%H").to_string(),
        title: at.strftime("Notice to readers, %-d %B, %H:00 UTC").to_string(),
    };
    times.map(notice).collect()
}

/// A notice as a page.
pub(super) fn page(desk: &Desk, notice: &Notice) -> String {
    let (name, title) = (escaped(&desk.outlet.name), escaped(&notice.title));
    format!(
        "<!doctype html>\n<!-- {ABOUT} -->\n<html lang=\"{}\">\n<meta charset=\"{}\">\n<title>{title}</title>\n<h1>{title}</h1>\n\
         <p>{name}: nothing to report.</p>\n<footer>{ABOUT}</footer>\n</html>\n",
        escaped(&desk.outlet.language),
        desk.outlet.charset(),
    )
}

/// The sitemap as it stands then; `base` is the address its paths begin with.
pub(super) fn sitemap(desk: &Desk, first: Timestamp, now: Timestamp, base: &str) -> String {
    let since = now.checked_sub(LISTED).unwrap_or(Timestamp::MIN);
    let articles = desk
        .standing(now)
        .map(|(article, revision)| (article.published().instant(), article.path.to_owned(), revision.title.to_owned()));
    let notices = notices(desk, first, now).into_iter().map(|notice| (notice.at, notice.path, notice.title));
    let mut all: Vec<_> = articles.chain(notices).filter(|(at, ..)| *at >= since).collect();
    all.sort_by(|a, b| b.cmp(a));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- {ABOUT} -->\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n"
    );
    let (name, language) = (escaped(&desk.outlet.name), escaped(desk.outlet.primary_language()));
    for (at, path, title) in all {
        out += &format!(
            "<url><loc>{}</loc><news:news><news:publication><news:name>{name}</news:name><news:language>{language}</news:language>\
             </news:publication><news:publication_date>{at}</news:publication_date><news:title>{}</news:title></news:news></url>\n",
            escaped(&format!("{base}{path}")),
            escaped(&title),
        );
    }
    out + "</urlset>\n"
}

/// The index that leads to it, last changed then.
pub(super) fn index(changed: Timestamp, base: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- {ABOUT} -->\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <sitemap><loc>{}</loc><lastmod>{changed}</lastmod></sitemap>\n</sitemapindex>\n",
        escaped(&format!("{base}{SITEMAP}")),
    )
}
