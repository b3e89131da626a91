//! A statement as text, with its parameters.

use std::fmt::{self, Write as _};

use sea_query::{
    InsertStatement, Query, QueryBuilder, QueryStatementWriter, SimpleExpr, SqlWriter, Value,
    Values,
};
use sea_query_sqlx::SqlxValues;

/// A statement being written, for one of the databases.
pub(super) struct Text {
    sql: String,
    parameters: Vec<Value>,
}

impl Text {
    /// A statement in one database's dialect, with its parameters.
    pub(super) fn of(
        statement: &impl QueryStatementWriter,
        database: impl QueryBuilder,
    ) -> (String, SqlxValues) {
        let mut text = Self {
            sql: String::with_capacity(1_024),
            parameters: Vec::new(),
        };
        statement.build_collect_into(database, &mut text);
        (text.sql, SqlxValues(Values(text.parameters)))
    }
}

impl SqlWriter for Text {
    /// Writes a placeholder, but after `LIMIT` the number itself. PostgreSQL keeps a plan for all
    /// parameters only if it expects that to cost no more than planning each time, and for an
    /// unknown limit it assumes a tenth of all rows.
    fn push_param<T: QueryBuilder>(&mut self, value: Value, database: &T) {
        if self.sql.ends_with(" LIMIT ") {
            // Writing to a string cannot fail.
            let _ = database.write_value(&mut self.sql, &value);
            return;
        }
        self.parameters.push(value);
        let (placeholder, numbered) = database.placeholder();
        self.sql.push_str(placeholder);
        if numbered {
            let _ = write!(self.sql, "{}", self.parameters.len());
        }
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.sql.write_str(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}

/// `INSERT` of rows into these columns of a table.
pub(super) fn insert<const N: usize>(
    table: &'static str,
    columns: [&'static str; N],
    rows: impl IntoIterator<Item = [SimpleExpr; N]>,
) -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns);
    for row in rows {
        // Columns and values are arrays of the same length, so this cannot panic.
        insert.values_panic(row);
    }
    insert
}
