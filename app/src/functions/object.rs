//! The server function for one row.

use site::Object;

use super::rows_function;

rows_function! {
    /// One row: GET `/api/{catalogue}/{id}/`. `NotFound` if it does not exist.
    object<T>(Object) -> T, ObjectFn at "/api/{catalogue}/{id}/"
}
