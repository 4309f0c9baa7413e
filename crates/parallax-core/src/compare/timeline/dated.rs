//! A take's sentences → those that bear a date, each with the date, and whether what they tell happened by then.

use crate::almanac::{Almanac, Calendar, Contrast};
use crate::compare::material::Material;
use crate::model::{DateMention, Precision, Span, TimelineStatus};
use crate::text::{Token, tokens};
use jiff::civil::Date;

/// Longer stretches of time are no development's date.
const LONGEST_DAYS: i32 = 14;
/// Tokens before and after a date in which a word of plan concerns it.
const PLAN_BEFORE: usize = 16;
const PLAN_AFTER: usize = 8;

/// A sentence with one of its dates.
#[derive(Clone, Debug)]
pub struct Dated {
    /// Index into the material's sentences.
    pub sentence: usize,
    /// ISO 8601, as precise as known, without time of day.
    pub when: String,
    /// How exact that is.
    pub precision: Precision,
    /// By what the sentence and the article's own day say.
    pub status: TimelineStatus,
    /// Stems of what is planned, where something is.
    pub plan: Vec<String>,
    /// Does the sentence say that something did not come about?
    pub undone: bool,
}

/// All of them but those of opinion, in order of article, then place.
pub fn dated(material: &Material<'_>, almanac: &Almanac) -> Vec<Dated> {
    let mut found: Vec<Dated> = Vec::new();
    for (article, take) in material.takes.iter().enumerate().filter(|(article, _)| material.votes(*article)) {
        let language = take.annotations.language.as_deref().and_then(|l| l.split('-').next());
        let calendar = language.and_then(|l| almanac.calendar.get(l));
        let today = take.article.published.map(|m| m.day());
        for sentence in material.of_article[article].clone() {
            let span = material.sentences[sentence].at.span;
            let start = take.annotations.dates.partition_point(|d| d.span.start < span.start);
            let mine = take.annotations.dates[start..].iter().take_while(|d| d.span.end <= span.end);
            for mention in mine {
                let Some((when, precision)) = day_or_more(mention) else { continue };
                if found.iter().rev().take_while(|d| d.sentence == sentence).any(|d| d.when == when) {
                    continue;
                }
                let text = take.article.text.slice(span);
                let before = Span { start: span.start, end: mention.span.start.max(span.start) };
                let before = tokens(take.article.text.slice(before));
                if calendar.is_some_and(|c| before.last().is_some_and(|t| c.since.has(&t.key))) {
                    continue;
                }
                let told = calendar.map(|calendar| {
                    let contrast = language.and_then(|l| almanac.contrast.get(l));
                    told(text, span, mention, &when, today, (calendar, contrast), language)
                });
                let told = told.unwrap_or((TimelineStatus::Unknown, Vec::new(), false));
                let (status, plan, undone) = told;
                found.push(Dated { sentence, when, precision, status, plan, undone });
            }
        }
    }
    found
}

/// A date as precise as a timeline needs it: no time of day, no length, no long stretch.
fn day_or_more(mention: &DateMention) -> Option<(String, Precision)> {
    let value = mention.value.as_str();
    if value.starts_with(['P', 'T']) {
        return None;
    }
    if let Some((from, to)) = value.split_once('/') {
        let days = to.parse::<Date>().ok()?.since(from.parse::<Date>().ok()?).ok()?.get_days();
        return (days <= LONGEST_DAYS).then(|| (value.to_owned(), Precision::Interval));
    }
    let (length, precision) = match mention.precision {
        Precision::Year => (4, Precision::Year),
        Precision::Month => (7, Precision::Month),
        _ => (10, Precision::Day),
    };
    let precision = match value.len() {
        4 => Precision::Year,
        7 => Precision::Month,
        _ => precision,
    };
    Some((value.get(..length.min(value.len()))?.to_owned(), precision))
}

/// What the words around a date say of it: whether it happened by then, the acts planned, and whether something did not come about.
fn told(
    text: &str,
    span: Span,
    mention: &DateMention,
    when: &str,
    today: Option<Date>,
    (calendar, contrast): (&Calendar, Option<&Contrast>),
    language: Option<&str>,
) -> (TimelineStatus, Vec<String>, bool) {
    let tokens = tokens(text);
    let offset = |t: &Token| t.span.start + span.start;
    let at = tokens.partition_point(|t| offset(t) < mention.span.start);
    let end = tokens.partition_point(|t| offset(t) < mention.span.end);
    let range = at.saturating_sub(PLAN_BEFORE)..(end + PLAN_AFTER).min(tokens.len());
    let planned = range.clone().filter_map(|n| calendar.planned.longest(&tokens, n).map(|(length, ())| n + length));
    let announced = range
        .clone()
        .filter_map(|n| contrast?.announced.longest(&tokens, n).map(|(length, ())| n + length))
        .collect::<Vec<_>>();
    let ends = planned.chain(announced.iter().copied());
    let plan: Vec<String> = ends.flat_map(|after| super::plans::acts(&tokens, after, language)).collect();
    let says_plan = range.clone().any(|n| calendar.planned.longest(&tokens, n).is_some());
    let cancelled = range.clone().any(|n| calendar.cancelled.longest(&tokens, n).is_some());
    let undone = range.clone().any(|n| contrast.is_some_and(|c| c.undone.longest(&tokens, n).is_some()));
    let Some(today) = today else { return (TimelineStatus::Unknown, plan, undone) };
    let today = today.to_string();
    let length = when.len().min(today.len());
    let order = when.get(..length).unwrap_or(when).cmp(today.get(..length).unwrap_or(&today));
    let status = match order {
        _ if undone && !announced.is_empty() => TimelineStatus::DidNotHappen,
        std::cmp::Ordering::Greater if cancelled || undone => TimelineStatus::DidNotHappen,
        std::cmp::Ordering::Greater => TimelineStatus::Planned,
        std::cmp::Ordering::Equal if says_plan => TimelineStatus::Planned,
        _ if !announced.is_empty() => TimelineStatus::Planned,
        _ => TimelineStatus::Happened,
    };
    (status, plan, undone)
}
