//! Believable rows for an empty database: the same seed gives the same rows, on any machine, for ever.
//!
//! Nothing here reads a clock, a file or the database. Every row draws from a generator of its own, chosen by
//! (seed, kind of row, index), so a row does not depend on how many others are made, or in which order:
//! callers may make rows in parallel, and `--properties 100000` begins with the rows of `--properties 5000`.
//!
//! | module | makes |
//! |---|---|
//! | [`draw`] | random numbers that stay the same between releases of `rand` |
//! | [`cities`] | the cities and districts, with what a square meter costs there |
//! | [`names`] | names of people, offices and streets; phone numbers |
//! | [`world`] | offices, agents and locations |
//! | [`home`] | the numbers of one home, such that they fit each other |
//! | [`prose`] | its title and description, such that they fit the numbers |
//! | [`recipes`] | recipes, such that their diets follow from their ingredients |
//!
//! Phone numbers lie in the block 555-0100 to 555-0199 and mail addresses under `example.com`, both reserved for
//! fiction, so that nobody is called or written to by mistake.

mod cities;
mod draw;
mod home;
mod names;
mod prose;
mod recipes;
mod world;

#[cfg(test)]
mod tests;

pub(crate) use home::property;
pub(crate) use recipes::recipe;
pub(crate) use world::world;

/// Everything that does not grow with the number of homes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct World {
    pub(crate) offices: Vec<OfficeRow>,
    pub(crate) agents: Vec<AgentRow>,
    pub(crate) locations: Vec<LocationRow>,
}

/// An estate agents' office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfficeRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) city: String,
}

/// An agent; works in the city of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgentRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) office_id: i64,
}

/// A district of a city; the coordinates are its middle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LocationRow {
    pub(crate) id: i64,
    pub(crate) city: String,
    /// The full name: `Texas`, not `TX`.
    pub(crate) state: String,
    pub(crate) district: String,
    pub(crate) postal_code: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// A home on offer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PropertyRow {
    /// The index plus one.
    pub(crate) id: i64,
    pub(crate) title: String,
    /// Paragraphs of plain text, separated by an empty line.
    pub(crate) description: String,
    pub(crate) property_type: &'static str,
    pub(crate) status: &'static str,
    pub(crate) price_cents: i64,
    /// Zero in a studio.
    pub(crate) bedrooms: i64,
    /// Bathrooms times two.
    pub(crate) half_baths: i64,
    /// Square meters.
    pub(crate) area: i64,
    pub(crate) year_built: i64,
    pub(crate) address: String,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) location_id: i64,
    pub(crate) agent_id: i64,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    pub(crate) view_count: i64,
}

/// A recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecipeRow {
    /// The index plus one.
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) cuisine: &'static str,
    /// Sorted; every diet that the ingredients allow.
    pub(crate) diets: Vec<&'static str>,
    /// Sorted canonical tokens.
    pub(crate) ingredients: Vec<&'static str>,
    pub(crate) difficulty: &'static str,
    /// Minutes from start to table.
    pub(crate) prep_time: i64,
    pub(crate) servings: i64,
    /// Whole sentences, in order.
    pub(crate) steps: Vec<String>,
    /// Milliseconds since 1970.
    pub(crate) created_at: i64,
    pub(crate) view_count: i64,
}
