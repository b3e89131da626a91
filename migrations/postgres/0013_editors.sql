-- What editors need: versions of the rows that others embed, the edits that belong together, and the keys by which a
-- request that is sent twice is known.

ALTER TABLE offices
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  -- Nobody knows when those were edited that are there: this is the day of the release.
  ADD COLUMN updated_at bigint NOT NULL DEFAULT 1793491200000
    CHECK (updated_at BETWEEN -62135596800000 AND 253402300799999);

ALTER TABLE locations
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  ADD COLUMN updated_at bigint NOT NULL DEFAULT 1793491200000
    CHECK (updated_at BETWEEN -62135596800000 AND 253402300799999);

-- One for each transaction of an editor: what it has changed stands in the change log.
CREATE TABLE edits (
  -- The revisions that it took: one here, one for each row on SQLite.
  first_revision bigint NOT NULL,
  last_revision  bigint PRIMARY KEY,
  -- The last revision of the edit that this one undoes.
  undoes         bigint
);
CREATE INDEX edits_undoes ON edits (undoes) WHERE undoes IS NOT NULL;

-- What requests with an Idempotency-Key have made, for a day.
CREATE TABLE idempotency_keys (
  who       text NOT NULL,
  key       text NOT NULL,
  -- The SHA-256 of the request.
  request   text NOT NULL,
  catalogue text NOT NULL,
  id        bigint NOT NULL,
  at        bigint NOT NULL,
  PRIMARY KEY (who, key)
);
CREATE INDEX idempotency_keys_at ON idempotency_keys (at);

-- The history of one person.
CREATE INDEX change_log_who ON change_log (who, revision);
