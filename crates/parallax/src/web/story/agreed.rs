//! The current take → its sentences with what bears each out, and a table of which outlet has which.

use super::countries;
use crate::web::shape::Support;
use crate::web::sheet::{Quote, Sheet, outlet};
use crate::web::words::{count, series};

/// A sentence that several reports bear out.
pub struct Agreed {
    /// Its number on the page.
    pub number: usize,
    /// The sentence, as an outlet wrote it.
    pub quote: Quote,
    /// Who else has it.
    pub also: Vec<Quote>,
    /// "4 outlets in 3 countries, 3 separately worded".
    pub support: String,
    /// On whose word it rests.
    pub voices: Option<String>,
}

/// Of each outlet read in full: which sentences of the current take it has.
pub struct Coverage {
    /// A row an article: outlet, country code, the article's page, a mark a sentence.
    pub rows: Vec<Row>,
    /// The sentences' numbers.
    pub numbers: Vec<usize>,
    /// How many articles can't be told of.
    pub untold: usize,
}

/// An article's row.
pub struct Row {
    /// Whose article.
    pub outlet: String,
    /// Its page.
    pub href: String,
    /// Has it the sentence?
    pub has: Vec<bool>,
}

/// Points shown before the rest is folded.
const SHOWN: usize = 8;

/// The points, each in words that stand for none before it where there are such; then those that are folded.
pub fn agreed(sheet: &Sheet<'_>) -> (Vec<Agreed>, Vec<Agreed>) {
    let mut used: Vec<String> = Vec::new();
    let mut points = Vec::new();
    for (n, support) in sheet.story.current_take.iter().enumerate() {
        let mut quotes = sheet.quotes(&support.evidence);
        if quotes.is_empty() {
            continue;
        }
        let fresh = quotes.iter().position(|q| !used.contains(&q.href)).unwrap_or(0);
        let quote = quotes.remove(fresh);
        used.push(quote.href.clone());
        let voices: Vec<_> = support.voices.iter().filter_map(|v| sheet.name(v)).collect();
        points.push(Agreed { number: n + 1, quote, also: quotes, support: borne(support), voices: word_of(&voices) });
    }
    let more = points.split_off(points.len().min(SHOWN));
    (points, more)
}

fn borne(support: &Support) -> String {
    let outlets = count(support.outlets, "outlet", "outlets");
    let places = match support.countries.as_slice() {
        [] => String::new(),
        [one] => format!(" in {}", countries(std::slice::from_ref(one)).concat()),
        several => format!(" in {} countries", several.len()),
    };
    if support.separate < support.outlets {
        format!("{outlets}{places}, {} separately worded", support.separate)
    } else {
        format!("{outlets}{places}")
    }
}

fn word_of(voices: &[String]) -> Option<String> {
    match voices {
        [] => None,
        [one] => Some(format!("on the word of {one} alone")),
        several => Some(format!("on the word of {}", series(several))),
    }
}

/// Only where it says something: more than one sentence, and someone who lacks one.
pub fn coverage(sheet: &Sheet<'_>) -> Option<Coverage> {
    let sentences = sheet.story.current_take.len();
    let mut rows = Vec::new();
    let mut untold = 0;
    for take in &sheet.story.takes {
        let Some(article) = sheet.article(&take.article) else { continue };
        match &take.leaves_out {
            Some(out) => rows.push(Row {
                outlet: outlet(article),
                href: super::article_page(&article.id),
                has: (0..sentences).map(|n| !out.contains(&n)).collect(),
            }),
            None => untold += 1,
        }
    }
    let says = sentences > 1 && rows.iter().any(|row| row.has.contains(&false));
    says.then(|| Coverage { rows, numbers: (1..=sentences).collect(), untold })
}
