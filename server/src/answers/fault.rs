//! What went wrong inside, as what is said outside: causes are logged once, here, and never shown.

use std::any::Any;

use axum::response::{IntoResponse, Response};
use cache::Failure;
use leptos_cached::Fault;
use tracing::error;

use crate::store::{EditError, StoreError};

/// Why the tiers have no answer.
pub(crate) fn of_load(failure: &Failure<StoreError>) -> Fault {
    // Counted; a line for each of them would make it worse.
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
