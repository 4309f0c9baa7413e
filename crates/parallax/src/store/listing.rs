//! What outlets' news sitemaps list (`reader.db`): when they are due, how their visits went, which addresses they listed, and which the desk has.

use super::rounds::{Rounds, Seconds};
use super::sqlite::said;
use crate::fetch::Validators;
use crate::limits::{LISTED_DAYS, LISTED_KEPT};
use anyhow::Result;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How an outlet's news sitemaps fare.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Listing {
    /// Its domain.
    pub outlet: String,
    /// When they are due.
    pub next: Seconds,
    /// When they were last visited.
    pub tried: Option<Seconds>,
    /// When one of them last answered.
    pub answered: Option<Seconds>,
    /// Visits since at which none did.
    pub failures: u32,
    /// Why the last visit failed, or why there is none to ask.
    pub said: Option<String>,
    /// What was published by then would have been seen in its feeds by the last visit.
    pub settled: Option<Seconds>,
    /// Their addresses.
    pub sitemaps: Vec<String>,
}

/// What an outlet's news sitemaps listed: of each article when it was published, and whether the desk has it.
pub type Listed = Vec<(Seconds, bool)>;

const COLUMNS: &str = "outlet, next, tried, answered, failures, said, settled";

fn state(row: &rusqlite::Row<'_>) -> rusqlite::Result<Listing> {
    Ok(Listing {
        outlet: row.get(0)?,
        next: row.get(1)?,
        tried: row.get(2)?,
        answered: row.get(3)?,
        failures: row.get(4)?,
        said: row.get(5)?,
        settled: row.get(6)?,
        sitemaps: Vec::new(),
    })
}

