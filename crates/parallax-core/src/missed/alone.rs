//! Stories that one press alone tells → those that several of its outlets tell, with how many others could have told them.

use super::cases::{Ground, firsts};
use super::{Alone, SEEN_TO_SPEAK, WIDELY};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Outlets of one press that make a story more than one editor's own.
const SEVERAL: usize = 2;
/// Until so many minutes have gone, others may still take it up.
const SETTLED: i64 = 720;

/// For each press the stories that it alone tells, those told by most of its outlets first.
pub fn alone(ground: &Ground<'_>) -> Vec<Vec<Alone>> {
    let mut found: Vec<Vec<Alone>> = ground.desk.presses.iter().map(|_| Vec::new()).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    for story in &ground.desk.stories {
        let [(first, press)] = firsts(story)[..] else { continue };
        let told: BTreeSet<usize> = story.tellings.iter().map(|t| t.outlet).collect();
        let last = story.tellings.iter().map(|t| t.at).max().unwrap_or(first);
        if told.len() < SEVERAL || last < ground.desk.since || ground.desk.now - first < SETTLED {
            continue;
        }
        let others = ground.sights.iter().enumerate().filter(|(other, _)| *other != press);
        let seen = others.map(|(_, sights)| {
            sights.iter().filter(|s| s.seen(first, ground.desk.now.min(first + 2 * SETTLED)) >= SEEN_TO_SPEAK).count()
        });
        let seen: Vec<usize> = seen.filter(|outlets| *outlets > 0).collect();
        if seen.len() < WIDELY {
            continue;
        }
        let own = |outlet: &&usize| story.tellings.iter().any(|t| t.outlet == **outlet && t.is_separate);
        found[press].push(Alone {
            story: story.id.clone(),
            told: count(told.len()),
            separate: count(told.iter().filter(own).count()),
            outlets: count(ground.sights[press].len()),
            last,
            other_presses: count(seen.len()),
            other_outlets: count(seen.iter().sum()),
        });
    }
    for alone in &mut found {
        alone.sort_by_cached_key(|a| (Reverse((a.told, a.separate, a.last)), a.story.clone()));
    }
    found
}
