//! The house's rules as tests: layers, purity, file lengths, the map, the glossary, the limits, what may not stand in the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A longer file holds more than one noun.
const FILE_LINES: usize = 600;

/// Core module → the modules it may use besides `model` and `limits`. Arrows point one way; stages never import one another.
const LAYERS: &[(&str, &[&str])] = &[
    ("limits", &[]),
    ("model", &[]),
    ("text", &["almanac"]),
    ("almanac", &["text"]),
    ("likeness", &["text", "almanac"]),
    ("feed", &["text", "almanac", "likeness"]),
    ("extract", &["text", "almanac", "likeness"]),
    ("understand", &["text", "almanac", "likeness"]),
    ("group", &["text", "almanac", "likeness"]),
    ("resolve", &["text", "almanac", "likeness"]),
    ("compare", &["text", "almanac", "likeness"]),
    ("missed", &["text", "almanac", "likeness"]),
    ("contract", &["feed"]),
];

/// What a pure, deterministic core does not say. `f64` may stand in `contract`, where a share becomes a JSON number.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::thread",
    "std::time",
    "std::process",
    "std::io",
    "HashMap",
    "HashSet",
    "SystemTime",
    "Instant",
    "rand::",
    "f32",
    "f64",
    "unsafe ",
    "println!",
    "eprintln!",
];

/// Crates the core may stand on: each was looked through for I/O, clock, threads and randomness on the paths that are used.
const CORE_CRATES: &[&str] = &[
    "aho-corasick",
    "any_ascii",
    "chardetng",
    "dom_query",
    "dom_smoothie",
    "encoding_rs",
    "frostem",
    "icu_segmenter",
    "jiff",
    "memchr",
    "regex",
    "rust_decimal",
    "serde",
    "serde_json",
    "trafilatura",
    "unicode-normalization",
];

/// Surnames and phrases of the first real input: no rule may be written for them.
const OF_THE_SEEDS: &[&str] = &[
    "Witkoff",
    "Vitkov",
    "Wittkoff",
    "Whitkov",
    "Kushner",
    "Ushakov",
    "Dmitriev",
    "Dimitriev",
    "Zelensky",
    "Zelenskyy",
    "Yermak",
    "Kovalenko",
    "Nechepurenko",
    "Lobzina",
    "Vinograd",
    "Vakulina",
    "Stanovaya",
    "DeepState",
    "Energoatom",
    "Sibikha",
    "Landau",
    "five-hour conversation",
    "useful, constructive",
    "peace process",
    "peace plan",
    "Scroll the Globe",
    "Pick a Country",
    "Get all your news",
    "Fourteen days free",
    "premium titles",
    "Don’t Miss what",
    "That’s what the Russians",
    "Fun group",
];

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// All files beneath a folder of the repository, build output left out.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | ".git" | "out" | "node_modules") {
            found.extend(files(&path));
        } else if path.is_file() && name != ".git" {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let files = files(&root().join(folder)).into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs"));
    let files: Vec<_> = files.map(|p| (p.clone(), fs::read_to_string(p).unwrap())).collect();
    assert!(!files.is_empty(), "{folder} has no Rust files");
    files
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Code without comments: prose may name what code may not.
fn code(text: &str) -> String {
    text.lines().map(|l| l.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn holds(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_makes_of_what_and_is_short() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("crates") {
        if !text.starts_with("//! ") {
            wrong.push(format!("{} begins without a `//!` sentence", shown(&path)));
        }
        if text.lines().count() > FILE_LINES {
            wrong.push(format!(
                "{} has {} lines: does one noun attract everything there?",
                shown(&path),
                text.lines().count()
            ));
        }
    }
    holds(&wrong);
}

#[test]
fn the_core_is_pure() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files("crates/parallax-core/src") {
        let code = code(&text);
        let contract = shown(&path).contains("/contract/");
        for word in IMPURE.iter().filter(|w| code.contains(**w) && !(contract && **w == "f64")) {
            wrong.push(format!("{} says `{word}`", shown(&path)));
        }
    }
    let manifest = fs::read_to_string(root().join("crates/parallax-core/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    for line in dependencies.lines().filter(|l| !l.trim().is_empty()) {
        let name = line.split(['.', ' ', '=']).next().unwrap();
        if !CORE_CRATES.contains(&name) {
            wrong.push(format!("the core depends on {name}, which is not on the list of crates looked through"));
        }
    }
    holds(&wrong);
}

#[test]
fn arrows_point_one_way() {
    let layers: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    let source = root().join("crates/parallax-core/src");
    for (path, text) in rust_files("crates/parallax-core/src") {
        let inside = path.strip_prefix(&source).unwrap();
        let module =
            inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        if module == "lib" {
            continue;
        }
        let Some(allowed) = layers.get(module.as_str()) else {
            wrong.push(format!("the module {module} has no layer"));
            continue;
        };
        for used in code(&text).split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let fine = used.is_empty()
                || used == module
                || used == "model"
                || used == "limits"
                || allowed.contains(&used.as_str());
            if !fine && layers.contains_key(used.as_str()) {
                wrong.push(format!("{} uses {used}", shown(&path)));
            }
        }
    }
    for (path, text) in rust_files("crates/parallax-eval/src") {
        // What is scored are the core's stages; a bench of a whole desk runs the desk itself.
        let is_bench = path.strip_prefix(root().join("crates/parallax-eval/src/bench")).is_ok();
        if !is_bench && code(&text).contains("use parallax::") {
            wrong.push(format!("{} uses the shell", shown(&path)));
        }
    }
    holds(&wrong);
}

#[test]
fn the_map_is_true() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let mut wrong = Vec::new();
    for link in map
        .split("](")
        .skip(1)
        .filter_map(|l| l.split(')').next())
        .filter(|l| !l.starts_with("http") && !l.starts_with('#'))
    {
        if !root().join(link.split('#').next().unwrap()).exists() {
            wrong.push(format!("ARCHITECTURE.md links to {link}, which is not there"));
        }
    }
    for path in map
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|p| p.starts_with("crates/") || p.starts_with("docs/") || p.starts_with("evals/"))
    {
        if !root().join(path).exists() {
            wrong.push(format!("ARCHITECTURE.md names {path}, which is not there"));
        }
    }
    for (module, _) in LAYERS {
        if !map.contains(&format!("`{module}`")) {
            wrong.push(format!("ARCHITECTURE.md does not name the core's module {module}"));
        }
        let file = root().join("crates/parallax-core/src").join(module);
        assert!(file.is_dir() || file.with_extension("rs").is_file(), "{module} has a layer but is not there");
    }
    holds(&wrong);
}

