-- The readers' own, and what the desk remembers of its rounds. Times are seconds since 1970 UTC.
CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    interval INTEGER,               -- seconds between visits, as learnt
    next INTEGER NOT NULL,          -- when it is due
    tried INTEGER,                  -- when it was last visited
    answered INTEGER,               -- when it last answered
    failures INTEGER NOT NULL,      -- visits that failed since
    said TEXT,                      -- why the last one failed
    entries INTEGER NOT NULL        -- entries it brought in all
) STRICT;
CREATE INDEX feed_next ON feed (next);

-- Pages fetched on a day.
CREATE TABLE day (
    day INTEGER PRIMARY KEY,        -- days since 1970
    pages INTEGER NOT NULL
) STRICT;

-- Pages that could not be had: not to be tried again before.
CREATE TABLE page (
    url TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    next INTEGER NOT NULL
) STRICT;
