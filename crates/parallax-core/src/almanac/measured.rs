//! How many gold items measure a task in a language: what the program may claim to do, and where it says "unmeasured".

use serde::Deserialize;
use std::collections::BTreeMap;

/// Fewer gold items than this do not measure a language (an invariant of the house).
pub const ITEMS_TO_MEASURE: u32 = 100;

/// Task → language → gold items of the public sets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Measured(BTreeMap<String, BTreeMap<String, u32>>);

impl Measured {
    /// The tasks that are known, sorted.
    pub fn tasks(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Gold items for a task in a language (BCP 47 primary subtag).
    #[must_use]
    pub fn items(&self, task: &str, language: &str) -> u32 {
        self.0.get(task).and_then(|t| t.get(language)).copied().unwrap_or(0)
    }

    /// The tasks that fewer than [`ITEMS_TO_MEASURE`] gold items measure in this language, sorted.
    #[must_use]
    pub fn unmeasured(&self, language: &str) -> Vec<&str> {
        self.tasks().filter(|task| self.items(task, language) < ITEMS_TO_MEASURE).collect()
    }
}
