//! Codes, counts and times of a desk → the words a page says them in.

pub use crate::report::{count, plain, series, shown, when};

use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Language codes → their English names (ISO 639, CLDR), and how their writing runs.
const LANGUAGES: &str = include_str!("languages.tsv");

static NAMES: LazyLock<BTreeMap<&str, &str>> =
    LazyLock::new(|| LANGUAGES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect());

/// "Greek" for `el`; the code itself where no name is known.
pub fn language(code: &str) -> String {
    let primary = code.split('-').next().unwrap_or(code);
    NAMES.get(code).or_else(|| NAMES.get(primary)).map_or_else(|| code.to_owned(), |name| (*name).to_owned())
}

/// Every language that has a name here: code and name.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.iter().map(|(code, name)| (*code, *name))
}

/// "Germany" for `DE`; the code itself where no name is known.
pub fn country(code: &str) -> String {
    let known = parallax_almanac::almanac().outlets.country_of_code(code);
    known.and_then(|c| c.names.first()).cloned().unwrap_or_else(|| code.to_owned())
}

/// Minutes since 1970 UTC → "4 Mar 2026, 18:05 UTC".
pub fn minute(minutes: i64) -> String {
    format!("{} UTC", when(&stamp(minutes)))
}

/// Minutes since 1970 UTC → `2026-03-04T18:05:00Z`.
pub fn stamp(minutes: i64) -> String {
    Timestamp::from_second(minutes.saturating_mul(60)).map_or_else(|_| String::new(), |t| t.to_string())
}

/// "12 seconds", "3 minutes", "5 hours", "2 days": in the largest unit that fits.
pub fn age(seconds: i64) -> String {
    let of = |n: i64, one: &str, many: &str| count(usize::try_from(n).unwrap_or(0), one, many);
    match seconds.max(0) {
        s @ 0..=119 => of(s, "second", "seconds"),
        s @ 120..=7_199 => of(s / 60, "minute", "minutes"),
        s @ 7_200..=172_799 => of(s / 3_600, "hour", "hours"),
        s => of(s / 86_400, "day", "days"),
    }
}

/// Kinds of text as people call them.
pub fn kind(word: &str) -> &str {
    match word {
        "live" => "live ticker",
        "results" => "sports results",
        "listing" => "list of links",
        other => other,
    }
}

/// What a shelf is called.
pub fn shelf(word: &str) -> &str {
    match word {
        "news" => "News",
        "opinion" => "Opinion",
        "results" => "Results",
        "weather" => "Weather",
        "markets" => "Markets",
        "live" => "Live tickers",
        "listing" => "Lists",
        other => other,
    }
}

/// What could be read of an article, in a word for a label; nothing where it was read in full.
pub fn access(word: &str) -> Option<&'static str> {
    match word {
        "full" => None,
        "excerpt" => Some("beginning only"),
        "headline" => Some("headline only"),
        "refused" => Some("behind a paywall or refused"),
        _ => Some("a notice, not an article"),
    }
}

/// An address that may be linked to: of the web, without trackers; `None` for any other.
pub fn link(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let is_web = scheme.starts_with("https://") || scheme.starts_with("http://");
    let sound = !url.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let hides = shown(url) != url;
    (is_web && sound && !hides).then(|| crate::desk::plain(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_linked_to_and_without_trackers() {
        assert_eq!(link("https://a.example/x?utm_source=feed&id=7#top").as_deref(), Some("https://a.example/x?id=7"));
        let tracked = "https://a.example/x?fbclid=1&UTM_Medium=a&b=2&gclid=3&mc_eid=4&ocid=5";
        assert_eq!(link(tracked).as_deref(), Some("https://a.example/x?b=2"));
        assert_eq!(link("https://a.example/x?utm_id=1").as_deref(), Some("https://a.example/x"));
        for bad in [
            "javascript:alert(1)",
            "javascript://a.example/%0aalert(1)",
            "java\u{0}script:alert(1)",
            "\u{1}javascript:alert(1)",
            "blob:https://a.example/1",
            "https:a.example",
            "https:/\\a.example",
            "https://a.example/\u{202e}x",
            "https://a.example/\u{2028}x",
            " JaVaScRiPt:alert(1)",
            "data:text/html,<script>1</script>",
            "vbscript:x",
            "//a.example/x",
            "https://a.example/\"onmouseover=x",
            "https://a.example/ x",
            "java\nscript:alert(1)",
            "file:///etc/passwd",
            "",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn codes_have_names_and_keep_themselves_without() {
        assert_eq!((language("el").as_str(), language("zh-Hant").as_str()), ("Greek", "Chinese"));
        assert_eq!((language("qaa").as_str(), country("ZZ").as_str()), ("qaa", "ZZ"));
        assert_eq!(country("DE"), "Germany");
    }

    #[test]
    fn times_and_ages() {
        assert_eq!(minute(29_543_765), "4 Mar 2026, 12:05 UTC");
        assert_eq!((age(1).as_str(), age(150).as_str(), age(7_200).as_str()), ("1 second", "2 minutes", "2 hours"));
        assert_eq!(age(200_000), "2 days");
    }
}
