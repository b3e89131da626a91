-- Recipes, finished: course, tags, amounts, three times and what a serving has in it.

-- What is not known of the rows that are there: no amounts, and a nutrition of zero, which no dish has. Their time was
-- one number, from start to table, and stays that.
ALTER TABLE recipes
  ADD COLUMN course text COLLATE "C" NOT NULL DEFAULT 'main',
  ADD COLUMN tag_keys text COLLATE "C" NOT NULL DEFAULT ',',
  -- Lines.
  ADD COLUMN amounts text NOT NULL DEFAULT '',
  ADD COLUMN cook_time bigint NOT NULL DEFAULT 0 CHECK (cook_time BETWEEN 0 AND 1000000),
  ADD COLUMN total_time bigint GENERATED ALWAYS AS (prep_time + cook_time) STORED,
  -- Per serving: kilocalories, grams, and milligrams of sodium.
  ADD COLUMN calories bigint NOT NULL DEFAULT 0 CHECK (calories BETWEEN 0 AND 1000000),
  ADD COLUMN protein bigint NOT NULL DEFAULT 0 CHECK (protein BETWEEN 0 AND 1000000),
  ADD COLUMN fat bigint NOT NULL DEFAULT 0 CHECK (fat BETWEEN 0 AND 1000000),
  ADD COLUMN saturated_fat bigint NOT NULL DEFAULT 0 CHECK (saturated_fat BETWEEN 0 AND 1000000),
  ADD COLUMN carbohydrate bigint NOT NULL DEFAULT 0 CHECK (carbohydrate BETWEEN 0 AND 1000000),
  ADD COLUMN fiber bigint NOT NULL DEFAULT 0 CHECK (fiber BETWEEN 0 AND 1000000),
  ADD COLUMN sugar bigint NOT NULL DEFAULT 0 CHECK (sugar BETWEEN 0 AND 1000000),
  ADD COLUMN sodium bigint NOT NULL DEFAULT 0 CHECK (sodium BETWEEN 0 AND 1000000);

CREATE INDEX recipes_total ON recipes (total_time, id);
DROP INDEX recipes_facets;
CREATE INDEX recipes_facets ON recipes (difficulty, course, prep_time, total_time, cuisine);