#[test]
fn the_glossary_covers_the_nouns() {
    let glossary = fs::read_to_string(root().join("docs/GLOSSARY.md")).expect("docs/GLOSSARY.md is there");
    let mut missing = BTreeSet::new();
    for (_, text) in rust_files("crates/parallax-core/src/model") {
        for line in text.lines().filter(|l| l.starts_with("pub struct ") || l.starts_with("pub enum ")) {
            let name: String = line.split(' ').nth(2).unwrap().chars().take_while(|c| c.is_alphanumeric()).collect();
            if !glossary.contains(&format!("**{name}**")) {
                missing.insert(name);
            }
        }
    }
    assert!(missing.is_empty(), "docs/GLOSSARY.md lacks {missing:?}");
}

/// (name, reason) of each limit of a crate that cannot be linked to from here.
fn limits_of_the_shell() -> Vec<(String, String)> {
    let index = fs::read_to_string(root().join("crates/parallax/src/limits.rs")).unwrap();
    let mut reason = String::new();
    let mut limits = Vec::new();
    for line in index.lines().map(str::trim) {
        if let Some(more) = line.strip_prefix("///") {
            reason.push_str(more);
        } else if let Some((name, _)) = line.split_once(": \"") {
            limits.push((name.to_owned(), std::mem::take(&mut reason)));
        }
    }
    limits
}

#[test]
fn every_limit_has_a_reason_and_a_test() {
    let mut tests = String::new();
    for path in files(&root().join("crates")).into_iter().filter(|p| p.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        let is_test = path.components().any(|c| c.as_os_str() == "tests") || path.ends_with("tests.rs");
        tests.push_str(if is_test { &text } else { text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests) });
    }
    let core = parallax_core::limits::ALL.iter().map(|limit| (limit.name.to_owned(), limit.why.to_owned()));
    let shell = limits_of_the_shell();
    assert!(shell.iter().any(|(name, _)| name == "KEPT_BYTES"), "the shell's index is read");
    let mut wrong = Vec::new();
    for (name, why) in core.chain(shell) {
        if why.len() < 30 {
            wrong.push(format!("{name} gives no reason"));
        }
        if !tests.contains(&name) {
            wrong.push(format!("no test goes to the edge of {name}"));
        }
    }
    holds(&wrong);
}

#[test]
fn no_rule_is_written_for_the_first_input() {
    let mut wrong = Vec::new();
    for path in files(&root().join("crates")) {
        let place = shown(&path);
        if place.contains("/tests/") || place.contains("/sample/") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // The gazetteer of places and the catalogue of outlets know the whole world alike; people and phrases stand nowhere.
        for phrase in OF_THE_SEEDS.iter().filter(|p| text.contains(**p)) {
            wrong.push(format!("{place} says {phrase:?}"));
        }
    }
    holds(&wrong);
}

#[test]
fn the_repository_speaks_of_the_product_alone() {
    let hosts = [("crates", "io"), ("pypi", "org"), ("registry.npmjs", "org"), ("deb.debian", "org")]
        .map(|(host, end)| format!("{host}.{end}"));
    // Where somebody's machine keeps its files: an absolute path in the repository is true on that machine alone.
    let folders = ["home", "root", "tmp", "work", "Users"].map(|folder| format!("/{folder}/"));
    let mut wrong = Vec::new();
    for path in files(&root()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if shown(&path) == "Cargo.lock" || shown(&path).ends_with("tests/it/tidy.rs") {
            continue;
        }
        // An outlet's address may have a folder of such a name.
        let paths: Vec<&str> = text.split_whitespace().filter(|word| !word.contains("https://")).collect();
        let folders = folders.iter().filter(|folder| paths.iter().any(|word| word.contains(folder.as_str())));
        for word in folders.chain(hosts.iter().filter(|host| text.contains(host.as_str()))) {
            wrong.push(format!("{} says {word}", shown(&path)));
        }
        for word in ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"] {
            if path.extension().is_some_and(|e| e == "rs") && code(&text).contains(word) {
                wrong.push(format!("{} says {word}", shown(&path)));
            }
        }
    }
    holds(&wrong);
}
