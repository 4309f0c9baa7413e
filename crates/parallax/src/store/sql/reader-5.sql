-- What somebody's look at a feed found (`parallax sources check`), whether it is followed or not.
CREATE TABLE checked (
    url TEXT PRIMARY KEY,
    at INTEGER NOT NULL,            -- in seconds since 1970 UTC
    entries INTEGER,                -- that it shows; none where it could not be read
    why TEXT,                       -- why not, in a word…
    said TEXT                       -- …and in a sentence
) STRICT;

-- What its owner asked of a desk while another program was at work there, in order: the desk takes it up.
CREATE TABLE request (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL              -- JSON: a subscription as the log has it
) STRICT;

-- How often its owner decided of a feed: a visit that began before does not undo it.
ALTER TABLE feed ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;
