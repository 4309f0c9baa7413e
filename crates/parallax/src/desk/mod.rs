//! A desk that keeps: what arrives is logged first, then read, grouped and compared in the order of the log, each step all or nothing.

mod dated;
mod entry;
mod live;
mod naming;
mod rebuild;
mod retention;
pub mod sources;
mod spent;
mod subscribe;
#[cfg(test)]
mod tests;
mod turns;

pub use entry::Entry;
pub use live::{Rules, Told, run};
pub use naming::plain;
pub use rebuild::{Difference, rebuild};
pub use retention::{Keep, Sealed};
pub use spent::Spent;
pub use subscribe::subscription;

use crate::in_order::in_order;
use crate::input::{Got, Input, Item};
use crate::limits::{APPLIED_BYTES, APPLIED_RECORDS, COMPARED_AT_ONCE, GROUPER_KEPT_EVERY, STORY_TAKES};
use crate::pipeline::{self, Placed, Understood};
use crate::store::{
    Arrival, Compared, DeskFile, Fingerprint, Hash, Home, Kind, Lock, Members, Meta, OURS, Outcome, Press, Record, Seq,
    Source, Step, twin,
};
use anyhow::{Context, Result};
use parallax_core::almanac::Almanac;
use parallax_core::contract;
use parallax_core::group::{Grouper, Reading, Settings};
use parallax_core::model::{Annotations, Article, ArticleId, Format, Outlet, Page, Placement, Problem, Stage, StoryId};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// How far something long has come: what is done, how many, of how many where that is known.
pub type Progress<'a> = dyn FnMut(&'static str, u64, u64) + 'a;

/// A desk at work. One at a time in a folder.
pub struct Desk {
    home: Home,
    press: Press,
    derived: Derived,
    threads: usize,
    almanac: &'static Almanac,
    _lock: Lock,
}

/// The derived state with what the grouper holds in memory.
struct Derived {
    file: DeskFile,
    grouper: Grouper,
    /// Placed since the grouper was last kept.
    unkept: usize,
    /// What was once removed: addresses and domains.
    removed: BTreeSet<String>,
    /// What came in although it was removed, as only its reading showed: which removal, the key it came under.
    unwelcome: Vec<(String, String)>,
    /// What could not be read or compared the last time that was tried.
    problems: Vec<Problem>,
    spent: Spent,
}

/// What an article here was last read from, of which kind that was, and its place.
type Known = (Hash, Source, Placement);

/// An article with all that can be worked out of it alone.
struct Read {
    article: Article,
    annotations: Annotations,
    reading: Result<Reading, Problem>,
}

impl Read {
    fn of((article, annotations): Understood, settings: &Settings, almanac: &Almanac) -> Self {
        let reading = pipeline::reading((&article, &annotations), settings, almanac);
        Read { article, annotations, reading }
    }
}

impl Desk {
    /// Takes a folder up where it was left: what was logged but not read is read by the next [`Desk::apply`]. Where other code made the
    /// derived state, or it is damaged, it is built anew.
    ///
    /// # Errors
    /// The folder cannot be used, or another parallax is at work in it.
    pub fn open(home: Home, threads: usize, progress: &mut Progress<'_>) -> Result<Self> {
        let lock = home.lock()?;
        let almanac = parallax_almanac::almanac();
        let mut press = Press::open(&home.press())?;
        let there = DeskFile::open(&home.desk(), OURS).and_then(|found| match found {
            Some(file) => file.check().map(|()| Some(file)),
            None => Ok(None),
        });
        let file = match there {
            Ok(Some(file)) => file,
            // Other code made it: some of its results may still be of use.
            Ok(None) => rebuild::anew(&home, &mut press, threads, almanac, progress)?,
            Err(error) if crate::store::is_damage(&error) => {
                progress("the derived state is damaged and is built anew", 0, 0);
                rebuild::from_nothing(&home, &mut press, threads, almanac, progress)?
            }
            Err(error) => return Err(error),
        };
        let derived = Derived::resume(file, &press, almanac)?;
        let mut desk = Desk { home, press, derived, threads, almanac, _lock: lock };
        // An end in the midst of forgetting has left in the derived what the log has no more.
        if desk.holds_removed()? {
            desk.derive_anew(progress)?;
        }
        Ok(desk)
    }

