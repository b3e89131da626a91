-- The scripts and styles of every release that has run lately. Their names contain a hash of their
-- content. A page that one release has made can then be shown whole by a node of another one: while
-- nodes are replaced one after the other, and in tabs that were open before.

CREATE TABLE released_files (
  path   text NOT NULL,
  -- As in Content-Encoding; empty for the file itself.
  coding text NOT NULL,
  bytes  blob NOT NULL,
  -- When a node last started that has it, in milliseconds since 1970.
  at     bigint NOT NULL,
  PRIMARY KEY (path, coding)
);
