//! Pages → articles: golden cases, encodings, mojibake, hostile input.

use parallax_almanac::almanac;
use parallax_core::extract;
use parallax_core::limits::{ARTICLE_BYTES, MARKUP_DEPTH, PAGE_BYTES};
use parallax_core::model::{Access, Article, ArticleId, Document, Format, Page};
use parallax_core::text::{decode, mend};

fn read(format: Format, bytes: &[u8]) -> Article {
    let page = Page { id: ArticleId("page".to_owned()), url: None, format, charset: None, bytes: bytes.to_vec() };
    extract::article(&page, almanac())
}

fn plain(text: &str) -> Article {
    read(Format::Plain, text.as_bytes())
}

/// A golden case is three parts: the page, the article's fields, its text. A field that is not named is not looked at.
fn check_golden(name: &str, case: &str) {
    let mut parts = case.split("--- ").skip(1).map(|part| part.split_once('\n').expect("a part has a name").1);
    let (page, fields, text) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    let format = if page.trim_start().starts_with('<') { Format::Html } else { Format::Plain };
    let article = read(format, page.as_bytes());
    let outlet = article.outlet.as_ref().map(|outlet| {
        let name = outlet.name.clone().or_else(|| outlet.domain.clone()).unwrap_or_default();
        outlet.country.as_ref().map_or(name.clone(), |country| format!("{name} ({country})"))
    });
    let carrier = article.carrier.as_ref().map(|carrier| carrier.name.clone().unwrap_or_else(|| "-".to_owned()));
    for field in fields.lines().filter(|line| !line.is_empty()) {
        let (key, wanted) = field.split_once(": ").expect("a field is `name: value`");
        let got = match key {
            "title" => article.title.clone(),
            "authors" => Some(article.authors.join("; ")),
            "agencies" => Some(article.agencies.join("; ")),
            "outlet" => outlet.clone(),
            "carrier" => carrier.clone(),
            "published" => article.published.map(|moment| moment.to_string()),
            "updated" => article.updated.map(|moment| moment.to_string()),
            "language" => article.language.clone(),
            "translated_from" => article.translated_from.clone(),
            "access" => Some(article.access.word().to_owned()),
            "kind" => Some(article.kind.word().to_owned()),
            other => panic!("{name}: no field {other}"),
        };
        assert_eq!(got.as_deref(), Some(wanted), "{name}: {key}");
    }
    assert_eq!(article.text.as_str(), text.trim(), "{name}: text");
}

macro_rules! golden {
    ($($test:ident: $file:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            check_golden($file, include_str!(concat!("../golden/extract/", $file)));
        })*
    };
}

golden! {
    wrapped_lines_reposted_by_a_blog: "wrapped-reposted.txt",
    aggregator_that_translates: "aggregator-translated.txt",
    portal_with_player_and_profiles: "portal-player.txt",
    german_page_with_agencies: "german-agency.txt",
    russian_page: "russian.txt",
    arabic_page: "arabic.txt",
    chinese_page: "chinese.txt",
    wall_below_a_beginning: "wall.txt",
    consent_wall: "notice.txt",
    markup: "page.html.txt",
}

#[test]
fn mojibake_of_any_codepage_is_mended_and_sound_text_left_alone() {
    let check = |broken: &str, meant: &str| assert_eq!(mend(broken), meant);
    check("We canโ€™t go", "We can’t go");
    check("the cafÃ© was â€œfullâ€\u{9d}", "the café was “full”");
    check("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир");
    let greek = "Και ο δήμαρχος και ο λιμενάρχης είπαν ότι ο μόλος άντεξε";
    let (broken, _) = encoding_rs::WINDOWS_1253.decode_without_bom_handling(greek.as_bytes());
    check(&broken, greek);
    for sound in [
        "Don’t go",
        "café “full”",
        "Привет, мир",
        "โรงเรียนของเราอยู่ที่นี่",
        "Ένα λιμάνι",
        "Ça m’est égal — n’est-ce pas ?",
        "港口",
        "C’était l’échantillon qu’à l’évêché l’on n’avait pas d’êtres à s’ôter",
        "L’École d’État — l’Élysée",
        "l’è, dell’età, c’è",
    ] {
        check(sound, sound);
    }
}

