//! The sample press: three stories, each with its own members, traps and differences.

use crate::{Folder, parallax};
use serde_json::Value;
use std::sync::LazyLock;

static DEMO: LazyLock<Value> = LazyLock::new(|| parallax(&["demo", "--json"]).json().remove(0));

fn story(prefix: &str) -> &'static Value {
    let founded = |s: &&Value| ids(s).iter().any(|id| id.starts_with(prefix)) && ids(s).len() > 1;
    let stories: Vec<_> = list(&DEMO["stories"]).iter().filter(founded).collect();
    assert_eq!(stories.len(), 1, "one story of {prefix}");
    stories[0]
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn ids(story: &Value) -> Vec<&str> {
    list(&story["articles"]).iter().filter_map(|a| a["id"].as_str()).collect()
}

fn article<'a>(story: &'a Value, prefix: &str) -> &'a Value {
    let of = |a: &&Value| a["id"].as_str().is_some_and(|id| id.starts_with(prefix));
    list(&story["articles"]).iter().find(of).expect("in the story")
}

#[test]
fn three_stories_across_languages_none_mixed() {
    for (prefix, count) in [("bridge", 5), ("strait", 5), ("ship", 4)] {
        let ids = ids(story(prefix));
        assert_eq!(ids.len(), count, "{ids:?}");
        assert!(ids.iter().all(|id| id.starts_with(prefix)), "{ids:?}");
    }
    assert_eq!(list(&DEMO["stories"]).len(), 3, "no article stays outside");
    assert_eq!(DEMO["problems"].as_array().map(Vec::len), Some(0), "{}", DEMO["problems"]);
}

#[test]
fn pages_are_read_as_they_are_meant() {
    let column = article(story("bridge"), "bridge-5");
    assert_eq!(column["kind"], "opinion");
    let carried = article(story("bridge"), "bridge-4");
    assert!(!carried["text"].as_str().expect("text").contains("â€"), "mended: {}", carried["text"]);
    assert_eq!(carried["carrier"]["name"], "Daybreak");
    assert_eq!(carried["outlet"]["domain"], "northern-wire.example");
    let russian = article(story("strait"), "strait-2");
    assert!(russian["text"].as_str().expect("text").contains("Юрий Бельский"), "windows-1251 is read");
    let languages = ["bridge", "strait", "ship"].map(|p| list(&story(p)["articles"]).to_vec()).concat();
    for language in ["en", "es", "de", "ru", "zh", "ar"] {
        assert!(
            languages.iter().any(|a| a["language"].as_str().is_some_and(|l| l.starts_with(language))),
            "{language}"
        );
    }
}

#[test]
fn one_agency_report_in_two_places_is_one_report() {
    let story = story("bridge");
    let (herald, daybreak) = (article(story, "bridge-3"), article(story, "bridge-4"));
    assert_eq!(herald["derivation"], "original");
    assert_ne!(daybreak["derivation"], "original", "a copy of {}", herald["id"]);
    assert_eq!(daybreak["of"], herald["id"]);
}

#[test]
fn a_column_has_no_vote_and_an_excerpt_leaves_nothing_out() {
    let supports = list(&story("bridge")["current_take"]).iter().flat_map(|s| list(&s["evidence"]));
    assert!(supports.clone().count() > 0);
    assert!(supports.clone().all(|e| e["article"] != "bridge-5-meridian-opinion.html"));
    let excerpt = article(story("ship"), "ship-4");
    assert_eq!(excerpt["access"], "excerpt");
    let take = list(&story("ship")["takes"]).iter().find(|t| t["article"] == excerpt["id"]).expect("its take");
    assert_eq!((&take["leaves_out"], &take["only_here"]), (&Value::Null, &Value::Null));
}

#[test]
fn one_aide_is_one_person_however_spelt() {
    let names = list(&story("strait")["names"]);
    let spelt = |name: &Value| {
        list(&name["variants"]).iter().filter_map(|v| v["text"].as_str()).map(str::to_owned).collect::<Vec<_>>()
    };
    let aide = names.iter().map(spelt).find(|v| v.iter().any(|n| n.contains("Belsky"))).expect("Belsky");
    assert!(aide.iter().any(|n| n.contains("Belskiy")), "{aide:?}");
    assert!(aide.iter().any(|n| n.contains("Бельск")), "{aide:?}");
    assert!(!aide.iter().any(|n| n.contains("Hale")), "{aide:?}");
}

#[test]
fn renderings_of_one_remark_stand_together() {
    let with = |words: &[&str]| {
        list(&story("strait")["statements"]).iter().any(|s| {
            let texts: Vec<_> = list(&s["renderings"]).iter().filter_map(|r| r["text"].as_str()).collect();
            words.iter().all(|w| texts.iter().any(|t| t.contains(w)))
        })
    };
    assert!(with(&["useful, frank and substantive", "useful, candid and meaningful"]));
    assert!(with(&["we are ready today", "we are ready right now"]));
}