    /// Where it is.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Logs what arrived, all or nothing, each thing once. Gives how many were new.
    pub fn keep(&mut self, arrivals: &[Arrival]) -> Result<usize> {
        let start = Instant::now();
        let new = self.press.append(arrivals);
        self.derived.spent.log += start.elapsed();
        new
    }

    /// What could not be read or compared the last time that was tried; each is told once.
    pub fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.derived.problems)
    }

    /// Where the time went so far.
    pub fn spent(&self) -> Spent {
        self.derived.spent
    }

    /// Reads and places whatever was logged and not yet read. Gives how many records it took in.
    pub fn apply(&mut self, progress: &mut Progress<'_>) -> Result<u64> {
        self.derived.apply(&mut self.press, None, self.threads, self.almanac, progress)
    }

    /// Compares the stories whose articles changed. Gives how many it compared.
    pub fn compare(&mut self, progress: &mut Progress<'_>) -> Result<u64> {
        self.derived.compare(None, self.threads, self.almanac, progress)
    }

    /// Compares for about so long, so that what comes meanwhile need not wait for all of it; and says whether some are still to be compared.
    pub fn compare_for(&mut self, limit: Duration) -> Result<(u64, bool)> {
        let done = self.derived.compare(Some(limit), self.threads, self.almanac, &mut |_, _, _| {})?;
        Ok((done, self.derived.file.count_due()? > 0))
    }

    /// Puts down what would have to be worked out anew at the next start; for a moment when nothing comes.
    pub fn rest(&mut self) -> Result<()> {
        self.derived.keep_grouper()
    }

    /// The same at the end.
    pub fn close(mut self) -> Result<()> {
        self.derived.keep_grouper()
    }

    /// Takes an article (by its address) or everything of an outlet (by its domain) out of every file, and keeps it away.
    /// Gives how many articles and records went.
    pub fn forget(&mut self, what: &str, progress: &mut Progress<'_>) -> Result<(usize, usize)> {
        let (articles, keys) = self.derived.file.keys_of(what, &self.press)?;
        let records = self.press.remove(what, &keys)?;
        self.derived.removed.insert(what.to_owned());
        if articles > 0 {
            self.derive_anew(progress)?;
        }
        Ok((articles, records))
    }

    /// Does the derived state hold an article that was removed?
    fn holds_removed(&self) -> Result<bool> {
        for what in &self.derived.removed {
            if self.derived.file.keys_of(what, &self.press)?.0 > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn derive_anew(&mut self, progress: &mut Progress<'_>) -> Result<()> {
        let file = rebuild::anew(&self.home, &mut self.press, self.threads, self.almanac, progress)?;
        self.derived = Derived::resume(file, &self.press, self.almanac)?;
        Ok(())
    }
}

impl Derived {
    /// Takes up what the grouper held, and places anew what came after that.
    fn resume(file: DeskFile, press: &Press, almanac: &Almanac) -> Result<Self> {
        let (mut from, mut grouper) = file.grouper()?.unwrap_or_default();
        let mut unkept = 0;
        loop {
            let steps = file.placed_after(from, APPLIED_RECORDS)?;
            let Some(last) = steps.last() else { break };
            from = last.seq;
            unkept += steps.len();
            for Step { left, article, annotations, .. } in &steps {
                // A fault in placing it was met, told and survived before.
                let _ = match left {
                    None => pipeline::place(&mut grouper, article, annotations, almanac).map(Some),
                    Some(left) => pipeline::reading((article, annotations), grouper.settings(), almanac)
                        .and_then(|reading| pipeline::place_again(&mut grouper, left, article, reading)),
                };
            }
        }
        let removed = press.removals()?.into_iter().collect();
        Ok(Derived {
            file,
            grouper,
            unkept,
            removed,
            unwelcome: Vec::new(),
            problems: Vec::new(),
            spent: Spent::default(),
        })
    }

    fn keep_grouper(&mut self) -> Result<()> {
        if self.unkept > 0 {
            let start = Instant::now();
            self.file.keep_grouper(self.file.applied()?, &self.grouper)?;
            self.unkept = 0;
            self.spent.keep += start.elapsed();
        }
        Ok(())
    }

    /// Reads, places and commits what the log has beyond what was taken in; `cache` is an earlier desk made by the same stages.
    fn apply(
        &mut self,
        press: &mut Press,
        cache: Option<&DeskFile>,
        threads: usize,
        almanac: &Almanac,
        progress: &mut Progress<'_>,
    ) -> Result<u64> {
        self.problems.clear();
        let mut done = 0;
        let (mut from, last) = (self.file.applied()?, press.last()?);
        let start = from;
        loop {
            let records = press.after(from, APPLIED_RECORDS, APPLIED_BYTES)?;
            let Some(newest) = records.last() else { break };
            from = newest.seq;
            let outcomes = self.outcomes(records, cache, threads, almanac)?;
            // First out of the log, then noted as read: a kill in between leaves nothing behind.
            for (what, key) in std::mem::take(&mut self.unwelcome) {
                press.remove(&what, &[key])?;
            }
            let committing = Instant::now();
            self.file.commit(&outcomes)?;
            self.spent.commit += committing.elapsed();
            done += outcomes.len() as u64;
            progress("reading", (from - start).unsigned_abs(), (last - start).unsigned_abs());
            // The more it holds, the longer it takes to write down.
            if self.unkept >= (self.grouper.holds().stories / 2).clamp(GROUPER_KEPT_EVERY / 5, GROUPER_KEPT_EVERY) {
                self.keep_grouper()?;
            }
        }
        Ok(done)
    }

    /// What records become: read on all threads, folded in the order of the log.
    fn outcomes(
        &mut self,
        records: Vec<Record>,
        cache: Option<&DeskFile>,
        threads: usize,
        almanac: &Almanac,
    ) -> Result<Vec<(Seq, Hash, Outcome)>> {
        let known = |record: &Record| cache.and_then(|cache| cache.cached(record.seq, &record.hash));
        let work: Vec<_> = records.into_iter().map(|record| (known(&record), record)).collect();
        let mut outcomes = Vec::new();
        let mut fresh = BTreeMap::new();
        let settings = self.grouper.settings().clone();
        let read = |(known, record): (Option<Understood>, Record)| {
            let mut took = (Duration::ZERO, Duration::ZERO);
            let understood = match (known, record.kind) {
                (_, Kind::Removal | Kind::Subscription) => None,
                (Some(known), _) => Some(Ok(known)),
                (None, _) => Some(understand(&record, almanac, &mut took)),
            };
            let read = understood.map(|understood| understood.map(|read| Read::of(read, &settings, almanac)));
            (record, read, took)
        };
        in_order(threads, work.into_iter(), read, |(record, read, took)| {
            let start = Instant::now();
            self.spent.extract += took.0;
            self.spent.understand += took.1;
            let outcome = match read {
                None => Outcome::Passed,
                Some(Err(problem)) => Outcome::Failed(problem),
                Some(Ok(read)) if self.is_removed(&read.article, &record.key) => Outcome::Passed,
                Some(Ok(read)) => {
                    let source = if record.kind == Kind::Entry { Source::Entry } else { Source::Page };
                    self.fold(read, (record.hash, source), &mut fresh)?
                }
            };
            if let Outcome::Failed(problem) = &outcome {
                self.problems.push(problem.clone());
            }
            outcomes.push((record.seq, record.hash, outcome));
            self.spent.group += start.elapsed();
            Ok(())
        })?;
        Ok(outcomes)
    }

    /// Was its address or its outlet removed? Then it is to go again.
    fn is_removed(&mut self, article: &Article, key: &str) -> bool {
        let domain = article.outlet.as_ref().and_then(|o| o.domain.as_deref().or(o.name.as_deref()));
        let other = twin(&article.id.0);
        let named = [Some(article.id.0.as_str()), Some(other.as_str()), domain];
        let what = named.into_iter().flatten().find(|what| self.removed.contains(*what));
        self.unwelcome.extend(what.map(|what| (what.to_owned(), key.to_owned())));
        what.is_some()
    }

    /// The name by which an article is here, and as what: its own, or its address's with the other of `http` and `https`.
    fn there(&self, id: &str, fresh: &BTreeMap<String, Known>) -> Result<(String, Option<Known>)> {
        for name in [id.to_owned(), twin(id)] {
            let there = match fresh.get(&name) {
                Some(there) => Some(there.clone()),
                None => self.file.article(&name)?,
            };
            if there.is_some() {
                return Ok((name, there));
            }
        }
        Ok((id.to_owned(), None))
    }

    /// An article's place: a new one is grouped, and once more when its page comes after what a feed said of it; any other text of one
    /// that is there keeps its place. `fresh`: what this batch brought.
    fn fold(
        &mut self,
        Read { mut article, annotations, reading }: Read,
        (hash, source): (Hash, Source),
        fresh: &mut BTreeMap<String, Known>,
    ) -> Result<Outcome> {
        let (id, there) = self.there(&article.id.0, fresh)?;
        article.id = ArticleId(id.clone());
        let (outcome, placement) = match there {
            Some((before, ..)) if before == hash => return Ok(Outcome::Repeated),
            Some((_, Source::Page, _)) if source == Source::Entry => return Ok(Outcome::Less),
            Some((_, Source::Entry, placement)) if source == Source::Page => {
                let left = placement.story.clone();
                let place = |reading| pipeline::place_again(&mut self.grouper, &left, &article, reading);
                let again = match reading.and_then(place) {
                    Err(problem) => return Ok(Outcome::Failed(problem)),
                    Ok(again) => again.unwrap_or(placement),
                };
                self.unkept += 1;
                let held = Box::new(Placed { article, annotations, placement: again.clone() });
                (Outcome::PlacedAgain(held, left), again)
            }
            Some((.., placement)) => {
                let held = Box::new(Placed { article, annotations, placement: placement.clone() });
                (Outcome::Revised(held, source), placement)
            }
            None => match reading.and_then(|reading| pipeline::place_read(&mut self.grouper, &article, reading)) {
                Err(problem) => return Ok(Outcome::Failed(problem)),
                Ok(placement) => {
                    self.unkept += 1;
                    let held = Box::new(Placed { article, annotations, placement: placement.clone() });
                    (Outcome::Founded(held, source), placement)
                }
            },
        };
        fresh.insert(id, (hash, source, placement));
        Ok(outcome)
    }

    /// Compares what is due; with a limit, no new round begins after that time.
    fn compare(
        &mut self,
        limit: Option<Duration>,
        threads: usize,
        almanac: &Almanac,
        progress: &mut Progress<'_>,
    ) -> Result<u64> {
        self.problems.clear();
        let begin = Instant::now();
        let mut done = 0;
        let all = self.file.count_due()?;
        while limit.is_none_or(|limit| begin.elapsed() < limit) {
            let due = self.file.due(COMPARED_AT_ONCE)?;
            if due.is_empty() {
                break;
            }
            let mut work = Vec::new();
            for (story, changed) in due {
                let members = self.file.members(&story.0.0, STORY_TAKES)?;
                work.push((story, changed, members));
            }
            let compare = |(story, changed, members): (StoryId, Seq, Members)| {
                let start = Instant::now();
                let compared = members.unpack().and_then(|members| {
                    let members: Vec<&Placed> = members.iter().collect();
                    let compared = pipeline::compare(&story, &members, almanac).map(|s| contract::story(&s.compared()));
                    let problem = compared.as_ref().err().cloned();
                    let json = compared.unwrap_or_else(|problem| failed(&story, &problem));
                    Ok((Compared::new(story, changed, &json)?, problem))
                });
                (compared, start.elapsed())
            };
            let mut round = Vec::new();
            in_order(threads, work.into_iter(), compare, |(compared, took)| {
                self.spent.compare += took;
                self.spent.longest_compare = self.spent.longest_compare.max(took);
                let (compared, problem) = compared?;
                round.push(compared);
                self.problems.extend(problem);
                done += 1;
                progress("comparing", done, all.max(done));
                Ok(())
            })?;
            let start = Instant::now();
            self.file.commit_comparisons(&round)?;
            self.spent.commit_compared += start.elapsed();
        }
        Ok(done)
    }
}

/// A story that could not be compared says so where its comparison would stand.
fn failed(story: &StoryId, problem: &Problem) -> serde_json::Value {
    serde_json::json!({"id": story.0.0, "problems": [contract::problem(problem)]})
}

/// A record → the article and what it says, under the name the desk knows it by; and how long each took.
fn understand(record: &Record, almanac: &Almanac, took: &mut (Duration, Duration)) -> Result<Understood, Problem> {
    let start = Instant::now();
    let article = pipeline::extract(got(record, almanac), almanac);
    took.0 = start.elapsed();
    let mut article = article?;
    // Its own page knows best; days of the week are reckoned from it.
    let by_feed = || record.meta.published.as_deref()?.parse().ok();
    article.published = article.published.or_else(by_feed);
    dated::believed(&mut article, record.at);
    let (mut article, annotations) = pipeline::annotated(article, almanac)?;
    took.1 = start.elapsed() - took.0;
    article.id = naming::id(&article, record.meta.url.as_deref(), &record.key);
    if let Some(said) = &record.meta.outlet {
        name_outlet(&mut article, said, almanac);
    }
    Ok((article, annotations))
}

/// What the page and the almanac don't say of an outlet, whoever follows its feed may have said: only of the outlet itself, not of one
/// whose report it carries.
fn name_outlet(article: &mut Article, said: &Outlet, almanac: &Almanac) {
    let outlet = article.outlet.get_or_insert_with(Outlet::default);
    let same = outlet.domain.is_none() || said.domain.is_none() || outlet.domain == said.domain;
    if article.carrier.is_none() && same {
        outlet.name = outlet.name.take().or_else(|| said.name.clone());
        outlet.domain = outlet.domain.take().or_else(|| said.domain.clone());
        let said_country = || pipeline::country(said.country.as_deref()?, almanac);
        outlet.country = outlet.country.take().or_else(said_country);
    }
}

/// What was kept, as the stages take it.
fn got(record: &Record, almanac: &Almanac) -> Got {
    let damaged = |message: &str| Problem {
        stage: Stage::Input,
        document: Some(record.key.clone()),
        message: message.to_owned(),
        remedy: "import it again, or have press.db restored from a copy".to_owned(),
    };
    let Some(bytes) = &record.bytes else {
        return Err(damaged("what was kept of it is damaged in press.db"));
    };
    let id = ArticleId(record.key.clone());
    if record.sealed {
        return match serde_json::from_slice(bytes) {
            // Its own problems stand in it; the stages call it by its key until it is read.
            Ok(Sealed::Article(article)) => {
                Ok(Input { item: Item::Article(Box::new(Article { id, ..*article })), problems: Vec::new() })
            }
            Ok(Sealed::Problem(problem)) => Err(problem),
            Err(error) => Err(damaged(&format!("what was kept of it cannot be read: {error}"))),
        };
    }
    let parsed = |error: serde_json::Error| damaged(&format!("what was kept of it cannot be read: {error}"));
    let item = match record.kind {
        Kind::Article => Item::Article(serde_json::from_slice(bytes).map_err(parsed)?),
        Kind::Entry => {
            Item::Article(Box::new(entry::article(&serde_json::from_slice(bytes).map_err(parsed)?, id, almanac)))
        }
        Kind::Document => Item::Document(serde_json::from_slice(bytes).map_err(parsed)?),
        Kind::Page | Kind::Subscription | Kind::Removal => Item::Page(Page {
            id,
            url: record.meta.url.clone(),
            format: if record.meta.plain { Format::Plain } else { Format::Html },
            charset: record.meta.charset.clone(),
            bytes: bytes.clone(),
        }),
    };
    Ok(Input { item, problems: record.meta.problems.clone() })
}

/// What was read from a path → what is to be kept of it.
///
/// # Errors
/// It cannot be written down, which no document of the model is known to cause.
pub fn arrival(input: Input) -> Result<Arrival> {
    let problems = input.problems;
    let written = "cannot be written down";
    Ok(match input.item {
        Item::Page(page) => Arrival {
            kind: Kind::Page,
            key: page.id.0,
            bytes: page.bytes,
            meta: Meta {
                url: page.url,
                plain: page.format == Format::Plain,
                charset: page.charset,
                problems,
                ..Meta::default()
            },
        },
        Item::Document(document) => Arrival {
            kind: Kind::Document,
            key: document.id.0.clone(),
            bytes: serde_json::to_vec(&document).context(written)?,
            meta: Meta { problems, ..Meta::default() },
        },
        Item::Article(article) => Arrival {
            kind: Kind::Article,
            key: article.id.0.clone(),
            bytes: serde_json::to_vec(&article).context(written)?,
            meta: Meta { problems, ..Meta::default() },
        },
    })
}

/// May results of an earlier desk stand in for reading anew? Only if the same stages made them.
fn same_stages(file: &DeskFile, ours: Fingerprint) -> bool {
    file.made_by().is_ok_and(|(_, understand)| understand.as_deref() == Some(ours.understand))
}
