//! The change log as editors read it: who changed what, field by field, and what can be undone.

use std::collections::HashMap;

use catalogue::{Catalogue, Done, LoggedEdit, LoggedRow, SetField, image_row};
use sea_query::{Cond, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, SimpleExpr};
use serde_json::{Map, Value as JsonValue};

use super::{
    Database, Purpose, Store, StoreError,
    database::{Record, Transaction},
    logged::logged,
};

/// How many edits a page of the history has.
pub const PER_PAGE: usize = 25;

/// How many rows of an edit are shown.
const SHOWN_ROWS: u64 = 10;

/// In so many of the last entries editors' names are looked for.
const LOOKED_AT: u64 = 10_000;

/// Which edits are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of rows of this catalogue.
    pub catalogue: Option<&'static Catalogue>,
    /// Of this row of it.
    pub id: Option<i64>,
    /// By this editor; an empty name is that of whoever works on the database itself.
    pub who: Option<String>,
    /// From this time on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this time.
    pub to: Option<i64>,
    /// That were committed before this revision.
    pub before: Option<i64>,
}

impl Wanted {
    /// Those of a row.
    pub fn of_row(catalogue: &'static Catalogue, id: i64) -> Self {
        Self {
            catalogue: Some(catalogue),
            id: Some(id),
            ..Self::default()
        }
    }
}

