//! Every limit of the shell in one index; the core's are in `parallax_core::limits`.
//!
//! Memory: `extract`, `read` and `group` hold at most threads × `IN_FLIGHT` documents (each at most a page or a line) and what
//! the grouper keeps; `compare` and `read --resolve` keep documents whole, up to `KEPT_BYTES` of text.

parallax_core::limits! {
    /// Documents being read, understood or waiting for an earlier one to be printed, for each thread:
    /// enough that a slow page does not idle the others, few enough that the largest fit in memory.
    IN_FLIGHT: "documents" = 4;
    /// Stack of a worker: parsers of markup recurse, and the core lets them go `MARKUP_DEPTH` deep.
    STACK_BYTES: "bytes" = 16 << 20;
    /// A longer line of JSON lines is skipped: an article of `ARTICLE_BYTES` fits even if every character is escaped as \uXXXX.
    LINE_BYTES: "bytes" = 8_000_000;
    /// A larger feed is cut: the largest among 100 real ones is 3 MB, and parsers build a tree of it.
    FEED_BYTES: "bytes" = 20_000_000;
    /// The headers of a WARC record or of the HTTP response in it; longer ones are not WARC.
    HEADER_BYTES: "bytes" = 65_536;
    /// Bytes looked at to tell text from pictures and archives.
    SNIFF_BYTES: "bytes" = 8_192;
    /// Text that `compare` and `read --resolve` keep at once, about ten times as much in memory with what is found in it;
    /// documents beyond it are left out, each with a problem.
    KEPT_BYTES: "bytes" = 100_000_000;
    /// A value of the derived state unpacks to no more: the largest, what the grouper holds, is about 200 MB at its own limits.
    FROZEN_BYTES: "bytes" = 400_000_000;
    /// Arrivals that are logged in one transaction: each waits for the disk, and a kill loses what is not committed.
    KEPT_AT_ONCE: "documents" = 128;
    /// Bytes of arrivals held until they are logged.
    KEPT_AT_ONCE_BYTES: "bytes" = 32_000_000;
    /// Records that are read and placed in one transaction: enough that threads seldom wait for each other, few enough to show soon.
    APPLIED_RECORDS: "records" = 256;
    /// Bytes of records held at once while they are read.
    APPLIED_BYTES: "bytes" = 32_000_000;
    /// The grouper's state is kept after so many articles, a small one's up to five times as often: a start places what came after it anew, in seconds.
    GROUPER_KEPT_EVERY: "articles" = 5_000;
    /// Stories compared between two looks at what is due: one that takes long leaves work for the other threads.
    COMPARED_AT_ONCE: "stories" = 64;
    /// Articles of one story that are laid side by side: the core aligns fewer still, and copies add nothing to read.
    STORY_TAKES: "articles" = 400;
    /// Pages are kept as they came for so long; then what was read from them takes their place.
    PAGE_DAYS: "days" = 30;
    /// …and so much of them, packed: the oldest go first.
    PAGES_BYTES: "bytes" = 5_000_000_000;
    /// A request that has not been answered whole by then is given up: slow hosts hold up only themselves.
    FETCH_SECONDS: "seconds" = 30;
    /// An address may lead on so often; browsers follow 20, and what leads on more than 5 times goes in circles.
    REDIRECTS: "redirects" = 5;
    /// RFC 9309, 2.5 asks for at least 500 kibibytes of robots.txt to be read.
    ROBOTS_BYTES: "bytes" = 512_000;
    /// A host may ask for so long a rest between two requests; one that asks for more gets this.
    LONGEST_CRAWL_DELAY_SECONDS: "seconds" = 60;
    /// Hosts whose pace and rules are remembered: a desk of some thousand outlets has no more.
    HOSTS_REMEMBERED: "hosts" = 10_000;
    /// Feeds and pages being fetched at once, of all hosts together.
    FETCHES_AT_ONCE: "requests" = 32;
    /// Entries of one visit that are taken in: a feed shows ten to fifty, and a thousand is an archive.
    ENTRIES_AT_ONCE: "entries" = 200;
    /// Visits of a feed that fail in a row until it rests: with the waits between them they take two to three days, longer than a weekend's outage.
    FAILURES_UNTIL_REST: "visits" = 14;
    /// A feed that rests is asked once in so many hours: its host may be back, and a hundred dead addresses cost a hundred requests a day.
    REST_HOURS: "hours" = 24;
    /// Article pages fetched a day where nobody says otherwise: what 500 outlets' lead stories need.
    PAGES_A_DAY: "pages" = 2_000;
    /// Rendered pages kept, compressed: a story's takes 5 to 30 kB, so that a few thousand are there at once.
    RENDERED_BYTES: "bytes" = 48_000_000;
    /// A kept page unpacks to no more: the longest article is 1 MB, and a mark on every few words makes it twenty times as long.
    UNPACKED_PAGE_BYTES: "bytes" = 24_000_000;
    /// A password has at least so many characters. NIST SP 800-63B asks for 8 where guesses are held back, as they are here; two more,
    /// since it is the only lock.
    PASSWORD_CHARS: "characters" = 10;
    /// …and at most so many bytes: a sentence of several lines fits, and more would only be hashed.
    PASSWORD_BYTES: "bytes" = 1_024;
    /// What a browser may send with a form: the longest password with every byte escaped, and the way back.
    FORM_BYTES: "bytes" = 8_192;
    /// A session ends so long after its password was given: once a month is no burden, and a lost machine is not let in for ever.
    SESSION_DAYS: "days" = 30;
    /// Sessions kept: one reader's machines are a dozen; beyond it the one that ends first goes.
    SESSIONS_KEPT: "sessions" = 1_000;
    /// Passwords one peer may try at once: a slip or four of the fingers…
    LOGINS_OF_A_PEER: "tries" = 5;
    /// …and then one more each so many seconds: 1,440 a day, of which a list of common passwords takes years.
    LOGIN_OF_A_PEER_SECONDS: "seconds" = 60;
    /// Passwords all peers together may try at once: a peer is cheap to change…
    LOGINS_IN_ALL: "tries" = 20;
    /// …and then one more each so many seconds: what checking them costs stays below a hundredth of a core.
    LOGIN_IN_ALL_SECONDS: "seconds" = 5;
    /// Peers whose tries are remembered: more than can have tried, by the limit on all, before the first is forgotten.
    PEERS_REMEMBERED: "peers" = 1_000;
    /// Passwords checked at once: each takes 19 MiB and a core for some hundredths of a second.
    PASSWORDS_AT_ONCE: "passwords" = 2;
    /// Words on feeds that wait for a desk at work: twice the longest list of feeds.
    REQUESTS_WAITING: "words" = 20_000;
    /// Feeds that a site offers which are looked at: one for each section would press its host, and the first is its news.
    OFFERS_TRIED: "feeds" = 8;
    /// Requests of a look at feeds that a host may leave unanswered: the rest of its feeds are told as unanswered too, and not asked.
    SILENCES_OF_A_HOST: "requests" = 2;
    /// Articles that were opened and wait for their pages: more than a reader opens between two looks at what is due.
    OPENED_REMEMBERED: "articles" = 200;
    /// News sitemaps that are asked of one outlet: one lists all its news, and a second where it has one for each of two editions.
    SITEMAPS_OF_OUTLET: "sitemaps" = 2;
    /// Of an index of sitemaps the newest so many are asked: a news sitemap holds the last two days, split in a few parts at most.
    SITEMAPS_OF_INDEX: "sitemaps" = 3;
    /// Outlets whose sitemaps are asked at once: there is no hurry, and feeds go first.
    SITEMAPS_AT_ONCE: "outlets" = 4;
    /// What a news sitemap listed is kept for so many days: twice the days that are judged.
    LISTED_DAYS: "days" = 8;
    /// …and of one outlet so much, the newest: 600 articles a day, more than most agencies list, and a hundred bytes each.
    LISTED_KEPT: "articles" = 5_000;
    /// Days of a desk that teach what a press usually reports: as many of each weekday, and short enough that what held a season ago is forgotten.
    HEARD_DAYS: "days" = 28;
    /// Articles of these days that are looked at, the newest: a desk of 500 outlets has a tenth of them, and each takes some hundred bytes.
    HEARD_ARTICLES: "articles" = 500_000;
    /// Stories that one press left out, or might have, or alone has, that are shown of it: more is not read, and the first are the most striking.
    MISSED_SHOWN: "stories" = 30;
    /// A settings file has at most so much: a dozen settings with a page of remarks to each.
    SETTINGS_BYTES: "bytes" = 65_536;
    /// Languages that one reads: more than anybody does, and each costs a look at every sentence that is quoted.
    LANGUAGES_READ: "languages" = 12;
    /// Threads one may ask for: each has its stack and documents in flight.
    THREADS: "threads" = 256;
}
