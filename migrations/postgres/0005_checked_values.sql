-- Bounds of numbers, the same on both databases: outside of them a row could not be shown. Rows that are already there
-- are left alone (NOT VALID); the columns' types need no check here.

ALTER TABLE locations
  ADD CONSTRAINT locations_latitude_bounds CHECK (latitude BETWEEN -90 AND 90) NOT VALID,
  ADD CONSTRAINT locations_longitude_bounds CHECK (longitude BETWEEN -180 AND 180) NOT VALID;

ALTER TABLE properties
  ADD CONSTRAINT properties_price_cents_bounds CHECK (price_cents BETWEEN 0 AND 100000000000000) NOT VALID,
  ADD CONSTRAINT properties_bedrooms_bounds CHECK (bedrooms BETWEEN 0 AND 1000) NOT VALID,
  ADD CONSTRAINT properties_half_baths_bounds CHECK (half_baths BETWEEN 0 AND 2000) NOT VALID,
  ADD CONSTRAINT properties_area_bounds CHECK (area BETWEEN 0 AND 1000000000) NOT VALID,
  ADD CONSTRAINT properties_year_built_bounds CHECK (year_built BETWEEN 0 AND 9999) NOT VALID,
  ADD CONSTRAINT properties_latitude_bounds CHECK (latitude BETWEEN -90 AND 90) NOT VALID,
  ADD CONSTRAINT properties_longitude_bounds CHECK (longitude BETWEEN -180 AND 180) NOT VALID,
  ADD CONSTRAINT properties_created_at_bounds CHECK (created_at BETWEEN -62135596800000 AND 253402300799999) NOT VALID,
  ADD CONSTRAINT properties_updated_at_bounds CHECK (updated_at BETWEEN -62135596800000 AND 253402300799999) NOT VALID,
  ADD CONSTRAINT properties_view_count_bounds CHECK (view_count BETWEEN 0 AND 1000000000000000) NOT VALID;

ALTER TABLE recipes
  ADD CONSTRAINT recipes_prep_time_bounds CHECK (prep_time BETWEEN 0 AND 1000000) NOT VALID,
  ADD CONSTRAINT recipes_servings_bounds CHECK (servings BETWEEN 0 AND 1000000) NOT VALID,
  ADD CONSTRAINT recipes_created_at_bounds CHECK (created_at BETWEEN -62135596800000 AND 253402300799999) NOT VALID,
  ADD CONSTRAINT recipes_updated_at_bounds CHECK (updated_at BETWEEN -62135596800000 AND 253402300799999) NOT VALID,
  ADD CONSTRAINT recipes_view_count_bounds CHECK (view_count BETWEEN 0 AND 1000000000000000) NOT VALID;
