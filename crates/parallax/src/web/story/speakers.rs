//! Utterances → who said what: each speaker's words as the outlets render them, side by side.

use crate::web::shape::Utterance;
use crate::web::sheet::{Quote, Sheet};

/// Utterances shown of one speaker before the rest is folded.
const SHOWN: usize = 6;

/// One speaker.
pub struct Speaker {
    /// By the fullest name that the reports use.
    pub name: String,
    /// What was said, as often as it is told differently.
    pub said: Vec<Said>,
    /// What more there is.
    pub more: Vec<Said>,
}

/// One utterance.
pub struct Said {
    /// Its renderings, one a report.
    pub renderings: Vec<Quote>,
    /// How they stand to one another, in words; nothing where one report alone has it.
    pub wording: &'static str,
    /// Do they say different things?
    pub is_conflict: bool,
    /// By how many reports it is told.
    pub told: usize,
}

/// Speakers of utterances that several reports tell; then those whom one alone quotes.
pub fn speakers(sheet: &Sheet<'_>) -> (Vec<Speaker>, Vec<Speaker>) {
    let (mut several, mut once) = (Vec::new(), Vec::new());
    for utterance in &sheet.story.statements {
        let renderings = sheet.quotes(utterance.renderings.iter().map(|r| &r.at));
        if renderings.is_empty() {
            continue;
        }
        let said = said(utterance, renderings);
        let name = utterance.speaker.as_deref().and_then(|s| sheet.name(s));
        let speakers = if said.told > 1 { &mut several } else { &mut once };
        add(speakers, name.unwrap_or_else(|| "Unnamed, or not made out".to_owned()), said);
    }
    several.sort_by_key(|s: &Speaker| {
        let conflict = s.said.iter().any(|said| said.is_conflict);
        (!conflict, std::cmp::Reverse(s.said.iter().map(|said| said.told).max()))
    });
    (several, once)
}

fn add(speakers: &mut Vec<Speaker>, name: String, said: Said) {
    match speakers.iter_mut().find(|s| s.name == name) {
        Some(speaker) if speaker.said.len() < SHOWN => speaker.said.push(said),
        Some(speaker) => speaker.more.push(said),
        None => speakers.push(Speaker { name, said: vec![said], more: Vec::new() }),
    }
}

fn said(utterance: &Utterance, renderings: Vec<Quote>) -> Said {
    let wording = match utterance.wording.as_str() {
        "conflict" => "the renderings say different things",
        "differs" => "in other words",
        "same" => "in the same words",
        _ => "",
    };
    Said { told: renderings.len(), renderings, wording, is_conflict: utterance.wording == "conflict" }
}
