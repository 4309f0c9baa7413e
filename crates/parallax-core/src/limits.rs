//! Every limit of the core in one index: its value, its unit, and why it is there.

/// A limit: beside its use as a constant, and here as a line that a person can read.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The constant's name.
    pub name: &'static str,
    /// Its value.
    pub value: u64,
    /// What it counts.
    pub unit: &'static str,
    /// Why it is there, and why this large.
    pub why: &'static str,
}

/// Makes an index of limits: a constant each, and `ALL` of them with their reasons.
#[macro_export]
macro_rules! limits {
    ($($(#[doc = $why:literal])+ $name:ident: $unit:literal = $value:expr;)+) => {
        $($(#[doc = $why])+ pub const $name: usize = $value;)+
        /// All limits, in the order of an article's journey.
        pub const ALL: &[$crate::limits::Limit] = &[$($crate::limits::Limit {
            name: stringify!($name),
            value: $value as u64,
            unit: $unit,
            why: concat!($($why),+),
        }),+];
    };
}

limits! {
    /// A feed is cut there: the largest of 1,236 is under 2 MB, and an archive of everything is no news.
    FEED_BYTES: "bytes" = 20_000_000;
    /// Entries beyond are left out: no outlet publishes as much between two visits.
    FEED_ENTRIES: "entries" = 10_000;
    /// Entities that a feed may declare itself; none does so with more than a handful.
    FEED_DECLARATIONS: "entities" = 64;
    /// Feeds that a list of feeds may name: more than anybody follows, and each is a request.
    OPML_OUTLINES: "feeds" = 10_000;
    /// Addresses that a sitemap, or an index of sitemaps, may list: the protocol allows no more (sitemaps.org), and one of news has 1,000.
    SITEMAP_ADDRESSES: "addresses" = 50_000;
    /// Feeds that a page may offer: a news site has one for each section, and an archive of tags has no end.
    FEEDS_OFFERED: "feeds" = 40;
    /// A page larger than this is cut there: the largest of 1,411 saved news pages is under 3 MB, and what follows is script.
    PAGE_BYTES: "bytes" = 5_000_000;
    /// Deeper markup is read as bare lines: tree builders recurse, and a stack overflow would end the process.
    MARKUP_DEPTH: "elements" = 512;
    /// Markup of more tags is read as bare lines: tree building is slower than linear on some hostile pages.
    MARKUP_TAGS: "tags" = 300_000;
    /// A longer article text is cut at a paragraph: no report is longer, and later stages compare sentences pairwise.
    ARTICLE_BYTES: "bytes" = 1_000_000;
    /// So much of a text tells its language: more changes no answer.
    LANGUAGE_BYTES: "bytes" = 4_000;
    /// A sentence of the reporter's with more words, marks and quotations is cut: each of its verbs of saying looks at all that follow.
    FRAME_ITEMS: "items" = 400;
    /// So many sentences back a pronoun's person is sought: farther, nobody reads "he" as one named there, and each pronoun would walk the text.
    PRONOUN_FRAMES: "sentences" = 40;
    /// What an article is about is judged by so much of its text: its words come again, and a page may be one endless line.
    TOPIC_BYTES: "bytes" = 60_000;
    /// A longer sentence is cut: text without punctuation (lists, code, one endless line) would make one sentence of a page.
    SENTENCE_BYTES: "bytes" = 4_000;
    /// More takes of a story are not compared sentence by sentence (originals go first): the work grows with the square of the sentences.
    COMPARED_TAKES: "takes" = 24;
    /// Of a longer article the first so many sentences are compared: news stands at the top, and pairs are many.
    COMPARED_SENTENCES: "sentences" = 80;
    /// Of an article's statements so many segments are aligned: every segment is laid beside every other of the story.
    COMPARED_SEGMENTS: "segments" = 80;
    /// Of a longer segment the first so many words are aligned: no quoted sentence is longer, and words are laid side by side.
    SEGMENT_WORDS: "words" = 120;
    /// A current take is read in a minute or two: more sentences would be another article.
    CURRENT_TAKE: "sentences" = 20;
    /// More chains of names (an entity of one article) than this are left unlinked: near 2,000 articles with fifty names each.
    RESOLVED_CHAINS: "chains" = 100_000;
    /// More figures of one story are not aligned: every pair is judged, and 1,000 are half a million pairs (a busy story has 300).
    COMPARED_FIGURES: "figures" = 1_000;
    /// Grouping reads this much of a text: news stands in front, and a long tail would drown the lead.
    GROUP_TEXT_BYTES: "bytes" = 8_000;
    /// A text's fingerprints are of so many words: enough to know a copy, few enough to keep.
    GROUP_WORDS: "words" = 1_500;
    /// A profile keeps its heaviest terms: what comes after hardly moves the cosine.
    GROUP_TERMS: "terms" = 160;
    /// Document frequencies are kept of so many features; then they are halved and the rarest forgotten (about 50 MB).
    GROUP_FEATURES: "features" = 1_000_000;
    /// Open stories; the one that was quiet longest is closed first (about 10 KB each).
    GROUP_STORIES: "stories" = 20_000;
    /// What day it is, is judged by the last so many dated reports: a day's press of a small desk, minutes of a large one.
    GROUP_DAYS: "articles" = 512;
    /// A feature lists the stories last founded or joined with it: what more stories have does not tell them apart.
    GROUP_LISTED: "stories" = 64;
    /// Stories judged in full for one newcomer, after a vote by rare features: placing costs the same however many are open.
    GROUP_CANDIDATES: "stories" = 24;
    /// A story's centre and its comparison across languages rest on its first members: a story of thousands stays what it was founded as.
    GROUP_CENTRE: "articles" = 12;
    /// A story compares a newcomer's wording with so many of its differing texts: 10,000 copies of one article cost one comparison each.
    GROUP_ORIGINALS: "articles" = 32;
    /// So many telling words of a text, in order, are laid beside another's: a report of four hundred words has no more.
    COURSE_STEPS: "words" = 128;
    /// More sentences of one date are not grouped into developments: each is laid beside the others.
    TIMELINE_DAY: "sentences" = 300;
}
