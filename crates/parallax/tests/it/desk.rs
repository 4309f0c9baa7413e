//! A desk that keeps: nothing lost, nothing twice, whatever happens to it.

use crate::{Folder, Run, parallax, run};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// A desk of its own in a folder that goes away.
pub(crate) struct Desk(Folder);

impl Desk {
    pub(crate) fn new() -> Self {
        Desk(Folder::new())
    }

    pub(crate) fn folder(&self) -> String {
        self.0.path("desk").to_str().expect("UTF-8").to_owned()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(Command::new(assert_cmd::cargo::cargo_bin("parallax")).args(arguments).env("PARALLAX_DESK", self.folder()))
    }

    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}: {}", run.stderr);
        run.stdout
    }

    pub(crate) fn status(&self) -> Value {
        serde_json::from_str(&self.done(&["status", "--json"])).expect("JSON")
    }

    fn articles(&self) -> u64 {
        self.status()["derived"]["articles"].as_u64().expect("a number")
    }

    /// A rebuild comes out the same in every row.
    pub(crate) fn holds(&self) {
        let told = self.done(&["rebuild", "--diff"]);
        assert!(told.contains("the same in every row"), "{told}");
    }
}

/// Lines of documents on a few happenings, some of them of one story.
pub(crate) fn lines(from: usize, to: usize) -> String {
    let towns = ["Aldermoor", "Skarvik", "Valdesera", "Karsholm", "Tarn", "Ostrava Bay", "Brekken"];
    let mut lines = String::new();
    for n in from..to {
        let (town, dead) = (towns[n % towns.len()], 3 + n % towns.len());
        let text = format!(
            "{dead} people died when the ferry ran aground off {town} on Monday, the coast guard said. Article {n} adds that the captain, \
             Marit Holm of {town}, had warned of the sandbank. “We will look into it,” the harbour master said."
        );
        let date = format!("2026-03-0{}", 1 + n % 3);
        let source = format!("paper-{}.example", n % 5);
        writeln!(lines, "{}", json!({"id": format!("n-{n}"), "text": text, "date": date, "source": source}))
            .expect("written");
    }
    lines
}

#[test]
fn what_is_imported_is_there_once() {
    let desk = Desk::new();
    let path = desk.0.file("day.jsonl", lines(0, 30));
    assert!(desk.done(&["import", &path]).starts_with("30 of 30 documents were new. The desk holds 30 articles"));
    assert!(desk.done(&["import", &path, &path]).starts_with("0 of 60 documents were new. The desk holds 30 articles"));
    assert_eq!(desk.status()["behind"], 0);
    desk.holds();
    let told = desk.done(&["watch", "--from", "0", "--once", "--json"]);
    let versions: Vec<Value> = told.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(versions.iter().filter(|v| v["what"] == "article").count(), 30);
    assert!(
        versions.windows(2).all(|v| v[0]["version"].as_u64() < v[1]["version"].as_u64()),
        "each version once, in order"
    );
    let stories = desk.done(&["stories", "--json"]);
    assert!(stories.lines().count() >= 1, "some story is told by several outlets");
}

#[test]
fn a_corrected_text_is_a_revision_in_its_place() {
    let desk = Desk::new();
    let first = desk.0.file("first.jsonl", lines(0, 6));
    desk.done(&["import", &first]);
    let second = desk.0.file("second.jsonl", lines(0, 1).replace("sandbank", "reef"));
    assert!(desk.done(&["import", &second]).starts_with("1 of 1 documents were new. The desk holds 6 articles"));
    assert_eq!(desk.status()["derived"]["revised"], 1);
    desk.holds();
    // Given again, the first text is not new: it was kept before.
    assert!(desk.done(&["import", &first]).starts_with("0 of 6"));
}

