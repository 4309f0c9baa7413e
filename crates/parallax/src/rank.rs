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
/// What an outlet weighs in its own country; that it has its own words adds one.
const OUTLET_HERE: u64 = 3;
/// A story's weight halves with every so many minutes that its newest report is older than the desk's newest.
const HALF_LIFE_MINUTES: i64 = 18 * 60;

/// How much a story weighs on the front page, in thousandths.
pub fn weight(story: &StoryLine, newest: i64) -> u64 {
    let count = |n: usize| n as u64;
    let told = SEPARATE * story.separate.min(story.outlets)
        + COUNTRY * count(story.countries.len())
        + LANGUAGE * count(story.languages.len());
    aged(told, story.newest, newest)
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
        }
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
