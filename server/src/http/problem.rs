//! Errors as `application/problem+json` (RFC 9457).

use std::any::Any;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use cache::Failure;
use catalogue::{FieldError, normalizer::Rejection};
use serde::Serialize;
use tracing::error;

use super::policy::CachePolicy;
use crate::store::{EditError, StoreError};

/// Why a request was not answered as asked. Internal causes are logged once, here, and never
/// shown.
#[derive(Debug)]
pub(super) enum Problem {
    /// Parameters that cannot be meant.
    Parameters(Rejection),
    /// A parameter or header of no catalogue that cannot be meant.
    Parameter {
        name: &'static str,
        value: String,
        expected: String,
    },
    /// Fields that cannot be set so.
    Fields(Vec<FieldError>),
    /// A body that is no JSON object.
    Body(String),
    /// No such row or page.
    NotFound,
    /// Nobody is logged in.
    Unauthorized,
    /// Whoever is logged in may not, or the form does not come from this site.
    Forbidden,
    /// The row is at another version than `If-Match` says.
    Precondition(i64),
    /// The database cannot be reached.
    Unavailable,
    /// Too many are waiting.
    Busy,
    /// The database did not say whether it committed.
    Unknown,
}

#[derive(Serialize)]
struct Body {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Detail>,
}

#[derive(Serialize)]
struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    expected: String,
}

impl Problem {
    /// A parameter or header that cannot be meant, with what would be right.
    pub(super) fn parameter(name: &'static str, value: &str, expected: &str) -> Self {
        Self::Parameter {
            name,
            // Enough to recognize it.
            value: value.chars().take(60).collect(),
            expected: expected.to_owned(),
        }
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::Parameters(rejection) => (
                StatusCode::BAD_REQUEST,
                "a parameter cannot be meant",
                rejection.to_string(),
            ),
            Self::Parameter {
                name,
                value,
                expected,
            } => (
                StatusCode::BAD_REQUEST,
                "a parameter cannot be meant",
                format!("{name} is {value:?}, but expected is {expected}"),
            ),
            Self::Fields(errors) => {
                let all: Vec<String> = errors
                    .iter()
                    .map(|error| format!("{} {}", error.field, error.expected))
                    .collect();
                (
                    StatusCode::BAD_REQUEST,
                    "a field cannot be set so",
                    all.join("; "),
                )
            }
            Self::Body(why) => (
                StatusCode::BAD_REQUEST,
                "the body cannot be read",
                why.clone(),
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not found",
                "there is nothing here".to_owned(),
            ),
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "log in first",
                "send a bearer token, or log in and send the session's CSRF token".to_owned(),
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "not allowed",
                "this account or form may not do that".to_owned(),
            ),
            Self::Precondition(version) => (
                StatusCode::PRECONDITION_FAILED,
                "edited in the meantime",
                format!("the row is at version {version}; read it again and decide"),
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "not available",
                "the database cannot be reached; try again in a moment".to_owned(),
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "too many requests at once",
                "too many are waiting for the database; try again in a moment".to_owned(),
            ),
            Self::Unknown => (
                StatusCode::SERVICE_UNAVAILABLE,
                "outcome unknown",
                "the database did not say whether the edit was made; read the row and see"
                    .to_owned(),
            ),
        }
    }

    fn errors(&self) -> Vec<Detail> {
        match self {
            Self::Parameters(rejection) => rejection
                .errors()
                .iter()
                .map(|error| Detail {
                    parameter: Some(error.parameter.to_owned()),
                    field: None,
                    value: Some(error.value.clone()),
                    expected: error.expected.clone(),
                })
                .collect(),
            Self::Parameter {
                name,
                value,
                expected,
            } => vec![Detail {
                parameter: Some((*name).to_owned()),
                field: None,
                value: Some(value.clone()),
                expected: expected.clone(),
            }],
            Self::Fields(errors) => errors
                .iter()
                .map(|error| Detail {
                    parameter: None,
                    field: Some(error.field.clone()),
                    value: None,
                    expected: error.expected.clone(),
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, title, detail) = self.parts();
        let body = Body {
            r#type: "about:blank",
            title,
            status: status.as_u16(),
            detail,
            errors: self.errors(),
        };
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
        match status {
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            }
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            _ => {}
        }
        response
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        Self::Parameters(rejection)
    }
}

impl From<Failure<StoreError>> for Problem {
    fn from(failure: Failure<StoreError>) -> Self {
        // Counted; a line for each of them would make it worse.
        if matches!(failure, Failure::Busy) {
            return Self::Busy;
        }
        error!(%failure, "a question was not answered");
        Self::Unavailable
    }
}

impl From<StoreError> for Problem {
    fn from(failure: StoreError) -> Self {
        error!(%failure, "the store did not answer");
        Self::Unavailable
    }
}

impl From<EditError> for Problem {
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
pub(super) fn after_panic(_: Box<dyn Any + Send>) -> Response {
    error!("a handler panicked");
    Problem::Unavailable.into_response()
}
