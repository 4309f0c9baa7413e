//! An article's journey, stage by stage: what is read becomes articles, annotations, stories, comparisons.

use crate::input::{Got, Item, problem};
use crate::limits::KEPT_BYTES;
use parallax_core::almanac::Almanac;
use parallax_core::contract::ComparedStory;
use parallax_core::model::{
    Annotations, Article, ArticleId, Comparison, Links, Placement, Problem, Stage, StoryId, Take,
};
use parallax_core::{compare, extract, group, resolve, understand};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Page, document or line of `extract` → article.
pub fn extract(got: Got, almanac: &Almanac) -> Result<Article, Problem> {
    let input = got?;
    let problems = input.problems;
    let id = match &input.item {
        Item::Page(page) => page.id.clone(),
        Item::Document(document) => document.id.clone(),
        Item::Article(article) => article.id.clone(),
    };
    let mut article = guarded(Stage::Extract, &id, || match input.item {
        Item::Page(page) => extract::article(&page, almanac),
        Item::Document(document) => extract::document(document, almanac),
        Item::Article(article) => *article,
    })?;
    article.problems.splice(0..0, problems);
    if let Some(outlet) = &mut article.outlet {
        let claimed = outlet.country.take();
        outlet.country = claimed.as_deref().and_then(|claimed| country(claimed, almanac));
        if let Some(claimed) = claimed.filter(|_| outlet.country.is_none()) {
            let message = format!("“{claimed}” is no country, so none is noted for its outlet");
            article.problems.push(problem(&id.0, &message, "write its code as in ISO 3166-1 (GB, DE, JP)"));
        }
    }
    Ok(article)
}

/// The ISO 3166-1 code of a country that is called so, by its code or a name; `None` where there is no such country: what anybody claims to be
/// one is counted as none, shown as none and has no page.
pub fn country(claimed: &str, almanac: &Almanac) -> Option<String> {
    let claimed = claimed.trim();
    let by_code = almanac.outlets.country_of_code(&claimed.to_ascii_uppercase());
    by_code.or_else(|| almanac.outlets.country(claimed)).map(|known| known.code.clone())
}

/// An article and what it says.
pub type Understood = (Article, Annotations);

/// Page, document or line of `extract` → article and annotations.
pub fn understand(got: Got, almanac: &Almanac) -> Result<Understood, Problem> {
    annotated(extract(got, almanac)?, almanac)
}

/// An article → what it says.
pub fn annotated(article: Article, almanac: &Almanac) -> Result<Understood, Problem> {
    let annotations = guarded(Stage::Understand, &article.id, || understand::annotate(&article, almanac))?;
    Ok((article, annotations))
}

/// An article with what was understood of it and where it went.
#[derive(Clone, PartialEq, Debug)]
pub struct Placed {
    /// The article.
    pub article: Article,
    /// What it says.
    pub annotations: Annotations,
    /// Its story, and why.
    pub placement: Placement,
}

/// Folds articles, one after another, into stories; each id once.
#[derive(Default)]
pub struct Folder {
    grouper: group::Grouper,
    seen: BTreeSet<ArticleId>,
}

impl Folder {
    /// Places the next article; an id met before is refused, for stories are named by it.
    pub fn place(&mut self, understood: &Understood, almanac: &Almanac) -> Result<Placement, Problem> {
        let (article, annotations) = understood;
        if !self.seen.insert(article.id.clone()) {
            return Err(Problem {
                stage: Stage::Group,
                document: Some(article.id.0.clone()),
                message: "an earlier document has the same id, so this one was left out".into(),
                remedy: "give every document an id of its own".into(),
            });
        }
        place(&mut self.grouper, article, annotations, almanac)
    }
}

/// Places one article among those that a grouper has seen.
pub fn place(
    grouper: &mut group::Grouper,
    article: &Article,
    annotations: &Annotations,
    almanac: &Almanac,
) -> Result<Placement, Problem> {
    guarded(Stage::Group, &article.id, || grouper.place(article, annotations, almanac))
}

/// An article and what it says → what placing it begins with, by a grouper's settings.
pub fn reading(
    (article, annotations): (&Article, &Annotations),
    settings: &group::Settings,
    almanac: &Almanac,
) -> Result<group::Reading, Problem> {
    guarded(Stage::Group, &article.id, || group::Reading::of(article, annotations, settings, almanac))
}

/// Places one article that was read before.
pub fn place_read(
    grouper: &mut group::Grouper,
    article: &Article,
    reading: group::Reading,
) -> Result<Placement, Problem> {
    guarded(Stage::Group, &article.id, || grouper.place_read(article, reading))
}

/// Places an article anew whose page is here now; `None` where its place stays as it was.
pub fn place_again(
    grouper: &mut group::Grouper,
    left: &StoryId,
    article: &Article,
    reading: group::Reading,
) -> Result<Option<Placement>, Problem> {
    guarded(Stage::Group, &article.id, || grouper.place_again(left, article, reading))
}

/// How much text is being kept, and whether more may be.
#[derive(Default)]
pub struct Shelf {
    bytes: usize,
}

