//! The segments of a story's statements → utterances: the renderings of one speaker's word on one occasion brought together.

use super::lexis::{Class, WordId};
use super::material::{Material, Passage};
use super::odds;
use super::overlap::Overlap;
use super::segments::{Piece, Segments, Speakers};
use super::translated::{self, Foreign};
use super::wording;
use crate::model::{EntityId, Evidence, Rendering, Span, StatementKind, Utterance};
use std::collections::{BTreeMap, BTreeSet};

/// Likeness of two segments, in thousandths, from which they can be renderings of one utterance, by what is known of the speakers.
fn least(a: &Piece, b: &Piece, material: &Material<'_>) -> u32 {
    let by_speaker = match Speakers::of(a, b, material) {
        Speakers::Same => 220,
        Speakers::Unknown => 480,
        Speakers::Different => 900,
    };
    let twice_told = if a.passage.at.article == b.passage.at.article { TWICE_TOLD } else { 0 };
    by_speaker + twice_told + if a.attributed && b.attributed { 0 } else { UNATTRIBUTED }
}

/// The utterances, those of several outlets first.
pub(super) fn utterances(material: &Material<'_>) -> Vec<Utterance> {
    let segments = Segments::new(material);
    let mut groups = Groups::new(&segments, material);
    groups.absorb(&segments, material);
    groups.join_neighbours(&segments);
    groups.complete(&segments);
    let attributed = |g: &&Group| g.iter().any(|c| segments.piece(*c).attributed);
    let groups = groups.groups.iter().filter(attributed);
    let mut utterances: Vec<Utterance> = groups.map(|g| utterance(g, &segments, material)).collect();
    utterances.sort_by_key(|u| {
        let articles: BTreeSet<usize> = u.renderings.iter().map(|r| r.at.article).collect();
        (std::cmp::Reverse(articles.len().min(2)), u.renderings.first().map(|r| r.at))
    });
    utterances
}

/// How alike two stretches of speech are, in thousandths. `clause`: less than a sentence, where little is soon alike.
fn likeness(a: &Passage, b: &Passage, indirect: bool, clause: bool, material: &Material<'_>) -> u32 {
    let overlap = Overlap::of(a, b, &material.lexis);
    // Without a content word in common only one and the same words count ("Well, which is it?").
    let empty = a.content.is_empty() || b.content.is_empty();
    if overlap.words == 0 && !empty {
        return 0;
    }
    let run = longest_run(a, b, material);
    let shorter = a.tokens.len().min(b.tokens.len());
    if run >= 4 && run * 10 >= shorter * 6 {
        return 950;
    }
    let opposition = odds::same_opposition(a, b, &material.lexis);
    let little = clause && overlap.plain < CLAUSE_PLAIN || indirect && overlap.plain < INDIRECT_PLAIN;
    if little && run < 4 && !opposition {
        return 0;
    }
    let mut likeness = overlap.dice();
    if overlap.plain >= CONTAINED_PLAIN && overlap.words >= 2 {
        likeness = likeness.max(overlap.contained() * 4 / 5);
    }
    if opposition {
        likeness += ONE_OPPOSITION;
    }
    if run >= 5 { likeness.max(600) } else { likeness }
}

/// Likeness that a translation has, in thousandths, however little of it is seen.
const TRANSLATED: u32 = 400;
/// Thousandths that two tellings in one article must be more alike: its author tells things once, as a rule…
const TWICE_TOLD: u32 = 150;
/// …and that a sentence which nobody is said to have said must be.
const UNATTRIBUTED: u32 = 120;

/// Thousandths that speaking of one opposition adds to the likeness of a short rendering.
const ONE_OPPOSITION: u32 = 150;
/// Weight of plain words, in hundredths of a bit, that clauses must share to be alike…
const CLAUSE_PLAIN: u32 = 500;
/// …that indirect renderings must share: names alone are no utterance…
const INDIRECT_PLAIN: u32 = 400;
/// …and from which the one being contained in the other counts.
const CONTAINED_PLAIN: u32 = 900;
/// Likeness of two groups on average, in thousandths, from which they can be one utterance…
const ON_AVERAGE: u32 = 300;
/// …and what one speaker adds to it.
const SAME_SPEAKER: u32 = 50;

