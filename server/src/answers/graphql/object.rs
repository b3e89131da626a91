//! Objects of a response: rows, and JSON objects in them.

use std::{collections::HashMap, sync::Arc};

use app::functions::Answers;
use async_graphql::{
    Error,
    dataloader::{DataLoader, Loader},
};
use catalogue::normalizer::Schema;
use leptos_cached::{Fault, Representation};
use serde::de::DeserializeOwned;
use serde_json::Value;
use site::Object;

use super::errors::error_of;
use crate::answers::composite::Parts;

/// A JSON object in an answer. Cheap to clone.
#[derive(Clone)]
pub(super) struct Json {
    root: Arc<Value>,
    /// Where it is in the root: names, from the outside.
    path: Vec<&'static str>,
    /// The row that it is, or is in.
    row: Option<Row>,
}

/// A row that an answer shows, or that a row embeds.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) schema: &'static Schema,
    pub(super) id: i64,
    /// How many names of the path lead to the row.
    depth: usize,
    /// Whether all its fields are there, not only those that another row embeds.
    is_whole: bool,
}

impl Json {
    /// An object that is no row.
    pub(super) fn plain(value: Value) -> Self {
        Self {
            root: Arc::new(value),
            path: Vec::new(),
            row: None,
        }
    }

    /// A whole row of a catalogue.
    pub(super) fn row_of(schema: &'static Schema, value: Value) -> Self {
        let row = Row {
            schema,
            id: id_in(&value),
            depth: 0,
            is_whole: true,
        };
        Self {
            root: Arc::new(value),
            path: Vec::new(),
            row: Some(row),
        }
    }

    /// The row that it is, or is in.
    ///
    /// # Errors
    /// If there is none, which no type of the schema allows.
    pub(super) fn row(&self) -> Result<Row, Error> {
        self.row.ok_or_else(|| error_of(&Fault::Unavailable))
    }

    /// The object of that name in this one.
    pub(super) fn inner(&self, name: &'static str) -> Self {
        let mut inner = self.clone();
        inner.path.push(name);
        inner
    }

    /// The row of another catalogue that this one embeds under that name.
    pub(super) fn embedded(&self, name: &'static str, schema: &'static Schema) -> Self {
        let mut embedded = self.inner(name);
        embedded.row = Some(Row {
            schema,
            id: embedded.value().map_or(0, id_in),
            depth: embedded.path.len(),
            is_whole: false,
        });
        embedded
    }

    /// The value of that name, if the answer shows it.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.value()?.get(name)
    }

    /// The whole row as a value of its type.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(self.value()?).ok()
    }

    fn value(&self) -> Option<&Value> {
        let mut names = self.path.iter();
        names.try_fold(&*self.root, |value, name| value.get(name))
    }

    /// The value of that name in the whole row, which is loaded if it is only embedded.
    pub(super) async fn look_up(
        &self,
        name: &'static str,
        answers: &dyn Answers,
        together: Option<&DataLoader<Together>>,
    ) -> Result<Value, Error> {
        let row = self.row()?;
        let missing = || error_of(&Fault::Unavailable);
        if row.is_whole {
            return Err(missing());
        }
        let whole = match together {
            Some(together) => {
                let (catalogue, id) = (row.schema.catalogue, row.id);
                together.load_one(RowKey { catalogue, id }).await
            }
            None => alone(answers, row).await,
        };
        let whole = whole
            .map_err(|fault| error_of(&fault))?
            .ok_or_else(missing)?;
        let mut names = self.path.get(row.depth..).unwrap_or_default().iter();
        let object = names.try_fold(&*whole, |value, name| value.get(name));
        let found = object.and_then(|object| object.get(name));
        found.cloned().ok_or_else(missing)
    }
}

async fn alone(answers: &dyn Answers, row: Row) -> Result<Option<Arc<Value>>, Fault> {
    let Row { schema, id, .. } = row;
    let answer = answers.answer(Object { schema, id }.into()).await?;
    Ok(parsed(answer.representation()))
}

fn parsed(row: &Representation) -> Option<Arc<Value>> {
    let row = serde_json::from_slice(row.content()).ok();
    row.map(Arc::new)
}

/// Looks up the rows that the rows of one response embed, all of them together.
pub(super) struct Together(pub(super) Parts);

/// A row of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RowKey {
    catalogue: &'static str,
    id: i64,
}

impl Loader<RowKey> for Together {
    type Value = Arc<Value>;
    type Error = Fault;

    async fn load(&self, rows: &[RowKey]) -> Result<HashMap<RowKey, Arc<Value>>, Fault> {
        let mut found = HashMap::new();
        for schema in catalogue::schemas() {
            let catalogue = schema.catalogue;
            let of_this = rows.iter().filter(|row| row.catalogue == catalogue);
            let ids: Vec<i64> = of_this.map(|row| row.id).collect();
            for (id, answer) in self.0.find_rows(schema, &ids).await? {
                let row = parsed(&answer.entry.body);
                found.extend(row.map(|row| (RowKey { catalogue, id }, row)));
            }
        }
        Ok(found)
    }
}

fn id_in(row: &Value) -> i64 {
    row.get("id").and_then(Value::as_i64).unwrap_or_default()
}
