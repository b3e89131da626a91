//! Why a server function has no answer, as `application/problem+json` (RFC 9457).

use ask::{UrlError, normalizer::Rejection};
use bytes::Bytes;
use http::StatusCode;
use server_fn::{
    ContentType, Decodes, Encodes, Format, FormatType,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// Why a server function has no answer. Internal causes are logged where they arise, and never
/// shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Parameters or headers are invalid.
    Parameters(Rejection),
    /// Fields of an edit are invalid.
    Fields(Vec<FieldFault>),
    /// The body of an edit cannot be read; the text says what was expected.
    Body(String),
    /// The body of an edit is too large.
    TooLarge,
    /// The body of a request did not arrive in time.
    #[cfg(feature = "ssr")]
    Slow,
    /// There is nothing at this address.
    NotFound,
    /// The client is not logged in.
    Unauthorized,
    /// The account may not do this, or the form does not come from this site.
    Forbidden,
    /// The row is at this version, not at the one in `If-Match`.
    Precondition(i64),
    /// Others have edited the same fields; the row is at this version.
    #[cfg(feature = "ssr")]
    Differences(i64, Vec<Difference>),
    /// The edit contradicts what is stored; the text says how.
    #[cfg(feature = "ssr")]
    Conflict(String),
    /// The idempotency key was used for another request.
    #[cfg(feature = "ssr")]
    KeyReused,
    /// The database, or in the browser the server, cannot be reached at present.
    Unavailable,
    /// Too many requests are waiting.
    Busy,
    /// The database did not say whether it committed an edit.
    Unknown,
}

/// What is wrong with one field of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field.
    pub field: String,
    /// The requirement, to be read after the field: "must be …".
    pub expected: String,
}

/// A field that two editors have set to different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What this editor wants.
    pub yours: String,
    /// What is stored.
    pub theirs: String,
    /// What both have begun with, if it is known.
    pub base: Option<String>,
}

impl Fault {
    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Parameters(_) | Self::Fields(_) | Self::Body(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            #[cfg(feature = "ssr")]
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Precondition(_) => StatusCode::PRECONDITION_FAILED,
            #[cfg(feature = "ssr")]
            Self::Differences(..) | Self::Conflict(_) => StatusCode::CONFLICT,
            #[cfg(feature = "ssr")]
            Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable | Self::Busy | Self::Unknown => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The fault that a status stands for, for a client that does not read the body. Details that
    /// only the body has are empty or 0.
    pub fn of_status(status: u16) -> Self {
        match status {
            400 => Self::Body(String::new()),
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            412 => Self::Precondition(0),
            413 => Self::TooLarge,
            _ => Self::Unavailable,
        }
    }
}

impl From<Rejection> for Fault {
    fn from(rejection: Rejection) -> Self {
        Self::Parameters(rejection)
    }
}

impl From<UrlError> for Fault {
    fn from(error: UrlError) -> Self {
        match error {
            UrlError::NotFound => Self::NotFound,
            UrlError::Parameters(rejection) => Self::Parameters(rejection),
        }
    }
}

/// The encoding that Leptos requires of an error type. [`Canonical`](crate::Canonical) sends and
/// reads errors itself, so that the response has the fault's status; this only satisfies the trait.
#[derive(Debug)]
pub struct ProblemJson;

impl ContentType for ProblemJson {
    const CONTENT_TYPE: &'static str = "application/problem+json";
}

impl FormatType for ProblemJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl Encodes<Fault> for ProblemJson {
    type Error = String;

    fn encode(fault: &Fault) -> Result<Bytes, String> {
        #[cfg(feature = "ssr")]
        return Ok(problem::json(fault));
        #[cfg(not(feature = "ssr"))]
        Ok(Bytes::copy_from_slice(fault.status().as_str().as_bytes()))
    }
}

impl Decodes<Fault> for ProblemJson {
    type Error = String;

    fn decode(_: Bytes) -> Result<Fault, String> {
        Ok(Fault::Unavailable)
    }
}

impl FromServerFnError for Fault {
    type Encoder = ProblemJson;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(why) | ServerFnErrorErr::MissingArg(why) => Self::Body(why),
            _ => Self::Unavailable,
        }
    }
}

#[cfg(feature = "ssr")]
mod problem {
    //! A fault as a response.

    use axum::response::{IntoResponse, Response};
    use bytes::Bytes;
    use http::{HeaderValue, header};
    use serde::Serialize;

    use super::{Fault, FieldFault};
    use crate::{CACHE_STATUS, no_store, refused};

