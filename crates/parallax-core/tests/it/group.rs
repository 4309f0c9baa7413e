//! Grouping: which articles make one story, and whose text is a copy.

use parallax_almanac::almanac;
use parallax_core::group::{Grouper, Reading};
use parallax_core::likeness::content::Content;
use parallax_core::likeness::course::Course;
use parallax_core::limits::{COURSE_STEPS, GROUP_ORIGINALS};
use parallax_core::model::{Annotations, Article, ArticleId, ArticleKind, Derivation, Moment, Outlet, Placement, Text};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An article of the golden stream, and the story it belongs to.
struct Case {
    story: String,
    article: Article,
}

fn stream() -> Vec<Case> {
    let golden = include_str!("../golden/group/stream.txt");
    let cases = golden.split("=== ").skip(1).enumerate().map(|(number, case)| {
        let mut lines = case.lines();
        let head: Vec<_> = lines.next().unwrap_or("").split(' ').collect();
        let title = lines.next().map(str::to_owned);
        let text = lines.collect::<Vec<_>>().join(" ");
        let article = Article {
            id: ArticleId(format!("{number}")),
            title,
            text: Text::new(text),
            language: Some(head[1].to_owned()),
            published: head[2].parse().ok().map(Moment::Day),
            ..Article::default()
        };
        Case { story: head[0].to_owned(), article }
    });
    cases.collect()
}

fn place(grouper: &mut Grouper, article: &Article) -> Placement {
    let annotations = Annotations { language: article.language.clone(), ..Annotations::default() };
    grouper.place(article, &annotations, almanac())
}

fn place_all(articles: &[Article]) -> Vec<Placement> {
    let mut grouper = Grouper::new();
    articles.iter().map(|article| place(&mut grouper, article)).collect()
}

#[test]
fn articles_of_one_happening_are_one_story_in_any_language() {
    let cases = stream();
    let articles: Vec<_> = cases.iter().map(|case| case.article.clone()).collect();
    let mut founders = BTreeMap::new();
    for (case, placement) in cases.iter().zip(place_all(&articles)) {
        let founder = founders.entry(case.story.clone()).or_insert_with(|| case.article.id.0.clone());
        let title = case.article.title.as_deref().unwrap_or("");
        assert_eq!(placement.story.to_string(), *founder, "{} of story {}: {:?}", title, case.story, placement.because);
    }
}

#[test]
fn a_listing_joins_no_story_and_none_joins_it() {
    let articles: Vec<_> = stream().into_iter().map(|case| case.article).collect();
    let listing = Article { id: ArticleId("front".into()), kind: ArticleKind::Listing, ..articles[0].clone() };
    let again = Article { id: ArticleId("again".into()), ..articles[0].clone() };
    let placed = place_all(&[listing.clone(), articles[0].clone(), listing, again]);
    let stories: Vec<_> = placed.iter().map(|p| p.story.to_string()).collect();
    assert_eq!(stories, ["front", "0", "front", "0"]);
    assert!(placed[0].because[0].reason.contains("listing"), "{:?}", placed[0].because);
}

#[test]
fn every_placement_says_why() {
    let articles: Vec<_> = stream().into_iter().map(|case| case.article).collect();
    let placements = place_all(&articles);
    assert!(placements.iter().all(|placement| !placement.because.is_empty()));
    let joined = &placements[2].because;
    assert!(joined.iter().any(|reason| reason.reason.contains("Marisola")), "{joined:?}");
}

#[test]
fn copies_under_other_names_join_as_verbatim() {
    let original = stream().remove(0).article;
    let copies = (0..3 * GROUP_ORIGINALS).map(|n| Article { id: ArticleId(format!("copy {n}")), ..original.clone() });
    let articles: Vec<_> = std::iter::once(original.clone()).chain(copies).collect();
    for placement in place_all(&articles).into_iter().skip(1) {
        assert_eq!(placement.story.to_string(), original.id.0);
        assert_eq!(placement.derivation, Derivation::Verbatim(original.id.clone()));
    }
}

