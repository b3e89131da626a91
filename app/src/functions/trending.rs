//! The server function: what is looked at most.

use catalogue::Listing;
use site::Trending;

use super::rows_function;

rows_function! {
    /// The rows that readers look at most: GET `/api/{catalogue}/trending/`.
    trending<T>(Trending) -> Listing<T>, TrendingFn at "/api/{catalogue}/trending/"
}
