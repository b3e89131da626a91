//! Homes: what a request may filter and sort by, what a row shows, what an editor may set.
//!
//! A new filter is a parameter in [`SCHEMA`], its column and a filter in [`PROPERTIES`] and, if its
//! options are to be counted, a facet. A column that the table lacks needs a migration in both
//! databases: the column, and its place in `properties_facets` if it has a facet. The server makes
//! the triggers.

use normalizer::{Parameter, Schema, Synonyms, token};
use serde::{Deserialize, Serialize};

use crate::Lifetimes;
use crate::declaration::{
    Catalogue, Column, Combinations, Edit,
    Encoding::{Float, Integer, Money, Quarters, Text, Timestamp},
    Facet, Field, Filter, Join, Key, Offers, Sort, Storage, Test, version,
};

/// The types of home.
pub const TYPES: &[&str] = &[
    "apartment",
    "condo",
    "cottage",
    "house",
    "loft",
    "townhouse",
];

/// The states of a listing; readers see `active` unless they request others.
pub const STATUSES: &[&str] = &["active", "pending", "sold", "withdrawn"];

/// The state of a listing that is not published yet.
const DRAFT: &str = "draft";

/// The states that an editor may give a listing.
const EDITED_STATUSES: &[&str] = &[DRAFT, "active", "pending", "sold", "withdrawn"];

/// The postal codes of the states, which mean the same as their names (ISO 3166-2:US).
pub(crate) const STATES: Synonyms = &[
    ("al", "alabama"),
    ("ak", "alaska"),
    ("az", "arizona"),
    ("ar", "arkansas"),
    ("ca", "california"),
    ("co", "colorado"),
    ("ct", "connecticut"),
    ("de", "delaware"),
    ("dc", "district-of-columbia"),
    ("fl", "florida"),
    ("ga", "georgia"),
    ("hi", "hawaii"),
    ("id", "idaho"),
    ("il", "illinois"),
    ("in", "indiana"),
    ("ia", "iowa"),
    ("ks", "kansas"),
    ("ky", "kentucky"),
    ("la", "louisiana"),
    ("me", "maine"),
    ("md", "maryland"),
    ("ma", "massachusetts"),
    ("mi", "michigan"),
    ("mn", "minnesota"),
    ("ms", "mississippi"),
    ("mo", "missouri"),
    ("mt", "montana"),
    ("ne", "nebraska"),
    ("nv", "nevada"),
    ("nh", "new-hampshire"),
    ("nj", "new-jersey"),
    ("nm", "new-mexico"),
    ("ny", "new-york"),
    ("nc", "north-carolina"),
    ("nd", "north-dakota"),
    ("oh", "ohio"),
    ("ok", "oklahoma"),
    ("or", "oregon"),
    ("pa", "pennsylvania"),
    ("ri", "rhode-island"),
    ("sc", "south-carolina"),
    ("sd", "south-dakota"),
    ("tn", "tennessee"),
    ("tx", "texas"),
    ("ut", "utah"),
    ("vt", "vermont"),
    ("va", "virginia"),
    ("wa", "washington"),
    ("wv", "west-virginia"),
    ("wi", "wisconsin"),
    ("wy", "wyoming"),
];

/// The parameters that requests for homes take.
pub static SCHEMA: Schema = Schema {
    catalogue: "properties",
    version: version(2),
    parameters: &[
        Parameter::tokens("city"),
        Parameter::tokens("state").synonyms(STATES),
        Parameter::choices("property_type", TYPES).alias(&["type"]),
        Parameter::choices("status", STATUSES)
            .any("any")
            .default("active"),
        Parameter::money("min_price", 0, 1_000_000_000_000)
            .default("0")
            .alias(&["price_min"]),
        Parameter::money("max_price", 0, 1_000_000_000_000).alias(&["price_max"]),
        Parameter::integer("bedrooms", 0, 100)
            .default("0")
            .alias(&["beds"]),
        Parameter::integer("max_bedrooms", 0, 100).alias(&["max_beds", "beds_max"]),
        Parameter::integer("agent", 1, 999_999_999_999_999),
        Parameter::number("bathrooms", 0, 100)
            .default("0")
            .alias(&["baths"]),
        Parameter::number("max_bathrooms", 0, 100).alias(&["max_baths", "baths_max"]),
        Parameter::choice(
            "sort",
            &[
                "-created_at",
                "created_at",
                "price",
                "-price",
                "-view_count",
            ],
        )
        .default("-created_at"),
    ],
    ranges: &[
        ("min_price", "max_price"),
        ("bedrooms", "max_bedrooms"),
        ("bathrooms", "max_bathrooms"),
    ],
}
.checked();

