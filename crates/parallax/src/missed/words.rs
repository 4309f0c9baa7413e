//! What was found of a press → sentences that say it with every number it rests on.

use crate::report::{count, when};
use jiff::Timestamp;
use parallax_core::missed::{Alone, Findings, Near, OUTLETS_TO_SPEAK, SEEN_TO_SPEAK, Silence, Unclear};

pub(super) fn number(n: u32, one: &str, many: &str) -> String {
    count(n as usize, one, many)
}

pub(super) fn percent(thousandths: u32) -> String {
    format!("{} %", (thousandths + 5) / 10)
}

/// Minutes since 1970 UTC → "4 Mar 2026, 18:05 UTC".
pub(super) fn minute(minutes: i64) -> String {
    let stamp = Timestamp::from_second(minutes.saturating_mul(60)).map_or_else(|_| String::new(), |t| t.to_string());
    format!("{} UTC", when(&stamp))
}

/// How well a press was read, in one or two sentences: the denominator of all that is told of it.
#[must_use]
pub fn standing(found: &Findings) -> String {
    let of = &found.standing;
    if of.outlets == 0 {
        return "No outlet of this press is read.".to_owned();
    }
    let since = of.since.map(|at| format!(", half of them since {} or earlier", minute(at))).unwrap_or_default();
    let known = match of.known {
        0 => "what share of its output an outlet’s feeds carry is not known".to_owned(),
        n => format!("what share of its output an outlet’s feeds carry is known of {n}"),
    };
    format!(
        "{} of {} could be read in these four days{since}. Of their time, and of the texts behind what their feeds told, this desk saw {}; {known}.",
        of.working,
        number(of.outlets, "outlet", "outlets"),
        percent(of.seen)
    )
}

/// Why a story is told of as left out, or why that cannot be told: a sentence each.
#[must_use]
pub fn silence(s: &Silence) -> Vec<String> {
    let elsewhere = s.elsewhere;
    let mut told = vec![format!(
        "Told by {} of {} others whose press could be read: {}, {} of them in reports of their own.",
        elsewhere.presses,
        elsewhere.of_presses,
        number(elsewhere.outlets, "outlet", "outlets"),
        elsewhere.separate
    )];
    told.push(match s.told {
        0 => format!("Here by none of {}.", number(s.outlets, "outlet", "outlets")),
        n => format!("Here by {n} of {}.", number(s.outlets, "outlet", "outlets")),
    });
    told.push(format!("{}{} in a hundred of its outlets were expected to.", near(s.near), (s.expected + 5) / 10));
    match s.unclear {
        None => told.push(format!(
            "{} of them could be read while it was told, which showed {} of their output; on {} as likely, a press that was read so told it {}.",
            s.working,
            percent(s.seen),
            number(s.alike.1, "story", "stories"),
            if s.alike.0 == 1 { "once".to_owned() } else { format!("{} times", s.alike.0) }
        )),
        Some(why) => told.push(format!("Whether it was left out cannot be told: {}.", unclear(s, why))),
    }
    told
}

fn near(near: Near) -> &'static str {
    match near {
        Near::Home => "It is about this press’s own country: ",
        Near::Neighbour => "It is about a neighbour: ",
        Near::Close => "It is about a country not far away: ",
        Near::Far | Near::Farthest => "It is about a country far away: ",
        Near::Unknown => "",
    }
}

fn unclear(s: &Silence, why: Unclear) -> String {
    match why {
        Unclear::FewOutlets if (s.working as usize) < OUTLETS_TO_SPEAK => format!(
            "{} of its outlets could be read in that time, and fewer than {OUTLETS_TO_SPEAK} are no country’s press",
            if s.working == 0 { "none".to_owned() } else { format!("only {}", s.working) }
        ),
        Unclear::FewOutlets => {
            format!("the {} that could be read are so few that all may have passed it over by chance", s.working)
        }
        Unclear::LittleSeen if s.seen < SEEN_TO_SPEAK => {
            format!("of what its outlets published in that time this desk saw only {}", percent(s.seen))
        }
        Unclear::LittleSeen => {
            format!(
                "this desk saw {} of what its outlets published in that time, and may have missed their reports",
                percent(s.seen)
            )
        }
        Unclear::Fresh => "others tell it widely only since a short while, and reports may yet come".to_owned(),
        Unclear::Young => "this desk has not read for long enough to know what is usual".to_owned(),
    }
}

