//! What is true of the press, told as the program would tell it, scores one in all; each planted error costs.

use super::gold::{Gold, Place};
use super::{folder, score};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn at(gold: &Gold, place: &Place) -> Value {
    let article = &gold.articles[&place.article];
    let start = article.text.find(&place.text).map_or(0, |at| article.text[..at].chars().count());
    json!({"article": article.address, "text": place.text, "start": start, "end": start + place.text.chars().count()})
}

fn article(gold: &Gold, name: &str) -> Value {
    let a = &gold.articles[name];
    let of = a.derivation().map(|(_, of)| gold.articles[of].address.clone());
    let agencies: Vec<_> = Some(a.header("agency")).filter(|agency| !agency.is_empty()).into_iter().collect();
    json!({
        "id": a.address, "title": a.title, "text": a.text, "authors": a.authors, "agencies": agencies,
        "outlet": {"name": a.outlet, "country": a.country}, "carrier": {"name": a.outlet}, "published": a.header("published"),
        "updated": a.updated, "language": a.language, "access": a.header("gold-access"), "kind": a.header("gold-kind"),
        "derivation": a.derivation().map_or("original", |(how, _)| how), "of": of,
    })
}

/// The stories as they are.
fn true_stories(gold: &Gold) -> Vec<Value> {
    let mut members: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, article) in &gold.articles {
        members.entry(article.story().unwrap_or(name)).or_default().insert(name);
    }
    let told = |(name, members): (&str, BTreeSet<&str>)| {
        let articles: Vec<_> = members.iter().map(|m| article(gold, m)).collect();
        let Some(story) = gold.stories.get(name) else { return json!({"articles": articles}) };
        let all = |places: &[Place]| places.iter().map(|p| at(gold, p)).collect::<Vec<_>>();
        let statement = |u: &super::gold::Utterance| json!({"speaker": u.speaker, "wording": u.wording, "renderings": all(&u.renderings)});
        let figure = |f: &super::gold::Figure| json!({"about": f.about, "verdict": f.verdict, "consequence": f.consequence, "values": all(&f.values)});
        let event = |p: &super::gold::Plan| {
            let (announced, settled) = (all(&p.announced), all(&p.settled));
            let settled_by = (!settled.is_empty()).then_some(announced.len());
            let status = if p.outcome == "open" { "planned" } else { &p.outcome };
            let evidence = [announced, settled].concat();
            json!({"when": "", "status": status, "settled_by": settled_by, "evidence": evidence})
        };
        let names = story.utterance.iter().map(|u| json!({"id": u.speaker, "canonical": u.speaker, "variants": []}));
        json!({
            "articles": articles,
            "names": names.collect::<Vec<_>>(),
            "statements": story.utterance.iter().map(statement).collect::<Vec<_>>(),
            "figures": story.figure.iter().map(figure).collect::<Vec<_>>(),
            "timeline": story.plan.iter().map(event).collect::<Vec<_>>(),
            "takes": story.only.iter().map(|o| json!({"article": gold.articles[&o.article].address, "only_here": [at(gold, o)]})).collect::<Vec<_>>(),
        })
    };
    members.into_iter().map(told).collect()
}

fn figures(stories: Vec<Value>) -> BTreeMap<String, f64> {
    score(stories, &folder(), parallax_almanac::almanac()).expect("the press can be read").figures()
}

/// The figures that fall short of the best.
fn short(stories: Vec<Value>) -> BTreeSet<String> {
    let best = |name: &str| if name.starts_with("false_") { 0.0 } else { 1.0 };
    figures(stories)
        .into_iter()
        .filter(|(name, value)| (value - best(name)).abs() > 1e-9)
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn the_truth_scores_one_and_every_planted_error_costs() {
    let gold = Gold::load(&folder()).expect("the press can be read");
    let truth = true_stories(&gold);
    assert_eq!(short(truth.clone()), BTreeSet::new());
    let told = |name: &str| {
        truth
            .iter()
            .position(|s| s["articles"].as_array().unwrap().iter().any(|a| a["id"].as_str().unwrap().ends_with(name)))
            .unwrap()
    };
    let (probe, rail, dumping, ship) =
        (told("/hibiki"), told("/bahnstreik-abgesagt"), told("/faros-tankerleri"), told("/haiyun-7"));
    let with = |change: &dyn Fn(&mut Vec<Value>)| {
        let mut stories = truth.clone();
        change(&mut stories);
        short(stories)
    };
    let costs = |expected: &[&str], change: &dyn Fn(&mut Vec<Value>)| {
        let short = with(change);
        for name in expected {
            assert!(short.contains(*name), "{name} is not among {short:?}");
        }
    };
    costs(&["b3_p", "pair_f1", "whole", "apart"], &|s| {
        let more = s[ship]["articles"].as_array().unwrap().clone();
        s[dumping]["articles"].as_array_mut().unwrap().extend(more);
        s[ship]["articles"] = json!([]);
    });
    costs(&["quote_found", "quote_pair_r", "told:ja"], &|s| {
        drop(s[probe]["statements"][0]["renderings"].as_array_mut().unwrap().remove(0));
    });
    costs(&["wording"], &|s| s[probe]["statements"][0]["wording"] = json!("same"));
    costs(&["speaker"], &|s| s[probe]["statements"][0]["speaker"] = Value::Null);
    costs(&["verdict", "false_conflicts"], &|s| s[probe]["figures"][0]["verdict"] = json!("conflict"));
    costs(&["ledger_pair_p"], &|s| {
        let more = s[probe]["figures"][1]["values"].as_array().unwrap().clone();
        s[probe]["figures"][0]["values"].as_array_mut().unwrap().extend(more);
    });
    costs(&["plan_outcome", "plan_settled"], &|s| s[rail]["timeline"][0]["status"] = json!("happened"));
    costs(&["only_r"], &|s| s[ship]["takes"] = json!([]));
    costs(&["kind", "kind_f1", "access", "title", "time", "text_r", "author_r"], &|s| {
        s[probe]["articles"][0] = json!({"id": s[probe]["articles"][0]["id"]});
    });
    costs(&["text_p"], &|s| {
        let text = s[probe]["articles"][0]["text"].as_str().unwrap().to_owned();
        s[probe]["articles"][0]["text"] = json!(text + "Subscribe now");
    });
    let quake = told("/sarvan-quake");
    costs(&["derived_r", "derived_f1", "derived_word"], &|s| {
        s[quake]["articles"].as_array_mut().unwrap().iter_mut().for_each(|a| {
            a["derivation"] = json!("original");
            a["of"] = Value::Null;
        });
    });
    costs(&["derived_p"], &|s| {
        s[probe]["articles"][0]["derivation"] = json!("verbatim");
        s[probe]["articles"][0]["of"] = s[probe]["articles"][1]["id"].clone();
    });
    costs(&["blind"], &|s| {
        let greek = s
            .iter()
            .flat_map(|s| s["articles"].as_array().unwrap())
            .find(|a| a["outlet"]["country"] == "GR")
            .unwrap()
            .clone();
        s[dumping]["articles"].as_array_mut().unwrap().push(greek);
    });
}
