//! Embedded data → `LanguageModel`.

use parallax_core::almanac::LanguageModel;

pub(crate) fn load() -> LanguageModel {
    LanguageModel::default()
}
