//! The portal that the pages of one request ask.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app::portal::{Asked, Failure, Portal, Visitor};
use axum::http::HeaderValue;
use bytes::Bytes;
use cache::Question as _;
use catalogue::{Catalogue, normalizer::Query};
use tower_sessions::Session;
use tracing::error;

use super::{App, auth, problem::Problem, status};
use crate::store::{Question, Representation};

/// One request's way to the tiers and to its session.
#[derive(Clone)]
pub(super) struct RequestPortal {
    app: App,
    session: Session,
    seen: Arc<Mutex<Seen>>,
}

/// What the answers that a page was made of say about caching.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// The `Cache-Status` of the first list or object.
    pub(super) cache_status: Option<HeaderValue>,
    /// Whether an answer may not be stored, or the page depends on who asks.
    pub(super) private: bool,
    /// The age of the oldest answer that may be from before an edit, as the database cannot be
    /// reached.
    pub(super) cut_off: Option<Duration>,
}

impl RequestPortal {
    pub(super) fn new(app: App, session: Session) -> Self {
        Self {
            app,
            session,
            seen: Arc::default(),
        }
    }

    /// What the page has asked so far.
    pub(super) fn seen(&self) -> Seen {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn note(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    async fn remembered(self, question: Question) -> Result<Bytes, Failure> {
        // Leptos marks where it had to wait. An answer that is there at once would leave no mark,
        // and the same page would have two forms and two entity tags.
        tokio::task::yield_now().await;
        let answer = self
            .app
            .tiers
            .answer(&question)
            .await
            .map_err(|failure| unavailable(&failure))?;
        let status = status::cache_status(answer.trail, question.key());
        self.note(|seen| {
            seen.cache_status.get_or_insert(status);
            if answer.trail.cut_off {
                seen.cut_off = seen.cut_off.max(Some(answer.entry.age()));
            }
        });
        json(&answer.entry.body)
    }

    async fn bypassed(self, question: Question) -> Result<Bytes, Failure> {
        self.note(|seen| {
            seen.cache_status.get_or_insert(status::bypassed());
            seen.private = true;
        });
        let loaded = self.app.tiers.bypass(&question).await;
        json(&loaded.map_err(|failure| unavailable(&failure))?.body)
    }
}

impl Portal for RequestPortal {
    fn list(&self, query: Query) -> Asked<Bytes> {
        let portal = self.clone();
        Box::pin(async move {
            let catalogue =
                catalogue::by_name(query.schema().catalogue).ok_or(Failure::NotFound)?;
            let bypass = query.is_bypass();
            let question = Question::list(catalogue, query);
            if bypass {
                portal.bypassed(question).await
            } else {
                portal.remembered(question).await
            }
        })
    }

    fn object(&self, catalogue: &'static Catalogue, id: i64) -> Asked<Bytes> {
        Box::pin(self.clone().remembered(Question::object(catalogue, id)))
    }

    fn is_cut_off(&self) -> bool {
        self.seen().cut_off.is_some()
    }

    fn visitor(&self) -> Asked<Visitor> {
        let portal = self.clone();
        Box::pin(async move {
            portal.note(|seen| seen.private = true);
            let visitor = auth::visitor(&portal.app, &portal.session).await;
            visitor.map_err(|_: Problem| Failure::Unavailable)
        })
    }
}

fn json(body: &Representation) -> Result<Bytes, Failure> {
    if body.found() {
        Ok(body.json().clone())
    } else {
        Err(Failure::NotFound)
    }
}

fn unavailable(failure: &dyn std::fmt::Display) -> Failure {
    error!(%failure, "a page's question was not answered");
    Failure::Unavailable
}
