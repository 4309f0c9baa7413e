//! What was found in stories → renderings, ledgers, plans and what one alone has, held against what is labelled there.

use super::gold::{Figure, Gold, Place, Plan, Story, Utterance};
use super::said::{Found, Said, list};
use super::sheet::Sheet;
use parallax_core::almanac::Almanac;
use parallax_core::likeness::names;
use parallax_core::model::NameKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Scores what was found.
pub fn score(gold: &Gold, said: &Said, almanac: &Almanac, sheet: &mut Sheet) {
    for (name, story) in &gold.stories {
        let mut scoring = Scoring { gold, said, name, sheet };
        scoring.utterances(&story.utterance, almanac);
        scoring.figures(&story.figure);
        story.plan.iter().for_each(|plan| scoring.plan(plan));
        scoring.only(story);
    }
    unlabelled(gold, said, sheet);
    // Told or not, these are figures of the set.
    sheet.wrong("false_conflicts", 0);
    sheet.weigh("only_p", "", 0.0, 0.0);
}

struct Scoring<'a> {
    gold: &'a Gold,
    said: &'a Said,
    name: &'a str,
    sheet: &'a mut Sheet,
}

/// A labelled place, its group, and what was found there.
struct Labelled<'a> {
    group: usize,
    place: &'a Place,
    found: BTreeSet<Found>,
    spans: BTreeSet<(usize, usize)>,
}

impl<'a> Labelled<'a> {
    fn new(group: usize, place: &'a Place, found: &BTreeSet<(usize, usize, Found)>) -> Self {
        let spans = found.iter().map(|(start, end, _)| (*start, *end)).collect();
        Labelled { group, place, found: found.iter().map(|(_, _, found)| *found).collect(), spans }
    }
}

/// The names under which shares are written down: found, pairs wrongly and rightly joined.
struct Columns {
    area: &'static str,
    found: &'static str,
    pair_p: &'static str,
    pair_r: &'static str,
}

