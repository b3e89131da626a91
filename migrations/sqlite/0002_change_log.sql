-- The change log.
--
-- Triggers append every edit of a catalogue's row, by whatever road it comes, in the edit's own
-- transaction. Each logged row takes one revision from the counter row; SQLite has one writer at
-- a time, so revisions are committed in their order, without gaps.

CREATE TABLE revision_counter (
  singleton integer PRIMARY KEY CHECK (singleton = 1),
  revision integer NOT NULL,
  -- 64 random bits drawn with the revision.
  tag      integer NOT NULL,
  -- 1 while a trigger edits the row that it logs.
  logging  integer NOT NULL DEFAULT 0,
  -- Who edits, for the length of a transaction.
  who      text
);
INSERT INTO revision_counter (singleton, revision, tag) VALUES (1, 1, random());

CREATE TABLE change_log (
  seq       integer PRIMARY KEY AUTOINCREMENT,
  revision  integer NOT NULL,
  tag       integer NOT NULL,
  catalogue text NOT NULL,
  -- NULL: any row of the catalogue.
  id        integer,
  before    text,
  after     text,
  who       text,
  at        integer NOT NULL
);
CREATE INDEX change_log_revision ON change_log (revision);
CREATE INDEX change_log_row ON change_log (catalogue, id, revision);

-- The log is never empty: it begins with the first revision, in which everything is new.
INSERT INTO change_log (revision, tag, catalogue, at)
SELECT revision, tag, catalogue.name, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
FROM revision_counter, (SELECT 'properties' AS name UNION ALL SELECT 'recipes') AS catalogue;

