//! Public sets and the program's stages → predictions, scores, floors, worst cases and speeds.

pub mod bench;
pub mod floors;
pub mod generated;
pub mod missed;
pub mod predict;
pub mod press;
pub mod score;
pub mod sets;
pub mod table;
pub mod worst;

use std::path::{Path, PathBuf};

/// The repository's root: this crate lies in `crates/` there.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Where the public sets lie, beside the checkout; they may not be there.
#[must_use]
pub fn public_sets() -> PathBuf {
    root().join("../shared/evals")
}
