//! A desk copied while it is at work, and made again of the copy; copies that are not whole are refused.

use crate::desk::{Desk, lines};
use crate::{Folder, parallax};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

fn text(path: &std::path::Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_desk_is_copied_while_it_is_at_work_and_is_the_same_again() {
    let (desk, folder) = (Desk::new(), Folder::new());
    desk.done(&["import", &folder.file("first.jsonl", lines(0, 30))]);
    let mut import = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(["import", "--desk", &desk.folder(), &folder.file("more.jsonl", lines(30, 400))])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let copies: Vec<_> = (0..3).map(|n| text(&folder.path(&format!("copy-{n}")))).collect();
    for copy in &copies {
        let told = desk.done(&["backup", copy]);
        assert!(told.contains("checked"), "{told}");
    }
    assert!(import.wait().expect("ends").success());
    desk.done(&["backup", &text(&folder.path("last"))]);
    for copy in copies.iter().chain([&text(&folder.path("last"))]) {
        let again = Desk::new();
        let told = again.done(&["restore", copy]);
        assert!(told.contains("holds the desk again"), "{told}");
        // What the log had more than the derived state is read now, as after a kill.
        again.done(&["import", &folder.file("none.jsonl", lines(0, 1))]);
        again.holds();
    }
    let again = Desk::new();
    again.done(&["restore", &text(&folder.path("last"))]);
    assert_eq!(again.status()["derived"], desk.status()["derived"]);
    let run = again.run(&["restore", &text(&folder.path("last"))]);
    assert_eq!(run.status, 1, "over a desk nothing is put");
    assert!(run.stderr.contains("holds a desk already"), "{}", run.stderr);
    let run = desk.run(&["backup", &copies[0]]);
    assert_eq!(run.status, 1, "over a copy nothing is put");
    assert!(run.stderr.contains("not empty"), "{}", run.stderr);
}

#[test]
fn what_is_no_whole_copy_makes_no_desk() {
    let (desk, folder) = (Desk::new(), Folder::new());
    desk.done(&["import", &folder.file("day.jsonl", lines(0, 20))]);
    let copy = folder.path("copy");
    desk.done(&["backup", &text(&copy)]);
    let refused = |why: &str| {
        let again = Desk::new();
        let run = again.run(&["restore", &text(&copy)]);
        assert_eq!(run.status, 1, "{why}");
        assert!(run.stderr.contains(why), "{why}: {}", run.stderr);
        assert!(!fs::exists(format!("{}/press.db", again.folder())).expect("looked"), "nothing is put");
    };
    let log = fs::read(copy.join("press.db")).expect("read");
    let mut flipped = log.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    fs::write(copy.join("press.db"), flipped).expect("written");
    refused("not what it was");
    fs::remove_file(copy.join("press.db")).expect("removed");
    refused("cannot be read");
    fs::write(copy.join("press.db"), log).expect("written");
    let note = fs::read_to_string(copy.join("backup.json")).expect("read");
    let mut newer: Value = serde_json::from_str(&note).expect("JSON");
    newer["form"] = 99.into();
    fs::write(copy.join("backup.json"), newer.to_string()).expect("written");
    refused("newer parallax");
    fs::write(copy.join("backup.json"), note.replace("press.db", "../press.db")).expect("written");
    refused("names no desk's files");
    fs::write(copy.join("backup.json"), "{").expect("written");
    refused("is damaged");
    fs::remove_file(copy.join("backup.json")).expect("removed");
    refused("no whole copy");
    let run = parallax(&["backup", "--desk", &text(&folder.path("none")), &text(&folder.path("of-none"))]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("holds no desk yet"), "{}", run.stderr);
}

#[test]
fn what_is_damaged_in_the_desk_is_told_with_its_copy() {
    let (desk, folder) = (Desk::new(), Folder::new());
    desk.done(&["import", &folder.file("day.jsonl", lines(0, 20))]);
    // In the midst of a content.
    let path = format!("{}/press.db", desk.folder());
    let mut log = fs::read(&path).expect("read");
    let zstd = [0x28, 0xb5, 0x2f, 0xfd];
    let at = log.windows(4).position(|bytes| bytes == zstd).expect("a packed content");
    log[at + 20] ^= 0xff;
    fs::write(&path, log).expect("written");
    let run = desk.run(&["backup", &text(&folder.path("copy"))]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("damaged in the desk itself"), "{}", run.stderr);
}
