//! An article's journey, stage by stage: what is read becomes articles, stories, comparisons.

use crate::input::Input;
use parallax_core::almanac::Almanac;
use parallax_core::contract::{self, ComparedStory};
use parallax_core::model::{Annotations, Article, Placement, Problem, StoryId, Take};
use parallax_core::{compare, extract, group, resolve, understand};
use serde_json::Value;

/// Page or document → article.
pub fn extract(input: Input, almanac: &Almanac) -> Result<Article, Problem> {
    match input {
        Input::Page(page) => Ok(extract::article(&page, almanac)),
        Input::Document(document) => Ok(extract::document(document, almanac)),
        Input::Failed(problem) => Err(problem),
    }
}

/// An article with what was understood of it and where it went.
#[derive(Debug)]
pub struct Placed {
    /// The article.
    pub article: Article,
    /// What it says.
    pub annotations: Annotations,
    /// Its story, and why.
    pub placement: Placement,
}

/// Folds articles in the order given into stories.
pub fn place(articles: Vec<Article>, almanac: &Almanac) -> Vec<Placed> {
    let mut grouper = group::Grouper::new();
    let place = |article: Article| {
        let annotations = understand::annotate(&article, almanac);
        let placement = grouper.place(&article, &annotations, almanac);
        Placed { article, annotations, placement }
    };
    articles.into_iter().map(place).collect()
}

/// The stories of placed articles, in the order of their founders: indices of their members.
pub fn stories(placed: &[Placed]) -> Vec<(StoryId, Vec<usize>)> {
    let mut stories: Vec<(StoryId, Vec<usize>)> = Vec::new();
    for (index, one) in placed.iter().enumerate() {
        match stories.iter_mut().find(|(id, _)| *id == one.placement.story) {
            Some((_, members)) => members.push(index),
            None => stories.push((one.placement.story.clone(), vec![index])),
        }
    }
    stories
}

/// Resolves and compares one story; gives its JSON object.
pub fn compare_story(id: &StoryId, members: &[&Placed], almanac: &Almanac) -> Value {
    let pairs: Vec<_> = members.iter().map(|p| (&p.article, &p.annotations)).collect();
    let links = resolve::link(&pairs, almanac);
    let takes: Vec<Take<'_>> = members
        .iter()
        .map(|p| Take { article: &p.article, annotations: &p.annotations, derivation: &p.placement.derivation })
        .collect();
    let comparison = compare::story(&takes, &links, almanac);
    contract::story(&ComparedStory { id, takes: &takes, links: &links, comparison: &comparison })
}
