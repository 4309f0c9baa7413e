//! A story's takes → their sentences as weighted words that can be compared across articles.

use super::lexis::{Class, Lexis, LexisBuilder, WordId};
use crate::almanac::Almanac;
use crate::limits::{COMPARED_SENTENCES, COMPARED_TAKES};
use crate::model::{Access, ArticleKind, Derivation, Evidence, Links, Span, Take};
use std::collections::BTreeMap;

/// A word of a passage: what it is, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub word: WordId,
    pub span: Span,
}

/// A word as it is spelt, and the name that it is part of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spelt {
    pub word: WordId,
    pub name: Option<WordId>,
    pub span: Span,
}

/// A stretch of one article as its words, names taken as one word each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Passage {
    pub at: Evidence,
    /// All of it, in order.
    pub tokens: Vec<Token>,
    /// The distinct words that carry content, ascending.
    pub content: Vec<WordId>,
    /// What they weigh together…
    pub weight: u32,
    /// …and without the names.
    pub plain: u32,
}

/// What is compared: takes, their sentences, and the story's words.
#[derive(Debug)]
pub(super) struct Material<'a> {
    pub takes: &'a [Take<'a>],
    pub links: &'a Links,
    pub lexis: Lexis,
    /// Sentences of the compared takes, in order of article, then place.
    pub sentences: Vec<Passage>,
    /// Index range of each article's sentences; empty where it is not compared.
    pub of_article: Vec<std::ops::Range<usize>>,
    /// The words of each article, in order.
    tokens: Vec<Vec<Token>>,
    /// The same, names word by word.
    spelt: Vec<Vec<Spelt>>,
    /// For each article the one whose report it carries; itself where it is an original.
    pub report: Vec<usize>,
    /// The words of the titles of the compared takes.
    pub titles: Vec<(usize, Vec<WordId>)>,
    /// Takes that were left out of the comparison because the story has too many.
    pub left_out: usize,
}

impl<'a> Material<'a> {
    pub fn new(takes: &'a [Take<'a>], links: &'a Links, almanac: &'a Almanac) -> Self {
        let report = reports(takes);
        let compared = compared(takes);
        let mut builder = LexisBuilder::new(almanac);
        let (mut tokens, mut spelt) = (vec![Vec::new(); takes.len()], vec![Vec::new(); takes.len()]);
        for article in &compared {
            (tokens[*article], spelt[*article]) = read(*article, &takes[*article], links, &mut builder);
        }
        let mut cut: Vec<(Evidence, std::ops::Range<usize>)> = Vec::new();
        for (article, take) in takes.iter().enumerate().filter(|(article, _)| compared.binary_search(article).is_ok()) {
            for sentence in take.annotations.sentences.iter().take(COMPARED_SENTENCES) {
                let range = within(&tokens[article], sentence.span);
                // A copy says nothing of how common a word is: ten copies must weigh as one report.
                if report[article] == article {
                    builder.count(tokens[article][range.clone()].iter().map(|t| t.word));
                }
                cut.push((Evidence { article, span: sentence.span }, range));
            }
        }
        let mut titles = Vec::new();
        for article in &compared {
            let language = takes[*article].annotations.language.as_deref();
            if let Some(title) = &takes[*article].article.title {
                let words = crate::text::words(title);
                titles.push((*article, words.iter().map(|w| builder.word(w.text, language)).collect()));
            }
        }
        let lexis = builder.finish();
        let sentences: Vec<Passage> =
            cut.into_iter().map(|(at, range)| Passage::new(at, tokens[at.article][range].to_vec(), &lexis)).collect();
        let of_article = (0..takes.len())
            .map(|article| {
                sentences.partition_point(|p| p.at.article < article)
                    ..sentences.partition_point(|p| p.at.article <= article)
            })
            .collect();
        let left_out = takes.len() - compared.len();
        Material { takes, links, lexis, sentences, of_article, tokens, spelt, report, titles, left_out }
    }

    /// Any stretch of a compared article as a passage.
    pub fn passage(&self, at: Evidence) -> Passage {
        let range = within(&self.tokens[at.article], at.span);
        Passage::new(at, self.tokens[at.article][range].to_vec(), &self.lexis)
    }

    /// The words of a stretch of a compared article as they are spelt.
    pub fn spelt(&self, at: Evidence) -> &[Spelt] {
        let words = &self.spelt[at.article];
        let start = words.partition_point(|w| w.span.end <= at.span.start);
        let end = words.partition_point(|w| w.span.start < at.span.end);
        &words[start..end.max(start)]
    }

    /// In how many languages the takes are, as far as known.
    pub fn languages(&self) -> usize {
        let known = self.takes.iter().filter_map(|t| t.annotations.language.as_deref()?.split('-').next());
        known.collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Are two takes in one language, as far as known?
    pub fn one_language(&self, a: usize, b: usize) -> bool {
        let of = |i: usize| self.takes[i].annotations.language.as_deref().and_then(|l| l.split('-').next());
        of(a) == of(b)
    }

    /// Was it compared, and does what it says count? Opinion has its own shelf and no vote.
    pub fn votes(&self, article: usize) -> bool {
        self.takes[article].article.kind != ArticleKind::Opinion
    }
}

