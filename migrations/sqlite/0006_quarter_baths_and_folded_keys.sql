-- Quarters of a bath, and keys by the normalizer's own rule.

-- ## Quarters of a bath

DROP TRIGGER properties_replaced;
DROP TRIGGER properties_inserted;
DROP TRIGGER properties_updated;
DROP TRIGGER properties_deleted;
DROP TRIGGER properties_checked_inserting;
DROP TRIGGER properties_checked_updating;
DROP TRIGGER recipes_inserted;
DROP TRIGGER recipes_updated;
DROP TRIGGER locations_keyed_insert;
DROP TRIGGER locations_keyed_update;
DROP TRIGGER properties_words_inserted;
DROP TRIGGER properties_words_updated;
DROP TRIGGER recipes_words_inserted;
DROP TRIGGER recipes_words_updated;

ALTER TABLE properties RENAME COLUMN half_baths TO quarter_baths;
UPDATE properties SET quarter_baths = quarter_baths * 2;

-- What was cached is of the old kind.
UPDATE revision_counter SET revision = revision + 1, tag = random()
WHERE EXISTS (SELECT 1 FROM properties) OR EXISTS (SELECT 1 FROM recipes);
INSERT INTO change_log (revision, tag, catalogue, at)
SELECT revision, tag, catalogue.name, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
FROM revision_counter, (SELECT 'properties' AS name UNION ALL SELECT 'recipes') AS catalogue
WHERE EXISTS (SELECT 1 FROM properties) OR EXISTS (SELECT 1 FROM recipes);

-- INSERT OR REPLACE removes a row without firing a delete trigger, so the row is logged beforehand.
CREATE TRIGGER properties_replaced BEFORE INSERT ON properties
WHEN EXISTS (SELECT 1 FROM properties WHERE id = NEW.id)
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', NEW.id,
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'quarter_baths', row.quarter_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'quarter_baths', row.quarter_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
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
    'quarter_baths', row.quarter_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
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
  IS NOT OLD.bedrooms OR NEW.quarter_baths IS NOT OLD.quarter_baths OR NEW.area IS NOT OLD.area OR NEW.year_built IS
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
    'quarter_baths', OLD.quarter_baths, 'area', OLD.area, 'year_built', OLD.year_built, 'address', OLD.address,
    'latitude', OLD.latitude, 'longitude', OLD.longitude, 'location_id', OLD.location_id, 'agent_id',
    OLD.agent_id, 'city_key', OLD.city_key, 'state_key', OLD.state_key, 'parts_version', OLD.parts_version,
    'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    (SELECT json_object('id', row.id, 'title', row.title, 'description', row.description, 'property_type',
    row.property_type, 'status', row.status, 'price_cents', row.price_cents, 'bedrooms', row.bedrooms,
    'quarter_baths', row.quarter_baths, 'area', row.area, 'year_built', row.year_built, 'address', row.address,
    'latitude', row.latitude, 'longitude', row.longitude, 'location_id', row.location_id, 'agent_id',
    row.agent_id, 'city_key', row.city_key, 'state_key', row.state_key, 'parts_version', row.parts_version,
    'version', row.version, 'created_at', row.created_at, 'updated_at', row.updated_at) FROM properties AS row
    WHERE row.id = NEW.id),
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER properties_deleted AFTER DELETE ON properties
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  INSERT INTO change_log (revision, tag, catalogue, id, before, after, who, at)
  SELECT revision, tag, 'properties', OLD.id,
    json_object('id', OLD.id, 'title', OLD.title, 'description', OLD.description, 'property_type',
    OLD.property_type, 'status', OLD.status, 'price_cents', OLD.price_cents, 'bedrooms', OLD.bedrooms,
    'quarter_baths', OLD.quarter_baths, 'area', OLD.area, 'year_built', OLD.year_built, 'address', OLD.address,
    'latitude', OLD.latitude, 'longitude', OLD.longitude, 'location_id', OLD.location_id, 'agent_id',
    OLD.agent_id, 'city_key', OLD.city_key, 'state_key', OLD.state_key, 'parts_version', OLD.parts_version,
    'version', OLD.version, 'created_at', OLD.created_at, 'updated_at', OLD.updated_at),
    NULL,
    who, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)
  FROM revision_counter;
  UPDATE revision_counter SET logging = 0;
