//! One edit of many rows, in one transaction.

use catalogue::{
    Catalogue, Change, FieldError, Predicate, normalizer::Query as Filters, parse_edit,
};
use sea_query::{Cond, Expr, ExprTrait, Order, Query};
use serde_json::{Map, Value as JsonValue};

use super::{
    CHUNK, Committed, EditError, Store, StoreError, Work, find_referred, lock_rows, merge,
    published, set,
};
use crate::store::{
    database::Transaction,
    read::{ids, rows_by_id},
    select::Reading,
};

/// How many rows one edit changes at most.
pub const MOST_ROWS: usize = 10_000;

/// So many changed rows are shown as they are after an edit: those of a page, and no more.
const SHOWN_ROWS: usize = 100;

/// An edit of many rows.
pub struct Many<'a> {
    /// Their catalogue.
    pub catalogue: &'static Catalogue,
    /// Which rows.
    pub rows: Rows,
    /// The fields' new values: a JSON object, see [`parse_edit`].
    pub fields: &'a Map<String, JsonValue>,
    /// The editor's name, for the change log.
    pub who: &'a str,
}

/// The rows that an edit is about.
#[derive(Debug, Clone)]
pub enum Rows {
    /// These.
    These(Vec<Seen>),
    /// Those that match an editor's query.
    Matching {
        /// The query.
        query: Filters,
        /// Whether only drafts are meant.
        drafts_only: bool,
        /// The revision at which the editor saw them: rows that were edited later are left alone.
        as_of: Option<u64>,
    },
}

/// A row as an editor saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The row.
    pub id: i64,
    /// The version that the editor saw.
    pub version: Option<i64>,
    /// New values of its own, besides those for all rows. With these, an edit of other fields that was
    /// made since is none of its business.
    pub fields: Option<Map<String, JsonValue>>,
}

impl Seen {
    /// A row of which nothing else is known.
    fn now(id: i64) -> Self {
        Self {
            id,
            version: None,
            fields: None,
        }
    }
}

/// A chosen row, locked.
struct Chosen {
    seen: Seen,
    /// The row as JSON, if it is there.
    stored: Option<JsonValue>,
    /// Whether somebody has edited it since the editor saw it.
    is_edited: bool,
}

/// What an edit of many rows has done.
#[derive(Debug, Default)]
pub struct ManyEdited {
    /// How many rows it changed.
    pub edited: usize,
    /// How many rows had these values already.
    pub unchanged: usize,
    /// The rows that it left alone.
    pub refused: Vec<Refused>,
    /// The rows that it changed as they are now, as JSON; none if there are many.
    pub rows: Vec<JsonValue>,
}

/// A row that an edit left alone.
#[derive(Debug)]
pub struct Refused {
    /// The row.
    pub id: i64,
    /// What editors call it.
    pub title: String,
    /// Why.
    pub why: Why,
}

/// Why an edit of many rows left one alone.
#[derive(Debug)]
pub enum Why {
    /// There is no such row.
    Gone,
    /// Somebody has edited it since.
    Edited,
    /// Rows refer to it, or it would refer to one that is not there.
    Referred,
    /// It cannot have these values.
    Fields(Vec<FieldError>),
}

impl Work for Many<'_> {
    type Result = ManyEdited;

    fn who(&self) -> &str {
        self.who
    }

    async fn run(
        &self,
        store: &Store,
        transaction: &mut Transaction,
    ) -> Result<ManyEdited, EditError> {
        store.try_many(transaction, self).await
    }
}

impl Store {
    /// Edits many rows: all that can be edited, in one transaction.
    ///
    /// # Errors
    /// See [`EditError`]; on any other than [`EditError::Unknown`], nothing was changed.
    pub async fn edit_many(&self, many: Many<'_>) -> Result<Committed<ManyEdited>, EditError> {
        self.commit(&many).await
    }

    async fn try_many(
        &self,
        transaction: &mut Transaction,
        many: &Many<'_>,
    ) -> Result<ManyEdited, EditError> {
        let Many {
            catalogue, fields, ..
        } = *many;
        let chosen = self.chosen(transaction, many).await?;
        let mut outcome = ManyEdited::default();
        // Rows that change in the same way change together.
        let mut groups: Vec<(Vec<Change>, Vec<i64>)> = Vec::new();
        for row in chosen {
            let id = row.seen.id;
            let title = row.stored.as_ref().map(|row| catalogue.title(row));
            let changes = match changes_of(transaction, catalogue, fields, &row).await? {
                Ok(changes) => changes,
                Err(why) => {
                    let title = title.unwrap_or_default();
                    outcome.refused.push(Refused { id, title, why });
                    continue;
                }
            };
            if changes.is_empty() {
                outcome.unchanged += 1;
                continue;
            }
            let same = groups.iter_mut().find(|(others, _)| *others == changes);
            match same {
                Some((_, ids)) => ids.push(id),
                None => groups.push((changes, vec![id])),
            }
        }
        let mut edited = Vec::new();
        for (changes, ids) in groups {
            find_referred(transaction, catalogue, &changes).await?;
            set(&mut transaction.target(), catalogue, &ids, &changes).await?;
            edited.extend(ids);
        }
        outcome.edited = edited.len();
        if edited.len() <= SHOWN_ROWS {
            let rows = rows_by_id(transaction, catalogue, edited).await?;
            outcome.rows = rows.into_values().collect();
        }
        Ok(outcome)
    }

