//! Text tools: folding, stems, words.

use icu_segmenter::options::WordBreakInvariantOptions;
use parallax_almanac::almanac;
use parallax_core::limits::SENTENCE_BYTES;
use parallax_core::model::Text;
use parallax_core::text::{fold, key, sentences, stem, words};
use proptest::prelude::*;

mod golden {
    pub const SENTENCES: [(&str, &str); 18] = [
        ("ar", include_str!("../golden/sentences/ar.txt")),
        ("de", include_str!("../golden/sentences/de.txt")),
        ("el", include_str!("../golden/sentences/el.txt")),
        ("en", include_str!("../golden/sentences/en.txt")),
        ("es", include_str!("../golden/sentences/es.txt")),
        ("fa", include_str!("../golden/sentences/fa.txt")),
        ("fr", include_str!("../golden/sentences/fr.txt")),
        ("he", include_str!("../golden/sentences/he.txt")),
        ("hi", include_str!("../golden/sentences/hi.txt")),
        ("it", include_str!("../golden/sentences/it.txt")),
        ("ja", include_str!("../golden/sentences/ja.txt")),
        ("ko", include_str!("../golden/sentences/ko.txt")),
        ("pl", include_str!("../golden/sentences/pl.txt")),
        ("pt", include_str!("../golden/sentences/pt.txt")),
        ("ru", include_str!("../golden/sentences/ru.txt")),
        ("tr", include_str!("../golden/sentences/tr.txt")),
        ("uk", include_str!("../golden/sentences/uk.txt")),
        ("zh", include_str!("../golden/sentences/zh.txt")),
    ];
}

#[track_caller]
fn check_fold(input: &str, expected: &str) {
    assert_eq!(fold(input), expected);
    assert_eq!(fold(expected), expected, "folding twice changes nothing");
}

#[test]
fn case_accents_and_typographic_marks_fold_away() {
    check_fold("Émile", "emile");
    check_fold("Łódź", "łodz");
    check_fold("ISTANBUL’A", "istanbul'a");
    check_fold("İzmir ışık", "izmir isik");
    check_fold("Ὀδυσσεύς", "οδυσσευσ");
    check_fold("e\u{301}toile", "etoile");
    check_fold("“so—so”", "\"so-so\"");
    check_fold("ﬁnal №5", "final no5");
}

#[test]
fn letters_of_their_own_stay() {
    check_fold("Йосиф Фёдоров", "йосиф федоров");
    check_fold("Київ", "київ");
    check_fold("हिन्दी", "हिन्दी");
    check_fold("がぎぐ", "がぎぐ");
    check_fold("한국", "한국");
}

#[test]
fn points_and_invisible_characters_fold_away() {
    check_fold("مُحَمَّد", "محمد");
    check_fold("أحمد", "احمد");
    check_fold("می‌شود", "ميشود");
    check_fold("שָׁלוֹם", "שלום");
    check_fold("so\u{AD}ft\u{200B}", "soft");
}

#[test]
fn keys_are_latin() {
    assert_eq!(key("Ушаков"), "ushakov");
    assert_eq!(key("Łódź"), "lodz");
    assert!(key("東京").is_ascii());
}

#[test]
fn stems_join_forms_of_a_word() {
    assert_eq!(stem("talks", Some("en")), stem("talked", Some("en")));
    assert_eq!(stem("переговоры", Some("ru")), stem("переговоров", Some("ru")));
    assert_eq!(stem("gespräche", Some("de")), stem("gesprach", Some("de")));
    assert_eq!(stem("talks", None), "talks");
    assert_eq!(stem("talks", Some("zz")), "talks");
}

#[test]
fn words_have_letters_or_digits() {
    let texts = |s| words(s).iter().map(|w| w.text.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        texts("Nearly five-hour talks, 3.5 km — done."),
        ["Nearly", "five", "hour", "talks", "3.5", "km", "done"]
    );
    assert_eq!(texts("हिन्दी में"), ["हिन्दी", "में"]);
    assert_eq!(texts("don’t"), ["don’t"]);
    assert!(texts("… — 。").is_empty());
}

