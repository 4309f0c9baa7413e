//! Golden cases of what gets missed: presses, their usual weeks and a story, in plain text → what is said of whom, with its figures.

use parallax_core::missed::{Alone, Desk, Findings, Outlet, Press, Silence, Stretch, Telling, Told, judge};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

const DAY: i64 = 1_440;
/// Unless a case says otherwise: it is the beginning of this day, and what became widely told in the four days before is judged.
const NOW: i64 = 40 * DAY;
const JUDGED: i64 = 4 * DAY;
/// A story's reports come in so many minutes after one another: by press and by outlet.
const LATER: usize = 10;
/// What usual weeks are called.
const USUAL: &str = "usual ";

/// A case as far as it is read: a setting that cases begin with, or one of them.
#[derive(Clone, Default)]
struct Case {
    name: String,
    now: i64,
    presses: Vec<Press>,
    usual: Vec<Usual>,
    stories: Vec<Told>,
    /// (press, story, what is expected: a word and figures); no story is the press's own standing.
    expected: Vec<Expected>,
    unread: Vec<(usize, usize, Stretch)>,
}

#[derive(Clone)]
struct Expected {
    press: String,
    story: String,
    what: String,
    figures: Vec<String>,
}

/// So many stories a day.
#[derive(Clone)]
struct Usual {
    a_day: i64,
    days: i64,
    about: String,
    /// (every so many, what tells them)
    told: Vec<(i64, String)>,
}

fn number(words: &str) -> usize {
    let digits: String = words.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("a number begins “{words}”"))
}

/// "day 37 09:30", or "day 37".
fn minute(words: &str) -> i64 {
    let words = words.trim().strip_prefix("day ").unwrap_or_else(|| panic!("“{words}” is no time: day 37 09:30"));
    let (day, clock) = words.split_once(' ').unwrap_or((words, "00:00"));
    let (hour, past) = clock.split_once(':').unwrap_or_else(|| panic!("“{clock}” is no hour: 09:30"));
    let of = |words: &str| i64::try_from(number(words)).unwrap();
    of(day) * DAY + of(hour) * 60 + of(past)
}

fn about(words: &str) -> BTreeMap<String, u32> {
    words.split_whitespace().filter(|w| *w != "nothing").map(|country| (country.to_owned(), 3)).collect()
}

impl Case {
    fn press(&self, name: &str) -> usize {
        self.presses.iter().position(|p| p.name == name).unwrap_or_else(|| panic!("{}: no press {name}", self.name))
    }

    /// "PT 1-3" or "PT": a press and some or all of its outlets.
    fn outlets(&mut self, words: &str) -> (usize, std::ops::Range<usize>) {
        let mut words = words.split_whitespace();
        let press = self.press(words.next().unwrap_or(""));
        let all = 0..self.presses[press].outlets.len();
        let some = words.next().map(|range| {
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            number(from) - 1..number(to)
        });
        (press, some.unwrap_or(all))
    }

    /// "all but PT FR, 2 outlets each, copies but for 1", or "all but 2 in turn": (press, outlet, is it in its own words?).
    fn tellers(&self, words: &str, number_of_story: usize) -> Vec<(usize, usize, bool)> {
        let mut parts = words.split(", ");
        let named = parts.next().unwrap_or("");
        let list = |names: &str| names.split_whitespace().map(|name| self.press(name)).collect::<BTreeSet<_>>();
        let all: BTreeSet<usize> = (0..self.presses.len()).collect();
        let in_turn = named.strip_prefix("all but ").and_then(|rest| rest.strip_suffix(" in turn"));
        let who = match named.strip_prefix("all") {
            Some(_) if in_turn.is_some() => {
                let many = in_turn.map_or(0, number);
                // Each round with another step, so that it is not always the same that are silent together.
                let step = 1 + number_of_story / all.len() % (all.len() - 1);
                let silent = (0..many).map(|n| (number_of_story + n * step) % all.len()).collect();
                &all - &silent
            }
            Some(rest) => &all - &list(rest.trim().trim_start_matches("but ")),
            None => list(named),
        };
        let (mut most, mut fewer, mut own) = (usize::MAX, 0, usize::MAX);
        for part in parts {
            match part.trim() {
                "all but one outlet each" => fewer = 1,
                "copies" => own = 0,
                part if part.starts_with("copies but for ") => own = number(&part[15..]),
                part if part.contains("outlet") => most = number(part),
                part => panic!("{}: “{part}” says nothing of who tells it", self.name),
            }
        }
        let outlets = who.into_iter().flat_map(|press| {
            let of = self.presses[press].outlets.len();
            let tell = most.min(if of > 1 { of - fewer } else { of });
            (0..tell).map(move |outlet| (press, outlet))
        });
        outlets.enumerate().map(|(n, (press, outlet))| (press, outlet, n < own)).collect()
    }

