//! The fast path for queries that are already canonical, as nearly all from our own links are.

use super::pairs::{Pairs, USUAL};
use super::set;
use crate::schema::holds;
use crate::{Kind, Parameter, Query, Schema};

/// The query, if the raw text is certainly canonical. `None` only means: take the slow path.
pub(super) fn accept(schema: &'static Schema, raw: &str) -> Option<Query> {
    if raw.is_empty() {
        return Some(Query::all(schema));
    }
    let mut query = Query::with_capacity(schema, 0, USUAL);
    let mut last = "";
    let mut start = 0;
    for pair in Pairs::new(raw) {
        let parameter = schema.parameter(pair.name)?;
        let is_right = pair.is_clean && last < parameter.name && is_settled(parameter, pair.value);
        if !is_right {
            return None;
        }
        last = parameter.name;
        let end = start + pair.raw.len();
        query.mark(parameter, end - pair.value.len()..end);
        start = end + 1;
    }
    let query = query.over(raw);
    // Settled numbers are plain digits.
    let number = |name: &str| digits(query.explicit(name)?);
    let is_crossed = |(lower, upper): &(&str, &str)| match (number(lower), number(upper)) {
        (Some(low), Some(high)) => low > high,
        _ => false,
    };
    (!schema.ranges.iter().any(is_crossed)).then_some(query)
}

/// Whether a clean value is certainly canonical and not the default.
fn is_settled(parameter: &Parameter, value: &str) -> bool {
    let is_canonical = match parameter.kind {
        Kind::Tokens { .. } | Kind::Choices { .. } => set::is_settled(parameter.kind, value),
        Kind::Choice(of) => holds(of, value),
        Kind::Number { min, max } | Kind::Money { min, max } | Kind::Integer { min, max, .. } => {
            digits(value).is_some_and(|number| (min..=max).contains(&number))
        }
        Kind::Text | Kind::Flag => false,
    };
    is_canonical && parameter.default != Some(value)
}

/// The number spelled by up to 15 digits without a leading zero.
fn digits(text: &str) -> Option<i64> {
    if text.len() > 15 || (text.starts_with('0') && text != "0") || text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + i64::from(digit))
    })
}
