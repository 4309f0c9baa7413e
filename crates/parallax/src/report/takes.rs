//! Take by take: on whose word each rests, what it alone has, what it leaves out.

use super::layout::{clip, plain};
use super::page::{Ink, Page};
use super::told::{Told, closed, mark, series};
use parallax_core::model::{Access, TakeSummary};

const SHOWN: usize = 8;
const ONLY_HERE: usize = 2;
const LABEL: usize = 12;

/// One entry an article.
pub fn section(told: Told<'_>, page: &mut Page) {
    let takes = &told.story.comparison.takes;
    page.heading("Take by take", "");
    let shown = if page.style.all { takes.len() } else { SHOWN };
    for (article, take) in takes.iter().enumerate().take(shown) {
        if told.is_opinion(article) {
            continue;
        }
        let label = page.style.ink(Ink::Accent, &mark(article));
        let outlet = page.style.ink(Ink::Strong, &told.outlet(article));
        page.labelled(2, &label, 4, Ink::Plain, &outlet);
        voices(told, take, page);
        only_here(told, article, take, page);
        leaves_out(told, article, take, page);
        wording(told, article, take, page);
    }
    super::more(takes.len(), shown, 2, page);
}

/// Its own wording of what others word otherwise.
fn wording(told: Told<'_>, article: usize, take: &TakeSummary, page: &mut Page) {
    let shown = if page.style.all { take.wording.len() } else { ONLY_HERE };
    for (n, note) in take.wording.iter().take(shown).enumerate() {
        let words = closed(&clip(&plain(told.take(article).article.text.slice(note.span)), 120));
        entry(if n == 0 { "wording" } else { "" }, &format!("{}: {words}", plain(&note.about)), page);
    }
}

fn entry(label: &str, text: &str, page: &mut Page) {
    let label = page.style.ink(Ink::Faint, label);
    page.labelled(6, &label, LABEL, Ink::Plain, text);
}

fn voices(told: Told<'_>, take: &TakeSummary, page: &mut Page) {
    let share = |v: &parallax_core::model::VoiceShare| {
        let percent = u64::from(v.words) * 100 / u64::from(v.of.max(1));
        let who = v.entity.map_or_else(|| plain(v.party.as_deref().unwrap_or("others")), |e| told.name(e));
        (percent, who)
    };
    let weighty = take.voices.iter().map(share).filter(|(percent, _)| *percent >= 5).take(3);
    let weighty: Vec<_> = weighty.map(|(percent, who)| format!("{who} ({percent} %)")).collect();
    if !weighty.is_empty() {
        entry("rests on", &format!("{} of its words", series(&weighty)), page);
    }
}

fn only_here(told: Told<'_>, article: usize, take: &TakeSummary, page: &mut Page) {
    let text = &told.take(article).article.text;
    let Some(only) = &take.only_here else { return };
    let shown = if page.style.all { only.len() } else { ONLY_HERE };
    for (n, span) in only.iter().take(shown).enumerate() {
        let words = plain(text.slice(*span));
        entry(if n == 0 { "only here" } else { "" }, &if page.style.all { words } else { clip(&words, 200) }, page);
    }
    super::more(only.len(), shown, 6 + LABEL, page);
}

fn leaves_out(told: Told<'_>, article: usize, take: &TakeSummary, page: &mut Page) {
    let sentences = told.story.comparison.current_take.len();
    let text = match &take.leaves_out {
        None if told.take(article).article.access != Access::Full => {
            "can’t be said: it was not read in full".to_owned()
        }
        None => "can’t be said across languages".to_owned(),
        Some(out) if out.is_empty() && sentences > 0 => "nothing of what they agree on".to_owned(),
        Some(out) if out.is_empty() => return,
        Some(out) if out.len() == sentences => "all of what the others agree on".to_owned(),
        Some(out) => {
            let numbers: Vec<_> = out.iter().map(|n| (n + 1).to_string()).collect();
            format!("{} {}", if out.len() == 1 { "sentence" } else { "sentences" }, series(&numbers))
        }
    };
    entry("leaves out", &text, page);
}
