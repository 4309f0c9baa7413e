//! A speaker's wording and the names of the article → which entity speaks: by name, by pronoun, or by a role that the article itself
//! ties to a person.

use super::frames::{Frame, Frames, Item};
use super::roles::{Roles, head_of, modifiers};
use super::speakers;
use crate::almanac::{Almanac, Gender, Naming, Part, Reporting};
use crate::limits::PRONOUN_FRAMES;
use crate::model::{Annotations, LocalEntity, Mention, NameKind, Span, Text};
use std::collections::BTreeMap;

/// Who a person may be called.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Sex {
    he: u32,
    she: u32,
}

impl Sex {
    fn fits(self, part: Part) -> bool {
        match (part.any(Part::HE), part.any(Part::SHE)) {
            (true, false) => self.she == 0 || self.he > self.she,
            (false, true) => self.he == 0 || self.she > self.he,
            _ => true,
        }
    }
}

/// What the article's names tell of who can be meant.
pub(super) struct Resolver<'a> {
    names: &'a [Mention],
    sexes: BTreeMap<LocalEntity, Sex>,
    roles: Roles,
    reporting: &'a Reporting,
    naming: Option<&'a Naming>,
    kinds: BTreeMap<LocalEntity, NameKind>,
    /// Who speaks in a frame, by its index.
    spoke: BTreeMap<usize, LocalEntity>,
}

/// Paragraphs over which a pronoun still means the speaker before.
const PRONOUN_PARAGRAPHS: usize = 2;

impl<'a> Resolver<'a> {
    /// Reads titles, given names and appositions of all names.
    pub fn new(
        text: &Text,
        all: &Frames,
        so_far: &'a Annotations,
        reporting: &'a Reporting,
        almanac: &'a Almanac,
    ) -> Self {
        let names = &so_far.names;
        let naming = so_far.language.as_deref().and_then(|l| almanac.naming.get(l));
        let mut sexes: BTreeMap<LocalEntity, Sex> = BTreeMap::new();
        for name in names.iter().filter(|n| n.kind == NameKind::Person) {
            let sex = sexes.entry(name.entity).or_default();
            let title = text[..name.span.start as usize].split_whitespace().next_back().unwrap_or("");
            let title = title.trim_end_matches('.').to_lowercase();
            let words = text.slice(name.span);
            let given = words.split_whitespace().next().filter(|first| first.len() < words.len());
            let titled = naming.and_then(|n| n.honorifics.get(&title)).copied();
            match titled.map_or_else(|| given.and_then(|g| almanac.people.given(g)).map(|g| (g, 1)), |t| Some((t, 4))) {
                Some((Gender::Masculine, weight)) => sex.he += weight,
                Some((Gender::Feminine, weight)) => sex.she += weight,
                _ => {}
            }
        }
        Resolver {
            names,
            sexes,
            roles: Roles::new(all, names),
            reporting,
            naming,
            kinds: names.iter().rev().map(|n| (n.entity, n.kind)).collect(),
            spoke: BTreeMap::new(),
        }
    }

    /// Remembers who speaks in a frame.
    pub fn spoke(&mut self, frame: usize, entity: Option<LocalEntity>) {
        if let Some(entity) = entity {
            self.spoke.insert(frame, entity);
        }
    }

    /// The entity that a speaker's wording, items `start..end` of a frame, means.
    pub fn entity(
        &self,
        all: &Frames,
        index: usize,
        start: usize,
        end: usize,
        before: Option<LocalEntity>,
    ) -> Option<LocalEntity> {
        let frame = &all.frames[index];
        let items = &frame.items[start..end];
        let span = Span { start: items[0].span.start, end: items[items.len() - 1].span.end };
        let parts = items[0].parts;
        if items.len() == 1 && parts.any(Part::HE | Part::SHE) {
            return self.pronoun(all, index, start, parts);
        }
        if items.len() == 1 && parts.any(Part::THEY | Part::IT) {
            return before.filter(|b| self.kinds.get(b) != Some(&NameKind::Person));
        }
        if items.len() == 1 && parts.any(Part::RELATIVE) {
            return self.last_before(span.start, frame.items[0].span.start, |_| true);
        }
        self.named(frame, start, end, span).or_else(|| self.role(frame, start, end, span))
    }

    /// Where the office begins that stands before a name ("Secretary of State NAME"), or the name itself: what is before that may make
    /// the name a subordinate one.
    fn office_before(&self, items: &[Item], name: &Mention) -> u32 {
        let Some(naming) = self.naming else { return name.span.start };
        let at = items.iter().position(|i| i.span.end > name.span.start).unwrap_or(0);
        let mut office = String::new();
        let mut start = name.span.start;
        for item in items[..at].iter().rev().take(naming.longest_office).take_while(|i| i.word()) {
            office = if office.is_empty() { item.key.clone() } else { format!("{} {office}", item.key) };
            if naming.offices.contains(&office) {
                start = item.span.start;
            }
        }
        start
    }

