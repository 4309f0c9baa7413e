-- Whose desk it is. Times are seconds since 1970 UTC.
CREATE TABLE owner (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    password TEXT NOT NULL          -- PHC string of Argon2id; never the password
) STRICT;

-- Who gave the password.
CREATE TABLE session (
    token BLOB PRIMARY KEY,         -- SHA-256 of what the browser holds; never that itself
    ends INTEGER NOT NULL
) STRICT;
