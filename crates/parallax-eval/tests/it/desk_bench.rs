//! The bench of a whole desk and the generated press, at a size that takes seconds: that they run, and say what they are to say.

use std::process::Command;

fn eval(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_parallax-eval")).args(arguments).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_small_desk_is_measured_whole() {
    let told = eval(&["bench", "desk", "--sizes", "30,60", "--more", "20"]);
    for line in [
        "one more ",
        "understand ",
        "commit compared ",
        "memory ",
        "disk       press.db ",
        "resume ",
        "rebuild ",
        "one more article at the last size costs",
    ] {
        assert!(told.contains(line), "{line:?} is missing in\n{told}");
    }
    let content: Vec<&str> = told.lines().filter(|line| line.contains("  content ")).collect();
    assert_eq!(content.len(), 2, "{told}");
    let sums: Vec<u32> = content
        .iter()
        .map(|line| {
            let numbers: Vec<u32> = line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            numbers[0] + numbers[1]
        })
        .collect();
    assert!((40..=50).contains(&sums[0]) && (65..=80).contains(&sums[1]), "articles and revisions: {content:?}");
}

#[test]
fn the_generated_press_is_written_as_import_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("press.jsonl");
    eval(&["generate", "--articles", "20", "--out", file.to_str().unwrap()]);
    let lines = std::fs::read_to_string(&file).unwrap();
    let read: Vec<parallax_core::model::Document> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), 20);
    let pages = folder.path().join("pages");
    eval(&["generate", "--articles", "3", "--pages", "--out", pages.to_str().unwrap()]);
    assert_eq!(std::fs::read_dir(&pages).unwrap().count(), 3);
}

#[test]
fn a_small_press_s_day_passes_within_bounds_and_nothing_of_it_is_lost() {
    let told = eval(&["bench", "day", "--outlets", "6", "--articles", "120", "--seconds", "4"]);
    for line in ["of 6 outlets", "; 0 lost", "resident memory at its highest: ", " visits of feeds, 0 problems"] {
        assert!(told.contains(line), "{line:?} is missing in\n{told}");
    }
}

#[test]
fn a_desk_that_may_use_less_than_it_needs_fails() {
    let arguments = ["bench", "day", "--outlets", "2", "--articles", "20", "--seconds", "1", "--megabytes", "24"];
    let run = Command::new(env!("CARGO_BIN_EXE_parallax-eval")).args(arguments).output().unwrap();
    assert!(!run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(
        told.contains("the desk ended") || told.contains("more than it may") || told.contains("did not say"),
        "{told}"
    );
}
