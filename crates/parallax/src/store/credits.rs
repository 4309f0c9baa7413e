//! Whom an article credits → kept beside it; and what an outlet carries of agencies.

use super::read::Reader;
use super::shown::ArticleLine;
use anyhow::Result;
use parallax_core::model::{Article, Outlet};
use rusqlite::params;
use serde::Serialize;
use std::collections::BTreeSet;

/// An agency, and how much of its copy an outlet carries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Credited {
    /// As it is called in findings, else as the credit has it.
    pub agency: String,
    /// Articles that credit it.
    pub articles: u64,
    /// Of the last of them, in minutes since 1970 UTC.
    pub newest: Option<i64>,
}

/// Who republished an article.
pub(super) fn carrier(article: &Article) -> Option<String> {
    let carrier = article.carrier.as_ref()?;
    carrier.domain.clone().or_else(|| carrier.name.clone())
}

/// The agencies that an article credits, each once, as the file keeps them: an agency's own reports credit it to no purpose.
pub(super) fn agencies(article: &Article) -> Option<String> {
    let known = &parallax_almanac::almanac().outlets;
    let mut agencies = BTreeSet::new();
    for credit in &article.agencies {
        let agency = known.agency(credit);
        let name = agency.map_or(credit.as_str(), |agency| &agency.name);
        let domain = agency.map(|agency| agency.domain.as_str());
        if !name.trim().is_empty() && !article.outlet.as_ref().is_some_and(|outlet| is_of(outlet, name, domain)) {
            agencies.insert(name);
        }
    }
    (!agencies.is_empty()).then(|| serde_json::to_string(&agencies).ok()).flatten()
}

/// Is it the agency's own outlet?
fn is_of(outlet: &Outlet, agency: &str, domain: Option<&str>) -> bool {
    let listed = outlet.domain.as_deref().and_then(|domain| parallax_almanac::catalogue().at(domain));
    outlet.name.as_deref() == Some(agency)
        || domain.is_some() && outlet.domain.as_deref() == domain
        || listed.is_some_and(|listed| listed.agency.as_deref() == Some(agency))
}

/// Asks for an outlet's agencies, by the index of articles that have one.
pub(super) fn agencies_asked() -> &'static str {
    "SELECT value, count(*), max(published) FROM article, json_each(article.agencies)
     WHERE outlet = ?1 AND agencies IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT ?2"
}

impl Reader {
    /// The agencies that an outlet's articles credit, the one with most first, at most so many.
    pub fn agencies_of(&self, outlet: &str, most: usize) -> Result<Vec<Credited>> {
        let mut statement = self.connection.prepare_cached(agencies_asked()).map_err(self.said())?;
        let row = |row: &rusqlite::Row<'_>| {
            let articles = row.get::<_, i64>(1)?.unsigned_abs();
            Ok(Credited { agency: row.get(0)?, articles, newest: row.get(2)? })
        };
        let rows = statement.query_map(params![outlet, i64::try_from(most)?], row);
        rows.and_then(Iterator::collect).map_err(self.said())
    }

    /// How many articles of an outlet credit some agency.
    pub fn crediting(&self, outlet: &str) -> Result<u64> {
        let get = "SELECT count(*) FROM article WHERE outlet = ? AND agencies IS NOT NULL";
        let count = self.connection.prepare_cached(get).and_then(|mut s| s.query_row([outlet], |row| row.get(0)));
        count.map(i64::unsigned_abs).map_err(self.said())
    }

    /// The articles of an outlet that credit an agency, the last to come first.
    pub fn credited(&self, outlet: &str, agency: &str, most: usize) -> Result<Vec<ArticleLine>> {
        let which = "WHERE outlet = ? AND agencies IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(article.agencies) WHERE value = ?)";
        self.articles(which, params![outlet, agency, i64::try_from(most)?])
    }

    /// The articles of others that an outlet republished, the last to come first.
    pub fn carried_by(&self, carrier: &str, most: usize) -> Result<Vec<ArticleLine>> {
        self.articles("WHERE carrier = ?", params![carrier, i64::try_from(most)?])
    }

    /// How many articles of others an outlet republished.
    pub fn carried(&self, carrier: &str) -> Result<u64> {
        let get = "SELECT count(*) FROM article WHERE carrier = ?";
        let count = self.connection.prepare_cached(get).and_then(|mut s| s.query_row([carrier], |row| row.get(0)));
        count.map(i64::unsigned_abs).map_err(self.said())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(domain: &str, credits: &[&str]) -> Option<String> {
        let outlet = Some(Outlet { domain: Some(domain.to_owned()), ..Outlet::default() });
        let credits = credits.iter().map(|credit| (*credit).to_owned()).collect();
        agencies(&Article { outlet, agencies: credits, ..Article::default() })
    }

    #[test]
    fn credits_are_kept_by_the_agencys_name_each_once_and_never_an_agencys_own() {
        assert_eq!(
            of("paper.example", &["rtr", "Reuters", "Deutsche Presse-Agentur"]).as_deref(),
            Some(r#"["Reuters","dpa"]"#)
        );
        assert_eq!(of("paper.example", &["Nobody “knows\n” it", " "]).as_deref(), Some(r#"["Nobody “knows\n” it"]"#));
        assert_eq!(of("reuters.com", &["Reuters"]), None);
        assert_eq!(of("apnews.com", &["Associated Press", "AFP"]).as_deref(), Some(r#"["AFP"]"#), "another's stays");
        assert_eq!(of("paper.example", &[]), None);
    }
}
