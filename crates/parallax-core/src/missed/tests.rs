//! Small presses → what is told of them.

use super::press::{Pace, Sight};
use super::*;
use crate::almanac::World;

const DAY: i64 = 1_440;
const NOW: i64 = 40 * DAY;
const SINCE: i64 = NOW - 4 * DAY;

/// Countries A to L in a row, ten degrees apart; A and B are neighbours.
fn world() -> World {
    let row = |n: usize| format!("A{}\t1\tR\t{}\t0\toutline", letter(n), n * 10);
    World::parse(&(0..12).map(row).collect::<Vec<_>>().join("\n"), "AA\tAB")
}

fn letter(n: usize) -> char {
    char::from(b'A' + u8::try_from(n).unwrap())
}

fn outlet(name: String, covered: Vec<Stretch>) -> Outlet {
    let days = (0..=NOW / DAY).map(|day| (day, 20)).collect();
    Outlet { name, covered, carried: None, legible: 1_000, days }
}

/// Twelve presses of so many outlets, all read from the first day; eleven days in twelve every press tells the story of the day in most of its
/// outlets, on the twelfth three presses do. Story 37 is told by all but the first press.
fn desk(outlets: usize) -> Desk {
    let press = |n: usize| Press {
        name: format!("A{}", letter(n)),
        homes: BTreeSet::from([format!("A{}", letter(n))]),
        languages: BTreeSet::from([format!("l{n}")]),
        outlets: (0..outlets).map(|o| outlet(format!("{n}-{o}"), vec![Stretch { from: 0, to: NOW }])).collect(),
    };
    let story = |n: i64, name: String, leaves_out: Option<usize>| {
        let first = n / 3 * DAY + n % 3 * 300 + 60;
        let tells = |press: &usize| Some(*press) != leaves_out && (n % 12 != 11 || press % 4 == 1);
        let tellings = (0..12).filter(tells).flat_map(|press| {
            let by = outlets - usize::from(n % 5 == 0 && outlets > 1);
            (0..by).map(move |outlet| Telling {
                at: first + 10 * i64::try_from(press + outlet).unwrap(),
                press,
                outlet,
                is_separate: true,
            })
        });
        Told { id: name, about: BTreeMap::from([("AF".to_owned(), 3)]), tellings: tellings.collect() }
    };
    let mut stories: Vec<Told> = (0..114).map(|n| story(n, format!("story {n}"), None)).collect();
    stories.push(story(3 * 37, "left out".into(), Some(0)));
    Desk { now: NOW, since: SINCE, presses: (0..12).map(press).collect(), stories }
}

fn found(desk: &Desk) -> Findings {
    judge(desk, &world()).into_iter().next().unwrap()
}

fn unclear(desk: &Desk) -> Option<Unclear> {
    let found = found(desk);
    assert!(found.missed.is_empty(), "{:?}", found.missed);
    found.unclear.iter().find(|s| s.story == "left out").and_then(|s| s.unclear)
}

#[test]
fn what_all_others_tell_and_one_press_does_not_is_told_of_with_its_figures() {
    let found = found(&desk(5));
    assert_eq!(found.missed.iter().map(|s| s.story.as_str()).collect::<Vec<_>>(), ["left out"]);
    let silence = &found.missed[0];
    assert_eq!((silence.told, silence.outlets, silence.working, silence.seen), (0, 5, 5, 1_000));
    assert_eq!((silence.elsewhere.presses, silence.elsewhere.of_presses), (11, 11));
    assert_eq!((silence.elsewhere.outlets, silence.elsewhere.separate), (55, 55));
    assert!(silence.expected > 800 && silence.silent <= RARELY && silence.unseen <= UNSEEN, "{silence:?}");
    assert!(silence.alike.0 + 1 >= silence.alike.1 && silence.alike.1 > 500, "{silence:?}");
    assert_eq!((silence.near, silence.unclear), (Near::Far, None));
    assert_eq!(silence.widely - silence.first, 20, "since the third of the others");
    let standing = &found.standing;
    assert_eq!((standing.outlets, standing.working, standing.seen, standing.known), (5, 5, 1_000, 0));
    assert_eq!(standing.since, Some(0));
}

#[test]
fn no_press_is_told_of_that_tells_it_and_no_silence_that_is_usual() {
    let desk = desk(5);
    for found in &judge(&desk, &world())[1..] {
        assert!(found.missed.is_empty() && found.unclear.is_empty(), "{found:?}");
        assert!(found.judged >= 6, "what nothing is said of was looked at: {found:?}");
    }
}