/// The longest run of words that both have, function words included; at least one of them must carry content, or the run be all of one.
fn longest_run(a: &Passage, b: &Passage, material: &Material<'_>) -> usize {
    let (a, b) = (&a.tokens, &b.tokens);
    let mut best = 0;
    let mut previous = vec![(0usize, false); b.len() + 1];
    let mut current = previous.clone();
    for x in a {
        for (j, y) in b.iter().enumerate() {
            current[j + 1] = (0, false);
            if x.word == y.word {
                let (length, content) = previous[j];
                let content = content || material.lexis.class(x.word) != Class::Function;
                current[j + 1] = (length + 1, content);
                if content || length + 1 == a.len().min(b.len()) {
                    best = best.max(length + 1);
                }
            }
        }
        std::mem::swap(&mut previous, &mut current);
    }
    best
}

/// Clauses that belong to one utterance, ascending.
type Group = Vec<usize>;

struct Groups {
    groups: Vec<Group>,
}

/// Share of the lighter piece, in thousandths, that two pieces could have in common at least, or they are not laid side by side.
const WORTH_A_LOOK: u32 = 80;

/// For each word the pieces that have it, ascending.
fn holders(segments: &Segments) -> BTreeMap<WordId, Vec<usize>> {
    let mut holders: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
    for (index, piece) in segments.pieces.iter().enumerate() {
        piece.passage.content.iter().for_each(|word| holders.entry(*word).or_default().push(index));
    }
    holders
}

/// For each piece the weight that a passage could share with it at most: of the words that it has in the same or a kindred form.
fn most_shared(
    passage: &Passage,
    holders: &BTreeMap<WordId, Vec<usize>>,
    pieces: usize,
    material: &Material<'_>,
) -> Vec<u32> {
    let mut most = vec![0; pieces];
    for word in &passage.content {
        let weight = material.lexis.weight(*word);
        let forms = material.lexis.kin(*word).iter().map(|(kin, kinship)| (kin, weight * kinship / 1000));
        for (form, weight) in forms.chain([(word, weight)]) {
            holders.get(form).into_iter().flatten().for_each(|piece| most[*piece] += weight);
        }
    }
    most
}

/// Pair of clauses, the earlier first → their likeness.
type Known = BTreeMap<(usize, usize), u32>;

/// Likeness of each pair of clauses that have any, and the pairs that may be joined, most alike first.
fn links(segments: &Segments, material: &Material<'_>) -> (Known, Vec<(u32, usize, usize)>) {
    let mut known = BTreeMap::new();
    let mut links: Vec<(u32, usize, usize)> = Vec::new();
    let mut quoted = Vec::new();
    let holders = holders(segments);
    for (i, a) in segments.pieces.iter().enumerate() {
        let most = most_shared(&a.passage, &holders, segments.pieces.len(), material);
        for (j, (b, most)) in segments.pieces.iter().zip(&most).enumerate().skip(i + 1) {
            let short = a.passage.content.is_empty() || b.passage.content.is_empty();
            if !short && most * 1000 < a.passage.weight.min(b.passage.weight) * WORTH_A_LOOK {
                continue;
            }
            let one_statement = a.passage.at.article == b.passage.at.article && a.statement == b.statement;
            if one_statement || !(a.attributed || b.attributed) {
                continue;
            }
            // In another language too little is seen to call a sentence somebody's that nobody is said to have said.
            let foreign = !material.one_language(a.passage.at.article, b.passage.at.article);
            if foreign && !(a.attributed && b.attributed) {
                continue;
            }
            let indirect = a.kind == StatementKind::Indirect || b.kind == StatementKind::Indirect;
            let whole = likeness(&a.passage, &b.passage, indirect, false, material);
            let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
            for x in a.clauses.clone() {
                for y in b.clauses.clone() {
                    let alone = a.clauses.len() == 1 && b.clauses.len() == 1;
                    let (p, q) = (&segments.clauses[x].passage, &segments.clauses[y].passage);
                    pairs.push((if alone { whole } else { likeness(p, q, indirect, true, material) }, x, y));
                }
            }
            // What only the whole sentences have in common is credited to the clauses that have most of it.
            if let Some(best) = pairs.iter_mut().max_by_key(|(likeness, x, y)| (*likeness, std::cmp::Reverse((*x, *y))))
            {
                best.0 = best.0.max(whole);
            }
            let speakers = Speakers::of(a, b, material);
            // Who says the opposite is another, unless both are known to be one person.
            let opposes = || speakers != Speakers::Same && odds::contradicts(&a.passage, &b.passage, material);
            let best = pairs.iter().max_by_key(|(likeness, ..)| *likeness);
            if foreign
                && let Some(&(_, x, y)) = best
                && !opposes()
            {
                quoted.extend(Foreign::of((i, j), (x, y), whole, segments, material));
            }
            let least = least(a, b, material);
            if pairs.iter().any(|(likeness, ..)| *likeness >= least) && opposes() {
                continue;
            }
            let same = if speakers == Speakers::Same { 100 } else { 0 };
            for (likeness, x, y) in pairs.into_iter().filter(|(likeness, ..)| *likeness > 0) {
                known.insert((x, y), likeness);
                if likeness >= least {
                    links.push((likeness + same, x, y));
                }
            }
        }
    }
    for pair in translated::translations(&quoted, segments) {
        let likeness = TRANSLATED + pair.likeness / 2;
        let known = known.entry(pair.clauses).or_default();
        *known = likeness.max(*known);
        links.push((*known, pair.clauses.0, pair.clauses.1));
    }
    links.sort_by_key(|(likeness, i, j)| (std::cmp::Reverse(*likeness), *i, *j));
    (known, links)
}

