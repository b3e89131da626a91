-- The catalogues, and what stands around them. Times are milliseconds since 1970, in UTC.

CREATE TABLE offices (
  id    integer PRIMARY KEY AUTOINCREMENT,
  name  text NOT NULL,
  phone text NOT NULL,
  city  text NOT NULL
);

CREATE TABLE agents (
  id        integer PRIMARY KEY AUTOINCREMENT,
  name      text NOT NULL,
  email     text NOT NULL,
  phone     text NOT NULL,
  office_id integer NOT NULL REFERENCES offices (id)
);
CREATE INDEX agents_office ON agents (office_id);

CREATE TABLE locations (
  id          integer PRIMARY KEY AUTOINCREMENT,
  city        text NOT NULL,
  state       text NOT NULL,
  district    text NOT NULL,
  postal_code text NOT NULL,
  latitude    real NOT NULL,
  longitude   real NOT NULL,
  city_key    text NOT NULL DEFAULT '',
  state_key   text NOT NULL DEFAULT ''
);

-- Predicate columns are integers (cents, half baths) and bytewise keys, so that SQL and the
-- server cannot disagree on which rows a filter holds for.
CREATE TABLE properties (
  id            integer PRIMARY KEY AUTOINCREMENT,
  title         text NOT NULL,
  description   text NOT NULL,
  property_type text NOT NULL,
  status        text NOT NULL DEFAULT 'active',
  price_cents   integer NOT NULL CHECK (price_cents >= 0),
  bedrooms      integer NOT NULL CHECK (bedrooms >= 0),
  half_baths    integer NOT NULL CHECK (half_baths >= 0),
  area          integer NOT NULL,
  year_built    integer NOT NULL,
  address       text NOT NULL,
  latitude      real NOT NULL,
  longitude     real NOT NULL,
  location_id   integer NOT NULL REFERENCES locations (id),
  agent_id      integer NOT NULL REFERENCES agents (id),
  city_key      text NOT NULL DEFAULT '',
  state_key     text NOT NULL DEFAULT '',
  -- Grows when an embedded row (agent, office, location) is edited.
  parts_version integer NOT NULL DEFAULT 0,
  version       integer NOT NULL DEFAULT 1,
  created_at    integer NOT NULL,
  updated_at    integer NOT NULL,
  view_count    integer NOT NULL DEFAULT 0
);
CREATE INDEX properties_agent ON properties (agent_id);
CREATE INDEX properties_location ON properties (location_id);
-- The common filters, each in the orders that lists are asked for.
CREATE INDEX properties_newest ON properties (status, created_at, id);
CREATE INDEX properties_price ON properties (status, price_cents, id);
CREATE INDEX properties_views ON properties (status, view_count, id);
CREATE INDEX properties_city_newest ON properties (city_key, status, created_at, id);
CREATE INDEX properties_city_price ON properties (city_key, status, price_cents, id);
CREATE INDEX properties_state_newest ON properties (state_key, status, created_at, id);
CREATE INDEX properties_type_newest ON properties (property_type, status, created_at, id);

CREATE TABLE recipes (
  id              integer PRIMARY KEY AUTOINCREMENT,
  title           text NOT NULL,
  title_key       text GENERATED ALWAYS AS (lower(title)) STORED,
  description     text NOT NULL,
  cuisine         text NOT NULL,
  -- Tokens between commas: ',vegan,gluten-free,'.
  diet_keys       text NOT NULL DEFAULT ',',
  ingredient_keys text NOT NULL DEFAULT ',',
  difficulty      text NOT NULL,
  prep_time       integer NOT NULL CHECK (prep_time >= 0),
  servings        integer NOT NULL,
  steps           text NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  created_at      integer NOT NULL,
  updated_at      integer NOT NULL,
  view_count      integer NOT NULL DEFAULT 0
);
CREATE INDEX recipes_newest ON recipes (created_at, id);
CREATE INDEX recipes_quickest ON recipes (prep_time, id);
CREATE INDEX recipes_title ON recipes (title_key, id);
CREATE INDEX recipes_cuisine ON recipes (cuisine, created_at, id);

CREATE TABLE accounts (
  id            integer PRIMARY KEY AUTOINCREMENT,
  name          text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  role          text NOT NULL CHECK (role IN ('admin', 'editor', 'viewer')),
  created_at    integer NOT NULL
);

CREATE TABLE sessions (
  id         text PRIMARY KEY,
  record     text NOT NULL,
  expires_at integer NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Bearer tokens; only their SHA-256 is kept.
CREATE TABLE tokens (
  id         integer PRIMARY KEY AUTOINCREMENT,
  name       text NOT NULL UNIQUE,
  hash       text NOT NULL UNIQUE,
  created_at integer NOT NULL
);

-- The nodes that follow the change log.
CREATE TABLE nodes (
  id      text PRIMARY KEY,
  beat    integer NOT NULL DEFAULT 0,
  reached integer NOT NULL DEFAULT 0
);
