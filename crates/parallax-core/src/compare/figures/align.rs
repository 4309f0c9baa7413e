//! The figures of a story → clusters of those that give one quantity.
//!
//! Agglomerative, strongest pair first. Two clusters join only if no pair across them is ruled out, so that nothing is chained.

use super::item::{Fate, Item};
use crate::compare::material::{Material, Passage};
use crate::compare::overlap::Overlap;
use crate::likeness::figures::{Standing, standing};
use crate::model::Decimal;

/// What the words beside two numbers must share, in thousandths, if the one is to be the other misprinted.
const MISPRINT_CONTEXT: i32 = 150;
/// Scores are in thousandths. From here on two figures are of one quantity.
const JOIN: i32 = 1000;
/// The first tolls of two articles are of one incident if their sentences share so much, in thousandths.
const TOLL_CONTEXT: i32 = 100;
/// A pair below this keeps its clusters apart.
const APART: i32 = 300;

/// Indices of the items of each cluster, in order of first member.
pub fn clusters(items: &[Item<'_>], material: &Material<'_>) -> Vec<Vec<usize>> {
    let mut scores: Vec<(i32, usize, usize)> = Vec::new();
    let n = items.len();
    let mut table = vec![0i32; n * n];
    for a in 0..n {
        for b in a + 1..n {
            let score = score(&items[a], &items[b], material);
            table[a * n + b] = score;
            if score >= JOIN {
                scores.push((score, a, b));
            }
        }
    }
    let elsewhere = |a: usize, b: usize| {
        let (x, y) = (&items[a], &items[b]);
        let first = x.first_toll && y.first_toll;
        let other = x.value.core() != y.value.core() && !(x.moved && y.moved) && !first;
        other && x.at.article != y.at.article && (has_other(items, x, y) || has_other(items, y, x))
    };
    scores.retain(|(_, a, b)| !elsewhere(*a, *b));
    scores.sort_by_key(|(score, a, b)| (std::cmp::Reverse(*score), *a, *b));
    let mut group: Vec<usize> = (0..n).collect();
    let mut members: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for (_, a, b) in scores {
        // "Revised to 19 from 28": a text itself says that the two values are of one quantity.
        let told = items[a].value.core() != items[b].value.core() && is_one_sentence(&items[a], &items[b]);
        let (a, b) = (group[a], group[b]);
        if a == b {
            continue;
        }
        let tolls = members[a].iter().any(|x| items[*x].first_toll) && members[b].iter().any(|y| items[*y].first_toll);
        let across = members[a].iter().flat_map(|x| members[b].iter().map(move |y| (*x.min(y), *x.max(y))));
        if !tolls && !told && across.into_iter().any(|(x, y)| table[x * n + y] < APART) {
            continue;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut members[gone]);
        moved.iter().for_each(|m| group[*m] = keep);
        members[keep].extend(moved);
        members[keep].sort_unstable();
    }
    members.retain(|m| !m.is_empty());
    members
}

/// Does the article of `a` give the value of `b` itself, elsewhere and of the same sort of thing? Then `a` is another quantity.
fn has_other(items: &[Item<'_>], a: &Item<'_>, b: &Item<'_>) -> bool {
    let like = |i: &&Item<'_>| {
        i.at.article == a.at.article && i.figure.unit == b.figure.unit && i.value.core() == b.value.core()
    };
    items.iter().filter(like).any(|i| i.figure.unit.is_some() || i.head == b.head)
}

/// How strongly two figures seem to be of one quantity; far below zero where they cannot be.
fn score(a: &Item<'_>, b: &Item<'_>, material: &Material<'_>) -> i32 {
    const NEVER: i32 = -10_000;
    if a.figure.unit != b.figure.unit || a.ordinal != b.ordinal {
        return NEVER;
    }
    if a.fate != b.fate && (a.fate == Fate::Hurt || b.fate == Fate::Hurt || !(a.people || b.people)) {
        return NEVER;
    }
    if is_dead_and_thing(a, b) || is_dead_and_thing(b, a) {
        return NEVER;
    }
    let (Some(x), Some(y)) = (a.value.core(), b.value.core()) else { return vague(a, b, material) };
    if is_one_sentence(a, b) && a.value != b.value {
        return if a.moved && is_from_to(a, b) { JOIN } else { NEVER };
    }
    let noun = noun(a, b, material);
    if noun == NEVER {
        return NEVER;
    }
    let differ = x != y;
    let clash = differ && standing(&a.value, &b.value) == Standing::Conflict;
    // An article gives one thing one value, or nearly; what can't both be true is of two things, unless it is the dead.
    let one_value = is_close(x, y) && (a.fate == Fate::Dead || !clash);
    if differ && a.at.article == b.at.article && !(a.moved && b.moved) && !one_value {
        return NEVER;
    }
    let foreign = !material.one_language(a.at.article, b.at.article);
    let near = likeness(&a.near, &b.near, material);
    let wide = likeness(&a.sentence, &b.sentence, material);
    let context = (near * 2 + wide * 2).min(if foreign { 700 } else { 1200 });
    if differ && a.fate == Fate::Dead && a.at.article != b.at.article && !is_close(x, y) {
        return toll(a, b, near, wide);
    }
    // The first tolls of two articles of one story are of one incident, if they say the same; little else is seen in another language.
    if foreign && !differ && a.first_toll && b.first_toll {
        return JOIN + wide;
    }
    // Who was counted is seen in one's own language; in another, people are soon like people.
    let fated = a.fate != Fate::None || b.fate != Fate::None;
    let of_people = fated || a.people && b.people && !foreign;
    if clash && !of_people && a.at.article != b.at.article {
        if is_misprint(x, y) && near >= MISPRINT_CONTEXT {
            return JOIN + near;
        }
        if !is_evident(a, b, near, wide) {
            return APART;
        }
    }
    let value = closeness(x, y, a, b);
    value + noun + context
}

/// "Raises the dead of the bridge to nine", and "nine cars fell": does the one count dead, be it without a word of its own, and the other
/// things, where nobody dies? Who was counted may be missing among a language's words for people: their sentence still tells of dead.
fn is_dead_and_thing(a: &Item<'_>, b: &Item<'_>) -> bool {
    let bare = a.counted.is_empty() && a.figure.unit.is_none() && a.by_the_dead;
    let thing = !b.counted.is_empty() && !b.people && b.fate == Fate::None && !b.by_the_dead;
    (bare || a.fate == Fate::Dead) && thing
}

/// Are two values that can't both be true given for one thing beyond doubt? To call two things of one sort a conflict would be worse
/// than to miss one.
fn is_evident(a: &Item<'_>, b: &Item<'_>, near: i32, wide: i32) -> bool {
    let one_noun = !a.counted.is_empty() && a.head == b.head;
    if a.moved || b.moved {
        return one_noun;
    }
    // "21 percent, followed by 17 percent and 14 percent": which of them is meant can't be told.
    let listed = a.listed || b.listed;
    let (Some(x), Some(y)) = (a.value.core(), b.value.core()) else { return false };
    // Counts of ten or more that come near one another are seldom of two things of one sort.
    let nearness = if x.min(y) < Decimal::TEN || a.figure.unit.is_some() { -200 } else { closeness(x, y, a, b) };
    let plain = a.counted.is_empty() && b.counted.is_empty();
    let close = nearness >= 0 && one_noun && near >= 230 || nearness >= 150 && plain && wide >= 300;
    !listed && (close || one_noun && near >= 450 && wide >= 350 || near >= 550 && wide >= 450)
}

/// Numbers of four digits or more that differ in one digit, or in two that changed places, are one number misprinted, as a rule.
fn is_misprint(x: Decimal, y: Decimal) -> bool {
    let digits = |n: Decimal| n.normalize().to_string().into_bytes();
    let (x, y) = (digits(x), digits(y));
    let apart: Vec<usize> = (0..x.len().min(y.len())).filter(|i| x[*i] != y[*i]).collect();
    let significant = |n: &[u8]| {
        let digits: Vec<u8> = n.iter().copied().filter(u8::is_ascii_digit).collect();
        digits.iter().rposition(|d| *d != b'0').map_or(0, |last| last + 1)
    };
    let one_number = x.len() == y.len() && significant(&x).min(significant(&y)) >= 4;
    one_number
        && match apart[..] {
            [_] => true,
            [i, j] => j == i + 1 && x[i] == y[j] && x[j] == y[i],
            _ => false,
        }
}

/// Different numbers of dead: the same count only as the first toll each article gives, told in like words.
fn toll(a: &Item<'_>, b: &Item<'_>, near: i32, wide: i32) -> i32 {
    let first = a.first_toll && b.first_toll && wide >= TOLL_CONTEXT;
    let alike = a.head == b.head && near >= 600 && wide >= 400;
    if first || alike { JOIN + wide } else { -10_000 }
}

/// Do two figures stand in one sentence?
fn is_one_sentence(a: &Item<'_>, b: &Item<'_>) -> bool {
    a.at.article == b.at.article && a.place == b.place
}

/// Do two figures of one sentence count one thing: "to 19 points from 28 points", or side by side, "to 17 points from 24"?
fn is_from_to(a: &Item<'_>, b: &Item<'_>) -> bool {
    let (first, second) = if a.at.span.start < b.at.span.start { (a, b) } else { (b, a) };
    let beside = second.at.span.start.saturating_sub(first.at.span.end) <= FROM_TO;
    let elliptic = beside && a.counted.is_empty() != b.counted.is_empty();
    elliptic || !a.counted.is_empty() && a.counted == b.counted
}

/// Bytes between two figures that a word for "from" or "to" takes at most, in any script.
const FROM_TO: u32 = 12;

/// Within a twentieth of one another.
fn is_close(x: Decimal, y: Decimal) -> bool {
    let (small, large) = (x.min(y), x.max(y));
    small.checked_mul(Decimal::from(20)).is_some_and(|s| s >= large * Decimal::from(19))
}

/// Figures without a value ("dozens"): only where the sentences say the same.
fn vague(a: &Item<'_>, b: &Item<'_>, material: &Material<'_>) -> i32 {
    let both = a.value.core().is_none() && b.value.core().is_none();
    if !both || a.head != b.head {
        return -10_000;
    }
    400 + likeness(&a.sentence, &b.sentence, material) * 2
}

/// Points for the value: the more exact a number two articles share, the less it is chance.
fn closeness(x: Decimal, y: Decimal, a: &Item<'_>, b: &Item<'_>) -> i32 {
    if x == y {
        let digits = x.normalize().mantissa().unsigned_abs().to_string().len();
        return match digits {
            1 if x < Decimal::from(4) => 250,
            1 if x < Decimal::TEN => 350,
            1 => 400,
            2 => 500,
            // With its unit it is hardly chance, whatever stands around it.
            _ if a.figure.unit.is_some() => 700,
            _ => 700,
        };
    }
    let (small, large) = (x.min(y), x.max(y));
    let Some(ratio) = small.checked_mul(Decimal::from(1000)).and_then(|s| s.checked_div(large)) else { return -500 };
    let ratio = i32::try_from(ratio.trunc()).unwrap_or(0);
    let near = match ratio {
        950.. => 300,
        850.. => 150,
        600.. => 0,
        _ => -200,
    };
    if a.moved || b.moved { near.max(0) } else { near }
}

/// Points for what is counted.
fn noun(a: &Item<'_>, b: &Item<'_>, material: &Material<'_>) -> i32 {
    let shared = a.counted.intersection(&b.counted).count();
    if a.figure.unit.is_some() {
        return 150;
    }
    if a.fate == Fate::Dead && b.fate == Fate::Dead {
        return 300;
    }
    // In two languages by what the words can mean.
    let foreign = !material.one_language(a.at.article, b.at.article);
    if foreign && Overlap::of(&a.what, &b.what, &material.lexis).words > 0 {
        return 450;
    }
    match (a.counted.is_empty(), b.counted.is_empty()) {
        (false, false) if a.head == b.head => 450,
        (false, false) if shared > 0 => 350,
        (false, false) if a.people && b.people => 150,
        (false, false) => 0,
        _ if foreign => 0,
        _ => 50,
    }
}

/// Of what two languages have in common about half is seen, by the pairs that were read.
const FOREIGN: i32 = 2;

/// How much of what both say they have in common, in thousandths of weight; names count like other words. Two languages have only names,
/// numbers and meanings in common.
fn likeness(a: &Passage, b: &Passage, material: &Material<'_>) -> i32 {
    if !material.one_language(a.at.article, b.at.article) {
        return i32::try_from(Overlap::of(a, b, &material.lexis).dice()).unwrap_or(0) * FOREIGN;
    }
    let lexis = &material.lexis;
    let total = |p: &Passage| p.content.iter().map(|w| lexis.weight(*w)).sum::<u32>();
    let shared: u32 = a.content.iter().filter(|w| b.content.binary_search(w).is_ok()).map(|w| lexis.weight(*w)).sum();
    let whole = total(a) + total(b);
    i32::try_from(u64::from(shared) * 2000 / u64::from(whole.max(1))).unwrap_or(0)
}