impl Groups {
    /// Joins the most alike first; a group takes in another where they are alike on average and nobody in it is another person. Where
    /// they have pairs in one language these alone are counted: of two short quotations in two languages too little is seen, and that
    /// little says nothing against them.
    fn new(segments: &Segments, material: &Material<'_>) -> Self {
        let (known, links) = links(segments, material);
        let mut group_of: Vec<usize> = (0..segments.clauses.len()).collect();
        let mut groups: Vec<Group> = (0..segments.clauses.len()).map(|i| vec![i]).collect();
        for (_, i, j) in links {
            let (x, y) = (group_of[i], group_of[j]);
            if x == y {
                continue;
            }
            let pairs = groups[x].iter().flat_map(|a| groups[y].iter().map(move |b| (*a.min(b), *a.max(b))));
            // (sum, count) of the pairs in one language, and of the others.
            let (mut one, mut foreign, mut allowed) = ((0, 0), (0, 0), true);
            for (a, b) in pairs {
                let likeness = known.get(&(a, b)).copied().unwrap_or(0);
                let speakers = Speakers::of(segments.piece(a), segments.piece(b), material);
                allowed &= speakers != Speakers::Different || likeness >= 900;
                let same = material.one_language(segments.article(a), segments.article(b));
                let (sum, count) = if same { &mut one } else { &mut foreign };
                *sum += likeness + if speakers == Speakers::Same { SAME_SPEAKER } else { 0 };
                *count += 1;
            }
            let (sum, count) = if one.1 > 0 { one } else { foreign };
            if allowed && sum >= count * ON_AVERAGE {
                let moved = std::mem::take(&mut groups[y]);
                moved.iter().for_each(|s| group_of[*s] = x);
                groups[x].extend(moved);
                groups[x].sort_unstable();
            }
        }
        groups.retain(|g| !g.is_empty());
        Groups { groups }
    }

    /// Moves a lone clause into another group.
    fn take_in(&mut self, clause: usize, home: usize) {
        self.groups[home].push(clause);
        self.groups[home].sort_unstable();
        self.groups.retain(|g| *g != [clause]);
    }

    /// A lone clause whose words another article's rendering of its neighbour has too belongs to that utterance: the one outlet
    /// quotes in one sentence what the other quotes in two.
    fn absorb(&mut self, segments: &Segments, material: &Material<'_>) {
        let lone: Vec<usize> = self.groups.iter().filter(|g| g.len() == 1).map(|g| g[0]).collect();
        for clause in lone {
            let neighbours = [clause.checked_sub(1), Some(clause + 1)];
            let neighbours =
                neighbours.into_iter().flatten().filter(|n| follows(clause.min(*n), clause.max(*n), segments));
            let article = segments.article(clause);
            let mut homes = neighbours.filter_map(|n| self.groups.iter().position(|g| g.len() > 1 && g.contains(&n)));
            let home = homes.find(|home| {
                self.groups[*home].iter().filter(|o| segments.article(**o) != article).any(|o| {
                    let other = &segments.pieces[segments.clauses[*o].piece].passage;
                    let overlap = Overlap::of(&segments.clauses[clause].passage, other, &material.lexis);
                    overlap.words >= 2 && overlap.first_covered() >= 600
                })
            });
            if let Some(home) = home {
                self.take_in(clause, home);
            }
        }
    }

