//! The current take: what the outlets agree on, each sentence with its support and on whose word it rests.

use super::layout::clip;
use super::page::{GLUE, Ink, Page};
use super::told::{Told, count, mark, marks};
use parallax_core::model::Support;

const SHOWN: usize = 7;
/// Columns of a sentence that are shown: four lines of a narrow terminal.
const SENTENCE: usize = 300;

/// The numbered sentences.
pub fn section(told: Told<'_>, page: &mut Page) {
    let take = &told.story.comparison.current_take;
    page.heading("What they agree on", "● for each take that says so");
    if take.is_empty() {
        page.text(2, Ink::Faint, "Nothing was found that two of them say.");
    }
    let shown = if page.style.all { take.len() } else { SHOWN };
    for (n, support) in take.iter().take(shown).enumerate() {
        let words = told.words(support.sentence);
        let words = if page.style.all { words } else { clip(&words, SENTENCE) };
        let words = format!("{words}{GLUE}{}", page.style.ink(Ink::Accent, &mark(support.sentence.article)));
        page.labelled(1, &format!("{:>2}", n + 1), 4, Ink::Plain, &words);
        page.text(5, Ink::Faint, &support_line(told, support));
    }
    super::more(take.len(), shown, 5, page);
}

fn support_line(told: Told<'_>, support: &Support) -> String {
    let takes = told.story.takes.len();
    let mut saying: Vec<_> = support.evidence.iter().map(|e| e.article).collect();
    saying.sort_unstable();
    saying.dedup();
    let dots = if takes <= 10 {
        format!("{}{}", "●".repeat(saying.len()), "○".repeat(takes - saying.len().min(takes)))
    } else {
        format!("{} of {takes}", saying.len())
    };
    let mut notes = vec![dots];
    let others = marks(saying.iter().copied().filter(|a| *a != support.sentence.article));
    if !others.is_empty() {
        notes.push(format!("also {others}"));
    }
    if support.separate < support.outlets {
        notes.push(format!("{} separately worded", support.separate));
    }
    if support.countries.len() > 1 {
        notes.push(count(support.countries.len(), "country", "countries"));
    }
    match support.voices.as_slice() {
        [] => {}
        [one] => notes.push(format!("on the word of {} alone", told.name(*one))),
        several => notes.push(format!("on the word of {}", told.names(several))),
    }
    notes.join(" · ")
}
