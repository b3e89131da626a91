-- Facets and text search.

-- Every column that facets look at: they are counted from here, without a look at the rows. First
-- come the columns of few values, in whose order most facets are grouped without sorting.
CREATE INDEX properties_facets ON properties
  (status, property_type, bedrooms, half_baths, state_key, city_key, price_cents);
CREATE INDEX recipes_facets ON recipes (difficulty, prep_time, cuisine);

-- The words of a text: letters and digits in lower case, as SQLite's FTS5 takes them. Whatever
-- else stands between words is put away first, for the parser knows addresses, signs and hyphens
-- of its own. A text that would be too long for its kind is cut.
CREATE FUNCTION hearth_words(raw text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 2000 AS $$
  SELECT to_tsvector('simple',
    regexp_replace(lower(left(raw, 100000) COLLATE "und-x-icu"), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Generated, and so always in step. On an index rather than in a column: a row's words are no
-- part of its version, nor of what the change log says of it.
CREATE INDEX properties_words ON properties USING gin
  (hearth_words(title || ' ' || description || ' ' || address || ' ' || city_key));
CREATE INDEX recipes_words ON recipes USING gin
  (hearth_words(title || ' ' || description || ' ' || ingredient_keys || ' ' || cuisine));