#[test]
fn every_finding_is_a_slice_of_its_article() {
    let mut seen = 0;
    for story in list(&DEMO["stories"]) {
        let text = |id: &Value| {
            let article = list(&story["articles"]).iter().find(|a| a["id"] == *id).expect("its article");
            article["text"].as_str().expect("text").chars().collect::<Vec<_>>()
        };
        let groups = [
            ("current_take", "evidence"),
            ("statements", "renderings"),
            ("figures", "values"),
            ("timeline", "evidence"),
        ];
        for (section, findings) in groups {
            for finding in list(&story[section]).iter().flat_map(|s| list(&s[findings])) {
                let (start, end) = (finding["start"].as_u64().expect("start"), finding["end"].as_u64().expect("end"));
                let slice: String = text(&finding["article"])[start as usize..end as usize].iter().collect();
                assert_eq!(finding["text"], slice.as_str());
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen} findings");
}

#[test]
fn the_report_says_that_it_is_a_sample_and_fits_the_page() {
    let run = parallax(&["demo"]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with("SAMPLE PRESS"), "{}", run.stdout);
    for part in
        ["STORY 3 OF 3", "WHAT THEY AGREE ON", "WHERE THEY DIFFER", "HOW IT UNFOLDED", "https://meridian-post.example/"]
    {
        assert!(run.stdout.contains(part), "{part}");
    }
    assert!(!run.stdout.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn the_files_laid_out_compare_alike_and_nothing_is_overwritten() {
    let folder = Folder::new();
    let press = folder.path("press");
    let press = press.to_str().expect("UTF-8");
    assert_eq!(parallax(&["demo", "--write", press]).status, 0);
    let bridge: Vec<_> =
        ["bridge-3-lowland-herald.html", "bridge-4-daybreak.txt"].iter().map(|f| format!("{press}/{f}")).collect();
    let run = parallax(&["compare", "--json", &bridge[0], &bridge[1]]);
    assert_eq!(list(&run.json()[0]["stories"]).len(), 1, "{}", run.stderr);
    let again = parallax(&["demo", "--write", press]);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("not empty"), "{}", again.stderr);
}

#[test]
fn what_was_announced_and_did_not_happen_is_found_in_each_story() {
    for (prefix, says_so) in [("bridge", "no acudió"), ("strait", "without meeting"), ("ship", "did not begin")] {
        let undone = list(&story(prefix)["timeline"]).iter().filter(|t| t["status"] == "did_not_happen");
        let told = |t: &&Value| {
            list(&t["evidence"]).iter().filter_map(|e| e["text"].as_str()).any(|text| text.contains(says_so))
        };
        assert_eq!(undone.clone().filter(told).count(), 1, "{prefix}: {:?}", undone.collect::<Vec<_>>());
    }
}

#[test]
fn a_plan_and_its_end_stand_together_across_languages() {
    for (prefix, planned, settled) in [("bridge", "bridge-1", "bridge-2"), ("strait", "strait-2", "strait-4")] {
        let both = list(&story(prefix)["timeline"]).iter().any(|t| {
            let evidence = list(&t["evidence"]);
            let of = |e: &Value, id: &str| e["article"].as_str().is_some_and(|a| a.starts_with(id));
            let settling = t["settled_by"].as_u64().and_then(|at| evidence.get(at as usize));
            t["status"] == "did_not_happen"
                && evidence.iter().any(|e| of(e, planned))
                && settling.is_some_and(|e| of(e, settled))
        });
        assert!(both, "{prefix}: {}", story(prefix)["timeline"]);
    }
}

/// The figures of a story whose values are these texts, whatever else they have.
fn verdict_of<'a>(story: &'a Value, texts: &[&str]) -> &'a str {
    let has = |figure: &&Value| {
        let values = list(&figure["values"]);
        texts.iter().all(|t| values.iter().any(|v| v["text"].as_str().is_some_and(|text| text.contains(t))))
    };
    let found = list(&story["figures"]).iter().find(has);
    found.map_or("not found", |figure| figure["verdict"].as_str().expect("a verdict"))
}

#[test]
fn planted_figures_stand_side_by_side_across_languages() {
    let strait = story("strait");
    let hours = ["nearly six hours", "почти шесть часов", "Mehr als sechs Stunden", "six hours"];
    assert_eq!(verdict_of(strait, &hours), "conflict", "{}", strait["figures"]);
    assert_eq!(verdict_of(strait, &["24-point", "24 Punkten", "24 пунктов", "17 points"]), "changed");
    assert_eq!(verdict_of(story("ship"), &["约320吨", "More than 300 tonnes", "Some 320", "unas 300"]), "compatible");
    assert_eq!(
        verdict_of(story("bridge"), &["Seven people", "nueve", "seven people"]),
        "conflict",
        "the toll, 7 against 9"
    );
    let nobody_counts =
        list(&strait["figures"]).iter().flat_map(|f| list(&f["values"])).filter(|v| v["text"] == "einen Plan");
    assert_eq!(nobody_counts.count(), 0);
}

#[test]
fn renderings_that_say_different_things_are_a_conflict_across_languages() {
    let conflicts = |prefix: &str| -> Vec<String> {
        let statements = list(&story(prefix)["statements"]).iter().filter(|s| s["wording"] == "conflict");
        statements.map(|s| s["renderings"].to_string()).collect()
    };
    let told = conflicts("strait");
    let all = ["Not further away", "Уж точно не дальше", "neither nearer nor further away"];
    assert!(told.iter().any(|renderings| all.iter().all(|words| renderings.contains(words))), "{told:?}");
    assert_eq!(conflicts("ship"), Vec::<String>::new());
}
