-- Feeds that rest: asked again rarely, until they answer or somebody wakes them.
ALTER TABLE feed ADD COLUMN rested INTEGER;     -- since when, in seconds since 1970 UTC
ALTER TABLE feed ADD COLUMN rested_why TEXT;
ALTER TABLE feed ADD COLUMN rested_by_hand INTEGER NOT NULL DEFAULT 0;
