//! Takes the fingerprints of the stages' code and data, so that the derived state of another version is known to be another's.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let core = here.join("../parallax-core/src");
    let almanac = here.join("../parallax-almanac");
    let shared = ["lib.rs", "limits.rs", "model", "text", "almanac", "likeness"].map(|part| core.join(part));
    let known = ["src", "data"].map(|part| almanac.join(part));
    let lock = here.join("../../Cargo.lock");
    let mut hasher = DefaultHasher::new();
    for part in shared.iter().chain(&known).chain([&lock]) {
        take(part, &mut hasher);
    }
    take(&core.join("extract"), &mut hasher);
    tell("EXTRACT", &hasher);
    take(&core.join("understand"), &mut hasher);
    tell("UNDERSTAND", &hasher);
    for part in ["feed", "group", "resolve", "compare", "contract"] {
        take(&core.join(part), &mut hasher);
    }
    for part in ["pipeline.rs", "desk", "store"] {
        take(&here.join("src").join(part), &mut hasher);
    }
    tell("WHOLE", &hasher);
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
