//! Districts of cities. Readers see them with the homes that are there; editors edit them by
//! themselves.

use normalizer::{Parameter, Schema};

use crate::declaration::{
    Catalogue, Edit,
    Encoding::{Float, Integer, Text, Timestamp},
    Field, Key, Sort,
};

/// The parameters of the editors' list.
static SCHEMA: Schema = Schema {
    catalogue: "locations",
    version: 1,
    parameters: &[Parameter::choice("sort", &["city", "-updated_at"]).default("city")],
    ranges: &[],
}
.checked();

/// The declaration of locations.
pub(crate) static LOCATIONS: Catalogue = Catalogue {
    schema: &SCHEMA,
    singular: "location",
    named: &["city", "district", "state"],
    joins: &[],
    fields: &[
        Field::new("id", "id", Integer),
        Field::new("city", "city", Text).editable(Edit::Text { most: 100 }),
        Field::new("district", "district", Text).editable(Edit::Text { most: 100 }),
        Field::new("state", "state", Text).editable(Edit::Text { most: 100 }),
        Field::new("postal_code", "postal_code", Text).editable(Edit::Text { most: 20 }),
        Field::new("latitude", "latitude", Float).editable(Edit::Degrees(90)),
        Field::new("longitude", "longitude", Float).editable(Edit::Degrees(180)),
        Field::new("version", "version", Integer),
        Field::new("updated_at", "updated_at", Timestamp),
    ],
    columns: &[],
    filters: &[],
    facets: &[],
    sorts: &[
        Sort::ascending("city", "City", "city"),
        Sort::descending("-updated_at", "Edited last", "updated_at"),
    ],
    warmed: &[],
    searched: &["city", "district", "state", "postal_code"],
    keys: &[
        Key::token_of("city_key", "city"),
        Key::token_of("state_key", "state").with_synonyms_of("state"),
    ],
    computed: &[],
    withdrawn: None,
    draft: None,
};
