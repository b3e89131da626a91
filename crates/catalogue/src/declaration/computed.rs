//! What is computed for a row.

use std::time::Duration;

use crate::declaration::Encoding;

/// A value that is computed for a row, from the rows of another catalogue that refer to it. It is
/// an answer of its own: an edit of those rows touches it, and of no others.
#[derive(Debug, Clone, Copy)]
pub struct Computed {
    /// Its name in addresses and keys: `average-price`.
    pub name: &'static str,
    /// The catalogue whose rows it is computed from.
    pub of: &'static str,
    /// The parameter of that catalogue that names the row.
    pub by: &'static str,
    /// More parameters of that catalogue, with their values: the rows that count.
    pub among: &'static [(&'static str, &'static str)],
    /// How it is computed.
    pub aggregate: Aggregate,
    /// How often it is computed although nothing has touched it; `None` for never.
    pub every: Option<Duration>,
}

/// How a value is computed from rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// How many there are.
    Count,
    /// The average of an integer column, rounded.
    Average {
        /// The column.
        column: &'static str,
        /// How its values are written.
        encoding: Encoding,
    },
    /// How many days have passed since the median of a column of times, in milliseconds since 1970.
    MedianDays {
        /// The column.
        column: &'static str,
    },
}
