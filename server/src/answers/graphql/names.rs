//! Names in GraphQL: those of the catalogues, in camel case.

use catalogue::{
    Catalogue,
    normalizer::{Parameter, Schema},
};

/// A name of the API in camel case: `property_type` is `propertyType`, `office.id` is `officeId`.
pub(super) fn camel(name: &str) -> String {
    let mut words = name.split(['_', '-', '.']);
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalized(word))
}

/// The name of a type: `property` is `Property`.
pub(super) fn pascal(name: &str) -> String {
    capitalized(&camel(name))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The type of a catalogue's rows.
pub(super) fn row_type(catalogue: &Catalogue) -> String {
    pascal(catalogue.singular)
}

/// The field of the query that gives a catalogue's most viewed rows.
pub(super) fn trending_field(catalogue: &Catalogue) -> String {
    format!("trending{}", pascal(catalogue.name()))
}

/// The parameter that an argument stands for.
pub(super) fn parameter(schema: &Schema, argument: &str) -> Option<&'static Parameter> {
    schema
        .all()
        .find(|parameter| camel(parameter.name) == argument)
}

/// The id of a row among the rows of all catalogues: `properties:42`.
pub(super) fn node_id(schema: &Schema, id: i64) -> String {
    format!("{}:{id}", schema.catalogue)
}

/// The row with such an id.
pub(super) fn of_node_id(id: &str) -> Option<(&'static Catalogue, i64)> {
    let (name, id) = id.split_once(':')?;
    Some((catalogue::by_name(name)?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_camel_case() {
        assert_eq!(camel("property_type"), "propertyType");
        assert_eq!(camel("homes-for-sale"), "homesForSale");
        assert_eq!(camel("office.id"), "officeId");
        assert_eq!(pascal("property"), "Property");
    }

    #[test]
    fn every_argument_stands_for_one_parameter() {
        for schema in catalogue::schemas() {
            for expected in schema.all() {
                let found = parameter(schema, &camel(expected.name)).unwrap();
                assert_eq!(found.name, expected.name);
            }
        }
    }
}
