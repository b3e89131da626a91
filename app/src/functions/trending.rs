//! The server function for the most viewed rows.

use catalogue::Listing;
use site::Trending;

use super::rows_function;

rows_function! {
    /// The rows that readers view most: GET `/api/{catalogue}/trending/`.
    trending<T>(Trending) -> Listing<T>, TrendingFn at "/api/{catalogue}/trending/"
}
