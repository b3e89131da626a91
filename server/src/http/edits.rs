//! Edits and their acknowledgement. An edit goes from `app`'s function through this file to
//! `catalogue::edit`, which checks it, and to `store/edit.rs`, which writes it.

use std::{sync::Arc, time::Duration};

use app::functions::{Delete, Edits, Pending, Saved, Update};
use catalogue::{Catalogue, normalizer::Schema, parse_edit};
use leptos_cached::{Fault, FieldFault};
use tokio::time::Instant;

use super::{App, auth::Editor};
use crate::{
    answers::represented,
    store::{EditError, Edited, Store},
};

/// How long a reader waits until the node has caught up with what it has seen elsewhere.
const CATCH_UP: Duration = Duration::from_secs(2);

/// The edits that somebody makes, for the server functions.
#[derive(Clone)]
pub(super) struct EditsBy {
    app: App,
    who: String,
}

impl EditsBy {
    pub(super) fn new(app: App, editor: &Editor) -> Self {
        let who = editor.name().to_owned();
        Self { app, who }
    }
}

impl Edits for EditsBy {
    fn update(&self, edit: Update) -> Pending<Saved> {
        let Self { app, who } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let fields = serde_json::from_str(&edit.fields).map_err(|error| {
                Fault::Body(format!("expected a JSON object of fields: {error}"))
            })?;
            let changes = parse_edit(catalogue, &fields).map_err(|errors| {
                let errors = errors.into_iter().map(|error| FieldFault {
                    field: error.field,
                    expected: error.expected,
                });
                Fault::Fields(errors.collect())
            })?;
            let done = acknowledged(app, move |store| async move {
                let (id, version) = (edit.id, edit.version);
                store.update(catalogue, id, &changes, version, &who).await
            })
            .await?;
            let timing = done.server_timing();
            Ok(Saved {
                revision: done.edited.revision,
                row: Some(represented(done.edited.row)),
                timing,
            })
        })
    }

    fn delete(&self, edit: Delete) -> Pending<Saved> {
        let Self { app, who } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let done = acknowledged(app, move |store| async move {
                store.delete(catalogue, edit.id, edit.version, &who).await
            })
            .await?;
            Ok(Saved {
                revision: done.edited.revision,
                row: None,
                timing: done.server_timing(),
            })
        })
    }
}

fn declared(schema: &Schema) -> Result<&'static Catalogue, Fault> {
    catalogue::by_name(schema.catalogue).ok_or(Fault::NotFound)
}

/// An edit that no node answers from before any more.
struct Acknowledged {
    edited: Edited,
    /// How long it took to commit.
    commit: Duration,
    /// How long, from then on, until the last node had seen it.
    acknowledge: Duration,
}

impl Acknowledged {
    /// The value of `Server-Timing` (W3C Server Timing), in milliseconds.
    fn server_timing(&self) -> String {
        let millis = |duration: Duration| duration.as_secs_f64() * 1_000.0;
        format!(
            "commit;dur={:.3}, acknowledge;dur={:.3}",
            millis(self.commit),
            millis(self.acknowledge)
        )
    }
}

/// Runs an edit in a task of its own, so that a client that leaves cannot stop it half-way, and
/// waits until it is acknowledged.
async fn acknowledged<F>(
    app: App,
    edit: impl FnOnce(Arc<Store>) -> F,
) -> Result<Acknowledged, Fault>
where
    F: Future<Output = Result<Edited, EditError>> + Send + 'static,
{
    let store = Arc::clone(app.tiers.origin());
    let editing = edit(Arc::clone(&store));
    let task = tokio::spawn(async move {
        let begun = Instant::now();
        let edited = editing.await?;
        let committed = Instant::now();
        // This node's follower need not wait to hear of it; the others are told by the database.
        app.tiers.log().wake();
        store.acknowledged(edited.revision, committed).await;
        Ok(Acknowledged {
            edited,
            commit: committed - begun,
            acknowledge: committed.elapsed(),
        })
    });
    task.await.unwrap_or(Err(Fault::Unknown))
}

/// Lets the node catch up with a revision that the client has seen elsewhere.
pub(super) async fn catch_up(app: &App, revision: u64) {
    app.tiers.log().reach(revision, CATCH_UP).await;
}
