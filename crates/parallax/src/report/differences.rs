//! What differs, by consequence: outcome and deaths first, then money and territory, then the rest; rounding last and in one line.

use super::layout::{clip, plain, width};
use super::page::{Ink, Page};
use super::told::{Told, mark, marks, quoted, when};
use parallax_core::model::{Consequence, Quantity, QuantityValue, TimelineEntry, TimelineStatus, Verdict};

const SHOWN: usize = 8;

/// Conflicts and changes; then what merely is rounded differently, folded.
pub fn section(told: Told<'_>, page: &mut Page) {
    let differing = |q: &&Quantity| matches!(q.verdict, Verdict::Conflict | Verdict::Changed);
    let figures: Vec<_> = told.story.comparison.figures.iter().filter(differing).collect();
    let (rounded, mut weighty): (Vec<_>, Vec<_>) =
        figures.into_iter().partition(|q| q.consequence == Consequence::Rounding);
    weighty.sort_by_key(|q| (std::cmp::Reverse(q.consequence), q.verdict != Verdict::Conflict));
    let unkept: Vec<_> =
        told.story.comparison.timeline.iter().filter(|t| t.status == TimelineStatus::DidNotHappen).collect();
    let fitting = told.story.comparison.figures.iter().filter(|q| q.verdict == Verdict::Compatible);
    let fitting: Vec<_> = fitting.collect();
    page.heading("Where they differ", "that they differ, not who is wrong");
    if weighty.is_empty() && unkept.is_empty() && rounded.is_empty() && fitting.is_empty() {
        page.text(2, Ink::Faint, "No figure or outcome was found on which they differ.");
        return;
    }
    for entry in &unkept {
        unkept_plan(told, entry, page);
    }
    let shown = if page.style.all { weighty.len() } else { SHOWN };
    for quantity in weighty.iter().take(shown) {
        values(told, quantity, page);
    }
    super::more(weighty.len(), shown, 2, page);
    folded(told, "Reports round it differently", &rounded, page);
    folded(told, "These fit together", &fitting, page);
}

/// Where it was announced, an article once, and what settles that it did not come about.
fn unkept_plan(told: Told<'_>, entry: &TimelineEntry, page: &mut Page) {
    page.text(2, Ink::Warning, "announced, did not happen");
    let settling = entry.settled_by.and_then(|i| entry.evidence.get(i));
    let mut announcing: Vec<_> = entry.evidence.iter().filter(|e| Some(*e) != settling).collect();
    announcing.dedup_by_key(|e| e.article);
    let shown = if page.style.all { announcing.len() } else { 3 };
    let lines = announcing.into_iter().take(shown).map(|e| ("", e)).chain(settling.map(|e| ("→ ", e)));
    for (arrow, evidence) in lines {
        let label = page.style.ink(Ink::Accent, &mark(evidence.article));
        let words = clip(&told.words(*evidence), 230);
        page.labelled(4, &label, 5, Ink::Plain, &format!("{arrow}{words}"));
    }
}

fn values(told: Told<'_>, quantity: &Quantity, page: &mut Page) {
    let (ink, verdict) = match quantity.verdict {
        Verdict::Conflict => (Ink::Alarm, "they cannot all be true"),
        _ => (Ink::Warning, "it changed between the reports"),
    };
    let about = plain(&quantity.about);
    page.text(
        2,
        Ink::Plain,
        &format!("{} {}", page.style.ink(Ink::Strong, &about), page.style.ink(ink, &format!("— {verdict}"))),
    );
    let groups = grouped(told, quantity);
    let column = groups.iter().map(|(words, _, _)| width(words)).max().unwrap_or(0).min(34);
    for (words, articles, note) in groups {
        let gap = " ".repeat(column.saturating_sub(width(&words)));
        let line = format!("{words}{gap}  {}", page.style.ink(Ink::Accent, &marks(articles)));
        // The gap is part of the layout, not of the text: set it as a label, so that wrapping keeps it.
        page.labelled(4, &line, width(&line) + 2, Ink::Faint, &note);
    }
}

/// Values in the same words together, an article's same value once: the words, the articles, on whose word and for which day.
fn grouped(told: Told<'_>, quantity: &Quantity) -> Vec<(String, Vec<usize>, String)> {
    let mut groups: Vec<(String, Vec<usize>, String)> = Vec::new();
    for (n, value) in quantity.values.iter().enumerate() {
        let told_before = |v: &QuantityValue| {
            v.at.article == value.at.article && (&v.low, &v.high, note(v)) == (&value.low, &value.high, note(value))
        };
        if quantity.values[..n].iter().any(told_before) {
            continue;
        }
        let words = told.words(value.at);
        let note = note(value);
        match groups.iter_mut().find(|(w, _, n)| w.to_lowercase() == words.to_lowercase() && *n == note) {
            Some((_, articles, _)) => articles.push(value.at.article),
            None => groups.push((words, vec![value.at.article], note)),
        }
    }
    groups
}

fn note(value: &QuantityValue) -> String {
    let mut notes = Vec::new();
    if let Some(who) = &value.according_to {
        notes.push(format!("according to {}", plain(who)));
    }
    if let Some(day) = &value.as_of {
        notes.push(format!("as of {}", when(day)));
    }
    notes.join(", ")
}

fn folded(told: Told<'_>, title: &str, quantities: &[&Quantity], page: &mut Page) {
    if quantities.is_empty() {
        return;
    }
    let shown = if page.style.all { quantities.len() } else { 4 };
    let each = quantities.iter().take(shown).map(|quantity| {
        let values = grouped(told, quantity)
            .into_iter()
            .map(|(words, articles, _)| format!("{} {}", quoted(&words), marks(articles)));
        values.collect::<Vec<_>>().join(", ")
    });
    let rest = if quantities.len() > shown {
        format!("; … and {} more (--all)", quantities.len() - shown)
    } else {
        String::new()
    };
    page.text(2, Ink::Faint, &format!("{title}: {}{rest}", each.collect::<Vec<_>>().join("; ")));
}
