//! The server's half of the counting functions.

use catalogue::normalizer::{Schema, normalize};
use http::StatusCode;
use serde::Deserialize;

use super::FunctionError;
use crate::{portal, reply};

/// The answer to a count.
#[derive(Deserialize)]
struct Counted {
    count: u64,
}

/// Counts, by an answer of its own that the lists share.
pub(super) async fn count(schema: &'static Schema, raw: &str) -> Result<u64, FunctionError> {
    let query = normalize(schema, raw).map_err(|rejection| {
        reply::status(StatusCode::BAD_REQUEST);
        FunctionError::Rejected(rejection.to_string())
    })?;
    let unavailable = |_| {
        reply::status(StatusCode::SERVICE_UNAVAILABLE);
        FunctionError::Unavailable
    };
    let answer = portal::portal().count(query).await.map_err(unavailable)?;
    let counted: Counted =
        serde_json::from_slice(&answer).map_err(|_| unavailable(portal::Failure::Unavailable))?;
    Ok(counted.count)
}
