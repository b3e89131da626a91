//! Predicates: which rows an answer is about.
//!
//! The same [`Predicate`] becomes the SQL condition of a list and decides, row by row, which edits
//! touch a cached answer. The two cannot disagree on a number or on a letter's case, because
//! predicate columns are stored as integers and as bytewise keys.

use normalizer::Query;

use crate::{
    declaration::{Catalogue, Test},
    json::Value,
};

/// The conditions that a query puts on a row. All of them must hold.
#[derive(Debug, Clone)]
pub struct Predicate {
    catalogue: &'static Catalogue,
    conditions: Vec<Condition>,
}

/// One condition on one column, given by its index in [`Catalogue::columns`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The column equals one of the values.
    OneOf {
        /// The column's index.
        column: usize,
        /// The values, one of which must match.
        values: Vec<Box<str>>,
    },
    /// The column holds all of the terms.
    AllOf {
        /// The column's index.
        column: usize,
        /// The terms as they are stored, each between commas.
        terms: Vec<Box<str>>,
    },
    /// The column holds none of the terms.
    NoneOf {
        /// The column's index.
        column: usize,
        /// The terms as they are stored, each between commas.
        terms: Vec<Box<str>>,
    },
    /// The column does not equal the value: the row is not a draft.
    Not {
        /// The column's index.
        column: usize,
        /// The value that must not be there.
        value: &'static str,
    },
    /// The column is at least the bound, in the stored unit.
    AtLeast {
        /// The column's index.
        column: usize,
        /// The least value.
        bound: i64,
    },
    /// The column is at most the bound, in the stored unit.
    AtMost {
        /// The column's index.
        column: usize,
        /// The greatest value.
        bound: i64,
    },
}

/// The predicate columns of one row, as the change log holds them.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    cells: Box<[Value]>,
}

impl Predicate {
    /// The predicate of a reader's query: no draft matches it. Page, page size, sort and text search
    /// are not part of it.
    pub fn new(catalogue: &'static Catalogue, query: &Query) -> Self {
        let mut conditions = Vec::new();
        for filter in catalogue.filters {
            let Some(column) = catalogue.position(filter.column) else {
                continue;
            };
            let number = || query.number(filter.parameter);
            match filter.test {
                Test::OneOf => {
                    let values: Vec<Box<str>> =
                        query.set(filter.parameter).map(Into::into).collect();
                    if !values.is_empty() {
                        conditions.push(Condition::OneOf { column, values });
                    }
                }
                Test::AllOf => {
                    if let Some(terms) = terms(query, filter.parameter) {
                        conditions.push(Condition::AllOf { column, terms });
                    }
                }
                Test::NoneOf => {
                    if let Some(terms) = terms(query, filter.parameter) {
                        conditions.push(Condition::NoneOf { column, terms });
                    }
                }
                Test::Is => {
                    if let Some(bound) = number().map(|n| n.floor_times(1)) {
                        conditions.push(Condition::AtLeast { column, bound });
                        conditions.push(Condition::AtMost { column, bound });
                    }
                }
                Test::AtLeast { unit } => {
                    // A minimum of zero is no restriction: stored quantities are never negative.
                    if let Some(bound) = number().map(|n| n.ceil_times(unit)).filter(|&n| n > 0) {
                        conditions.push(Condition::AtLeast { column, bound });
                    }
                }
                Test::AtMost { unit } => {
                    if let Some(bound) = number().map(|n| n.floor_times(unit)) {
                        conditions.push(Condition::AtMost { column, bound });
                    }
                }
            }
        }
        if let Some((column, value)) = catalogue.draft
            && let Some(column) = catalogue.position(column)
        {
            conditions.push(Condition::Not { column, value });
        }
        Self {
            catalogue,
            conditions,
        }
    }

    /// The same conditions, for an editor: drafts may match.
    #[must_use]
    pub fn with_drafts(mut self) -> Self {
        self.conditions.retain(Condition::is_choice);
        self
    }

