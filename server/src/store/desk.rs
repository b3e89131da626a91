//! What editors read: all rows, drafts included, as they are now. Nothing here is cached.

use catalogue::{Catalogue, Encoding, Field, Image, Storage, Value, normalizer::Query as Filters};
use sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};
use serde_json::{Map, Value as JsonValue};

use super::{
    Purpose, Store, StoreError,
    database::Transaction,
    edit::stored,
    read::{count_rows, parsed, rows_by_id},
    select,
};

/// A page of rows for editors.
#[derive(Debug)]
pub struct Rows {
    /// How many rows match.
    pub count: u64,
    /// This page's rows, as JSON.
    pub rows: Vec<JsonValue>,
    /// The revision at which they were read.
    pub revision: u64,
}

/// Which rows an editor wants.
#[derive(Debug, Clone)]
pub struct RowsWanted<'a> {
    /// Their catalogue.
    pub catalogue: &'static Catalogue,
    /// The filters, the search and the page.
    pub query: &'a Filters,
    /// Whether only drafts are meant.
    pub drafts_only: bool,
    /// The field that orders them, and whether the greatest comes first; otherwise the query says.
    pub order: Option<(&'static Field, bool)>,
}

impl Store {
    /// A page of rows for editors.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn rows_to_edit(&self, wanted: RowsWanted<'_>) -> Result<Rows, StoreError> {
        let RowsWanted {
            catalogue, query, ..
        } = wanted;
        let name = catalogue.name();
        let (mut snapshot, stamp) = self.snapshot().await?;
        let mut condition = self.editors_condition(query, wanted.drafts_only);
        // A number is a row's, or a word.
        let number = query
            .text("q")
            .and_then(|text| text.trim().parse::<i64>().ok());
        if let Some(id) = number {
            condition = Cond::any()
                .add(condition)
                .add(Expr::col((name, "id")).eq(id));
        }
        let count = count_rows(&mut snapshot, catalogue, condition.clone()).await?;
        let mut rows = select::rows(catalogue);
        rows.cond_where(condition)
            .limit(query.page_size())
            .offset(query.offset());
        order(&mut rows, &wanted);
        let records = snapshot.target().fetch(&rows).await?;
        Ok(Rows {
            count,
            rows: parsed(catalogue, &records)?,
            revision: stamp.revision,
        })
    }

    /// A row for editors; `None` if there is none.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_to_edit(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
    ) -> Result<Option<JsonValue>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut rows = rows_by_id(&mut snapshot, catalogue, [id]).await?;
        Ok(rows.remove(&id))
    }

    /// A row as it was at a version; `None` if it is gone, or the log does not reach back that far.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_at(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
        version: i64,
    ) -> Result<Option<JsonValue>, StoreError> {
        let Some(stored) = self.row_to_edit(catalogue, id).await? else {
            return Ok(None);
        };
        if stored["version"] == version {
            return Ok(Some(stored));
        }
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        super::edit::row_at(&mut snapshot, catalogue, id, version, &stored).await
    }

    /// The version of a row; `None` if there is none.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_version(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
    ) -> Result<Option<i64>, StoreError> {
        let mut version = Query::select();
        version
            .column("version")
            .from(catalogue.name())
            .and_where(Expr::col("id").eq(id));
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let record = snapshot.target().fetch_optional(&version).await?;
        record.map(|record| record.get(0)).transpose()
    }

    /// What decides which answers a row touches; `None` if there is no such row, or readers see it only
    /// where others embed it.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_image(
        &self,
        catalogue: &'static Catalogue,
        id: i64,
    ) -> Result<Option<Image>, StoreError> {
        if catalogue.columns.is_empty() {
            return Ok(None);
        }
        let mut columns = Query::select();
        columns
            .columns(catalogue.columns.iter().map(|column| column.name))
            .from(catalogue.name())
            .and_where(Expr::col("id").eq(id));
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let Some(record) = snapshot.target().fetch_optional(&columns).await? else {
            return Ok(None);
        };
        let cells = catalogue.columns.iter().enumerate();
        let cells = cells.map(|(place, column)| {
            Ok(match column.storage {
                Storage::Integer => Value::Integer(record.get(place)?),
                Storage::Text | Storage::Terms => Value::Text(record.get(place)?),
            })
        });
        let cells: Result<Vec<Value>, StoreError> = cells.collect();
        Ok(Some(Image::new(cells?)))
    }

    /// What the rows of a catalogue are called, if they are few enough to choose one from a list.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_names(
        &self,
        catalogue: &'static Catalogue,
    ) -> Result<Vec<(i64, String)>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut names = names(&mut snapshot, catalogue, None).await?;
        if names.len() > MOST_NAMES {
            names.clear();
        }
        Ok(names)
    }

    /// How many rows there are, drafts included.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn row_count(&self, catalogue: &'static Catalogue) -> Result<u64, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        count_rows(&mut snapshot, catalogue, Cond::all()).await
    }

    /// How many drafts there are, and the last that were edited, with their titles.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn drafts(
        &self,
        catalogue: &'static Catalogue,
        most: u64,
    ) -> Result<(u64, Vec<JsonValue>), StoreError> {
        let Some((column, draft)) = catalogue.draft else {
            return Ok((0, Vec::new()));
        };
        let is_draft = Cond::all().add(Expr::col((catalogue.name(), column)).eq(draft));
        self.some_rows(catalogue, is_draft, "updated_at", most)
            .await
    }

    /// How many published rows lack a value that an editor has to give, and the first of them.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn incomplete(
        &self,
        catalogue: &'static Catalogue,
        most: u64,
    ) -> Result<(u64, Vec<JsonValue>), StoreError> {
        let lacks = catalogue
            .required()
            .fold(Cond::any(), |any, (field, missing)| {
                any.add(Expr::col((catalogue.name(), field.column)).eq(stored(&missing)))
            });
        let incomplete = Cond::all().add(lacks).add(select::is_published(catalogue));
        self.some_rows(catalogue, incomplete, "updated_at", most)
            .await
    }

    /// The rows that are looked at most.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn most_viewed(
        &self,
        catalogue: &'static Catalogue,
        most: u64,
    ) -> Result<Vec<JsonValue>, StoreError> {
        let condition = select::is_published(catalogue);
        let viewed = self.some_rows(catalogue, condition, "view_count", most);
        Ok(viewed.await?.1)
    }

    /// How many rows meet a condition, and those of them with the greatest value of a column.
    async fn some_rows(
        &self,
        catalogue: &'static Catalogue,
        condition: Cond,
        column: &'static str,
        most: u64,
    ) -> Result<(u64, Vec<JsonValue>), StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let count = count_rows(&mut snapshot, catalogue, condition.clone()).await?;
        let mut rows = select::rows(catalogue);
        rows.cond_where(condition)
            .order_by((catalogue.name(), column), Order::Desc)
            .order_by((catalogue.name(), "id"), Order::Desc)
            .limit(most);
        let records = snapshot.target().fetch(&rows).await?;
        Ok((count, parsed(catalogue, &records)?))
    }
}

