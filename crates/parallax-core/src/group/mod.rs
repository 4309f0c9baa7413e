//! Articles in the order they come → the stories they tell; no placement depends on a later article.
//!
//! It does depend on those before: how much a word tells is learnt from the stream, so two reports that are just near enough may
//! part where more of their kind are held, and the same few articles alone may group otherwise than among thousands.

mod again;
mod background;
mod days;
mod index;
mod profile;
mod seen;
mod story;
mod ties;
mod vector;

use crate::almanac::Almanac;
use crate::limits::{GROUP_FEATURES, GROUP_STORIES};
use crate::model::{Annotations, Article, ArticleKind, Derivation, Placement, Reason, StoryId};
use background::{Background, Nearness};
use days::Days;
use index::Index;
use profile::Profile;
pub use profile::Reading;
use seen::Seen;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use story::{Story, Verdict};

/// What grouping decides by, chosen on the developer sets (see docs/EVALS.md).
#[derive(Clone, Debug)]
pub struct Settings {
    /// Rarity up to which a word tells nothing, thousandths of a bit.
    pub common: u32,
    /// Rarity from which on it tells no more.
    pub rare: u32,
    /// A language's own rarities count as much as so many articles seen.
    pub prior: u32,
    /// What standing in the lead adds to a term, in 256ths of one occurrence.
    pub lead: u64,
    /// Cosine at which two reports in one language are one story, ten thousandths.
    pub words: i64,
    /// How much lower it lies for the shortest reports, per cent.
    pub short: i64,
    /// How much nearer two reports are by being dated within two days of each other, per cent.
    pub dated: i64,
    /// How much further for every day beyond two, per cent.
    pub decay: i64,
    /// What the likeness of meanings and letters counts beside that of words within a language, per cent.
    pub blend: i64,
    /// How much the nearer of founder and centre counts, per cent.
    pub nearer: i64,
    /// Cosine of names and numbers below which two reports are strangers, ten thousandths…
    pub names: i64,
    /// …and what then remains of their nearness, per cent.
    pub strangers: i64,
    /// Calibrated likeness at which reports in two languages are one story, ten thousandths.
    pub meaning: i64,
    /// Nearness in its own language below which a report joins no story for its likeness across languages, thousandths.
    pub veto: i64,
    /// Likeness of unrelated reports in two languages as long as too few were seen, ten thousandths…
    pub usual: i64,
    /// …which counts as much as so many.
    pub unknown: i64,
    /// What a number weighs across languages, per cent of a word.
    pub numbers: u64,
    /// Is each of a foreign word's several meanings taken for less likely?
    pub ambiguous: bool,
    /// What the letters of a name weigh across languages, per cent.
    pub letters: u64,
    /// The same of other words.
    pub letters_of_words: u64,
    /// What the consonants of a name weigh across languages, per cent.
    pub consonants: u64,
    /// A story takes a report this many days after its last.
    pub days: i32,
    /// …and this many days after its first, at most.
    pub longest: i32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            common: 7_500,
            rare: 22_000,
            prior: 50,
            lead: 256,
            words: 2_600,
            short: 15,
            dated: 20,
            decay: 15,
            blend: 0,
            nearer: 50,
            names: 1_500,
            strangers: 70,
            meaning: 350,
            veto: 400,
            usual: 500,
            unknown: 5,
            numbers: 200,
            ambiguous: false,
            letters: 80,
            letters_of_words: 40,
            consonants: 100,
            days: 7,
            longest: 30,
        }
    }
}

/// How much a grouper holds, or may hold, at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bounds {
    /// Open stories.
    pub stories: usize,
    /// Features (words; meanings likewise) of which it is kept how common they are.
    pub features: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { stories: GROUP_STORIES, features: GROUP_FEATURES }
    }
}

/// The open stories, and what is needed to judge a newcomer against them. It can be written down and taken up again; its
/// settings are those of the code.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Grouper {
    #[serde(skip)]
    settings: Settings,
    bounds: Bounds,
    words: Seen,
    meanings: Seen,
    background: Background,
    by_words: Index,
    by_meaning: Index,
    stories: BTreeMap<u32, Story>,
    /// (when last joined, story).
    quiet: BTreeSet<(u32, u32)>,
    last: BTreeMap<u32, u32>,
    days: Days,
    /// (last day of its reports, story), of those whose reports are dated.
    by_day: BTreeSet<(i32, u32)>,
    placed: u32,
}

