//! A generated press of forty countries with planted gaps → how many of them are found, and how many silences are wrongly told of.

mod attention;
mod countries;
mod desk;
mod oracle;
mod score;

pub use score::{HELD_OUT, Sheet, TUNED, best_count, score};

use std::collections::BTreeMap;

/// A case to be read: its area, and what it was.
pub type Case = (&'static str, String);

/// The figures, the table and the cases of the months held out. Of the count alone, with which it is compared, the one that does best on the
/// months that everything else was chosen on.
#[must_use]
pub fn held_out() -> (BTreeMap<String, f64>, String, Vec<Case>) {
    let others = best_count(&TUNED);
    let sheet = score(&HELD_OUT);
    (sheet.figures(others), sheet.report(others), sheet.cases)
}

#[cfg(test)]
mod tests {
    use super::attention::DAY;
    use super::desk::{Month, happening};
    use parallax_almanac::world;
    use parallax_core::missed::judge;

    #[test]
    fn a_month_is_the_same_every_time_and_its_gaps_are_gaps() {
        let (month, again) = (Month::new(5), Month::new(5));
        assert_eq!(month.gaps, again.gaps);
        assert!(month.gaps.len() > 50, "{}", month.gaps.len());
        for (country, happening) in &month.gaps {
            assert!(month.told(*country, *happening) <= 1, "{country} {happening}: one of a large press may be left");
        }
        assert_ne!(month.gaps, Month::new(6).gaps, "another seed, another month");
    }

    #[test]
    fn what_is_told_does_not_depend_on_who_asks_when_and_follows_from_the_desk_alone() {
        let month = Month::new(5);
        let now = 14 * DAY;
        let desk = month.desk(now, now - 2 * DAY);
        assert!(desk.stories.iter().all(|s| s.tellings.iter().all(|t| t.at <= now)), "nothing of the future");
        let first = judge(&desk, world());
        assert_eq!(first, judge(&desk, world()));
        let missed: Vec<_> = first.iter().flat_map(|f| &f.missed).collect();
        assert!(!missed.is_empty(), "some of these days' gaps are found");
        assert!(
            missed.iter().all(|s| happening(&s.story) < month.published.happenings.len() && s.widely >= desk.since)
        );
    }
}
