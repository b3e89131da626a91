//! Edits and their acknowledgement. An edit goes from `app`'s function through this file to
//! `store/edit.rs`, which has `catalogue::edit` check it against the stored row and writes it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use app::functions::{Create, Delete, EditMany, Edits, ManySaved, Pending, Saved, Undo, Update};
use catalogue::{Catalogue, normalizer::Schema};
use leptos_cached::Fault;
use serde_json::{Map, Value};
use site::{Edited, EditorsQuery};
use tokio::time::Instant;

use super::{App, auth::Editor};
use crate::{
    answers::represented,
    credentials::hash_token,
    metrics,
    store::{
        self, Action, Committed, Created, Creation, EditError, Idempotency, Many, ManyEdited,
        Refused, Rows, Seen, Store, Why, tally,
    },
};

/// How long a request waits until the node has caught up with what its client has seen elsewhere.
const CATCH_UP: Duration = Duration::from_secs(2);

/// The edits of one editor, for the server functions.
#[derive(Clone)]
pub(super) struct EditsBy {
    app: App,
    who: String,
    /// The way by which the edits come.
    road: &'static str,
}

impl EditsBy {
    pub(super) fn new(app: App, editor: &Editor, road: &'static str) -> Self {
        let who = editor.name().to_owned();
        Self { app, who, road }
    }
}

impl Edits for EditsBy {
    fn create(&self, create: Create) -> Pending<Saved> {
        let Self { app, who, road } = self.clone();
        Box::pin(async move {
            let catalogue = declared(create.schema)?;
            let fields = object_of(&create.fields)?;
            let request = hash_token(&format!("{} {}", catalogue.name(), create.fields));
            let idempotency = create
                .idempotency_key
                .map(|key| Idempotency { key, request });
            let done = acknowledged(app, road, move |store| async move {
                let creation = Creation {
                    catalogue,
                    fields: &fields,
                    idempotency,
                    who: &who,
                };
                store.create(creation).await
            })
            .await?;
            let Created { id, row } = done.result;
            let address = Edited::Row {
                schema: create.schema,
                id,
            };
            Ok(Saved {
                revision: done.revision,
                undo: done.undo,
                location: Some(address.path()),
                row: Some(represented(row)),
                timing: done.timing,
            })
        })
    }

    fn update(&self, edit: Update) -> Pending<Saved> {
        let Self { app, who, road } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let fields = object_of(&edit.fields)?;
            let done = acknowledged(app, road, move |store| async move {
                let condition = |version| edit.condition.holds(version);
                let edit = store::Edit {
                    catalogue,
                    id: edit.id,
                    action: Action::Update {
                        fields: &fields,
                        base: edit.base,
                    },
                    condition: &condition,
                    who: &who,
                };
                store.edit(edit).await
            })
            .await?;
            Ok(Saved {
                revision: done.revision,
                undo: done.undo,
                location: None,
                row: Some(represented(done.result)),
                timing: done.timing,
            })
        })
    }

    fn edit_many(&self, edit: EditMany) -> Pending<ManySaved> {
        let Self { app, who, road } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let many: ManyBody = serde_json::from_str(&edit.edit).map_err(|error| {
                Fault::Body(format!(
                    "expected an object with `fields`, and `rows` or `where`: {error}"
                ))
            })?;
            let rows = many.rows(edit.schema)?;
            let fields = many.fields;
            let done = acknowledged(app, road, move |store| async move {
                let many = Many {
                    catalogue,
                    rows,
                    fields: &fields,
                    who: &who,
                };
                store.edit_many(many).await
            })
            .await?;
            let rows = done.result.rows.iter();
            let rows: Vec<Value> = rows.map(|row| shown(catalogue, row)).collect();
            Ok(many_saved(&done, Some(rows)))
        })
    }

    fn undo(&self, undo: Undo) -> Pending<ManySaved> {
        let Self { app, who, road } = self.clone();
        Box::pin(async move {
            let done = acknowledged(app, road, move |store| async move {
                store.undo(undo.revision, &who).await
            })
            .await?;
            Ok(many_saved(&done, None))
        })
    }

    fn delete(&self, edit: Delete) -> Pending<Saved> {
        let Self { app, who, road } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let done = acknowledged(app, road, move |store| async move {
                let condition = |version| edit.condition.holds(version);
                let edit = store::Edit {
                    catalogue,
                    id: edit.id,
                    action: Action::Delete,
                    condition: &condition,
                    who: &who,
                };
                store.edit(edit).await
            })
            .await?;
            Ok(Saved {
                revision: done.revision,
                undo: done.undo,
                location: None,
                row: None,
                timing: done.timing,
            })
        })
    }
}

/// The body of an edit of many rows.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ManyBody {
    #[serde(default)]
    fields: Map<String, Value>,
    rows: Option<Vec<RowSeen>>,
    r#where: Option<String>,
    as_of: Option<u64>,
}

/// A row as an editor saw it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RowSeen {
    id: i64,
    version: Option<i64>,
    fields: Option<Map<String, Value>>,
}

