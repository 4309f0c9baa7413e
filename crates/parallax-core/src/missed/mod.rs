//! Presses with how well they were read, and who told which story when → what each press left out, what it alone has, or why that cannot be told.
//!
//! `press` says how much of an outlet's output could be seen; `cases` lays every widely told story beside every press; `expect` learns
//! from the desk's own past how large a part of a press tells such a story; `silence` how often none of it does. docs/MISSED.md has the
//! reasons. Shares are thousandths, chances millionths, times minutes since 1970 UTC.

mod about;
mod alone;
mod cases;
mod expect;
mod habits;
mod judge;
mod listing;
mod press;
mod silence;
#[cfg(test)]
mod tests;

pub use about::about;
pub use judge::judge;
pub use listing::{LISTED_TO_SPEAK, Listing, Uncounted};

use std::collections::{BTreeMap, BTreeSet};

/// A story counts as widely told when so many other presses tell it: two may share a border or an owner.
pub const WIDELY: usize = 3;
/// Of fewer outlets that could be seen nothing is said of a country's press: two are two editors' choices.
pub const OUTLETS_TO_SPEAK: usize = 3;
/// An outlet of whose output in a story's time less could be seen counts as not read then; so does a press.
pub const SEEN_TO_SPEAK: u32 = 500;
/// A silence is told of when so large a share of the press's outlets was to be expected to tell it…
pub const EXPECTED: u32 = 830;
/// …when presses are silent on such a story less often than so, whatever the reason…
pub const RARELY: u32 = 140_000;
/// …and when the press's reports, if there were some, would be missed less often than so.
pub const UNSEEN: u32 = 6_000;
/// Fewer past cases (a widely told story beside a press) teach nothing that may be said.
pub const CASES_TO_LEARN: usize = 1_000;

/// Time in which an outlet's feeds let us see what it published: from the oldest entry that they held to the last that they answered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stretch {
    /// Its first minute.
    pub from: i64,
    /// Its last.
    pub to: i64,
}

/// An outlet, and how well it was read.
#[derive(Clone, Debug, Default)]
pub struct Outlet {
    /// What it is called on the desk.
    pub name: String,
    /// When its feeds were read, in order.
    pub covered: Vec<Stretch>,
    /// What share of its output its feeds carry, where that is known (a news sitemap tells).
    pub carried: Option<u32>,
    /// How many of its articles were read beyond what a feed says of them: of a headline it is seldom known which story it tells.
    pub legible: u32,
    /// Day (since 1970) → articles.
    pub days: BTreeMap<i64, u32>,
}

/// The press of a country, or in a language.
#[derive(Clone, Debug, Default)]
pub struct Press {
    /// Country code, or language tag.
    pub name: String,
    /// Where it is at home.
    pub homes: BTreeSet<String>,
    /// What it is written in.
    pub languages: BTreeSet<String>,
    /// Its outlets.
    pub outlets: Vec<Outlet>,
}

/// An outlet's first report of a story.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Telling {
    /// When.
    pub at: i64,
    /// Which press, by its place in the list.
    pub press: usize,
    /// Which of its outlets.
    pub outlet: usize,
    /// Is one of its reports in its own words?
    pub is_separate: bool,
}

/// A story, and who told it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What it is called on the desk.
    pub id: String,
    /// The countries it is about, by how often its reports name them.
    pub about: BTreeMap<String, u32>,
    /// One an outlet.
    pub tellings: Vec<Telling>,
}

/// All that is judged.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// What time it is.
    pub now: i64,
    /// Stories that became widely told, or that one press alone told, in or after this minute are judged; older ones teach.
    pub since: i64,
    /// The presses.
    pub presses: Vec<Press>,
    /// The stories.
    pub stories: Vec<Told>,
}

