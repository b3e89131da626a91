-- The change log.
--
-- Triggers append every edit of a catalogue's rows, by whatever road it comes, in the edit's own
-- transaction. A deferred constraint trigger takes one revision for the transaction at its very
-- end, from one counter row: that row's lock makes revision order commit order, without gaps, and
-- is held for the length of a commit only. All triggers are ENABLE ALWAYS, so that
-- session_replication_role = replica escapes none of them.

CREATE TABLE revision_counter (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  revision bigint NOT NULL,
  -- 64 random bits drawn with the revision.
  tag      bigint NOT NULL,
  -- The transaction that took the revision.
  taken_by xid8
);

CREATE FUNCTION hearth_random_tag() RETURNS bigint LANGUAGE sql VOLATILE AS
  $$ SELECT hashtextextended(gen_random_uuid()::text, 0) $$;

INSERT INTO revision_counter (revision, tag) VALUES (1, hearth_random_tag());

CREATE TABLE change_log (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- NULL until the transaction's end.
  revision    bigint,
  tag         bigint,
  catalogue   text NOT NULL,
  -- NULL: any row of the catalogue.
  id          bigint,
  before      jsonb,
  after       jsonb,
  who         text DEFAULT nullif(current_setting('hearth.who', true), ''),
  at          bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX change_log_revision ON change_log (revision);
CREATE INDEX change_log_row ON change_log (catalogue, id, revision);
CREATE INDEX change_log_open ON change_log (transaction) WHERE revision IS NULL;

-- The log is never empty: it begins with the first revision, in which everything is new.
INSERT INTO change_log (revision, tag, catalogue)
SELECT revision, tag, unnest(ARRAY['properties', 'recipes']) FROM revision_counter;

CREATE FUNCTION hearth_take_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken revision_counter;
BEGIN
  -- Fires once for each logged row; the first one serves them all.
  IF NOT EXISTS (SELECT FROM change_log WHERE transaction = pg_current_xact_id() AND revision IS NULL) THEN
    RETURN NULL;
  END IF;
  -- SET CONSTRAINTS can make it fire before the end: the transaction keeps its revision.
  UPDATE revision_counter SET
    revision = CASE WHEN taken_by = pg_current_xact_id() THEN revision ELSE revision + 1 END,
    tag = CASE WHEN taken_by = pg_current_xact_id() THEN tag ELSE hearth_random_tag() END,
    taken_by = pg_current_xact_id()
  RETURNING * INTO taken;
  UPDATE change_log SET revision = taken.revision, tag = taken.tag
  WHERE transaction = pg_current_xact_id() AND revision IS NULL;
  PERFORM pg_notify('hearth', taken.revision::text);
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER change_log_revision AFTER INSERT ON change_log
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.revision IS NULL)
  EXECUTE FUNCTION hearth_take_revision();
ALTER TABLE change_log ENABLE ALWAYS TRIGGER change_log_revision;

-- One statement is logged row by row, or, in a bulk load (SET LOCAL hearth.bulk = on), as
-- "everything in this catalogue".
CREATE FUNCTION hearth_log_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('hearth.bulk', true) = 'on' THEN
    INSERT INTO change_log (catalogue) SELECT TG_TABLE_NAME WHERE EXISTS (SELECT FROM new_rows);
  ELSE
    INSERT INTO change_log (catalogue, id, after)
    SELECT TG_TABLE_NAME, n.id, to_jsonb(n) - 'view_count' FROM new_rows n;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION hearth_log_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_log (catalogue, id, before)
  SELECT TG_TABLE_NAME, o.id, to_jsonb(o) - 'view_count' FROM old_rows o;
  RETURN NULL;
END $$;

-- A view is counted without a change. A row whose id was altered is one removed and one added.
CREATE FUNCTION hearth_log_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_log (catalogue, id, before, after)
  SELECT TG_TABLE_NAME, coalesce(o.id, n.id), o.row, n.row
  FROM (SELECT id, to_jsonb(old_rows) - 'view_count' AS row FROM old_rows) o
  FULL JOIN (SELECT id, to_jsonb(new_rows) - 'view_count' AS row FROM new_rows) n ON o.id = n.id
  WHERE o.row IS DISTINCT FROM n.row;
  RETURN NULL;
END $$;

CREATE FUNCTION hearth_log_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_log (catalogue) VALUES (coalesce(TG_ARGV[0], TG_TABLE_NAME));
  RETURN NULL;
END $$;

-- The version of a row grows with each edit, by whatever road.
CREATE FUNCTION hearth_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'view_count' IS DISTINCT FROM to_jsonb(OLD) - 'view_count' THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  END IF;
  RETURN NEW;
