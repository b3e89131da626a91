//! From a raw query string to its canonical query: the rules, in order.

mod pairs;
mod quick;
mod set;
mod single;

use std::borrow::Cow;

use crate::text::{clean, decode, name};
use crate::trace::{Given, Rule, Silent, Trace};
use crate::{Decimal, Parameter, ParameterError, Query, Rejection, Schema};

use pairs::{Pairs, USUAL};

/// Brings a raw query string, without its `?`, into canonical form.
///
/// ```
/// # use normalizer::{Parameter, Schema, normalize};
/// static HOMES: Schema = Schema {
///     catalogue: "homes",
///     version: 1,
///     parameters: &[Parameter::tokens("city")],
///     ranges: &[],
/// };
/// let query = normalize(&HOMES, "page=1&city[]=San+Jos%C3%A9&city=austin&utm_source=x").unwrap();
/// assert_eq!(query.as_str(), "city=austin,san-jose");
/// assert_eq!(query.key(), "hearth:homes:v1:city=austin,san-jose");
/// ```
///
/// # Errors
///
/// If a value is invalid (rule 10). The rejection holds every invalid parameter.
pub fn normalize(schema: &'static Schema, raw: &str) -> Result<Query, Rejection> {
    match quick::accept(schema, raw) {
        Some(query) => Ok(query),
        None => run(schema, raw, &mut Silent),
    }
}

/// [`normalize`] for bytes; invalid UTF-8 is replaced first.
///
/// # Errors
///
/// As [`normalize`].
pub fn normalize_bytes(schema: &'static Schema, raw: &[u8]) -> Result<Query, Rejection> {
    normalize(schema, &String::from_utf8_lossy(raw))
}

/// Whether a raw query string is its own canonical form.
#[must_use]
pub fn is_canonical(schema: &'static Schema, raw: &str) -> bool {
    normalize(schema, raw).is_ok_and(|query| query.as_str() == raw)
}

/// All ten rules, with a trace.
pub(crate) fn run<T: Trace>(
    schema: &'static Schema,
    raw: &str,
    trace: &mut T,
) -> Result<Query, Rejection> {
    let given = read(schema, raw, trace);
    finish(schema, given, raw.len(), trace)
}

/// Rules 4 to 10, for values that are already decoded.
pub(crate) fn settle(schema: &'static Schema, given: Vec<Given<'_>>) -> Result<Query, Rejection> {
    finish(schema, given, 0, &mut Silent)
}

/// Rules 1 to 3: parameters and decoded values, in the order in which they were given.
fn read<'a, T: Trace>(schema: &'static Schema, raw: &'a str, trace: &mut T) -> Vec<Given<'a>> {
    let mut given = Vec::with_capacity(USUAL);
    for pair in Pairs::new(raw) {
        let (name, parameter) = find(schema, pair.name);
        let Some(parameter) = parameter else {
            trace.dropped(&name, pair.raw);
            continue;
        };
        let value = match pair.value {
            value if pair.is_clean => Cow::Borrowed(value),
            value => clean(decode(value), parameter.kind.folds()),
        };
        trace.note(
            Rule::Decode,
            parameter.name,
            pair.raw,
            format_args!("{name}={value}"),
        );
        trace.note(Rule::Alias, parameter.name, name, parameter.name);
        given.push((parameter, value));
    }
    given
}

/// The name that a raw name spells, and the parameter with that name or alias.
fn find<'a>(schema: &Schema, raw: &'a str) -> (Cow<'a, str>, Option<&'static Parameter>) {
    // Most names are canonical, so they are looked up before they are decoded.
    if let Some(parameter) = schema.parameter(raw) {
        return (Cow::Borrowed(raw), Some(parameter));
    }
    let name = name(raw);
    let parameter = schema.resolve(&name);
    (name, parameter)
}

/// Rules 4 to 10.
fn finish<T: Trace>(
    schema: &'static Schema,
    mut given: Vec<Given<'_>>,
    bytes: usize,
    trace: &mut T,
) -> Result<Query, Rejection> {
    let order = trace.note_given(&given);
    // A stable sort that detects sorted runs: repeats of one name are cheap and stay in order.
    given.sort_by_key(|(parameter, _)| parameter.name);
    let mut query = Query::with_capacity(schema, bytes.min(LENGTH), given.len().min(USUAL));
    let mut errors = Vec::new();
    for values in given.chunk_by(|(a, _), (b, _)| std::ptr::eq(*a, *b)) {
        let parameter = values[0].0;
        let settled = if parameter.kind.is_set() {
            set::settle(parameter, values, trace)
        } else {
            single::settle(parameter, values, trace)
        };
        match settled {
            Ok(Some(value)) if parameter.default == Some(&*value) => {
                trace.note(Rule::Default, parameter.name, value, "");
            }
            Ok(Some(value)) => query.push(parameter, &value),
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    errors.extend(crossed(schema, &query));
    if !errors.is_empty() {
        let rejection = Rejection::new(errors);
        trace.rejected(&rejection);
        return Err(rejection);
    }
    trace.settled(order, &query);
    Ok(query)
}

/// The most bytes to reserve for a canonical text: it may be much shorter than the raw one.
const LENGTH: usize = 256;
/// An error for each range whose lower end is above its upper end.
fn crossed(schema: &'static Schema, query: &Query) -> impl Iterator<Item = ParameterError> {
    schema.ranges.iter().filter_map(|&(lower, upper)| {
        let (low, high) = (query.explicit(lower)?, query.explicit(upper)?);
        let is_crossed = Decimal::parse(low)? > Decimal::parse(high)?;
        is_crossed.then(|| ParameterError::new(lower, low, format!("at most {upper}={high}")))
    })
}