impl Rounds {
    /// Has exactly these outlets' sitemaps on the round, new ones due as `due` says; of others all is forgotten.
    pub fn follow_listings(&mut self, outlets: &BTreeSet<&str>, due: impl Fn(&str) -> Seconds) -> Result<()> {
        let known: BTreeSet<String> = self.all_listings()?.into_keys().collect();
        let follow = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            for gone in known.iter().filter(|outlet| !outlets.contains(outlet.as_str())) {
                for table in ["listing", "sitemap", "listed"] {
                    change.execute(&format!("DELETE FROM {table} WHERE outlet = ?"), [gone])?;
                }
            }
            for new in outlets.iter().filter(|outlet| !known.contains(**outlet)) {
                let put = "INSERT OR IGNORE INTO listing (outlet, next, failures) VALUES (?, ?, 0)";
                change.execute(put, params![new, due(new)])?;
            }
            change.commit()
        };
        follow().map_err(|e| said(e, &self.path))
    }

    /// Outlets whose sitemaps are due, the longest due first; without their addresses.
    pub fn listings_due(&self, now: Seconds, most: usize) -> Result<Vec<Listing>> {
        let get = format!("SELECT {COLUMNS} FROM listing WHERE next <= ? ORDER BY next, outlet LIMIT ?");
        let most = i64::try_from(most)?;
        let ask = || -> rusqlite::Result<Vec<Listing>> {
            self.connection.prepare_cached(&get)?.query_map(params![now, most], state)?.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Notes how a visit went.
    pub fn visited_listing(&self, of: &Listing) -> Result<()> {
        let put = "UPDATE listing SET next = ?2, tried = ?3, answered = ?4, failures = ?5, said = ?6, settled = ?7 WHERE outlet = ?1";
        self.run(put, params![of.outlet, of.next, of.tried, of.answered, of.failures, of.said, of.settled])
    }

    /// What an outlet's sitemap last sent.
    pub fn sitemap(&self, outlet: &str, url: &str) -> Result<Validators> {
        let get = "SELECT etag, modified FROM sitemap WHERE outlet = ? AND url = ?";
        let row = |row: &rusqlite::Row<'_>| Ok(Validators { etag: row.get(0)?, modified: row.get(1)? });
        let found = self.connection.query_row(get, [outlet, url], row).optional();
        Ok(found.map_err(|e| said(e, &self.path))?.unwrap_or_default())
    }

    /// An outlet has exactly these sitemaps, which last sent that.
    pub fn sitemaps(&self, outlet: &str, all: &[(String, Validators)]) -> Result<()> {
        let put = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            change.execute("DELETE FROM sitemap WHERE outlet = ?", [outlet])?;
            for (url, sent) in all {
                let put = "INSERT OR REPLACE INTO sitemap (outlet, url, etag, modified) VALUES (?, ?, ?, ?)";
                change.execute(put, params![outlet, url, sent.etag, sent.modified])?;
            }
            change.commit()
        };
        put().map_err(|e| said(e, &self.path))
    }

    /// Keeps what an outlet's sitemaps listed: addresses and when they were published. What is [`LISTED_DAYS`] older than the newest is
    /// forgotten, and what is beyond [`LISTED_KEPT`].
    pub fn list(&self, outlet: &str, listed: &[(String, Seconds)]) -> Result<()> {
        let days = i64::try_from(LISTED_DAYS)?;
        let most = i64::try_from(LISTED_KEPT)?;
        let put = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            for (address, published) in listed {
                // A report that is changed may say that it was published then: it is where it was.
                let put = "INSERT INTO listed (outlet, address, published, shown) VALUES (?, ?, ?, 0)
                           ON CONFLICT DO UPDATE SET published = min(published, excluded.published)";
                change.prepare_cached(put)?.execute(params![outlet, address, published])?;
            }
            let old = "DELETE FROM listed WHERE outlet = ?1 AND published < (SELECT max(published) FROM listed WHERE outlet = ?1) - ?2";
            change.execute(old, params![outlet, days * 86_400])?;
            let more = "DELETE FROM listed WHERE outlet = ?1 AND address IN
                        (SELECT address FROM listed WHERE outlet = ?1 ORDER BY published DESC, address LIMIT -1 OFFSET ?2)";
            change.execute(more, params![outlet, most])?;
            change.commit()
        };
        put().map_err(|e| said(e, &self.path))
    }

    /// What an outlet's sitemaps listed and the desk did not have so far.
    pub fn not_shown(&self, outlet: &str) -> Result<Vec<String>> {
        let get = "SELECT address FROM listed WHERE outlet = ? AND shown = 0 ORDER BY address";
        let ask = || -> rusqlite::Result<Vec<String>> {
            self.connection.prepare_cached(get)?.query_map([outlet], |row| row.get(0))?.collect()
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// The desk has these of them.
    pub fn shown(&self, outlet: &str, addresses: &[String]) -> Result<()> {
        let put = || -> rusqlite::Result<()> {
            let change = self.connection.unchecked_transaction()?;
            for address in addresses {
                let put = "UPDATE listed SET shown = 1 WHERE outlet = ? AND address = ?";
                change.prepare_cached(put)?.execute([outlet, address])?;
            }
            change.commit()
        };
        put().map_err(|e| said(e, &self.path))
    }

    /// Outlet → how its news sitemaps fare.
    pub fn all_listings(&self) -> Result<BTreeMap<String, Listing>> {
        let ask = || -> rusqlite::Result<BTreeMap<String, Listing>> {
            let mut all = BTreeMap::new();
            if !self.is_listing()? {
                return Ok(all);
            }
            let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM listing"))?;
            for of in statement.query_map([], state)? {
                let of = of?;
                all.insert(of.outlet.clone(), of);
            }
            let mut statement =
                self.connection.prepare_cached("SELECT outlet, url FROM sitemap ORDER BY outlet, url")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let of: Option<&mut Listing> = all.get_mut(&row.get::<_, String>(0)?);
                if let Some(of) = of {
                    of.sitemaps.push(row.get(1)?);
                }
            }
            Ok(all)
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// Outlet → what its news sitemaps listed of late, in the order of addresses; of one outlet alone, or of all.
    pub fn listed(&self, outlet: Option<&str>) -> Result<BTreeMap<String, Listed>> {
        let ask = || -> rusqlite::Result<BTreeMap<String, Listed>> {
            let mut all: BTreeMap<String, Listed> = BTreeMap::new();
            if !self.is_listing()? {
                return Ok(all);
            }
            let which = if outlet.is_some() { " WHERE outlet = ?" } else { "" };
            let get = format!("SELECT outlet, published, shown FROM listed{which} ORDER BY outlet, address");
            let mut statement = self.connection.prepare_cached(&get)?;
            let mut rows = statement.query(params_from_iter(outlet))?;
            while let Some(row) = rows.next()? {
                all.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
            }
            Ok(all)
        };
        ask().map_err(|e| said(e, &self.path))
    }

    /// A file of an older form, opened to be looked at, has no listings yet.
    fn is_listing(&self) -> rusqlite::Result<bool> {
        self.connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE name = 'listed'")?.exists([])
    }
}

#[cfg(test)]
mod tests {
    use super::super::rounds::tests::rounds;
    use super::*;

    fn of(rounds: &Rounds, outlet: &str) -> Listed {
        let mut all = rounds.listed(None).expect("asked");
        let listed = all.remove(outlet).unwrap_or_default();
        assert_eq!(rounds.listed(Some(outlet)).expect("asked").remove(outlet).unwrap_or_default(), listed);
        listed
    }

    #[test]
    fn listings_come_due_are_noted_and_are_there_when_the_file_is_opened_again() {
        let (folder, mut rounds) = rounds();
        rounds.follow_listings(&["a.example", "b.example"].into(), |_| 100).expect("followed");
        let mut due = rounds.listings_due(100, 1).expect("asked");
        assert_eq!(due.iter().map(|of| of.outlet.as_str()).collect::<Vec<_>>(), ["a.example"]);
        let seen = Listing { next: 900, answered: Some(100), settled: Some(90), ..due.remove(0) };
        rounds.visited_listing(&seen).expect("noted");
        let sent = Validators { etag: Some("one".into()), modified: None };
        rounds.sitemaps("a.example", &[("https://a.example/news.xml".into(), sent.clone())]).expect("noted");
        rounds
            .list("a.example", &[("https://a.example/1".into(), 50), ("https://a.example/2".into(), 60)])
            .expect("kept");
        assert_eq!(rounds.not_shown("a.example").expect("asked"), ["https://a.example/1", "https://a.example/2"]);
        rounds.shown("a.example", &["https://a.example/2".into()]).expect("noted");
        drop(rounds);
        let mut rounds = Rounds::open(&folder.path().join("reader.db")).expect("opens");
        let all = rounds.all_listings().expect("asked");
        let kept = Listing { sitemaps: vec!["https://a.example/news.xml".into()], ..seen };
        assert_eq!((all.len(), &all["a.example"]), (2, &kept));
        assert_eq!(rounds.sitemap("a.example", "https://a.example/news.xml").expect("asked"), sent);
        assert_eq!(rounds.sitemap("a.example", "https://a.example/2.xml").expect("asked"), Validators::default());
        assert_eq!(of(&rounds, "a.example"), [(50, false), (60, true)]);
        assert_eq!(rounds.listings_due(899, 9).expect("asked").len(), 1, "the other one");
        rounds.follow_listings(&["b.example"].into(), |_| 0).expect("followed");
        assert!(of(&rounds, "a.example").is_empty() && rounds.all_listings().expect("asked").len() == 1, "forgotten");
    }

    #[test]
    fn what_is_listed_again_is_where_it_was_first_and_the_old_is_forgotten_by_its_own_clock() {
        // LISTED_DAYS
        let (_folder, rounds) = rounds();
        let day = 86_400;
        let edge = i64::try_from(LISTED_DAYS).expect("fits") * day;
        let list = |address: &str, published| rounds.list("a", &[(address.to_owned(), published)]).expect("kept");
        list("1", 0);
        list("2", 10);
        list("2", 5 * day);
        assert_eq!(of(&rounds, "a"), [(0, false), (10, false)]);
        list("3", edge);
        assert_eq!(of(&rounds, "a").len(), 3, "just so old");
        list("4", edge + 1);
        assert_eq!(of(&rounds, "a"), [(10, false), (edge, false), (edge + 1, false)]);
    }

    #[test]
    fn so_much_is_kept_of_an_outlet_and_the_newest() {
        let (_folder, rounds) = rounds();
        let all: Vec<_> = (0..=LISTED_KEPT).map(|n| (format!("a{n}"), i64::try_from(n).expect("fits"))).collect();
        rounds.list("a", &all[..LISTED_KEPT]).expect("kept");
        assert_eq!(of(&rounds, "a").len(), LISTED_KEPT);
        rounds.list("a", &all[LISTED_KEPT..]).expect("kept");
        let kept = of(&rounds, "a");
        assert_eq!((kept.len(), kept.iter().min()), (LISTED_KEPT, Some(&(1, false))));
    }
}
