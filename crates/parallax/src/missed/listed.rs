//! What an outlet's news sitemaps listed, when its feeds were read and what they brought → how much of it they showed.

use crate::store::{Listed, Listing as State};
use parallax_core::missed::{Listing, Stretch};

/// What was counted of an outlet's news sitemaps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// How many, and how many of these its feeds showed.
    pub listing: Listing,
    /// The first and the last of them, in minutes since 1970 UTC.
    pub span: (i64, i64),
}

/// Of what was listed counts what was published in these stretches, in order, and would have been seen by the last look. `brought`: when what
/// the desk has of it was published, in minutes. `None`: nothing of that time is listed.
pub(super) fn counted(of: &State, listed: &Listed, covered: &[Stretch], brought: &[i64]) -> Option<Counted> {
    let settled = of.settled?.div_euclid(60);
    let is_covered = |minute: i64| {
        let at = covered.partition_point(|stretch| stretch.to < minute);
        minute <= settled && covered.get(at).is_some_and(|stretch| stretch.from <= minute)
    };
    let counts: Vec<(i64, bool)> =
        listed.iter().map(|(at, shown)| (at.div_euclid(60), *shown)).filter(|(at, _)| is_covered(*at)).collect();
    let span = (counts.iter().map(|(at, _)| *at).min()?, counts.iter().map(|(at, _)| *at).max()?);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let brought = brought.iter().filter(|at| (span.0..=span.1).contains(*at) && is_covered(**at)).count();
    let listing = Listing {
        listed: number(counts.len()),
        shown: number(counts.iter().filter(|(_, shown)| *shown).count()),
        brought: number(brought),
    };
    Some(Counted { listing, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_published_while_its_feeds_were_read_counts_and_what_is_too_new_does_not_yet() {
        let state = State { settled: Some(60 * 100), ..State::default() };
        let listed: Listed =
            [5, 10, 20, 30, 55, 60, 100, 101].map(|minute| (minute * 60 + 59, minute % 20 == 0)).into();
        let covered = [Stretch { from: 10, to: 30 }, Stretch { from: 60, to: 200 }];
        let found = counted(&state, &listed, &covered, &[9, 10, 12, 45, 100, 150]).expect("something");
        assert_eq!(found.listing, Listing { listed: 5, shown: 3, brought: 3 }, "10, 20, 30, 60, 100");
        assert_eq!(found.span, (10, 100));
        assert_eq!(counted(&State::default(), &listed, &covered, &[]), None, "not compared yet");
        assert_eq!(counted(&state, &listed, &[], &[]), None, "its feeds were not read");
        assert_eq!(counted(&state, &Vec::new(), &covered, &[10]), None);
    }
}
