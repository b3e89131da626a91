//! What a load returns.

use std::sync::Arc;

use crate::{stamp::Stamp, times::Times};

/// An answer as the origin returns it.
#[derive(Debug)]
pub struct Loaded<Q, B> {
    /// The revision that the answer was read at, taken in the same snapshot. For a composed
    /// answer, one at which all of its parts are right.
    pub stamp: Stamp,
    /// The ids of the rows that the answer shows, or would show if they existed.
    pub shows: Vec<i64>,
    /// The answers that this one is composed of: a change that touches one of them touches it.
    pub parts: Vec<Part<Q>>,
    /// How many statements the database ran for it.
    pub queries: u32,
    /// The answer.
    pub body: B,
}

/// An answer that another one is composed of.
#[derive(Debug, Clone)]
pub struct Part<Q> {
    /// The ask that it answers.
    pub(crate) ask: Q,
    /// The rows that it shows.
    pub(crate) shows: Arc<[i64]>,
    /// When it falls due; an answer that is composed of it does too.
    pub(crate) times: Times,
}
