//! What the filter form of a list shows, whether or not the request is valid.

use catalogue::{
    Catalogue,
    normalizer::{ParameterError, Query, Rejection, Schema, normalize},
};

/// What the filter form of a list shows: the valid part of the request is applied, and invalid
/// values appear in their fields again as they were typed.
#[derive(Clone)]
pub(crate) struct FormState {
    query: Query,
    rejection: Option<Rejection>,
}

impl FormState {
    /// Reads the request's raw query string.
    pub(crate) fn read(schema: &'static Schema, raw: &str) -> Self {
        match normalize(schema, raw) {
            Ok(query) => Self {
                query,
                rejection: None,
            },
            Err(rejection) => Self {
                query: remainder(schema, raw, &rejection),
                rejection: Some(rejection),
            },
        }
    }

    /// The query that is shown: the whole request, or its valid part.
    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// Why the request is not applied as a whole.
    pub(crate) fn rejection(&self) -> Option<&Rejection> {
        self.rejection.as_ref()
    }

    /// The text that a parameter's field holds.
    pub(crate) fn text(&self, parameter: &str) -> String {
        match self.error(parameter) {
            Some(error) => error.value.clone(),
            None if self.query.is_set(parameter) => {
                self.query.value(parameter).unwrap_or_default().to_owned()
            }
            None => String::new(),
        }
    }

    /// Whether a choice of a set is checked; the default is, unless the request sets another one.
    pub(crate) fn holds(&self, parameter: &str, choice: &str) -> bool {
        let held = self.query.value(parameter);
        held.is_some_and(|set| set.split(',').any(|held| held == choice))
    }

    /// What would be valid for a parameter, in the words of the page.
    pub(crate) fn expected(&self, catalogue: &Catalogue, parameter: &str) -> Option<String> {
        self.error(parameter)
            .map(|error| in_words(catalogue, error))
    }

    /// What is wrong with a parameter.
    pub(crate) fn error(&self, parameter: &str) -> Option<&ParameterError> {
        self.rejection.as_ref()?.error(parameter)
    }
}

/// The request without its invalid parameters, however they are spelled: each pair is read alone.
fn remainder(schema: &'static Schema, raw: &str, rejection: &Rejection) -> Query {
    let is_fine = |pair: &&str| {
        let refused = |query: Query| {
            let mut errors = rejection.errors().iter();
            errors.any(|error| query.is_set(error.parameter))
        };
        normalize(schema, pair).is_ok_and(|query| !refused(query))
    };
    let rest: Vec<&str> = raw.split('&').filter(is_fine).collect();
    normalize(schema, &rest.join("&")).unwrap_or_else(|_| Query::all(schema))
}

/// What would be valid, with the labels of other filters instead of their names: "at most
/// max_price=5" is for the API.
pub(super) fn in_words(catalogue: &Catalogue, error: &ParameterError) -> String {
    let name = |text: String, filter: &catalogue::Filter| {
        text.replace(
            &format!("{}=", filter.parameter),
            &format!("“{}”, ", filter.label),
        )
    };
    // The longest first: one name may end in another.
    let mut filters: Vec<_> = catalogue.filters.iter().collect();
    filters.sort_by_key(|filter| std::cmp::Reverse(filter.parameter.len()));
    filters.into_iter().fold(error.expected.clone(), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use catalogue::properties::SCHEMA;

    #[test]
    fn other_filters_are_called_by_their_labels() {
        let state = FormState::read(&SCHEMA, "bedrooms=3&max_bedrooms=2&min_price=9&max_price=8");
        let expected = |parameter| state.expected(&catalogue::properties::PROPERTIES, parameter);
        assert_eq!(
            expected("bedrooms").as_deref(),
            Some("at most “Bedrooms at most”, 2")
        );
        assert_eq!(
            expected("min_price").as_deref(),
            Some("at most “Price to”, 8")
        );
    }

    #[test]
    fn the_valid_part_of_an_invalid_request_is_preserved() {
        let check = |raw: &str, rest: &str| {
            let state = FormState::read(&SCHEMA, raw);
            assert!(state.rejection().is_some(), "{raw}");
            assert_eq!(state.query().as_str(), rest, "{raw}");
            assert!(state.holds("status", "active"), "{raw}");
        };
        check("bedrooms=abc&city=austin", "city=austin");
        check(
            "BEDS=x&City=Austin&price_min=5&price_max=4",
            "city=austin&max_price=4",
        );
        check("sort=evil&sort=price", "");
        check("min_price=9&min_price=8&type=loft", "property_type=loft");
    }
}
