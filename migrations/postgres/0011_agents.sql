-- Agents are a catalogue, and their offices have what a page shows of them.

ALTER TABLE offices
  ADD COLUMN address text NOT NULL DEFAULT '',
  ADD COLUMN state text NOT NULL DEFAULT '',
  -- Zero and zero is no place.
  ADD COLUMN latitude double precision NOT NULL DEFAULT 0 CHECK (latitude BETWEEN -90 AND 90),
  ADD COLUMN longitude double precision NOT NULL DEFAULT 0 CHECK (longitude BETWEEN -180 AND 180),
  ADD COLUMN city_key text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN state_key text COLLATE "C" NOT NULL DEFAULT '';

ALTER TABLE agents
  ADD COLUMN biography text NOT NULL DEFAULT '',
  ADD COLUMN language_keys text COLLATE "C" NOT NULL DEFAULT ',english,',
  ADD COLUMN specialty_keys text COLLATE "C" NOT NULL DEFAULT ',',
  -- A day, such as 2026-11-29, or nothing.
  ADD COLUMN licensed_on text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN takes_clients text COLLATE "C" NOT NULL DEFAULT 'yes' CHECK (takes_clients IN ('yes', 'no')),
  ADD COLUMN city_key text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN state_key text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS (hearth_fold(name)) STORED,
  ADD COLUMN parts_version bigint NOT NULL DEFAULT 0,
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  -- Nobody knows since when those are there that are: this is the day of the release.
  ADD COLUMN created_at bigint NOT NULL DEFAULT 1793491200000
    CHECK (created_at BETWEEN -62135596800000 AND 253402300799999),
  ADD COLUMN updated_at bigint NOT NULL DEFAULT 1793491200000
    CHECK (updated_at BETWEEN -62135596800000 AND 253402300799999),
  ADD COLUMN view_count bigint NOT NULL DEFAULT 0 CHECK (view_count BETWEEN 0 AND 1000000000000000);

CREATE INDEX agents_facets ON agents (takes_clients, city_key) INCLUDE (state_key, office_id);
CREATE INDEX agents_name ON agents (name_key, id);
CREATE INDEX agents_newest ON agents (created_at, id);
CREATE INDEX agents_views ON agents (view_count, id);
CREATE INDEX agents_city ON agents (city_key, name_key, id);