/// The parameters of a request for homes that are similar to one: the attributes of that home, all
/// of them required, so that the request contains everything that decides its answer. Parameters
/// are in name order.
pub static SIMILAR: Schema = Schema {
    catalogue: "properties",
    version: version(2),
    parameters: &[
        Parameter::tokens("city"),
        Parameter::money("price", 0, 1_000_000_000_000),
        Parameter::choices("property_type", TYPES).alias(&["type"]),
        Parameter::integer("to", 1, 999_999_999_999_999),
    ],
    ranges: &[],
};

/// The key of a state, by its name or its postal code.
pub fn state_key(name: &str) -> String {
    let parameter = SCHEMA.parameter("state");
    parameter.map_or_else(|| token(name), |parameter| parameter.token(name))
}

/// Lists and rankings of homes last as long as is usual.
pub const LIFETIMES: Lifetimes = Lifetimes::USUAL;

/// The declaration of homes.
pub static PROPERTIES: Catalogue = Catalogue {
    schema: &SCHEMA,
    singular: "property",
    named: &["title"],
    joins: &[
        Join::new("locations", "properties", "location_id"),
        Join::new("agents", "properties", "agent_id"),
        Join::new("offices", "agents", "office_id"),
    ],
    fields: &[
        Field::new("id", "id", Integer),
        Field::new("title", "title", Text).editable(Edit::Text { most: 200 }),
        Field::new("description", "description", Text).editable(Edit::Text { most: 20_000 }),
        Field::new("property_type", "property_type", Text).editable(Edit::Choice(TYPES)),
        Field::new("status", "status", Text).editable(Edit::Choice(EDITED_STATUSES)),
        Field::new("price", "price_cents", Money).editable(Edit::number(0, 1_000_000_000_000)),
        Field::new("bedrooms", "bedrooms", Integer).editable(Edit::number(0, 100)),
        Field::new("bathrooms", "quarter_baths", Quarters).editable(Edit::number(0, 100)),
        Field::new("area", "area", Integer).editable(Edit::number(1, 1_000_000)),
        Field::new("year_built", "year_built", Integer).editable(Edit::number(1500, 2100)),
        Field::new("address", "address", Text).editable(Edit::Text { most: 200 }),
        Field::new("latitude", "latitude", Float).editable(Edit::Degrees(90)),
        Field::new("longitude", "longitude", Float).editable(Edit::Degrees(180)),
        Field::new("location.id", "location_id", Integer).editable(Edit::Reference("locations")),
        Field::joined("location.city", "locations", "city", Text),
        Field::joined("location.state", "locations", "state", Text),
        Field::joined("location.district", "locations", "district", Text),
        Field::joined("location.postal_code", "locations", "postal_code", Text),
        Field::new("agent.id", "agent_id", Integer).editable(Edit::Reference("agents")),
        Field::joined("agent.name", "agents", "name", Text),
        Field::joined("agent.email", "agents", "email", Text),
        Field::joined("agent.phone", "agents", "phone", Text),
        Field::joined("agent.office.id", "offices", "id", Integer),
        Field::joined("agent.office.name", "offices", "name", Text),
        Field::joined("agent.office.phone", "offices", "phone", Text),
        Field::joined("agent.office.city", "offices", "city", Text),
        Field::new("view_count", "view_count", Integer),
        Field::new("version", "version", Integer),
        Field::new("created_at", "created_at", Timestamp),
        Field::new("updated_at", "updated_at", Timestamp),
    ],
    columns: &[
        Column::new("city_key", Storage::Text),
        Column::new("state_key", Storage::Text),
        Column::new("property_type", Storage::Text),
        Column::new("status", Storage::Text),
        Column::new("price_cents", Storage::Integer),
        Column::new("bedrooms", Storage::Integer),
        Column::new("quarter_baths", Storage::Integer),
        Column::new("created_at", Storage::Integer),
        Column::new("location_id", Storage::Integer),
        Column::new("parts_version", Storage::Integer),
        Column::new("agent_id", Storage::Integer),
    ],
    filters: &[
        Filter::new("city", "City", "city_key", Test::OneOf),
        Filter::new("state", "State", "state_key", Test::OneOf),
        Filter::new("property_type", "Type", "property_type", Test::OneOf),
        Filter::new("status", "Status", "status", Test::OneOf),
        Filter::new(
            "min_price",
            "Price from",
            "price_cents",
            Test::AtLeast { unit: 100 },
        ),
        Filter::new(
            "max_price",
            "Price to",
            "price_cents",
            Test::AtMost { unit: 100 },
        ),
        Filter::new(
            "bedrooms",
            "Bedrooms",
            "bedrooms",
            Test::AtLeast { unit: 1 },
        ),
        Filter::new(
            "max_bedrooms",
            "Bedrooms at most",
            "bedrooms",
            Test::AtMost { unit: 1 },
        ),
        Filter::new(
            "bathrooms",
            "Bathrooms",
            "quarter_baths",
            Test::AtLeast { unit: 4 },
        ),
        Filter::new(
            "max_bathrooms",
            "Bathrooms at most",
            "quarter_baths",
            Test::AtMost { unit: 4 },
        ),
        Filter::new("agent", "Agent", "agent_id", Test::Is),
    ],
    facets: &[
        Facet::new(
            "price",
            "Price",
            "price_cents",
            Offers::Scale { step: 1_000 },
        ),
        Facet::new(
            "bedrooms",
            "Bedrooms",
            "bedrooms",
            Offers::Bounds(&["0", "1", "2", "3", "4", "5"]),
        ),
        Facet::new(
            "bathrooms",
            "Bathrooms",
            "quarter_baths",
            Offers::Bounds(&["0", "1", "2", "3", "4", "5"]),
        ),
        Facet::new(
            "property_type",
            "Type",
            "property_type",
            Offers::Choices(TYPES),
        ),
        Facet::new("city", "City", "city_key", Offers::Commonest(10)).spelled(
            "location_id",
            "locations",
            "city",
        ),
        Facet::new("state", "State", "state_key", Offers::Commonest(6)).spelled(
            "location_id",
            "locations",
            "state",
        ),
        Facet::new("status", "Status", "status", Offers::Choices(STATUSES)),
    ],
    sorts: &[
        Sort::descending("-created_at", "Newest first", "created_at"),
        Sort::ascending("created_at", "Oldest first", "created_at"),
        Sort::ascending("price", "Price, low to high", "price_cents"),
        Sort::descending("-price", "Price, high to low", "price_cents"),
        Sort::descending("-view_count", "Most viewed", "view_count"),
    ],
    warmed: &[Combinations {
        of: &[
            (
                "property_type",
                &[
                    "",
                    "house",
                    "apartment",
                    "condo",
                    "townhouse",
                    "loft",
                    "cottage",
                ],
            ),
            ("bedrooms", &["", "2", "3", "4"]),
        ],
        page_size: None,
    }],
    searched: &["title", "description", "address", "city_key"],
    keys: &[
        Key::copied("city_key", "locations"),
        Key::copied("state_key", "locations"),
    ],
    computed: &[],
    withdrawn: Some(("status", "withdrawn")),
    draft: Some(("status", DRAFT)),
};

