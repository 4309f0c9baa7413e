//! Figures and plans → where the reports differ: what weighs most first, rounding last.

use crate::web::shape::{Development, Quantity, Value};
use crate::web::sheet::{Quote, Sheet};
use crate::web::words::{plain, when};
use parallax_core::model::Decimal;
use std::collections::BTreeSet;

/// One quantity on which reports differ.
pub struct Difference {
    /// What is counted, in a report's words.
    pub about: String,
    /// Cannot all be true?
    pub is_conflict: bool,
    /// What the verdict is, in words.
    pub verdict: &'static str,
    /// What hangs on it, in words.
    pub weight: &'static str,
    /// Each value with those who give it.
    pub values: Vec<Given>,
}

/// A value and who gives it.
pub struct Given {
    /// Where it stands, one a report.
    pub quotes: Vec<Quote>,
    /// On whose word, as of when.
    pub note: String,
}

/// Something announced, and what came of it.
pub struct Plan {
    /// For when.
    pub when: String,
    /// Where it was announced.
    pub announced: Vec<Quote>,
    /// What settles it.
    pub settled: Option<Quote>,
    /// What came of it, in words.
    pub outcome: &'static str,
    /// Did it not happen?
    pub is_unkept: bool,
}

/// Differences of weight, slight ones, those of rounding alone.
pub fn differences(sheet: &Sheet<'_>) -> [Vec<Difference>; 3] {
    let differs = |q: &&Quantity| matches!(q.verdict.as_str(), "conflict" | "changed" | "compatible");
    let mut sorted: Vec<&Quantity> = sheet.story.figures.iter().filter(differs).collect();
    sorted.sort_by_key(|q| (std::cmp::Reverse(q.consequence), q.verdict != "conflict"));
    let (mut grave, mut slight, mut rounding) = (Vec::new(), Vec::new(), Vec::new());
    for quantity in sorted {
        let shelf = match (quantity.verdict.as_str(), quantity.consequence) {
            ("compatible", _) | (_, 0) => &mut rounding,
            (_, 2..) => &mut grave,
            _ => &mut slight,
        };
        let difference = difference(sheet, quantity);
        if !difference.values.is_empty() {
            shelf.push(difference);
        }
    }
    [grave, slight, rounding]
}

fn difference(sheet: &Sheet<'_>, quantity: &Quantity) -> Difference {
    Difference {
        about: plain(&quantity.about),
        is_conflict: quantity.verdict == "conflict",
        verdict: match quantity.verdict.as_str() {
            "conflict" => "cannot all be true",
            "changed" => "changed between reports",
            _ => "fit together",
        },
        weight: match quantity.consequence {
            3 => "lives or outcome",
            2 => "money, territory or law",
            1 => "",
            _ => "rounding",
        },
        values: given(sheet, &quantity.values),
    }
}

/// Equal values together, an article once for each.
fn given(sheet: &Sheet<'_>, values: &[Value]) -> Vec<Given> {
    let same = |a: &Value, b: &Value| (&a.low, &a.high, note(a)) == (&b.low, &b.high, note(b));
    let mut groups: Vec<Vec<&Value>> = Vec::new();
    for value in values {
        match groups.iter_mut().find(|group| same(group[0], value)) {
            Some(group) => group.push(value),
            None => groups.push(vec![value]),
        }
    }
    let given = groups
        .into_iter()
        .map(|group| Given { quotes: sheet.quotes(group.iter().map(|v| &v.at)), note: note(group[0]) });
    given.filter(|g| !g.quotes.is_empty()).collect()
}

fn note(value: &Value) -> String {
    let who = value.according_to.as_deref().map(|who| format!("according to {}", plain(who)));
    let day = value.as_of.as_deref().map(|day| format!("as of {}", when(day)));
    who.into_iter().chain(day).collect::<Vec<_>>().join(", ")
}

/// What was announced, unkept plans first.
pub fn plans(sheet: &Sheet<'_>) -> Vec<Plan> {
    let told = |d: &&Development| d.status == "did_not_happen" || (d.settled_by.is_some() && d.status == "happened");
    let mut plans: Vec<_> = sheet.story.timeline.iter().filter(told).filter_map(|d| plan(sheet, d)).collect();
    plans.sort_by_key(|p| !p.is_unkept);
    plans
}

fn plan(sheet: &Sheet<'_>, development: &Development) -> Option<Plan> {
    let settling = development.settled_by;
    let announcing = development.evidence.iter().enumerate().filter(|(n, _)| Some(*n) != settling).map(|(_, e)| e);
    let announced = sheet.quotes(announcing);
    let is_unkept = development.status == "did_not_happen";
    (!announced.is_empty()).then(|| Plan {
        when: when(&development.when),
        announced,
        settled: settling.and_then(|n| sheet.quote(development.evidence.get(n)?)),
        outcome: if is_unkept { "did not happen" } else { "happened" },
        is_unkept,
    })
}

/// The difference that a front page may name: values that cannot all be true, on which lives or the outcome hang. Two of its values of
/// different reports: those that most reports give, and of these such as the reader can read.
pub fn first_rank(sheet: &Sheet<'_>) -> Option<Vec<Quote>> {
    let mut figures = sheet.story.figures.iter();
    let figure = figures.find(|q| q.verdict == "conflict" && q.consequence == 3)?;
    let bound = |bound: &Option<String>| bound.as_deref().and_then(|b| b.parse::<Decimal>().ok());
    let borne = |value: &Value| {
        let same = figure.values.iter().filter(|v| (&v.low, &v.high) == (&value.low, &value.high));
        same.map(|v| v.at.article.as_str()).collect::<BTreeSet<_>>().len()
    };
    let unread = |value: &Value| sheet.article(&value.at.article).map_or(usize::MAX, |a| sheet.preference(a));
    // How many reports give the one that fewer give, how many both together, how far from what the reader reads.
    type Weight = (usize, usize, std::cmp::Reverse<usize>);
    let mut best: Option<(Weight, [&Value; 2])> = None;
    for low in &figure.values {
        for high in &figure.values {
            let exclude = matches!((bound(&low.high), bound(&high.low)), (Some(low), Some(high)) if low < high);
            if !exclude || low.at.article == high.at.article {
                continue;
            }
            let (a, b) = (borne(low), borne(high));
            let weight = (a.min(b), a + b, std::cmp::Reverse(unread(low).saturating_add(unread(high))));
            if best.as_ref().is_none_or(|(than, _)| weight > *than) {
                best = Some((weight, [low, high]));
            }
        }
    }
    let (_, pair) = best?;
    Some(pair.into_iter().filter_map(|v| sheet.quote(&v.at)).collect())
}
