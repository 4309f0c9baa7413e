//! What was found of a country's press → the part of its page that says what it left out and has alone, with the denominators.

use crate::limits::MISSED_SHOWN;
use crate::missed::{Judged, alone, silence, standing};
use crate::store::Reader;
use crate::web::front::{Card, card};
use crate::web::words::count;
use anyhow::Result;
use parallax_core::missed::{Alone, Silence};

/// Stories of a group that are told of at once; the rest is folded.
const TOLD: usize = 8;

/// A story and why it stands here.
pub struct Reasoned {
    /// The story.
    pub card: Card,
    /// With every number that it rests on.
    pub why: String,
}

/// Stories that stand here for one reason.
pub struct Group {
    pub id: &'static str,
    pub heading: &'static str,
    pub note: String,
    pub stories: Vec<Reasoned>,
    pub folded: Vec<Reasoned>,
    /// What the fold is called.
    pub fold: String,
}

/// The part of the page.
#[derive(Default)]
pub struct MissedPart {
    /// How well the press was read; nothing where it is not read at all.
    pub standing: Option<String>,
    pub groups: Vec<Group>,
}

impl MissedPart {
    /// Reads what was found of a country's press.
    pub fn read(reader: &Reader, judged: &Judged, code: &str, reads: &[String]) -> Result<Self> {
        let Some(found) = judged.of_press(code) else { return Ok(MissedPart::default()) };
        let silences = |silences: &[Silence]| -> Result<Vec<Reasoned>> {
            let reasoned =
                silences.iter().take(MISSED_SHOWN).map(|s| reasoned(reader, &s.story, silence(s).join(" "), reads));
            reasoned.filter_map(Result::transpose).collect()
        };
        let alone_here = |all: &[Alone]| -> Result<Vec<Reasoned>> {
            let reasoned = all.iter().take(MISSED_SHOWN).map(|a| reasoned(reader, &a.story, alone(a), reads));
            reasoned.filter_map(Result::transpose).collect()
        };
        let held = |n: usize| {
            format!(
                "{n} of the {} that others tell widely in these four days.",
                count(found.judged as usize, "story", "stories")
            )
        };
        let left_out = silences(&found.missed)?;
        let left_out = Group {
            note: if left_out.is_empty() {
                format!("Nothing that could be told: of {}", held(0).trim_start_matches("0 of "))
            } else {
                held(found.missed.len())
            },
            ..group("h-left-out", "Left out", left_out, TOLD)
        };
        let unclear = Group {
            note: format!("Perhaps: it cannot be told of {}", held(found.unclear.len())),
            ..group("h-unclear", "Cannot be told", silences(&found.unclear)?, 0)
        };
        let alone = Group {
            note: "Told by several of its outlets, and seen in no other country’s: it may be, unseen or under another story.".into(),
            ..group("h-alone", "Here alone", alone_here(&found.alone)?, TOLD)
        };
        let groups =
            [left_out, unclear, alone].into_iter().filter(|group| group.id == "h-left-out" || !group.is_empty());
        Ok(MissedPart { standing: Some(standing(found)), groups: groups.collect() })
    }
}

impl Group {
    fn is_empty(&self) -> bool {
        self.stories.is_empty() && self.folded.is_empty()
    }
}

fn group(id: &'static str, heading: &'static str, mut stories: Vec<Reasoned>, told: usize) -> Group {
    let folded = stories.split_off(stories.len().min(told));
    let more = if stories.is_empty() { "" } else { " more" };
    let fold = format!("{}{more}", count(folded.len(), "story", "stories"));
    Group { id, heading, note: String::new(), stories, folded, fold }
}

/// A story that is still there.
fn reasoned(reader: &Reader, story: &str, why: String, reads: &[String]) -> Result<Option<Reasoned>> {
    let Some(line) = reader.story_line(story)? else { return Ok(None) };
    Ok(Some(Reasoned { card: card(reader, &line, reads, 0)?, why }))
}