#[test]
fn encodings_are_found_with_and_without_a_declaration() {
    let check = |bytes: &[u8], markup: bool, wanted: &str| {
        assert!(decode(bytes, None, markup).text.contains(wanted), "{wanted}");
    };
    let (cyrillic, _, _) =
        encoding_rs::WINDOWS_1251.encode("Совет порта проголосовал за то, чтобы порт работал всю зиму без перерыва");
    check(&cyrillic, false, "проголосовал");
    let page = [b"<meta charset=\"windows-1251\"><p>".as_slice(), &cyrillic].concat();
    check(&page, true, "проголосовал");
    let (japanese, _, _) =
        encoding_rs::SHIFT_JIS.encode("港の議会は冬のあいだも港を開けておくことを決めたと、議長が記者団に語った。");
    check(&japanese, false, "議会は冬");
    let utf16: Vec<u8> = "The port stays open".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, false, "stays open");
    // Valid UTF-8 beats what the page says of itself.
    check("<meta charset=\"iso-8859-1\"><p>café</p>".as_bytes(), true, "café");
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    for bytes in [Vec::new(), (0..=255u8).cycle().take(4_000).collect()] {
        let article = read(Format::Plain, &bytes);
        assert!(article.text.is_empty());
        assert_eq!(article.problems.len(), 1);
        assert!(!article.problems[0].remedy.is_empty());
    }
    let article = read(Format::Plain, b"The caf\xc3\xa9, the caf\xc3\xa9, the caf\xc3\xa9 \xff");
    assert!(article.text.contains("café"));
}

#[test]
fn an_article_of_one_word_is_an_article() {
    assert_eq!(plain("Yes.").text.as_str(), "Yes.");
}

#[test]
fn markup_nested_without_end_is_read_all_the_same() {
    for open in ["<div>", "<span>", "<b><i><a href=x>", "<ul><li>", "<p><table><tr><td>"] {
        let page = format!("<html><body>{}<p>The port stays open.", open.repeat(100_000));
        let article = read(Format::Html, page.as_bytes());
        assert!(article.text.contains("The port stays open."), "{open}");
        assert!(!article.problems.is_empty(), "{open}");
    }
}