impl Shelf {
    /// Makes room for an article, or says that there is none.
    pub fn admit(&mut self, article: &Article) -> Result<(), Problem> {
        if self.bytes + article.text.len() > KEPT_BYTES {
            return Err(Problem {
                stage: Stage::Input,
                document: Some(article.id.0.clone()),
                message: format!("left out: with it, more than {KEPT_BYTES} bytes of text would be kept at once"),
                remedy: "give fewer documents at a time, for example one day's".into(),
            });
        }
        self.bytes += article.text.len();
        Ok(())
    }
}

/// The stories of placed articles, in the order of their founders: indices of their members.
pub fn stories(placed: &[Placed]) -> Vec<(StoryId, Vec<usize>)> {
    let mut stories: Vec<(StoryId, Vec<usize>)> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for (index, one) in placed.iter().enumerate() {
        let story = *known.entry(&one.placement.story).or_insert_with(|| {
            stories.push((one.placement.story.clone(), Vec::new()));
            stories.len() - 1
        });
        stories[story].1.push(index);
    }
    stories
}

/// A story with its takes compared.
pub struct Story<'a> {
    id: &'a StoryId,
    takes: Vec<Take<'a>>,
    links: Links,
    comparison: Comparison,
}

impl Story<'_> {
    /// As the contract and the report take it.
    pub fn compared(&self) -> ComparedStory<'_> {
        ComparedStory { id: self.id, takes: &self.takes, links: &self.links, comparison: &self.comparison }
    }
}

/// Resolves and compares one story.
pub fn compare<'a>(id: &'a StoryId, members: &[&'a Placed], almanac: &Almanac) -> Result<Story<'a>, Problem> {
    let pairs: Vec<_> = members.iter().map(|p| (&p.article, &p.annotations)).collect();
    let takes: Vec<Take<'_>> = members
        .iter()
        .map(|p| Take { article: &p.article, annotations: &p.annotations, derivation: &p.placement.derivation })
        .collect();
    let links = guarded(Stage::Resolve, &id.0, || resolve::link(&pairs, almanac))?;
    let comparison = guarded(Stage::Compare, &id.0, || compare::story(&takes, &links, almanac))?;
    Ok(Story { id, takes, links, comparison })
}

/// Links the names of everything kept (`read --resolve`).
pub fn resolve(kept: &[Understood], almanac: &Almanac) -> Links {
    let pairs: Vec<_> = kept.iter().map(|(article, annotations)| (article, annotations)).collect();
    resolve::link(&pairs, almanac)
}

/// A stage run so that a fault in it costs one document, not the desk.
fn guarded<R>(stage: Stage, document: &ArticleId, run: impl FnOnce() -> R) -> Result<R, Problem> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| Problem {
        stage,
        document: Some(document.0.clone()),
        message: "a fault in parallax itself: this stage broke off".into(),
        remedy: "report it, with this document if it may be shown".into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Input;
    use parallax_core::model::{Outlet, Text};

    fn of_length(bytes: usize) -> Article {
        Article { text: Text::new(" ".repeat(bytes)), ..Article::default() }
    }

    #[test]
    fn the_shelf_is_full_at_kept_bytes_and_smaller_ones_still_fit() {
        let mut shelf = Shelf::default();
        assert_eq!(shelf.admit(&of_length(KEPT_BYTES - 10)), Ok(()));
        let problem = shelf.admit(&of_length(11)).expect_err("eleven bytes do not fit in ten");
        assert!(problem.message.contains("left out"), "{problem:?}");
        assert_eq!(shelf.admit(&of_length(10)), Ok(()), "what was left out takes no room");
        assert!(shelf.admit(&of_length(1)).is_err());
    }

    #[test]
    fn a_country_is_one_that_there_is_by_its_code_or_a_name_and_what_is_claimed_beside_is_a_problem() {
        let almanac = parallax_almanac::almanac();
        let extracted = |claimed: &str| {
            let outlet = Some(Outlet { country: Some(claimed.to_owned()), ..Outlet::default() });
            let item = Item::Article(Box::new(Article { outlet, ..of_length(1) }));
            let article = extract(Ok(Input { item, problems: Vec::new() }), almanac).expect("an article");
            (article.outlet.and_then(|o| o.country), article.problems)
        };
        for known in ["DE", "de", " De ", "Germany", "germany"] {
            assert_eq!(extracted(known), (Some("DE".to_owned()), Vec::new()), "{known}");
        }
        for made_up in ["ZZ", "DE FR JP", "<b>DE</b>", ""] {
            let (country, problems) = extracted(made_up);
            assert_eq!((country, problems.len()), (None, 1), "{made_up}");
            assert!(problems[0].message.contains(made_up) && problems[0].remedy.contains("ISO 3166-1"), "{problems:?}");
        }
    }

    #[test]
    fn a_fault_of_a_stage_costs_its_document_alone() {
        let id = ArticleId("a".into());
        let problem = guarded(Stage::Group, &id, || -> () { panic!("on purpose") }).expect_err("it broke off");
        assert_eq!((problem.stage, problem.document.as_deref()), (Stage::Group, Some("a")));
        assert_eq!(guarded(Stage::Group, &id, || 7), Ok(7));
    }
}
