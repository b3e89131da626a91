-- Recipes, finished: course, tags, amounts, three times and what a serving has in it.

-- What is not known of the rows that are there: no amounts, and a nutrition of zero, which no dish has. Their time was
-- one number, from start to table, and stays that.
ALTER TABLE recipes ADD COLUMN course text NOT NULL DEFAULT 'main' CHECK (typeof(course) = 'text');
ALTER TABLE recipes ADD COLUMN tag_keys text NOT NULL DEFAULT ',' CHECK (typeof(tag_keys) = 'text');
-- Lines.
ALTER TABLE recipes ADD COLUMN amounts text NOT NULL DEFAULT '' CHECK (typeof(amounts) = 'text');
ALTER TABLE recipes ADD COLUMN cook_time integer NOT NULL DEFAULT 0
  CHECK (typeof(cook_time) = 'integer' AND cook_time BETWEEN 0 AND 1000000);
-- (Only a virtual column can be added to a table.)
ALTER TABLE recipes ADD COLUMN total_time integer GENERATED ALWAYS AS (prep_time + cook_time) VIRTUAL;
-- Per serving: kilocalories, grams, and milligrams of sodium.
ALTER TABLE recipes ADD COLUMN calories integer NOT NULL DEFAULT 0
  CHECK (typeof(calories) = 'integer' AND calories BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN protein integer NOT NULL DEFAULT 0
  CHECK (typeof(protein) = 'integer' AND protein BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN fat integer NOT NULL DEFAULT 0
  CHECK (typeof(fat) = 'integer' AND fat BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN saturated_fat integer NOT NULL DEFAULT 0
  CHECK (typeof(saturated_fat) = 'integer' AND saturated_fat BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN carbohydrate integer NOT NULL DEFAULT 0
  CHECK (typeof(carbohydrate) = 'integer' AND carbohydrate BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN fiber integer NOT NULL DEFAULT 0
  CHECK (typeof(fiber) = 'integer' AND fiber BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN sugar integer NOT NULL DEFAULT 0
  CHECK (typeof(sugar) = 'integer' AND sugar BETWEEN 0 AND 1000000);
ALTER TABLE recipes ADD COLUMN sodium integer NOT NULL DEFAULT 0
  CHECK (typeof(sodium) = 'integer' AND sodium BETWEEN 0 AND 1000000);

CREATE INDEX recipes_total ON recipes (total_time, id);
DROP INDEX recipes_facets;
CREATE INDEX recipes_facets ON recipes (difficulty, course, prep_time, total_time, cuisine);
