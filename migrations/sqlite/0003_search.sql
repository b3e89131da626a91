-- Facets and text search.

-- Every column that facets look at: they are counted from here, without a look at the rows. First
-- come the columns of few values, in whose order most facets are grouped without sorting.
CREATE INDEX properties_facets ON properties
  (status, property_type, bedrooms, half_baths, state_key, city_key, price_cents);
CREATE INDEX recipes_facets ON recipes (difficulty, prep_time, cuisine);

-- The words of each row. The texts are kept a second time: an index without them would have to be
-- told the old words when a row changes, and would be corrupt for good if a trigger fired too late
-- to know them. Nothing here is logged, for the words of a row are the row's.
CREATE VIRTUAL TABLE properties_words USING fts5 (
  title, description, address, city_key,
  tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO properties_words (rowid, title, description, address, city_key)
SELECT id, title, description, address, city_key FROM properties;

CREATE VIRTUAL TABLE recipes_words USING fts5 (
  title, description, ingredient_keys, cuisine,
  tokenize = "unicode61 remove_diacritics 0"
);
INSERT INTO recipes_words (rowid, title, description, ingredient_keys, cuisine)
SELECT id, title, description, ingredient_keys, cuisine FROM recipes;

-- Triggers that stand beside others fire in no promised order, so each takes the row as it is by
-- then: whichever fires last leaves the right words. REPLACE removes a row without a trigger.
CREATE TRIGGER properties_words_inserted AFTER INSERT ON properties
BEGIN
  DELETE FROM properties_words WHERE rowid = NEW.id;
  INSERT INTO properties_words (rowid, title, description, address, city_key)
  SELECT id, title, description, address, city_key FROM properties WHERE id = NEW.id;
END;

CREATE TRIGGER properties_words_updated AFTER UPDATE OF title, description, address, city_key ON properties
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description OR NEW.address IS NOT OLD.address
  OR NEW.city_key IS NOT OLD.city_key
BEGIN
  DELETE FROM properties_words WHERE rowid = NEW.id;
  INSERT INTO properties_words (rowid, title, description, address, city_key)
  SELECT id, title, description, address, city_key FROM properties WHERE id = NEW.id;
END;

CREATE TRIGGER properties_words_deleted AFTER DELETE ON properties
BEGIN
  DELETE FROM properties_words WHERE rowid = OLD.id;
END;

CREATE TRIGGER recipes_words_inserted AFTER INSERT ON recipes
BEGIN
  DELETE FROM recipes_words WHERE rowid = NEW.id;
  INSERT INTO recipes_words (rowid, title, description, ingredient_keys, cuisine)
  SELECT id, title, description, ingredient_keys, cuisine FROM recipes WHERE id = NEW.id;
END;

CREATE TRIGGER recipes_words_updated AFTER UPDATE OF title, description, ingredient_keys, cuisine ON recipes
WHEN NEW.title IS NOT OLD.title OR NEW.description IS NOT OLD.description
  OR NEW.ingredient_keys IS NOT OLD.ingredient_keys OR NEW.cuisine IS NOT OLD.cuisine
BEGIN
  DELETE FROM recipes_words WHERE rowid = NEW.id;
  INSERT INTO recipes_words (rowid, title, description, ingredient_keys, cuisine)
  SELECT id, title, description, ingredient_keys, cuisine FROM recipes WHERE id = NEW.id;
END;

CREATE TRIGGER recipes_words_deleted AFTER DELETE ON recipes
BEGIN
  DELETE FROM recipes_words WHERE rowid = OLD.id;
END;
