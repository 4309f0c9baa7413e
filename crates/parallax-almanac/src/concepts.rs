//! `data/concepts/LANG.lex.zst` → `Concepts`, each language decoded when it is first asked for.

use parallax_core::almanac::{Concepts, Glossary};
use std::io::Read;

/// The embedded tables: language, compressed bytes.
macro_rules! tables {
    ($($language:literal),* $(,)?) => {
        &[$(($language, include_bytes!(concat!("../data/concepts/", $language, ".lex.zst")))),*]
    };
}

static TABLES: &[(&str, &[u8])] =
    tables!("ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "pl", "pt", "ru", "tr", "uk", "zh");

pub(crate) fn load() -> Concepts {
    let languages: Vec<_> = TABLES.iter().map(|(language, _)| *language).collect();
    Concepts::new(&languages, decode)
}

fn decode(language: &str) -> Option<Glossary> {
    let (_, compressed) = TABLES.iter().find(|(name, _)| *name == language)?;
    let mut bytes = Vec::new();
    ruzstd::decoding::StreamingDecoder::new(*compressed).ok()?.read_to_end(&mut bytes).ok()?;
    Glossary::parse(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_sound() {
        for (language, _) in TABLES {
            assert!(decode(language).is_some(), "{language}");
        }
    }

    #[test]
    fn words_share_meanings_across_languages() {
        let concepts = load();
        let shares = |a: (&str, &str), b: (&str, &str)| {
            let of = |(language, stem): (&str, &str)| concepts.meanings(stem, Some(language)).to_vec();
            of(a).iter().any(|meaning| of(b).contains(meaning))
        };
        assert!(shares(("en", "war"), ("de", "krieg")));
        assert!(shares(("en", "war"), ("zh", "战争")));
        assert!(shares(("en", "attack"), ("en", "assault")));
        assert!(!shares(("en", "war"), ("de", "brot")));
    }
}
