//! Rules 4 to 6 and 10 for parameters that have one value.

use std::borrow::Cow;

use crate::schema::holds;
use crate::text::{is_nothing, join_with_or};
use crate::trace::{Given, Rule, Shown, Trace};
use crate::{Decimal, Kind, Parameter, ParameterError};

/// The canonical value, `None` if there isn't one. Several values must all mean the same.
pub(super) fn settle<'a, T: Trace>(
    parameter: &'static Parameter,
    values: &'a [Given<'_>],
    trace: &mut T,
) -> Result<Option<Cow<'a, str>>, ParameterError> {
    if let [(_, given)] = values {
        return one(parameter, given, trace);
    }
    let mut wrong: Option<ParameterError> = None;
    let mut settled = Vec::with_capacity(values.len());
    for (_, given) in values {
        match one(parameter, given, trace) {
            Ok(value) => settled.extend(value),
            // The smallest one is reported, so that order does not matter.
            Err(error)
                if wrong
                    .as_ref()
                    .is_some_and(|wrong| wrong.value <= error.value) => {}
            Err(error) => wrong = Some(error),
        }
    }
    if let Some(error) = wrong {
        return Err(error);
    }
    settled.sort_unstable();
    settled.dedup();
    if let [least, .., most] = &*settled {
        let both = format!("{least}, {most}");
        return Err(ParameterError::new(
            parameter.name,
            &both,
            "one value".to_owned(),
        ));
    }
    let value = settled.pop();
    if let Some(value) = &value {
        trace.note(Rule::Single, parameter.name, Shown(values), value);
    }
    Ok(value)
}

/// The canonical form of one value, `None` if it is dropped.
fn one<'a, T: Trace>(
    parameter: &'static Parameter,
    given: &'a str,
    trace: &mut T,
) -> Result<Option<Cow<'a, str>>, ParameterError> {
    let name = parameter.name;
    if is_nothing(given, parameter.kind) {
        trace.note(Rule::Drop, name, format_args!("{name}={given}"), "");
        return Ok(None);
    }
    let value = match parameter.kind {
        Kind::Number { min, max } => number(given, Decimal::parse(given), min, max, trace, name),
        Kind::Money { min, max } => {
            number(given, Decimal::parse_money(given), min, max, trace, name)
        }
        Kind::Integer { min, max, clamp } => integer(given, min, max, clamp, trace, name),
        Kind::Choice(of) => holds(of, given).then_some(Cow::Borrowed(given)),
        Kind::Text | Kind::Flag | Kind::Tokens { .. } | Kind::Choices { .. } => {
            Some(Cow::Borrowed(given))
        }
    };
    match value {
        Some(value) => Ok(Some(value)),
        None => Err(ParameterError::new(name, given, expected(parameter.kind))),
    }
}

fn number<'a, T: Trace>(
    given: &'a str,
    number: Option<Decimal>,
    min: i64,
    max: i64,
    trace: &mut T,
    name: &str,
) -> Option<Cow<'a, str>> {
    let number = number?;
    let value = number.canonical(given);
    trace.note(Rule::Value, name, given, &value);
    (number >= Decimal::whole(min) && number <= Decimal::whole(max)).then_some(value)
}

fn integer<'a, T: Trace>(
    given: &'a str,
    min: i64,
    max: i64,
    clamp: bool,
    trace: &mut T,
    name: &str,
) -> Option<Cow<'a, str>> {
    let parsed = Decimal::parse(given);
    let integer = parsed?.to_integer()?;
    if integer <= max || !clamp {
        return number(given, parsed, min, max, trace, name);
    }
    trace.note(Rule::Single, name, given, max);
    Some(Cow::Owned(max.to_string()))
}

/// What would be valid, for the message.
fn expected(kind: Kind) -> String {
    match kind {
        Kind::Choice(of) => format!("one of {}", join_with_or(of, None)),
        Kind::Number { min, max } => format!("a number from {min} to {max}, of at most 15 digits"),
        Kind::Money { min, max } => format!(
            "an amount from {min} to {max}, such as 450000, 450,000 or 450k, of at most 15 digits"
        ),
        Kind::Integer {
            min, clamp: true, ..
        } => format!("a whole number of at least {min}"),
        Kind::Integer { min, max, .. } => format!("a whole number from {min} to {max}"),
        // Texts and flags cannot be invalid, and sets are not settled here.
        Kind::Text | Kind::Flag | Kind::Tokens { .. } | Kind::Choices { .. } => {
            "another value".to_owned()
        }
    }
}
