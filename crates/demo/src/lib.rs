//! Realistic rows for an empty database: the same seed gives the same rows, on any machine,
//! forever.
//!
//! Nothing here reads a clock, a file or the database. Every row draws from a separate generator,
//! chosen by (seed, kind of row, index), so a row does not depend on how many others are made, or
//! in which order: callers may make rows in parallel, and `--properties 100000` begins with the
//! rows of `--properties 5000`.
//!
//! | module | makes |
//! |---|---|
//! | `draw` | random numbers that stay the same between releases of `rand` |
//! | `cities` | the cities and districts, with the price of a square meter there |
//! | `names` | names of people, offices and streets; phone numbers |
//! | `world` | offices, agents and locations |
//! | `agents` | what agents say of themselves |
//! | `shape` | the shape of a home: its type, rooms, area and year |
//! | `home` | the numbers of one home, which are consistent with each other |
//! | `prose` | its title and description, which are consistent with the numbers |
//! | `recipes` | recipes, whose diets follow from their ingredients |
//!
//! Phone numbers are in the block 555-0100 to 555-0199 and mail addresses under `example.com`, both
//! reserved for fiction, so that no real person is called or written to by mistake.

mod agents;
mod cities;
mod draw;
mod home;
mod names;
mod prose;
mod recipes;
mod shape;
mod world;

#[cfg(test)]
mod tests;

pub use catalogue::recipes::Nutrition;
pub use home::property;
pub use recipes::recipe;
pub use world::world;

/// Everything that does not grow with the number of homes.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The offices, by id.
    pub offices: Vec<OfficeRow>,
    /// The agents, by id.
    pub agents: Vec<AgentRow>,
    /// The locations, by id.
    pub locations: Vec<LocationRow>,
}

/// A real estate agency's office.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficeRow {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its telephone number.
    pub phone: String,
    /// Street and number.
    pub address: String,
    /// The city where it is.
    pub city: String,
    /// The full name of the state.
    pub state: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// An agent, who works in the city of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentRow {
    /// Their id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub email: String,
    /// Their telephone number.
    pub phone: String,
    /// The office where they work.
    pub office_id: i64,
    /// Paragraphs of plain text, separated by an empty line.
    pub biography: String,
    /// Sorted tokens.
    pub languages: Vec<&'static str>,
    /// Some of the catalogue's specialties, sorted.
    pub specialties: Vec<&'static str>,
    /// A day, such as `2007-03-21`.
    pub licensed_on: String,
    /// Whether they take new clients.
    pub takes_clients: bool,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// How often they were viewed.
    pub view_count: i64,
}

/// A district of a city; the coordinates are those of its center.
#[derive(Clone, Debug, PartialEq)]
pub struct LocationRow {
    /// Its id.
    pub id: i64,
    /// The city's name.
    pub city: String,
    /// The full name: `Texas`, not `TX`.
    pub state: String,
    /// The district's name.
    pub district: String,
    /// The postal code.
    pub postal_code: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A home for sale.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyRow {
    /// The index plus one.
    pub id: i64,
    /// One line that names its best feature.
    pub title: String,
    /// Paragraphs of plain text, separated by an empty line.
    pub description: String,
    /// One of the catalogue's types.
    pub property_type: &'static str,
    /// One of the catalogue's states.
    pub status: &'static str,
    /// The asking price, in cents.
    pub price_cents: i64,
    /// Zero in a studio.
    pub bedrooms: i64,
    /// Bathrooms times two.
    pub half_baths: i64,
    /// Square meters.
    pub area: i64,
    /// The year when it was built.
    pub year_built: i64,
    /// Street and house number, possibly with a unit.
    pub address: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// The district where it is.
    pub location_id: i64,
    /// The agent who sells it.
    pub agent_id: i64,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// How often it was viewed.
    pub view_count: i64,
}

/// A recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipeRow {
    /// The index plus one.
    pub id: i64,
    /// Its name.
    pub title: String,
    /// Paragraphs of plain text.
    pub description: String,
    /// One of the catalogue's cuisines.
    pub cuisine: &'static str,
    /// One of the catalogue's courses.
    pub course: &'static str,
    /// Sorted; every diet that the ingredients allow.
    pub diets: Vec<&'static str>,
    /// Sorted tokens: what else the recipe is good for.
    pub tags: Vec<&'static str>,
    /// Sorted canonical tokens.
    pub ingredients: Vec<&'static str>,
    /// The ingredients with their amounts, in the order of their use, and salt.
    pub amounts: Vec<String>,
    /// One of the catalogue's difficulties.
    pub difficulty: &'static str,
    /// Minutes of work.
    pub prep_time: i64,
    /// Minutes on the stove or in the oven.
    pub cook_time: i64,
    /// How many people it serves.
    pub servings: i64,
    /// What one serving has in it, without the salt that is added to taste.
    pub nutrition: Nutrition,
    /// Whole sentences, in order.
    pub steps: Vec<String>,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// How often it was viewed.
    pub view_count: i64,
}