/// What a press alone tells: how many could have.
#[must_use]
pub fn alone(a: &Alone) -> String {
    format!(
        "Told by {} of {} here, {} in reports of their own; seen at none of {} of {} others.",
        a.told,
        number(a.outlets, "outlet", "outlets"),
        a.separate,
        number(a.other_outlets, "outlet", "outlets"),
        a.other_presses
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use parallax_core::missed::{Elsewhere, Standing};

    fn silent(unclear: Option<Unclear>, working: u32, seen: u32) -> Silence {
        Silence {
            story: "s".into(),
            told: 0,
            outlets: 9,
            working,
            seen,
            elsewhere: Elsewhere { presses: 11, of_presses: 18, outlets: 23, separate: 17 },
            first: 0,
            widely: 60,
            near: Near::Neighbour,
            expected: 714,
            silent: 20_000,
            unseen: 1_000,
            alike: (205, 212),
            unclear,
        }
    }

    #[test]
    fn what_was_left_out_is_said_with_its_denominators() {
        assert_eq!(
            silence(&silent(None, 8, 871)).join(" "),
            "Told by 11 of 18 others whose press could be read: 23 outlets, 17 of them in reports of their own. Here by none of 9 outlets. \
             It is about a neighbour: 71 in a hundred of its outlets were expected to. 8 of them could be read while it was told, which \
             showed 87 % of their output; on 212 stories as likely, a press that was read so told it 205 times."
        );
    }

    #[test]
    fn what_cannot_be_told_says_why() {
        let why = |unclear, working, seen| silence(&silent(Some(unclear), working, seen)).pop().expect("a sentence");
        assert_eq!(
            why(Unclear::FewOutlets, 2, 900),
            "Whether it was left out cannot be told: only 2 of its outlets could be read in that time, and fewer than 3 are no country’s press."
        );
        assert!(why(Unclear::FewOutlets, 0, 0).contains("none of its outlets"));
        assert!(why(Unclear::FewOutlets, 3, 900).contains("the 3 that could be read are so few"));
        assert!(why(Unclear::LittleSeen, 4, 430).ends_with("saw only 43 %."));
        assert!(why(Unclear::LittleSeen, 4, 700).contains("70 %"));
        assert!(
            why(Unclear::Fresh, 4, 900).contains("may yet come") && why(Unclear::Young, 4, 900).contains("long enough")
        );
    }

    #[test]
    fn a_press_is_introduced_by_how_well_it_was_read() {
        let standing_of = |outlets| Standing { outlets, working: 2, since: Some(29_543_765), seen: 645, known: 0 };
        let found = Findings { standing: standing_of(3), ..Findings::default() };
        assert_eq!(
            standing(&found),
            "2 of 3 outlets could be read in these four days, half of them since 4 Mar 2026, 12:05 UTC or earlier. Of their time, and of the \
             texts behind what their feeds told, this desk saw 65 %; what share of its output an outlet’s feeds carry is not known."
        );
        assert_eq!(standing(&Findings::default()), "No outlet of this press is read.");
        let alone_here = Alone {
            story: "s".into(),
            told: 3,
            separate: 2,
            outlets: 4,
            last: 0,
            other_presses: 17,
            other_outlets: 19,
        };
        assert_eq!(
            alone(&alone_here),
            "Told by 3 of 4 outlets here, 2 in reports of their own; seen at none of 19 outlets of 17 others."
        );
    }
}
