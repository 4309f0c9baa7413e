//! Text tools: folding, stems, words.

use parallax_core::text::{fold, key, stem, words};

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