    /// The name that a wording is headed by.
    fn named(&self, frame: &Frame, start: usize, end: usize, span: Span) -> Option<LocalEntity> {
        let inside: Vec<&Mention> = self.within(span).collect();
        let items = &frame.items;
        let last_word = items[start..end].iter().rev().find(|i| i.word())?.span.end;
        let stops_at = |m: &Mention| m.span.end >= last_word || possessive_only(items, m, last_word);
        // "the mayor of NAME", "an aide to NAME": a name after a preposition heads nothing, unless a name goes before it.
        let subordinate = |m: &Mention| {
            let until = self.office_before(items, m);
            items[start..end]
                .iter()
                .any(|i| i.is(Part::OF | Part::PREPOSITION) && !i.is(Part::CONJUNCTION) && i.span.end <= until)
        };
        let followed_by_of = |m: &Mention| {
            items[start..end]
                .iter()
                .find(|i| i.span.start >= m.span.end)
                .is_some_and(|i| !i.word() || i.is(Part::OF | Part::PREPOSITION | Part::CONJUNCTION) && !i.capital)
        };
        let head = inside.iter().find(|m| !subordinate(m) && (stops_at(m) || followed_by_of(m)));
        let person = || inside.iter().rev().find(|m| m.kind == NameKind::Person && !subordinate(m) && !owns(items, m));
        head.or_else(person).map(|m| m.entity)
    }

    fn within(&self, span: Span) -> impl Iterator<Item = &Mention> {
        let from = self.names.partition_point(|n| n.span.end <= span.start);
        self.names[from..]
            .iter()
            .take_while(move |n| n.span.start < span.end)
            .filter(move |n| n.span.start >= span.start)
    }

    /// The person that "the adviser" means: one whom the article calls so beside the name.
    fn role(&self, frame: &Frame, start: usize, end: usize, span: Span) -> Option<LocalEntity> {
        let items = &frame.items[start..end];
        if items[0].is(Part::INDEFINITE) {
            return None;
        }
        let head = head_of(items)?;
        let modifiers = modifiers(items, head);
        self.roles.best(&items[head].key, &modifiers, span.start, self.reporting)
    }

    /// Whom "he" or "she" means: the subject of the nearest sentence that has one who fits.
    fn pronoun(&self, all: &Frames, index: usize, at: usize, parts: Part) -> Option<LocalEntity> {
        let frame = &all.frames[index];
        let fits = |entity: &LocalEntity| self.sexes.get(entity).is_some_and(|s| s.fits(parts));
        let here = frame.items[at].span.start;
        let opening = frame.items[0].span.start;
        // In its own sentence: the first person named there, its subject as a rule.
        if let Some(own) = self.subject(frame, Span { start: opening, end: here }, fits) {
            return Some(own);
        }
        for earlier in (0..index)
            .rev()
            .take(PRONOUN_FRAMES)
            .take_while(|i| all.frames[*i].paragraph + PRONOUN_PARAGRAPHS >= frame.paragraph)
        {
            if let Some(speaker) = self.spoke.get(&earlier).filter(|e| fits(e)) {
                return Some(*speaker);
            }
            let earlier = &all.frames[earlier];
            let whole = speakers::span(earlier, 0, earlier.items.len());
            if let Some(subject) = self.subject(earlier, whole, fits) {
                return Some(subject);
            }
        }
        self.last_before(here, 0, |m| fits(&m.entity))
    }

    /// The first person who fits, named outside quotations and not as an owner.
    fn subject(&self, frame: &Frame, part: Span, fits: impl Fn(&LocalEntity) -> bool) -> Option<LocalEntity> {
        let quoted = |m: &Mention| frame.items.iter().any(|i| i.quote().is_some() && i.span.contains(m.span));
        self.within(part).find(|m| fits(&m.entity) && !quoted(m) && !owns(&frame.items, m)).map(|m| m.entity)
    }

    /// The nearest person named before byte `here`, not before `floor`, who fits.
    fn last_before(&self, here: u32, floor: u32, fits: impl Fn(&Mention) -> bool) -> Option<LocalEntity> {
        let to = self.names.partition_point(|n| n.span.end <= here);
        self.names[..to]
            .iter()
            .rev()
            .take_while(|n| n.span.start >= floor)
            .find(|n| n.kind == NameKind::Person && fits(n))
            .map(|n| n.entity)
    }
}

/// Is the name a possessive ("Putin's adviser")?
fn owns(items: &[Item], name: &Mention) -> bool {
    items
        .iter()
        .find(|i| i.span.start < name.span.end && name.span.end <= i.span.end)
        .is_some_and(|i| i.key.ends_with("'s") || i.key.ends_with("s'"))
}

/// Does the wording end with the name but for a possessive ending?
fn possessive_only(items: &[Item], name: &Mention, last: u32) -> bool {
    items.iter().any(|i| i.span.end == last && i.span.start < name.span.end && name.span.end <= last)
}
