-- Derived: a function of the log and the fingerprint. Never migrated: where the fingerprint differs, it is built anew beside.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE article (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,              -- its id in short, for addresses of pages
    founded INTEGER NOT NULL,       -- seq of its first text
    latest INTEGER NOT NULL,        -- seq of its present text
    joined INTEGER NOT NULL,        -- seq of the text with which it came into its story
    placed INTEGER,                 -- seq of its page, where that came after what a feed said of it: by that it was placed anew…
    left_story TEXT,                -- …out of this story
    revision INTEGER NOT NULL,      -- 0 for its first text
    hash BLOB NOT NULL,             -- content its present text was read from
    story TEXT NOT NULL,
    outlet TEXT,                    -- domain, else name
    outlet_name TEXT,
    country TEXT,
    language TEXT,
    kind TEXT NOT NULL,
    access TEXT NOT NULL,
    original INTEGER NOT NULL,      -- 0 where it copies or rewrites another
    entry INTEGER NOT NULL,         -- 1 where its present text is only what a feed says of it
    published INTEGER,              -- minutes since 1970 UTC
    updated INTEGER,                -- likewise: when it says that it was last changed
    title TEXT,
    about TEXT NOT NULL,            -- countries it names and how often: `GR:4 TR:1`
    carrier TEXT,                   -- who republished it: domain, else name
    agencies TEXT,                  -- JSON: the agencies that it credits, each once, without its own outlet; none where it credits none
    extracted BLOB NOT NULL,
    understood BLOB NOT NULL,
    placement BLOB NOT NULL
) STRICT;
CREATE INDEX article_key ON article (key);
CREATE INDEX article_story ON article (story, joined);
CREATE INDEX article_founded ON article (founded);
CREATE INDEX article_placed ON article (placed) WHERE placed IS NOT NULL;
CREATE INDEX article_latest ON article (latest);
CREATE INDEX article_entry ON article (story) WHERE entry = 1;
-- An outlet's latest; and, without a look at the texts, what it tells in which language.
CREATE INDEX article_outlet ON article (outlet, founded, story, language);
CREATE INDEX article_agencies ON article (outlet, founded) WHERE agencies IS NOT NULL;
CREATE INDEX article_carrier ON article (carrier, founded) WHERE carrier IS NOT NULL;
-- All that is counted of a country, and told by it since a day, without a look at the texts.
CREATE INDEX article_country ON article (country, published, story, outlet, original);

CREATE TABLE revision (
    article TEXT NOT NULL,
    number INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    extracted BLOB NOT NULL,
    understood BLOB NOT NULL,
    PRIMARY KEY (article, number)
) STRICT;
CREATE INDEX revision_seq ON revision (seq);

CREATE TABLE story (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,              -- that of its founder
    founded INTEGER NOT NULL,       -- seq with which its founder came
    changed INTEGER NOT NULL,       -- seq of its last change
    compared INTEGER NOT NULL,      -- value of `changed` that the comparison is of; 0 for none yet
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    separate INTEGER NOT NULL,      -- articles that copy or rewrite none
    shelf TEXT NOT NULL,            -- news where an article of it is; else the kind most of them are of
    newest INTEGER,                 -- minutes since 1970 UTC: its last publication
    oldest INTEGER,                 -- likewise: its first
    lately INTEGER NOT NULL,        -- outlets that told it first within three hours of its last publication
    revised INTEGER,                -- minutes since 1970 UTC: when a text of it was last changed after it had come
    countries TEXT NOT NULL,        -- sorted, parted by spaces
    languages TEXT NOT NULL,
    headline TEXT,
    comparison BLOB                 -- JSON of the contract, zstd
) STRICT;
CREATE INDEX story_due ON story (changed) WHERE compared < changed;
CREATE INDEX story_changed ON story (changed);
CREATE INDEX story_key ON story (key);
CREATE INDEX story_shelf ON story (shelf, newest);

CREATE TABLE problem (
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,
    stage TEXT NOT NULL,
    document TEXT,
    outlet TEXT,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    PRIMARY KEY (seq, number)
) STRICT, WITHOUT ROWID;

-- What the grouper held after an article: where a start resumes. One row.
CREATE TABLE grouper (
    seq INTEGER PRIMARY KEY,
    state BLOB NOT NULL
) STRICT;

-- What changed, for those who follow: each version once, in order.
CREATE TABLE change (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL,             -- article, revision, story, comparison
    id TEXT NOT NULL,
    seq INTEGER NOT NULL
) STRICT;
