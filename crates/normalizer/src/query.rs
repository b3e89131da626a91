//! The result of normalizing: the canonical query, one text for all spellings that mean the same.

mod key;
mod set;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use crate::schema::LARGEST_PAGE;
use crate::text::push_encoded;
use crate::{Decimal, Kind, Parameter, Schema};

pub use key::object_key;
pub use set::Set;

/// A request's parameters in their one canonical form.
///
/// Two queries are equal if and only if they mean the same. Values are read with their defaults
/// filled in: `set("status")` is `active` if the request did not give it.
#[derive(Clone)]
pub struct Query {
    schema: &'static Schema,
    /// The canonical text, encoded.
    text: String,
    /// The decoded values that encoding changes, one after the other.
    decoded: String,
    /// Where each value is, in name order.
    values: Vec<Value>,
}

/// Where one value is.
#[derive(Clone)]
struct Value {
    parameter: &'static Parameter,
    /// Whether it is in `decoded` rather than in `text`.
    decoded: bool,
    range: Range<usize>,
}

impl Query {
    /// The query whose parameters all have their defaults.
    #[must_use]
    pub fn all(schema: &'static Schema) -> Self {
        Self::with_capacity(schema, 0, 0)
    }

    pub(crate) fn with_capacity(schema: &'static Schema, bytes: usize, values: usize) -> Self {
        Self {
            schema,
            text: String::with_capacity(bytes),
            decoded: String::new(),
            values: Vec::with_capacity(values),
        }
    }

    /// Notes where a value is in a text that is already canonical; [`over`](Query::over) sets the
    /// text.
    pub(crate) fn mark(&mut self, parameter: &'static Parameter, range: Range<usize>) {
        let decoded = false;
        self.values.push(Value {
            parameter,
            decoded,
            range,
        });
    }

    /// Sets the text, in which every value was marked.
    pub(crate) fn over(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    /// Appends a canonical value; must be called in name order.
    pub(crate) fn push(&mut self, parameter: &'static Parameter, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(parameter.name);
        self.text.push('=');
        let start = self.text.len();
        let decoded = push_encoded(&mut self.text, value);
        let mut range = start..self.text.len();
        if decoded {
            let start = self.decoded.len();
            self.decoded.push_str(value);
            range = start..self.decoded.len();
        }
        self.values.push(Value {
            parameter,
            decoded,
            range,
        });
    }

    /// The schema that the query belongs to.
    #[must_use]
    pub fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// The canonical text, encoded, without `?`; empty if everything has its default.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the request is answered but never stored: `q`, `random` or `preview` has a value.
    #[must_use]
    pub fn is_bypass(&self) -> bool {
        self.bypassing().next().is_some()
    }

    /// Whether the parameter differs from its default.
    #[must_use]
    pub fn is_set(&self, name: &str) -> bool {
        self.explicit(name).is_some()
    }

    /// The parameters that differ from their defaults, with their decoded values, in name order:
    /// e.g. for the hidden fields of a form.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values
            .iter()
            .map(|value| (value.parameter.name, self.slice(value)))
    }

    /// The decoded value of any parameter, or its default; a set's elements are joined by commas.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.explicit(name)
            .or_else(|| self.schema.parameter(name)?.default)
    }

    /// The elements of a set. Empty means unrestricted: no value and no default, or `any`.
    #[must_use]
    pub fn set(&self, name: &str) -> Set<'_> {
        let parameter = self.schema.parameter(name);
        match parameter.map(|parameter| parameter.kind) {
            Some(Kind::Choices { any, .. }) => {
                Set::new(self.value(name).filter(|value| Some(*value) != any))
            }
            Some(Kind::Tokens { .. }) => Set::new(self.value(name)),
            _ => Set::new(None),
        }
    }

    /// A number, or its default.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<Decimal> {
        self.value(name).and_then(Decimal::parse)
    }

    /// A whole number, or its default.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.number(name)?.to_integer()
    }

    /// A choice, or its default.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<&str> {
        self.value(name)
    }

    /// A text, or its default.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name)
    }

    /// The page, counted from 1.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.counting("page", 1)
    }

    /// How many rows a page has, from 1 to 100.
    #[must_use]
    pub fn page_size(&self) -> u64 {
        self.counting("page_size", 20)
    }

    /// How many rows come before this page.
    #[must_use]
    pub fn offset(&self) -> u64 {
        // At most 15 digits times 100: no overflow.
        (self.page() - 1) * self.page_size()
    }

    fn counting(&self, name: &str, fallback: u64) -> u64 {
        let number = self
            .integer(name)
            .filter(|number| (1..=LARGEST_PAGE).contains(number));
        number.map_or(fallback, i64::unsigned_abs)
    }

    pub(crate) fn explicit(&self, name: &str) -> Option<&str> {
        let value = self
            .values
            .iter()
            .find(|value| value.parameter.name == name)?;
        Some(self.slice(value))
    }

    /// The values that make the request bypass.
    pub(crate) fn bypassing(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let bypass = self
            .values
            .iter()
            .filter(|value| value.parameter.kind.bypasses());
        bypass.map(|value| (value.parameter.name, self.slice(value)))
    }

    /// The parameters that differ from their defaults, with their decoded values, in name order.
    pub(crate) fn stated(&self) -> impl Iterator<Item = (&'static Parameter, &str)> {
        let values = self.values.iter();
        values.map(|value| (value.parameter, self.slice(value)))
    }

    fn slice(&self, value: &Value) -> &str {
        let text = if value.decoded {
            &self.decoded
        } else {
            &self.text
        };
        &text[value.range.clone()]
    }

    fn identity(&self) -> (&'static str, u32, &str) {
        (self.schema.catalogue, self.schema.version, &self.text)
    }
}

// The text determines the query; the other fields only index it.
impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Query {}

impl Hash for Query {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({}?{})", self.schema.catalogue, self.text)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
