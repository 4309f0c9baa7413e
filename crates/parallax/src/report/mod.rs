//! Compared stories → a report that a person reads in a terminal; every line of it an article's own words, or a count of them.

mod agreed;
mod articles;
pub mod board;
mod differences;
mod document;
mod layout;
mod page;
mod speakers;
mod takes;
#[cfg(test)]
mod tests;
mod timeline;
mod told;

pub use document::{Explained, document};
pub use page::Style;
use page::{Ink, Page};

pub use layout::{clip, plain, shown, wrap};
use parallax_core::almanac::Almanac;
use parallax_core::contract::ComparedStory;
use parallax_core::model::{Moment, Problem};
use told::{Told, mark, marks};
pub use told::{count, series, when};

/// Stories told by several outlets in full, those of one outlet in a list, then what could not be read.
pub fn report(stories: &[ComparedStory<'_>], problems: &[Problem], almanac: &Almanac, style: Style) -> String {
    let mut page = Page::new(style);
    let (several, alone): (Vec<_>, Vec<_>) = stories.iter().copied().partition(|s| s.takes.len() > 1);
    for (n, story) in several.iter().enumerate() {
        tell(Told { story }, (n + 1, several.len()), almanac, &mut page);
    }
    if !alone.is_empty() {
        told_alone(&alone, &mut page);
    }
    if !problems.is_empty() {
        page.heading("Not read", "");
        for problem in problems {
            let document = plain(problem.document.as_deref().unwrap_or(""));
            page.text(2, Ink::Plain, &format!("{document}: {}", plain(&problem.message)));
        }
    }
    page.finish()
}

fn tell(told: Told<'_>, (number, of): (usize, usize), almanac: &Almanac, page: &mut Page) {
    page.blank();
    page.rule('━');
    if of > 1 {
        page.text(0, Ink::Faint, &format!("STORY {number} OF {of}"));
    }
    page.text(0, Ink::Strong, &told.title(told.story.comparison.headline.min(told.story.takes.len() - 1)));
    page.text(0, Ink::Plain, &standfirst(told));
    let outlets: Vec<_> = (0..told.story.takes.len()).map(|a| format!("{} {}", told.outlet(a), mark(a))).collect();
    let few = if page.style.all { outlets.len() } else { outlets.len().min(12) };
    let more = if few < outlets.len() { format!(" · … and {} more", outlets.len() - few) } else { String::new() };
    page.text(0, Ink::Faint, &format!("{}{more}", outlets[..few].join(" · ")));
    if let Some(sentence) = speakers::one_voice(told) {
        page.blank();
        page.text(0, Ink::Plain, &sentence);
    }
    agreed::section(told, page);
    differences::section(told, page);
    speakers::renderings(told, page);
    speakers::section(told, page);
    takes::section(told, page);
    timeline::section(told, page);
    articles::section(told, almanac, page);
}

/// "5 takes, 4 separately worded, from 4 countries · 2–3 Dec 2025".
fn standfirst(told: Told<'_>) -> String {
    let takes = told.story.takes.len();
    let separate = told.separate();
    let separately =
        if separate == takes { "each separately worded".to_owned() } else { format!("{separate} separately worded") };
    let mut line = format!("{}, {separately}", count(takes, "take", "takes"));
    let known =
        told.story.takes.iter().filter(|t| t.article.outlet.as_ref().is_some_and(|o| o.country.is_some())).count();
    let countries = told.countries().len();
    if countries > 0 {
        let at_least = if known < takes { "at least " } else { "" };
        line += &format!(", from {at_least}{}", count(countries, "country", "countries"));
    }
    let opinions: Vec<_> = (0..takes).filter(|a| told.is_opinion(*a)).collect();
    if !opinions.is_empty() {
        line += &format!(
            "; {} opinion and has no vote",
            if opinions.len() == 1 { format!("{} is", marks(opinions)) } else { format!("{} are", marks(opinions)) }
        );
    }
    let mut days: Vec<_> =
        told.story.takes.iter().filter_map(|t| t.article.published.as_ref().map(Moment::day)).collect();
    days.sort_unstable();
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        line += &format!(" · {}", told::span(&when(&first.to_string()), &when(&last.to_string())));
    }
    line
}

fn told_alone(stories: &[ComparedStory<'_>], page: &mut Page) {
    page.heading("Told by one outlet alone", &count(stories.len(), "story", "stories"));
    let shown = if page.style.all { stories.len() } else { 20 };
    for story in stories.iter().take(shown) {
        if let Some(take) = story.takes.first() {
            let published =
                take.article.published.map(|m| format!(" · {}", when(&m.day().to_string()))).unwrap_or_default();
            page.text(2, Ink::Plain, &told::title(take));
            page.text(4, Ink::Faint, &format!("{}{published}", told::outlet(take.article)));
        }
    }
    more(stories.len(), shown, 2, page);
    page.text(
        2,
        Ink::Faint,
        "Nothing stands beside these to compare them with; `parallax explain PATH` shows what each says.",
    );
}

/// "… and 12 more (--all)", where there are.
fn more(of: usize, shown: usize, indent: usize, page: &mut Page) {
    if of > shown {
        page.text(indent, Ink::Faint, &format!("… and {} more (--all)", of - shown));
    }
}