    /// Two utterances that follow one another in the same statements of two articles are parts of one longer quotation.
    fn join_neighbours(&mut self, segments: &Segments) {
        let groups = &mut self.groups;
        let mut at = 0;
        while at < groups.len() {
            let next = groups.iter().enumerate().position(|(other, g)| {
                let pairs = groups[at].iter().flat_map(|a| g.iter().map(move |b| (*a, *b)));
                let following = pairs.filter(|(a, b)| follows(*a, *b, segments)).map(|(a, _)| segments.article(a));
                let following: BTreeSet<usize> = following.collect();
                let of = |g: &Group| g.iter().map(|c| segments.article(*c)).collect::<BTreeSet<_>>();
                // What one article alone has of a statement is one utterance.
                let single = !following.is_empty() && of(&groups[at]).len() == 1 && of(g).len() == 1;
                other != at && (following.len() >= 2 || single)
            });
            match next {
                Some(next) => {
                    let moved = std::mem::take(&mut groups[next]);
                    groups[at].extend(moved);
                    groups[at].sort_unstable();
                    groups.remove(next);
                    at -= usize::from(next < at);
                }
                None => at += 1,
            }
        }
    }

    /// A sentence of which a good part is aligned stands as a whole, unless its rest is aligned elsewhere.
    fn complete(&mut self, segments: &Segments) {
        for piece in segments.pieces.iter().filter(|p| p.clauses.len() > 1) {
            let several = |g: &Group| g.iter().any(|c| segments.article(*c) != segments.article(g[0]));
            let home_of = |groups: &[Group], c: usize| groups.iter().position(|g| several(g) && g.contains(&c));
            let aligned: usize = piece
                .clauses
                .clone()
                .filter(|c| home_of(&self.groups, *c).is_some())
                .map(|c| segments.clauses[c].passage.tokens.len())
                .sum();
            if aligned == 0 || aligned * 3 < piece.passage.tokens.len() {
                continue;
            }
            for clause in piece.clauses.clone().chain(piece.clauses.clone().rev()) {
                if home_of(&self.groups, clause).is_some() {
                    continue;
                }
                let beside = [clause.checked_sub(1), Some(clause + 1)].into_iter().flatten();
                let home = beside.filter(|n| piece.clauses.contains(n)).find_map(|n| home_of(&self.groups, n));
                if let Some(home) = home {
                    self.groups.iter_mut().for_each(|g| g.retain(|c| *c != clause));
                    self.groups[home].push(clause);
                    self.groups[home].sort_unstable();
                }
            }
        }
        self.groups.retain(|g| !g.is_empty());
    }
}

/// Does clause `b` follow `a` in the same statement?
fn follows(a: usize, b: usize, segments: &Segments) -> bool {
    b == a + 1
        && b < segments.clauses.len()
        && segments.article(a) == segments.article(b)
        && segments.piece(a).statement == segments.piece(b).statement
}

fn utterance(group: &Group, segments: &Segments, material: &Material<'_>) -> Utterance {
    let speaker = speaker(group, segments);
    // What nobody named is said to have said goes no further than where it is said that somebody did.
    let attributed = |clause: &&usize| speaker.is_some() || segments.piece(**clause).attributed;
    let group: Group = group.iter().filter(attributed).copied().collect();
    let mut renderings: Vec<Rendering> = Vec::new();
    let mut last: Option<usize> = None;
    for index in &group {
        let clause = &segments.clauses[*index];
        let piece = &segments.pieces[clause.piece];
        // At its ends a piece has more than words: brackets, an ellipsis, a question mark.
        let start =
            if *index == piece.clauses.start { piece.passage.at.span.start } else { clause.passage.at.span.start };
        let end = if *index + 1 == piece.clauses.end { piece.passage.at.span.end } else { clause.passage.at.span.end };
        let continues = last.is_some_and(|last| follows(last, *index, segments));
        last = Some(*index);
        match renderings.last_mut().filter(|_| continues) {
            Some(rendering) => rendering.at.span.end = rendering.at.span.end.max(end),
            None => {
                let at = Evidence { article: piece.passage.at.article, span: Span { start, end } };
                renderings.push(Rendering { at, kind: piece.kind });
            }
        }
    }
    Utterance { speaker, wording: wording::of(&renderings, material), renderings }
}

/// Whom most renderings name; the first of equals.
fn speaker(group: &Group, segments: &Segments) -> Option<EntityId> {
    let mut votes: Vec<(EntityId, usize)> = Vec::new();
    for entity in group.iter().map(|c| segments.piece(*c)).filter(|p| p.attributed).filter_map(|p| p.speaker) {
        match votes.iter_mut().find(|(e, _)| *e == entity) {
            Some((_, votes)) => *votes += 1,
            None => votes.push((entity, 1)),
        }
    }
    let most = votes.iter().map(|(_, n)| *n).max()?;
    votes.iter().find(|(_, n)| *n == most).map(|(e, _)| *e)
}