    /// The chosen rows, locked.
    async fn chosen(
        &self,
        transaction: &mut Transaction,
        many: &Many<'_>,
    ) -> Result<Vec<Chosen>, EditError> {
        let catalogue = many.catalogue;
        let mut wanted: Vec<Seen> = match &many.rows {
            Rows::These(rows) => rows.clone(),
            Rows::Matching {
                query, drafts_only, ..
            } => {
                let condition = self.editors_condition(query, *drafts_only);
                let mut matching = Query::select();
                matching
                    .column((catalogue.name(), "id"))
                    .from(catalogue.name())
                    .cond_where(condition)
                    .order_by((catalogue.name(), "id"), Order::Asc)
                    .limit(MOST_ROWS as u64 + 1);
                let records = transaction.target().fetch(&matching).await?;
                ids(&records)?.into_iter().map(Seen::now).collect()
            }
        };
        wanted.sort_by_key(|seen| seen.id);
        wanted.dedup_by_key(|seen| seen.id);
        if wanted.len() > MOST_ROWS {
            return Err(EditError::TooMany);
        }
        let mut chosen = Vec::with_capacity(wanted.len());
        for rows in wanted.chunks(CHUNK) {
            let ids = || rows.iter().map(|seen| seen.id);
            lock_rows(transaction, catalogue, ids()).await?;
            let later = match &many.rows {
                Rows::Matching {
                    as_of: Some(as_of), ..
                } => edited_since(transaction, catalogue, ids(), *as_of).await?,
                _ => Vec::new(),
            };
            let mut stored = rows_by_id(transaction, catalogue, ids()).await?;
            for seen in rows {
                let stored = stored.remove(&seen.id);
                let is_at = |version: i64| {
                    let stored = stored.as_ref().and_then(|row| row["version"].as_i64());
                    stored.is_none_or(|stored| stored == version)
                };
                let is_edited = later.contains(&seen.id) || !seen.version.is_none_or(is_at);
                chosen.push(Chosen {
                    seen: seen.clone(),
                    stored,
                    is_edited,
                });
            }
        }
        Ok(chosen)
    }

    /// The condition of an editor's query, for whom drafts are there.
    pub(in crate::store) fn editors_condition(&self, query: &Filters, drafts_only: bool) -> Cond {
        let Some(catalogue) = catalogue::edited_by_name(query.schema().catalogue) else {
            return Cond::any();
        };
        let predicate = Predicate::new(catalogue, query).with_drafts();
        let condition = self.condition(query, &predicate, Reading::Rows);
        match catalogue.draft {
            Some((column, draft)) if drafts_only => {
                condition.add(Expr::col((catalogue.name(), column)).eq(draft))
            }
            _ => condition,
        }
    }
}

/// What changes in a row, or why it is left alone.
async fn changes_of(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    fields: &Map<String, JsonValue>,
    row: &Chosen,
) -> Result<Result<Vec<Change>, Why>, EditError> {
    let Chosen {
        seen,
        stored,
        is_edited,
    } = row;
    let Some(stored) = stored else {
        return Ok(Err(Why::Gone));
    };
    let (changes, may_merge) = match &seen.fields {
        None => (parse_edit(catalogue, fields, stored), None),
        Some(own) => {
            let mut all = fields.clone();
            all.extend(own.clone());
            let changes = parse_edit(catalogue, &all, stored);
            (changes, Some(all))
        }
    };
    let changes = match (changes, may_merge, seen.version) {
        (Err(errors), _, _) => return Ok(Err(Why::Fields(errors))),
        (Ok(changes), _, _) if changes.is_empty() || !is_edited => changes,
        (Ok(_), Some(all), Some(version)) => {
            let base = merge::row_at(transaction, catalogue, seen.id, version, stored).await?;
            let now = stored["version"].as_i64().unwrap_or_default();
            match merge::merge(catalogue, &all, base.as_ref(), stored, now) {
                Ok(changes) => changes,
                Err(EditError::Fields(errors)) => return Ok(Err(Why::Fields(errors))),
                Err(EditError::Differences { .. }) => return Ok(Err(Why::Edited)),
                Err(error) => return Err(error),
            }
        }
        (Ok(_), _, _) => return Ok(Err(Why::Edited)),
    };
    Ok(Ok(published(catalogue, changes, stored)))
}

/// Which of some rows were edited after a revision.
async fn edited_since(
    transaction: &mut Transaction,
    catalogue: &'static Catalogue,
    ids: impl Iterator<Item = i64>,
    revision: u64,
) -> Result<Vec<i64>, StoreError> {
    let later = Query::select()
        .distinct()
        .column("id")
        .from("change_log")
        .and_where(Expr::col("catalogue").eq(catalogue.name()))
        .and_where(Expr::col("id").is_in(ids))
        .and_where(Expr::col("revision").gt(i64::try_from(revision).unwrap_or(i64::MAX)))
        .to_owned();
    let records = transaction.target().fetch(&later).await?;
    self::ids(&records)
}
