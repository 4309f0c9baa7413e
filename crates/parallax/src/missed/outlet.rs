//! One outlet's articles and feeds → how much of its output this desk saw: judged as a press of its own.

use super::Counted;
use super::gather::gather_outlet;
use super::words::{minute, number, percent};
use crate::rank::WINDOW_MINUTES;
use crate::store::{Home, Listing, Reader};
use anyhow::Result;
use parallax_core::missed::{LISTED_TO_SPEAK, SEEN_TO_SPEAK, Standing, Uncounted, judge};
use serde_json::{Value, json};

/// How much of an outlet's output was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Of the four days before the desk's newest report.
    pub standing: Standing,
    /// The desk's newest report, in minutes since 1970 UTC.
    pub now: i64,
    /// How many of its feeds are followed.
    pub feeds: usize,
    /// Has one of them answered, so that it is known when it was read?
    pub is_read: bool,
    /// How its news sitemaps fare, where they were looked for.
    pub listing: Option<Listing>,
    /// What was counted of them.
    pub counted: Option<Counted>,
}

impl Seen {
    /// Judges an outlet with these feeds.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn of(reader: &Reader, home: &Home, outlet: &str, feeds: &[String]) -> Result<Self> {
        let now = reader.newest()?.unwrap_or(0);
        let alone = gather_outlet(reader, home, outlet, feeds, (now - WINDOW_MINUTES, now))?;
        let standing = judge(&alone.desk, parallax_almanac::world()).pop().map(|found| found.standing);
        Ok(Seen {
            standing: standing.unwrap_or_default(),
            now,
            feeds: feeds.len(),
            is_read: alone.is_read,
            listing: alone.listing,
            counted: alone.counted,
        })
    }

    /// The share, in thousandths; `None` where that cannot be told.
    #[must_use]
    pub fn share(&self) -> Option<u32> {
        (self.is_read && self.standing.seen >= SEEN_TO_SPEAK).then_some(self.standing.seen)
    }

    /// In a word.
    #[must_use]
    pub fn word(&self) -> String {
        self.share().map_or_else(|| "We can’t tell".to_owned(), percent)
    }

    /// What that rests on, in sentences.
    #[must_use]
    pub fn why(&self) -> String {
        let carried = self.carried();
        let by_what = match self.standing.known {
            0 => "by the time in which its feeds could be read and the texts behind what they told",
            _ => {
                "by the time in which its feeds could be read, what share of its output they carry, and the texts behind what they told"
            }
        };
        match (self.feeds, self.is_read, self.share()) {
            (0, ..) => "None of its feeds is followed here: what this desk has of it was brought, and of how much is not known.".to_owned(),
            (_, false, _) => "None of its feeds has answered this desk so far.".to_owned(),
            (.., None) => format!(
                "Of these four days’ output this desk saw {}, {by_what}. Below {} we say of nothing that it left it out. {carried}",
                percent(self.standing.seen),
                percent(SEEN_TO_SPEAK)
            ),
            (.., Some(_)) => format!("Of the four days before the desk’s newest report, {by_what}. {carried}"),
        }
    }

    /// What share of its output its feeds carry, by its news sitemap; or why that is not known.
    #[must_use]
    pub fn carried(&self) -> String {
        let unknown = "what share of its output its feeds carry is not known";
        let Some(listing) = &self.listing else {
            return format!("Its news sitemap was not looked for yet: {unknown}.");
        };
        let said = listing.said.as_deref().unwrap_or_default();
        let Some(Counted { listing: of, span }) = &self.counted else {
            return match (listing.answered, listing.tried, listing.failures) {
                (_, None, _) => format!("Its news sitemap was not looked for yet: {unknown}."),
                (_, _, 1..) => format!("Its news sitemap could not be read ({said}): {unknown}."),
                (None, ..) => format!("Its site’s robots.txt offers no news sitemap: {unknown}."),
                _ => format!(
                    "Its news sitemap lists nothing so far of the time in which its feeds were read: {unknown}."
                ),
            };
        };
        let since = format!("published from {} to {}, while its feeds were read", minute(span.0), minute(span.1));
        let listed = format!(
            "Its news sitemap listed {} {since}, of which its feeds showed {}",
            number(of.listed, "article", "articles"),
            of.shown
        );
        let last = match listing.failures {
            0 => String::new(),
            _ => format!(" It could not be read of late ({said})."),
        };
        let told = match of.carried() {
            Ok(share) => format!("{listed}: {}.", percent(share)),
            Err(Uncounted::Few) => format!("{listed}: of fewer than {LISTED_TO_SPEAK} no share is said."),
            Err(Uncounted::Others) => format!(
                "{listed}, though these brought {} of that time: they name articles differently, or are of different editions, and {unknown}.",
                of.brought
            ),
        };
        told + &last
    }

    /// How its news sitemaps fare and what was counted, for programs.
    fn sitemap_as_json(&self) -> Value {
        let counted = self.counted.map(|Counted { listing: of, span }| {
            json!({
                "listed": of.listed, "shown": of.shown, "brought": of.brought, "from": span.0, "to": span.1,
                "share": of.carried().ok().map(super::share), "no_share": of.carried().err().map(Uncounted::word),
            })
        });
        json!({"state": self.listing, "counted": counted, "why": self.carried()})
    }

    /// For programs.
    #[must_use]
    pub fn as_json(&self) -> Value {
        json!({
            "share": self.share().map(super::share), "measured": self.is_read.then(|| super::share(self.standing.seen)),
            "least_to_tell": super::share(SEEN_TO_SPEAK), "since": self.standing.since, "as_of": self.now,
            "carried_known": self.standing.known > 0, "news_sitemap": self.sitemap_as_json(), "why": self.why(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(feeds: usize, is_read: bool, seen: u32) -> Seen {
        let standing = Standing { seen, ..Standing::default() };
        Seen { standing, now: 0, feeds, is_read, listing: None, counted: None }
    }

    #[test]
    fn what_its_feeds_carry_is_said_by_its_news_sitemap_or_why_it_is_not() {
        let known = Standing { seen: 900, known: 1, ..Standing::default() };
        let of = |listing: Option<Listing>, counted: Option<(u32, u32, u32)>| Seen {
            counted: counted.map(|(listed, shown, brought)| Counted {
                listing: parallax_core::missed::Listing { listed, shown, brought },
                span: (29_543_765, 29_546_645),
            }),
            standing: known.clone(),
            listing,
            ..seen(1, true, 900)
        };
        let state = |tried, answered, failures, said: &str| {
            let said = Some(said.to_owned()).filter(|said| !said.is_empty());
            Some(Listing { tried, answered, failures, said, ..Listing::default() })
        };
        let well = || state(Some(9), Some(9), 0, "");
        assert_eq!(
            of(well(), Some((214, 96, 100))).why(),
            "Of the four days before the desk’s newest report, by the time in which its feeds could be read, what share of its output they \
             carry, and the texts behind what they told. Its news sitemap listed 214 articles published from 4 Mar 2026, 12:05 UTC to \
             6 Mar 2026, 12:05 UTC, while its feeds were read, of which its feeds showed 96: 45 %."
        );
        for (listing, counted, told) in [
            (None, None, "was not looked for yet"),
            (state(None, None, 0, ""), None, "was not looked for yet"),
            (
                state(Some(9), None, 0, "its robots.txt offers no news sitemap"),
                None,
                "robots.txt offers no news sitemap: what",
            ),
            (state(Some(9), None, 2, "no answer"), None, "could not be read (no answer)"),
            (well(), None, "lists nothing so far"),
            (well(), Some((12, 5, 5)), "listed 12 articles published"),
            (well(), Some((12, 5, 5)), "showed 5: of fewer than 30 no share is said."),
            (well(), Some((90, 0, 40)), "though these brought 40 of that time"),
            (
                state(Some(9), Some(1), 3, "404"),
                Some((40, 40, 40)),
                "showed 40: 100 %. It could not be read of late (404).",
            ),
        ] {
            let seen = of(listing, counted);
            assert!(seen.carried().contains(told), "{}", seen.carried());
            assert_eq!(seen.as_json()["news_sitemap"]["why"], seen.carried());
        }
        let counted = &of(well(), Some((214, 96, 100))).as_json()["news_sitemap"]["counted"];
        assert_eq!(
            (&counted["listed"], &counted["shown"], &counted["share"]),
            (&json!(214), &json!(96), &json!(0.448))
        );
    }

    #[test]
    fn below_the_stated_share_it_cannot_be_told() {
        assert_eq!(seen(1, true, SEEN_TO_SPEAK).word(), "50 %");
        let less = seen(1, true, SEEN_TO_SPEAK - 1);
        assert_eq!((less.word().as_str(), less.share()), ("We can’t tell", None));
        assert!(less.why().contains("saw 50 %") && less.why().contains("Below 50 % we say"), "{}", less.why());
        assert!(seen(1, true, 900).why().contains("is not known"), "what its feeds carry");
    }

    #[test]
    fn of_what_was_brought_or_never_answered_nothing_is_told() {
        for (of, why) in [(seen(0, false, 1_000), "was brought"), (seen(2, false, 1_000), "has answered")] {
            assert_eq!(of.word(), "We can’t tell");
            assert!(of.why().contains(why), "{}", of.why());
            assert_eq!(of.as_json()["share"], Value::Null);
        }
    }
}
