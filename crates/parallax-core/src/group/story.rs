//! An open story: its founding report, a bounded centre, and how near a newcomer is to both.

use super::Settings;
use super::background::{Background, Nearness};
use super::profile::Profile;
use super::ties::Original;
use super::vector::Vector;
use crate::limits::{GROUP_CENTRE, GROUP_ORIGINALS, GROUP_TERMS};
use crate::model::{ArticleId, Derivation, StoryId};
use serde::{Deserialize, Serialize};

/// A report of so many telling words is long: more of them change nothing about how alike two reports come out.
const LONG: usize = 120;

/// The centre of the first members that tell the story in one language.
#[derive(Debug, Serialize, Deserialize)]
struct Centre {
    language: Option<String>,
    members: usize,
    /// Its members' words, added up; empty once it takes no more.
    sum: Vec<(u32, u32)>,
    words: Vector,
    /// The same of their names and numbers.
    sum_of_names: Vec<(u32, u32)>,
    names: Vector,
}

impl Centre {
    fn of(language: Option<String>) -> Self {
        let (words, names) = (Vector::default(), Vector::default());
        Centre { language, members: 0, sum: Vec::new(), words, sum_of_names: Vec::new(), names }
    }

    /// Takes a member in, as long as there are few.
    fn take(&mut self, member: &Profile) {
        if self.members >= GROUP_CENTRE {
            return;
        }
        self.members += 1;
        add(&mut self.sum, &member.words);
        add(&mut self.sum_of_names, &member.names);
        let wide = |sum: &[(u32, u32)]| sum.iter().map(|(f, w)| (*f, u64::from(*w))).collect();
        self.names = Vector::new(wide(&self.sum_of_names), 2 * GROUP_TERMS);
        self.words = Vector::new(wide(&self.sum), 2 * GROUP_TERMS);
        if self.members == GROUP_CENTRE {
            (self.sum, self.sum_of_names) = (Vec::new(), Vec::new());
        }
    }
}

/// Adds a vector to a sum, whose features ascend.
fn add(sum: &mut Vec<(u32, u32)>, vector: &Vector) {
    sum.extend(vector.0.iter().map(|(f, w)| (*f, u32::from(*w))));
    sum.sort_unstable_by_key(|(feature, _)| *feature);
    sum.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    sum.shrink_to_fit();
}

/// A member as articles in other languages see it.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    language: String,
    meaning: Vector,
    nearness: Nearness,
}

/// An open story.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Story {
    /// Named by its founder.
    pub id: StoryId,
    /// Its founding report: language and words; what else is needed of it stands in `centres`, `kept` and `originals`.
    pub founder: Profile,
    centres: Vec<Centre>,
    kept: Vec<Kept>,
    /// Its texts that are no copies.
    pub originals: Vec<Original>,
    /// First and last day of its reports.
    days: Option<(i32, i32)>,
    /// Features it is listed under, of words and of meanings.
    pub listed: (Vec<u32>, Vec<u32>),
}

/// How near a newcomer is to a story: 1000 is just near enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Verdict {
    /// By its own language's words; `None` where the story has none of that language.
    pub words: Option<i64>,
    /// Across languages; `None` where it has no other.
    pub meaning: Option<i64>,
    /// The greater of the two, less what speaks against.
    pub margin: i64,
}

impl Story {
    /// A story is founded.
    pub fn new(id: StoryId, founder: Profile) -> Self {
        let mut story = Story {
            id,
            centres: Vec::new(),
            kept: Vec::new(),
            originals: Vec::new(),
            days: None,
            listed: Default::default(),
            founder: Profile::default(),
        };
        story.join(&founder);
        story.originals.push(Original::of(story.id.0.clone(), &founder, true));
        let Profile { language, words, .. } = founder;
        story.founder = Profile { language, words, ..Profile::default() };
        story
    }

    /// The last day of its reports, where one is known.
    pub fn last_day(&self) -> Option<i32> {
        self.days.map(|(_, last)| last)
    }

    /// Could a report of that day belong to it?
    pub fn open_on(&self, day: Option<i32>, settings: &Settings) -> bool {
        let (Some(day), Some((first, last))) = (day, self.days) else { return true };
        day <= last + settings.days && day >= first - settings.days && day - first <= settings.longest
    }

    /// Takes a member in.
    pub fn join(&mut self, member: &Profile) {
        if let Some(day) = member.day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        match self.centres.iter_mut().find(|c| c.language == member.language) {
            Some(centre) => centre.take(member),
            None => {
                let mut centre = Centre::of(member.language.clone());
                centre.take(member);
                self.centres.push(centre);
            }
        }
        let language = member.language.clone().unwrap_or_default();
        let same = self.kept.iter().filter(|k| k.language == language).count();
        if self.kept.len() < GROUP_CENTRE && same < 2 {
            self.kept.push(Kept { language, meaning: member.meaning.clone(), nearness: Nearness::default() });
        }
    }

