-- Ground: what came in, in the order in which it came. Times are microseconds UTC and never go back.
CREATE TABLE blob (
    hash BLOB PRIMARY KEY,          -- SHA-256 of the content
    size INTEGER NOT NULL,          -- bytes of the content
    bytes BLOB NOT NULL             -- the content, zstd
) STRICT;

CREATE TABLE log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- page, document, article, entry, subscription, removal
    key TEXT NOT NULL,              -- the address, path or id it came under; of a removal what was removed
    hash BLOB REFERENCES blob,      -- its content
    meta TEXT NOT NULL,             -- JSON: what is known of it besides
    sealed INTEGER                  -- when the content was replaced by the text that had been read from it
) STRICT;
CREATE INDEX log_key ON log (key, seq);
CREATE INDEX log_hash ON log (hash);
CREATE INDEX log_kind ON log (kind, seq);
