//! The segments of a story's statements → utterances: the renderings of one speaker's word on one occasion brought together.

use super::lexis::Class;
use super::material::Material;
use super::overlap::Overlap;
use super::segments::{Segment, Speakers, segments};
use super::wording;
use crate::model::{EntityId, Rendering, Utterance};
use std::collections::{BTreeMap, BTreeSet};

/// Likeness of two segments, in thousandths, from which they can be renderings of one utterance, by what is known of the speakers.
fn least(speakers: Speakers) -> u32 {
    match speakers {
        Speakers::Same => 380,
        Speakers::Unknown => 520,
        Speakers::Different => 900,
    }
}

/// The utterances, those of several outlets first.
pub(super) fn utterances(material: &Material<'_>) -> Vec<Utterance> {
    let segments = segments(material);
    let mut groups = group(&segments, material);
    absorb(&mut groups, &segments, material);
    join_neighbours(&mut groups, &segments);
    let mut utterances: Vec<Utterance> = groups.iter().map(|g| utterance(g, &segments, material)).collect();
    utterances.sort_by_key(|u| {
        let articles: BTreeSet<usize> = u.renderings.iter().map(|r| r.at.article).collect();
        (std::cmp::Reverse(articles.len().min(2)), u.renderings.first().map(|r| r.at))
    });
    utterances
}

/// How alike two segments are, in thousandths.
fn likeness(a: &Segment, b: &Segment, material: &Material<'_>) -> u32 {
    let overlap = Overlap::of(&a.passage, &b.passage, &material.lexis);
    let run = longest_run(a, b, material);
    let shorter = a.passage.tokens.len().min(b.passage.tokens.len());
    if run >= 4 && run * 10 >= shorter * 6 {
        return 950;
    }
    if overlap.words == 0 {
        return 0;
    }
    let mut likeness = overlap.dice();
    if overlap.plain >= 900 && overlap.words >= 3 {
        likeness = likeness.max(overlap.contained() * 4 / 5);
    }
    if run >= 5 {
        likeness = likeness.max(600);
    }
    likeness
}

/// The longest run of words that both have, function words included; at least one of them must carry content, or the run be all of one.
fn longest_run(a: &Segment, b: &Segment, material: &Material<'_>) -> usize {
    let (a, b) = (&a.passage.tokens, &b.passage.tokens);
    let mut best = 0;
    let mut previous = vec![(0usize, false); b.len() + 1];
    for x in a {
        let mut current = vec![(0usize, false); b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x.word == y.word {
                let (length, content) = previous[j];
                let content = content || material.lexis.class(x.word) != Class::Function;
                current[j + 1] = (length + 1, content);
                if content || length + 1 == a.len().min(b.len()) {
                    best = best.max(length + 1);
                }
            }
        }
        previous = current;
    }
    best
}

type Group = Vec<usize>;

/// Joins the most alike first; a group takes in another where they are alike on average and nobody in it is another person.
fn group(segments: &[Segment], material: &Material<'_>) -> Vec<Group> {
    let mut links: Vec<(u32, usize, usize)> = Vec::new();
    let mut known: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for (i, a) in segments.iter().enumerate() {
        for (j, b) in segments.iter().enumerate().skip(i + 1) {
            if a.article() == b.article() && a.statement == b.statement {
                continue;
            }
            let likeness = likeness(a, b, material);
            let twice_told = a.article() == b.article();
            let speakers = Speakers::of(a, b, material);
            if likeness >= least(speakers) + if twice_told { 150 } else { 0 } {
                links.push((likeness + if speakers == Speakers::Same { 100 } else { 0 }, i, j));
            }
            known.insert((i, j), likeness);
        }
    }
    links.sort_by_key(|(likeness, i, j)| (std::cmp::Reverse(*likeness), *i, *j));
    let mut group_of: Vec<usize> = (0..segments.len()).collect();
    let mut groups: Vec<Group> = (0..segments.len()).map(|i| vec![i]).collect();
    for (_, i, j) in links {
        let (x, y) = (group_of[i], group_of[j]);
        if x == y {
            continue;
        }
        let pairs = groups[x].iter().flat_map(|a| groups[y].iter().map(move |b| (*a.min(b), *a.max(b))));
        let (mut sum, mut count, mut allowed) = (0, 0, true);
        for (a, b) in pairs {
            let likeness = known.get(&(a, b)).copied().unwrap_or(0);
            allowed &= Speakers::of(&segments[a], &segments[b], material) != Speakers::Different || likeness >= 900;
            sum += likeness;
            count += 1;
        }
        if allowed && sum >= count * LEAST_ON_AVERAGE {
            let moved = std::mem::take(&mut groups[y]);
            moved.iter().for_each(|s| group_of[*s] = x);
            groups[x].extend(moved);
            groups[x].sort_unstable();
        }
    }
    groups.retain(|g| !g.is_empty());
    groups
}