    /// The catalogue whose rows it is about.
    pub fn catalogue(&self) -> &'static Catalogue {
        self.catalogue
    }

    /// Its conditions, in the order of the catalogue's filters; last, that on drafts.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Whether it holds for a row.
    pub fn holds_for(&self, image: &Image) -> bool {
        self.conditions
            .iter()
            .all(|condition| condition.holds_for(image))
    }

    /// Whether it holds for a row, except for its conditions on this column: such a row is counted
    /// for the choices of that column.
    pub fn holds_but_for(&self, column: usize, image: &Image) -> bool {
        let is_other = |it: &&Condition| it.column() != column || !it.is_choice();
        let mut others = self.conditions.iter().filter(is_other);
        others.all(|condition| condition.holds_for(image))
    }

    /// The predicate without what a query requests of these columns, given by their indexes in
    /// [`Catalogue::columns`].
    #[must_use]
    pub fn except(&self, columns: &[usize]) -> Self {
        let conditions = self.conditions.iter();
        let remaining = conditions
            .filter(|condition| !condition.is_choice() || !columns.contains(&condition.column()));
        Self {
            catalogue: self.catalogue,
            conditions: remaining.cloned().collect(),
        }
    }

    /// Whether its conditions on one column hold for a value of that column, except for the bound
    /// that a test sets.
    pub(crate) fn allows_but_for(&self, column: usize, test: Test, value: &Value) -> bool {
        let is_of_test = |condition: &Condition| match test {
            Test::AtLeast { .. } => matches!(condition, Condition::AtLeast { .. }),
            Test::AtMost { .. } => matches!(condition, Condition::AtMost { .. }),
            Test::OneOf | Test::AllOf | Test::NoneOf | Test::Is => false,
        };
        let mut others = self.conditions.iter().filter(|it| !is_of_test(it));
        others.all(|condition| condition.column() != column || condition.holds(value))
    }

    /// Whether its conditions on one column hold for a value of that column.
    pub(crate) fn allows(&self, column: usize, value: &Value) -> bool {
        let mut conditions = self.conditions.iter();
        conditions.all(|condition| condition.column() != column || condition.holds(value))
    }
}

/// The elements of a set as they are stored, each between commas; `None` if there are none.
fn terms(query: &Query, parameter: &str) -> Option<Vec<Box<str>>> {
    let terms = query.set(parameter).map(|term| format!(",{term},").into());
    let terms: Vec<Box<str>> = terms.collect();
    (!terms.is_empty()).then_some(terms)
}

impl Condition {
    fn holds_for(&self, image: &Image) -> bool {
        let cell = image.cells.get(self.column());
        cell.is_some_and(|value| self.holds(value))
    }

    /// Whether it holds for a value of its column.
    pub(crate) fn holds(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::OneOf { values, .. }, Value::Text(text)) => values.iter().any(|v| **v == **text),
            (Self::AllOf { terms, .. }, Value::Text(text)) => {
                terms.iter().all(|term| text.contains(&**term))
            }
            (Self::NoneOf { terms, .. }, Value::Text(text)) => {
                !terms.iter().any(|term| text.contains(&**term))
            }
            (Self::Not { value, .. }, cell) => !matches!(cell, Value::Text(text) if text == value),
            (Self::AtLeast { bound, .. }, Value::Integer(n)) => n >= bound,
            (Self::AtMost { bound, .. }, Value::Integer(n)) => n <= bound,
            _ => false,
        }
    }

    /// Whether a query asks for it, rather than every query having it.
    fn is_choice(&self) -> bool {
        !matches!(self, Self::Not { .. })
    }

    /// The index of the column that it tests, in [`Catalogue::columns`].
    pub fn column(&self) -> usize {
        match self {
            Self::OneOf { column, .. }
            | Self::AllOf { column, .. }
            | Self::NoneOf { column, .. }
            | Self::Not { column, .. }
            | Self::AtLeast { column, .. }
            | Self::AtMost { column, .. } => *column,
        }
    }
}

impl Catalogue {
    /// Whether a row, as a change left it, is withdrawn, or a draft. `None` is a deleted row, which
    /// counts as withdrawn.
    pub fn is_withdrawn(&self, image: Option<&Image>) -> bool {
        let Some(image) = image else {
            return true;
        };
        let marks = self.withdrawn.into_iter().chain(self.draft);
        marks.into_iter().any(|(name, value)| {
            let column = self.position(name);
            column.is_some_and(|column| image.text(column) == Some(value))
        })
    }
}

impl Image {
    /// The image of a row, from its values in the order of [`Catalogue::columns`]. No condition
    /// holds for a null.
    pub fn new(values: Vec<Value>) -> Self {
        Self {
            cells: values.into(),
        }
    }

    /// Whether the row as it is here has another value than there in one of these columns, given by
    /// their indexes in [`Catalogue::columns`].
    pub fn differs_from(&self, other: &Self, columns: &[usize]) -> bool {
        let mut columns = columns.iter();
        columns.any(|&column| self.cells.get(column) != other.cells.get(column))
    }

    /// The value of a column, given by its index in [`Catalogue::columns`].
    pub fn value(&self, column: usize) -> Option<&Value> {
        self.cells.get(column)
    }

    fn text(&self, column: usize) -> Option<&str> {
        match self.cells.get(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