impl ManyBody {
    /// The rows that the edit is about.
    fn rows(&self, schema: &'static Schema) -> Result<Rows, Fault> {
        match (&self.rows, &self.r#where, self.as_of) {
            (Some(rows), None, None) => {
                if rows.iter().all(|row| row.fields.is_none()) {
                    self.has_fields()?;
                }
                let rows = rows.iter().map(|row| Seen {
                    id: row.id,
                    version: row.version,
                    fields: row.fields.clone(),
                });
                Ok(Rows::These(rows.collect()))
            }
            (None, Some(raw), as_of) => {
                self.has_fields()?;
                let EditorsQuery { query, drafts_only } = EditorsQuery::read(schema, raw)?;
                Ok(Rows::Matching {
                    query,
                    drafts_only,
                    as_of,
                })
            }
            _ => Err(Fault::Body(
                "expected either `rows`, or `where` and optionally `as_of`".to_owned(),
            )),
        }
    }

    fn has_fields(&self) -> Result<(), Fault> {
        if self.fields.is_empty() {
            return Err(Fault::Body("expected `fields` to set".to_owned()));
        }
        Ok(())
    }
}

/// The answer to an edit of many rows, with those of them that are to be shown.
fn many_saved(done: &Acknowledged<ManyEdited>, rows: Option<Vec<Value>>) -> ManySaved {
    let ManyEdited {
        edited,
        unchanged,
        refused: left_alone,
        ..
    } = &done.result;
    let mut json = serde_json::json!({
        "revision": done.revision,
        "edited": edited,
        "unchanged": unchanged,
        "refused": left_alone.iter().map(refused).collect::<Vec<_>>(),
    });
    if let Some(rows) = rows {
        json["rows"] = rows.into();
    }
    ManySaved {
        json: json.to_string(),
        revision: done.revision,
        undo: done.undo,
        timing: done.timing.clone(),
    }
}

/// A row that was left alone, as JSON.
fn refused(refused: &Refused) -> Value {
    let why = match &refused.why {
        Why::Gone => "is not there any more".to_owned(),
        Why::Edited => "was edited in the meantime".to_owned(),
        Why::Referred => "is referred to by other rows".to_owned(),
        Why::Fields(errors) => {
            let errors = errors
                .iter()
                .map(|error| format!("{} {}", error.field, error.expected));
            errors.collect::<Vec<_>>().join("; ")
        }
    };
    serde_json::json!({ "id": refused.id, "title": refused.title, "why": why })
}

/// A row that was edited: its version, and its fields as a form shows them.
fn shown(catalogue: &'static Catalogue, row: &Value) -> Value {
    let fields: HashMap<&str, String> = catalogue.shown(row).collect();
    serde_json::json!({ "id": row["id"], "version": row["version"], "fields": fields })
}

fn object_of(json: &str) -> Result<Map<String, Value>, Fault> {
    serde_json::from_str(json)
        .map_err(|error| Fault::Body(format!("expected a JSON object of fields: {error}")))
}

fn declared(schema: &Schema) -> Result<&'static Catalogue, Fault> {
    catalogue::edited_by_name(schema.catalogue).ok_or(Fault::NotFound)
}

/// A committed edit; no node serves an answer from before it any more.
struct Acknowledged<T> {
    /// The revision that it took, or the current one if it changed nothing.
    revision: u64,
    /// The revision by which it can be undone.
    undo: Option<u64>,
    /// What the edit leaves.
    result: T,
    /// The value of `Server-Timing`.
    timing: String,
}

/// The value of `Server-Timing` (W3C Server Timing), in milliseconds: how long it took to commit, and
/// from then until the last node had seen it.
fn server_timing(commit: Duration, acknowledge: Duration) -> String {
    let millis = |duration: Duration| duration.as_secs_f64() * 1_000.0;
    format!(
        "commit;dur={:.3}, acknowledge;dur={:.3}",
        millis(commit),
        millis(acknowledge)
    )
}

/// Runs an edit in a separate task, so that a client that disconnects cannot stop it half-way, and
/// waits until it is acknowledged. `road` is the way by which it came.
async fn acknowledged<T, F>(
    app: App,
    road: &'static str,
    edit: impl FnOnce(Arc<Store>) -> F,
) -> Result<Acknowledged<T>, Fault>
where
    T: Send + 'static,
    F: Future<Output = Result<Committed<T>, EditError>> + Send + 'static,
{
    let store = Arc::clone(app.tiers.origin());
    let editing = edit(Arc::clone(&store));
    let task = tokio::spawn(tally::counting(async move {
        let begun = Instant::now();
        let edited = editing.await?;
        let revision = edited.revision;
        let committed = Instant::now();
        let effects = app.tiers.log().effects();
        effects.made_here(revision, road);
        // This node's follower need not wait for the database's notification, as the others do.
        app.tiers.log().wake();
        store.acknowledged(revision, committed).await;
        metrics::acknowledged(committed.elapsed());
        Ok(Acknowledged {
            revision,
            undo: edited.undo,
            result: edited.result,
            timing: server_timing(committed - begun, committed.elapsed()),
        })
    }));
    let (outcome, ran) = task.await.unwrap_or((Err(Fault::Unknown), 0));
    tally::add(ran);
    outcome
}

/// Waits until the node has caught up with a revision that the client has seen elsewhere.
pub(super) async fn catch_up(app: &App, revision: u64) {
    app.tiers.log().reach(revision, CATCH_UP).await;
}
