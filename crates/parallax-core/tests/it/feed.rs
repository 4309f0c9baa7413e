//! Feeds: every dialect, broken ones too.

use parallax_core::feed::{Feed, offered, parse, parse_opml};
use parallax_core::limits::{FEEDS_OFFERED, OPML_OUTLINES};

fn feed(text: &str) -> Feed {
    parse(text.as_bytes()).unwrap_or_else(|problem| panic!("{}", problem.message))
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().filter_map(|entry| entry.title.as_deref()).collect()
}

#[test]
fn rss_gives_its_fields() {
    let feed = feed(
        r#"<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>The Alder Post</title><link>https://alder.example/</link><language>en_GB</language>
        <item><title>Talks &amp;amp; tea</title><link>https://alder.example/1</link><guid isPermaLink="false">post-1</guid>
          <description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long <b>text</b></p>]]></content:encoded>
          <dc:creator>Ada Venn</dc:creator><author>bo@alder.example (Bo Lind)</author><pubDate>Tue, 02 Dec 2025 23:05:00 +0100</pubDate>
          <enclosure url="https://alder.example/1.mp3" type="audio/mpeg" length="123"/></item></channel></rss>"#,
    );
    assert_eq!(feed.title.as_deref(), Some("The Alder Post"));
    assert_eq!(feed.link.as_deref(), Some("https://alder.example/"));
    assert_eq!(feed.language.as_deref(), Some("en-GB"));
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_deref(), Some("Talks & tea"));
    assert_eq!(entry.id.as_deref(), Some("post-1"));
    assert_eq!(entry.url.as_deref(), Some("https://alder.example/1"));
    assert_eq!(entry.summary.as_deref(), Some("<p>Short</p>"));
    assert_eq!(entry.content.as_deref(), Some("<p>Long <b>text</b></p>"));
    assert_eq!(entry.authors, ["Bo Lind", "Ada Venn"]);
    assert_eq!(entry.published.as_deref(), Some("2025-12-02T23:05:00+01:00"));
    assert_eq!(entry.enclosures[0].length, Some(123));
    assert!(feed.problems.is_empty(), "nothing is odd about it");
}

#[test]
fn atom_gives_its_fields() {
    let feed = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://alder.example/news/" xml:lang="de"><title type="text">A < B</title>
        <author><name>Ada Venn</name></author><link rel="self" href="feed.xml"/><link href="/"/>
        <entry><id>urn:1</id><title type="html">Tea &amp;amp; &lt;i&gt;talks&lt;/i&gt;</title><link href="a/1.html"/><link rel="enclosure" href="1.mp3" type="audio/mpeg"/>
          <updated>2025-12-02T22:05:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long</p></div></content></entry></feed>"#,
    );
    assert_eq!(feed.link.as_deref(), Some("https://alder.example/"));
    assert_eq!(feed.language.as_deref(), Some("de"));
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_deref(), Some("Tea & talks"));
    assert_eq!(entry.url.as_deref(), Some("https://alder.example/news/a/1.html"));
    assert_eq!(entry.authors, ["Ada Venn"], "of the feed, where the entry names none");
    assert_eq!(
        (entry.published.as_deref(), entry.updated.as_deref()),
        (None, Some("2025-12-02T22:05:00Z".replace('Z', "+00:00").as_str()))
    );
    assert_eq!(entry.content.as_deref().map(|c| c.contains("<p>Long</p>")), Some(true));
    assert_eq!(entry.enclosures[0].url, "https://alder.example/news/1.mp3");
}

#[test]
fn json_feed_gives_its_fields() {
    let feed = feed(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"Alder","home_page_url":"https://alder.example/","language":"en",
        "items":[{"id":7,"url":"https://alder.example/7","title":"Tea","content_html":"<p onclick='x()'>Long</p>","authors":[{"name":"Ada Venn"}],
        "date_published":"2025-12-02T23:05:00+01:00"}]}"#,
    );
    let entry = &feed.entries[0];
    assert_eq!(entry.id.as_deref(), Some("7"));
    assert_eq!(entry.content.as_deref(), Some("<p>Long</p>"));
    assert_eq!(entry.authors, ["Ada Venn"]);
}

