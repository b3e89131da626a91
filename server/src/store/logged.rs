//! Images of rows in the change log.

use serde_json::{Map, Value as JsonValue};

use super::{StoreError, database::Record};

/// An image of a row: its columns.
pub(super) type Logged = Map<String, JsonValue>;

/// The image in a column of a result, which is selected as text; `None` if the row was not there.
pub(super) fn logged(record: &Record, place: usize) -> Result<Option<Logged>, StoreError> {
    let text: Option<String> = record.get(place)?;
    text.map(|text| {
        serde_json::from_str(&text)
            .map_err(|error| StoreError::Unexpected(format!("in the change log: {error}")))
    })
    .transpose()
}
