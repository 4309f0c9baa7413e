//! A compared story → the small wordings that every section of its report needs: who, where from, in whose words.

use super::layout::plain;
use super::page::GLUE;
use parallax_core::contract::ComparedStory;
use parallax_core::model::{Article, ArticleKind, Derivation, EntityId, Evidence, Moment, Take, Utterance};

/// A story as its report tells it; articles are `[1]`, `[2]` … in input order.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// What was found.
    pub story: &'a ComparedStory<'a>,
}

impl<'a> Told<'a> {
    /// The take of an article.
    pub fn take(&self, article: usize) -> &'a Take<'a> {
        &self.story.takes[article]
    }

    /// The words of a finding, as they may be shown.
    pub fn words(&self, at: Evidence) -> String {
        plain(self.take(at.article).article.text.slice(at.span))
    }

    /// An entity's fullest common name.
    pub fn name(&self, entity: EntityId) -> String {
        self.story.links.entities.get(entity.0 as usize).map_or_else(String::new, |e| plain(&e.canonical))
    }

    /// Who an utterance is reported to be by: the speaker's name, else the words that stand for them ("residents"), else nobody's.
    pub fn speaker(&self, utterance: &Utterance) -> String {
        let party = || {
            utterance.renderings.iter().find_map(|rendering| {
                let take = self.take(rendering.at.article);
                let statements = take.annotations.statements.iter();
                let speaker = statements.filter(|s| s.content.overlaps(rendering.at.span)).find_map(|s| s.speaker)?;
                Some(plain(take.article.text.slice(speaker.span))).filter(|words| !words.is_empty())
            })
        };
        utterance.speaker.map(|s| self.name(s)).or_else(party).unwrap_or_else(|| "unnamed".to_owned())
    }

    /// Names in a row: "A", "A and B", "A, B and C".
    pub fn names(&self, entities: &[EntityId]) -> String {
        series(&entities.iter().map(|e| self.name(*e)).collect::<Vec<_>>())
    }

    /// The outlet's name, else its domain, else the document's id.
    pub fn outlet(&self, article: usize) -> String {
        outlet(self.take(article).article)
    }

    /// The article's headline, else how it begins.
    pub fn title(&self, article: usize) -> String {
        title(self.take(article))
    }

    /// Is it someone's opinion? It then has no vote.
    pub fn is_opinion(&self, article: usize) -> bool {
        self.take(article).article.kind == ArticleKind::Opinion
    }

    /// Reports that are nobody's copy.
    pub fn separate(&self) -> usize {
        self.story.takes.iter().filter(|t| *t.derivation == Derivation::Original).count()
    }

    /// The countries of the outlets, each once, in order of the takes.
    pub fn countries(&self) -> Vec<&'a str> {
        let mut countries: Vec<&str> = Vec::new();
        let of = |take: &'a Take<'a>| take.article.outlet.as_ref()?.country.as_deref();
        for country in self.story.takes.iter().filter_map(of) {
            if !countries.contains(&country) {
                countries.push(country);
            }
        }
        countries
    }
}

/// The outlet's name, else its domain, else the document's id.
pub fn outlet(article: &Article) -> String {
    let outlet = article.outlet.as_ref();
    let name = outlet.and_then(|o| o.name.as_ref().or(o.domain.as_ref()));
    plain(name.map_or_else(|| article.id.0.rsplit('/').next().unwrap_or(&article.id.0), String::as_str))
}

/// The article's headline, else its first sentence.
pub fn title(take: &Take<'_>) -> String {
    if let Some(title) = take.article.title.as_deref().map(plain).filter(|t| !t.is_empty()) {
        return title;
    }
    let first = take.annotations.sentences.first();
    plain(first.map_or_else(|| take.article.text.lines().next().unwrap_or(""), |s| take.article.text.slice(s.span)))
}

/// `[1]`.
pub fn mark(article: usize) -> String {
    format!("[{}]", article + 1)
}

/// `[1] [3]`, each once, ascending.
pub fn marks(articles: impl IntoIterator<Item = usize>) -> String {
    let mut articles: Vec<_> = articles.into_iter().collect();
    articles.sort_unstable();
    articles.dedup();
    // A few stay together on one line.
    let between = if articles.len() > 6 { ' ' } else { GLUE };
    articles.into_iter().map(mark).collect::<Vec<_>>().join(&between.to_string())
}

