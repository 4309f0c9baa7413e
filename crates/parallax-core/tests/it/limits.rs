//! Limits: what each bound lets through at its edge, and what it leaves out beyond.

use parallax_almanac::almanac;
use parallax_core::group::{Bounds, Grouper, Settings};
use parallax_core::likeness::passages::Prints;
use parallax_core::limits::{
    ARTICLE_BYTES, COMPARED_FIGURES, COMPARED_SEGMENTS, COMPARED_SENTENCES, CURRENT_TAKE, GROUP_CANDIDATES,
    GROUP_CENTRE, GROUP_DAYS, GROUP_FEATURES, GROUP_LISTED, GROUP_STORIES, GROUP_TERMS, GROUP_TEXT_BYTES, GROUP_WORDS,
    MARKUP_TAGS, PRONOUN_FRAMES, SEGMENT_WORDS, TIMELINE_DAY, TOPIC_BYTES,
};
use parallax_core::model::{
    Annotations, Article, ArticleId, Comparison, DateMention, Decimal, Derivation, Document, Figure, Format, Links,
    Moment, Page, Placement, Precision, Sentence, Span, Statement, StatementKind, Take, Text,
};
use parallax_core::{compare, extract, understand};

/// A word that no language has: another for every number.
fn word(number: usize) -> String {
    let letters = |at: usize| [b"bdfgklmnprtvz"[at % 13], b"aeiou"[at / 13 % 5]];
    let syllables = [number, number / 65, number / 4225].map(letters).concat();
    format!("{}x", String::from_utf8(syllables).unwrap())
}

