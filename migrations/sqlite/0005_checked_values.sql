-- Values that PostgreSQL would refuse are refused here too: SQLite stores a value of any type in any column, and the
-- sqlite3 shell does not check foreign keys unless it is told to. One such row would make every list that holds it
-- unreadable. Bounds are the same on both databases.
--
-- An update is checked in what it changes, so that a row that is wrong already can still be edited.
--
-- Messages are literals, as the triggers run in whatever SQLite edits the file, which may be an old one.

-- Numbers that were stored with a fraction, as `price_cents * 1.015` used to be.
UPDATE agents SET office_id = CAST(round(office_id) AS integer) WHERE typeof(office_id) = 'real';
UPDATE properties SET price_cents = CAST(round(price_cents) AS integer) WHERE typeof(price_cents) = 'real';
UPDATE properties SET bedrooms = CAST(round(bedrooms) AS integer) WHERE typeof(bedrooms) = 'real';
UPDATE properties SET half_baths = CAST(round(half_baths) AS integer) WHERE typeof(half_baths) = 'real';
UPDATE properties SET area = CAST(round(area) AS integer) WHERE typeof(area) = 'real';
UPDATE properties SET year_built = CAST(round(year_built) AS integer) WHERE typeof(year_built) = 'real';
UPDATE properties SET location_id = CAST(round(location_id) AS integer) WHERE typeof(location_id) = 'real';
UPDATE properties SET agent_id = CAST(round(agent_id) AS integer) WHERE typeof(agent_id) = 'real';
UPDATE properties SET parts_version = CAST(round(parts_version) AS integer) WHERE typeof(parts_version) = 'real';
UPDATE properties SET version = CAST(round(version) AS integer) WHERE typeof(version) = 'real';
UPDATE properties SET created_at = CAST(round(created_at) AS integer) WHERE typeof(created_at) = 'real';
UPDATE properties SET updated_at = CAST(round(updated_at) AS integer) WHERE typeof(updated_at) = 'real';
UPDATE properties SET view_count = CAST(round(view_count) AS integer) WHERE typeof(view_count) = 'real';
UPDATE recipes SET prep_time = CAST(round(prep_time) AS integer) WHERE typeof(prep_time) = 'real';
UPDATE recipes SET servings = CAST(round(servings) AS integer) WHERE typeof(servings) = 'real';
UPDATE recipes SET version = CAST(round(version) AS integer) WHERE typeof(version) = 'real';
UPDATE recipes SET created_at = CAST(round(created_at) AS integer) WHERE typeof(created_at) = 'real';
UPDATE recipes SET updated_at = CAST(round(updated_at) AS integer) WHERE typeof(updated_at) = 'real';
UPDATE recipes SET view_count = CAST(round(view_count) AS integer) WHERE typeof(view_count) = 'real';

CREATE TRIGGER offices_checked_inserting BEFORE INSERT ON offices
BEGIN
  SELECT CASE
    WHEN typeof(NEW.name) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.name must be text')
    WHEN typeof(NEW.phone) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.phone must be text')
    WHEN typeof(NEW.city) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.city must be text')
  END;
END;

CREATE TRIGGER offices_checked_updating BEFORE UPDATE ON offices
BEGIN
  SELECT CASE
    WHEN NEW.name IS NOT OLD.name AND typeof(NEW.name) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.name must be text')
    WHEN NEW.phone IS NOT OLD.phone AND typeof(NEW.phone) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.phone must be text')
    WHEN NEW.city IS NOT OLD.city AND typeof(NEW.city) NOT IN ('text', 'null') THEN RAISE(ABORT, 'offices.city must be text')
  END;
END;

CREATE TRIGGER agents_checked_inserting BEFORE INSERT ON agents
BEGIN
  SELECT CASE
    WHEN typeof(NEW.name) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.name must be text')
    WHEN typeof(NEW.email) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.email must be text')
    WHEN typeof(NEW.phone) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.phone must be text')
    WHEN typeof(NEW.office_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'agents.office_id must be an integer')
    WHEN NOT EXISTS (SELECT 1 FROM offices WHERE id = NEW.office_id) THEN RAISE(ABORT, 'agents.office_id must be the id of a row of offices')
  END;
END;

