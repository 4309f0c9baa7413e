//! A story's titles → the one that stands for it: most central, and reading as a report.

use super::lexis::WordId;
use super::material::Material;
use std::collections::BTreeSet;

/// Index of the article whose title stands for the story; 0 where none has one.
pub(super) fn choose(material: &Material<'_>) -> usize {
    let titles: Vec<(usize, BTreeSet<WordId>)> =
        material.titles.iter().map(|(article, words)| (*article, words.iter().copied().collect())).collect();
    let worth = |(article, title): &(usize, BTreeSet<WordId>)| {
        let shared: u32 = titles
            .iter()
            .filter(|(other, _)| material.report[*other] != material.report[*article])
            .map(|(_, other)| title.intersection(other).map(|w| material.lexis.weight(*w)).sum::<u32>())
            .sum();
        let body: u32 = title.iter().map(|w| material.lexis.spread(*w)).sum();
        let text = material.takes[*article].article.title.as_deref().unwrap_or_default();
        let asks = text.trim_end().ends_with(['?', '!', '？', '؟']);
        let votes = material.votes(*article) && material.takes[*article].derivation.of().is_none();
        (votes, !asks, (shared + body) / u32::try_from(title.len().max(4)).unwrap_or(u32::MAX))
    };
    let best = titles.iter().filter(|(_, t)| t.len() >= 2).max_by_key(|t| (worth(t), std::cmp::Reverse(t.0)));
    best.or(titles.first()).map_or(0, |(article, _)| *article)
}
