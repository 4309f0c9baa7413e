-- Articles of which only a feed has told and which somebody opened: their pages are fetched first.
CREATE TABLE opened (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL             -- when it was last opened, in seconds since 1970 UTC
) STRICT;