    fn tellings(&self, first: i64, words: &str, number_of_story: usize) -> Vec<Telling> {
        let later = |press, outlet| i64::try_from(LATER * (press + outlet)).unwrap();
        let tellers = self.tellers(words, number_of_story).into_iter();
        tellers
            .map(|(press, outlet, is_separate)| Telling {
                at: first + later(press, outlet),
                press,
                outlet,
                is_separate,
            })
            .collect()
    }

    /// A line of the setting, or of a case.
    fn line(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "presses" | "press" => self.add_presses(rest),
            "now" => self.now = minute(rest),
            "usual" => self.add_usual(rest),
            "every" => {
                let (every, told) = rest.split_once(" told by ").expect("every 5th told by …");
                let usual = self.usual.last_mut().expect("usual … stands before");
                usual.told.insert(0, (i64::try_from(number(every)).unwrap(), told.to_owned()));
            }
            "unread" | "still" | "carries" | "texts" => self.sight(word, rest),
            "story" => {
                let (name, rest) = rest.split_once(" about ").expect("story NAME about CC, day …");
                let (of, at) = rest.split_once(", ").expect("story NAME about CC, day …");
                let tellings = vec![Telling { at: minute(at), press: usize::MAX, outlet: 0, is_separate: false }];
                self.stories.push(Told { id: name.to_owned(), about: about(of), tellings });
            }
            "told" => {
                let story = self.stories.last().expect("a story stands before");
                let first = story.tellings[0].at;
                let (at, by) = match rest.strip_prefix("from ").and_then(|rest| rest.split_once(" by ")) {
                    Some((at, by)) => (minute(at), by),
                    None => (first, rest.strip_prefix("by ").expect("told by …")),
                };
                let tellings = self.tellings(at, by, 0);
                self.stories.last_mut().unwrap().tellings.extend(tellings);
            }
            "--" => self.expect(rest),
            _ => panic!("{}: “{line}” is no line of a case", self.name),
        }
    }

    /// "PT ES: 5 outlets, in pt, at home in PT BR"; one that is there is replaced.
    fn add_presses(&mut self, words: &str) {
        let (names, of) = words.split_once(": ").expect("presses PT ES: 5 outlets");
        for name in names.split_whitespace() {
            let mut press = Press { name: name.to_owned(), ..Press::default() };
            press.homes.insert(name.to_owned());
            press.languages.insert(format!("of {name}"));
            for part in of.split(", ") {
                let set = |words: &str| words.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
                if let Some(languages) = part.strip_prefix("in ") {
                    press.languages = set(languages);
                } else if let Some(homes) = part.strip_prefix("at home in ") {
                    press.homes = set(homes);
                } else {
                    let covered = vec![Stretch { from: 0, to: NOW }];
                    let days = (0..=NOW / DAY).map(|day| (day, 20)).collect();
                    let outlet = |n| Outlet { name: format!("{name}-{n}"), ..Outlet::default() };
                    press.outlets = (1..=number(part))
                        .map(|n| Outlet {
                            covered: covered.clone(),
                            legible: 1_000,
                            days: BTreeMap::clone(&days),
                            ..outlet(n)
                        })
                        .collect();
                }
            }
            match self.presses.iter_mut().find(|p| p.name == name) {
                Some(known) => *known = press,
                None => self.presses.push(press),
            }
        }
    }

    /// "3 a day for 38 days about JP, told by all".
    fn add_usual(&mut self, words: &str) {
        let (a_day, rest) = words.split_once(" a day for ").expect("usual 3 a day for 38 days about JP, told by all");
        let (days, rest) = rest.split_once(" days about ").expect("… for 38 days about JP, told by all");
        let (of, told) = rest.split_once(", told by ").expect("… about JP, told by all");
        let of_number = |words: &str| i64::try_from(number(words)).unwrap();
        let told = vec![(1, told.to_owned())];
        self.usual.push(Usual { a_day: of_number(a_day), days: of_number(days), about: of.to_owned(), told });
    }

    /// How some outlets could be read: from when to when not, since when their feeds stand still, what they carry, how many texts are there.
    fn sight(&mut self, word: &str, words: &str) {
        let (who, how) = words.split_once(": ").expect("unread PT 1-3: day 37 to day 38");
        let (press, outlets) = self.outlets(who);
        for outlet in outlets {
            let of = &mut self.presses[press].outlets[outlet];
            match word {
                "unread" => {
                    let (from, to) = how.split_once(" to ").expect("day 37 to day 38");
                    let out = Stretch { from: minute(from), to: minute(to) };
                    let parts = |s: &Stretch| [(s.from, s.to.min(out.from)), (s.from.max(out.to), s.to)];
                    let left = of.covered.iter().flat_map(parts).filter(|(from, to)| from < to);
                    of.covered = left.map(|(from, to)| Stretch { from, to }).collect();
                    self.unread.push((press, outlet, out));
                }
                "still" => {
                    let since = minute(how.trim_start_matches("since "));
                    of.days.retain(|day, _| day * DAY < since);
                    self.unread.push((press, outlet, Stretch { from: since, to: i64::MAX }));
                }
                "carries" => of.carried = Some(u32::try_from(number(how)).unwrap()),
                _ => of.legible = u32::try_from(number(how)).unwrap(),
            }
        }
    }

    /// "left out by PT: the ferry | none of 5 told it, …".
    fn expect(&mut self, words: &str) {
        let (words, figures) = words.split_once(" | ").unwrap_or((words, ""));
        let (what, story) = words.split_once(": ").unwrap_or((words, ""));
        let (what, press) = what.rsplit_once(' ').expect("-- left out by PT: STORY");
        self.press(press);
        assert!(story.is_empty() || self.stories.iter().any(|s| s.id == story), "{}: no story {story}", self.name);
        let figures = figures.split(", ").filter(|f| !f.is_empty()).map(str::to_owned).collect();
        self.expected.push(Expected {
            press: press.to_owned(),
            story: story.to_owned(),
            what: what.to_owned(),
            figures,
        });
    }

    /// All that is judged: what could not be read, and what is still to come, is not there.
    fn desk(&self) -> Desk {
        let mut stories = self.stories.clone();
        for (n, usual) in self.usual.iter().enumerate() {
            for at in 0..usual.a_day * usual.days {
                let first = at / usual.a_day * DAY + at % usual.a_day * 300 + 60;
                let tells = usual.told.iter().find(|(every, _)| at % every == every - 1);
                let tellings = tells
                    .map(|(_, words)| self.tellings(first, words, usize::try_from(at).unwrap()))
                    .unwrap_or_default();
                stories.push(Told { id: format!("{USUAL}{n}-{at}"), about: about(&usual.about), tellings });
            }
        }
        let is_read = |t: &Telling| {
            let is_out = |(press, outlet, out): &(usize, usize, Stretch)| {
                (*press, *outlet) == (t.press, t.outlet) && t.at >= out.from && t.at < out.to
            };
            t.press != usize::MAX && t.at <= self.now && !self.unread.iter().any(is_out)
        };
        stories.iter_mut().for_each(|s| s.tellings.retain(is_read));
        stories.retain(|s| !s.tellings.is_empty());
        Desk { now: self.now, since: self.now - JUDGED, presses: self.presses.clone(), stories }
    }

    /// What is otherwise found than the case says.
    fn wrong(&self) -> Vec<String> {
        let findings = judge(&self.desk(), parallax_almanac::world());
        let mut wrong = Vec::new();
        for of in &findings {
            let expected = || self.expected.iter().filter(|e| e.press == of.press);
            let found = found(of);
            let said =
                |what: &str| found.iter().filter(move |f| f.what == what).map(|f| f.story.clone()).collect::<Vec<_>>();
            for what in found
                .iter()
                .chain(expected().filter(|e| e.what != "nothing of"))
                .map(|f| &f.what)
                .collect::<BTreeSet<_>>()
            {
                let wanted: Vec<_> = expected().filter(|e| &e.what == what).map(|e| e.story.clone()).collect();
                let said = said(what);
                if said != wanted && what != "standing of" {
                    wrong.push(format!("{}: {what} {}: {wanted:?} expected, {said:?} found", self.name, of.press));
                }
            }
            for nothing in expected().filter(|e| e.what == "nothing of") {
                if found.iter().any(|f| f.story == nothing.story) {
                    wrong.push(format!("{}: something of {} is said of {}", self.name, nothing.story, of.press));
                }
            }
            for one in expected() {
                let Some(at) = found.iter().find(|f| f.what == one.what && f.story == one.story) else { continue };
                if let Some(figure) = one.figures.iter().find(|f| !at.figures.contains(f)) {
                    wrong.push(format!(
                        "{}: {} {}: not “{figure}” but {}",
                        self.name,
                        one.story,
                        of.press,
                        at.figures.join(", ")
                    ));
                }
            }
        }
        wrong
    }
}

