//! One outlet's articles and feeds → how much of its output this desk saw: judged as a press of its own.

use super::gather::gather_outlet;
use super::words::percent;
use crate::rank::WINDOW_MINUTES;
use crate::store::{Home, Reader};
use anyhow::Result;
use parallax_core::missed::{SEEN_TO_SPEAK, Standing, judge};
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
}

impl Seen {
    /// Judges an outlet with these feeds.
    ///
    /// # Errors
    /// The desk cannot be read.
    pub fn of(reader: &Reader, home: &Home, outlet: &str, feeds: &[String]) -> Result<Self> {
        let now = reader.newest()?.unwrap_or(0);
        let (desk, is_read) = gather_outlet(reader, home, outlet, feeds, (now - WINDOW_MINUTES, now))?;
        let standing = judge(&desk, parallax_almanac::world()).pop().map(|found| found.standing);
        Ok(Seen { standing: standing.unwrap_or_default(), now, feeds: feeds.len(), is_read })
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
        let known = match self.standing.known {
            0 => " What share of its output its feeds carry at all is not known.",
            _ => "",
        };
        match (self.feeds, self.is_read, self.share()) {
            (0, ..) => "None of its feeds is followed here: what this desk has of it was brought, and of how much is not known.".to_owned(),
            (_, false, _) => "None of its feeds has answered this desk so far.".to_owned(),
            (.., None) => format!(
                "Of these four days’ output this desk saw {}, by the time in which its feeds could be read and the texts behind what they \
                 told. Below {} we say of nothing that it left it out.{known}",
                percent(self.standing.seen),
                percent(SEEN_TO_SPEAK)
            ),
            (.., Some(_)) => format!(
                "Of the four days before the desk’s newest report, by the time in which its feeds could be read and the texts behind what \
                 they told.{known}"
            ),
        }
    }

    /// For programs.
    #[must_use]
    pub fn as_json(&self) -> Value {
        json!({
            "share": self.share().map(super::share), "measured": self.is_read.then(|| super::share(self.standing.seen)),
            "least_to_tell": super::share(SEEN_TO_SPEAK), "since": self.standing.since, "as_of": self.now,
            "carried_known": self.standing.known > 0, "why": self.why(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(feeds: usize, is_read: bool, seen: u32) -> Seen {
        Seen { standing: Standing { seen, ..Standing::default() }, now: 0, feeds, is_read }
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
