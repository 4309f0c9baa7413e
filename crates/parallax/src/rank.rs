//! Stories → the order in which a front page shows them.

use crate::store::{StoryLine, ToldHere};

/// Only what was published so many minutes before the newest: a front page is of these days.
pub const WINDOW_MINUTES: i64 = 4 * 1440;
/// Stories that are weighed for a front page, the newest.
pub const WEIGHED: usize = 600;
/// Stories of which a front page tells more than the headline.
pub const TOLD: usize = 15;

/// What a report in its own words, a country and a language weigh. Countries weigh most: what many countries' press tells matters beyond one.
const SEPARATE: u64 = 3;
const COUNTRY: u64 = 4;
const LANGUAGE: u64 = 1;
/// What an outlet weighs that took it up in the last hours of its being told: a story that spreads comes before one that has.
const LATELY: u64 = 2;
/// What an outlet weighs in its own country; that it has its own words adds one.
const OUTLET_HERE: u64 = 3;
/// A story's weight halves with every so many minutes that its newest report is older than the desk's newest.
const HALF_LIFE_MINUTES: i64 = 18 * 60;

/// How much a story weighs on the front page, in thousandths.
pub fn weight(story: &StoryLine, newest: i64) -> u64 {
    let count = |n: usize| n as u64;
    let told = SEPARATE * story.separate.min(story.outlets)
        + COUNTRY * count(story.countries.len())
        + LANGUAGE * count(story.languages.len())
        + LATELY * story.lately;
    aged(told, story.newest, newest)
}

/// Breaking is a story that began so many minutes before the newest report of the desk, or later…
const BREAKING_MINUTES: i64 = 6 * 60;
/// …that so many outlets took up within [`PACE_MINUTES`](crate::store::PACE_MINUTES)…
const BREAKING_OUTLETS: u64 = 3;
/// …and that was told within so many; as long a revision is news.
const FRESH_MINUTES: i64 = 3 * 60;

/// What is new of a story, with how many minutes ago it was, reckoned from the newest report of the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// It began so long ago, and spreads.
    Breaking(i64),
    /// A report of it was revised so long ago.
    Updated(i64),
}

/// What is new of a story at a time (in minutes since 1970 UTC); nothing where it is told as it was.
pub fn mark(story: &StoryLine, now: i64) -> Option<Mark> {
    let ago = |at: Option<i64>| at.map(|at| now.saturating_sub(at)).filter(|minutes| *minutes >= 0);
    let (began, told, revised) = (ago(story.oldest), ago(story.newest), ago(story.revised));
    let is_fresh = told.is_some_and(|told| told <= FRESH_MINUTES);
    if story.lately >= BREAKING_OUTLETS && is_fresh && began.is_some_and(|began| began <= BREAKING_MINUTES) {
        return began.map(Mark::Breaking);
    }
    revised.filter(|revised| *revised <= FRESH_MINUTES).map(Mark::Updated)
}

/// How much a story weighs in one country's press, in thousandths: by its outlets that tell it, and its reports in their own words.
pub fn weight_here(story: &ToldHere, newest: i64) -> u64 {
    aged(OUTLET_HERE * story.outlets + story.separate.min(story.outlets), Some(story.newest), newest)
}

/// A weight in thousandths, less by how long before `newest` it was told last.
fn aged(told: u64, last: Option<i64>, newest: i64) -> u64 {
    let age = last.map_or(i64::MAX, |at| newest.saturating_sub(at).max(0));
    let halvings = age / HALF_LIFE_MINUTES;
    if halvings >= 40 {
        return 0;
    }
    // Between two halvings the weight falls along a line.
    let (from, into) = ((told * 1000) >> halvings, (age % HALF_LIFE_MINUTES).unsigned_abs());
    from - from / 2 * into / HALF_LIFE_MINUTES.unsigned_abs()
}

/// The weightiest first; of equals the newer, then by id.
pub fn rank(stories: &mut [StoryLine], newest: i64) {
    stories.sort_by_cached_key(|s| (std::cmp::Reverse(weight(s, newest)), std::cmp::Reverse(s.newest), s.id.clone()));
}

