-- Agents are a catalogue, and their offices have what a page shows of them.

ALTER TABLE offices ADD COLUMN address text NOT NULL DEFAULT '' CHECK (typeof(address) = 'text');
ALTER TABLE offices ADD COLUMN state text NOT NULL DEFAULT '' CHECK (typeof(state) = 'text');
-- Zero and zero is no place.
ALTER TABLE offices ADD COLUMN latitude real NOT NULL DEFAULT 0.0
  CHECK (typeof(latitude) IN ('real', 'integer') AND latitude BETWEEN -90 AND 90);
ALTER TABLE offices ADD COLUMN longitude real NOT NULL DEFAULT 0.0
  CHECK (typeof(longitude) IN ('real', 'integer') AND longitude BETWEEN -180 AND 180);
ALTER TABLE offices ADD COLUMN city_key text NOT NULL DEFAULT '' CHECK (typeof(city_key) = 'text');
ALTER TABLE offices ADD COLUMN state_key text NOT NULL DEFAULT '' CHECK (typeof(state_key) = 'text');

ALTER TABLE agents ADD COLUMN biography text NOT NULL DEFAULT '' CHECK (typeof(biography) = 'text');
ALTER TABLE agents ADD COLUMN language_keys text NOT NULL DEFAULT ',english,' CHECK (typeof(language_keys) = 'text');
ALTER TABLE agents ADD COLUMN specialty_keys text NOT NULL DEFAULT ',' CHECK (typeof(specialty_keys) = 'text');
-- A day, such as 2026-11-29, or nothing.
ALTER TABLE agents ADD COLUMN licensed_on text NOT NULL DEFAULT '' CHECK (typeof(licensed_on) = 'text');
ALTER TABLE agents ADD COLUMN takes_clients text NOT NULL DEFAULT 'yes' CHECK (takes_clients IN ('yes', 'no'));
ALTER TABLE agents ADD COLUMN city_key text NOT NULL DEFAULT '' CHECK (typeof(city_key) = 'text');
ALTER TABLE agents ADD COLUMN state_key text NOT NULL DEFAULT '' CHECK (typeof(state_key) = 'text');
ALTER TABLE agents ADD COLUMN name_key text NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN parts_version integer NOT NULL DEFAULT 0 CHECK (typeof(parts_version) = 'integer');
ALTER TABLE agents ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (typeof(version) = 'integer');
-- Nobody knows since when those are there that are: this is the day of the release.
ALTER TABLE agents ADD COLUMN created_at integer NOT NULL DEFAULT 1793491200000
  CHECK (typeof(created_at) = 'integer' AND created_at BETWEEN -62135596800000 AND 253402300799999);
ALTER TABLE agents ADD COLUMN updated_at integer NOT NULL DEFAULT 1793491200000
  CHECK (typeof(updated_at) = 'integer' AND updated_at BETWEEN -62135596800000 AND 253402300799999);
ALTER TABLE agents ADD COLUMN view_count integer NOT NULL DEFAULT 0
  CHECK (typeof(view_count) = 'integer' AND view_count BETWEEN 0 AND 1000000000000000);

CREATE INDEX agents_facets ON agents (takes_clients, city_key, state_key, office_id);
CREATE INDEX agents_name ON agents (name_key, id);
CREATE INDEX agents_newest ON agents (created_at, id);
CREATE INDEX agents_views ON agents (view_count, id);
CREATE INDEX agents_city ON agents (city_key, name_key, id);