/// A home, as the API shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Its id.
    pub id: i64,
    /// A one-line title.
    pub title: String,
    /// Paragraphs, separated by empty lines.
    pub description: String,
    /// One of [`TYPES`].
    pub property_type: String,
    /// One of [`STATUSES`]; or `draft`, which only editors see.
    pub status: String,
    /// The asking price in dollars, with two decimals: `450000.00`.
    pub price: String,
    /// How many bedrooms.
    pub bedrooms: i64,
    /// How many bathrooms, in steps of a quarter.
    pub bathrooms: f64,
    /// Living area in square meters.
    pub area: i64,
    /// The year in which it was built.
    pub year_built: i64,
    /// Street and house number.
    pub address: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Where it is.
    pub location: Location,
    /// Who sells it.
    pub agent: Agent,
    /// How often it was viewed.
    pub view_count: i64,
    /// Increases by one with each edit of the row.
    pub version: i64,
    /// When it was listed, RFC 3339.
    pub created_at: String,
    /// When it was last edited, RFC 3339.
    pub updated_at: String,
}

/// A district of a city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Its id.
    pub id: i64,
    /// The city's name.
    pub city: String,
    /// The state's name.
    pub state: String,
    /// The district's name.
    pub district: String,
    /// The postal code.
    pub postal_code: String,
}

/// An agent who sells homes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// Their id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone number.
    pub phone: String,
    /// Where they work.
    pub office: Office,
}

/// An estate agency's office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its telephone number.
    pub phone: String,
    /// The city that it is in.
    pub city: String,
}
