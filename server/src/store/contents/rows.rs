//! Reading and writing rows of any table, in batches.

use sea_query::{Expr, ExprTrait, InsertStatement, Order, Query, SimpleExpr, Value};

use super::Table;
use crate::store::{
    StoreError,
    database::{Record, Transaction},
};

/// Rows that are read at once. SQLite takes at most 32,766 parameters in one statement.
const ROWS: u64 = 500;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Column {
    pub(in crate::store) name: String,
    kind: Kind,
}

/// What a column has, in both databases alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Integer,
    Real,
    Text,
    Json,
}

/// The columns of a table that its contents are made of, by name.
pub(in crate::store) async fn columns(
    snapshot: &mut Transaction,
    table: &Table,
) -> Result<Vec<Column>, StoreError> {
    let records = snapshot
        .target()
        .fetch_fixed(
            "SELECT table_name::text, column_name::text, data_type::text
             FROM information_schema.columns WHERE table_schema = current_schema()",
            "SELECT tables.name, columns.name, columns.type
             FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
             WHERE tables.type = 'table'",
        )
        .await?;
    let mut columns = Vec::new();
    for record in &records {
        let (of, name): (String, String) = (record.get(0)?, record.get(1)?);
        if of != table.name || table.without.contains(&&*name) {
            continue;
        }
        let kind = record.get::<String>(2)?.to_lowercase();
        let kind = match &*kind {
            _ if table.json.contains(&&*name) => Kind::Json,
            "integer" | "bigint" => Kind::Integer,
            "real" | "double precision" => Kind::Real,
            "text" => Kind::Text,
            other => {
                let what = format!("{}.{name} is of the type {other}", table.name);
                return Err(StoreError::Unexpected(what));
            }
        };
        columns.push(Column { name, kind });
    }
    columns.sort();
    Ok(columns)
}

/// The rows of a table, some at a time.
pub(in crate::store) struct Batches<'c> {
    table: &'static Table,
    columns: &'c [Column],
    /// Where the key is among the columns.
    key: Vec<usize>,
    /// The key of the last row that was read.
    last: Option<Vec<Value>>,
    done: bool,
    /// How many rows there are in total.
    pub(in crate::store) rows: u64,
}

impl<'c> Batches<'c> {
    pub(in crate::store) async fn of(
        snapshot: &mut Transaction,
        table: &'static Table,
        columns: &'c [Column],
    ) -> Result<Self, StoreError> {
        let place = |key: &&str| columns.iter().position(|column| column.name == *key);
        let key: Option<Vec<usize>> = table.key.iter().map(place).collect();
        let key = key.ok_or_else(|| {
            StoreError::Unexpected(format!("the table {} has no key", table.name))
        })?;
        let count = Query::select()
            .expr(Expr::cust("count(*)"))
            .from(table.name)
            .to_owned();
        let count = snapshot.target().fetch_optional(&count).await?;
        let count = count.map(|record| record.get::<i64>(0)).transpose()?;
        Ok(Self {
            table,
            columns,
            key,
            last: None,
            done: false,
            rows: count
                .and_then(|count| u64::try_from(count).ok())
                .unwrap_or_default(),
        })
    }

    /// The next rows, with the values of the columns; `None` after the last.
    pub(in crate::store) async fn next(
        &mut self,
        snapshot: &mut Transaction,
    ) -> Result<Option<Vec<Vec<Value>>>, StoreError> {
        if self.done {
            return Ok(None);
        }
        let mut select = Query::select();
        for column in self.columns {
            select.expr(column.read());
        }
        select.from(self.table.name).limit(ROWS);
        for key in self.table.key {
            select.order_by(*key, Order::Asc);
        }
        if let Some(last) = &self.last {
            let key = Expr::tuple(self.table.key.iter().map(|key| Expr::col(*key)));
            let last = Expr::tuple(last.iter().map(|value| Expr::val(value.clone())));
            select.and_where(key.gt(last));
        }
        let records = snapshot.target().fetch(&select).await?;
        self.done = (records.len() as u64) < ROWS;
        let rows: Result<Vec<Vec<Value>>, StoreError> =
            records.iter().map(|record| self.values(record)).collect();
        let rows = rows?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        self.last = Some(self.key.iter().map(|place| last[*place].clone()).collect());
        Ok(Some(rows))
    }

    fn values(&self, record: &Record) -> Result<Vec<Value>, StoreError> {
        let places = self.columns.iter().enumerate();
        places
            .map(|(place, column)| {
                Ok(match column.kind {
                    Kind::Integer => Value::BigInt(record.get(place)?),
                    Kind::Real => Value::Double(record.get(place)?),
                    Kind::Text => Value::String(record.get(place)?),
                    Kind::Json => Value::String(record.get::<Option<String>>(place)?.map(plain)),
                })
            })
            .collect()
    }
}

impl Column {
    /// The column in the type that it is read as. (Names are those of our own schema.)
    fn read(&self) -> SimpleExpr {
        let kind = match self.kind {
            Kind::Integer => "bigint",
            Kind::Real => "double precision",
            Kind::Text | Kind::Json => "text",
        };
        Expr::cust(format!("CAST(\"{}\" AS {kind})", self.name))
    }

    fn write(&self, value: &Value, transaction: &Transaction) -> SimpleExpr {
        let written = Expr::val(value.clone());
        match (self.kind, transaction) {
            (Kind::Json, Transaction::Postgres(..)) => written.cast_as("jsonb"),
            _ => written,
        }
    }
}

/// JSON in one form: PostgreSQL orders the fields of an object in its own way.
fn plain(json: String) -> String {
    let value = serde_json::from_str::<serde_json::Value>(&json);
    value.map_or(json, |value| value.to_string())
}

/// `INSERT` of rows that were read from these columns.
pub(in crate::store) fn insertion(
    transaction: &Transaction,
    table: &'static Table,
    columns: &[Column],
    rows: &[Vec<Value>],
) -> Result<InsertStatement, StoreError> {
    let mut insert = Query::insert();
    insert
        .into_table(table.name)
        .columns(columns.iter().map(|column| column.name.clone()));
    for row in rows {
        let values = columns.iter().zip(row);
        insert
            .values(values.map(|(column, value)| column.write(value, transaction)))
            .map_err(|error| StoreError::Unexpected(error.to_string()))?;
    }
    Ok(insert)
}
