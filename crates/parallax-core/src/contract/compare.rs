//! A story's comparison → the object that `compare --json` prints.

use super::read::{article, decimal, quoted};
use crate::model::{Comparison, Entity, EntityId, Evidence, Links, StoryId, Take};
use serde_json::{Map, Value, json};

/// Everything one story's object is made of.
#[derive(Clone, Copy, Debug)]
pub struct ComparedStory<'a> {
    /// The story's name.
    pub id: &'a StoryId,
    /// Its takes, in input order.
    pub takes: &'a [Take<'a>],
    /// Its entities, indexed as the takes.
    pub links: &'a Links,
    /// What `compare::story` found.
    pub comparison: &'a Comparison,
}

/// The object of one story.
#[must_use]
pub fn story(story: &ComparedStory<'_>) -> Value {
    let published = story.takes.iter().filter_map(|t| t.article.published);
    let first = published.clone().min_by_key(crate::model::Moment::minutes);
    let last = published.max_by_key(crate::model::Moment::minutes);
    let headline = story.takes.get(story.comparison.headline).and_then(|t| t.article.title.clone());
    json!({
        "id": story.id.0.0,
        "headline": headline,
        "first_published": first.map(|m| m.to_string()),
        "last_published": last.map(|m| m.to_string()),
        "articles": story.takes.iter().map(articles_line).collect::<Vec<_>>(),
        "names": story.links.entities.iter().map(|e| story.entity(e)).collect::<Vec<_>>(),
        "current_take": story.current_take(),
        "takes": story.take_summaries(),
        "statements": story.statements(),
        "figures": story.figures(),
        "timeline": story.timeline(),
    })
}

fn articles_line(take: &Take<'_>) -> Value {
    let mut object = article(take.article);
    if take.annotations.language.is_some() {
        object["language"] = json!(take.annotations.language);
    }
    object["derivation"] = json!(take.derivation.word());
    object["of"] = json!(take.derivation.of().map(|of| of.0.clone()));
    object
}

impl ComparedStory<'_> {
    fn id_of(&self, article: usize) -> &str {
        &self.takes[article].article.id.0
    }

    /// An entity is named by its founding span.
    fn entity_id(&self, entity: EntityId) -> String {
        let founding = self.links.entities[entity.0 as usize].founding;
        let (start, _) = self.takes[founding.article].article.text.code_points(founding.span);
        format!("{}#{start}", self.id_of(founding.article))
    }

    fn evidence(&self, at: Evidence) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("article".into(), json!(self.id_of(at.article)));
        object.extend(quoted(&self.takes[at.article].article.text, at.span));
        object
    }

    fn slice(&self, at: Evidence) -> &str {
        self.takes[at.article].article.text.slice(at.span)
    }

    fn entity(&self, entity: &Entity) -> Value {
        let (start, _) = self.takes[entity.founding.article].article.text.code_points(entity.founding.span);
        let variants = entity.variants.iter().map(|v| {
            let articles: Vec<_> = v.articles.iter().map(|a| self.id_of(*a)).collect();
            json!({"text": v.text, "articles": articles})
        });
        json!({
            "id": format!("{}#{start}", self.id_of(entity.founding.article)),
            "canonical": entity.canonical,
            "kind": entity.kind.word(),
            "variants": variants.collect::<Vec<_>>(),
        })
    }

    fn current_take(&self) -> Vec<Value> {
        let line = |s: &crate::model::Support| {
            json!({
                "text": self.slice(s.sentence),
                "evidence": s.evidence.iter().map(|e| self.evidence(*e)).collect::<Vec<_>>(),
                "outlets": s.outlets,
                "separate": s.separate,
                "voices": s.voices.iter().map(|v| self.entity_id(*v)).collect::<Vec<_>>(),
                "countries": s.countries,
            })
        };
        self.comparison.current_take.iter().map(line).collect()
    }

    fn take_summaries(&self) -> Vec<Value> {
        let takes = self.comparison.takes.iter().enumerate();
        takes
            .map(|(article, take)| {
                let text = &self.takes[article].article.text;
                let only_here = take.only_here.as_ref().map(|o| o.iter().map(|s| quoted(text, *s)).collect::<Vec<_>>());
                let voices = take.voices.iter().map(|v| {
                    let share = u64::from(v.words) * 1000 / u64::from(v.of.max(1));
                    let mut object = Map::new();
                    match v.entity {
                        Some(entity) => object.insert("entity".into(), json!(self.entity_id(entity))),
                        None => object.insert("party".into(), json!(v.party)),
                    };
                    object.insert("words".into(), json!(v.words));
                    object.insert("share".into(), json!(share as f64 / 1000.0));
                    object
                });
                let wording = take.wording.iter().map(|w| {
                    let mut object = quoted(text, w.span);
                    object.insert("about".into(), json!(w.about));
                    object
                });
                json!({
                    "article": self.id_of(article),
                    "only_here": only_here,
                    "leaves_out": take.leaves_out,
                    "voices": voices.collect::<Vec<_>>(),
                    "wording": wording.collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn statements(&self) -> Vec<Value> {
        let utterances = self.comparison.statements.iter();
        utterances
            .map(|u| {
                let renderings = u.renderings.iter().map(|r| {
                    let mut object = self.evidence(r.at);
                    object.insert("kind".into(), json!(r.kind.word()));
                    object
                });
                json!({
                    "speaker": u.speaker.map(|s| self.entity_id(s)),
                    "wording": u.wording.word(),
                    "renderings": renderings.collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn figures(&self) -> Vec<Value> {
        let quantities = self.comparison.figures.iter();
        quantities
            .map(|q| {
                let values = q.values.iter().map(|v| {
                    let mut object = self.evidence(v.at);
                    object.insert("low".into(), json!(decimal(v.low.as_ref())));
                    object.insert("high".into(), json!(decimal(v.high.as_ref())));
                    object.insert("qualifier".into(), json!(v.qualifier));
                    object.insert("as_of".into(), json!(v.as_of));
                    object.insert("according_to".into(), json!(v.according_to));
                    object
                });
                json!({
                    "about": q.about,
                    "unit": q.unit,
                    "verdict": q.verdict.word(),
                    "consequence": q.consequence as u8,
                    "values": values.collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn timeline(&self) -> Vec<Value> {
        let entries = self.comparison.timeline.iter();
        entries
            .map(|t| {
                json!({
                    "when": t.when,
                    "precision": t.precision.word(),
                    "text": self.slice(t.sentence),
                    "status": t.status.word(),
                    "settled_by": t.settled_by,
                    "evidence": t.evidence.iter().map(|e| self.evidence(*e)).collect::<Vec<_>>(),
                })
            })
            .collect()
    }
}
