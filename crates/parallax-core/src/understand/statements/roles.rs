//! Names and the words beside them → which roles the article itself gives to whom ("NAME, an adviser to …").

use super::frames::{Frames, Item, Kind};
use crate::almanac::{Part, Reporting};
use crate::model::{LocalEntity, Mention, NameKind};

/// Most words beside a name that are read as its role.
const ROLE_WORDS: usize = 12;
/// Most roles kept of one article: what is compared with each speaker.
const ROLES: usize = 400;
/// Letters that "Ukraine" and "Ukrainian" must share.
const SHARED_LETTERS: usize = 5;

/// A person and the words that stand beside the name.
#[derive(Clone, Debug)]
struct Role {
    entity: LocalEntity,
    at: u32,
    words: Vec<String>,
}

/// All roles of an article, in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles(Vec<Role>);

impl Roles {
    /// Reads them from the words before and behind every person's name.
    pub fn new(all: &Frames, names: &[Mention]) -> Roles {
        let mut found = Vec::new();
        let mut names = names.iter().filter(|n| n.kind == NameKind::Person).peekable();
        for frame in &all.frames {
            let Some(last) = frame.items.last().map(|i| i.span.end) else { continue };
            while let Some(name) = names.next_if(|n| n.span.start < last) {
                let items = &frame.items;
                let Some(first) = items.iter().position(|i| i.span.end > name.span.start) else { continue };
                if !items[first].word() || found.len() >= ROLES {
                    continue;
                }
                let after = items.iter().position(|i| i.span.start >= name.span.end).unwrap_or(items.len());
                for words in [words_before(items, first), words_behind(items, after)] {
                    if !words.is_empty() {
                        found.push(Role { entity: name.entity, at: name.span.start, words });
                    }
                }
            }
        }
        Roles(found)
    }

    /// The person whose role has this head, and most of these modifiers; the nearest before byte `at` among equals.
    pub fn best(&self, head: &str, modifiers: &[&str], at: u32, reporting: &Reporting) -> Option<LocalEntity> {
        let mut best: Option<(i32, bool, u32, LocalEntity)> = None;
        for role in &self.0 {
            let base = if role.words.iter().any(|w| bare(w) == bare(head)) {
                6
            } else if role.words.iter().any(|w| same_group(w, head, reporting)) {
                4
            } else {
                continue;
            };
            let hit = modifiers.iter().filter(|m| role.words.iter().any(|w| akin(w, m))).count();
            let missed = modifiers.len() - hit;
            // "the Ukrainian president" is not "the Russian president".
            if hit == 0 && missed > 0 && role.words.len() > 1 {
                continue;
            }
            let extra = role.words.len().saturating_sub(1 + hit).min(3);
            let score = base + 4 * number(hit) - number(missed) - number(extra);
            let rank = (score, role.at <= at, if role.at <= at { role.at } else { u32::MAX - role.at }, role.entity);
            if best.is_none_or(|b| (rank.0, rank.1, rank.2) > (b.0, b.1, b.2)) {
                best = Some(rank);
            }
        }
        best.filter(|b| b.0 >= 0).map(|b| b.3)
    }
}

fn number(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / 8)
}

/// The role's noun in a wording: the last word before a preposition.
pub(super) fn head_of(items: &[Item]) -> Option<usize> {
    let stop = items.iter().position(|i| i.is(Part::OF | Part::PREPOSITION) || !i.word()).unwrap_or(items.len());
    items[..stop].iter().rposition(|i| i.word() && !i.is(Part::DETERMINER))
}

/// The words of a wording that narrow its noun.
pub(super) fn modifiers(items: &[Item], head: usize) -> Vec<&str> {
    items
        .iter()
        .enumerate()
        .filter(|(n, i)| *n != head && i.word() && !i.is(Part::DETERMINER | Part::OF | Part::PREPOSITION))
        .map(|(_, i)| bare(&i.key))
        .collect()
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// "Ukraine" and "Ukrainian": the same beginning.
fn akin(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    a == b || a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count() >= SHARED_LETTERS
}

fn same_group(a: &str, b: &str, reporting: &Reporting) -> bool {
    let (a, b) = (bare(a), bare(b));
    reporting.roles.values().any(|group| group.iter().any(|w| w == a) && group.iter().any(|w| w == b))
}

fn blocks(item: &Item) -> bool {
    !item.word()
        || item.is(Part::AUXILIARY | Part::THAT | Part::RELATIVE | Part::SUBORDINATE)
        || item.is(Part::VERB) && !item.capital
}

/// "Kremlin aide NAME", "the Kremlin's aide, NAME,".
fn words_before(items: &[Item], first: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut at = first;
    let apposed = at > 1 && items[at - 1].kind == Kind::Comma;
    if apposed {
        at -= 1;
    }
    while at > 0 && words.len() < ROLE_WORDS {
        let item = &items[at - 1];
        let abbreviation = item.kind == Kind::Stop && at > 1 && items[at - 2].word();
        if blocks(item) && !abbreviation || (!apposed && item.is(Part::PREPOSITION | Part::CONJUNCTION)) {
            break;
        }
        at -= 1;
        if item.is(Part::DETERMINER) {
            return words;
        }
        if item.word() {
            words.push(item.key.clone());
        }
    }
    // Without a determiner, a noun phrase in front of a comma may be anything.
    if apposed { Vec::new() } else { words }
}

/// "NAME, an adviser to the president,".
fn words_behind(items: &[Item], after: usize) -> Vec<String> {
    if items.get(after).is_none_or(|i| !matches!(i.kind, Kind::Comma | Kind::Dash)) {
        return Vec::new();
    }
    let inside = items[after + 1..].iter().take_while(|i| i.word() || i.kind == Kind::Aside).take(ROLE_WORDS + 1);
    let words: Vec<&Item> = inside.filter(|i| i.word()).collect();
    let blocked =
        words.first().is_none_or(|w| w.is(Part::CONJUNCTION | Part::RELATIVE | Part::PREPOSITION | Part::SUBORDINATE))
            || words.len() > ROLE_WORDS
            || words.iter().any(|w| blocks(w));
    if blocked { Vec::new() } else { words.iter().map(|w| w.key.clone()).collect() }
}
