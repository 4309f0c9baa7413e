//! `data/numbers/LANG.toml` → one language's `Numbers` each, what is common to all (`und`) added in.

use crate::{parse, per_language};
use parallax_core::almanac::{Numbers, NumbersData, PerLanguage};

pub(crate) fn load() -> PerLanguage<Numbers> {
    let common: NumbersData = parse("numbers/und.toml", include_str!("../data/numbers/und.toml"));
    let own: PerLanguage<NumbersData> = per_language!(
        "numbers", "en", "es", "fr", "de", "pt", "it", "ru", "uk", "pl", "el", "tr", "ar", "fa", "he", "hi", "zh",
        "ja", "ko"
    );
    let mut all: PerLanguage<Numbers> =
        own.iter().map(|(language, own)| (language.clone(), Numbers::new(own, &common))).collect();
    all.insert("und".to_owned(), Numbers::new(&common, &NumbersData::default()));
    all
}
