-- Quarters of a bath, and keys by the normalizer's own rule.

-- ## Quarters of a bath

ALTER TABLE properties DROP CONSTRAINT properties_half_baths_bounds;
ALTER TABLE properties RENAME COLUMN half_baths TO quarter_baths;
-- Not an update, which would be logged row by row.
ALTER TABLE properties ALTER COLUMN quarter_baths TYPE bigint USING quarter_baths * 2;
ALTER TABLE properties
  ADD CONSTRAINT properties_quarter_baths_bounds CHECK (quarter_baths BETWEEN 0 AND 4000) NOT VALID;

-- What was cached is of the old kind.
INSERT INTO change_log (catalogue)
SELECT unnest(ARRAY['properties', 'recipes']) WHERE EXISTS (SELECT FROM properties) OR EXISTS (SELECT FROM recipes);

-- ## Keys

-- Of which version of the rule the keys are; empty until the server has looked.
CREATE TABLE token_rule (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  version   text NOT NULL
);
INSERT INTO token_rule (version) VALUES ('');

-- Tokens that are used instead of others: a state's name instead of its code. The server fills it.
CREATE TABLE synonyms (
  parameter text NOT NULL,
  token     text COLLATE "C" NOT NULL,
  used      text COLLATE "C" NOT NULL,
  PRIMARY KEY (parameter, token)
);

-- A text without the differences that searching ignores, as the normalizer folds it: NFKC, lower case, Latin letters
-- without their accents.
CREATE FUNCTION hearth_fold(raw text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN raw ~ '[^\x01-\x7f]' THEN
    replace(replace(replace(replace(regexp_replace(translate(
      normalize(lower(normalize(raw, NFKC) COLLATE "und-x-icu"), NFKC) COLLATE "C",
      'àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżžơưǎǐǒǔǖǘǚǜǟǡǣǧǩǫǭǯǰǵǹǻǽǿȁȃȅȇȉȋȍȏȑȓȕȗșțȟȧȩȫȭȯȱȳḁḃḅḇḉḋḍḏḑḓḕḗḙḛḝḟḡḣḥḧḩḫḭḯḱḳḵḷḹḻḽḿṁṃṅṇṉṋṍṏṑṓṕṗṙṛṝṟṡṣṥṧṩṫṭṯṱṳṵṷṹṻṽṿẁẃẅẇẉẋẍẏẑẓẕẖẗẘẙạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđðħıłøŧς’' || E'\u0085\u1680\u2028\u2029',
      'aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzzouaiouuuuuaaægkooʒjgnaæoaaeeiioorruusthaeooooyabbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzzhtwyaaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyyddhilotσ''    '),
      '([a-z\u00df-\u02af])[\u0300-\u036f]+', '\1', 'g'), 'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th')
  ELSE lower(raw COLLATE "C") END
$$;

-- Bodies that begin with RETURN are bound to the functions that they call, not to their names, which maintenance and
-- restored dumps do not find.
CREATE OR REPLACE FUNCTION hearth_token(raw text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(
    trim(E' \t\n\x0b\f\r' FROM replace(hearth_fold(raw), ',', ' ')), E'[ \t\n\x0b\f\r_-]+', '-', 'g');

-- Several tokens between commas.
CREATE FUNCTION hearth_terms(raw text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT ',' || coalesce(string_agg(hearth_token(element) || ',', '' ORDER BY place), '')
  FROM unnest(string_to_array(raw, ',')) WITH ORDINALITY AS elements (element, place)
  WHERE hearth_token(element) <> ''
);

CREATE OR REPLACE FUNCTION hearth_location_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.city_key := hearth_token(NEW.city);
  NEW.state_key := hearth_token(NEW.state);
  NEW.state_key := coalesce(
    (SELECT used FROM synonyms WHERE parameter = 'state' AND token = NEW.state_key), NEW.state_key);
  RETURN NEW;
END $$;

-- A recipe's own keys are tokens, whoever writes them. (Before triggers fire in the order of their names.)
CREATE FUNCTION hearth_recipe_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.cuisine := hearth_token(NEW.cuisine);
  NEW.diet_keys := hearth_terms(NEW.diet_keys);
  NEW.ingredient_keys := hearth_terms(NEW.ingredient_keys);
  RETURN NEW;
END $$;
CREATE TRIGGER recipes_keyed BEFORE INSERT OR UPDATE OF cuisine, diet_keys, ingredient_keys
  ON recipes FOR EACH ROW EXECUTE FUNCTION hearth_recipe_keys();
ALTER TABLE recipes ENABLE ALWAYS TRIGGER recipes_keyed;

-- ## Names of places as their rows spell them, read from the index of facets

DROP INDEX properties_facets;
CREATE INDEX properties_facets ON properties
  (status, property_type, bedrooms, quarter_baths, state_key, city_key, price_cents) INCLUDE (location_id);

-- ## Order by title, and words for the text search: folded alike.

DROP INDEX recipes_title;
ALTER TABLE recipes DROP COLUMN title_key;
ALTER TABLE recipes ADD COLUMN title_key text COLLATE "C" GENERATED ALWAYS AS (hearth_fold(title)) STORED;
CREATE INDEX recipes_title ON recipes (title_key, id);

DROP INDEX properties_words;
DROP INDEX recipes_words;
CREATE OR REPLACE FUNCTION hearth_words(raw text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple',
    regexp_replace(hearth_fold(left(raw, 100000)) COLLATE "und-x-icu", '[^[:alnum:]]+', ' ', 'g'));
CREATE INDEX properties_words ON properties USING gin
  (hearth_words(title || ' ' || description || ' ' || address || ' ' || city_key));
CREATE INDEX recipes_words ON recipes USING gin
  (hearth_words(title || ' ' || description || ' ' || ingredient_keys || ' ' || cuisine));
ALTER INDEX properties_words ALTER COLUMN 1 SET STATISTICS 0;
ALTER INDEX recipes_words ALTER COLUMN 1 SET STATISTICS 0;
