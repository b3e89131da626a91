//! Internal failures as the faults that clients see. Causes are logged once, here, and never shown.

use std::any::Any;

use axum::response::{IntoResponse, Response};
use cache::Failure;
use leptos_cached::{Difference, Fault, FieldFault};
use tracing::error;

use crate::store::{EditError, MOST_ROWS, StoreError};

/// The fault for a failure of the tiers.
pub(crate) fn of_load(failure: &Failure<StoreError>) -> Fault {
    // These are counted; a log line for each would make the overload worse.
    if matches!(failure, Failure::Busy) {
        return Fault::Busy;
    }
    error!(%failure, "cannot answer a request");
    Fault::Unavailable
}

impl From<StoreError> for Fault {
    fn from(failure: StoreError) -> Self {
        error!(%failure, "the store failed");
        Self::Unavailable
    }
}

impl From<EditError> for Fault {
    fn from(failure: EditError) -> Self {
        match failure {
            EditError::NotFound => Self::NotFound,
            EditError::Conflict { version } => Self::Precondition(version),
            EditError::Fields(errors) => {
                let errors = errors.into_iter().map(|error| FieldFault {
                    field: error.field,
                    expected: error.expected,
                });
                Self::Fields(errors.collect())
            }
            EditError::Differences { version, fields } => {
                let fields = fields.into_iter().map(|it| Difference {
                    field: it.field.to_owned(),
                    yours: it.yours,
                    theirs: it.theirs,
                    base: it.base,
                });
                Self::Differences(version, fields.collect())
            }
            EditError::Referred => Self::Conflict(
                "other rows refer to this one: edit or remove those first".to_owned(),
            ),
            EditError::KeyReused => Self::KeyReused,
            EditError::TooMany => Self::Body(format!("one edit changes at most {MOST_ROWS} rows")),
            EditError::Unknown(cause) => {
                error!(%cause, "the outcome of a commit is unknown");
                Self::Unknown
            }
            EditError::Store(cause) => cause.into(),
        }
    }
}

/// The answer to a request whose handler panicked.
pub(crate) fn after_panic(_: Box<dyn Any + Send>) -> Response {
    error!("a handler panicked");
    Fault::Unavailable.into_response()
}