END $$;

-- The token form of a text, as the server makes it: NFKC, lower case, NFKC, trimmed, and runs of
-- white space, '_' and '-' as one '-'.
CREATE FUNCTION hearth_token(raw text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(
    regexp_replace(normalize(lower(normalize(raw, NFKC) COLLATE "und-x-icu"), NFKC), '^\s+|\s+$', '', 'g'),
    '[\s_-]+', '-', 'g')
$$;

CREATE FUNCTION hearth_location_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.city_key := hearth_token(NEW.city);
  NEW.state_key := hearth_token(NEW.state);
  RETURN NEW;
END $$;

CREATE TRIGGER locations_keyed BEFORE INSERT OR UPDATE ON locations
  FOR EACH ROW EXECUTE FUNCTION hearth_location_keys();
ALTER TABLE locations ENABLE ALWAYS TRIGGER locations_keyed;

CREATE FUNCTION hearth_property_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT city_key, state_key INTO NEW.city_key, NEW.state_key
  FROM locations WHERE id = NEW.location_id;
  RETURN NEW;
END $$;

-- Before triggers fire in the order of their names: keys first, then the version.
CREATE TRIGGER properties_keyed BEFORE INSERT OR UPDATE OF location_id, city_key, state_key, parts_version
  ON properties FOR EACH ROW EXECUTE FUNCTION hearth_property_keys();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_keyed;

CREATE TRIGGER properties_versioned BEFORE UPDATE ON properties
  FOR EACH ROW EXECUTE FUNCTION hearth_version();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_versioned;
CREATE TRIGGER properties_inserted AFTER INSERT ON properties REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_insert();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_inserted;
CREATE TRIGGER properties_updated AFTER UPDATE ON properties REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_update();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_updated;
CREATE TRIGGER properties_deleted AFTER DELETE ON properties REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_delete();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_deleted;
CREATE TRIGGER properties_truncated AFTER TRUNCATE ON properties
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_truncate();
ALTER TABLE properties ENABLE ALWAYS TRIGGER properties_truncated;

CREATE TRIGGER recipes_versioned BEFORE UPDATE ON recipes
  FOR EACH ROW EXECUTE FUNCTION hearth_version();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_versioned;
CREATE TRIGGER recipes_inserted AFTER INSERT ON recipes REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_insert();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_inserted;
CREATE TRIGGER recipes_updated AFTER UPDATE ON recipes REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_update();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_updated;
CREATE TRIGGER recipes_deleted AFTER DELETE ON recipes REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_delete();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_deleted;
CREATE TRIGGER recipes_truncated AFTER TRUNCATE ON recipes
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_truncate();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_truncated;

-- Editing a row that homes embed edits those homes, so that one trigger logs everything.
CREATE FUNCTION hearth_embedded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF TG_TABLE_NAME = 'agents' THEN
    UPDATE properties SET parts_version = parts_version + 1 WHERE agent_id = part;
  ELSIF TG_TABLE_NAME = 'offices' THEN
    UPDATE properties SET parts_version = parts_version + 1
    WHERE agent_id IN (SELECT id FROM agents WHERE office_id = part);
  ELSE
    UPDATE properties SET parts_version = parts_version + 1 WHERE location_id = part;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER agents_embedded AFTER INSERT OR UPDATE OR DELETE ON agents
  FOR EACH ROW EXECUTE FUNCTION hearth_embedded();
ALTER TABLE agents ENABLE ALWAYS TRIGGER agents_embedded;
CREATE TRIGGER agents_truncated AFTER TRUNCATE ON agents
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_truncate('properties');
ALTER TABLE agents ENABLE ALWAYS TRIGGER agents_truncated;

CREATE TRIGGER offices_embedded AFTER INSERT OR UPDATE OR DELETE ON offices
  FOR EACH ROW EXECUTE FUNCTION hearth_embedded();
ALTER TABLE offices ENABLE ALWAYS TRIGGER offices_embedded;
CREATE TRIGGER offices_truncated AFTER TRUNCATE ON offices
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_truncate('properties');
ALTER TABLE offices ENABLE ALWAYS TRIGGER offices_truncated;

CREATE TRIGGER locations_embedded AFTER INSERT OR UPDATE OR DELETE ON locations
  FOR EACH ROW EXECUTE FUNCTION hearth_embedded();
ALTER TABLE locations ENABLE ALWAYS TRIGGER locations_embedded;
CREATE TRIGGER locations_truncated AFTER TRUNCATE ON locations
  FOR EACH STATEMENT EXECUTE FUNCTION hearth_log_truncate('properties');
ALTER TABLE locations ENABLE ALWAYS TRIGGER locations_truncated;
