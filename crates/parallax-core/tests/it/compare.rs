//! Stories → their comparison: golden stories in plain text, and what must hold of any story.

use parallax_almanac::almanac;
use parallax_core::limits;
use parallax_core::model::{
    Access, Annotations, Article, ArticleId, ArticleKind, Comparison, Derivation, Document, Evidence, Links, Take,
    TimelineEntry, TimelineStatus, Verdict, Wording,
};
use parallax_core::{compare, extract, resolve, understand};
use std::collections::BTreeSet;

/// A story ready to be compared.
struct Story {
    articles: Vec<Article>,
    annotations: Vec<Annotations>,
    derivations: Vec<Derivation>,
    links: Links,
}

impl Story {
    fn new(articles: Vec<Article>) -> Self {
        let annotations: Vec<_> = articles.iter().map(|a| understand::annotate(a, almanac())).collect();
        let links = resolve::link(&articles.iter().zip(&annotations).collect::<Vec<_>>(), almanac());
        let derivations = vec![Derivation::Original; articles.len()];
        Story { articles, annotations, derivations, links }
    }

    fn of(texts: &[(&str, &str)]) -> Self {
        Story::new(texts.iter().map(|(outlet, text)| article(outlet, text)).collect())
    }

    fn compare(&self) -> Comparison {
        let takes: Vec<Take<'_>> = (0..self.articles.len())
            .map(|i| Take {
                article: &self.articles[i],
                annotations: &self.annotations[i],
                derivation: &self.derivations[i],
            })
            .collect();
        compare::story(&takes, &self.links, almanac())
    }

    fn words(&self, at: Evidence) -> &str {
        self.articles[at.article].text.slice(at.span)
    }

    fn index(&self, outlet: &str) -> usize {
        self.articles.iter().position(|a| a.id.0 == outlet).unwrap_or_else(|| panic!("no outlet {outlet}"))
    }
}

/// An outlet's report; behind the name stand its language, where that is not English, and its day: `Diario [es] 2026-03-05`.
fn article(outlet: &str, text: &str) -> Article {
    let dated = outlet.rsplit_once(' ').filter(|(_, day)| day.starts_with("20"));
    let (outlet, day) = dated.map_or((outlet, None), |(outlet, day)| (outlet, Some(day.to_owned())));
    let (name, lang) = outlet.strip_suffix(']').and_then(|o| o.rsplit_once(" [")).unwrap_or((outlet, "en"));
    let document = Document {
        id: ArticleId(name.to_owned()),
        text: text.to_owned(),
        lang: Some(lang.to_owned()),
        date: day,
        ..Document::default()
    };
    extract::document(document, almanac())
}

#[test]
fn golden_stories() {
    let text = include_str!("../golden/compare/stories.txt");
    let mut failures = Vec::new();
    for story in text.split("\n=== ").skip(1) {
        let (name, story) = story.split_once('\n').unwrap();
        let (reports, expectations) = story.split_once("\n-- ").unwrap();
        let reports: Vec<(&str, &str)> =
            reports.split("\n== ").map(|r| r.trim_start_matches("== ")).filter_map(|r| r.split_once('\n')).collect();
        let reports: Vec<(&str, &str)> = reports.into_iter().map(|(o, t)| (o.trim(), t.trim())).collect();
        let story = Story::of(&reports);
        let comparison = story.compare();
        for expectation in expectations.split("\n-- ") {
            if !found(expectation.trim(), &story, &comparison) {
                failures.push(format!("{name}: {}", expectation.trim()));
            }
        }
    }
    assert!(failures.is_empty(), "not found:\n{}", failures.join("\n"));
}

