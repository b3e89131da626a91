-- A generated column has no value yet when a BEFORE trigger sees the new row, so a recipe whose view
-- was counted looked like one that was edited.
CREATE OR REPLACE FUNCTION hearth_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- What follows from other columns, or is no edit.
  ignored CONSTANT text[] := ARRAY['view_count', 'title_key'];
BEGIN
  IF to_jsonb(NEW) - ignored IS DISTINCT FROM to_jsonb(OLD) - ignored THEN
    NEW.version := OLD.version + 1;
    NEW.updated_at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  END IF;
  RETURN NEW;
END $$;
