//! Rules 4, 5 and 10 for sets.

use std::borrow::Cow;

use crate::schema::holds;
use crate::text::{is_joined, is_nothing, join_with_or, joined, token};
use crate::trace::{Given, Rule, Shown, Trace};
use crate::{Kind, Parameter, ParameterError};

/// A set may have at most this many elements, not counting repeats.
const ELEMENTS: usize = 50;
/// An element may have at most this many characters.
const LENGTH: usize = 100;

/// The canonical value of a set, `None` if no element remains.
pub(super) fn settle<'a, T: Trace>(
    parameter: &'static Parameter,
    values: &'a [Given<'_>],
    trace: &mut T,
) -> Result<Option<Cow<'a, str>>, ParameterError> {
    let value = match values {
        [(_, value)] if is_settled(parameter.kind, value) => Cow::Borrowed(&**value),
        _ => match several(parameter, values, trace)? {
            Some(value) => Cow::Owned(value),
            None => return Ok(None),
        },
    };
    trace.note(Rule::Value, parameter.name, Shown(values), &value);
    Ok(Some(value))
}

/// Whether a text is certainly canonical. Quick; may be false for a text that is.
pub(super) fn is_settled(kind: Kind, value: &str) -> bool {
    let (mut last, mut count) = ("", 0);
    value.split(',').all(|element| {
        let is_sorted = last < element;
        (last, count) = (element, count + 1);
        let is_right = match kind {
            Kind::Choices { of, any } => holds(of, element) && any != Some(element),
            // A token that `is_joined` accepts is ASCII, so its bytes are its characters.
            _ => {
                is_joined(element)
                    && element.len() <= LENGTH
                    && !is_nothing(element, kind)
                    && kind.synonym(element).is_none()
            }
        };
        is_sorted && is_right && count <= ELEMENTS
    })
}

/// The elements of all values: checked, sorted, without repeats, joined by commas.
fn several<T: Trace>(
    parameter: &Parameter,
    values: &[Given<'_>],
    trace: &mut T,
) -> Result<Option<String>, ParameterError> {
    let mut elements = Vec::with_capacity(values.len());
    for (_, value) in values {
        let parts = value.split(',');
        elements.extend(parts.filter_map(|part| element(parameter, part, trace)));
    }
    elements.sort_unstable();
    elements.dedup();
    for element in &elements {
        check(parameter, element)?;
    }
    let value = elements.join(",");
    if elements.len() > ELEMENTS {
        let expected = format!("at most {ELEMENTS} values");
        return Err(ParameterError::new(parameter.name, &value, expected));
    }
    Ok(match parameter.kind {
        _ if elements.is_empty() => None,
        Kind::Choices { any: Some(any), .. } if elements.iter().any(|element| element == any) => {
            Some(any.to_owned())
        }
        _ => Some(value),
    })
}

/// The canonical form of one element, `None` if it is dropped.
fn element<'a, T: Trace>(
    parameter: &Parameter,
    given: &'a str,
    trace: &mut T,
) -> Option<Cow<'a, str>> {
    let text = given.trim();
    if is_nothing(text, parameter.kind) {
        let name = parameter.name;
        trace.note(Rule::Drop, name, format_args!("{name}={given}"), "");
        return None;
    }
    Some(match parameter.kind {
        Kind::Tokens { .. } => {
            let token = joined(text);
            parameter.kind.synonym(&token).map_or(token, Cow::Borrowed)
        }
        _ => Cow::Borrowed(text),
    })
}

impl Parameter {
    /// The element of this set of tokens that a text stands for: as [`token`], and one for all
    /// synonyms.
    ///
    /// ```
    /// use normalizer::Parameter;
    ///
    /// let state = Parameter::tokens("state").synonyms(&[("nm", "new-mexico")]);
    /// assert_eq!(state.token("New Mexico"), "new-mexico");
    /// assert_eq!(state.token("NM"), "new-mexico");
    /// ```
    #[must_use]
    pub fn token(&self, text: &str) -> String {
        let token = token(text);
        self.kind.synonym(&token).map_or(token, str::to_owned)
    }
}

/// Rule 10 for one element.
fn check(parameter: &Parameter, element: &str) -> Result<(), ParameterError> {
    let expected = match parameter.kind {
        Kind::Choices { of, any } if holds(of, element) || any == Some(element) => return Ok(()),
        Kind::Choices { of, any } => format!("any of {}", join_with_or(of, any)),
        // Characters need to be counted only if the number of bytes does not decide.
        _ if element.len() <= LENGTH || element.chars().count() <= LENGTH => return Ok(()),
        _ => format!("at most {LENGTH} characters"),
    };
    Err(ParameterError::new(parameter.name, element, expected))
}
