-- From here on the server derives the triggers that log edits, make keys, and edit the rows that embed an edited one: from
-- the declarations of the catalogues and from the columns that the tables have. It replaces those of the migrations before
-- this one, under the same names, whenever it starts and finds others. They call what follows.
--
-- hearth_embedded, hearth_location_keys, hearth_property_keys and hearth_recipe_keys are left to servers of the release
-- before this one.

-- The arguments are columns that follow from others: they have no value yet when a row is looked at before it is written.
CREATE OR REPLACE FUNCTION hearth_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- What follows from other columns, or is no edit.
  ignored CONSTANT text[] := ARRAY['view_count', 'title_key'] || coalesce(TG_ARGV, '{}');
BEGIN
  IF to_jsonb(NEW) - ignored IS DISTINCT FROM to_jsonb(OLD) - ignored THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  END IF;
  RETURN NEW;
END $$;

-- The arguments are the catalogues whose rows are touched; without one, that of the table.
CREATE OR REPLACE FUNCTION hearth_log_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO change_log (catalogue)
  SELECT unnest(CASE WHEN TG_NARGS = 0 THEN ARRAY[TG_TABLE_NAME::text] ELSE TG_ARGV END);
  RETURN NULL;
END $$;
