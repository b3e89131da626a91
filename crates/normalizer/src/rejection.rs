//! Requests with invalid parameters.

use std::fmt;

/// Why a request is invalid: one [`ParameterError`] per invalid parameter, in name order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    errors: Vec<ParameterError>,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterError {
    /// The parameter's canonical name.
    pub parameter: &'static str,
    /// The given value, decoded, and cut after 60 characters.
    pub value: String,
    /// What would be valid, to be read after "expected".
    pub expected: String,
}

/// A value is shown up to this many characters: enough to recognize it.
const SHOWN: usize = 60;

impl Rejection {
    pub(crate) fn new(mut errors: Vec<ParameterError>) -> Self {
        errors.sort_by_key(|error| error.parameter);
        Self { errors }
    }

    /// The rejection of one parameter, for callers that check more of a value than its kind does.
    /// `expected` is read after "expected".
    #[must_use]
    pub fn of(parameter: &'static str, value: &str, expected: &str) -> Self {
        let expected = expected.to_owned();
        Self::new(vec![ParameterError::new(parameter, value, expected)])
    }

    /// Every invalid parameter, in name order; never empty.
    #[must_use]
    pub fn errors(&self) -> &[ParameterError] {
        &self.errors
    }

    /// What is wrong with this parameter, for a message next to its field.
    #[must_use]
    pub fn error(&self, parameter: &str) -> Option<&ParameterError> {
        self.errors
            .iter()
            .find(|error| error.parameter == parameter)
    }
}

impl ParameterError {
    pub(crate) fn new(parameter: &'static str, value: &str, expected: String) -> Self {
        let value = match value.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        };
        Self {
            parameter,
            value,
            expected,
        }
    }
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}={}: expected {}",
            self.parameter, self.value, self.expected
        )
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.errors.iter().enumerate() {
            let separator = if i == 0 { "" } else { "; " };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ParameterError {}
impl std::error::Error for Rejection {}