#[test]
fn nothing_after_a_mistake_is_lost() {
    let broken = feed(
        "<rss><channel><title>News & views</title><item><title>One &nbsp; &bogus; 1 < 2</title><description>an <b>open tag</description>\
         <item><title>Two</title></wrong></item><item><title>Three</title><link>https://a.example/?a=1&b=2",
    );
    assert_eq!(titles(&broken), ["One &bogus; 1 < 2", "Two", "Three"]);
    assert_eq!(broken.entries[2].url.as_deref(), Some("https://a.example/?a=1&b=2"));
    assert_eq!(broken.problems.len(), 1, "it says that the feed is broken");
}

#[test]
fn what_is_active_is_dropped() {
    let risky = feed(
        "<rss><channel><item><description><![CDATA[<p style=\"x\" onload=\"run()\">a<script>run()</script><iframe src=\"https://b.example\">b</iframe>\
         <a href=\" java\nscript:run()\">c</a><img src=\"https://b.example/i.png\" alt=\"d\"></p>]]></description></item></channel></rss>",
    );
    let expected = "<p>ab<a>c</a><img src=\"https://b.example/i.png\" alt=\"d\"></p>";
    assert_eq!(risky.entries[0].summary.as_deref(), Some(expected));
}

#[test]
fn encodings_are_found_out() {
    let cyrillic =
        encoding_rs::WINDOWS_1251.encode("<rss><channel><title>Переговоры прошли в столице</title></channel></rss>").0;
    let declared = [b"<?xml version=\"1.0\" encoding=\"windows-1251\"?>".as_slice(), &cyrillic].concat();
    assert_eq!(parse(&declared).unwrap().title.as_deref(), Some("Переговоры прошли в столице"));
    // Valid UTF-8 beats what is declared.
    let wrong = "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><title>Café</title></channel></rss>";
    assert_eq!(feed(wrong).title.as_deref(), Some("Café"));
    let wide: Vec<u8> =
        "<rss><channel><title>Über</title></channel></rss>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(parse(&[b"\xfe\xff".as_slice(), &wide].concat()).unwrap().title.as_deref(), Some("Über"));
}

#[track_caller]
fn check_date(written: &str, expected: Option<&str>) {
    let feed = feed(&format!("<rss><channel><item><pubDate>{written}</pubDate></item></channel></rss>"));
    assert_eq!(feed.entries[0].published.as_deref(), expected, "{written}");
}

#[test]
fn dates_are_as_exact_as_they_were_written() {
    check_date("Thu, 01 Jan 2004 19:48:21 GMT", Some("2004-01-01T19:48:21+00:00"));
    check_date("1 Jan 04 19:48 EST", Some("2004-01-01T19:48:00-05:00"));
    check_date("Thu, 01-Jan-2004 19:48:21 -0330", Some("2004-01-01T19:48:21-03:30"));
    check_date("Sun Jan  4 16:29:06 PST 2004", Some("2004-01-04T16:29:06-08:00"));
    check_date("January 4, 2004", Some("2004-01-04"));
    check_date("2003-12-31T10:14:55.5+05:30", Some("2003-12-31T10:14:55+05:30"));
    check_date("2003-12-31 10:14", Some("2003-12-31T10:14:00"));
    check_date("20031231", Some("2003-12-31"));
    check_date("2003-12-31", Some("2003-12-31"));
    check_date("Tue, 31 Feb 2004 10:00:00 GMT", None);
    check_date("yesterday", None);
}

