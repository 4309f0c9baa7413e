-- News sitemaps of outlets whose feeds are followed: when they are due, and how their visits went. Times are seconds since 1970 UTC.
CREATE TABLE listing (
    outlet TEXT PRIMARY KEY,        -- its domain
    next INTEGER NOT NULL,          -- when they are due
    tried INTEGER,                  -- when they were last visited
    answered INTEGER,               -- when one of them last answered
    failures INTEGER NOT NULL,      -- visits since at which none did
    said TEXT,                      -- why the last visit failed, or why there is none to ask
    settled INTEGER                 -- what was published by then would have been seen in its feeds
) STRICT;

-- Which these are, and what each last sent, so that only what is new is sent.
CREATE TABLE sitemap (
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    etag TEXT,
    modified TEXT,
    PRIMARY KEY (outlet, url)
) STRICT, WITHOUT ROWID;

-- What they listed of late.
CREATE TABLE listed (
    outlet TEXT NOT NULL,
    address TEXT NOT NULL,          -- as the log names articles, http as https
    published INTEGER NOT NULL,     -- as it was first said
    shown INTEGER NOT NULL,         -- 1 where the desk has it
    PRIMARY KEY (outlet, address)
) STRICT, WITHOUT ROWID;
