//! Errors of a response: why a field has no value.

use async_graphql::{Error, ErrorExtensions, Value, value};
use axum::http::StatusCode;
use leptos_cached::Fault;

use super::names::camel;

/// The name of a fault in `extensions.code`.
fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::Parameters(_) | Fault::Fields(_) | Fault::Body(_) => "BAD_USER_INPUT",
        Fault::TooLarge => "TOO_LARGE",
        Fault::Slow => "TOO_SLOW",
        Fault::NotFound => "NOT_FOUND",
        Fault::Unauthorized => "UNAUTHENTICATED",
        Fault::Forbidden => "FORBIDDEN",
        Fault::Precondition(_) | Fault::Differences(..) | Fault::Conflict(_) | Fault::KeyReused => {
            "CONFLICT"
        }
        Fault::Unavailable => "UNAVAILABLE",
        Fault::Busy => "BUSY",
        Fault::Unknown => "OUTCOME_UNKNOWN",
    }
}

/// A fault as a field's error: the same words as in the REST API's problem, with its code, and with
/// the status that the REST API would answer with.
pub(super) fn error_of(fault: &Fault) -> Error {
    let error = coded(&words(fault), code(fault), fault.status());
    let details = details(fault).into_iter();
    details.fold(error, |error, (name, value)| {
        error.extend_with(|_, extensions| extensions.set(name, value))
    })
}

/// An error with its code, and with the status of a response that has no data because of it.
pub(super) fn coded(why: &str, code: &str, status: StatusCode) -> Error {
    Error::new(why).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("status", status.as_u16());
    })
}

/// What is wrong, with arguments by their names here.
fn words(fault: &Fault) -> String {
    let Fault::Parameters(rejection) = fault else {
        return fault.detail();
    };
    let wrong = rejection.errors().iter().map(|error| {
        let name = camel(error.parameter);
        format!("{name}={}: expected {}", error.value, error.expected)
    });
    wrong.collect::<Vec<_>>().join("; ")
}

fn details(fault: &Fault) -> Vec<(&'static str, Value)> {
    match fault {
        Fault::Parameters(rejection) => {
            let errors = rejection.errors().iter();
            let arguments = errors.map(|error| {
                value!({ "argument": (camel(error.parameter)), "value": (error.value.clone()), "expected": (error.expected.clone()) })
            });
            vec![("arguments", Value::List(arguments.collect()))]
        }
        Fault::Fields(errors) => {
            let fields = errors.iter().map(
                |error| value!({ "field": (error.field.clone()), "expected": (error.expected.clone()) }),
            );
            vec![("fields", Value::List(fields.collect()))]
        }
        Fault::Precondition(version) => vec![("version", Value::from(*version))],
        _ => Vec::new(),
    }
}

/// The status of the REST API for an error that [`error_of`] made; `None` for any other.
pub(super) fn status_of(error: &async_graphql::ServerError) -> Option<u16> {
    match error.extensions.as_ref()?.get("status")? {
        Value::Number(status) => u16::try_from(status.as_u64()?).ok(),
        _ => None,
    }
}
