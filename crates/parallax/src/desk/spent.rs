//! Where a desk's time goes, stage by stage: wall-clock time of the thread that did it.

use std::time::Duration;

/// Time spent since the desk was opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Spent {
    /// Writing down what arrived.
    pub log: Duration,
    /// Pages and documents → articles, on all threads together.
    pub extract: Duration,
    /// Articles → annotations, on all threads together.
    pub understand: Duration,
    /// Placing articles, with looking up whether they are there already.
    pub group: Duration,
    /// Writing articles and stories down.
    pub commit: Duration,
    /// Writing down what the grouper holds.
    pub keep: Duration,
    /// Comparing stories, on all threads together.
    pub compare: Duration,
    /// Writing comparisons down.
    pub commit_compared: Duration,
    /// The longest that one story took to compare.
    pub longest_compare: Duration,
}

impl Spent {
    /// What was spent since an earlier look; of the longest comparison, the longest there was.
    #[must_use]
    pub fn since(&self, earlier: &Spent) -> Spent {
        Spent {
            log: self.log - earlier.log,
            extract: self.extract - earlier.extract,
            understand: self.understand - earlier.understand,
            group: self.group - earlier.group,
            commit: self.commit - earlier.commit,
            keep: self.keep - earlier.keep,
            compare: self.compare - earlier.compare,
            commit_compared: self.commit_compared - earlier.commit_compared,
            longest_compare: self.longest_compare,
        }
    }

    /// The stages in the order of an article's journey, by name.
    #[must_use]
    pub fn stages(&self) -> [(&'static str, Duration); 8] {
        [
            ("log", self.log),
            ("extract", self.extract),
            ("understand", self.understand),
            ("group", self.group),
            ("commit", self.commit),
            ("keep grouper", self.keep),
            ("compare", self.compare),
            ("commit compared", self.commit_compared),
        ]
    }
}
