//! A text → its names of people, organisations and places, each with whom it names within the article.

mod chain;
mod knowledge;
mod runs;
mod tokens;

use crate::almanac::Almanac;
use crate::model::{Annotations, Article, Mention, Span};
use chain::Named;
use knowledge::Knowledge;
use tokens::{Shape, Token};

/// Finds them in text order. `so_far` holds the language and the sentences.
pub fn find(article: &Article, so_far: &Annotations, almanac: &Almanac) -> Vec<Mention> {
    let mut known = Knowledge::new(so_far.language.as_deref(), &article.text, almanac);
    let naming = known.naming;
    let elided = |word: &str| naming.elisions.contains(word);
    let mut sentences = Vec::new();
    for sentence in &so_far.sentences {
        let tokens = tokens::tokens(&article.text, sentence, &elided);
        let headline = is_headline(&tokens);
        known.count(&tokens, !headline);
        sentences.push((tokens, headline));
    }
    let mut names = Vec::new();
    for (tokens, headline) in &sentences {
        for found in runs::candidates(tokens, &known, *headline) {
            let part = &tokens[found.first..=found.last];
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            names.push(Named {
                span: Span { start: first.span.start, end: last.span.end + dot(article, last, &known) },
                words: part.iter().map(|t| t.folded.clone()).collect(),
                votes: found.votes,
                titled: found.titled,
                gender: found.gender,
                doubtful: found.doubtful,
            });
        }
    }
    let chained = chain::chain(&names, &known);
    chained.into_iter().map(|n| Mention { span: n.span, kind: n.kind, entity: n.entity }).collect()
}

/// The full stop of an abbreviated suffix is part of the name ("Jr.").
fn dot(article: &Article, last: &Token<'_>, known: &Knowledge<'_>) -> u32 {
    let there = article.text.get(last.span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    u32::from(there && matches!(last.folded.as_str(), "jr" | "sr") && known.naming.suffixes.contains(&last.folded))
}

/// Do most of its longer words have a capital, so that capitals say nothing?
fn is_headline(tokens: &[Token<'_>]) -> bool {
    let long = tokens.iter().filter(|t| t.text.chars().count() >= 4 && t.shape != Shape::Number);
    let (capital, all) = long.fold((0, 0), |(c, n), t| (c + usize::from(t.is_namelike()), n + 1));
    let small = tokens.iter().filter(|t| t.shape == Shape::Lower).count();
    all >= 4 && capital * 10 >= all * 8 && tokens.len() >= 5 && small * 3 < tokens.len()
}
