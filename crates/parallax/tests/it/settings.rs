//! `parallax settings` from outside: shown, set, unset; a file that cannot be read is named with its line, by every command that needs it.

use crate::desk::Desk;
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn settings_are_shown_set_and_unset_and_stand_in_a_file() {
    let desk = Desk::new();
    let shown = desk.done(&["settings"]);
    assert!(shown.contains("which is not there yet") && shown.contains("reads      not said"), "{shown}");
    assert!(shown.contains("reads      not said: en") && shown.contains("pages      not said: 2000"), "{shown}");
    assert!(shown.contains("keep-days  not said: 30") && shown.contains("keep-gb    not said: 5"), "{shown}");
    assert!(shown.contains("country    not said\n"), "{shown}");
    assert!(!Path::new(&desk.folder()).exists(), "to look makes nothing");
    let shown = desk.done(&["settings", "--country", "ke", "--reads", "sw,en", "--pages", "500", "--keep-days", "7"]);
    assert!(shown.contains("country    KE") && shown.contains("reads      sw,en"), "{shown}");
    let file = Path::new(&desk.folder()).join("settings.toml");
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.contains("reads = [\"sw\", \"en\"]") && text.contains("keep-days = 7"), "{text}");
    desk.done(&["settings", "--unset", "pages", "--contact", "mailto:desk@example.org"]);
    let twin: Value = serde_json::from_str(&desk.done(&["settings", "--json"])).expect("JSON");
    assert_eq!((twin["settings"]["pages"].as_str(), twin["settings"]["country"].as_str()), (None, Some("KE")));
    for wrong in [["--country", "XX"], ["--reads", "english"], ["--pages", "-1"], ["--keep-gb", "0"], ["--unset", "x"]]
    {
        let run = desk.run(&[&["settings"], &wrong[..]].concat());
        assert_eq!(run.status, 2, "{wrong:?}: {}", run.stderr);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_line_and_left_alone() {
    let desk = Desk::new();
    desk.done(&["settings", "--pages", "500"]);
    let file = Path::new(&desk.folder()).join("settings.toml");
    let broken = "# ours\npages = \"lots\"\n";
    fs::write(&file, broken).expect("written");
    for command in [&["settings"][..], &["settings", "--pages", "3"], &["serve", "--listen", "127.0.0.1:0"], &["run"]] {
        let run = desk.run(command);
        assert_eq!(run.status, 1, "{command:?}: {}", run.stdout);
        assert!(run.stderr.contains("settings.toml, line 2: ") && run.stderr.contains("Mend"), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(&file).expect("read"), broken);
}

#[test]
fn every_setting_is_in_help_and_where_it_holds_at_once() {
    let help = crate::parallax(&["settings", "--help"]).stdout;
    for entry in parallax::settings::ENTRIES {
        assert!(help.contains(&format!("--{}", entry.key)), "{}", entry.key);
    }
    let serve = crate::parallax(&["serve", "--help"]).stdout;
    for option in ["--reads", "--pages", "--keep-days", "--keep-gb", "--contact", "settings"] {
        assert!(serve.contains(option), "{option}");
    }
}

#[test]
fn a_copy_of_a_desk_holds_its_settings() {
    let (desk, other) = (Desk::new(), Desk::new());
    desk.done(&["subscribe", "https://gazette.example/feed"]);
    desk.done(&["settings", "--pages", "500"]);
    let copy = format!("{}-copy", desk.folder());
    desk.done(&["backup", &copy]);
    other.done(&["restore", &copy]);
    assert!(other.done(&["settings"]).contains("pages      500"));
}
