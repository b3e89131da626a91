//! What the request asks, understood or not.

use catalogue::{
    Catalogue,
    normalizer::{ParameterError, Query, Rejection, Schema, normalize},
};
use leptos::prelude::GetUntracked as _;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// What the request asks: a query, or values that cannot be meant and are shown again as they
/// were typed.
#[derive(Clone)]
pub(crate) enum Asked {
    /// A query.
    Understood(Query),
    /// What was typed, and what is wrong with it.
    Refused {
        /// The query that asks for everything, for links.
        all: Query,
        /// What was typed.
        typed: ParamsMap,
        /// What is wrong.
        rejection: Rejection,
    },
}

impl Asked {
    /// Reads the request's raw query string.
    pub(crate) fn read(schema: &'static Schema, raw: &str) -> Self {
        match normalize(schema, raw) {
            Ok(query) => Self::Understood(query),
            Err(rejection) => {
                let typed = use_query_map().get_untracked();
                Self::Refused {
                    all: Query::all(schema),
                    typed,
                    rejection,
                }
            }
        }
    }

    /// The query that links start from.
    pub(crate) fn query(&self) -> &Query {
        match self {
            Self::Understood(query) | Self::Refused { all: query, .. } => query,
        }
    }

    /// The text that a parameter's field holds.
    pub(crate) fn text(&self, parameter: &str) -> String {
        match self {
            Self::Understood(query) if !query.is_set(parameter) => String::new(),
            Self::Understood(query) => query.value(parameter).unwrap_or_default().to_owned(),
            Self::Refused { typed, .. } => typed.get_all(parameter).unwrap_or_default().join(","),
        }
    }

    /// Whether a choice of a set is ticked.
    pub(crate) fn holds(&self, parameter: &str, choice: &str) -> bool {
        match self {
            Self::Understood(query) => query
                .value(parameter)
                .is_some_and(|set| set.split(',').any(|held| held == choice)),
            Self::Refused { typed, .. } => typed.get_all(parameter).is_some_and(|all| {
                all.iter()
                    .flat_map(|set| set.split(','))
                    .any(|held| held == choice)
            }),
        }
    }

    /// What would be right for a parameter, in the words of the page.
    pub(crate) fn expected(&self, catalogue: &Catalogue, parameter: &str) -> Option<String> {
        self.error(parameter)
            .map(|error| in_words(catalogue, error))
    }

    /// What is wrong with a parameter.
    fn error(&self, parameter: &str) -> Option<&ParameterError> {
        match self {
            Self::Understood(_) => None,
            Self::Refused { rejection, .. } => rejection.error(parameter),
        }
    }
}

/// What would be right, with the labels of other filters in the place of their names: "at most
/// max_price=5" is for the API.
pub(super) fn in_words(catalogue: &Catalogue, error: &ParameterError) -> String {
    let name = |text: String, filter: &catalogue::Filter| {
        text.replace(
            &format!("{}=", filter.parameter),
            &format!("“{}”, ", filter.label),
        )
    };
    catalogue.filters.iter().fold(error.expected.clone(), name)
}