/// Is what a golden story expects there?
fn found(expectation: &str, story: &Story, comparison: &Comparison) -> bool {
    let (head, rest) = expectation.split_once(':').unwrap();
    let rest = rest.trim();
    let place = |line: &str| {
        let (outlet, words) = line.split_once(':').unwrap();
        (story.index(outlet.trim()), words.trim().to_owned())
    };
    let renders = |u: &parallax_core::model::Utterance, (article, words): &(usize, String)| {
        u.renderings.iter().any(|r| r.at.article == *article && story.words(r.at).contains(words.as_str()))
    };
    if let Some((kind @ ("only" | "shared"), outlet)) = head.split_once(' ') {
        let own = comparison.takes[story.index(outlet)].only_here.as_ref().unwrap();
        let alone = own.iter().any(|s| story.articles[story.index(outlet)].text.slice(*s).contains(rest));
        return alone == (kind == "only");
    }
    if let Some(outlet) = head.strip_prefix("wording ") {
        let article = story.index(outlet);
        let notes = comparison.takes[article].wording.iter();
        return notes.map(|n| story.articles[article].text.slice(n.span)).any(|words| words.contains(rest));
    }
    if let Some(separate) = head.strip_prefix("common ") {
        let separate: u32 = separate.parse().unwrap();
        return comparison
            .current_take
            .iter()
            .any(|s| s.separate == separate && story.words(s.sentence).contains(rest));
    }
    if let Some(verdict) = head.strip_suffix("figure").map_or_else(|| head.strip_prefix("figure "), |_| Some("")) {
        let (a, b) = rest.split_once(" | ").unwrap();
        let given = |q: &parallax_core::model::Quantity, words: &str| {
            q.values.iter().any(|v| story.words(v.at).contains(words) || words.contains(story.words(v.at)))
        };
        let of_both = comparison.figures.iter().find(|q| given(q, a) && given(q, b));
        return of_both.map_or("", |q| q.verdict.word()) == verdict;
    }
    if head == "leads" {
        return comparison.current_take.first().is_some_and(|first| story.words(first.sentence).contains(rest));
    }
    if let Some(day) = head.strip_prefix("on ") {
        let (day, status) = day.split_once(' ').map_or((day, None), |(day, status)| (day, Some(status)));
        let told = |entry: &&TimelineEntry, words: &str| entry.evidence.iter().any(|e| story.words(*e).contains(words));
        let mut of_day = comparison
            .timeline
            .iter()
            .filter(|entry| entry.when == day && status.is_none_or(|status| entry.status.word() == status));
        return of_day.any(|entry| rest.split(" | ").all(|words| told(&entry, words)));
    }
    if head == "apart" {
        let (a, b) = rest.split_once(" | ").unwrap();
        let (a, b) = (place(a), place(b));
        return !comparison.statements.iter().any(|u| renders(u, &a) && renders(u, &b));
    }
    let mut lines = rest.lines();
    let speaker = lines.next().unwrap();
    let places: Vec<_> = lines.map(place).collect();
    comparison.statements.iter().any(|u| {
        let canonical = u.speaker.map(|s| story.links.entities[s.0 as usize].canonical.as_str());
        u.wording.word() == head && canonical == Some(speaker) && places.iter().all(|p| renders(u, p))
    })
}

const FERRY: &[(&str, &str)] = &[
    (
        "Harbour Post",
        "The ferry company Nordlys will cut its fares by a third from May, its director Dora Quill said on Monday.\n\"Nobody will lose a job over this,\" Quill said.\nThe harbour master retired in March after forty years at sea.",
    ),
    (
        "Valley Times",
        "Fares on the Nordlys ferries fall by a third in May, director Dora Quill announced on Monday.\nQuill said that nobody would lose a job over this.\nA petition with nine thousand signatures had been handed to parliament.",
    ),
];

/// Copying one article ten times under other names leaves what was counted unchanged.
#[test]
fn copies_count_once() {
    let plain = Story::of(FERRY).compare();
    let mut articles: Vec<Article> = FERRY.iter().map(|(o, t)| article(o, t)).collect();
    articles.extend((0..10).map(|i| article(&format!("Copy {i}"), FERRY[0].1)));
    let mut story = Story::new(articles);
    for derivation in &mut story.derivations[2..] {
        *derivation = Derivation::Verbatim(ArticleId("Harbour Post".to_owned()));
    }
    let copied = story.compare();
    let counts = |c: &Comparison| c.current_take.iter().map(|s| (s.separate, s.voices.len())).collect::<Vec<_>>();
    assert!(!plain.current_take.is_empty());
    assert_eq!(counts(&plain), counts(&copied));
}

/// Opinion has its own shelf and no vote.
#[test]
fn opinion_does_not_count() {
    let mut story = Story::of(FERRY);
    assert!(!story.compare().current_take.is_empty());
    story.articles[1].kind = ArticleKind::Opinion;
    assert!(story.compare().current_take.is_empty());
}

/// Nothing is "only here", and nothing is left out, beside an article that was not read in full.
#[test]
fn an_excerpt_leaves_nothing_out() {
    let mut story = Story::of(FERRY);
    assert!(story.compare().takes.iter().all(|t| t.only_here.is_some() && t.leaves_out.is_some()));
    story.articles[1].access = Access::Excerpt;
    let takes = story.compare().takes;
    assert!(takes.iter().all(|t| t.only_here.is_none()));
    assert!(takes[0].leaves_out.is_some() && takes[1].leaves_out.is_none());
}