impl Grouper {
    /// No stories yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No stories yet, other settings.
    #[must_use]
    pub fn with(settings: Settings) -> Self {
        Grouper { settings, ..Self::default() }
    }

    /// No stories yet, other bounds: for a smaller machine.
    #[must_use]
    pub fn with_limits(bounds: Bounds) -> Self {
        let (words, meanings) = (Seen::within(bounds.features), Seen::within(bounds.features));
        Grouper { bounds, words, meanings, ..Self::default() }
    }

    /// What it decides by, and what articles are to be read by for it.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What it holds now.
    #[must_use]
    pub fn holds(&self) -> Bounds {
        Bounds { stories: self.stories.len(), features: self.words.features().max(self.meanings.features()) }
    }

    /// Places one article: it founds a story or joins one.
    pub fn place(&mut self, article: &Article, annotations: &Annotations, almanac: &Almanac) -> Placement {
        self.place_read(article, Reading::of(article, annotations, &self.settings, almanac))
    }

    /// Places one article that was read before, by the settings of this grouper.
    pub fn place_read(&mut self, article: &Article, reading: Reading) -> Placement {
        if article.kind == ArticleKind::Listing {
            return alone(article);
        }
        let profile = Profile::of(reading, (&mut self.words, &mut self.meanings), &self.settings);
        let day = profile.day;
        let found = self.find(&profile);
        self.background.add(profile.language.as_deref().unwrap_or(""), &profile.meaning);
        let placement = match found {
            Some((number, verdict)) if verdict.margin >= 1000 => self.join(number, verdict, article, &profile),
            nearest => self.establish(nearest, article, profile),
        };
        self.placed += 1;
        self.days.came(day);
        self.close_past();
        self.close_quiet();
        placement
    }

    /// The story nearest to the newcomer, of those still open on its day.
    fn find(&mut self, profile: &Profile) -> Option<(u32, Verdict)> {
        let open = |number| self.stories.get(&number).is_some_and(|s| s.open_on(profile.day, &self.settings));
        let mut candidates = self.by_words.candidates(&profile.words, open);
        candidates.extend(self.by_meaning.candidates(&profile.meaning, open));
        candidates.sort_unstable();
        candidates.dedup();
        let mut nearness = Nearness::default();
        let mut best: Option<(u32, Verdict)> = None;
        for number in candidates {
            let Some(story) = self.stories.get_mut(&number) else { continue };
            let verdict = story.judge(profile, &mut nearness, &self.background, &self.settings);
            if best.is_none_or(|(_, other)| verdict.margin > other.margin) {
                best = Some((number, verdict));
            }
        }
        best
    }

    fn join(&mut self, number: u32, verdict: Verdict, article: &Article, profile: &Profile) -> Placement {
        let Some(story) = self.stories.get_mut(&number) else { unreachable!("only open stories are found") };
        let derivation = ties::derivation(&story.originals, profile);
        let because = reasons(story, profile, verdict, &derivation);
        let id = story.id.clone();
        story.mark_copied(&derivation);
        if !matches!(derivation, Derivation::Verbatim(_)) {
            story.keep_original(article.id.clone(), profile);
            self.shape(number, profile);
        }
        self.touch(number);
        Placement { story: id, derivation, because }
    }

    /// What a story is told by, and found by, grows by a text that is no copy.
    fn shape(&mut self, number: u32, profile: &Profile) {
        let Some(story) = self.stories.get_mut(&number) else { return };
        let before = story.last_day();
        story.join(profile);
        let after = story.last_day();
        if before != after {
            self.by_day.extend(after.map(|day| (day, number)));
            before.map(|day| self.by_day.remove(&(day, number)));
        }
        story.listed.0.extend(self.by_words.list(number, &profile.words));
        story.listed.1.extend(self.by_meaning.list(number, &profile.meaning));
    }

