//! A story's takes → what they agree on, where they differ, who said what, and what each alone has.

mod figures;
mod headline;
mod lexis;
mod material;
mod odds;
mod only_here;
mod overlap;
mod pairs;
mod segments;
mod take;
mod timeline;
mod translated;
mod utterances;
mod voices;
mod wording;

use crate::almanac::Almanac;
use crate::limits::COMPARED_TAKES;
use crate::model::{Access, Comparison, Evidence, Links, Problem, Stage, Support, Take, TakeSummary, Wording};
use material::Material;

/// Compares the takes of one story. `links` holds the entities of these takes, indexed alike.
#[must_use]
pub fn story(takes: &[Take<'_>], links: &Links, almanac: &Almanac) -> Comparison {
    let material = Material::new(takes, links, almanac);
    let counterparts = pairs::counterparts(&material);
    let timeline = timeline::timeline(&material, almanac);
    let current_take = take::current(&material, &counterparts, &timeline.unkept);
    let statements = utterances::utterances(&material);
    let shared = statements.iter().filter(|u| u.wording != Wording::Single);
    let shared: Vec<Evidence> = shared.flat_map(|u| u.renderings.iter().map(|r| r.at)).collect();
    let own = only_here::of_takes(&material, &counterparts, &current_take, &shared);
    let summaries = own.into_iter().enumerate().map(|(article, only_here)| TakeSummary {
        only_here,
        leaves_out: leaves_out(article, &current_take, &material),
        voices: voices::shares(article, &material),
        wording: wording::notes(article, &statements, &material),
    });
    let takes = summaries.collect();
    Comparison {
        headline: headline::choose(&material),
        takes,
        current_take,
        statements,
        figures: figures::quantities(&material, almanac),
        timeline: timeline.entries,
        problems: not_compared(&material),
    }
}

/// Says so where the story has more takes than are compared.
fn not_compared(material: &Material<'_>) -> Vec<Problem> {
    let problem = || Problem {
        stage: Stage::Compare,
        document: material.takes.first().map(|t| t.article.id.0.clone()),
        message: format!(
            "{} of the story's {} takes were not compared sentence by sentence: at most {COMPARED_TAKES} are, originals first",
            material.left_out,
            material.takes.len()
        ),
        remedy: "compare fewer documents at once to see the others side by side".to_owned(),
    };
    (material.left_out > 0).then(problem).into_iter().collect()
}

/// The sentences of the current take that an article lacks; `None` where it was not read in full, or where the takes are in
/// several languages: a counterpart in another language is evidence, but its absence is not measured.
fn leaves_out(article: usize, current_take: &[Support], material: &Material<'_>) -> Option<Vec<usize>> {
    let has = |support: &Support| support.evidence.iter().any(|e| e.article == article);
    let lacks = current_take.iter().enumerate().filter(|(_, support)| !has(support)).map(|(index, _)| index);
    let known = material.takes[article].article.access == Access::Full && material.languages() <= 1;
    known.then(|| lacks.collect())
}