#[test]
fn of_fewer_outlets_than_three_nothing_is_said() {
    // OUTLETS_TO_SPEAK
    assert_eq!(OUTLETS_TO_SPEAK, 3);
    assert_eq!(found(&desk(3)).missed.len(), 1, "three that always tell such a story are enough");
    assert_eq!(unclear(&desk(2)), Some(Unclear::FewOutlets));
    assert_eq!(unclear(&desk(1)), Some(Unclear::FewOutlets));
}

#[test]
fn outlets_that_could_not_be_seen_in_its_time_do_not_count() {
    let mut desk = desk(5);
    let first = 37 * DAY;
    for outlet in &mut desk.presses[0].outlets[..3] {
        // Down from before the story to now.
        outlet.covered = vec![Stretch { from: 0, to: first }];
    }
    assert_eq!(unclear(&desk), Some(Unclear::FewOutlets), "two of five are left");
    let found = found(&desk);
    let silence = found.unclear.iter().find(|s| s.story == "left out").expect("it is among the unclear");
    assert_eq!((silence.outlets, silence.working, silence.seen), (5, 2, 400));
    assert_eq!(found.standing.working, 2, "these days");
}

#[test]
fn where_feeds_carry_too_little_of_the_output_it_cannot_be_told() {
    // SEEN_TO_SPEAK: three see enough of themselves, but all together less than half is seen.
    let mut desk = desk(6);
    for outlet in &mut desk.presses[0].outlets[3..] {
        outlet.carried = Some(100);
    }
    for outlet in &mut desk.presses[0].outlets[..3] {
        outlet.carried = Some(SEEN_TO_SPEAK);
    }
    assert_eq!(unclear(&desk), Some(Unclear::LittleSeen));
    assert_eq!(found(&desk).standing.known, 6);
    for outlet in &mut desk.presses[0].outlets[..3] {
        outlet.carried = Some(SEEN_TO_SPEAK - 1);
    }
    assert_eq!(unclear(&desk), Some(Unclear::FewOutlets), "none of them counts as read");
}

#[test]
fn what_others_tell_only_now_is_not_yet_left_out() {
    let mut desk = desk(5);
    desk.now = 37 * DAY + 60 + 120;
    desk.since = desk.now - 4 * DAY;
    for story in &mut desk.stories {
        story.tellings.retain(|t| t.at <= desk.now);
    }
    desk.stories.retain(|s| !s.tellings.is_empty());
    assert_eq!(unclear(&desk), Some(Unclear::Fresh));
}

#[test]
fn a_desk_that_has_seen_little_says_that_it_does_not_know_what_is_usual() {
    // CASES_TO_LEARN
    let mut desk = desk(5);
    let all = desk.stories.clone();
    let left_out = all.last().cloned();
    // Twelve presses and a story make twelve cases; one story in twelve is not told widely beside those three that tell it.
    let cases = |stories: usize| 12 * (stories + 1) - 3 * (stories / 12);
    assert!(cases(84) < CASES_TO_LEARN && cases(85) >= CASES_TO_LEARN);
    desk.stories = all[..85].iter().cloned().chain(left_out.clone()).collect();
    assert_ne!(unclear_or_missed(&desk), Some(Unclear::Young));
    desk.stories = all[..84].iter().cloned().chain(left_out).collect();
    assert_eq!(unclear_or_missed(&desk), Some(Unclear::Young));
}

fn unclear_or_missed(desk: &Desk) -> Option<Unclear> {
    let found = found(desk);
    found.unclear.iter().chain(&found.missed).find(|s| s.story == "left out").expect("it is somewhere").unclear
}

#[test]
fn two_others_are_not_many() {
    // WIDELY
    let mut desk = desk(5);
    let last = desk.stories.last_mut().unwrap();
    last.tellings.retain(|t| t.press < WIDELY);
    let judged = found(&desk).judged;
    assert!(found(&desk).missed.is_empty() && unclear(&desk).is_none());
    desk.stories.last_mut().unwrap().tellings.push(Telling {
        at: 37 * DAY + 90,
        press: 3,
        outlet: 0,
        is_separate: true,
    });
    assert_eq!(found(&desk).judged, judged + 1, "with a third it is held against the press");
}

#[test]
fn copies_of_one_report_are_not_many_reports() {
    let mut desk = desk(5);
    for telling in &mut desk.stories.last_mut().unwrap().tellings {
        telling.is_separate = telling.press == 1 && telling.outlet < WIDELY - 1;
    }
    assert!(found(&desk).missed.is_empty() && unclear(&desk).is_none(), "two reports in their own words");
    desk.stories.last_mut().unwrap().tellings.iter_mut().find(|t| t.press == 2).unwrap().is_separate = true;
    assert_eq!(found(&desk).missed.len(), 1, "three");
}

