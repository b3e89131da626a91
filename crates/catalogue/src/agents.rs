//! Agents, who sell homes, with their offices.

use std::time::Duration;

use normalizer::{Parameter, Schema};
use serde::{Deserialize, Serialize};

use crate::{
    declaration::{
        Aggregate, Catalogue, Column, Combinations, Computed, Edit,
        Encoding::{Flag, Float, Integer, Money, Terms, Text, Timestamp},
        Facet, Field, Filter, Join, Key, Offers, Sort, Storage, Test, version,
    },
    lifetimes::Lifetimes,
    properties::STATES,
};

/// What agents can be good at.
pub const SPECIALTIES: &[&str] = &[
    "downsizing",
    "families",
    "first-homes",
    "historic-homes",
    "investment",
    "lofts",
    "new-construction",
    "relocation",
];

/// Whether an agent takes new clients.
const YES_OR_NO: &[&str] = &["yes", "no"];

/// The parameters that requests for agents take.
pub static SCHEMA: Schema = Schema {
    catalogue: "agents",
    version: version(1),
    parameters: &[
        Parameter::tokens("city"),
        Parameter::tokens("state").synonyms(STATES),
        Parameter::tokens("language"),
        Parameter::choices("specialty", SPECIALTIES),
        Parameter::choices("takes_clients", YES_OR_NO),
        Parameter::choice("sort", &["name", "-created_at"]).default("name"),
    ],
    ranges: &[],
}
.checked();

/// Lists and rankings of agents last as long as is usual.
pub const LIFETIMES: Lifetimes = Lifetimes::USUAL;

/// The declaration of agents.
pub static AGENTS: Catalogue = Catalogue {
    schema: &SCHEMA,
    singular: "agent",
    named: &["name"],
    joins: &[Join::new("offices", "agents", "office_id")],
    fields: &[
        Field::new("id", "id", Integer),
        Field::new("name", "name", Text).editable(Edit::Text { most: 200 }),
        Field::new("biography", "biography", Text).editable(Edit::Text { most: 20_000 }),
        Field::new("email", "email", Text).editable(Edit::Text { most: 200 }),
        Field::new("phone", "phone", Text).editable(Edit::Text { most: 100 }),
        Field::new("languages", "language_keys", Terms).editable(Edit::Terms),
        Field::new("specialties", "specialty_keys", Terms).editable(Edit::Set(SPECIALTIES)),
        Field::new("licensed_on", "licensed_on", Text).editable(Edit::Date),
        Field::new("takes_clients", "takes_clients", Flag).editable(Edit::Flag),
        Field::new("office.id", "office_id", Integer).editable(Edit::Reference("offices")),
        Field::joined("office.name", "offices", "name", Text),
        Field::joined("office.phone", "offices", "phone", Text),
        Field::joined("office.address", "offices", "address", Text),
        Field::joined("office.city", "offices", "city", Text),
        Field::joined("office.state", "offices", "state", Text),
        Field::joined("office.latitude", "offices", "latitude", Float),
        Field::joined("office.longitude", "offices", "longitude", Float),
        Field::new("view_count", "view_count", Integer),
        Field::new("version", "version", Integer),
        Field::new("created_at", "created_at", Timestamp),
        Field::new("updated_at", "updated_at", Timestamp),
    ],
    columns: &[
        Column::new("city_key", Storage::Text),
        Column::new("state_key", Storage::Text),
        Column::new("language_keys", Storage::Terms),
        Column::new("specialty_keys", Storage::Terms),
        Column::new("takes_clients", Storage::Text),
        Column::new("name", Storage::Text),
        Column::new("created_at", Storage::Integer),
        Column::new("office_id", Storage::Integer),
        Column::new("parts_version", Storage::Integer),
    ],
    filters: &[
        Filter::new("city", "City", "city_key", Test::OneOf),
        Filter::new("state", "State", "state_key", Test::OneOf),
        Filter::new("language", "Language", "language_keys", Test::AllOf),
        Filter::new("specialty", "Specialty", "specialty_keys", Test::AllOf),
        Filter::new(
            "takes_clients",
            "Takes new clients",
            "takes_clients",
            Test::OneOf,
        )
        .said("Takes new clients: {}"),
    ],
    facets: &[
        Facet::new("city", "City", "city_key", Offers::Commonest(10)).spelled(
            "office_id",
            "offices",
            "city",
        ),
        Facet::new(
            "takes_clients",
            "Takes new clients",
            "takes_clients",
            Offers::Choices(YES_OR_NO),
        ),
        Facet::new(
            "specialty",
            "Specialty",
            "specialty_keys",
            Offers::Commonest(8),
        ),
        Facet::new(
            "language",
            "Language",
            "language_keys",
            Offers::Commonest(10),
        ),
    ],
    sorts: &[
        Sort::ascending("name", "Name", "name_key").moved_by("name"),
        Sort::descending("-created_at", "Newest first", "created_at"),
    ],
    warmed: &[Combinations {
        of: &[("takes_clients", &["", "yes"])],
        page_size: None,
    }],
    searched: &[
        "name",
        "biography",
        "language_keys",
        "specialty_keys",
        "city_key",
    ],
    keys: &[
        Key::copied("city_key", "offices"),
        Key::copied("state_key", "offices"),
        Key::terms("language_keys"),
        Key::terms("specialty_keys"),
        Key::folded("name_key", "name"),
    ],
    computed: &[
        Computed {
            name: "homes-for-sale",
            of: "properties",
            by: "agent",
            among: &[("status", "active")],
            aggregate: Aggregate::Count,
            every: None,
        },
        Computed {
            name: "average-price",
            of: "properties",
            by: "agent",
            among: &[("status", "active")],
            aggregate: Aggregate::Average {
                column: "price_cents",
                encoding: Money,
            },
            every: None,
        },
        Computed {
            name: "days-on-the-market",
            of: "properties",
            by: "agent",
            among: &[("status", "active")],
            aggregate: Aggregate::MedianDays {
                column: "created_at",
            },
            // It grows with time alone.
            every: Some(Duration::from_secs(6 * 3_600)),
        },
    ],
    withdrawn: None,
    draft: None,
};

/// An agent, as the API shows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// Their id.
    pub id: i64,
    /// Their name.
    pub name: String,
    /// Paragraphs, separated by empty lines; empty if nobody has written any.
    pub biography: String,
    /// Their e-mail address.
    pub email: String,
    /// Their telephone number.
    pub phone: String,
    /// The languages that they speak, as tokens.
    pub languages: Vec<String>,
    /// Some of [`SPECIALTIES`].
    pub specialties: Vec<String>,
    /// The day on which they were licensed; empty if it is not known.
    pub licensed_on: String,
    /// Whether they take new clients.
    pub takes_clients: bool,
    /// Where they work.
    pub office: Office,
    /// How often they were viewed.
    pub view_count: i64,
    /// Increases by one with each edit of the row.
    pub version: i64,
    /// When they were added, RFC 3339.
    pub created_at: String,
    /// When they were last edited, RFC 3339.
    pub updated_at: String,
}

/// An estate agency's office, as an agent's page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its telephone number.
    pub phone: String,
    /// Street and number; empty if it is not known.
    pub address: String,
    /// The city that it is in.
    pub city: String,
    /// The state's name; empty if it is not known.
    pub state: String,
    /// Degrees north. Without a place, both are zero.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}