/// One article is a story, too: it has its statements, and nothing is common or its own.
#[test]
fn one_article_alone() {
    let comparison = Story::of(&FERRY[..1]).compare();
    assert!(comparison.current_take.is_empty());
    assert_eq!(comparison.takes[0].only_here.as_deref(), Some(&[][..]));
    assert!(!comparison.statements.is_empty());
    assert!(comparison.statements.iter().all(|u| u.wording == Wording::Single));
}

const UNRELATED: &[(&str, &str)] = &[
    (
        "A",
        "The river Ems burst its banks near Lathen on Sunday. \"The water came in the night and took the cattle,\" farmer Hinrich Voss said.",
    ),
    (
        "B",
        "A court in Lima fined the airline Condorsur for late flights. \"Passengers have rights and airlines have duties,\" judge Rosa Paredes said.",
    ),
    (
        "C",
        "The singer Mona Lind won the golden harp at the Turku festival. \"I sang for my grandmother, who taught me the songs,\" Lind said.",
    ),
    (
        "D",
        "Engineers found cracks in the dome of the old observatory. \"The telescope must be taken down before winter,\" director Ravi Menon said.",
    ),
    (
        "E",
        "Potato prices doubled in Antrim after the blight. \"We will plant barley instead next spring,\" grower Sean Toal said.",
    ),
];

/// Unrelated articles claim no difference and share no utterance.
#[test]
fn unrelated_articles_have_nothing_in_common() {
    let comparison = Story::of(UNRELATED).compare();
    assert!(comparison.statements.iter().all(|u| u.wording == Wording::Single));
    assert!(comparison.current_take.is_empty());
    assert!(comparison.statements.len() >= 4, "the statements are found, so that this test can fail");
}

/// No sentence is both common and only-here, and the same story gives the same comparison.
#[test]
fn common_or_only_here_never_both() {
    let text = include_str!("../golden/compare/stories.txt");
    for story in text.split("\n=== ").skip(1) {
        let reports = story.split("\n-- ").next().unwrap();
        let reports: Vec<(&str, &str)> = reports.split("\n== ").skip(1).filter_map(|r| r.split_once('\n')).collect();
        let story = Story::of(&reports);
        let comparison = story.compare();
        let common: BTreeSet<Evidence> = comparison.current_take.iter().flat_map(|s| s.evidence.clone()).collect();
        for (article, take) in comparison.takes.iter().enumerate() {
            for span in take.only_here.iter().flatten() {
                assert!(!common.contains(&Evidence { article, span: *span }));
            }
        }
        assert_eq!(comparison, story.compare());
    }
}

/// A story with more takes than are compared is compared by its originals, and says that it was not compared in full.
#[test]
fn a_story_of_many_takes_is_bounded() {
    let text =
        "The mayor spoke for an hour. \"The town is broke and the bridge must wait,\" Mayor Lena Orth said on Monday.";
    let many = limits::COMPARED_TAKES + 1;
    let articles: Vec<Article> = (0..many).map(|i| article(&format!("Outlet {i}"), text)).collect();
    let mut story = Story::new(articles);
    story.derivations[0] = Derivation::Verbatim(ArticleId("Outlet 1".to_owned()));
    let comparison = story.compare();
    assert_eq!(comparison.takes.len(), many);
    assert!(comparison.takes.iter().all(|t| t.only_here.is_none()));
    assert!(comparison.current_take.iter().all(|s| s.evidence.iter().all(|e| e.article != 0)));
    assert_eq!(comparison.problems.len(), 1);
}

/// An article of a day.
fn dated(outlet: &str, day: &str, lang: &str, text: &str) -> Article {
    let document = Document {
        id: ArticleId(outlet.to_owned()),
        text: text.to_owned(),
        lang: Some(lang.to_owned()),
        date: Some(day.to_owned()),
        ..Document::default()
    };
    extract::document(document, almanac())
}