/// Golden cases: a line is a text in which `|` stands where one sentence ends and the next begins.
#[test]
fn sentences_of_eighteen_languages() {
    let mut wrong = Vec::new();
    for (language, cases) in golden::SENTENCES {
        for case in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = Text::new(case.replace(" | ", " ").replace('|', ""));
            let found = sentences(&text, Some(language), almanac());
            let found: Vec<&str> = found.iter().map(|sentence| text.slice(sentence.span)).collect();
            if found != expected {
                wrong.push(format!("{language}: {}", found.join(" | ")));
            }
        }
    }
    assert!(wrong.is_empty(), "cut otherwise than the golden cases say:\n{}", wrong.join("\n"));
}

#[test]
fn sentences_are_trimmed_and_know_their_paragraph() {
    let text = Text::new("  One. \n\n Two.\r\n***\n“Three.” ***".to_owned());
    let found = sentences(&text, Some("en"), almanac());
    let found: Vec<_> = found.iter().map(|s| (s.paragraph, text.slice(s.span))).collect();
    assert_eq!(found, [(0, "One."), (2, "Two."), (4, "“Three.” ***")]);
}

#[test]
fn a_sentence_without_end_is_cut_at_its_limit() {
    for piece in ["word ", "語", "👩‍👩‍👧", "e\u{301}"] {
        let text = Text::new(piece.repeat(3 * SENTENCE_BYTES / piece.len()));
        let found = sentences(&text, Some("en"), almanac());
        assert!(found.iter().all(|s| s.span.len() <= SENTENCE_BYTES), "no piece is longer than the limit");
        assert!(found.len() <= 7, "no piece is shorter than half the limit but the last");
    }
    let exact = Text::new("a".repeat(SENTENCE_BYTES));
    assert_eq!(sentences(&exact, None, almanac()).len(), 1, "a sentence of just the limit stays whole");
}

#[test]
fn hostile_texts_are_cut_in_linear_time() {
    for piece in [".", ". ", ".\"", ".)", "A.", "A. ", "1. ", "?! ", "。」", "\".", "z. B. "] {
        let text = Text::new(piece.repeat(200_000 / piece.len()));
        let _ = sentences(&text, Some("de"), almanac());
    }
}

/// The words as ICU's segmenter alone gives them; but a mark that has no letter holds on to the space before it there (WB4), and a word has none.
fn words_by_icu(text: &str) -> Vec<&str> {
    let segmenter = icu_segmenter::WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    let segments = ends.windows(2).map(|w| &text[w[0]..w[1]]).filter(|w| w.contains(char::is_alphanumeric));
    segments.map(|w| w.trim_start_matches([' ', '\t'])).collect()
}

#[test]
fn a_mark_that_has_no_letter_is_a_word_without_the_space_before_it() {
    for text in [" \u{363}", "\t\u{363}", "a  \u{363}b", "\n\u{363}"] {
        let found: Vec<&str> = words(text).iter().map(|w| w.text).collect();
        assert_eq!(found, words_by_icu(text), "{text:?}");
        assert!(found.contains(&"\u{363}"), "{found:?}");
    }
}

proptest! {
    /// The short cut for plain letters cuts as the tables do.
    #[test]
    fn words_are_those_of_uax_29(text in "([a-cZ0-9 .,;:'_’‘·\\-“”äßÉΔωЯїґ\n]|[\u{0}-\u{52f}]|[\u{2010}-\u{2030}]|तम|東京|e\u{301}|👩){0,30}") {
        let found: Vec<&str> = words(&text).iter().map(|w| w.text).collect();
        prop_assert_eq!(found, words_by_icu(&text));
    }

    #[test]
    fn spans_hold_their_words(text in "\\PC{0,40}") {
        for word in words(&text) {
            prop_assert_eq!(&text[word.span.range()], word.text);
        }
        let text = Text::new(text);
        for sentence in sentences(&text, Some("en"), almanac()) {
            prop_assert!(!text.slice(sentence.span).is_empty());
        }
    }
}