/// Likeness of two groups on average, in thousandths, from which they can be one utterance.
const LEAST_ON_AVERAGE: u32 = 300;

/// A lone segment whose words another article's rendering of its neighbour has too belongs to that utterance: the one outlet
/// quotes in one sentence what the other quotes in two.
fn absorb(groups: &mut Vec<Group>, segments: &[Segment], material: &Material<'_>) {
    let lone: Vec<usize> = groups.iter().filter(|g| g.len() == 1).map(|g| g[0]).collect();
    for segment in lone {
        let s = &segments[segment];
        let neighbours = [segment.checked_sub(1), Some(segment + 1)];
        let neighbours = neighbours
            .into_iter()
            .flatten()
            .filter(|n| segments.get(*n).is_some_and(|n| n.article() == s.article() && n.statement == s.statement));
        let home = neighbours.filter_map(|n| groups.iter().position(|g| g.len() > 1 && g.contains(&n))).find(|home| {
            groups[*home].iter().filter(|o| segments[**o].article() != s.article()).any(|o| {
                let overlap = Overlap::of(&s.passage, &segments[*o].passage, &material.lexis);
                overlap.words >= 2 && overlap.first_covered() >= 600
            })
        });
        if let Some(home) = home {
            groups[home].push(segment);
            groups[home].sort_unstable();
            groups.retain(|g| *g != [segment]);
        }
    }
}

/// Two utterances that follow one another in the same statements are parts of one longer quotation.
fn join_neighbours(groups: &mut Vec<Group>, segments: &[Segment]) {
    let follows = |a: usize, b: usize| {
        b == a + 1 && segments[a].article() == segments[b].article() && segments[a].statement == segments[b].statement
    };
    let mut at = 0;
    while at < groups.len() {
        let next = groups.iter().position(|g| {
            let pairs = groups[at].iter().flat_map(|a| g.iter().map(move |b| (*a, *b)));
            let articles: BTreeSet<usize> =
                pairs.filter(|(a, b)| follows(*a, *b)).map(|(a, _)| segments[a].article()).collect();
            let of = |g: &Group| g.iter().map(|s| segments[*s].article()).collect::<BTreeSet<_>>();
            let (mine, theirs) = (of(&groups[at]), of(g));
            // Lone neighbours of one statement are one single statement; others must go together wherever both are told.
            articles.len() >= 2 || (mine.len() == 1 && mine == theirs && articles.len() == 1)
        });
        match next {
            Some(next) if next != at => {
                let moved = std::mem::take(&mut groups[next]);
                groups[at].extend(moved);
                groups[at].sort_unstable();
                groups.remove(next);
                at = if next < at { at - 1 } else { at };
            }
            _ => at += 1,
        }
    }
}

fn utterance(group: &Group, segments: &[Segment], material: &Material<'_>) -> Utterance {
    let mut renderings: Vec<(usize, Rendering)> = Vec::new();
    let mut last: Option<usize> = None;
    for index in group {
        let segment = &segments[*index];
        let continues = last.is_some_and(|l| l + 1 == *index)
            && renderings
                .last()
                .is_some_and(|(statement, r)| r.at.article == segment.article() && *statement == segment.statement);
        last = Some(*index);
        match renderings.last_mut().filter(|_| continues) {
            Some((_, rendering)) => rendering.at.span.end = rendering.at.span.end.max(segment.passage.at.span.end),
            None => renderings.push((segment.statement, Rendering { at: segment.passage.at, kind: segment.kind })),
        }
    }
    let renderings: Vec<Rendering> = renderings.into_iter().map(|(_, r)| r).collect();
    Utterance { speaker: speaker(group, segments), wording: wording::of(&renderings, material), renderings }
}

/// Whom most renderings name; the first of equals.
fn speaker(group: &Group, segments: &[Segment]) -> Option<EntityId> {
    let mut votes: Vec<(EntityId, usize)> = Vec::new();
    for entity in group.iter().filter_map(|s| segments[*s].speaker) {
        match votes.iter_mut().find(|(e, _)| *e == entity) {
            Some((_, votes)) => *votes += 1,
            None => votes.push((entity, 1)),
        }
    }
    let most = votes.iter().map(|(_, n)| *n).max()?;
    votes.iter().find(|(_, n)| *n == most).map(|(e, _)| *e)
}