#[test]
fn half_a_text_in_other_company_is_rewritten() {
    let cases = stream();
    let original = &cases[0].article;
    let middle = original.text.floor_char_boundary(original.text.len() / 2);
    let own = "Islanders said the reef should have been marked long ago. A buoy was promised in spring and never laid, the harbour \
               master complained, and the owners of the line have been asked for years to replace their oldest ships.";
    let text = Text::new(format!("{} {own}", &original.text[..middle]));
    let rewritten = Article { id: ArticleId("rewritten".into()), text, ..original.clone() };
    let placement = &place_all(&[original.clone(), rewritten])[1];
    assert_eq!(placement.derivation, Derivation::Rewritten(original.id.clone()));
}

#[test]
fn copies_are_told_from_work_of_ones_own_in_any_language() {
    let listed = |names: &str| names.split(", ").filter(|name| *name != "-").map(str::to_owned).collect::<Vec<_>>();
    let mut grouper = Grouper::new();
    for case in include_str!("../golden/group/copies.txt").split("\n=== ").skip(1) {
        let mut lines = case.lines();
        let head: Vec<_> = lines.next().unwrap_or("").split(" | ").collect();
        let [id, language, outlet, agencies, authors, expected] = head[..] else { panic!("six parts: {head:?}") };
        let article = Article {
            id: ArticleId(id.to_owned()),
            title: lines.next().map(str::to_owned),
            text: Text::new(lines.collect::<Vec<_>>().join(" ")),
            language: Some(language.to_owned()),
            outlet: Some(Outlet { name: Some(outlet.to_owned()), ..Outlet::default() }),
            agencies: listed(agencies),
            authors: listed(authors),
            ..Article::default()
        };
        let placement = place(&mut grouper, &article);
        assert_eq!(placement.story.to_string(), "wire", "{id}: {:?}", placement.because);
        let told = placement.derivation.of().map_or(String::new(), |of| format!(" of {of}"));
        assert_eq!(format!("{}{told}", placement.derivation.word()), expected, "{id}: {:?}", placement.because);
    }
}

#[test]
fn a_course_ends_at_its_limit() {
    let course = |count: usize| {
        let text: String = (0..count).map(|n| format!("{} ", 1_001 + n * 7)).collect();
        Course::of(Content::of(&text, Some("en"), almanac()).terms.iter())
    };
    assert_eq!(course(COURSE_STEPS), course(COURSE_STEPS + 1));
    assert_ne!(course(COURSE_STEPS - 1), course(COURSE_STEPS));
}

#[test]
fn a_story_closes_after_some_days() {
    let first = stream().remove(0).article;
    let month = first.published.map(|m| Moment::Day(m.day().saturating_add(jiff::Span::new().days(30))));
    let late = Article { id: ArticleId("late".into()), published: month, ..first.clone() };
    assert_eq!(place_all(&[first, late])[1].story.to_string(), "late");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_later_article_changes_a_placement(cut in 0usize..9) {
        let articles: Vec<_> = stream().into_iter().map(|case| case.article).collect();
        let cut = cut.min(articles.len());
        prop_assert_eq!(&place_all(&articles[..cut])[..], &place_all(&articles)[..cut]);
    }

    #[test]
    fn any_text_is_placed(title in "\\PC{0,60}", text in "(\\PC|\n){0,400}", language in "(en|zh|ar|xx|)") {
        let language = Some(language).filter(|l| !l.is_empty());
        let id = ArticleId("any".into());
        let article = Article { id, title: Some(title), text: Text::new(text), language, ..Article::default() };
        let placements = place_all(&[article.clone(), article]);
        prop_assert_eq!(placements[0].story.to_string(), "any");
    }
}

/// What a feed says of an article: its headline, and its first words.
fn told_by_feed(article: &Article) -> Article {
    let end = article.text.find(". ").map_or(article.text.len(), |at| at + 1);
    Article { text: Text::new(article.text[..end].to_owned()), ..article.clone() }
}

