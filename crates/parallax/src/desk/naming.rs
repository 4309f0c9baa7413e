//! An article and where it came from → the name the desk knows it by: its first-seen canonical address, else what it came under.

use parallax_core::model::{Article, ArticleId};

/// The name of an article that came from `fetched` (an address, where it was fetched) under `key` (an address, path or id).
///
/// What a page says of its own address is believed where the page came from there or from a file, not where another site claims it;
/// and a carrier's page, whose address is its original's, keeps its own name.
pub fn id(article: &Article, fetched: Option<&str>, key: &str) -> ArticleId {
    let said = article.url.as_deref().filter(|_| article.carrier.is_none());
    let believed = said.filter(|said| fetched.is_none_or(|fetched| host(fetched) == host(said)));
    ArticleId(believed.or(fetched).map_or_else(|| key.to_owned(), plain))
}

/// Host without `www.`, lower case.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
}

/// Parameters that say how a reader came, not what is read (a list kept by the makers of trackers' own documentation).
const TRACKERS: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "yclid",
    "_openstat",
    "wt_mc",
    "at_medium",
    "at_campaign",
    "cmpid",
    "ocid",
];

/// An address without fragment and tracking parameters.
pub fn plain(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let Some((address, query)) = url.split_once('?') else { return url.to_owned() };
    let tracks = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or("").to_ascii_lowercase();
        !(name.starts_with("utm_") || TRACKERS.contains(&name.as_str()))
    };
    let kept: Vec<&str> = query.split('&').filter(tracks).collect();
    if kept.is_empty() { address.to_owned() } else { format!("{address}?{}", kept.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::model::Carrier;

    fn named(said: Option<&str>, carrier: bool, fetched: Option<&str>) -> String {
        let carrier = carrier.then(Carrier::default);
        let article = Article { url: said.map(str::to_owned), carrier, ..Article::default() };
        id(&article, fetched, "a/path.html").0
    }

    #[test]
    fn an_article_is_named_by_its_own_address() {
        let said = "https://gazette.example/bridge";
        assert_eq!(named(Some(said), false, None), said);
        assert_eq!(named(Some(said), false, Some("https://www.gazette.example/bridge?amp=1")), said);
        assert_eq!(named(None, false, None), "a/path.html");
        assert_eq!(
            named(None, false, Some("https://gazette.example/x?utm_source=feed&id=3&fbclid=9#top")),
            "https://gazette.example/x?id=3"
        );
    }

    #[test]
    fn no_page_takes_the_name_of_anothers() {
        let said = "https://gazette.example/bridge";
        assert_eq!(named(Some(said), false, Some("https://thief.example/copy")), "https://thief.example/copy");
        assert_eq!(named(Some(said), true, None), "a/path.html", "a carrier's copy is an article of its own");
    }
}
