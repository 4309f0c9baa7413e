-- When a feed let the desk see what its outlet published: from the oldest entry that it held to the last visit that it answered.
CREATE TABLE covered (
    url TEXT NOT NULL,
    since INTEGER NOT NULL,         -- seconds since 1970 UTC
    until INTEGER NOT NULL,
    PRIMARY KEY (url, since)
) STRICT, WITHOUT ROWID;