#[test]
fn what_is_no_feed_says_so() {
    for bytes in [
        &b""[..],
        b"  \n",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0d",
        b"<html><body>Hello</body></html>",
        b"{\"a\": 1}",
        b"{",
        b"plain words",
    ] {
        let problem = parse(bytes).expect_err("no feed");
        assert!(!problem.message.is_empty() && !problem.remedy.is_empty());
    }
}

#[test]
fn hostile_feeds_end() {
    for piece in [
        "<a>",
        "<item>",
        "<",
        "<a ",
        "&",
        "<![CDATA[",
        "<!--",
        "</a>",
        "<a b='",
        "<!ENTITY a \"&a;&a;\">",
        "<x:y xmlns:x='z'>",
    ] {
        let text = format!("<rss><channel><item><title>One</title></item>{}", piece.repeat(300_000 / piece.len()));
        assert_eq!(parse(text.as_bytes()).unwrap().entries[0].title.as_deref(), Some("One"), "{piece}");
    }
}

fn with_items(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>The Alder Post</title>{items}</channel></rss>")
}

#[test]
fn entries_beyond_the_limit_are_left_out() {
    use parallax_core::limits::FEED_ENTRIES;
    for (given, read) in [(FEED_ENTRIES, FEED_ENTRIES), (FEED_ENTRIES + 1, FEED_ENTRIES)] {
        let items: String = (0..given).map(|n| format!("<item><title>{n}</title></item>")).collect();
        assert_eq!(feed(&with_items(&items)).entries.len(), read, "{given} entries given");
    }
}

#[test]
fn what_stands_beyond_the_bytes_is_not_read() {
    use parallax_core::limits::FEED_BYTES;
    let item = "<item><title>First</title></item>";
    for (pad, titles_read) in [(1000, vec!["First", "Last"]), (FEED_BYTES, vec!["First"])] {
        let text = with_items(&format!("{item}{}<item><title>Last</title></item>", " ".repeat(pad)));
        assert_eq!(titles(&feed(&text)), titles_read, "{pad} bytes between");
    }
}

#[test]
fn entities_beyond_the_limit_are_not_declared() {
    use parallax_core::limits::FEED_DECLARATIONS;
    let declared: String = (1..=FEED_DECLARATIONS + 1).map(|n| format!("<!ENTITY e{n}x \"word{n}\">")).collect();
    let items = format!("<item><title>&e{FEED_DECLARATIONS}x; &e{}x;</title></item>", FEED_DECLARATIONS + 1);
    let text = format!("<!DOCTYPE rss [{declared}]>{}", with_items(&items));
    let feed = feed(&text);
    let title = feed.entries[0].title.as_deref().unwrap();
    assert!(title.contains(&format!("word{FEED_DECLARATIONS}")), "{title}");
    assert!(!title.contains(&format!("word{}", FEED_DECLARATIONS + 1)), "{title}");
}

#[test]
fn a_list_of_feeds_gives_each_feed_once() {
    let list = parse_opml(
        br#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
        <outline text="Ports"><outline type="rss" text="The Alder Post" xmlUrl="https://alder.example/feed?a=1&amp;b=2" htmlUrl="https://alder.example/"/>
        <outline text="Again" XMLURL='https://alder.example/feed?a=1&amp;b=2'/></outline>
        <outline title="Nordlicht" text="N" xmlUrl="http://nord.example/rss" category="/news,/country/de" language="de_AT"/>
        <outline text="B" xmlUrl="http://b.example/rss" language="unknown"/>
        <outline text="A file" xmlUrl="file:///etc/passwd"/><outline text="Script" xmlUrl="javascript:alert(1)"/>
        </body></opml>"#,
    )
    .expect("a list");
    let urls: Vec<&str> = list.outlines.iter().map(|o| o.url.as_str()).collect();
    assert_eq!(urls, ["https://alder.example/feed?a=1&b=2", "http://nord.example/rss", "http://b.example/rss"]);
    assert_eq!(list.outlines[0].site.as_deref(), Some("https://alder.example/"));
    assert_eq!(list.outlines[1].title.as_deref(), Some("Nordlicht"));
    assert_eq!(list.outlines[1].country.as_deref(), Some("DE"));
    let languages: Vec<_> = list.outlines.iter().map(|o| o.language.as_deref()).collect();
    assert_eq!(languages, [None, Some("de-AT"), None]);
    assert_eq!(list.problems.len(), 2, "{:?}", list.problems);
    assert!(list.problems.iter().all(|p| p.message.starts_with("line 6: ")), "{:?}", list.problems);
}

