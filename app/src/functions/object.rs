//! The server function: one row.

use site::Object;

use super::rows_function;

rows_function! {
    /// One row: GET `/api/{catalogue}/{id}/`. `NotFound` where there is none.
    object<T>(Object) -> T, ObjectFn at "/api/{catalogue}/{id}/"
}
