//! When an article says that it was published, and when it came → the moment that is believed.

use parallax_core::model::{Article, Moment, Problem, Stage};

/// So much later than it came an article may say that it was published, in minutes: a day that is known without its hour begins up to
/// fourteen hours earlier in one zone than in another, and clocks go wrong.
const AHEAD: i64 = 24 * 60;

/// Takes away what an article says of the time after it came, in seconds since 1970 UTC: nobody has published what is yet to come, and one
/// such report would stand before all others for as long.
pub fn believed(article: &mut Article, came: i64) {
    let is_ahead = |at: &Moment| at.minutes() > came / 60 + AHEAD;
    article.updated = article.updated.filter(|at| !is_ahead(at));
    if let Some(at) = article.published.filter(is_ahead) {
        article.published = None;
        let problem = Problem {
            stage: Stage::Extract,
            document: Some(article.id.0.clone()),
            message: format!("it says that it was published on {at}, after it came here, so its day is not known"),
            remedy: "nothing is to be done where its outlet is wrong; else set this machine’s clock".to_owned(),
        };
        if !article.problems.contains(&problem) {
            article.problems.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ahead_is_believed_and_no_minute_more() {
        let came = 1_772_400_000; // 2026-03-01T21:20Z
        let with = |at: &str| {
            let at = Some(at.parse().expect("a moment"));
            let mut article = Article { published: at, updated: at, ..Article::default() };
            believed(&mut article, came);
            believed(&mut article, came);
            (article.published.is_some(), article.updated.is_some(), article.problems.len())
        };
        assert_eq!(with("2026-03-02T21:20:00+00:00"), (true, true, 0));
        assert_eq!(with("2026-03-02T21:21:00+00:00"), (false, false, 1));
        assert_eq!(with("2026-03-02"), (true, true, 0));
        assert_eq!(with("2036-03-02"), (false, false, 1));
        assert_eq!(with("1996-03-02"), (true, true, 0));
    }
}
