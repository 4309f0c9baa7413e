//! A text → its names of people, organisations and places, each with whom it names within the article.

mod chain;
mod found;
mod knowledge;
mod runs;
mod spaced;
mod tokens;
mod unspaced;

use crate::almanac::Almanac;
use crate::model::{Annotations, Article, Mention, Span};
use chain::Named;
use knowledge::Knowledge;
use tokens::{Shape, Token};

/// Finds them in text order. `so_far` holds the language and the sentences.
pub fn find(article: &Article, so_far: &Annotations, almanac: &Almanac) -> Vec<Mention> {
    let mut known = Knowledge::new(so_far.language.as_deref(), &article.text, almanac);
    let naming = known.naming;
    let mut sentences = Vec::new();
    for sentence in &so_far.sentences {
        let tokens = tokens::tokens(&article.text, sentence, naming);
        let headline = is_headline(&tokens, article.text.slice(sentence.span));
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
    let tokens: Vec<Vec<Token<'_>>> = sentences.into_iter().map(|s| s.0).collect();
    names.extend(caseless(article, so_far, &tokens, &known));
    names.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
    let mut end = 0;
    names.retain(|n| {
        let free = n.span.start >= end;
        end = if free { n.span.end } else { end };
        free
    });
    let chained = chain::chain(&names, &known);
    chained.into_iter().map(|n| Mention { span: n.span, kind: n.kind, entity: n.entity }).collect()
}

/// The names in scripts without capitals.
fn caseless(article: &Article, so_far: &Annotations, tokens: &[Vec<Token<'_>>], known: &Knowledge<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    for tokens in tokens {
        if !tokens.iter().any(|t| t.shape == Shape::Caseless) {
            continue;
        }
        for token in tokens.iter().filter(|t| t.shape == Shape::Caseless && is_unspaced(t.text)) {
            // A stretch with its middle dots: the tokens between them are one name.
            found.extend(unspaced::find(token.text, token.span.start as usize, known));
        }
        found.extend(spaced::find(tokens, known).into_iter().filter(|f| !is_unspaced(article.text.slice(f.span))));
    }
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    found.extend(found::again(&article.text, &so_far.sentences, tokens, &found, known));
    let named = |f: found::Found| Named {
        span: f.span,
        words: f.words,
        votes: runs::vote(f.kind, f.weight),
        titled: f.titled,
        gender: None,
        doubtful: false,
    };
    found.into_iter().map(named).collect()
}

/// Is it of a script that is written without spaces: Han, Kana?
fn is_unspaced(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}'))
}

/// The full stop of an abbreviated suffix is part of the name ("Jr.").
fn dot(article: &Article, last: &Token<'_>, known: &Knowledge<'_>) -> u32 {
    let there = article.text.get(last.span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
    u32::from(there && known.naming.dotted_suffixes.contains(&last.folded))
}

/// Do most of its longer words have a capital, so that capitals say nothing? Such lines end without a full stop.
fn is_headline(tokens: &[Token<'_>], sentence: &str) -> bool {
    let long = tokens.iter().filter(|t| t.text.chars().count() >= 4 && t.shape != Shape::Number);
    let (capital, all) = long.fold((0, 0), |(c, n), t| (c + usize::from(t.is_namelike()), n + 1));
    let small = tokens.iter().filter(|t| t.shape == Shape::Lower).count();
    let stopped = sentence.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(['.', '!', '…']);
    !stopped && all >= 4 && capital * 10 >= all * 8 && tokens.len() >= 5 && small * 3 < tokens.len()
}