#[test]
fn folders_are_read_below_and_what_cannot_be_read_is_told() {
    let desk = Desk::new();
    fs::create_dir_all(desk.0.path("in/deep")).expect("made");
    fs::write(
        desk.0.path("in/deep/a.txt"),
        "Ferry back\n\nThe ferry is back at its pier, the harbour office said on Monday.",
    )
    .expect("written");
    fs::write(desk.0.path("in/b.html"), b"\x89PNG\r\n\x1a\n\0").expect("written");
    fs::write(desk.0.path("in/.hidden.txt"), "No.").expect("written");
    fs::write(desk.0.path("in/photo.jpg"), "No.").expect("written");
    let run = desk.run(&["import", desk.0.path("in").to_str().expect("UTF-8")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("1 of 1 documents were new"), "{}", run.stdout);
    assert!(run.stderr.contains("b.html: this is a PNG picture"), "{}", run.stderr);
    desk.holds();
}

/// Ends it without a word, as a power cut would.
fn killed_after(desk: &Desk, arguments: &[&str], moment: Duration) {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("parallax"))
        .args(arguments)
        .env("PARALLAX_DESK", desk.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("runs");
    sleep(moment);
    let _ = child.kill();
    child.wait().expect("ended");
}

#[test]
fn fifty_kills_lose_nothing_and_double_nothing() {
    let desk = Desk::new();
    let paths: Vec<_> = (0..8).map(|n| desk.0.file(&format!("{n}.jsonl"), lines(n * 25, n * 25 + 25))).collect();
    let import: Vec<&str> = std::iter::once("import").chain(paths.iter().map(String::as_str)).collect();
    let mut moment = 0x9e37_79b9_u64;
    for round in 0..50 {
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let command = if round % 5 == 4 { vec!["rebuild"] } else { import.clone() };
        killed_after(&desk, &command, Duration::from_millis(50 + (moment >> 33) % 1_200));
    }
    desk.done(&import);
    let log = desk.status();
    assert_eq!((log["log"]["records"].as_u64(), log["derived"]["articles"].as_u64()), (Some(200), Some(200)), "{log}");
    desk.holds();
    // The same as where nothing happened.
    let calm = Desk::new();
    calm.done(&import);
    let shown = ["stories", "--outlets", "1", "--most", "500", "--json"];
    assert_eq!(desk.done(&shown), calm.done(&shown));
}

#[test]
fn what_is_forgotten_is_gone_from_every_file_and_stays_away() {
    let desk = Desk::new();
    let path = desk.0.file("day.jsonl", lines(0, 20));
    desk.done(&["import", &path]);
    assert!(desk.done(&["forget", "n-3"]).starts_with("1 articles (1 records) are gone"));
    assert!(desk.done(&["forget", "paper-1.example"]).starts_with("4 articles (4 records) are gone"));
    assert_eq!(desk.articles(), 15);
    desk.holds();
    desk.done(&["import", &path]);
    assert_eq!(desk.articles(), 15, "it does not come in again");
    desk.holds();
    assert!(desk.done(&["forget", "nobody.example"]).contains("it is noted that it stays away"));
}

#[test]
fn a_damaged_derived_state_is_built_anew() {
    let desk = Desk::new();
    desk.done(&["import", &desk.0.file("day.jsonl", lines(0, 20))]);
    let before = desk.done(&["stories", "--outlets", "1", "--json"]);
    let file = desk.0.path("desk/desk.db");
    let mut bytes = fs::read(&file).expect("read");
    let middle = bytes.len() / 2;
    bytes[4096..middle].fill(0xA5);
    fs::write(&file, bytes).expect("written");
    desk.done(&["import", &desk.0.file("more.jsonl", lines(0, 20))]);
    assert_eq!(desk.done(&["stories", "--outlets", "1", "--json"]), before);
    desk.holds();
    fs::write(
        &file,
        "no database, but words enough to fill the hundred bytes that the header of a database has, and more",
    )
    .expect("written");
    desk.done(&["import", &desk.0.file("more.jsonl", lines(0, 20))]);
    assert_eq!(desk.done(&["stories", "--outlets", "1", "--json"]), before);
}

#[test]
fn a_damaged_content_costs_its_document_alone() {
    let desk = Desk::new();
    let texts: Vec<_> = (0..6u32)
        .map(|n| {
            // Text that does not compress away, so that it fills pages of the file.
            let noise: String = (0..9_000u32)
                .map(|k| char::from(b'a' + (n.wrapping_add(k).wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
                .collect();
            desk.0
                .file(&format!("{n}.txt"), format!("Article {n}\n\nThe ferry is back, said Marit Holm. {noise} n{n}."))
        })
        .collect();
    let import: Vec<&str> = std::iter::once("import").chain(texts.iter().map(String::as_str)).collect();
    desk.done(&import);
    assert_eq!(desk.articles(), 6);
    let file = desk.0.path("desk/press.db");
    let mut bytes = fs::read(&file).expect("read");
    // Overflow pages of a content lie behind the tables' own; one of them is spoilt in its middle.
    let at = bytes.len() - 4096 - 2000;
    bytes[at..at + 64].fill(0x5A);
    fs::write(&file, bytes).expect("written");
    desk.done(&["rebuild"]);
    let status = desk.status();
    assert_eq!(status["derived"]["articles"], 5, "{status}");
    assert!(status["problems"].to_string().contains("damaged in press.db"), "{status}");
}

#[test]
fn one_at_a_time() {
    let desk = Desk::new();
    desk.done(&["import", &desk.0.file("day.jsonl", lines(0, 2))]);
    let lock = fs::File::options().write(true).open(desk.0.path("desk/lock")).expect("opened");
    lock.lock().expect("locked");
    let run = desk.run(&["import", &desk.0.file("day.jsonl", lines(0, 3))]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("another parallax is at work"), "{}", run.stderr);
    assert_eq!(desk.articles(), 2, "reading goes on all the while");
}

#[test]
fn folders_that_cannot_be_used_are_told() {
    let folder = Folder::new();
    let file = folder.file("file", "not a folder");
    let path = folder.file("day.jsonl", lines(0, 1));
    let run = parallax(&["import", "--desk", &file, &path]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("name another folder with --desk"), "{}", run.stderr);
    let run = parallax(&["status", "--desk", folder.path("none").to_str().expect("UTF-8")]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("holds no desk yet"), "{}", run.stderr);
    fs::create_dir_all(folder.path("odd/press.db")).expect("made");
    let run = parallax(&["import", "--desk", folder.path("odd").to_str().expect("UTF-8"), &path]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("press.db"), "{}", run.stderr);
}

/// As somebody who has no rights: nobody, where the test runs as root.
#[cfg(unix)]
fn as_nobody(program: &str, arguments: &[&str]) -> Run {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65_534;
    let mut command = Command::new(program);
    command.args(arguments);
    // The program was copied by whoever runs the tests.
    if fs::metadata(program).expect("there").uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    run(&mut command)
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_read_and_never_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let may = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    let folder = Folder::new();
    may(&folder.path("."), 0o755);
    // Where the tests were built not everybody may go.
    let program = folder.path("parallax");
    fs::copy(assert_cmd::cargo::cargo_bin("parallax"), &program).expect("copied");
    let (program, desk) = (program.to_str().expect("UTF-8").to_owned(), folder.path("desk"));
    let day = folder.file("day.jsonl", lines(0, 6));
    let at = desk.to_str().expect("UTF-8").to_owned();
    assert_eq!(parallax(&["import", "--desk", &at, &day]).status, 0);
    let before: Vec<_> = files(&desk);
    may(&desk, 0o555);
    for name in before.iter().map(|(name, _)| name) {
        may(&desk.join(name), 0o444);
    }
    for verb in [vec!["stories", "--json"], vec!["status", "--json"], vec!["status"], vec!["compare", "--story", "n-0"]]
    {
        let run = as_nobody(&program, &[verb.as_slice(), &["--desk", &at]].concat());
        assert_eq!(run.status, 0, "{verb:?}: {}", run.stderr);
        assert!(!run.stdout.is_empty(), "{verb:?}");
    }
    for verb in [vec!["import", &day], vec!["rebuild"], vec!["forget", "https://a.example/1"]] {
        let run = as_nobody(&program, &[verb.as_slice(), &["--desk", &at]].concat());
        assert_eq!(run.status, 1, "{verb:?}");
        assert!(run.stderr.contains("may not be written"), "{verb:?}: {}", run.stderr);
        assert!(run.stderr.contains("--desk"), "{verb:?} says what to do: {}", run.stderr);
    }
    assert_eq!(files(&desk), before, "nothing was written, nothing left behind");
    may(&desk, 0o755);
}

/// A folder's files with what they hold.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut all: Vec<_> = entries
        .map(|entry| (entry.file_name().into_string().expect("UTF-8"), fs::read(entry.path()).expect("read")))
        .collect();
    all.sort();
    all
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let desk = Desk::new();
    desk.done(&["import", &desk.0.file("first.jsonl", lines(0, 10))]);
    let more: String = (0..400)
        .map(|n| {
            let noise: String = (0..3_000u32)
                .map(|k| char::from(b'a' + (k.wrapping_add(n).wrapping_mul(2_654_435_761) >> 27) as u8 % 26))
                .collect();
            json!({"id": format!("big-{n}"), "text": noise + ". The ferry is back, said Marit Holm."}).to_string()
                + "\n"
        })
        .collect();
    let path = desk.0.file("more.jsonl", more);
    // A limit on file sizes stops the files from growing, as a full disk does.
    let limited = "trap '' XFSZ; ulimit -f 700; exec \"$0\" \"$@\"";
    let program = assert_cmd::cargo::cargo_bin("parallax");
    let run = run(Command::new("sh")
        .args(["-c", limited, program.to_str().expect("UTF-8"), "import", &path])
        .env("PARALLAX_DESK", desk.folder()));
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert!(run.stderr.contains("start again"), "{}", run.stderr);
    assert!(desk.articles() >= 10, "what was there is there");
    desk.done(&["import", &path]);
    assert_eq!(desk.articles(), 410);
    desk.holds();
}

#[test]
fn a_desk_of_an_older_version_opens() {
    for version in fs::read_dir("tests/stores").expect("kept stores").map(|v| v.expect("readable").path()) {
        let desk = Desk::new();
        fs::create_dir_all(desk.folder()).expect("made");
        fs::copy(version.join("press.db"), desk.0.path("desk/press.db")).expect("copied");
        desk.done(&["import", &desk.0.file("more.jsonl", lines(100, 101))]);
        let wanted: u64 =
            fs::read_to_string(version.join("articles")).expect("how many").trim().parse().expect("a number");
        assert_eq!(desk.articles(), wanted + 1, "{}", version.display());
        desk.holds();
    }
}
