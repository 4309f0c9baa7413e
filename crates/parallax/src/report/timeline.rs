//! How it unfolded: dated developments in order, with what was announced and what came of it.

use super::layout::{clip, width};
use super::page::{GLUE, Ink, Page};
use super::told::{Told, marks, when};
use parallax_core::model::{TimelineEntry, TimelineStatus};

const SHOWN: usize = 12;

/// One line a development.
pub fn section(told: Told<'_>, page: &mut Page) {
    let entries = &told.story.comparison.timeline;
    if entries.is_empty() {
        return;
    }
    page.heading("How it unfolded", "");
    let shown = if page.style.all { entries.len() } else { SHOWN };
    // Where there are too many, what has the most support stays, in order of time.
    let mut kept: Vec<usize> = (0..entries.len()).collect();
    kept.sort_by_key(|i| {
        (entries[*i].status != TimelineStatus::DidNotHappen, std::cmp::Reverse(entries[*i].evidence.len()), *i)
    });
    kept.truncate(shown);
    kept.sort_unstable();
    let column = kept.iter().map(|i| width(&when(&entries[*i].when))).max().unwrap_or(0).min(12) + 2;
    let mut before = String::new();
    for entry in kept.into_iter().map(|i| &entries[i]) {
        let date = when(&entry.when);
        let label = if date == before { String::new() } else { page.style.ink(Ink::Accent, &date) };
        if width(&label) > column {
            page.text(2, Ink::Plain, &label);
            page.labelled(2, "", column, Ink::Plain, &line(told, entry, page));
        } else {
            page.labelled(2, &label, column, Ink::Plain, &line(told, entry, page));
        }
        before = date;
    }
    super::more(entries.len(), shown, 2, page);
}

fn line(told: Told<'_>, entry: &TimelineEntry, page: &Page) -> String {
    let status = match entry.status {
        TimelineStatus::DidNotHappen => page.style.ink(Ink::Warning, "announced, did not happen: "),
        TimelineStatus::Planned => page.style.ink(Ink::Faint, "planned: "),
        TimelineStatus::Happened | TimelineStatus::Unknown => String::new(),
    };
    let words = clip(&told.words(entry.sentence), if page.style.all { usize::MAX } else { 180 });
    let from = marks(entry.evidence.iter().map(|e| e.article));
    let from = if from.is_empty() { marks([entry.sentence.article]) } else { from };
    format!("{status}{words}{GLUE}{}", page.style.ink(Ink::Accent, &from))
}
