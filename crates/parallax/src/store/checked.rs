//! The readers' file → what its owner had looked at and decided of feeds (`parallax sources`), and what a desk at work was asked meanwhile.

use super::Subscription;
use super::rounds::{Rounds, Seconds};
use super::sqlite::said;
use crate::limits::REQUESTS_WAITING;
use anyhow::{Context, Result};
use rusqlite::{TransactionBehavior, params};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a look at a feed found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Checked {
    /// When it was looked at.
    pub at: Seconds,
    /// Entries that it shows; `None` where it could not be read.
    pub entries: Option<u64>,
    /// Why it could not be read, in a word.
    pub why: Option<String>,
    /// The same in a sentence.
    pub said: Option<String>,
}

impl Rounds {
    /// Keeps what a look at a feed found.
    pub fn checked(&self, url: &str, found: &Checked) -> Result<()> {
        let put = "INSERT INTO checked (url, at, entries, why, said) VALUES (?1, ?2, ?3, ?4, ?5)
                   ON CONFLICT (url) DO UPDATE SET at = ?2, entries = ?3, why = ?4, said = ?5";
        let entries = found.entries.map(i64::try_from).transpose()?;
        self.run(put, params![url, found.at, entries, found.why, found.said])
    }

    /// What the last look at each feed found, of those that somebody had looked at.
    pub fn all_checked(&self) -> Result<BTreeMap<String, Checked>> {
        let ask = || -> rusqlite::Result<BTreeMap<String, Checked>> {
            let mut statement = self.connection.prepare_cached("SELECT url, at, entries, why, said FROM checked")?;
            let rows = statement.query_map([], |row| {
                let entries = row.get::<_, Option<i64>>(2)?.map(i64::unsigned_abs);
                Ok((row.get(0)?, Checked { at: row.get(1)?, entries, why: row.get(3)?, said: row.get(4)? }))
            })?;
            rows.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// A feed on the round answered when somebody looked at it: it is well, and rests no more unless its owner said so.
    pub fn found_well(&self, url: &str, now: Seconds) -> Result<()> {
        let put = "UPDATE feed SET tried = ?2, answered = ?2, failures = 0, said = NULL, decided = decided + 1,
                          next = iif(rested IS NULL OR rested_by_hand, next, ?2),
                          rested = iif(rested_by_hand, rested, NULL),
                          rested_why = iif(rested_by_hand, rested_why, NULL) WHERE url = ?1";
        self.run(put, params![url, now])
    }

    /// Lets a feed rest until it is asked again at `next`, because it failed or because its owner says so. Whose reason stands already,
    /// keeps it, but for the owner's word.
    pub fn let_rest(&self, url: &str, why: &str, by_hand: bool, now: Seconds, next: Seconds) -> Result<()> {
        let put = "INSERT INTO feed (url, next, failures, entries, tried, said, rested, rested_why, rested_by_hand)
                   VALUES (?1, ?5, ?6, 0, iif(?3, NULL, ?4), iif(?3, NULL, ?2), ?4, ?2, ?3)
                   ON CONFLICT (url) DO UPDATE SET decided = decided + 1, next = ?5, failures = failures + ?6,
                       tried = iif(?3, tried, ?4), said = iif(?3, said, ?2),
                       rested = iif(rested IS NULL OR ?3 > rested_by_hand, ?4, rested),
                       rested_why = iif(rested IS NULL OR ?3 >= rested_by_hand, ?2, rested_why),
                       rested_by_hand = max(rested_by_hand, ?3)";
        self.run(put, params![url, why, by_hand, now, next, i64::from(!by_hand)])
    }

    /// Asks a feed as every other again, now.
    pub fn resume(&self, url: &str, now: Seconds) -> Result<()> {
        let put = "UPDATE feed SET next = ?2, failures = 0, said = NULL, rested = NULL, rested_why = NULL, rested_by_hand = 0,
                          decided = decided + 1 WHERE url = ?1";
        self.run(put, params![url, now])
    }

    /// Asks the desk at work to take these words up, all or none; the last one's number.
    pub fn ask_desk(&mut self, words: &[Subscription]) -> Result<i64> {
        let texts = words.iter().map(serde_json::to_string).collect::<serde_json::Result<Vec<_>>>()?;
        let mut ask = || -> rusqlite::Result<Option<i64>> {
            let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let wait: i64 = change.query_row("SELECT count(*) FROM request", [], |row| row.get(0))?;
            if usize::try_from(wait).unwrap_or(usize::MAX).saturating_add(texts.len()) > REQUESTS_WAITING {
                return Ok(None);
            }
            for text in &texts {
                change.execute("INSERT INTO request (word) VALUES (?)", [text])?;
            }
            let last = change.last_insert_rowid();
            change.commit()?;
            Ok(Some(last))
        };
        let asked = ask().map_err(|e| said(e, &self.path))?;
        asked.with_context(|| {
            format!("more than {REQUESTS_WAITING} changes would wait for the desk at work: wait until it has taken up what was asked before")
        })
    }

    /// What waits to be taken up, in order: the numbers, and the words that could be read.
    pub fn asked(&self) -> Result<(Vec<i64>, Vec<Subscription>)> {
        let ask = || -> rusqlite::Result<Vec<(i64, String)>> {
            let mut statement = self.connection.prepare_cached("SELECT number, word FROM request ORDER BY number")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let rows = ask().map_err(|e| said(e, &self.path))?;
        let words = rows.iter().filter_map(|(_, word)| serde_json::from_str(word).ok()).collect();
        Ok((rows.into_iter().map(|(number, _)| number).collect(), words))
    }

    /// These were taken up: they are in the log.
    pub fn took(&mut self, numbers: &[i64]) -> Result<()> {
        let mut take = || -> rusqlite::Result<()> {
            let change = self.connection.transaction()?;
            for number in numbers {
                change.execute("DELETE FROM request WHERE number = ?", [number])?;
            }
            change.commit()
        };
        take().map_err(|e| said(e, &self.path))
    }

    /// Does anything wait to be taken up?
    pub fn is_asked(&self) -> Result<bool> {
        let ask = self.connection.prepare_cached("SELECT 1 FROM request LIMIT 1").and_then(|mut s| s.exists([]));
        ask.map_err(|e| said(e, &self.path))
    }

    /// Does this one still wait?
    pub fn waits(&self, number: i64) -> Result<bool> {
        let ask = "SELECT 1 FROM request WHERE number <= ?";
        let waits = self.connection.prepare_cached(ask).and_then(|mut s| s.exists([number]));
        waits.map_err(|e| said(e, &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::super::rounds::tests::rounds;
    use super::*;

    fn word(url: &str) -> Subscription {
        Subscription { url: url.to_owned(), followed: true, ..Subscription::default() }
    }

    #[test]
    fn what_is_asked_is_taken_up_in_order_and_once() {
        let (_folder, mut rounds) = rounds();
        assert!(!rounds.is_asked().expect("asked"));
        let last = rounds.ask_desk(&[word("a"), word("b")]).expect("asked");
        let (numbers, words) = rounds.asked().expect("read");
        assert_eq!(words.iter().map(|w| w.url.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((numbers[1], rounds.waits(last).expect("asked")), (last, true));
        rounds.ask_desk(&[word("c")]).expect("asked");
        rounds.took(&numbers).expect("taken");
        assert!(!rounds.waits(last).expect("asked"), "those are taken up");
        assert_eq!(rounds.asked().expect("read").1.len(), 1, "what came meanwhile waits");
    }

    #[test]
    fn so_much_may_wait_and_no_more() {
        // REQUESTS_WAITING
        let (_folder, mut rounds) = rounds();
        let many: Vec<_> = (0..REQUESTS_WAITING).map(|n| word(&n.to_string())).collect();
        rounds.ask_desk(&many).expect("they fit");
        let told = rounds.ask_desk(&[word("one more")]).expect_err("too many").to_string();
        assert!(told.contains("wait until"), "{told}");
        assert_eq!(rounds.asked().expect("read").1.len(), REQUESTS_WAITING, "nothing of it was taken");
    }

    #[test]
    fn what_the_owner_decides_during_a_visit_stands() {
        let (_folder, mut rounds) = rounds();
        rounds.follow(&["a".into(), "b".into()], 100).expect("followed");
        let visits = rounds.due(100, 10).expect("read");
        rounds.let_rest("a", "too much sport", true, 110, 900).expect("rests");
        rounds.resume("b", 110).expect("asked");
        for mut visit in visits {
            visit.next = 5_000;
            visit.answered = Some(120);
            visit.rest(120, "no answer", false);
            rounds.visited(&visit).expect("noted");
        }
        let a = rounds.of("a").expect("read").expect("there");
        assert_eq!((a.next, a.rested_why.as_deref(), a.rested_by_hand), (900, Some("too much sport"), true));
        assert_eq!(a.answered, Some(120), "what the visit found is kept");
        let b = rounds.of("b").expect("read").expect("there");
        assert_eq!((b.next, b.rested), (110, None));
    }

    #[test]
    fn a_look_wakes_what_failed_and_not_what_its_owner_lets_rest() {
        let (_folder, mut rounds) = rounds();
        rounds.follow(&["a".into(), "b".into()], 100).expect("followed");
        rounds.let_rest("a", "no answer", false, 110, 900).expect("rests");
        rounds.let_rest("b", "sport", true, 110, 900).expect("rests");
        rounds.let_rest("b", "no answer", false, 120, 950).expect("rests");
        let b = rounds.of("b").expect("read").expect("there");
        assert_eq!((b.rested, b.rested_why.as_deref(), b.rested_by_hand), (Some(110), Some("sport"), true));
        for url in ["a", "b"] {
            rounds.found_well(url, 200).expect("noted");
        }
        let a = rounds.of("a").expect("read").expect("there");
        assert_eq!((a.rested, a.next, a.failures, a.answered), (None, 200, 0, Some(200)));
        let b = rounds.of("b").expect("read").expect("there");
        assert_eq!((b.rested, b.rested_by_hand, b.failures, b.answered), (Some(110), true, 0, Some(200)));
        // One that no round has met yet rests all the same.
        rounds.let_rest("c", "sport", true, 110, 900).expect("rests");
        rounds.follow(&["a".into(), "b".into(), "c".into()], 300).expect("followed");
        assert_eq!(rounds.of("c").expect("read").expect("there").rested, Some(110));
    }

    #[test]
    fn the_last_look_at_a_feed_is_kept() {
        let (_folder, rounds) = rounds();
        let ill = Checked { at: 1, why: Some("dns".into()), said: Some("no such host".into()), entries: None };
        rounds.checked("a", &ill).expect("kept");
        assert_eq!(rounds.all_checked().expect("read")["a"], ill);
        let well = Checked { at: 2, entries: Some(20), ..Checked::default() };
        rounds.checked("a", &well).expect("kept");
        assert_eq!(rounds.all_checked().expect("read").into_iter().collect::<Vec<_>>(), [("a".to_owned(), well)]);
    }
}