-- INSERT OR REPLACE removes a row without firing a delete trigger, so the row is logged beforehand.
CREATE TRIGGER properties_replaced BEFORE INSERT ON properties
WHEN EXISTS (SELECT 1 FROM properties WHERE id = NEW.id)
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', NEW.id,
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'half_baths', row.half_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'half_baths', row.half_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER properties_inserted AFTER INSERT ON properties
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  UPDATE properties SET (city_key, state_key) =
    (SELECT city_key, state_key FROM locations WHERE locations.id = NEW.location_id) WHERE id = NEW.id;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', NEW.id,
    NULL,
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'half_baths', row.half_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER properties_updated AFTER UPDATE ON properties
WHEN (SELECT logging FROM revision_counter) = 0 AND (
  NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description OR NEW.property_type IS NOT
  OLD.property_type OR NEW.status IS NOT OLD.status OR NEW.price_cents IS NOT OLD.price_cents OR NEW.bedrooms
  IS NOT OLD.bedrooms OR NEW.half_baths IS NOT OLD.half_baths OR NEW.area IS NOT OLD.area OR NEW.year_built IS
  NOT OLD.year_built OR NEW.address IS NOT OLD.address OR NEW.latitude IS NOT OLD.latitude OR NEW.longitude IS
  NOT OLD.longitude OR NEW.location_id IS NOT OLD.location_id OR NEW.agent_id IS NOT OLD.agent_id OR
  NEW.city_key IS NOT OLD.city_key OR NEW.state_key IS NOT OLD.state_key OR NEW.parts_version IS NOT
  OLD.parts_version OR NEW.version IS NOT OLD.version OR NEW.created_at IS NOT OLD.created_at OR
  NEW.updated_at IS NOT OLD.updated_at)
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  UPDATE properties SET (city_key, state_key) =
    (SELECT city_key, state_key FROM locations WHERE locations.id = NEW.location_id) WHERE id = NEW.id;
  UPDATE properties SET version = OLD.version + 1, updated_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) WHERE id = NEW.id;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', NEW.id,
    json_object('id', OLD.id, 'title', OLD.title, 'description', OLD.description, 'property_type',
    OLD.property_type, 'status', OLD.status, 'price_cents', OLD.price_cents, 'bedrooms', OLD.bedrooms,
    'half_baths', OLD.half_baths, 'area', OLD.area, 'year_built', OLD.year_built, 'address', OLD.address,
    'latitude', OLD.latitude, 'longitude', OLD.longitude, 'location_id', OLD.location_id, 'agent_id',
    OLD.agent_id, 'city_key', OLD.city_key, 'state_key', OLD.state_key, 'parts_version', OLD.parts_version,
    'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'half_baths', row.half_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER properties_renumbered BEFORE UPDATE OF id ON properties WHEN NEW.id IS NOT OLD.id
BEGIN
  SELECT RAISE(ABORT, 'the id of a row never changes');
END;

CREATE TRIGGER properties_deleted AFTER DELETE ON properties
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', OLD.id,
    json_object('id', OLD.id, 'title', OLD.title, 'description', OLD.description, 'property_type',
    OLD.property_type, 'status', OLD.status, 'price_cents', OLD.price_cents, 'bedrooms', OLD.bedrooms,
    'half_baths', OLD.half_baths, 'area', OLD.area, 'year_built', OLD.year_built, 'address', OLD.address,
    'latitude', OLD.latitude, 'longitude', OLD.longitude, 'location_id', OLD.location_id, 'agent_id',
    OLD.agent_id, 'city_key', OLD.city_key, 'state_key', OLD.state_key, 'parts_version', OLD.parts_version,
    'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    NULL,
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

-- INSERT OR REPLACE removes a row without firing a delete trigger, so the row is logged beforehand.
CREATE TRIGGER recipes_replaced BEFORE INSERT ON recipes
WHEN EXISTS (SELECT 1 FROM recipes WHERE id = NEW.id)
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'recipes', NEW.id,
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'cuisine',
    row.cuisine, 'diet_keys', row.diet_keys, 'ingredient_keys', row.ingredient_keys, 'difficulty',
    row.difficulty, 'prep_time', row.prep_time, 'servings', row.servings, 'steps', row.steps, 'version',
    row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM recipes AS row WHERE row.id
    = NEW.id),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'cuisine',
    row.cuisine, 'diet_keys', row.diet_keys, 'ingredient_keys', row.ingredient_keys, 'difficulty',
    row.difficulty, 'prep_time', row.prep_time, 'servings', row.servings, 'steps', row.steps, 'version',
    row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM recipes AS row WHERE row.id
    = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER recipes_inserted AFTER INSERT ON recipes
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'recipes', NEW.id,
    NULL,
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'cuisine',
    row.cuisine, 'diet_keys', row.diet_keys, 'ingredient_keys', row.ingredient_keys, 'difficulty',
    row.difficulty, 'prep_time', row.prep_time, 'servings', row.servings, 'steps', row.steps, 'version',
    row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM recipes AS row WHERE row.id
    = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER recipes_updated AFTER UPDATE ON recipes
WHEN (SELECT logging FROM revision_counter) = 0 AND (
  NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description OR NEW.cuisine IS NOT OLD.cuisine OR
  NEW.diet_keys IS NOT OLD.diet_keys OR NEW.ingredient_keys IS NOT OLD.ingredient_keys OR NEW.difficulty IS
  NOT OLD.difficulty OR NEW.prep_time IS NOT OLD.prep_time OR NEW.servings IS NOT OLD.servings OR NEW.steps IS
  NOT OLD.steps OR NEW.version IS NOT OLD.version OR NEW.created_at IS NOT OLD.created_at OR NEW.updated_at IS
  NOT OLD.updated_at)
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  UPDATE recipes SET version = OLD.version + 1, updated_at = CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) WHERE id = NEW.id;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'recipes', NEW.id,
    json_object('id', OLD.id, 'title', OLD.title, 'description', OLD.description, 'cuisine', OLD.cuisine,
    'diet_keys', OLD.diet_keys, 'ingredient_keys', OLD.ingredient_keys, 'difficulty', OLD.difficulty,
    'prep_time', OLD.prep_time, 'servings', OLD.servings, 'steps', OLD.steps, 'version', OLD.version,
    'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'cuisine',
    row.cuisine, 'diet_keys', row.diet_keys, 'ingredient_keys', row.ingredient_keys, 'difficulty',
    row.difficulty, 'prep_time', row.prep_time, 'servings', row.servings, 'steps', row.steps, 'version',
    row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM recipes AS row WHERE row.id
    = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER recipes_renumbered BEFORE UPDATE OF id ON recipes WHEN NEW.id IS NOT OLD.id
BEGIN
  SELECT RAISE(ABORT, 'the id of a row never changes');
END;

CREATE TRIGGER recipes_deleted AFTER DELETE ON recipes
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'recipes', OLD.id,
    json_object('id', OLD.id, 'title', OLD.title, 'description', OLD.description, 'cuisine', OLD.cuisine,
    'diet_keys', OLD.diet_keys, 'ingredient_keys', OLD.ingredient_keys, 'difficulty', OLD.difficulty,
    'prep_time', OLD.prep_time, 'servings', OLD.servings, 'steps', OLD.steps, 'version', OLD.version,
    'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    NULL,
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

-- Editing a row that homes embed edits those homes, so that one trigger logs everything.
CREATE TRIGGER agents_embedded_insert AFTER INSERT ON agents
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id = NEW.id;
END;

CREATE TRIGGER agents_embedded_update AFTER UPDATE ON agents
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id = NEW.id;
END;

CREATE TRIGGER agents_embedded_delete AFTER DELETE ON agents
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id = OLD.id;
END;

CREATE TRIGGER offices_embedded_insert AFTER INSERT ON offices
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id IN (SELECT id FROM agents WHERE office_id = NEW.id);
END;

CREATE TRIGGER offices_embedded_update AFTER UPDATE ON offices
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id IN (SELECT id FROM agents WHERE office_id = NEW.id);
END;

CREATE TRIGGER offices_embedded_delete AFTER DELETE ON offices
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id IN (SELECT id FROM agents WHERE office_id = OLD.id);
END;

-- The server writes the keys itself, by its own rules. For edits from outside this comes close:
-- SQLite folds the case of ASCII letters only.
CREATE TRIGGER locations_keyed_insert AFTER INSERT ON locations
WHEN NEW.city_key = '' OR NEW.state_key = ''
BEGIN
  UPDATE locations SET
    city_key = replace(replace(replace(replace(replace(replace(lower(trim(NEW.city)), '_', '-'), ' ', '-'), '--', '-'), '--', '-'), '--', '-'), '--', '-'),
    state_key = replace(replace(replace(replace(replace(replace(lower(trim(NEW.state)), '_', '-'), ' ', '-'), '--', '-'), '--', '-'), '--', '-'), '--', '-')
  WHERE id = NEW.id;
END;

CREATE TRIGGER locations_keyed_update AFTER UPDATE OF city, state ON locations
WHEN (NEW.city IS NOT OLD.city AND NEW.city_key IS OLD.city_key)
  OR (NEW.state IS NOT OLD.state AND NEW.state_key IS OLD.state_key)
BEGIN
  UPDATE locations SET
    city_key = replace(replace(replace(replace(replace(replace(lower(trim(NEW.city)), '_', '-'), ' ', '-'), '--', '-'), '--', '-'), '--', '-'), '--', '-'),
    state_key = replace(replace(replace(replace(replace(replace(lower(trim(NEW.state)), '_', '-'), ' ', '-'), '--', '-'), '--', '-'), '--', '-'), '--', '-')
  WHERE id = NEW.id;
END;

CREATE TRIGGER locations_embedded_insert AFTER INSERT ON locations
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE location_id = NEW.id;
END;

CREATE TRIGGER locations_embedded_update AFTER UPDATE ON locations
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE location_id = NEW.id;
END;

CREATE TRIGGER locations_embedded_delete AFTER DELETE ON locations
BEGIN
  UPDATE properties SET parts_version = parts_version + 1 WHERE location_id = OLD.id;
END;