/// How well a press was read in the time that is judged: the denominator of all that is said of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// Its outlets.
    pub outlets: u32,
    /// Those of whose output at least [`SEEN_TO_SPEAK`] could be seen.
    pub working: u32,
    /// Since when those that work are read: the median.
    pub since: Option<i64>,
    /// The share of these days' output that its outlets' feeds let us see, all of them counted.
    pub seen: u32,
    /// Of how many of them it is known what share of their output their feeds carry; of the others only for how long they answered.
    pub known: u32,
}

/// How wide a story was told by all other presses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Elsewhere {
    /// Presses that tell it, of those that could be read.
    pub presses: u32,
    /// Those that could be read.
    pub of_presses: u32,
    /// Outlets that tell it.
    pub outlets: u32,
    /// Of these, with a report in their own words.
    pub separate: u32,
}

/// What lies between a press and what a story is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Near {
    /// It is about the press's own country.
    Home,
    /// About a neighbour.
    Neighbour,
    /// About a country not far off: less than 2,000 km.
    Close,
    /// Farther.
    Far,
    /// Farther than 6,000 km.
    Farthest,
    /// What it is about is not known.
    Unknown,
}

impl Near {
    /// For programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Near::Home => "home",
            Near::Neighbour => "neighbour",
            Near::Close => "close",
            Near::Far => "far",
            Near::Farthest => "farthest",
            Near::Unknown => "unknown",
        }
    }
}

/// Why a silence is not told of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unclear {
    /// Too few of the press's outlets could be seen.
    FewOutlets,
    /// Too little of their output.
    LittleSeen,
    /// Others told it only now.
    Fresh,
    /// The desk has seen too little to know what is usual.
    Young,
}

impl Unclear {
    /// For programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Unclear::FewOutlets => "few-outlets",
            Unclear::LittleSeen => "little-seen",
            Unclear::Fresh => "fresh",
            Unclear::Young => "young-desk",
        }
    }
}

/// A story that many other presses tell, and this one hardly or not at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Silence {
    /// The story.
    pub story: String,
    /// This press's outlets that tell it: none, or few.
    pub told: u32,
    /// This press's outlets, those of them that could be seen in the story's time, and how much of the output of all.
    pub outlets: u32,
    /// Those that could be seen.
    pub working: u32,
    /// How much of the output of all.
    pub seen: u32,
    /// Who tells it.
    pub elsewhere: Elsewhere,
    /// When it was first told, and when it had become widely told.
    pub first: i64,
    /// When it had become widely told.
    pub widely: i64,
    /// What lies between the press and the story.
    pub near: Near,
    /// What share of the press's outlets was expected to tell it.
    pub expected: u32,
    /// How often, in millionths, presses like it are silent on such a story.
    pub silent: u32,
    /// How often, in millionths, the desk would see none of its reports though there were some.
    pub unseen: u32,
    /// Cases on the desk in which as much was expected: in how many the press told it, of how many.
    pub alike: (u32, u32),
    /// Why it is not told of as left out; `None` where it is.
    pub unclear: Option<Unclear>,
}

/// A story that this press alone tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alone {
    /// The story.
    pub story: String,
    /// This press's outlets that tell it.
    pub told: u32,
    /// Of these, with a report in their own words.
    pub separate: u32,
    /// This press's outlets.
    pub outlets: u32,
    /// When it was last taken up.
    pub last: i64,
    /// Other presses that could be read while it was told, and their outlets.
    pub other_presses: u32,
    /// Their outlets.
    pub other_outlets: u32,
}

/// What is found of one press.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Findings {
    /// Country code, or language tag.
    pub press: String,
    /// How well it was read.
    pub standing: Standing,
    /// Stories left out, the most striking first.
    pub missed: Vec<Silence>,
    /// Stories that might be, and why that cannot be told.
    pub unclear: Vec<Silence>,
    /// Stories that it alone tells, those told by most of its outlets first.
    pub alone: Vec<Alone>,
    /// Widely told stories that were held against it: what `missed` is of.
    pub judged: u32,
}