impl Store {
    /// The last edits of a kind, the newest first.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn logged_edits(
        &self,
        wanted: &Wanted,
        most: usize,
    ) -> Result<Vec<LoggedEdit>, StoreError> {
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let mut edits = Vec::new();
        let mut before = wanted.before;
        while edits.len() < most {
            let Some(head) = self.next_edit(&mut snapshot, wanted, before).await? else {
                break;
            };
            before = Some(head.first);
            edits.push(self.with_rows_of(&mut snapshot, wanted, head).await?);
        }
        Ok(edits)
    }

    /// Who has edited lately.
    ///
    /// # Errors
    /// If the database cannot be reached.
    pub async fn people(&self) -> Result<Vec<String>, StoreError> {
        let last = Query::select()
            .column("who")
            .from("change_log")
            .and_where(Expr::col("who").is_not_null())
            .order_by("seq", Order::Desc)
            .limit(LOOKED_AT)
            .to_owned();
        let people = Query::select()
            .distinct()
            .column("who")
            .from_subquery(last, "last")
            .order_by("who", Order::Asc)
            .to_owned();
        let mut snapshot = self.database.begin(Purpose::Read).await?;
        let records = snapshot.target().fetch(&people).await?;
        records.iter().map(|record| record.get(0)).collect()
    }

    /// The newest edit before a revision, without its rows.
    async fn next_edit(
        &self,
        snapshot: &mut Transaction,
        wanted: &Wanted,
        before: Option<i64>,
    ) -> Result<Option<Head>, StoreError> {
        let mut newest = Query::select();
        newest
            .columns(["revision", "who", "at"])
            .from("change_log")
            // The order of commits, which the order of the log's numbers is not.
            .order_by("revision", Order::Desc)
            .limit(1);
        self.restrict(&mut newest, wanted);
        if let Some(before) = before {
            newest.and_where(Expr::col("revision").lt(before));
        }
        let Some(record) = snapshot.target().fetch_optional(&newest).await? else {
            return Ok(None);
        };
        let (revision, who, at) = (record.get::<i64>(0)?, record.get(1)?, record.get(2)?);
        let mut note = Query::select();
        note.columns([
            ("edits", "first_revision"),
            ("edits", "last_revision"),
            ("edits", "undoes"),
        ])
        .column(("undoing", "last_revision"))
        .from("edits")
        .join_as(
            JoinType::LeftJoin,
            "edits",
            "undoing",
            Expr::col(("undoing", "undoes")).equals(("edits", "last_revision")),
        )
        .and_where(Expr::col(("edits", "last_revision")).gte(revision))
        .order_by(("edits", "last_revision"), Order::Asc)
        .limit(1);
        let note = snapshot.target().fetch_optional(&note).await?;
        let mut head = Head {
            first: revision,
            last: revision,
            who,
            at,
            undoes: None,
            is_undone: false,
        };
        if let Some(note) = note
            && note.get::<i64>(0)? <= revision
        {
            head.first = note.get(0)?;
            head.last = note.get(1)?;
            head.undoes = note.get(2)?;
            head.is_undone = note.get::<Option<i64>>(3)?.is_some();
        } else {
            head.is_undone = is_undone(snapshot, revision).await?;
        }
        Ok(Some(head))
    }

    fn restrict(&self, select: &mut SelectStatement, wanted: &Wanted) {
        let catalogues = catalogue::edited().into_iter();
        let catalogues = catalogues.filter(|catalogue| {
            wanted
                .catalogue
                .is_none_or(|it| it.name() == catalogue.name())
        });
        let is_edit = catalogues.fold(Cond::any(), |any, catalogue| {
            let is_edit = Cond::all()
                .add(Expr::col("catalogue").eq(catalogue.name()))
                .add(self.has_edited(catalogue));
            any.add(is_edit)
        });
        select
            .and_where(Expr::col("revision").is_not_null())
            .cond_where(is_edit);
        if let Some(id) = wanted.id {
            select.and_where(Expr::col("id").eq(id));
        }
        match wanted.who.as_deref() {
            None => {}
            Some("") => {
                select.and_where(Expr::col("who").is_null());
            }
            Some(who) => {
                select.and_where(Expr::col("who").eq(who));
            }
        }
        if let Some(from) = wanted.from {
            select.and_where(Expr::col("at").gte(from));
        }
        if let Some(to) = wanted.to {
            select.and_where(Expr::col("at").lt(to));
        }
    }

    /// Whether an entry of the log is an edit: one of a row that only embeds what was edited is none.
    fn has_edited(&self, catalogue: &Catalogue) -> SimpleExpr {
        let following = |sign: &str| {
            let names = catalogue.following();
            let names = names.map(|name| format!("'{sign}{name}'"));
            names.collect::<Vec<_>>().join(", ")
        };
        let set = |image: &str| match self.database {
            Database::Postgres(..) => format!("{image} - ARRAY[{}]", following("")),
            Database::Sqlite(..) => format!("json_remove({image}, {})", following("$.")),
        };
        let (before, after) = (set("before"), set("after"));
        // All parts of this text are fixed at compile time.
        Expr::cust(format!(
            "(before IS NULL OR after IS NULL OR {before} IS DISTINCT FROM {after})"
        ))
    }

    async fn with_rows_of(
        &self,
        snapshot: &mut Transaction,
        wanted: &Wanted,
        head: Head,
    ) -> Result<LoggedEdit, StoreError> {
        let within = |select: &mut SelectStatement| {
            select
                .from("change_log")
                .and_where(Expr::col("revision").between(head.first, head.last));
            self.restrict(select, wanted);
        };
        let mut count = Query::select();
        count.expr(super::select::count_of_rows());
        within(&mut count);
        let count = snapshot.target().fetch_optional(&count).await?;
        let count = count.map(|record| record.get::<i64>(0)).transpose()?;
        let mut rows = Query::select();
        rows.columns(["catalogue", "id"])
            .expr(Expr::cust("CAST(before AS text)"))
            .expr(Expr::cust("CAST(after AS text)"))
            .order_by("seq", Order::Asc)
            .limit(SHOWN_ROWS);
        within(&mut rows);
        let records = snapshot.target().fetch(&rows).await?;
        let names = Names::of(snapshot, &records).await?;
        let shown = records.iter().map(|record| logged_row(record, &names));
        let shown: Result<Vec<Option<LoggedRow>>, StoreError> = shown.collect();
        Ok(LoggedEdit {
            revision: u64::try_from(head.last).unwrap_or_default(),
            who: head.who,
            at: head.at,
            undoes: head.undoes.and_then(|undoes| u64::try_from(undoes).ok()),
            is_undone: head.is_undone,
            rows: count
                .and_then(|count| u64::try_from(count).ok())
                .unwrap_or_default(),
            shown: shown?.into_iter().flatten().collect(),
            first: head.first,
        })
    }
}