impl Scoring<'_> {
    fn language(&self, place: &Place) -> String {
        self.gold.articles.get(&place.article).map_or_else(String::new, |a| a.language.clone())
    }

    /// Places of one group belong together, those of two do not.
    fn grouping(&mut self, places: &[Labelled<'_>], columns: &Columns) {
        for (index, one) in places.iter().enumerate() {
            let language = self.language(one.place);
            self.sheet.count(columns.found, &language, !one.found.is_empty());
            for other in &places[index + 1..] {
                let joined = !one.found.is_disjoint(&other.found);
                if one.group == other.group {
                    // It counts for both languages, half each.
                    self.sheet.weigh(columns.pair_r, &language, f64::from(u8::from(joined)) / 2.0, 0.5);
                    let theirs = self.language(other.place);
                    self.sheet.weigh(columns.pair_r, &theirs, f64::from(u8::from(joined)) / 2.0, 0.5);
                }
                // One long passage may hold two labelled places: that joins nothing.
                if joined && one.place.article != other.place.article {
                    let right =
                        one.group == other.group || held_whole(places, one, other) || held_whole(places, other, one);
                    self.sheet.count(columns.pair_p, "", right);
                    if !right {
                        let words = format!(
                            "{}: joined though different: {} | {}",
                            self.name,
                            shown(one.place),
                            shown(other.place)
                        );
                        self.sheet.case(columns.area, words);
                    }
                }
            }
        }
    }

    /// Which of what was found holds most of a group's places, of two at least.
    fn main(places: &[Labelled<'_>], group: usize) -> Option<Found> {
        let mut held: BTreeMap<Found, usize> = BTreeMap::new();
        for found in places.iter().filter(|l| l.group == group).flat_map(|l| &l.found) {
            *held.entry(*found).or_default() += 1;
        }
        held.into_iter()
            .filter(|(_, n)| *n > 1)
            .max_by_key(|(found, n)| (*n, std::cmp::Reverse(*found)))
            .map(|(f, _)| f)
    }

    /// A group's places, each with what holds it, for a case.
    fn parts(places: &[Labelled<'_>], group: usize, main: Option<Found>) -> String {
        let line = |l: &Labelled<'_>| {
            let state = match main {
                _ if l.found.is_empty() => "not found",
                Some(main) if l.found.contains(&main) => "together",
                _ => "apart",
            };
            format!("\n    {state:9} {}", shown(l.place))
        };
        places.iter().filter(|l| l.group == group).map(line).collect()
    }

    fn utterances(&mut self, utterances: &[Utterance], almanac: &Almanac) {
        let all = utterances.iter().enumerate().flat_map(|(group, u)| u.renderings.iter().map(move |p| (group, p)));
        let places: Vec<_> =
            all.map(|(group, place)| Labelled::new(group, place, &self.said.utterances(place))).collect();
        let columns =
            Columns { area: "renderings", found: "quote_found", pair_p: "quote_pair_p", pair_r: "quote_pair_r" };
        self.grouping(&places, &columns);
        for (group, utterance) in utterances.iter().enumerate() {
            let main = Self::main(&places, group);
            let told = main.map_or(&Value::Null, |(s, u)| &self.said.stories[s]["statements"][u]);
            let wording = told["wording"].as_str().unwrap_or("nothing");
            let speaker = main.map(|(s, _)| speakers(&self.said.stories[s], &told["speaker"])).unwrap_or_default();
            let named = speaker.iter().any(|name| {
                name == &utterance.speaker
                    || names::names(&utterance.speaker, name, NameKind::Person, almanac) >= names::MATCH
            });
            self.sheet.count("wording", "", wording == utterance.wording);
            self.sheet.count("speaker", "", named);
            let whole = places.iter().filter(|l| l.group == group).all(|l| main.is_some_and(|m| l.found.contains(&m)));
            if !whole || !named || wording != utterance.wording {
                let speaker = speaker.first().map_or("nobody", String::as_str);
                self.sheet.case(
                    "renderings",
                    format!(
                        "{}: {} ({}), told as {wording} by {speaker}:{}",
                        self.name,
                        utterance.speaker,
                        utterance.wording,
                        Self::parts(&places, group, main)
                    ),
                );
            }
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        let all = figures.iter().enumerate().flat_map(|(group, f)| f.values.iter().map(move |place| (group, place)));
        let places: Vec<_> =
            all.map(|(group, place)| Labelled::new(group, place, &self.said.quantities(place))).collect();
        let columns =
            Columns { area: "ledgers", found: "value_found", pair_p: "ledger_pair_p", pair_r: "ledger_pair_r" };
        self.grouping(&places, &columns);
        let mut held: BTreeMap<Found, BTreeSet<usize>> = BTreeMap::new();
        let mut times: BTreeMap<Found, usize> = BTreeMap::new();
        for l in &places {
            for found in &l.found {
                held.entry(*found).or_default().insert(l.group);
                *times.entry(*found).or_default() += 1;
            }
        }
        for (group, figure) in figures.iter().enumerate() {
            let main = Self::main(&places, group);
            let told = main.map_or(&Value::Null, |(s, q)| &self.said.stories[s]["figures"][q]);
            let verdict = told["verdict"].as_str().unwrap_or("nothing");
            self.sheet.count("verdict", "", verdict == figure.verdict);
            self.sheet.count("consequence", "", told["consequence"] == figure.consequence);
            let whole = places.iter().filter(|l| l.group == group).all(|l| main.is_some_and(|m| l.found.contains(&m)));
            if !whole || verdict != figure.verdict || told["consequence"] != figure.consequence {
                self.sheet.case(
                    "ledgers",
                    format!(
                        "{}: {} ({}, {}), told as {verdict}, {}:{}",
                        self.name,
                        figure.about,
                        figure.verdict,
                        figure.consequence,
                        told["consequence"],
                        Self::parts(&places, group, main)
                    ),
                );
            }
        }
        for (found, groups) in held.iter().filter(|(found, _)| times[found] > 1) {
            let told = &self.said.stories[found.0]["figures"][found.1];
            let is_conflict = groups.len() == 1 && groups.iter().all(|g| figures[*g].verdict == "conflict");
            if told["verdict"] == "conflict" && !is_conflict {
                self.sheet.wrong("false_conflicts", 1);
                self.sheet.case("ledgers", format!("{}: no conflict, but told as one: {}", self.name, quantity(told)));
            }
        }
    }

    fn plan(&mut self, plan: &Plan) {
        let found: BTreeSet<_> = plan.announced.iter().flat_map(|place| self.said.events(place)).collect();
        let settled: BTreeSet<_> = plan.settled.iter().flat_map(|place| self.said.events(place)).collect();
        let events: Vec<_> = found.iter().map(|(s, e)| (&self.said.stories[*s]["timeline"][*e], (*s, *e))).collect();
        let has = |status: &str| events.iter().any(|(e, _)| e["status"] == status);
        // A sentence may bear other dates, which tell nothing of the plan: what counts is what was settled.
        let any_settled = events.iter().any(|(e, _)| !e["settled_by"].is_null());
        let right = match plan.outcome.as_str() {
            "open" => (has("planned") || has("unknown")) && !any_settled,
            outcome => events.iter().any(|(e, _)| e["status"] == outcome && !e["settled_by"].is_null()),
        };
        let tied = events
            .iter()
            .any(|(e, at)| e["status"] == plan.outcome.as_str() && settled.contains(at) && !e["settled_by"].is_null());
        self.sheet.count("plan_found", "", !events.is_empty());
        self.sheet.count("plan_outcome", "", right);
        if plan.outcome != "open" {
            self.sheet.count("plan_settled", "", tied);
        }
        if !right || !(tied || plan.outcome == "open") {
            let told = events.iter().map(|(e, _)| format!("\n    {} {}: {}", e["when"], e["status"], e["text"]));
            let told = if events.is_empty() { "\n    not found".to_owned() } else { told.collect() };
            let places = |places: &[Place], what: &str| -> String {
                places.iter().map(|p| format!("\n    {what} {}", shown(p))).collect()
            };
            self.sheet.case(
                "plans",
                format!(
                    "{}: {} ({}):{told}{}{}",
                    self.name,
                    plan.what,
                    plan.outcome,
                    places(&plan.announced, "announced"),
                    places(&plan.settled, "settled  ")
                ),
            );
        }
    }

    fn only(&mut self, story: &Story) {
        for place in &story.only {
            let right = self.said.is_only(place);
            let language = self.language(place);
            self.sheet.count("only_r", &language, right);
            if right {
                self.sheet.count("only_p", "", true);
            } else {
                self.sheet.case("only here", format!("{}: only here, not told: {}", self.name, shown(place)));
            }
        }
        // What several outlets are known to render is nobody's alone.
        for place in story.utterance.iter().flat_map(|u| &u.renderings) {
            if self.said.is_only(place)
                && !story.only.iter().any(|o| o.article == place.article && o.text.contains(&place.text))
            {
                self.sheet.count("only_p", "", false);
                self.sheet.case(
                    "only here",
                    format!("{}: told as only here, but others have it: {}", self.name, shown(place)),
                );
            }
        }
    }
}

/// The very passage found at `other` also holds a place of `one`'s group.
fn held_whole(places: &[Labelled<'_>], one: &Labelled<'_>, other: &Labelled<'_>) -> bool {
    let mut theirs = places.iter().filter(|l| l.group == one.group && l.place.article == other.place.article);
    theirs.any(|l| !l.spans.is_disjoint(&other.spans))
}

/// Differences told of where nothing is labelled: nobody has said that they are wrong, but they are worth reading.
fn unlabelled(gold: &Gold, said: &Said, sheet: &mut Sheet) {
    let labelled: BTreeSet<_> = gold
        .stories
        .values()
        .flat_map(|s| &s.figure)
        .flat_map(|f| &f.values)
        .flat_map(|p| said.quantities(p))
        .map(|(_, _, quantity)| quantity)
        .collect();
    for (s, story) in said.stories.iter().enumerate() {
        for (q, told) in list(&story["figures"]).iter().enumerate() {
            if !labelled.contains(&(s, q)) && (told["verdict"] == "conflict" || told["verdict"] == "changed") {
                sheet.case("not labelled", quantity(told));
            }
        }
    }
}

/// Every name of a story's entity.
fn speakers(story: &Value, id: &Value) -> Vec<String> {
    let entity = list(&story["names"]).iter().find(|e| !id.is_null() && e["id"] == *id);
    let Some(entity) = entity else { return Vec::new() };
    let variants = list(&entity["variants"]).iter().map(|v| &v["text"]);
    std::iter::once(&entity["canonical"]).chain(variants).filter_map(|n| n.as_str().map(str::to_owned)).collect()
}

fn shown(place: &Place) -> String {
    format!("{}: {}", place.article, place.text)
}

fn quantity(told: &Value) -> String {
    let values = list(&told["values"]).iter().map(|v| {
        let article = v["article"].as_str().unwrap_or_default();
        format!("\n    {} ({}, as of {})", v["text"], article.split("://").last().unwrap_or_default(), v["as_of"])
    });
    format!("{} {}: {}", told["about"], told["verdict"], values.collect::<String>())
}