fn words(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// A sentence of eight words that no sentence of another number has.
fn sentence(number: usize) -> String {
    format!("The {}.", words(number * 7..number * 7 + 7))
}

fn read(format: Format, text: &str) -> Article {
    let page = Page { id: ArticleId("page".into()), url: None, format, charset: None, bytes: text.as_bytes().to_vec() };
    extract::article(&page, almanac())
}

/// A report of these sentences, each a paragraph, of which nothing else is known yet.
fn report(outlet: usize, sentences: &[String]) -> (Article, Annotations) {
    let mut annotations = Annotations { language: Some("en".into()), ..Annotations::default() };
    let mut start = 0;
    for (paragraph, sentence) in (0..).zip(sentences) {
        annotations.sentences.push(Sentence { span: Span::new(start, start + sentence.len()), paragraph });
        start += sentence.len() + 1;
    }
    let id = ArticleId(format!("outlet {outlet}"));
    (Article { id, text: Text::new(sentences.join("\n")), ..Article::default() }, annotations)
}

fn compared(reports: &[(Article, Annotations)]) -> Comparison {
    let take = |(article, annotations)| Take { article, annotations, derivation: &Derivation::Original };
    let takes: Vec<_> = reports.iter().map(|(article, annotations)| take((article, annotations))).collect();
    compare::story(&takes, &Links::default(), almanac())
}

fn said(content: Span) -> Statement {
    Statement { kind: StatementKind::Indirect, speaker: None, cue: None, content, fragments: vec![content] }
}

#[test]
fn markup_of_too_many_tags_is_read_as_bare_lines() {
    let page = |tags: usize| format!("<p>The port stays open.</p>{}", "</x>".repeat(tags - 2));
    for (tags, problems) in [(MARKUP_TAGS, 0), (MARKUP_TAGS + 1, 1)] {
        let article = read(Format::Html, &page(tags));
        assert_eq!((article.text.as_str(), article.problems.len()), ("The port stays open.", problems));
    }
}

#[test]
fn a_text_too_long_is_cut_at_a_paragraph() {
    let document = |text: &str| extract::document(Document { text: text.into(), ..Document::default() }, almanac());
    let first = "é".repeat(ARTICLE_BYTES / 2);
    for (text, length, problems) in [
        (first.clone(), ARTICLE_BYTES, 0),
        (format!("{first}\né"), ARTICLE_BYTES, 1),
        (format!("a{first}"), ARTICLE_BYTES - 1, 1),
        (format!("The port.\n{first}"), 9, 1),
    ] {
        let article = document(&text);
        assert_eq!((article.text.len(), article.problems.len()), (length, problems));
        assert!(text.starts_with(article.text.as_str()));
    }
}

/// Of two lines above a text the title is the one that the text is about, as far as it is read for that.
#[test]
fn what_a_text_is_about_is_judged_by_its_beginning() {
    let title = |before: usize| {
        let endless = words(1000..1100).repeat(before / 600 + 1);
        let text = format!(
            "Morning bulletin and reading\nZebra quokka wombat narwhal\n{}.\nZebra quokka wombat narwhal were {}.\n",
            &endless[..before],
            words(2000..2012)
        );
        read(Format::Plain, &text).title.unwrap_or_default()
    };
    assert_eq!(title(TOPIC_BYTES - 200), "Zebra quokka wombat narwhal");
    assert_eq!(title(TOPIC_BYTES), "Morning bulletin and reading");
}

#[test]
fn a_pronoun_is_sought_so_many_sentences_back() {
    let speaker = |between: usize| {
        let weather = "The rain had not stopped since the morning. ".repeat(between);
        let text = format!("Ms. Anna Berg thanked Ms. Maria Holm. {weather}She said the talks would go on.");
        let article = Article { text: Text::new(text), language: Some("en".into()), ..Article::default() };
        let found = understand::annotate(&article, almanac());
        let speaker = found.statements.last().and_then(|s| s.speaker?.entity);
        let name = found.names.iter().find(|n| Some(n.entity) == speaker).map(|n| article.text.slice(n.span));
        name.unwrap_or_default().to_owned()
    };
    assert_eq!(speaker(PRONOUN_FRAMES - 1), "Anna Berg", "the subject of a sentence that near");
    assert_eq!(speaker(PRONOUN_FRAMES), "Maria Holm", "beyond, whoever was named last");
}

#[test]
fn the_first_sentences_of_an_article_are_compared() {
    let shared = |place: usize| {
        let mut long: Vec<String> = (0..place).map(sentence).collect();
        long.push(sentence(900));
        compared(&[report(0, &long), report(1, &[sentence(900)])]).current_take.len()
    };
    assert_eq!(shared(COMPARED_SENTENCES - 1), 1);
    assert_eq!(shared(COMPARED_SENTENCES), 0);
}

#[test]
fn the_current_take_is_short() {
    for sentences in [CURRENT_TAKE, CURRENT_TAKE + 5] {
        let text: Vec<String> = (0..sentences).map(sentence).collect();
        assert_eq!(compared(&[report(0, &text), report(1, &text)]).current_take.len(), CURRENT_TAKE);
    }
}

#[test]
fn the_first_statements_of_an_article_are_aligned() {
    let aligned = |statements: usize| {
        let texts: Vec<String> = (0..statements.div_ceil(2)).map(sentence).collect();
        let (article, mut annotations) = report(0, &texts);
        for sentence in annotations.sentences.clone() {
            let middle = sentence.span.start + 4 + 4 * 8;
            annotations.statements.push(said(Span { end: middle - 1, ..sentence.span }));
            annotations.statements.push(said(Span { start: middle, ..sentence.span }));
        }
        annotations.statements.truncate(statements);
        compared(&[(article, annotations)]).statements.len()
    };
    assert_eq!(aligned(COMPARED_SEGMENTS), COMPARED_SEGMENTS);
    assert_eq!(aligned(COMPARED_SEGMENTS + 1), COMPARED_SEGMENTS);
}

#[test]
fn the_first_words_of_a_statement_are_aligned() {
    // One article says at length, and then at the end, what the other says in a few words.
    let together = |before: usize| {
        let texts = [format!("{} {}", words(0..before), words(500..512)), words(500..512)];
        let reports = texts.into_iter().enumerate().map(|(outlet, text)| {
            let (article, mut annotations) = report(outlet, &[text]);
            annotations.statements.push(said(annotations.sentences[0].span));
            (article, annotations)
        });
        compared(&reports.collect::<Vec<_>>()).statements.iter().any(|u| u.renderings.len() == 2)
    };
    assert!(together(SEGMENT_WORDS - 12));
    assert!(!together(SEGMENT_WORDS));
}

#[test]
fn the_first_figures_of_a_story_are_aligned() {
    let values = |figures: usize| {
        let (article, mut annotations) = report(0, &[words(0..figures)]);
        let span = |at: usize| Span::new(at * 8, at * 8 + 7);
        // From two on: a word that counts one is an article in some language.
        annotations.figures = (0..figures).map(|at| figure(span(at), at + 2)).collect();
        compared(&[(article, annotations)]).figures.iter().map(|q| q.values.len()).sum::<usize>()
    };
    assert_eq!(values(COMPARED_FIGURES), COMPARED_FIGURES);
    assert_eq!(values(COMPARED_FIGURES + 1), COMPARED_FIGURES);
}

fn figure(span: Span, value: usize) -> Figure {
    let value = value.to_string().parse::<Decimal>().ok();
    Figure {
        span,
        low: value,
        high: value,
        unit: None,
        counted: None,
        qualifier: None,
        as_of: None,
        according_to: None,
    }
}

#[test]
fn the_first_sentences_of_a_day_make_its_timeline() {
    let entries = |dated: usize| {
        let all: Vec<String> = (0..dated).map(sentence).collect();
        let mut reports: Vec<_> = all.chunks(COMPARED_SENTENCES).enumerate().map(|(n, s)| report(n, s)).collect();
        for (_, annotations) in &mut reports {
            let date = |s: &Sentence| DateMention {
                span: Span { end: s.span.start + 3, ..s.span },
                value: "2031-03-04".into(),
                precision: Precision::Day,
            };
            annotations.dates = annotations.sentences.iter().map(date).collect();
        }
        compared(&reports).timeline.len()
    };
    assert_eq!(entries(TIMELINE_DAY), TIMELINE_DAY);
    assert_eq!(entries(TIMELINE_DAY + 1), TIMELINE_DAY);
}

fn news(id: usize, day: i32, text: String) -> Article {
    let published = jiff::civil::date(2031, 1, 1).checked_add(jiff::Span::new().days(day)).map(Moment::Day).ok();
    let language = Some("en".into());
    Article { id: ArticleId(id.to_string()), text: Text::new(text), language, published, ..Article::default() }
}

fn place(grouper: &mut Grouper, article: &Article) -> Placement {
    let annotations = Annotations { language: article.language.clone(), ..Annotations::default() };
    grouper.place(article, &annotations, almanac())
}

/// How near the words of the last of these articles are to its story, in thousandths of what is needed.
fn nearness(grouper: &mut Grouper, articles: &[Article]) -> i32 {
    let placements: Vec<_> = articles.iter().map(|article| place(grouper, article)).collect();
    let because = &placements.last().unwrap().because;
    because.iter().find(|r| r.reason.starts_with("shares")).unwrap_or_else(|| panic!("{because:?}")).weight
}

#[test]
fn grouping_reads_the_beginning_of_a_text() {
    let beginning = words(0..GROUP_TEXT_BYTES / 8);
    assert_eq!(beginning.len() + 1, GROUP_TEXT_BYTES, "the edge is where a word ends");
    let second = |text: String| {
        let mut grouper = Grouper::new();
        place(&mut grouper, &news(0, 0, beginning.clone()));
        place(&mut grouper, &news(1, 0, text))
    };
    let same = second(beginning.clone());
    assert_eq!(second(format!("{beginning} {}", words(5000..9000))), same);
    assert_ne!(second(format!("{} {beginning}", words(5000..9000))), same);
}

#[test]
fn fingerprints_are_of_the_first_words() {
    let prints = |numbers: std::ops::Range<usize>| Prints::of(&words(numbers), GROUP_WORDS);
    assert_eq!(prints(0..GROUP_WORDS), prints(0..GROUP_WORDS + 50));
    assert_ne!(prints(0..GROUP_WORDS - 50), prints(0..GROUP_WORDS));
    // A text of letters has more words than that within the bytes that grouping reads.
    let text = |end: &str| format!("{}{}", "a b c d e f g ".repeat(GROUP_WORDS / 7 + 1), end.repeat(200));
    let [first, second] = [text("h i j "), text("k l m ")];
    assert!(first.len() < GROUP_TEXT_BYTES);
    let mut grouper = Grouper::new();
    let placed = [first, second].map(|text| {
        let title = Some(words(0..30));
        place(&mut grouper, &Article { title, ..news(text.find('k').unwrap_or(0), 0, text) }).derivation
    });
    assert_eq!(placed, [Derivation::Original, Derivation::Verbatim(ArticleId("0".into()))]);
}

#[test]
fn a_profile_keeps_its_heaviest_terms() {
    let heavy = [(); 4].map(|()| words(0..GROUP_TERMS)).join(" ");
    let near = |light: std::ops::Range<usize>| {
        let founder = news(0, 0, format!("{heavy} {}", words(3000..3150)));
        nearness(&mut Grouper::new(), &[founder, news(1, 0, format!("{heavy} {}", words(light)))])
    };
    assert_eq!(near(3000..3150), near(4000..4150), "other light terms change nothing");
}

/// A report told again every month founds a story each time, and all have the same features.
fn monthly(months: usize) -> Vec<Article> {
    let month = |n: usize| news(n, 30 * i32::try_from(n).unwrap(), words(0..60));
    (0..months).map(month).collect()
}

/// Does a copy join the story of that month?
fn joins(months: usize, month: usize) -> bool {
    let mut articles = monthly(months);
    articles.push(Article { id: ArticleId("copy".into()), ..articles[month].clone() });
    let mut grouper = Grouper::new();
    let placements: Vec<_> = articles.iter().map(|article| place(&mut grouper, article)).collect();
    assert!(placements[..months].iter().all(|p| p.derivation == Derivation::Original));
    placements[months].story.to_string() == month.to_string()
}

#[test]
fn a_feature_lists_the_last_stories() {
    assert!(joins(GROUP_LISTED, 0));
    assert!(!joins(GROUP_LISTED + 1, 0));
}

#[test]
fn what_is_over_takes_no_place_among_those_judged() {
    // GROUP_CANDIDATES; the number itself is held in `group/index.rs`.
    let joined = |months: usize| (0..months).filter(|month| joins(months, *month)).count();
    assert_eq!(joined(GROUP_CANDIDATES + 1), GROUP_CANDIDATES + 1);
}

#[test]
fn the_last_reports_tell_what_day_it_is_and_stories_that_are_over_are_closed() {
    let left = |reports: usize, days: i32| {
        let mut grouper = Grouper::new();
        let report = |n: usize| news(n, if n == 0 { 0 } else { days }, words(n * 12..n * 12 + 12));
        (0..reports).for_each(|n| drop(place(&mut grouper, &report(n))));
        grouper.holds().stories
    };
    assert_eq!(left(GROUP_DAYS - 1, 20), GROUP_DAYS - 1, "too few to tell");
    assert_eq!(left(GROUP_DAYS, 20), GROUP_DAYS - 1, "the first is over");
    assert_eq!(left(GROUP_DAYS, 7), GROUP_DAYS, "a report of the seventh day after could still join it");
    // One in ten from far ahead changes nothing.
    let mut grouper = Grouper::new();
    for n in 0..GROUP_DAYS {
        place(&mut grouper, &news(n, if n % 10 == 9 { 9_000 } else { 0 }, words(n * 12..n * 12 + 12)));
    }
    assert_eq!(grouper.holds().stories, GROUP_DAYS);
}

#[test]
fn the_story_quiet_longest_is_closed() {
    assert_eq!(Bounds::default(), Bounds { stories: GROUP_STORIES, features: GROUP_FEATURES });
    let stories = 3;
    let joins = |others: usize| {
        let mut grouper = Grouper::with_limits(Bounds { stories, ..Bounds::default() });
        let other = |n: usize| news(n, 0, words(n * 100..n * 100 + 60));
        (0..=others).for_each(|n| drop(place(&mut grouper, &other(n))));
        assert_eq!(grouper.holds().stories, stories);
        place(&mut grouper, &Article { id: ArticleId("copy".into()), ..other(0) }).story.to_string() == "0"
    };
    assert!(joins(stories - 1));
    assert!(!joins(stories));
}

#[test]
fn how_common_features_are_is_kept_of_so_many() {
    let text = |n: usize| news(n, 0, words(n * 100..n * 100 + 60));
    let held = |features: usize| {
        let mut grouper = Grouper::with_limits(Bounds { features, ..Bounds::default() });
        place(&mut grouper, &text(0));
        grouper.holds().features
    };
    let all = held(GROUP_FEATURES);
    assert_eq!(held(all), all);
    assert!(held(all - 1) < all, "what stood in one article is forgotten");
    assert_eq!(held(1), 0);
    // Placements stay what they were, and memory bounded, however long the stream.
    let mut grouper = Grouper::with_limits(Bounds { features: all * 2, ..Bounds::default() });
    for n in (0..20).flat_map(|n| [n, n]) {
        assert_eq!(place(&mut grouper, &text(n)).story.to_string(), n.to_string());
        assert!(grouper.holds().features <= all * 2);
    }
}

#[test]
fn a_storys_centre_rests_on_its_first_members() {
    let near = |plain: usize, drifting: usize| {
        // Rarities that no stream moves, and no lead: what differs is the centre.
        let mut grouper = Grouper::with(Settings { prior: u32::MAX, lead: 0, ..Settings::default() });
        // The same words in another order each: no copies.
        let turned = |n: usize, of: usize| words((0..of).map(|at| (at * (2 * n + 3) + n) % of));
        let mut articles: Vec<Article> = (0..plain).map(|n| news(n, 0, turned(n, 61))).collect();
        articles.extend((plain..=plain + drifting).map(|n| news(n, 0, turned(n, 89))));
        nearness(&mut grouper, &articles)
    };
    assert!((near(GROUP_CENTRE, 5) - near(GROUP_CENTRE, 0)).abs() <= 2);
    assert!(near(GROUP_CENTRE - 1, 1) - near(GROUP_CENTRE - 1, 0) > 5);
}