CREATE TRIGGER agents_checked_updating BEFORE UPDATE ON agents
BEGIN
  SELECT CASE
    WHEN NEW.name IS NOT OLD.name AND typeof(NEW.name) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.name must be text')
    WHEN NEW.email IS NOT OLD.email AND typeof(NEW.email) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.email must be text')
    WHEN NEW.phone IS NOT OLD.phone AND typeof(NEW.phone) NOT IN ('text', 'null') THEN RAISE(ABORT, 'agents.phone must be text')
    WHEN NEW.office_id IS NOT OLD.office_id AND typeof(NEW.office_id) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'agents.office_id must be an integer')
    WHEN NEW.office_id IS NOT OLD.office_id AND NOT EXISTS (SELECT 1 FROM offices WHERE id = NEW.office_id) THEN RAISE(ABORT, 'agents.office_id must be the id of a row of offices')
  END;
END;

CREATE TRIGGER locations_checked_inserting BEFORE INSERT ON locations
BEGIN
  SELECT CASE
    WHEN typeof(NEW.city) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.city must be text')
    WHEN typeof(NEW.state) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.state must be text')
    WHEN typeof(NEW.district) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.district must be text')
    WHEN typeof(NEW.postal_code) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.postal_code must be text')
    WHEN typeof(NEW.latitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'locations.latitude must be a number')
    WHEN NEW.latitude NOT BETWEEN -90 AND 90 THEN RAISE(ABORT, 'locations.latitude must be from -90 to 90')
    WHEN typeof(NEW.longitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'locations.longitude must be a number')
    WHEN NEW.longitude NOT BETWEEN -180 AND 180 THEN RAISE(ABORT, 'locations.longitude must be from -180 to 180')
    WHEN typeof(NEW.city_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.city_key must be text')
    WHEN typeof(NEW.state_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.state_key must be text')
  END;
END;

CREATE TRIGGER locations_checked_updating BEFORE UPDATE ON locations
BEGIN
  SELECT CASE
    WHEN NEW.city IS NOT OLD.city AND typeof(NEW.city) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.city must be text')
    WHEN NEW.state IS NOT OLD.state AND typeof(NEW.state) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.state must be text')
    WHEN NEW.district IS NOT OLD.district AND typeof(NEW.district) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.district must be text')
    WHEN NEW.postal_code IS NOT OLD.postal_code AND typeof(NEW.postal_code) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.postal_code must be text')
    WHEN NEW.latitude IS NOT OLD.latitude AND typeof(NEW.latitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'locations.latitude must be a number')
    WHEN NEW.latitude IS NOT OLD.latitude AND NEW.latitude NOT BETWEEN -90 AND 90 THEN RAISE(ABORT, 'locations.latitude must be from -90 to 90')
    WHEN NEW.longitude IS NOT OLD.longitude AND typeof(NEW.longitude) NOT IN ('real', 'null') THEN RAISE(ABORT, 'locations.longitude must be a number')
    WHEN NEW.longitude IS NOT OLD.longitude AND NEW.longitude NOT BETWEEN -180 AND 180 THEN RAISE(ABORT, 'locations.longitude must be from -180 to 180')
    WHEN NEW.city_key IS NOT OLD.city_key AND typeof(NEW.city_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.city_key must be text')
    WHEN NEW.state_key IS NOT OLD.state_key AND typeof(NEW.state_key) NOT IN ('text', 'null') THEN RAISE(ABORT, 'locations.state_key must be text')
  END;
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
    WHEN typeof(NEW.half_baths) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.half_baths must be an integer')
    WHEN NEW.half_baths NOT BETWEEN 0 AND 2000 THEN RAISE(ABORT, 'properties.half_baths must be from 0 to 2000')
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
    WHEN NEW.half_baths IS NOT OLD.half_baths AND typeof(NEW.half_baths) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'properties.half_baths must be an integer')
    WHEN NEW.half_baths IS NOT OLD.half_baths AND NEW.half_baths NOT BETWEEN 0 AND 2000 THEN RAISE(ABORT, 'properties.half_baths must be from 0 to 2000')
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

CREATE TRIGGER recipes_checked_inserting BEFORE INSERT ON recipes
BEGIN
  SELECT CASE
    WHEN typeof(NEW.title) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.title must be text')
    WHEN typeof(NEW.description) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.description must be text')
    WHEN typeof(NEW.cuisine) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.cuisine must be text')
    WHEN typeof(NEW.diet_keys) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.diet_keys must be text')
    WHEN typeof(NEW.ingredient_keys) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.ingredient_keys must be text')
    WHEN typeof(NEW.difficulty) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.difficulty must be text')
    WHEN typeof(NEW.prep_time) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.prep_time must be an integer')
    WHEN NEW.prep_time NOT BETWEEN 0 AND 1000000 THEN RAISE(ABORT, 'recipes.prep_time must be from 0 to 1000000')
    WHEN typeof(NEW.servings) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.servings must be an integer')
    WHEN NEW.servings NOT BETWEEN 0 AND 1000000 THEN RAISE(ABORT, 'recipes.servings must be from 0 to 1000000')
    WHEN typeof(NEW.steps) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.steps must be text')
    WHEN typeof(NEW.version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.version must be an integer')
    WHEN typeof(NEW.created_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.created_at must be an integer')
    WHEN NEW.created_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'recipes.created_at must be from -62135596800000 to 253402300799999')
    WHEN typeof(NEW.updated_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.updated_at must be an integer')
    WHEN NEW.updated_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'recipes.updated_at must be from -62135596800000 to 253402300799999')
    WHEN typeof(NEW.view_count) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.view_count must be an integer')
    WHEN NEW.view_count NOT BETWEEN 0 AND 1000000000000000 THEN RAISE(ABORT, 'recipes.view_count must be from 0 to 1000000000000000')
  END;
END;

CREATE TRIGGER recipes_checked_updating BEFORE UPDATE ON recipes
BEGIN
  SELECT CASE
    WHEN NEW.title IS NOT OLD.title AND typeof(NEW.title) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.title must be text')
    WHEN NEW.description IS NOT OLD.description AND typeof(NEW.description) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.description must be text')
    WHEN NEW.cuisine IS NOT OLD.cuisine AND typeof(NEW.cuisine) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.cuisine must be text')
    WHEN NEW.diet_keys IS NOT OLD.diet_keys AND typeof(NEW.diet_keys) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.diet_keys must be text')
    WHEN NEW.ingredient_keys IS NOT OLD.ingredient_keys AND typeof(NEW.ingredient_keys) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.ingredient_keys must be text')
    WHEN NEW.difficulty IS NOT OLD.difficulty AND typeof(NEW.difficulty) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.difficulty must be text')
    WHEN NEW.prep_time IS NOT OLD.prep_time AND typeof(NEW.prep_time) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.prep_time must be an integer')
    WHEN NEW.prep_time IS NOT OLD.prep_time AND NEW.prep_time NOT BETWEEN 0 AND 1000000 THEN RAISE(ABORT, 'recipes.prep_time must be from 0 to 1000000')
    WHEN NEW.servings IS NOT OLD.servings AND typeof(NEW.servings) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.servings must be an integer')
    WHEN NEW.servings IS NOT OLD.servings AND NEW.servings NOT BETWEEN 0 AND 1000000 THEN RAISE(ABORT, 'recipes.servings must be from 0 to 1000000')
    WHEN NEW.steps IS NOT OLD.steps AND typeof(NEW.steps) NOT IN ('text', 'null') THEN RAISE(ABORT, 'recipes.steps must be text')
    WHEN NEW.version IS NOT OLD.version AND typeof(NEW.version) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.version must be an integer')
    WHEN NEW.created_at IS NOT OLD.created_at AND typeof(NEW.created_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.created_at must be an integer')
    WHEN NEW.created_at IS NOT OLD.created_at AND NEW.created_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'recipes.created_at must be from -62135596800000 to 253402300799999')
    WHEN NEW.updated_at IS NOT OLD.updated_at AND typeof(NEW.updated_at) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.updated_at must be an integer')
    WHEN NEW.updated_at IS NOT OLD.updated_at AND NEW.updated_at NOT BETWEEN -62135596800000 AND 253402300799999 THEN RAISE(ABORT, 'recipes.updated_at must be from -62135596800000 to 253402300799999')
    WHEN NEW.view_count IS NOT OLD.view_count AND typeof(NEW.view_count) NOT IN ('integer', 'null') THEN RAISE(ABORT, 'recipes.view_count must be an integer')
    WHEN NEW.view_count IS NOT OLD.view_count AND NEW.view_count NOT BETWEEN 0 AND 1000000000000000 THEN RAISE(ABORT, 'recipes.view_count must be from 0 to 1000000000000000')
  END;
END;

CREATE TRIGGER offices_used_by_agents BEFORE DELETE ON offices
WHEN EXISTS (SELECT 1 FROM agents WHERE office_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'this row of offices is used by agents');
END;

CREATE TRIGGER locations_used_by_properties BEFORE DELETE ON locations
WHEN EXISTS (SELECT 1 FROM properties WHERE location_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'this row of locations is used by properties');
END;

CREATE TRIGGER agents_used_by_properties BEFORE DELETE ON agents
WHEN EXISTS (SELECT 1 FROM properties WHERE agent_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'this row of agents is used by properties');
END;
