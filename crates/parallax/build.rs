//! Takes the fingerprints of the stages' code and data, so that the derived state of another version is known to be another's; and bundles
//! the globe, which the pages do without where that cannot be done.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let core = here.join("../parallax-core/src");
    let almanac = here.join("../parallax-almanac");
    let shared = ["lib.rs", "limits.rs", "model", "text", "almanac", "likeness"].map(|part| core.join(part));
    let known = ["src", "data"].map(|part| almanac.join(part));
    let lock = here.join("../../Cargo.lock");
    let mut hasher = DefaultHasher::new();
    let pipeline = here.join("src/pipeline.rs");
    for part in shared.iter().chain(&known).chain([&lock, &pipeline]) {
        take(part, &mut hasher);
    }
    take(&core.join("extract"), &mut hasher);
    tell("EXTRACT", &hasher);
    take(&core.join("understand"), &mut hasher);
    tell("UNDERSTAND", &hasher);
    for part in ["feed", "group", "resolve", "compare", "contract"] {
        take(&core.join(part), &mut hasher);
    }
    // The countries that an article names are kept with it.
    take(&core.join("missed/about.rs"), &mut hasher);
    for part in ["desk", "store"] {
        take(&here.join("src").join(part), &mut hasher);
    }
    tell("WHOLE", &hasher);
    globe(&here);
}

/// The globe's script and borders, bundled in `web/globe` by npm and esbuild, or taken ready from where PARALLAX_GLOBE says. Where there is
/// neither, both are empty: the flat map and the list stand in, and the page says so.
fn globe(here: &Path) {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-env-changed=PARALLAX_GLOBE");
    let made = match env::var_os("PARALLAX_GLOBE").map(PathBuf::from) {
        Some(ready) => GLOBE.iter().try_for_each(|file| {
            let from = ready.join(file);
            fs::copy(&from, out.join(file)).map(drop).map_err(|e| format!("{}: {e}", from.display()))
        }),
        None => bundle(here, &out),
    };
    if let Err(why) = made {
        println!("cargo::warning=built without the globe; the flat map and the list stand in. {why}");
        println!(
            "cargo::warning=To have it: install Node.js with npm and build again, or set PARALLAX_GLOBE to a folder with globe.js and globe.json."
        );
        GLOBE.iter().for_each(|file| fs::write(out.join(file), "").expect("OUT_DIR is there to be written to"));
    }
}

const GLOBE: [&str; 2] = ["globe.js", "globe.json"];

/// Bundles in OUT_DIR: the source may not be there to be written to.
fn bundle(here: &Path, out: &Path) -> Result<(), String> {
    let (from, world) = (here.join("../../web/globe"), here.join("../parallax-almanac/data/world/countries.tsv"));
    let at = out.join("globe");
    fs::create_dir_all(&at).map_err(|e| format!("{}: {e}", at.display()))?;
    println!("cargo::rerun-if-changed={}", world.display());
    for file in ["package.json", "package-lock.json", "borders.mjs", "bundle.mjs", "globe.mjs"] {
        let file_from = from.join(file);
        println!("cargo::rerun-if-changed={}", file_from.display());
        fs::copy(&file_from, at.join(file)).map_err(|e| format!("{}: {e}", file_from.display()))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if !at.join("node_modules/.package-lock.json").exists() || !is_same(&at) {
        run(Command::new(npm).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&at))?;
        // What is installed is that of this lock.
        fs::copy(at.join("package-lock.json"), at.join("installed.json")).map_err(|e| e.to_string())?;
    }
    run(Command::new("node").arg("bundle.mjs").arg(out).arg(&world).current_dir(&at))
}

/// Is what is installed that of the lock?
fn is_same(at: &Path) -> bool {
    let read = |file| fs::read(at.join(file)).ok();
    read("installed.json").is_some_and(|installed| Some(installed) == read("package-lock.json"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|e| format!("{name} could not be started: {e}."))?;
    let said = String::from_utf8_lossy(&done.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    if done.status.success() { Ok(()) } else { Err(format!("{name} failed: {last}.")) }
}

fn tell(stage: &str, hasher: &DefaultHasher) {
    println!("cargo::rustc-env=PARALLAX_{stage}={:016x}", hasher.finish());
}

/// Every file at or below a path, in the order of their names.
fn take(path: &Path, hasher: &mut DefaultHasher) {
    println!("cargo::rerun-if-changed={}", path.display());
    if path.is_dir() {
        let mut inside: Vec<_> = fs::read_dir(path).expect("readable").map(|e| e.expect("readable").path()).collect();
        inside.sort();
        inside.iter().for_each(|path| take(path, hasher));
    } else if let Ok(bytes) = fs::read(path).or_else(|_| fs::read(path.with_extension("rs"))) {
        hasher.write(path.file_name().map_or(b"".as_slice(), |name| name.as_encoded_bytes()));
        hasher.write(&bytes);
    }
}
