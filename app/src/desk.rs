//! What editors' pages show. The server looks it up for each visitor, and caches none of it.

mod address;

use serde_json::Value as Json;

use catalogue::LoggedEdit;

pub use address::{DATABASE, HistoryAddress, RowsAddress};

/// What an editor's page shows.
#[derive(Debug, Clone)]
pub enum Desk {
    /// The overview.
    Overview(Overview),
    /// The rows of a catalogue.
    Rows(RowsToEdit),
    /// The form of a row.
    Row(RowToEdit),
    /// Who has changed what.
    History(Edits),
}

/// What an editor's day begins with.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The catalogues.
    pub catalogues: Vec<Section>,
    /// The last edits.
    pub edits: Vec<LoggedEdit>,
    /// How many answers of the last hour there were, and how many of them came from memory.
    pub answers: u64,
    /// How many of them came from memory.
    pub from_memory: u64,
    /// How many of the server's findings about itself ask for something to be done.
    pub advice: usize,
}

/// A catalogue on the overview.
#[derive(Debug, Clone)]
pub struct Section {
    /// The catalogue's name.
    pub catalogue: &'static catalogue::Catalogue,
    /// How many rows there are.
    pub count: u64,
    /// How many drafts there are, and the last that were edited.
    pub drafts: (u64, Vec<Json>),
    /// How many published rows lack something, and some of them.
    pub incomplete: (u64, Vec<Json>),
    /// The rows that are looked at most.
    pub viewed: Vec<Json>,
}

/// A page of rows to edit.
#[derive(Debug, Clone)]
pub struct RowsToEdit {
    /// What the address says.
    pub address: RowsAddress,
    /// What is wrong with the address.
    pub error: Option<String>,
    /// How many rows match.
    pub count: u64,
    /// This page's rows, as JSON.
    pub rows: Vec<Json>,
    /// The revision at which they were read.
    pub revision: u64,
    /// What the rows are called to which these refer.
    pub choices: Choices,
}

/// The names of rows to which others refer, by table; none for a table with too many.
pub type Choices = Vec<(&'static str, Vec<(i64, String)>)>;

/// A row to edit.
#[derive(Debug, Clone)]
pub struct RowToEdit {
    /// The row as JSON; for a new one, what its form begins with.
    pub row: Json,
    /// What the rows are called to which it refers.
    pub choices: Choices,
    /// Its last edits.
    pub edits: Vec<LoggedEdit>,
    /// How many cached answers an edit touches; `None` if that is not known.
    pub touches: Option<usize>,
    /// By which the form of a new row is known when it is sent again.
    pub idempotency_key: Option<String>,
}

/// A page of the history.
#[derive(Debug, Clone)]
pub struct Edits {
    /// What the address says.
    pub address: HistoryAddress,
    /// The edits, the newest first.
    pub edits: Vec<LoggedEdit>,
    /// Whether there may be more.
    pub has_more: bool,
    /// Who has edited lately.
    pub people: Vec<String>,
}
