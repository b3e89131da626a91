-- What is requested most, by day, so that it can be loaded ahead of requests; and when jobs began that
-- one node of the fleet does at a time.

CREATE TABLE requested (
  -- Days since 1970.
  day   integer NOT NULL,
  url   text NOT NULL,
  times bigint NOT NULL,
  PRIMARY KEY (day, url)
);

CREATE TABLE jobs (
  name  text PRIMARY KEY,
  -- Milliseconds since 1970.
  begun bigint NOT NULL
);
INSERT INTO jobs (name, begun) VALUES ('warm', 0);