impl Passage {
    pub fn new(at: Evidence, tokens: Vec<Token>, lexis: &Lexis) -> Self {
        let mut content: Vec<WordId> = tokens.iter().map(|t| t.word).filter(|w| lexis.weight(*w) > 0).collect();
        content.sort_unstable();
        content.dedup();
        let weight = content.iter().map(|w| lexis.weight(*w)).sum();
        let plain = content.iter().filter(|w| lexis.class(**w) != Class::Name).map(|w| lexis.weight(*w)).sum();
        Passage { at, tokens, content, weight, plain }
    }
}

/// Indices of the tokens that stand in `span`.
fn within(tokens: &[Token], span: Span) -> std::ops::Range<usize> {
    let start = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    start..end.max(start)
}

/// Which takes are compared: in input order, originals before copies.
fn compared(takes: &[Take<'_>]) -> Vec<usize> {
    let readable = |take: &Take<'_>| matches!(take.article.access, Access::Full | Access::Excerpt | Access::Headline);
    let mut order: Vec<usize> = (0..takes.len()).filter(|i| readable(&takes[*i])).collect();
    order.sort_by_key(|i| (takes[*i].derivation.of().is_some(), *i));
    order.truncate(COMPARED_TAKES);
    order.sort_unstable();
    order
}

/// For each take the report it carries: what it derives from, followed to the end.
fn reports(takes: &[Take<'_>]) -> Vec<usize> {
    let by_id: BTreeMap<&str, usize> =
        takes.iter().enumerate().rev().map(|(i, t)| (t.article.id.0.as_str(), i)).collect();
    let origin = |i: usize| match takes[i].derivation {
        Derivation::Original => None,
        Derivation::Rewritten(of) | Derivation::Verbatim(of) => by_id.get(of.0.as_str()).copied(),
    };
    (0..takes.len())
        .map(|start| {
            let mut at = start;
            // A chain no longer than the story; a circle ends where the count does.
            for _ in 0..takes.len() {
                match origin(at) {
                    Some(next) if next != at => at = next,
                    _ => break,
                }
            }
            at
        })
        .collect()
}

/// An article's words, each mention of an entity as one word.
fn read<'a>(
    article: usize,
    take: &Take<'a>,
    links: &Links,
    builder: &mut LexisBuilder<'a>,
) -> (Vec<Token>, Vec<Spelt>) {
    let text = &take.article.text;
    let language = take.annotations.language.as_deref();
    let mut names = take.annotations.names.iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut spelt: Vec<Spelt> = Vec::new();
    let mut named_until = 0;
    let mut within_name = None;
    for sentence in take.annotations.sentences.iter().take(COMPARED_SENTENCES) {
        let offset = sentence.span.start as usize;
        for word in crate::text::words(text.slice(sentence.span)) {
            let span = Span::new(word.span.start as usize + offset, word.span.end as usize + offset);
            let plain = builder.word(word.text, language);
            if span.start < named_until {
                spelt.push(Spelt { word: plain, name: within_name, span });
                continue;
            }
            while names.next_if(|n| n.span.end <= span.start).is_some() {}
            if let Some(name) = names.next_if(|n| n.span.start <= span.start) {
                named_until = name.span.end;
                let word = match links.of.get(&(article, name.entity)) {
                    Some(entity) => builder.entity(*entity),
                    None => builder.name(text.slice(name.span)),
                };
                tokens.push(Token { word, span: name.span });
                within_name = Some(word);
            } else {
                tokens.push(Token { word: plain, span });
                within_name = None;
            }
            spelt.push(Spelt { word: plain, name: within_name, span });
        }
    }
    (tokens, spelt)
}