/// From so many names nobody chooses by looking.
const MOST_NAMES: usize = 500;

/// What rows are called: these, or as many as a list may offer and one more.
pub(super) async fn names(
    snapshot: &mut Transaction,
    catalogue: &'static Catalogue,
    ids: Option<&[i64]>,
) -> Result<Vec<(i64, String)>, StoreError> {
    let field = |name: &&str| catalogue.fields.iter().find(|field| field.path == *name);
    let named: Vec<&Field> = catalogue.named.iter().filter_map(field).collect();
    let mut rows = Query::select();
    rows.column("id").from(catalogue.name());
    if let Some(ids) = ids {
        rows.and_where(Expr::col("id").is_in(ids.iter().copied()));
    }
    for field in &named {
        rows.column(field.column).order_by(field.column, Order::Asc);
    }
    rows.order_by("id", Order::Asc).limit(MOST_NAMES as u64 + 1);
    let records = snapshot.target().fetch(&rows).await?;
    let names = records.iter().map(|record| {
        let mut row = Map::new();
        for (place, field) in named.iter().enumerate() {
            row.insert(
                field.path.to_owned(),
                record.get::<String>(place + 1)?.into(),
            );
        }
        Ok((record.get(0)?, catalogue.title(&row.into())))
    });
    names.collect()
}

fn order(rows: &mut SelectStatement, wanted: &RowsWanted<'_>) {
    let RowsWanted {
        catalogue, query, ..
    } = *wanted;
    let Some((field, descending)) = wanted.order else {
        return select::order(rows, catalogue, catalogue.sort(query));
    };
    let direction = || if descending { Order::Desc } else { Order::Asc };
    let table = field.table.unwrap_or(catalogue.name());
    let is_text = matches!(field.encoding, Encoding::Text | Encoding::Terms);
    let column = Expr::col((table, field.column));
    // As people sort names.
    let column = match is_text {
        true => Expr::expr(sea_query::Func::lower(column)),
        false => column,
    };
    rows.order_by_expr(column, direction())
        .order_by((catalogue.name(), "id"), direction());
}
