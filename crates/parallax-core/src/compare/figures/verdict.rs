//! A cluster of figures → one quantity: what it is about, how its values stand to one another, what hangs on it.

use super::item::{Fate, Item};
use crate::almanac::Almanac;
use crate::compare::material::Material;
use crate::likeness::figures::{Standing, standing};
use crate::model::{Consequence, Moment, Quantity, QuantityValue, Verdict};

/// The quantity that the members of one cluster give.
pub fn quantity(members: &[usize], items: &[Item<'_>], material: &Material<'_>, almanac: &Almanac) -> Quantity {
    let _ = almanac;
    let mine: Vec<&Item<'_>> = members.iter().map(|m| &items[*m]).collect();
    let (verdict, rounding_only) = verdict(&mine, material);
    let values = mine.iter().map(|item| QuantityValue {
        at: item.at,
        low: item.figure.low,
        high: item.figure.high,
        qualifier: item.figure.qualifier.clone(),
        as_of: item.figure.as_of.clone(),
        according_to: item.figure.according_to.clone(),
    });
    Quantity {
        about: about(&mine),
        unit: mine[0].figure.unit.clone(),
        verdict,
        consequence: if rounding_only { Consequence::Rounding } else { consequence(&mine) },
        values: values.collect(),
    }
}

/// The fullest wording of what is counted; what is said of the dead before all else.
fn about(items: &[&Item<'_>]) -> String {
    let fated = items.iter().filter(|i| i.fate != Fate::None);
    let all = items.iter();
    let wording = fated.chain(all).filter_map(|i| i.figure.counted.as_ref());
    let best = wording.max_by_key(|w| (w.split_whitespace().count().min(4), std::cmp::Reverse(w.len())));
    best.cloned().or_else(|| items[0].figure.unit.clone()).unwrap_or_default()
}

/// How the values stand to one another, and whether they differ only by rounding one number.
fn verdict(items: &[&Item<'_>], material: &Material<'_>) -> (Verdict, bool) {
    let first = items[0].at.article;
    if items.iter().all(|i| i.at.article == first) {
        return (Verdict::Single, false);
    }
    let mut worst = Standing::Same;
    let mut conflicts = Vec::new();
    for (n, a) in items.iter().enumerate() {
        for b in &items[n + 1..] {
            let standing = standing(&a.value, &b.value);
            if standing == Standing::Conflict {
                conflicts.push((*a, *b));
            }
            worst = worst.max(standing);
        }
    }
    match worst {
        Standing::Same => (Verdict::Same, false),
        Standing::Compatible => (Verdict::Compatible, false),
        Standing::Rounding => (Verdict::Conflict, true),
        Standing::Conflict if conflicts.iter().all(|(a, b)| moved(a, b, material)) => (Verdict::Changed, false),
        Standing::Conflict => (Verdict::Conflict, false),
    }
}

/// Does a text say that the quantity itself went from one value to the other, or does a later report count more?
fn moved(a: &Item<'_>, b: &Item<'_>, material: &Material<'_>) -> bool {
    if a.moved || b.moved {
        return true;
    }
    let mine_dead = a.fate == Fate::Dead && b.fate == Fate::Dead;
    let published = |i: &Item<'_>| material.takes[i.at.article].article.published;
    let (Some(at_a), Some(at_b)) = (published(a), published(b)) else { return false };
    // The dead are counted up by the hour, all else by the day.
    let later = |a: Moment, b: Moment| match a.minutes().checked_sub(b.minutes()) {
        Some(minutes) if mine_dead => minutes >= TOLL_RISES,
        _ => a.day() > b.day(),
    };
    match (a.value.core(), b.value.core()) {
        (Some(x), Some(y)) if a.figure.unit.is_none() => later(at_b, at_a) && x < y || later(at_a, at_b) && y < x,
        _ => false,
    }
}

/// Minutes after which a higher number of dead is a later count and no other one.
const TOLL_RISES: i64 = 60;

fn consequence(items: &[&Item<'_>]) -> Consequence {
    if items.iter().any(|i| i.fate != Fate::None) {
        return Consequence::Gravest;
    }
    const TERRITORY: [&str; 6] = ["km²", "mi²", "m²", "ha", "acre", "ft²"];
    let stakes = items
        .iter()
        .filter_map(|i| i.figure.unit.as_deref())
        .any(|unit| TERRITORY.contains(&unit) || (unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase())));
    if stakes { Consequence::Stakes } else { Consequence::Other }
}
