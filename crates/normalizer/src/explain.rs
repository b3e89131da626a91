//! How a canonical query came about, rule by rule.

use crate::normalize::run;
use crate::trace::Step;
use crate::{Query, Rejection, Schema};

/// The result of [`normalize`](crate::normalize()) and the steps that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Every step that changed something, in the order in which they happened.
    pub steps: Vec<Step>,
    /// The canonical query, or why there isn't one.
    pub result: Result<Query, Rejection>,
}

/// Normalizes as [`normalize`](crate::normalize()) does, and records each step.
#[must_use]
pub fn explain(schema: &'static Schema, raw: &str) -> Explanation {
    let mut steps = Vec::new();
    let result = run(schema, raw, &mut steps);
    Explanation { steps, result }
}