    #[derive(Serialize)]
    struct Problem<'a> {
        r#type: &'static str,
        title: &'static str,
        status: u16,
        detail: String,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        errors: Vec<Detail<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<i64>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        differences: Vec<Values<'a>>,
    }

    /// The values of a field that two editors have set.
    #[derive(Serialize)]
    struct Values<'a> {
        field: &'a str,
        yours: &'a str,
        theirs: &'a str,
        base: Option<&'a str>,
    }

    #[derive(Serialize)]
    struct Detail<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        parameter: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<&'a str>,
        expected: &'a str,
    }

    impl Fault {
        /// What is wrong, in words.
        pub fn detail(&self) -> String {
            words(self).1
        }
    }

    /// The body of the response.
    pub(super) fn json(fault: &Fault) -> Bytes {
        let (title, detail) = words(fault);
        let problem = Problem {
            r#type: "about:blank",
            title,
            status: fault.status().as_u16(),
            detail,
            errors: errors(fault),
            version: match fault {
                Fault::Precondition(version) | Fault::Differences(version, _) => Some(*version),
                _ => None,
            },
            differences: differences(fault),
        };
        // Strings and numbers can always be serialized.
        serde_json::to_vec(&problem).unwrap_or_default().into()
    }

    fn words(fault: &Fault) -> (&'static str, String) {
        match fault {
            Fault::Parameters(rejection) => ("invalid parameter", rejection.to_string()),
            Fault::Fields(errors) => {
                let all: Vec<String> = errors
                    .iter()
                    .map(|FieldFault { field, expected }| format!("{field} {expected}"))
                    .collect();
                ("invalid field", all.join("; "))
            }
            Fault::Body(why) => ("invalid body", why.clone()),
            Fault::TooLarge => (
                "the body is too large",
                "the limit is one megabyte".to_owned(),
            ),
            Fault::Slow => (
                "the body did not arrive",
                "the body of the request took too long to arrive, or stopped; send it again"
                    .to_owned(),
            ),
            Fault::NotFound => ("not found", "there is nothing here".to_owned()),
            Fault::Unauthorized => (
                "log in first",
                "send a bearer token, or log in and send the session's CSRF token".to_owned(),
            ),
            Fault::Forbidden => (
                "not allowed",
                "this account, or a form from another site, may not do that".to_owned(),
            ),
            Fault::Precondition(version) => (
                "edited in the meantime",
                format!("the row is now at version {version}; read it again before you edit it"),
            ),
            Fault::Differences(version, fields) => (
                "edited by others too",
                format!(
                    "since you read it, others have set {}; the row is now at version {version}, and \
                     nothing was saved",
                    fields
                        .iter()
                        .map(|it| &*it.field)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            ),
            Fault::Conflict(how) => ("conflict", how.clone()),
            Fault::KeyReused => (
                "idempotency key reused",
                "this Idempotency-Key belongs to another request; choose a new one".to_owned(),
            ),
            Fault::Unavailable => (
                "unavailable",
                "the database is unreachable; try again later".to_owned(),
            ),
            Fault::Busy => (
                "too many requests at once",
                "too many requests are waiting for the database; try again later".to_owned(),
            ),
            Fault::Unknown => (
                "outcome unknown",
                "the database did not confirm the edit; read the row to see whether it was made"
                    .to_owned(),
            ),
        }
    }

    fn errors(fault: &Fault) -> Vec<Detail<'_>> {
        match fault {
            Fault::Parameters(rejection) => rejection
                .errors()
                .iter()
                .map(|error| Detail {
                    parameter: Some(error.parameter),
                    field: None,
                    value: Some(&error.value),
                    expected: &error.expected,
                })
                .collect(),
            Fault::Fields(errors) => errors
                .iter()
                .map(|error| Detail {
                    parameter: None,
                    field: Some(&error.field),
                    value: None,
                    expected: &error.expected,
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    fn differences(fault: &Fault) -> Vec<Values<'_>> {
        let Fault::Differences(_, fields) = fault else {
            return Vec::new();
        };
        let values = fields.iter().map(|it| Values {
            field: &it.field,
            yours: &it.yours,
            theirs: &it.theirs,
            base: it.base.as_deref(),
        });
        values.collect()
    }

    impl IntoResponse for Fault {
        fn into_response(self) -> Response {
            let status = self.status();
            let mut response = Response::new(json(&self).into());
            *response.status_mut() = status;
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/problem+json"),
            );
            headers.insert(header::CACHE_CONTROL, no_store());
            if self == Self::Busy {
                headers.insert(CACHE_STATUS, refused());
            }
            match self {
                Self::Unavailable | Self::Busy | Self::Unknown => {
                    headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
                }
                Self::Unauthorized => {
                    headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                }
                _ => {}
            }
            response
        }
    }
}