    /// Keeps a text that is no copy, to know copies of it.
    pub fn keep_original(&mut self, id: ArticleId, member: &Profile) {
        if self.originals.len() < GROUP_ORIGINALS {
            self.originals.push(Original::of(id, member, false));
        }
    }

    /// Notes of one of its texts that others have its words.
    pub fn mark_copied(&mut self, derivation: &Derivation) {
        let of = derivation.of();
        self.originals.iter_mut().filter(|original| Some(&original.id) == of).for_each(|o| o.is_copied = true);
    }

    /// A text of it is there in full: copies are known by that, and reports are held against it if it is the founder's.
    pub fn retell(&mut self, id: ArticleId, profile: &Profile, founds: bool, is_copied: bool) {
        let mut original = Original::of(id, profile, founds);
        original.is_copied = is_copied;
        self.originals.insert(0, original);
        if founds {
            let Profile { language, words, .. } = profile;
            self.founder = Profile { language: language.clone(), words: words.clone(), ..Profile::default() };
        }
    }

    /// Judges a newcomer against founder and centre, never against a single later member.
    pub fn judge(
        &mut self,
        newcomer: &Profile,
        nearness: &mut Nearness,
        background: &Background,
        settings: &Settings,
    ) -> Verdict {
        let words = self.by_words(newcomer, settings);
        let meaning = self.by_meaning(newcomer, nearness, background, settings);
        let margin = match (words, meaning) {
            (Some(words), Some(meaning)) if words >= settings.veto => words.max(meaning),
            (Some(words), _) => words,
            (None, meaning) => meaning.unwrap_or(0),
        };
        Verdict { words, meaning, margin }
    }

    /// What the days between a report and the story make of their nearness, per cent.
    fn days_apart(&self, day: Option<i32>, settings: &Settings) -> i64 {
        let (Some(day), Some((first, last))) = (day, self.days) else { return 100 };
        let apart = i64::from((day - last).max(first - day).max(0));
        100 + settings.dated - (apart - 2).max(0) * settings.decay
    }

    /// In thousandths of what is needed.
    fn by_words(&self, newcomer: &Profile, settings: &Settings) -> Option<i64> {
        let centre = self.centres.iter().find(|c| c.language == newcomer.language)?;
        let to_centre = newcomer.words.cosine(&centre.words);
        let near = if self.founder.language == newcomer.language {
            let to_founder = newcomer.words.cosine(&self.founder.words);
            to_founder.max(to_centre) * settings.nearer / 100
                + to_founder.min(to_centre) * (100 - settings.nearer) / 100
        } else {
            to_centre
        };
        let near = if settings.blend > 0 && self.founder.language == newcomer.language {
            // The founder is the first that is kept.
            let meaning = self.kept.first().map_or(0, |founder| newcomer.meaning.cosine(&founder.meaning));
            (near * (100 - settings.blend) + meaning * settings.blend) / 100
        } else {
            near
        };
        // Short reports share fewer of their words however alike they are.
        let terms = newcomer.words.0.len().min(self.founder.words.0.len()).min(LONG);
        let missing = i64::try_from(LONG - terms).unwrap_or(0) * 100 / LONG as i64;
        let mut margin = near * 1000 / (settings.words * (10_000 - settings.short * missing) / 10_000).max(1);
        margin = margin * self.days_apart(newcomer.day, settings) / 100;
        // Templated items (results, weather, prices) share the words of the template, not the names and numbers.
        let names = newcomer.names.cosine(&centre.names);
        if newcomer.names.0.len() >= 3 && centre.names.0.len() >= 3 && names < settings.names {
            // Next to none in common: a template filled in for another place or day.
            let left = if names < settings.names / 10 { settings.strangers - 30 } else { settings.strangers };
            margin = margin * left / 100;
        }
        Some(margin)
    }

    fn by_meaning(
        &mut self,
        newcomer: &Profile,
        nearness: &mut Nearness,
        background: &Background,
        settings: &Settings,
    ) -> Option<i64> {
        let language = newcomer.language.clone().unwrap_or_default();
        let mut sum = 0;
        let mut count = 0;
        for kept in self.kept.iter_mut().filter(|k| k.language != language) {
            let near = newcomer.meaning.cosine(&kept.meaning);
            let there = background.nearness(&newcomer.meaning, &kept.language, nearness, settings);
            let back = background.nearness(&kept.meaning, &language, &mut kept.nearness, settings);
            sum += near - i64::midpoint(there, back);
            count += 1;
        }
        (count > 0).then(|| (sum / count.max(1) * 1000 / settings.meaning).max(0))
    }
}