#[test]
fn a_press_that_always_leaves_such_stories_out_is_expected_to() {
    let mut desk = desk(5);
    // A's press tells none of what the rest tells: its own past says that nothing else is to be expected.
    for story in &mut desk.stories {
        story.tellings.retain(|t| t.press != 0);
    }
    let found = found(&desk);
    assert!(found.missed.is_empty(), "{:?}", found.missed);
}

#[test]
fn a_feed_that_stands_still_sees_nothing_however_well_it_answers() {
    let mut desk = desk(5);
    for outlet in &mut desk.presses[0].outlets {
        outlet.days.retain(|day, _| *day < 37);
    }
    assert_eq!(unclear(&desk), Some(Unclear::FewOutlets));
    let quiet =
        Outlet { days: BTreeMap::from([(0, 1), (20, 1)]), ..outlet("q".into(), vec![Stretch { from: 0, to: NOW }]) };
    assert_eq!(
        Sight::of(&quiet, NOW).covered(0, NOW),
        1_000,
        "one that seldom publishes is not still when it does not"
    );
}

#[test]
fn sight_is_the_share_of_a_time_in_which_feeds_were_read_and_of_what_they_carry() {
    let covered = vec![Stretch { from: 0, to: 100 }, Stretch { from: 150, to: 200 }];
    let of = |carried, legible| Outlet { covered: covered.clone(), carried, legible, ..Outlet::default() };
    let whole = Sight::of(&of(None, 1_000), NOW);
    assert_eq!((whole.covered(0, 200), whole.covered(100, 150), whole.covered(120, 170)), (750, 0, 400));
    assert_eq!((whole.covered(50, 50), whole.covered(300, 400)), (0, 0));
    assert_eq!(Sight::of(&of(Some(500), 1_000), NOW).seen(0, 100), 500);
    assert_eq!(Sight::of(&of(Some(2_000), 5_000), NOW).seen(0, 100), 1_000, "no share is more than all");
    assert_eq!(Sight::of(&of(None, 0), NOW).seen(0, 100), 500, "what only feeds tell of counts half");
    assert_eq!((whole.since(), Sight::of(&Outlet::default(), NOW).since()), (Some(0), None));
}

#[test]
fn reports_come_in_at_the_pace_that_was_learnt() {
    let usual = Pace::learn([0; 7]);
    assert_eq!((usual.arrived(0), usual.arrived(100_000)), (250, 1_000));
    assert!((0..6_000).step_by(50).collect::<Vec<_>>().windows(2).all(|w| usual.arrived(w[0]) <= usual.arrived(w[1])));
    let quick = Pace::learn([10_000, 0, 0, 0, 0, 0, 0]);
    assert!(quick.arrived(0) > 950);
}

#[test]
fn what_one_press_alone_tells_says_how_many_could_have() {
    let mut desk = desk(5);
    let own = |outlets: usize, hours: i64| Told {
        id: format!("own {outlets} {hours}"),
        about: BTreeMap::new(),
        tellings: (0..outlets)
            .map(|outlet| Telling { at: NOW - hours * 60, press: 0, outlet, is_separate: outlet != 1 })
            .collect(),
    };
    desk.stories.extend([own(3, 20), own(2, 12), own(1, 20), own(4, 11)]);
    let alone = found(&desk).alone;
    let names: Vec<_> = alone.iter().map(|a| a.story.as_str()).collect();
    assert_eq!(names, ["own 3 20", "own 2 12"], "one outlet's own, and what others may yet take up, are not named");
    let first = &alone[0];
    assert_eq!((first.told, first.separate, first.outlets), (3, 2, 5));
    assert_eq!((first.other_presses, first.other_outlets), (11, 55));
    for press in &mut desk.presses[WIDELY..] {
        press.outlets.iter_mut().for_each(|o| o.covered.clear());
    }
    assert!(found(&desk).alone.is_empty(), "two others that were read are too few to say that nobody else tells it");
}

#[test]
fn a_desk_with_nothing_in_it_finds_nothing() {
    assert!(judge(&Desk::default(), &world()).is_empty());
    let empty = Desk { presses: vec![Press::default()], ..Desk::default() };
    assert_eq!(judge(&empty, &World::default()), [Findings::default()]);
    let mut odd = desk(3);
    odd.stories.push(Told { id: "nobody".into(), ..Told::default() });
    for telling in &mut odd.stories[0].tellings {
        telling.at = i64::MAX / 4;
    }
    assert_eq!(judge(&odd, &World::default()).len(), 12, "whatever the times, each press is judged");
}
