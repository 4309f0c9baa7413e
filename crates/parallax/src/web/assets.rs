//! What pages load: their style, their scripts, the globe; compressed once.

use super::kept::Rendered;
use axum::http::HeaderValue;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The pages' style, a file a noun; a later one may count on those before it.
const STYLE: &str = concat!(
    include_str!("assets/css/ground.css"),
    include_str!("assets/css/masthead.css"),
    include_str!("assets/css/front.css"),
    include_str!("assets/css/heads.css"),
    include_str!("assets/css/story.css"),
    include_str!("assets/css/folded.css"),
    include_str!("assets/css/article.css"),
    include_str!("assets/css/status.css"),
    include_str!("assets/css/globe.css"),
    include_str!("assets/css/missed.css"),
    include_str!("assets/css/outlet.css"),
);
/// The globe and the borders on it, as the build made them of `web/globe`; empty where it could not.
const GLOBE: &str = include_str!(concat!(env!("OUT_DIR"), "/globe.js"));
const BORDERS: &str = include_str!(concat!(env!("OUT_DIR"), "/globe.json"));
/// Is there a globe, or do the flat map and the list stand alone?
pub const HAS_GLOBE: bool = !GLOBE.is_empty() && !BORDERS.is_empty();

const SCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
/// Name, what it is, content.
const ASSETS: [(&str, HeaderValue, &str); 5] = [
    ("desk.css", HeaderValue::from_static("text/css; charset=utf-8"), STYLE),
    ("desk.js", SCRIPT, include_str!("assets/desk.js")),
    ("globe.js", SCRIPT, GLOBE),
    ("globe.json", HeaderValue::from_static("application/json"), BORDERS),
    ("parallax.svg", HeaderValue::from_static("image/svg+xml"), include_str!("assets/parallax.svg")),
];

/// What a page loads by that name.
pub fn asset(name: &str) -> Option<(&'static Rendered, HeaderValue)> {
    static PACKED: LazyLock<BTreeMap<&str, (Rendered, HeaderValue)>> = LazyLock::new(|| {
        let there = ASSETS.into_iter().filter(|(.., content)| !content.is_empty());
        there.filter_map(|(name, sort, content)| Some((name, (Rendered::new(content).ok()?, sort)))).collect()
    });
    PACKED.get(name).map(|(packed, sort)| (packed, sort.clone()))
}
