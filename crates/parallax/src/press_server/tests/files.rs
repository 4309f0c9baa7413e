//! The press's own files: all are read, and a mistake in them names its place.

use super::{PRESS, at, revisions};
use crate::press_server::template::Template;
use crate::press_server::{article, outlet};

#[test]
fn all_files_are_read() {
    let articles: usize = PRESS.desks.iter().map(|desk| desk.articles.len()).sum();
    assert!(PRESS.desks.len() >= 12 && articles >= 90, "{articles} articles of {} outlets", PRESS.desks.len());
    assert_eq!(PRESS.feeds().len(), PRESS.desks.len());
    assert!(revisions().count() > articles, "some are revised");
    assert_eq!(PRESS.first_day(), at("2026-03-02T00:00:00Z"));
    assert!(PRESS.last_change() > at("2026-03-05T12:00:00Z") && PRESS.last_change() < at("2026-03-06T00:00:00Z"));
}

#[test]
fn a_mistake_names_file_and_line() {
    const HEAD: &str = "=== /a\npublished: 2026-03-02T01:20:00-03:00\nsection: S\ntitle: T\nsummary: U\n\
                        gold-story: alone\ngold-kind: report\ngold-access: full\n";
    fn check(more: &str, expected: &str) {
        let text: &'static str = Box::leak(format!("{HEAD}{more}").into_boxed_str());
        let mistake = article::articles("articles/x.txt", text).expect_err(expected);
        assert_eq!(mistake.to_string(), expected);
    }
    check("titel: T\n\nText.", "articles/x.txt:9: unknown header \"titel\"");
    check("title: T\n\nText.", "articles/x.txt:9: title stands twice");
    check("garble: latin-99\n\nText.", "articles/x.txt:1: \"latin-99\" is no encoding");
    check("\n", "articles/x.txt:1: there is no text");
    check("\n* /b no title\n", "articles/x.txt:10: a link is written * /path | title");
    check("\nText.\n--- 2026-03-02T01:20:00-03:00\nText.", "articles/x.txt:11: older than the revision before it");
    check("\nText.\n\n--- Monday\nText.", "articles/x.txt:12: \"Monday\" is no time like 2026-03-02T07:40:00+01:00");
    check("\nText.\n\n=== b\n", "articles/x.txt:12: \"b\" is no path: it begins with a slash");
    check("\nText.\n\n=== /b\n", "articles/x.txt:12: no published");
    let twice: &'static str = Box::leak(format!("{HEAD}\nText.\n\n{HEAD}\nText.\n").into_boxed_str());
    let mistake = article::articles("articles/x.txt", twice).expect_err("one address for two articles");
    assert_eq!(mistake.to_string(), "articles/x.txt:12: /a stands twice");

    let outlets = "[[outlet]]\nid = \"a\"\nname = \"A\"\ncountry = \"GB\"\nlanguage = \"en\"\ndomain = \"a.org\"\n";
    let mistake = format!("{:#}", outlet::outlets("outlets.toml", outlets).expect_err("a real domain"));
    assert!(
        mistake.contains("outlets.toml") && mistake.contains("line 6") && mistake.contains("somebody"),
        "{mistake}"
    );

    let template = Template::parse("templates/t.html", "<p>\n{{title}} {{titel}}").expect("it can be cut");
    let filled = template.fill(|name| (name == "title").then(String::new)).expect_err("an unknown place");
    assert_eq!(filled.to_string(), "templates/t.html:2: there is nothing to fill {{titel}} with");
    let open = Template::parse("templates/t.html", "<p>\n\n{{title\n}}").expect_err("it is not closed");
    assert!(open.to_string().starts_with("templates/t.html:3: "), "{open}");
}