/// "A", "A and B", "A, B and C".
pub fn series(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// "1 take", "3 takes".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Within quotation marks, unless the words bring their own.
pub fn quoted(words: &str) -> String {
    let own = words.starts_with(['“', '"', '«', '„', '「', '”', '‘']);
    if own { words.to_owned() } else { format!("“{words}”") }
}

/// With the closing mark that a cut quotation lacks, and without the comma at its end: a rendering may end within a quotation.
pub fn closed(words: &str) -> String {
    let open = |open: char, close: char| words.matches(open).count() > words.matches(close).count();
    let words = words.trim_end_matches(',');
    let double = if words.contains('„') { ('„', '“') } else { ('“', '”') };
    let missing = [double, ('«', '»')].into_iter().find(|(start, end)| open(*start, *end));
    missing.map_or_else(|| words.to_owned(), |(_, end)| format!("{words}{end}"))
}

/// `2025-12-02` → "2 Dec 2025", `2025-12-02T17:00:00+01:00` → "2 Dec 2025, 17:00", `2025-11` → "Nov 2025"; an interval is its two
/// ends. What is no date is shown as it is.
pub fn when(value: &str) -> String {
    if let Some((from, to)) = value.split_once('/') {
        // The end is not in it.
        let last = to.parse::<Moment>().ok().and_then(|to| to.day().yesterday().ok());
        return span(&when(from), &last.map_or_else(|| when(to), |last| when(&last.to_string())));
    }
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, clock) = value.split_once('T').unwrap_or((value, ""));
    let mut parts = day.splitn(3, '-');
    let year = parts.next().unwrap_or("");
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    let day = parts.next().and_then(|d| d.parse::<u8>().ok());
    let date = match (month, day) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => return plain(value),
    };
    match clock.get(..5) {
        Some(clock) => format!("{date}, {clock}"),
        None => date,
    }
}

/// From one day to another, what they share said once: "2–3 Dec 2025", "30 Nov – 3 Dec 2025".
pub fn span(from: &str, to: &str) -> String {
    let from_words: Vec<_> = from.split(' ').collect();
    let to_words: Vec<_> = to.split(' ').collect();
    match (from_words.as_slice(), to_words.as_slice()) {
        _ if from == to => from.to_owned(),
        ([day, month, year], [_, to_month, to_year]) if (month, year) == (to_month, to_year) => format!("{day}–{to}"),
        ([day, month, year], [_, _, to_year]) if year == to_year => format!("{day} {month} – {to}"),
        _ => format!("{from} – {to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_quotation_is_closed() {
        for (words, shown) in [
            ("the talks were “frank", "the talks were “frank”"),
            ("nobody warned us,", "nobody warned us"),
            ("el puente «se fue", "el puente «se fue»"),
            ("„so war es“", "„so war es“"),
            ("“all of it”", "“all of it”"),
        ] {
            assert_eq!(closed(words), shown);
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        for (value, shown) in [
            ("2025-12-02", "2 Dec 2025"),
            ("2025-12-02T17:05:00+01:00", "2 Dec 2025, 17:05"),
            ("2025-11", "Nov 2025"),
            ("2025", "2025"),
            ("2025-11-01/2025-12-01", "1–30 Nov 2025"),
            ("2025-11-24/2025-12-08", "24 Nov – 7 Dec 2025"),
            ("2025-12-29/2026-01-05", "29 Dec 2025 – 4 Jan 2026"),
            ("2025-12-02/2025-12-03", "2 Dec 2025"),
            ("PT3600S", "PT3600S"),
            ("2025-13-02", "2025-13-02"),
        ] {
            assert_eq!(when(value), shown);
        }
    }

    #[test]
    fn words_bring_their_own_quotation_marks_or_get_ours() {
        assert_eq!(quoted("no"), "“no”");
        assert_eq!(quoted("«нет»"), "«нет»");
        assert_eq!(series(&["A".into(), "B".into(), "C".into()]), "A, B and C");
        assert_eq!(marks([2, 0, 2]).replace(GLUE, " "), "[1] [3]");
    }
}