/// An edit without its rows.
struct Head {
    first: i64,
    last: i64,
    who: Option<String>,
    at: i64,
    undoes: Option<i64>,
    is_undone: bool,
}

async fn is_undone(snapshot: &mut Transaction, revision: i64) -> Result<bool, StoreError> {
    let undoing = Query::select()
        .column("last_revision")
        .from("edits")
        .and_where(Expr::col("undoes").eq(revision))
        .limit(1)
        .to_owned();
    Ok(snapshot.target().fetch_optional(&undoing).await?.is_some())
}

/// What the rows are called to which logged ones refer.
struct Names(HashMap<(&'static str, i64), String>);

impl Names {
    async fn of(snapshot: &mut Transaction, records: &[Record]) -> Result<Self, StoreError> {
        let mut wanted: HashMap<&'static str, Vec<i64>> = HashMap::new();
        for record in records {
            let name: String = record.get(0)?;
            let Some(catalogue) = catalogue::edited_by_name(&name) else {
                continue;
            };
            for image in [logged(record, 2)?, logged(record, 3)?]
                .into_iter()
                .flatten()
            {
                for (table, column) in references(catalogue) {
                    if let Some(id) = image.get(column).and_then(JsonValue::as_i64) {
                        wanted.entry(table).or_default().push(id);
                    }
                }
            }
        }
        let mut names = HashMap::new();
        for (table, ids) in wanted {
            let Some(catalogue) = catalogue::edited_by_name(table) else {
                continue;
            };
            for (id, name) in super::desk::names(snapshot, catalogue, Some(&ids)).await? {
                names.insert((table, id), name);
            }
        }
        Ok(Self(names))
    }
}

/// The tables to which a catalogue's rows refer, each with the column that does.
fn references(catalogue: &'static Catalogue) -> impl Iterator<Item = (&'static str, &'static str)> {
    catalogue
        .fields
        .iter()
        .filter_map(|field| match field.edit {
            Some(catalogue::Edit::Reference(table)) => Some((table, field.column)),
            _ => None,
        })
}

/// A logged row; `None` if it is of a catalogue that this build does not know.
fn logged_row(record: &Record, names: &Names) -> Result<Option<LoggedRow>, StoreError> {
    let name: String = record.get(0)?;
    let Some(catalogue) = catalogue::edited_by_name(&name) else {
        return Ok(None);
    };
    let id: Option<i64> = record.get(1)?;
    let (before, after) = (logged(record, 2)?, logged(record, 3)?);
    let nothing = JsonValue::Object(Map::new());
    let row = |image: &Map<String, JsonValue>| image_row(catalogue, image, &nothing);
    let (before, after) = (before.as_ref().map(row), after.as_ref().map(row));
    let title = after.as_ref().or(before.as_ref());
    let title = title.map(|row| catalogue.title(row)).unwrap_or_default();
    let done = match (before, after) {
        (Some(before), Some(after)) => Done::Set(set(catalogue, &before, &after, names)),
        (None, Some(_)) => Done::Added,
        (Some(_), None) => Done::Removed,
        (None, None) => Done::Everything,
    };
    Ok(Some(LoggedRow {
        catalogue: catalogue.name(),
        id,
        title,
        done,
    }))
}

/// The fields that differ.
fn set(
    catalogue: &'static Catalogue,
    before: &JsonValue,
    after: &JsonValue,
    Names(names): &Names,
) -> Vec<SetField> {
    let differ = catalogue.fields.iter().filter(|field| {
        let follows = ["version", "updated_at"].contains(&field.column);
        field.table.is_none() && !follows && field.of(before) != field.of(after)
    });
    let shown = differ.map(|field| {
        let value = |row: &JsonValue| match field.edit {
            Some(catalogue::Edit::Reference(table)) => {
                let id = field.of(row).as_i64();
                let name = id.and_then(|id| names.get(&(table, id)));
                name.cloned().unwrap_or_else(|| field.shown(field.of(row)))
            }
            _ => field.shown(field.of(row)),
        };
        SetField {
            field: field.path,
            before: value(before),
            after: value(after),
        }
    });
    shown.collect()
}