/// One country's stories, those that most of its press tells first; of equals the newer, then by id.
pub fn rank_here(stories: &mut [ToldHere], newest: i64) {
    let last = |s: &ToldHere| (std::cmp::Reverse(s.newest), s.line.id.clone());
    stories.sort_by_cached_key(|s| (std::cmp::Reverse(weight_here(s, newest)), last(s)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(id: &str, separate: u64, countries: &[&str], newest: i64) -> StoryLine {
        StoryLine {
            id: id.into(),
            key: id.into(),
            headline: None,
            articles: separate,
            outlets: separate,
            separate,
            shelf: "news".into(),
            newest: Some(newest),
            countries: countries.iter().map(|c| (*c).to_owned()).collect(),
            languages: vec!["en".into()],
            changed: 0,
            is_compared: true,
            oldest: Some(newest),
            lately: 0,
            revised: None,
        }
    }

    #[test]
    fn breaking_is_what_began_lately_and_spreads_updated_what_was_revised() {
        let now = 100_000;
        let of = |began: i64, told: i64, lately: u64, revised: Option<i64>| {
            let story = story("a", 4, &["DE"], now - told);
            let revised = revised.map(|ago| now - ago);
            mark(&StoryLine { oldest: Some(now - began), lately, revised, ..story }, now)
        };
        assert_eq!(of(95, 10, 3, None), Some(Mark::Breaking(95)));
        assert_eq!(of(360, 180, 3, None), Some(Mark::Breaking(360)), "at the edges of both");
        assert_eq!(of(361, 10, 3, None), None, "it began before");
        assert_eq!(of(95, 10, 2, None), None, "two outlets are not many");
        assert_eq!(of(300, 181, 5, None), None, "nobody tells of it any more");
        assert_eq!(of(3000, 2000, 1, Some(180)), Some(Mark::Updated(180)));
        assert_eq!(of(3000, 2000, 1, Some(181)), None);
        assert_eq!(of(95, 10, 3, Some(5)), Some(Mark::Breaking(95)), "what breaks is revised all the time");
        assert_eq!(of(3000, 2000, 1, Some(-5)), None, "a time to come is no news");
    }

    #[test]
    fn what_spreads_comes_before_what_has_spread() {
        let spreads = StoryLine { lately: 4, ..story("a", 4, &["DE"], 0) };
        assert!(weight(&spreads, 0) > weight(&story("b", 4, &["DE"], 0), 0));
    }

    #[test]
    fn many_countries_come_before_many_reports_and_fresh_before_old() {
        let now = 100_000;
        let mut stories = [
            story("one country, five reports", 5, &["DE"], now),
            story("four countries, four reports", 4, &["DE", "FR", "ES", "GR"], now),
            story("four countries, two days ago", 4, &["DE", "FR", "ES", "GR"], now - 2 * 1440),
        ];
        rank(&mut stories, now);
        let order: Vec<_> = stories.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(
            order,
            ["four countries, four reports", "one country, five reports", "four countries, two days ago"]
        );
    }

    #[test]
    fn weight_never_rises_with_age() {
        let weights: Vec<_> =
            (0..200).map(|h| weight(&story("a", 4, &["DE", "FR"], 100_000 - h * 60), 100_000)).collect();
        assert!(weights.windows(2).all(|w| w[0] >= w[1]), "{weights:?}");
        assert!(weights[18] * 2 <= weights[0] + 1 && weights[18] * 2 + 2 >= weights[0], "{weights:?}");
        let mut never = story("b", 1, &[], 0);
        never.newest = None;
        assert_eq!(weight(&never, 100_000), 0);
    }

    #[test]
    fn copies_of_one_report_weigh_no_more_than_it() {
        let mut copied = story("a", 1, &["DE"], 0);
        copied.outlets = 9;
        assert_eq!(weight(&copied, 0), weight(&story("b", 1, &["DE"], 0), 0));
    }

    #[test]
    fn at_home_comes_first_what_most_outlets_tell_and_a_copy_weighs_less() {
        let here =
            |id: &str, outlets, separate| ToldHere { line: story(id, 9, &["DE"], 0), outlets, separate, newest: 0 };
        let mut stories = [here("one", 1, 1), here("three, copied", 3, 1), here("three", 3, 3)];
        rank_here(&mut stories, 0);
        let order: Vec<_> = stories.iter().map(|s| s.line.id.as_str()).collect();
        assert_eq!(order, ["three", "three, copied", "one"]);
    }
}
