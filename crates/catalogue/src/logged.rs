//! The edits of a change log as data, for those who show them.

/// An edit, or what was done to the database itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEdit {
    /// Its last revision, by which it is undone.
    pub revision: u64,
    /// Who made it; nobody knows that of the database's own users.
    pub who: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The edit that it undoes.
    pub undoes: Option<u64>,
    /// Whether another edit has undone it.
    pub is_undone: bool,
    /// How many rows it changed, besides those that only embed one of them.
    pub rows: u64,
    /// The first of them.
    pub shown: Vec<LoggedRow>,
    /// Its first revision: the edits of the next page come before.
    pub first: i64,
}

/// What an edit has done to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// The row's catalogue.
    pub catalogue: &'static str,
    /// The row; `None` stands for all rows of the catalogue.
    pub id: Option<i64>,
    /// What editors call it.
    pub title: String,
    /// What was done.
    pub done: Done,
}

/// What was done to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was added.
    Added,
    /// It was removed.
    Removed,
    /// Fields were set.
    Set(Vec<SetField>),
    /// The catalogue was filled or emptied.
    Everything,
}

/// A field that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetField {
    /// The field's path.
    pub field: &'static str,
    /// Its value before, as a form shows it.
    pub before: String,
    /// Its value after.
    pub after: String,
}