/// What was announced and came about is told by who writes later, of the same day and people.
#[test]
fn a_plan_that_came_about() {
    let plan = "The museum of Brevik is to reopen on Thursday, its director Dora Quill said.";
    let check = |day: &str, later: &str, status: TimelineStatus| {
        let articles = vec![dated("Harbour Post", "2026-03-02", "en", plan), dated("Other", day, "en", later)];
        let timeline = Story::new(articles).compare().timeline;
        let entry = timeline.iter().find(|t| t.evidence.iter().any(|e| e.article == 0)).expect("the plan");
        assert_eq!((entry.status, entry.when.as_str()), (status, "2026-03-05"), "{later}: {timeline:#?}");
        let settled = entry.settled_by.map(|at| entry.evidence[at].article);
        assert_eq!(settled, (status == TimelineStatus::Happened).then_some(1), "{timeline:#?}");
    };
    let opened = "The museum of Brevik reopened on Thursday and Dora Quill, its director, cut the ribbon.";
    check("2026-03-05", opened, TimelineStatus::Happened);
    check(
        "2026-03-06",
        "Rain fell on the islands on Thursday, and the ferries stayed in port.",
        TimelineStatus::Planned,
    );
}

/// Little of a short quotation is seen across languages: the one that is nearest, both ways, is its translation.
#[test]
fn a_quotation_and_its_translations() {
    let english = "“The water is deep, but the bucket is small,” Dora Quill said in Brevik. “Our children drink it every morning,” Quill added.";
    let german = "«Das Wasser ist tief, aber der Eimer ist klein», sagte Dora Quill in Brevik. «Wir haben den Präsidenten gefragt», fügte Quill hinzu.";
    let articles = vec![dated("Harbour Post", "2026-03-02", "en", english), dated("Bote", "2026-03-02", "de", german)];
    let story = Story::new(articles);
    let told = |words: &str| {
        let statements = story.compare().statements;
        let holds = |r: &Evidence| story.words(*r).contains(words);
        let found = statements.into_iter().find(|u| u.renderings.iter().any(|r| holds(&r.at))).expect("it is found");
        found.renderings.iter().map(|r| r.at.article).collect::<BTreeSet<_>>()
    };
    assert_eq!(told("The water is deep"), BTreeSet::from([0, 1]));
    assert_eq!(told("Our children"), BTreeSet::from([0]), "nothing in German is like it");
    assert_eq!(told("den Präsidenten"), BTreeSet::from([1]), "nothing in English is like it");
}

/// A higher number of dead in a later report is a later count, by the hour; a lower one, or another at the same time, is a conflict.
#[test]
fn a_toll_that_rises() {
    let check = |first: (&str, u32), second: (&str, u32), verdict: Verdict| {
        let text =
            |dead: u32| format!("The fire at the mill in Ostvik killed {dead} people, the mayor Karl Brandt said.");
        let articles =
            vec![dated("Harbour Post", first.0, "en", &text(first.1)), dated("Other", second.0, "en", &text(second.1))];
        let figures = Story::new(articles).compare().figures;
        let toll = figures.iter().find(|q| q.values.len() == 2).expect("one toll");
        assert_eq!(toll.verdict, verdict, "{first:?} {second:?}: {figures:#?}");
    };
    let (morning, evening) = ("2026-03-04T08:00:00+01:00", "2026-03-04T19:00:00+01:00");
    check((morning, 19), (evening, 23), Verdict::Changed);
    check((morning, 23), (evening, 19), Verdict::Conflict);
    check((morning, 19), ("2026-03-04T08:30:00+01:00", 23), Verdict::Conflict);
    check((morning, 19), ("2026-03-05T08:00:00+01:00", 23), Verdict::Changed);
}

/// What was announced and did not come about is told by another report, in other words or another language; a visit that took
/// place is not undone by a sentence that denies something else.
#[test]
fn a_plan_that_came_to_nothing() {
    let plan =
        "Finance minister Ines Morel will travel to Ostvik on 12 June to open the new ferry pier, her office said.";
    let check = |lang: &str, later: &str, status: TimelineStatus| {
        let articles = vec![dated("Harbour Post", "2026-06-10", "en", plan), dated("Other", "2026-06-12", lang, later)];
        let story = Story::new(articles);
        let timeline = story.compare().timeline;
        let entry = timeline.iter().find(|t| t.evidence.iter().any(|e| e.article == 0)).expect("the plan");
        assert_eq!(entry.status, status, "{later}: {timeline:#?}");
    };
    check("en", "Ines Morel did not appear in Ostvik on 12 June; nobody said why.", TimelineStatus::DidNotHappen);
    check("es", "Ines Morel no acudió a Ostvik el 12 de junio, como había anunciado.", TimelineStatus::DidNotHappen);
    check("de", "Ines Morel kam nicht nach Ostvik, wie am 12. Juni geplant.", TimelineStatus::DidNotHappen);
    check("en", "The weather over the islands was fine on 12 June and nobody complained.", TimelineStatus::Planned);
}
