//! The server function for a page of a list.

use catalogue::Listing;
use site::List;

use super::rows_function;

rows_function! {
    /// A page of a list, with the count of the whole list: GET `/api/{catalogue}/`. A page past the
    /// last one is `NotFound`.
    list<T>(List) -> Listing<T>, ListFn at "/api/{catalogue}/"
}