    fn establish(&mut self, nearest: Option<(u32, Verdict)>, article: &Article, profile: Profile) -> Placement {
        let because = match nearest.and_then(|(number, verdict)| Some((self.stories.get(&number)?, verdict))) {
            Some((story, verdict)) => Reason {
                reason: format!("no open story is like it; the nearest is that of {}", story.id),
                weight: i32::try_from(verdict.margin - 1000).unwrap_or(i32::MIN),
            },
            None => Reason { reason: "no open story is like it".into(), weight: 0 },
        };
        let number = self.placed;
        let listed = (self.by_words.list(number, &profile.words), self.by_meaning.list(number, &profile.meaning));
        let id = StoryId(article.id.clone());
        let mut story = Story::new(id.clone(), profile);
        story.listed = listed;
        self.by_day.extend(story.last_day().map(|day| (day, number)));
        self.stories.insert(number, story);
        self.touch(number);
        Placement { story: id, derivation: Derivation::Original, because: vec![because] }
    }

    fn touch(&mut self, number: u32) {
        if let Some(before) = self.last.insert(number, self.placed) {
            self.quiet.remove(&(before, number));
        }
        self.quiet.insert((self.placed, number));
    }

    /// Closes the stories that no report of these days could join any more.
    fn close_past(&mut self) {
        let Some(present) = self.days.present() else { return };
        while let Some((last, number)) = self.by_day.first().copied()
            && last + self.settings.days < present
        {
            self.close(number);
        }
    }

    /// Closes the stories that were quiet longest when there are too many.
    fn close_quiet(&mut self) {
        while self.stories.len() > self.bounds.stories {
            let Some((_, number)) = self.quiet.first().copied() else { return };
            self.close(number);
        }
    }

    /// Forgets a story: what it is can be read in its articles.
    fn close(&mut self, number: u32) {
        if let Some(last) = self.last.remove(&number) {
            self.quiet.remove(&(last, number));
        }
        if let Some(story) = self.stories.remove(&number) {
            self.by_words.forget(number, &story.listed.0);
            self.by_meaning.forget(number, &story.listed.1);
            story.last_day().map(|day| self.by_day.remove(&(day, number)));
        }
    }
}

/// A front page or a digest tells of many happenings and of none: it joins no story, and none joins it.
fn alone(article: &Article) -> Placement {
    let because = vec![Reason { reason: "a listing is no report of one happening".into(), weight: 0 }];
    Placement { story: StoryId(article.id.clone()), derivation: Derivation::Original, because }
}

/// Whose words a report has.
fn reasons_of(story: &Story, profile: &Profile, derivation: &Derivation) -> Vec<Reason> {
    match derivation {
        Derivation::Verbatim(of) => vec![Reason { reason: format!("the same text as {of}"), weight: 1000 }],
        Derivation::Rewritten(of) => {
            let foreign = story.originals.iter().any(|o| o.id == *of && o.language != profile.language);
            let how = if foreign { "tells in another language, in the order of" } else { "has passages of" };
            vec![Reason { reason: format!("{how} {of}"), weight: 500 }]
        }
        Derivation::Original => Vec::new(),
    }
}

/// Why a report joins a story, the heaviest reason first.
fn reasons(story: &Story, profile: &Profile, verdict: Verdict, derivation: &Derivation) -> Vec<Reason> {
    let mut reasons = reasons_of(story, profile, derivation);
    let weight = |margin: i64| i32::try_from(margin).unwrap_or(i32::MAX);
    if let Some(words) = verdict.words.filter(|words| *words >= 1000 || verdict.meaning.is_none()) {
        let shared = |names: bool| {
            let heavy = profile.words.heaviest(40).into_iter().map(|(feature, _)| feature);
            let both = heavy.filter(|f| story.founder.words.0.binary_search_by_key(f, |(feature, _)| *feature).is_ok());
            let named = |f: &u32| profile.names.0.binary_search_by_key(f, |(feature, _)| *feature).is_ok();
            let shown = both.filter(|f| named(f) == names).filter_map(|f| profile.shown.get(&f).cloned());
            shown.take(5).collect::<Vec<_>>().join(", ")
        };
        for (what, shown) in [("names and numbers", shared(true)), ("words", shared(false))] {
            if !shown.is_empty() {
                reasons.push(Reason { reason: format!("shares the {what} {shown}"), weight: weight(words) });
            }
        }
    }
    if let Some(meaning) = verdict.meaning.filter(|meaning| *meaning >= 1000) {
        reasons.push(Reason { reason: "says the same in another language".into(), weight: weight(meaning) });
    }
    if reasons.is_empty() {
        reasons.push(Reason { reason: "is near the centre of the story".into(), weight: weight(verdict.margin) });
    }
    reasons
}