#[test]
fn markup_at_the_depth_limit_is_no_problem_and_one_deeper_is() {
    let nested =
        |depth: usize| format!("{}<p>The port stays open.</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    assert!(read(Format::Html, nested(MARKUP_DEPTH).as_bytes()).problems.is_empty());
    assert!(!read(Format::Html, nested(MARKUP_DEPTH + 1).as_bytes()).problems.is_empty());
}

#[test]
fn one_endless_line_and_a_page_too_large_are_cut() {
    let article = plain(&"port ".repeat(ARTICLE_BYTES / 4));
    assert!(article.text.len() <= ARTICLE_BYTES && article.text.len() > ARTICLE_BYTES / 2);
    assert!(article.problems.iter().any(|problem| problem.message.contains("very long")));
    let article = read(Format::Plain, "The port stays open.\n".repeat(PAGE_BYTES / 20).as_bytes());
    assert!(article.problems.iter().any(|problem| problem.message.contains("large")));
}

#[test]
fn what_does_not_show_is_harmless() {
    let article =
        plain("The \u{202E}port\u{202C} stays\u{200B} open for the winter, the coun\u{AD}cil said.\u{0}\u{7}");
    assert!(article.text.contains("\u{202E}port\u{202C}"), "direction marks stay");
    assert!(article.text.contains("council"), "soft hyphens go");
    assert!(!article.text.contains('\u{7}'));
}

#[test]
fn marks_without_a_letter_are_no_words() {
    for line in ["\u{301}", "\u{64e}\u{651} Ann Lee", "By \u{301}", "\u{fe00} \u{301} 2025"] {
        assert_eq!(plain(&format!("{line}\n\nThe bridge was closed on Monday for repairs.")).problems, []);
    }
}

#[test]
fn no_page_speaks_in_another_outlets_name() {
    let from = |url: &str, said: &str, site: &str| {
        let html = format!(
            "<html><head><title>Ferry back</title><link rel=canonical href=\"{said}\"><meta property=og:site_name content=\"{site}\">\
             </head><body><article><p>The ferry is back at its pier after two weeks, the harbour office of Aldermoor said on \
             Monday.</p><p>Its captain thanked everybody who had helped, and the town.</p></article></body></html>"
        );
        let page = Page {
            id: ArticleId(url.to_owned()),
            url: Some(url.to_owned()),
            format: Format::Html,
            charset: None,
            bytes: html.into_bytes(),
        };
        let article = extract::article(&page, almanac());
        let outlet = article.outlet.unwrap_or_default();
        (article.url.unwrap_or_default(), outlet.domain.unwrap_or_default(), outlet.country)
    };
    let own = "https://www.paper.example/ferry";
    let of = |domain: &str| domain.to_owned();
    assert_eq!(from("https://m.paper.example/ferry?x=1", own, "The Paper"), (of(own), of("paper.example"), None));
    let thief = "https://thief.example/copy";
    assert_eq!(
        from(thief, "https://www.reuters.com/world/ferry-back", "Reuters"),
        (of(thief), of("thief.example"), None)
    );
    let (_, domain, country) = from("https://edition.cnn.com/ferry", "https://www.cnn.com/ferry", "CNN");
    assert_eq!((domain.as_str(), country.as_deref()), ("cnn.com", Some("US")), "two hosts of one outlet");
    assert_eq!(from("https://notpaper.example/a", own, "The Paper").1, "notpaper.example", "no part of a label");
}

#[test]
fn a_document_is_taken_verbatim_and_its_source_looked_up() {
    let document = Document {
        text: "  Advertisement\n\nThe port stays open. ".to_owned(),
        source: Some("bbc.co.uk".to_owned()),
        date: Some("2031-02-18T05:19:00+01:00".to_owned()),
        ..Document::default()
    };
    let article = extract::document(document, almanac());
    assert_eq!(article.text.as_str(), "  Advertisement\n\nThe port stays open. ");
    assert_eq!(article.published.unwrap().to_string(), "2031-02-18T05:19:00+01:00");
    let outlet = article.outlet.unwrap();
    assert_eq!((outlet.name.as_deref(), outlet.country.as_deref()), (Some("BBC"), Some("GB")));
}

#[test]
fn a_documents_country_is_believed_where_nothing_else_is_known() {
    let country = |source: &str, country: &str| {
        let (source, country) = (Some(source.to_owned()), Some(country.to_owned()));
        let document = Document { text: "The port stays open.".to_owned(), source, country, ..Document::default() };
        extract::document(document, almanac()).outlet.unwrap().country
    };
    assert_eq!(country("The Port Gazette", "nz").as_deref(), Some("NZ"));
    assert_eq!(country("The Port Gazette", "<b>"), None, "no such country");
    assert_eq!(country("bbc.co.uk", "FR").as_deref(), Some("GB"), "what the almanac knows goes first");
}

#[test]
fn a_full_text_above_a_wall_is_full() {
    let paragraph = "The harbour council voted to keep the port open through the winter, its speaker said after a long night of talks.\n\n";
    let article = plain(&format!(
        "Port stays open\n\n{}Sign in to continue\n",
        paragraph.replace("speaker", "speaker, who has led it,")
    ));
    assert_eq!(article.access, Access::Excerpt);
    let long: String = (0..20).map(|n| format!("{n} boats left. {paragraph}")).collect();
    assert_eq!(plain(&format!("Port stays open\n\n{long}Sign in to continue\n")).access, Access::Full);
}

#[test]
fn sorts_of_texts_are_told() {
    for case in include_str!("../golden/extract/kinds.txt").split("\n=== ").skip(1) {
        let (head, rest) = case.split_once('\n').expect("a headline");
        let (title, text) = rest.split_once('\n').expect("a text");
        let [expected, url, label] = head.split(" | ").collect::<Vec<_>>()[..] else { panic!("three parts: {head}") };
        let section = if label == "-" { String::new() } else { format!("<p class=\"kicker\">{label}</p>") };
        let lines: String = text.lines().map(|line| format!("<p>{line}</p>")).collect();
        let html = format!(
            "<html><head><title>{title}</title></head><body>{section}<h1>{title}</h1><article>{lines}</article></body></html>"
        );
        let page = Page {
            id: ArticleId("page".to_owned()),
            url: (url != "-").then(|| url.to_owned()),
            format: Format::Html,
            charset: Some("utf-8".to_owned()),
            bytes: html.into_bytes(),
        };
        assert_eq!(extract::article(&page, almanac()).kind.word(), expected, "{title}");
    }
}
