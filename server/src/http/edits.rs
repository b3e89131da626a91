//! Edits and their acknowledgement. An edit goes from `app`'s function through this file to
//! `store/edit.rs`, which has `catalogue::edit` check it against the stored row and writes it.

use std::{sync::Arc, time::Duration};

use app::functions::{Delete, Edits, Pending, Saved, Update};
use catalogue::{Catalogue, normalizer::Schema};
use leptos_cached::Fault;
use tokio::time::Instant;

use super::{App, auth::Editor};
use crate::{
    answers::represented,
    metrics,
    store::{self, Action, EditError, Edited, Store, tally},
};

/// How long a request waits until the node has caught up with what its client has seen elsewhere.
const CATCH_UP: Duration = Duration::from_secs(2);

/// The edits of one editor, for the server functions.
#[derive(Clone)]
pub(super) struct EditsBy {
    app: App,
    who: String,
    may_repeat: bool,
}

impl EditsBy {
    pub(super) fn new(app: App, editor: &Editor) -> Self {
        let who = editor.name().to_owned();
        let may_repeat = false;
        Self {
            app,
            who,
            may_repeat,
        }
    }

    /// The same, for a form, which may be sent twice: the second time is not a conflict.
    pub(super) fn repeatable(mut self) -> Self {
        self.may_repeat = true;
        self
    }
}

impl Edits for EditsBy {
    fn update(&self, edit: Update) -> Pending<Saved> {
        let Self {
            app,
            who,
            may_repeat,
        } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let fields = serde_json::from_str(&edit.fields).map_err(|error| {
                Fault::Body(format!("expected a JSON object of fields: {error}"))
            })?;
            // Only forms may be sent twice.
            let road = if may_repeat { "form" } else { "api" };
            let done = acknowledged(app, road, move |store| async move {
                let condition = |version| edit.condition.holds(version);
                let edit = store::Edit {
                    catalogue,
                    id: edit.id,
                    action: Action::Update(&fields),
                    condition: &condition,
                    may_repeat,
                    who: &who,
                };
                store.edit(edit).await
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
        let Self { app, who, .. } = self.clone();
        Box::pin(async move {
            let catalogue = declared(edit.schema)?;
            let done = acknowledged(app, "api", move |store| async move {
                let condition = |version| edit.condition.holds(version);
                let edit = store::Edit {
                    catalogue,
                    id: edit.id,
                    action: Action::Delete,
                    condition: &condition,
                    may_repeat: false,
                    who: &who,
                };
                store.edit(edit).await
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

/// A committed edit; no node serves an answer from before it any more.
struct Acknowledged {
    edited: Edited,
    /// How long it took to commit.
    commit: Duration,
    /// How long it took from then until the last node had seen it.
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

/// Runs an edit in a separate task, so that a client that disconnects cannot stop it half-way, and
/// waits until it is acknowledged. `road` is the way by which it came.
async fn acknowledged<F>(
    app: App,
    road: &'static str,
    edit: impl FnOnce(Arc<Store>) -> F,
) -> Result<Acknowledged, Fault>
where
    F: Future<Output = Result<Edited, EditError>> + Send + 'static,
{
    let store = Arc::clone(app.tiers.origin());
    let editing = edit(Arc::clone(&store));
    let task = tokio::spawn(tally::counting(async move {
        let begun = Instant::now();
        let edited = editing.await?;
        let committed = Instant::now();
        let effects = app.tiers.log().effects();
        effects.made_here(edited.revision, road);
        // This node's follower need not wait for the database's notification, as the others do.
        app.tiers.log().wake();
        store.acknowledged(edited.revision, committed).await;
        metrics::acknowledged(committed.elapsed());
        Ok(Acknowledged {
            edited,
            commit: committed - begun,
            acknowledge: committed.elapsed(),
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