/// What is said of a press, in the words of the cases; of usual stories only that they were left out or are its own.
fn found(of: &Findings) -> Vec<Expected> {
    let one = |what: String, story: &str, figures| Expected {
        press: of.press.clone(),
        story: story.to_owned(),
        what,
        figures,
    };
    let why = |s: &Silence| s.unclear.map_or("", |why| why.word()).replace('-', " ");
    let left_out = of.missed.iter().map(|s| one("left out by".into(), &s.story, figures(s)));
    let named = of.unclear.iter().filter(|s| !s.story.starts_with(USUAL));
    let unclear = named.map(|s| one(format!("cannot be told, {}, of", why(s)), &s.story, figures(s)));
    let alone = of.alone.iter().map(|a| one("here alone in".into(), &a.story, figures_alone(a)));
    let standing = &of.standing;
    let standing = [
        format!("{} outlets", standing.outlets),
        format!("{} could be read", standing.working),
        format!("{} ‰ of output seen", standing.seen),
        format!("known of {}", standing.known),
    ];
    let standing = std::iter::once(one("standing of".into(), "", standing.to_vec()));
    left_out.chain(unclear).chain(alone).chain(standing).collect()
}

fn figures(s: &Silence) -> Vec<String> {
    vec![
        format!("told by {} of {}", s.told, s.outlets),
        format!("{} could be read", s.working),
        format!("{} ‰ of output seen", s.seen),
        format!("told by {} of {} others", s.elsewhere.presses, s.elsewhere.of_presses),
        format!("{} outlets", s.elsewhere.outlets),
        format!("{} reports of their own", s.elsewhere.separate),
        s.near.word().to_owned(),
        format!("widely after {} minutes", s.widely - s.first),
    ]
}

fn figures_alone(a: &Alone) -> Vec<String> {
    vec![
        format!("told by {} of {}", a.told, a.outlets),
        format!("{} reports of their own", a.separate),
        format!("{} others could be read", a.other_presses),
        format!("{} outlets of theirs", a.other_outlets),
    ]
}

/// The cases of a file: what stands before the first is how each begins.
fn cases(file: &str, text: &str) -> Vec<Case> {
    let lines = || text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let mut setting = Case { name: file.to_owned(), now: NOW, ..Case::default() };
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: format!("{file}:{}: {name}", number + 1), ..setting.clone() });
        } else {
            cases.last_mut().unwrap_or(&mut setting).line(line);
        }
    }
    cases
}

#[test]
fn golden_cases_of_what_gets_missed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/missed");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let mut all = 0;
    let mut wrong: Vec<String> = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let cases = cases(&name, &std::fs::read_to_string(&file).unwrap());
        all += cases.len();
        for case in &cases {
            assert!(!case.expected.is_empty(), "{}: it expects nothing", case.name);
            wrong.extend(case.wrong());
        }
    }
    assert!(all >= 20, "{all} cases");
    assert!(wrong.is_empty(), "{} of {all} cases:\n{}", wrong.len(), wrong.join("\n"));
}