#[test]
fn broken_and_hostile_lists_give_what_they_can_or_say_why_not() {
    let urls =
        |text: &str| parse_opml(text.as_bytes()).map(|l| l.outlines.into_iter().map(|o| o.url).collect::<Vec<_>>());
    let broken = "<opml><body><outline text='A' xmlUrl='https://a.example/f'><outline xmlUrl=https://b.example/f";
    assert_eq!(urls(broken).expect("something"), ["https://a.example/f", "https://b.example/f"]);
    for (text, told) in [
        ("", "no OPML"),
        ("<html><body>Please log in</body></html>", "no OPML"),
        ("<rss><channel><title>A</title></channel></rss>", "no OPML"),
        ("<opml><body><outline text='empty'/></body></opml>", "no feed in it"),
        ("\0\u{1}\u{2}PK\u{3}\u{4}", "no"),
    ] {
        let problem = urls(text).expect_err(text);
        assert!(problem.message.contains(told) && !problem.remedy.is_empty(), "{text}: {problem:?}");
    }
    // A billion laughs, and a tower of outlines: read in the time of its length.
    let laughs = "<!DOCTYPE o [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>\
                  <opml><outline xmlUrl='https://a.example/&c;'/></opml>";
    assert!(urls(laughs).expect("read")[0].len() < 100);
    let tower = format!("<opml>{}<outline xmlUrl='https://a.example/f'/>", "<outline text='x'>".repeat(100_000));
    assert!(urls(&tower).expect_err("too deep").message.contains("no feed in it"));
}

#[test]
fn a_list_names_so_many_feeds_and_no_more() {
    let list = |n: usize| {
        let outlines: String = (0..n).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>")).collect();
        parse_opml(format!("<opml><body>{outlines}</body></opml>").as_bytes()).expect("a list")
    };
    let fits = list(OPML_OUTLINES);
    assert_eq!((fits.outlines.len(), fits.problems.len()), (OPML_OUTLINES, 0));
    let more = list(OPML_OUTLINES + 1);
    assert_eq!((more.outlines.len(), more.problems.len()), (OPML_OUTLINES, 1));
}

#[test]
fn a_page_offers_its_feeds() {
    let hrefs = |page: &str| offered(page.as_bytes()).into_iter().map(|f| f.href).collect::<Vec<_>>();
    let page = r#"<!doctype html><html><head><title>A < B</title><!-- <link rel=alternate type="application/rss+xml" href="/old"> -->
        <LINK href='/comments/feed' rel="alternate" type='application/rss+xml' title='Comments'>
        <link rel="stylesheet alternate" type="text/css" href="/night.css"><link rel="alternate" hreflang="de" href="/de/">
        <link rel="alternate" type="application/json" href="/wp-json/1">
        <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="/feed?a=1&amp;b=2" title="News"/></head>
        <body><script>if (a <b) document.write('<links>')</script></body></html>"#;
    assert_eq!(hrefs(page), ["/feed?a=1&b=2", "/comments/feed"]);
    assert_eq!(offered(page.as_bytes())[0].title.as_deref(), Some("News"));
    assert!(hrefs("<link").is_empty() && hrefs("<link rel=alternate type=application/rss+xml").is_empty());
    let many: String =
        (0..=FEEDS_OFFERED).map(|n| format!("<link rel=alternate type='application/rss+xml' href='/{n}'>")).collect();
    assert_eq!(hrefs(&many).len(), FEEDS_OFFERED);
}