fn place_again(grouper: &mut Grouper, left: &Placement, article: &Article) -> Option<Placement> {
    let annotations = Annotations { language: article.language.clone(), ..Annotations::default() };
    let reading = Reading::of(article, &annotations, grouper.settings(), almanac());
    grouper.place_again(&left.story, article, reading)
}

/// The golden stream's two first reports of one ferry, and one of a budget.
fn ferry_ferry_budget() -> [Article; 3] {
    let articles: Vec<_> = stream().into_iter().map(|case| case.article).collect();
    [0, 2, 1].map(|n: usize| articles[n].clone())
}

#[test]
fn a_headline_alone_in_its_story_goes_where_its_page_belongs() {
    let [report, other, budget] = ferry_ferry_budget();
    let mut grouper = Grouper::new();
    let vague = Article { title: Some("Latest".into()), text: Text::new("Latest".into()), ..other.clone() };
    let alone = place(&mut grouper, &vague);
    let story = place(&mut grouper, &report).story;
    assert_eq!(alone.story.0, other.id);
    let again = place_again(&mut grouper, &alone, &other).expect("placed anew");
    assert_eq!((&again.story, &again.derivation), (&story, &Derivation::Original));
    assert_eq!(place_again(&mut grouper, &alone, &other), None, "its story is no more");
    // Alone, and with nowhere to go, it founds its story again; as a listing it is out of every story.
    let headline = place(&mut grouper, &told_by_feed(&budget));
    assert_eq!(place_again(&mut grouper, &headline, &budget).expect("placed").story.0, budget.id);
    let stories = grouper.holds().stories;
    let listing = Article { kind: ArticleKind::Listing, ..budget };
    assert_eq!(place_again(&mut grouper, &headline, &listing).expect("placed").story, headline.story);
    assert_eq!(grouper.holds().stories, stories - 1);
}

#[test]
fn a_member_that_came_by_its_headline_is_placed_by_its_page() {
    let [report, other, budget] = ferry_ferry_budget();
    let mut grouper = Grouper::new();
    let story = place(&mut grouper, &report).story;
    // Its headline is of the ferry, its page of something else.
    let misled = Article { id: budget.id.clone(), ..told_by_feed(&report) };
    let headline = place(&mut grouper, &misled);
    assert_eq!(headline.story, story);
    assert_eq!(place_again(&mut grouper, &headline, &budget).expect("placed").story.0, budget.id);
    // Its page is what others wrote, which its headline did not show.
    let headline = place(&mut grouper, &told_by_feed(&other));
    assert_eq!((&headline.story, &headline.derivation), (&story, &Derivation::Original));
    let copy = Article { id: other.id.clone(), ..report.clone() };
    let again = place_again(&mut grouper, &headline, &copy).expect("placed");
    assert_eq!((&again.story, &again.derivation), (&story, &Derivation::Verbatim(report.id)));
}

#[test]
fn what_others_rest_on_keeps_its_place_when_its_page_comes() {
    let [report, other, _] = ferry_ferry_budget();
    let mut grouper = Grouper::new();
    let founder = place(&mut grouper, &told_by_feed(&report));
    assert_eq!(place(&mut grouper, &other).story, founder.story);
    // Whose words it has is known by its page, and copies of its page are known from then on.
    let again = place_again(&mut grouper, &founder, &report).expect("placed");
    assert_eq!((&again.story, &again.derivation), (&founder.story, &Derivation::Original));
    let copy = place(&mut grouper, &Article { id: ArticleId("copy".into()), ..report.clone() });
    assert_eq!(copy.derivation, Derivation::Verbatim(report.id.clone()));
    let same = Article { id: report.id.clone(), ..other.clone() };
    assert_eq!(place_again(&mut grouper, &founder, &same), None, "others have its words");

    let mut grouper = Grouper::new();
    let founder = place(&mut grouper, &told_by_feed(&report));
    place(&mut grouper, &other);
    let same = Article { id: report.id, ..other.clone() };
    let again = place_again(&mut grouper, &founder, &same).expect("placed");
    assert_eq!((&again.story, &again.derivation), (&founder.story, &Derivation::Verbatim(other.id)));
}
