//! An article and its annotations → the object that `read`, `extract` and `understand` print.

use crate::model::{Annotations, Article, ArticleId, Decimal, Links, LocalEntity, Placement, Problem, Span, Text};
use serde_json::{Map, Value, json};

/// The first half of a `read` object: what `extract` found.
#[must_use]
pub fn article(article: &Article) -> Value {
    let outlet = article.outlet.as_ref().map(|o| json!({"name": o.name, "domain": o.domain, "country": o.country}));
    let carrier = article.carrier.as_ref().map(|c| json!({"name": c.name, "domain": c.domain}));
    json!({
        "id": article.id.0,
        "url": article.url,
        "title": article.title,
        "text": article.text.as_str(),
        "authors": article.authors,
        "agencies": article.agencies,
        "outlet": outlet,
        "carrier": carrier,
        "published": article.published.map(|m| m.to_string()),
        "updated": article.updated.map(|m| m.to_string()),
        "language": article.language,
        "translated_from": article.translated_from,
        "access": article.access.word(),
        "kind": article.kind.word(),
        "problems": article.problems.iter().map(problem).collect::<Vec<_>>(),
    })
}

/// A whole `read` object. With `links`, `(links, index)`, entities are those of the whole input, else the document's own.
#[must_use]
pub fn read(source: &Article, annotations: &Annotations, links: Option<(&Links, usize)>) -> Value {
    let Value::Object(mut object) = article(source) else { return Value::Null };
    let problems = object.remove("problems");
    if annotations.language.is_some() {
        object.insert("language".into(), json!(annotations.language));
    }
    findings(&mut object, &source.text, annotations, links);
    let mut all = problems.and_then(|p| p.as_array().cloned()).unwrap_or_default();
    all.extend(annotations.problems.iter().map(problem));
    object.insert("problems".into(), Value::Array(all));
    Value::Object(object)
}

/// A problem as it is printed.
#[must_use]
pub fn problem(problem: &Problem) -> Value {
    json!({
        "stage": problem.stage.word(),
        "document": problem.document,
        "message": problem.message,
        "remedy": problem.remedy,
    })
}

/// A placement as `group` prints it; `online` adds the reasons.
#[must_use]
pub fn placement(id: &ArticleId, placement: &Placement, online: bool) -> Value {
    let mut line = json!({
        "id": id.0,
        "story": placement.story.0.0,
        "derivation": placement.derivation.word(),
        "of": placement.derivation.of().map(|of| of.0.clone()),
    });
    if online {
        let because: Vec<_> =
            placement.because.iter().map(|r| json!({"reason": r.reason, "weight": r.weight})).collect();
        line["because"] = Value::Array(because);
    }
    line
}

pub(super) fn decimal(value: Option<&Decimal>) -> Option<String> {
    value.map(|d| d.normalize().to_string())
}

/// `{"text", "start", "end"}` of a span.
pub(super) fn quoted(text: &Text, span: Span) -> Map<String, Value> {
    let (start, end) = text.code_points(span);
    let mut object = Map::new();
    object.insert("text".into(), json!(text.slice(span)));
    object.insert("start".into(), json!(start));
    object.insert("end".into(), json!(end));
    object
}

fn findings(object: &mut Map<String, Value>, text: &Text, found: &Annotations, links: Option<(&Links, usize)>) {
    let entity = |local: LocalEntity| match links {
        Some((links, article)) => match links.of.get(&(article, local)) {
            Some(linked) => format!("e{}", linked.0),
            None => format!("d{article}.e{}", local.0),
        },
        None => format!("e{}", local.0),
    };
    let names = found.names.iter().map(|mention| {
        let mut o = quoted(text, mention.span);
        o.insert("kind".into(), json!(mention.kind.word()));
        o.insert("entity".into(), json!(entity(mention.entity)));
        Value::Object(o)
    });
    object.insert("names".into(), names.collect());
    let statements = found.statements.iter().map(|statement| {
        let speaker = statement.speaker.map(|speaker| {
            let mut o = quoted(text, speaker.span);
            o.insert("entity".into(), json!(speaker.entity.map(entity)));
            o
        });
        json!({
            "kind": statement.kind.word(),
            "speaker": speaker,
            "cue": statement.cue.map(|cue| quoted(text, cue)),
            "content": quoted(text, statement.content),
        })
    });
    object.insert("statements".into(), statements.collect());
    let figures = found.figures.iter().map(|figure| {
        let mut o = quoted(text, figure.span);
        o.insert("low".into(), json!(decimal(figure.low.as_ref())));
        o.insert("high".into(), json!(decimal(figure.high.as_ref())));
        o.insert("unit".into(), json!(figure.unit));
        o.insert("counted".into(), json!(figure.counted));
        o.insert("qualifier".into(), json!(figure.qualifier));
        o.insert("as_of".into(), json!(figure.as_of));
        o.insert("according_to".into(), json!(figure.according_to));
        Value::Object(o)
    });
    object.insert("figures".into(), figures.collect());
    let dates = found.dates.iter().map(|date| {
        let mut o = quoted(text, date.span);
        o.insert("value".into(), json!(date.value));
        o.insert("precision".into(), json!(date.precision.word()));
        Value::Object(o)
    });
    object.insert("dates".into(), dates.collect());
}
