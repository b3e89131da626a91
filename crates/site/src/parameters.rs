//! The parameters that mean something at some address.

use catalogue::{properties::SIMILAR, schemas};

use crate::{cooking, picked};

/// Whether a parameter of this name means something at some address of readers, in any spelling of
/// the name: `beds`, `City`, `city[]`.
pub fn is_known_parameter(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let list = ["[]", "%5b%5d"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let name = list.unwrap_or(&name);
    let schemas = schemas().into_iter();
    let mut schemas = schemas.chain([&SIMILAR, &cooking::SCHEMA, &picked::SCHEMA]);
    name == "view" || schemas.any(|schema| schema.resolve(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_known_parameter;

    #[test]
    fn parameters_are_known_by_every_spelling_of_their_names() {
        for name in [
            "city",
            "City",
            "city[]",
            "city%5B%5D",
            "beds",
            "price",
            "to",
            "ids",
            "servings",
            "view",
            "q",
            "page",
        ] {
            assert!(is_known_parameter(name), "{name}");
        }
        for name in ["utm_source", "rnd", "citys", "", "[]"] {
            assert!(!is_known_parameter(name), "{name}");
        }
    }
}