END;

CREATE TRIGGER properties_checked_inserting BEFORE INSERT ON properties
BEGIN
  SELECT CASE
    WHEN typeof(NEW.title) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.title must be text')
    WHEN typeof(NEW.description) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.description must be text')
    WHEN typeof(NEW.property_type) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.property_type must be text')
    WHEN typeof(NEW.status) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.status must be text')
    WHEN typeof(NEW.price_cents) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.price_cents must be an integer')
    WHEN NEW.price_cents NOT BETWEEN 0 AND 100000000000000 THEN RAISE(ABORT, 'properties.price_cents must be from 0 to 100000000000000')
    WHEN typeof(NEW.bedrooms) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.bedrooms must be an integer')
    WHEN NEW.bedrooms NOT BETWEEN 0 AND 1000 THEN RAISE(ABORT, 'properties.bedrooms must be from 0 to 1000')
    WHEN typeof(NEW.quarter_baths) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.quarter_baths must be an integer')
    WHEN NEW.quarter_baths NOT BETWEEN 0 AND 4000 THEN RAISE(ABORT, 'properties.quarter_baths must be from 0 to 4000')
    WHEN typeof(NEW.area) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.area must be an integer')
    WHEN NEW.area NOT BETWEEN 0 AND 1000000000 THEN RAISE(ABORT, 'properties.area must be from 0 to 1000000000')
    WHEN typeof(NEW.year_built) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.year_built must be an integer')
    WHEN NEW.year_built NOT BETWEEN 0 AND 9999 THEN RAISE(ABORT, 'properties.year_built must be from 0 to 9999')
    WHEN typeof(NEW.address) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.address must be text')
    WHEN typeof(NEW.latitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'properties.latitude must be a number')
    WHEN NEW.latitude NOT BETWEEN -90 AND 90 THEN RAISE(ABORT, 'properties.latitude must be from -90 to 90')
    WHEN typeof(NEW.longitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'properties.longitude must be a number')
    WHEN NEW.longitude NOT BETWEEN -180 AND 180 THEN RAISE(ABORT, 'properties.longitude must be from -180 to 180')
    WHEN typeof(NEW.location_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.location_id must be an integer')
    WHEN typeof(NEW.agent_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.agent_id must be an integer')
    WHEN typeof(NEW.city_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.city_key must be text')
    WHEN typeof(NEW.state_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.state_key must be text')
    WHEN typeof(NEW.parts_version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.parts_version must be an integer')
    WHEN typeof(NEW.version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.version must be an integer')
    WHEN typeof(NEW.created_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.created_at must be an integer')
    WHEN NEW.created_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'properties.created_at must be from -62135596800000 to 253402300799999')
    WHEN typeof(NEW.updated_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.updated_at must be an integer')
    WHEN NEW.updated_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'properties.updated_at must be from -62135596800000 to 253402300799999')
    WHEN typeof(NEW.view_count) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.view_count must be an integer')
    WHEN NEW.view_count NOT BETWEEN 0 AND 1000000000000000 THEN RAISE(ABORT, 'properties.view_count must be from 0 to 1000000000000000')
    WHEN NOT EXISTS (SELECT 1 FROM locations WHERE id = NEW.location_id) THEN RAISE(ABORT, 'properties.location_id must be the id of a row of locations')
    WHEN NOT EXISTS (SELECT 1 FROM agents WHERE id = NEW.agent_id) THEN RAISE(ABORT, 'properties.agent_id must be the id of a row of agents')
  END;
END;

CREATE TRIGGER properties_checked_updating BEFORE UPDATE ON properties
BEGIN
  SELECT CASE
    WHEN NEW.title IS NOT OLD.title AND typeof(NEW.title) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.title must be text')
    WHEN NEW.description IS NOT OLD.description AND typeof(NEW.description) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.description must be text')
    WHEN NEW.property_type IS NOT OLD.property_type AND typeof(NEW.property_type) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.property_type must be text')
    WHEN NEW.status IS NOT OLD.status AND typeof(NEW.status) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.status must be text')
    WHEN NEW.price_cents IS NOT OLD.price_cents AND typeof(NEW.price_cents) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.price_cents must be an integer')
    WHEN NEW.price_cents IS NOT OLD.price_cents AND NEW.price_cents NOT BETWEEN 0 AND 100000000000000 THEN RAISE(ABORT, 'properties.price_cents must be from 0 to 100000000000000')
    WHEN NEW.bedrooms IS NOT OLD.bedrooms AND typeof(NEW.bedrooms) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.bedrooms must be an integer')
    WHEN NEW.bedrooms IS NOT OLD.bedrooms AND NEW.bedrooms NOT BETWEEN 0 AND 1000 THEN RAISE(ABORT, 'properties.bedrooms must be from 0 to 1000')
    WHEN NEW.quarter_baths IS NOT OLD.quarter_baths AND typeof(NEW.quarter_baths) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.quarter_baths must be an integer')
    WHEN NEW.quarter_baths IS NOT OLD.quarter_baths AND NEW.quarter_baths NOT BETWEEN 0 AND 4000 THEN RAISE(ABORT, 'properties.quarter_baths must be from 0 to 4000')
    WHEN NEW.area IS NOT OLD.area AND typeof(NEW.area) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.area must be an integer')
    WHEN NEW.area IS NOT OLD.area AND NEW.area NOT BETWEEN 0 AND 1000000000 THEN RAISE(ABORT, 'properties.area must be from 0 to 1000000000')
    WHEN NEW.year_built IS NOT OLD.year_built AND typeof(NEW.year_built) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.year_built must be an integer')
    WHEN NEW.year_built IS NOT OLD.year_built AND NEW.year_built NOT BETWEEN 0 AND 9999 THEN RAISE(ABORT, 'properties.year_built must be from 0 to 9999')
    WHEN NEW.address IS NOT OLD.address AND typeof(NEW.address) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.address must be text')
    WHEN NEW.latitude IS NOT OLD.latitude AND typeof(NEW.latitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'properties.latitude must be a number')
    WHEN NEW.latitude IS NOT OLD.latitude AND NEW.latitude NOT BETWEEN -90 AND 90 THEN RAISE(ABORT, 'properties.latitude must be from -90 to 90')
    WHEN NEW.longitude IS NOT OLD.longitude AND typeof(NEW.longitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'properties.longitude must be a number')
    WHEN NEW.longitude IS NOT OLD.longitude AND NEW.longitude NOT BETWEEN -180 AND 180 THEN RAISE(ABORT, 'properties.longitude must be from -180 to 180')
    WHEN NEW.location_id IS NOT OLD.location_id AND typeof(NEW.location_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.location_id must be an integer')
    WHEN NEW.agent_id IS NOT OLD.agent_id AND typeof(NEW.agent_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.agent_id must be an integer')
    WHEN NEW.city_key IS NOT OLD.city_key AND typeof(NEW.city_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.city_key must be text')
    WHEN NEW.state_key IS NOT OLD.state_key AND typeof(NEW.state_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'properties.state_key must be text')
    WHEN NEW.parts_version IS NOT OLD.parts_version AND typeof(NEW.parts_version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.parts_version must be an integer')
    WHEN NEW.version IS NOT OLD.version AND typeof(NEW.version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.version must be an integer')
    WHEN NEW.created_at IS NOT OLD.created_at AND typeof(NEW.created_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.created_at must be an integer')
    WHEN NEW.created_at IS NOT OLD.created_at AND NEW.created_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'properties.created_at must be from -62135596800000 to 253402300799999')
    WHEN NEW.updated_at IS NOT OLD.updated_at AND typeof(NEW.updated_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.updated_at must be an integer')
    WHEN NEW.updated_at IS NOT OLD.updated_at AND NEW.updated_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'properties.updated_at must be from -62135596800000 to 253402300799999')
    WHEN NEW.view_count IS NOT OLD.view_count AND typeof(NEW.view_count) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.view_count must be an integer')
    WHEN NEW.view_count IS NOT OLD.view_count AND NEW.view_count NOT BETWEEN 0 AND 1000000000000000 THEN RAISE(ABORT, 'properties.view_count must be from 0 to 1000000000000000')
    WHEN NEW.location_id IS NOT OLD.location_id AND NOT EXISTS (SELECT 1 FROM locations WHERE id = NEW.location_id) THEN RAISE(ABORT, 'properties.location_id must be the id of a row of locations')
    WHEN NEW.agent_id IS NOT OLD.agent_id AND NOT EXISTS (SELECT 1 FROM agents WHERE id = NEW.agent_id) THEN RAISE(ABORT, 'properties.agent_id must be the id of a row of agents')
  END;
END;

-- ## Keys
--
-- SQLite knows the letters of ASCII alone, so the rule by which the normalizer makes tokens stands here as tables, which
-- the server fills from the normalizer's own. Any program that edits the file thus makes the same keys.

-- Of which version of the rule the tables and all keys are; empty until the server has filled them.
CREATE TABLE token_rule (
  singleton integer PRIMARY KEY CHECK (singleton = 1),
  version   text NOT NULL
);
INSERT INTO token_rule (singleton, version) VALUES (1, '');

-- What a letter becomes: lower case, decomposed, without differences of width and the like.
CREATE TABLE letters (
  letter  text PRIMARY KEY,
  becomes text NOT NULL
) WITHOUT ROWID;

-- Combining marks with their class, by which they are sorted.
CREATE TABLE marks (
  mark  text PRIMARY KEY,
  class integer NOT NULL
) WITHOUT ROWID;

-- Two characters that become one. (Korean syllables are computed.)
CREATE TABLE compositions (
  first    text NOT NULL,
  second   text NOT NULL,
  composed text NOT NULL,
  PRIMARY KEY (first, second)
) WITHOUT ROWID;

-- Letters that lose their accent in the end.
CREATE TABLE accents (
  letter text PRIMARY KEY,
  plain  text NOT NULL
) WITHOUT ROWID;

-- Tokens that are used instead of others: a state's name instead of its code.
CREATE TABLE synonyms (
  parameter text NOT NULL,
  token     text NOT NULL,
  used      text NOT NULL,
  PRIMARY KEY (parameter, token)
) WITHOUT ROWID;

-- The texts that a trigger folds: it writes them here, each once, reads the result from the next view, and removes them.
-- (No constraint keeps them apart: the statement that fires a trigger decides how its conflicts end.)
CREATE TABLE folding (
  id  integer PRIMARY KEY,
  raw text NOT NULL
);
CREATE INDEX folding_raw ON folding (raw);

-- The composition of UAX #15, over the letters as they are compared. A text is taken in pieces, as work on one grows with
-- the square of its length.
CREATE VIEW folded (raw, folded) AS
WITH RECURSIVE
  pieces (id, piece, text) AS (
    SELECT id, 0, substr(raw, 1, 200) FROM folding
    UNION ALL
    SELECT id, piece + 1, substr(raw, 200 * (piece + 1) + 1, 200) FROM pieces JOIN folding USING (id) WHERE text <> ''
  ),
  letter_by_letter (id, piece, place, rest, letter) AS (
    SELECT id, piece, 0, text, NULL FROM pieces
    UNION ALL
    SELECT id, piece, place + 1, coalesce(becomes, '') || substr(rest, 2),
      CASE WHEN becomes IS NULL THEN substr(rest, 1, 1) END
    FROM letter_by_letter LEFT JOIN letters ON letters.letter = substr(rest, 1, 1)
    WHERE rest <> ''
  ),
  -- Marks of one letter are sorted by class; letters that may join the one before stay in one part with it.
  classed (id, piece, place, letter, class, base, part) AS (
    SELECT id, piece, place, letter, coalesce(class, 0),
      sum(class IS NULL) OVER (PARTITION BY id ORDER BY piece, place),
      sum(class IS NULL AND letter NOT IN (SELECT second FROM compositions)
        AND letter NOT BETWEEN char(4449) AND char(4546)) OVER (PARTITION BY id ORDER BY piece, place) / 50
    FROM letter_by_letter LEFT JOIN marks ON mark = letter
    WHERE letter IS NOT NULL
  ),
  sorted (id, part, n, letter, class) AS (
    SELECT id, part, row_number() OVER (PARTITION BY id, part ORDER BY base, class, piece, place), letter, class
    FROM classed
  ),
  -- `last` is the letter that a mark may still join, `tail` the marks that did not. What does not join begins a
  -- letter, unless it is a mark too.
  joined (id, part, n, done, last, tail, class) AS (
    SELECT DISTINCT id, part, 0, '', '', '', 0 FROM sorted
    UNION ALL
    SELECT joined.id, joined.part, sorted.n,
      CASE WHEN both.value IS NULL AND sorted.class = 0 THEN done || coalesce(plain, last) || tail ELSE done END,
      CASE WHEN both.value IS NULL AND sorted.class = 0 THEN sorted.letter ELSE coalesce(both.value, last) END,
      CASE WHEN both.value IS NOT NULL THEN tail WHEN sorted.class = 0 THEN '' ELSE tail || sorted.letter END,
      CASE WHEN both.value IS NULL THEN sorted.class ELSE joined.class END
    FROM joined
    JOIN sorted ON sorted.id = joined.id AND sorted.part = joined.part AND sorted.n = joined.n + 1
    LEFT JOIN compositions ON first = last AND second = sorted.letter
    LEFT JOIN accents ON accents.letter = last
    JOIN json_each(json_array(CASE
      WHEN composed IS NOT NULL AND (tail = '' OR sorted.class > joined.class) THEN composed
      WHEN tail <> '' THEN NULL
      -- A Latin letter loses its marks.
      WHEN sorted.letter BETWEEN char(768) AND char(879)
        AND (coalesce(plain, last) BETWEEN 'a' AND 'z' OR coalesce(plain, last) BETWEEN 'ß' AND char(687)) THEN last
      -- A Korean syllable: a consonant and a vowel, and maybe another consonant.
      WHEN last BETWEEN char(4352) AND char(4370) AND sorted.letter BETWEEN char(4449) AND char(4469)
        THEN char(44032 + ((unicode(last) - 4352) * 21 + unicode(sorted.letter) - 4449) * 28)
      WHEN last BETWEEN char(44032) AND char(55203) AND (unicode(last) - 44032) % 28 = 0
        AND sorted.letter BETWEEN char(4520) AND char(4546) THEN char(unicode(last) + unicode(sorted.letter) - 4519)
    END)) AS both
  )
SELECT raw, coalesce((
  SELECT group_concat(text, '') FROM (
    SELECT done || coalesce(plain, last) || tail AS text
    FROM (SELECT part, done, last, tail, max(n) FROM joined WHERE joined.id = folding.id GROUP BY part)
    LEFT JOIN accents ON letter = last
    ORDER BY part
  )
), '')
FROM folding;

-- The token of each text that is being folded. A character that no text has (U+FDD0) helps to make one dash of several.
CREATE VIEW token_forms (raw, token) AS
SELECT raw, replace(replace(replace(dashed, '-', '-' || char(64976)), char(64976) || '-', ''), char(64976), '')
FROM (
  SELECT raw, replace(replace(replace(replace(replace(replace(replace(
    trim(replace(folded, ',', ' '), char(9, 10, 11, 12, 13, 32)),
    '_', '-'), ' ', '-'), char(9), '-'), char(10), '-'), char(11), '-'), char(12), '-'), char(13), '-') AS dashed
  FROM folded
);

-- The keys of all locations whose names are being folded.
CREATE VIEW location_keys (id, city_key, state_key) AS
SELECT id, city.token,
  coalesce((SELECT used FROM synonyms WHERE parameter = 'state' AND token = state.token), state.token)
FROM locations JOIN token_forms AS city ON city.raw = locations.city JOIN token_forms AS state ON state.raw = locations.state;

CREATE TRIGGER locations_keyed_insert AFTER INSERT ON locations
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw) SELECT NEW.city UNION SELECT NEW.state;
  UPDATE locations SET (city_key, state_key) = (SELECT city_key, state_key FROM location_keys WHERE id = NEW.id)
  WHERE id = NEW.id AND (city_key, state_key) <> (SELECT city_key, state_key FROM location_keys WHERE id = NEW.id);
  DELETE FROM folding;
END;

CREATE TRIGGER locations_keyed_update AFTER UPDATE OF city, state, city_key, state_key ON locations
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw) SELECT NEW.city UNION SELECT NEW.state;
  UPDATE locations SET (city_key, state_key) = (SELECT city_key, state_key FROM location_keys WHERE id = NEW.id)
  WHERE id = NEW.id AND (city_key, state_key) <> (SELECT city_key, state_key FROM location_keys WHERE id = NEW.id);
  DELETE FROM folding;
END;

-- A recipe's own keys are tokens, whoever writes them.
CREATE TRIGGER recipes_inserted AFTER INSERT ON recipes
BEGIN
  UPDATE revision_counter SET revision = revision + 1, tag = random(), logging = 1;
  DELETE FROM folding;
  INSERT INTO folding (raw)
  SELECT NEW.cuisine
    UNION SELECT value FROM json_each('[' || replace(json_quote(NEW.diet_keys), ',', '","') || ']')
    UNION SELECT value FROM json_each('[' || replace(json_quote(NEW.ingredient_keys), ',', '","') || ']');
  UPDATE recipes SET
    cuisine = (SELECT token FROM token_forms WHERE raw = NEW.cuisine),
    diet_keys = (SELECT ',' || coalesce(group_concat(CASE token WHEN '' THEN '' ELSE token || ',' END, ''), '')
      FROM (SELECT token FROM json_each('[' || replace(json_quote(NEW.diet_keys), ',', '","') || ']') JOIN token_forms ON raw = value
        ORDER BY key)),
    ingredient_keys = (SELECT ',' || coalesce(group_concat(CASE token WHEN '' THEN '' ELSE token || ',' END, ''), '')
      FROM (SELECT token FROM json_each('[' || replace(json_quote(NEW.ingredient_keys), ',', '","') || ']') JOIN token_forms ON raw = value
        ORDER BY key))
  WHERE id = NEW.id;
  DELETE FROM folding;
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
  DELETE FROM folding;
  INSERT INTO folding (raw)
  SELECT NEW.cuisine
    UNION SELECT value FROM json_each('[' || replace(json_quote(NEW.diet_keys), ',', '","') || ']')
    UNION SELECT value FROM json_each('[' || replace(json_quote(NEW.ingredient_keys), ',', '","') || ']');
  UPDATE recipes SET
    cuisine = (SELECT token FROM token_forms WHERE raw = NEW.cuisine),
    diet_keys = (SELECT ',' || coalesce(group_concat(CASE token WHEN '' THEN '' ELSE token || ',' END, ''), '')
      FROM (SELECT token FROM json_each('[' || replace(json_quote(NEW.diet_keys), ',', '","') || ']') JOIN token_forms ON raw = value
        ORDER BY key)),
    ingredient_keys = (SELECT ',' || coalesce(group_concat(CASE token WHEN '' THEN '' ELSE token || ',' END, ''), '')
      FROM (SELECT token FROM json_each('[' || replace(json_quote(NEW.ingredient_keys), ',', '","') || ']') JOIN token_forms ON raw = value
        ORDER BY key))
  WHERE id = NEW.id;
  DELETE FROM folding;
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

-- ## Names of places as their rows spell them, read from the index of facets

DROP INDEX properties_facets;
CREATE INDEX properties_facets ON properties
  (status, property_type, bedrooms, quarter_baths, state_key, city_key, price_cents, location_id);

-- ## Order by title, and words for the text search: folded alike.

DROP INDEX recipes_title;
ALTER TABLE recipes DROP COLUMN title_key;
ALTER TABLE recipes ADD COLUMN title_key text NOT NULL DEFAULT '';
CREATE INDEX recipes_title ON recipes (title_key, id);

CREATE TRIGGER recipes_titled_insert AFTER INSERT ON recipes
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw) VALUES (NEW.title);
  UPDATE recipes SET title_key = (SELECT folded FROM folded WHERE raw = NEW.title) WHERE id = NEW.id;
  DELETE FROM folding;
END;

CREATE TRIGGER recipes_titled_update AFTER UPDATE OF title ON recipes
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw) VALUES (NEW.title);
  UPDATE recipes SET title_key = (SELECT folded FROM folded WHERE raw = NEW.title) WHERE id = NEW.id;
  DELETE FROM folding;
END;

-- Triggers that stand beside others fire in no promised order, so each takes the row as it is by then. A text in ASCII
-- needs no folding: the word index ignores case.
CREATE TRIGGER properties_words_inserted AFTER INSERT ON properties
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw)
    SELECT title FROM properties WHERE id = NEW.id AND title GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT description FROM properties WHERE id = NEW.id AND description GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT address FROM properties WHERE id = NEW.id AND address GLOB '*[^' || char(1) || '-' || char(127) || ']*';
  DELETE FROM properties_words WHERE rowid = NEW.id;
  INSERT INTO properties_words (rowid, title, description, address, city_key)
  SELECT id,
    coalesce((SELECT folded FROM folded WHERE raw = title), title),
    coalesce((SELECT folded FROM folded WHERE raw = description), description),
    coalesce((SELECT folded FROM folded WHERE raw = address), address),
    city_key
  FROM properties WHERE id = NEW.id;
  DELETE FROM folding;
END;

CREATE TRIGGER properties_words_updated AFTER UPDATE OF title, description, address, city_key ON properties
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description OR NEW.address IS NOT OLD.address
  OR NEW.city_key IS NOT OLD.city_key
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw)
    SELECT title FROM properties WHERE id = NEW.id AND title GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT description FROM properties WHERE id = NEW.id AND description GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT address FROM properties WHERE id = NEW.id AND address GLOB '*[^' || char(1) || '-' || char(127) || ']*';
  DELETE FROM properties_words WHERE rowid = NEW.id;
  INSERT INTO properties_words (rowid, title, description, address, city_key)
  SELECT id,
    coalesce((SELECT folded FROM folded WHERE raw = title), title),
    coalesce((SELECT folded FROM folded WHERE raw = description), description),
    coalesce((SELECT folded FROM folded WHERE raw = address), address),
    city_key
  FROM properties WHERE id = NEW.id;
  DELETE FROM folding;
END;

CREATE TRIGGER recipes_words_inserted AFTER INSERT ON recipes
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw)
    SELECT title FROM recipes WHERE id = NEW.id AND title GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT description FROM recipes WHERE id = NEW.id AND description GLOB '*[^' || char(1) || '-' || char(127) || ']*';
  DELETE FROM recipes_words WHERE rowid = NEW.id;
  INSERT INTO recipes_words (rowid, title, description, ingredient_keys, cuisine)
  SELECT id,
    coalesce((SELECT folded FROM folded WHERE raw = title), title),
    coalesce((SELECT folded FROM folded WHERE raw = description), description),
    ingredient_keys, cuisine
  FROM recipes WHERE id = NEW.id;
  DELETE FROM folding;
END;

CREATE TRIGGER recipes_words_updated AFTER UPDATE OF title, description, ingredient_keys, cuisine ON recipes
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description
  OR NEW.ingredient_keys IS NOT OLD.ingredient_keys OR NEW.cuisine IS NOT OLD.cuisine
BEGIN
  DELETE FROM folding;
  INSERT INTO folding (raw)
    SELECT title FROM recipes WHERE id = NEW.id AND title GLOB '*[^' || char(1) || '-' || char(127) || ']*'
    UNION SELECT description FROM recipes WHERE id = NEW.id AND description GLOB '*[^' || char(1) || '-' || char(127) || ']*';
  DELETE FROM recipes_words WHERE rowid = NEW.id;
  INSERT INTO recipes_words (rowid, title, description, ingredient_keys, cuisine)
  SELECT id,
    coalesce((SELECT folded FROM folded WHERE raw = title), title),
    coalesce((SELECT folded FROM folded WHERE raw = description), description),
    ingredient_keys, cuisine
  FROM recipes WHERE id = NEW.id;
  DELETE FROM folding;
END;
