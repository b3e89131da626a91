//! Estate agencies' offices. Readers see them with the agents who work there; editors edit them by
//! themselves.

use normalizer::{Parameter, Schema};

use crate::declaration::{
    Catalogue, Edit,
    Encoding::{Float, Integer, Text, Timestamp},
    Field, Key, Sort,
};

/// The parameters of the editors' list.
static SCHEMA: Schema = Schema {
    catalogue: "offices",
    version: 1,
    parameters: &[Parameter::choice("sort", &["name", "-updated_at"]).default("name")],
    ranges: &[],
}
.checked();

/// The declaration of offices.
pub(crate) static OFFICES: Catalogue = Catalogue {
    schema: &SCHEMA,
    singular: "office",
    named: &["name", "city"],
    joins: &[],
    fields: &[
        Field::new("id", "id", Integer),
        Field::new("name", "name", Text).editable(Edit::Text { most: 200 }),
        Field::new("phone", "phone", Text).editable(Edit::Text { most: 100 }),
        Field::new("address", "address", Text).editable(Edit::Text { most: 200 }),
        Field::new("city", "city", Text).editable(Edit::Text { most: 100 }),
        Field::new("state", "state", Text).editable(Edit::Text { most: 100 }),
        Field::new("latitude", "latitude", Float).editable(Edit::Degrees(90)),
        Field::new("longitude", "longitude", Float).editable(Edit::Degrees(180)),
        Field::new("version", "version", Integer),
        Field::new("updated_at", "updated_at", Timestamp),
    ],
    columns: &[],
    filters: &[],
    facets: &[],
    sorts: &[
        Sort::ascending("name", "Name", "name"),
        Sort::descending("-updated_at", "Edited last", "updated_at"),
    ],
    warmed: &[],
    searched: &["name", "address", "city", "state"],
    keys: &[
        Key::token_of("city_key", "city"),
        Key::token_of("state_key", "state").with_synonyms_of("state"),
    ],
    computed: &[],
    withdrawn: None,
    draft: None,
};
