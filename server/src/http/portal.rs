//! The portal that the pages of one request ask.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use app::portal::{Asked, Failure, Like, Portal, Visitor};
use axum::http::HeaderValue;
use bytes::Bytes;
use cache::{Answer, Entry, Question as _};
use catalogue::{Catalogue, normalizer::Query};
use leptos::prelude::provide_context;
use tower_sessions::Session;
use tracing::error;

use super::{App, Tiers, auth, problem::Problem, status};
use crate::store::{Question, Representation, Store};

/// One request's way to the tiers and to its session.
#[derive(Clone)]
pub(super) struct RequestPortal {
    tiers: Arc<Tiers>,
    /// Who asks; readers' pages may not know.
    visitor: Option<(App, Session)>,
    /// What the configuration calls this site.
    origin: Option<String>,
    seen: Arc<Mutex<Seen>>,
}

/// An answer from the tiers.
type Remembered = Arc<Entry<Question, Representation>>;

/// What the answers that a page was made of say about caching.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// Whether anything was asked.
    asked: bool,
    /// The `Cache-Status` of the answer to what was asked first, and its key.
    pub(super) cache_status: Option<HeaderValue>,
    pub(super) key: Option<String>,
    /// Whether an answer may not be stored, or the page depends on who asks.
    pub(super) private: bool,
    /// The age of the oldest answer that may be from before an edit, as the database cannot be
    /// reached.
    pub(super) cut_off: Option<Duration>,
    parts: Vec<Remembered>,
}

impl RequestPortal {
    /// A portal for a page that may ask who is there.
    pub(super) fn new(app: App, session: Session) -> Self {
        Self {
            tiers: Arc::clone(&app.tiers),
            origin: app.config.origin.clone(),
            visitor: Some((app, session)),
            seen: Arc::default(),
        }
    }

    /// A portal for pages that are anybody's.
    pub(super) fn for_readers(tiers: Arc<Tiers>, origin: Option<String>) -> Self {
        Self {
            tiers,
            visitor: None,
            origin,
            seen: Arc::default(),
        }
    }

    /// What puts this portal into the context of a request.
    pub(super) fn context(&self) -> impl Fn() + Clone + Send + Sync + 'static {
        let portal: Arc<dyn Portal> = Arc::new(self.clone());
        move || provide_context(Arc::clone(&portal))
    }

    /// What the page has asked so far.
    pub(super) fn seen(&self) -> Seen {
        self.lock().clone()
    }

    /// The answers that the page is made of.
    pub(super) fn parts(&self) -> Vec<Remembered> {
        self.lock().parts.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn remembered(self, question: Question) -> Result<Bytes, Failure> {
        let first = self.lock().ask();
        // Leptos marks where it had to wait. An answer that is there at once would leave no mark,
        // and the same page would have two forms and two entity tags.
        tokio::task::yield_now().await;
        let answer = self
            .tiers
            .answer(&question)
            .await
            .map_err(|failure| unavailable(&failure))?;
        self.lock().note(&answer, first);
        json(&answer.entry.body)
    }

    async fn bypassed(self, question: Question) -> Result<Bytes, Failure> {
        self.lock().note_bypass();
        let loaded = self.tiers.bypass(&question).await;
        json(&loaded.map_err(|failure| unavailable(&failure))?.body)
    }
}

impl Seen {
    /// Whether nothing was asked before. Several answers may be on their way, and whichever comes
    /// first, the page speaks of what it asked first.
    fn ask(&mut self) -> bool {
        !std::mem::replace(&mut self.asked, true)
    }

    fn note(&mut self, answer: &Answer<Store>, first: bool) {
        if first {
            let key = answer.entry.question.key();
            self.cache_status = Some(status::cache_status(answer.trail, key));
            self.key = Some(key.to_owned());
        }
        if answer.trail.cut_off {
            self.cut_off = self.cut_off.max(Some(answer.entry.age()));
        }
        self.parts.push(Arc::clone(&answer.entry));
    }

    fn note_bypass(&mut self) {
        if self.ask() {
            self.cache_status = Some(status::bypassed());
        }
        self.private = true;
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

    fn count(&self, query: Query) -> Asked<Bytes> {
        let portal = self.clone();
        Box::pin(async move {
            let catalogue =
                catalogue::by_name(query.schema().catalogue).ok_or(Failure::NotFound)?;
            let question = Question::count(catalogue, &query);
            if query.is_bypass() {
                portal.bypassed(question).await
            } else {
                portal.remembered(question).await
            }
        })
    }

    fn facets(&self, query: Query) -> Asked<Bytes> {
        let portal = self.clone();
        Box::pin(async move {
            let catalogue =
                catalogue::by_name(query.schema().catalogue).ok_or(Failure::NotFound)?;
            let question = Question::facets(catalogue, &query);
            if query.is_bypass() {
                portal.bypassed(question).await
            } else {
                portal.remembered(question).await
            }
        })
    }

    fn object(&self, catalogue: &'static Catalogue, id: i64) -> Asked<Bytes> {
        Box::pin(self.clone().remembered(Question::object(catalogue, id)))
    }

    fn history(&self, catalogue: &'static Catalogue, id: i64) -> Asked<Bytes> {
        Box::pin(self.clone().remembered(Question::history(catalogue, id)))
    }

    fn similar(&self, query: Query, to: Like) -> Asked<Bytes> {
        let portal = self.clone();
        Box::pin(async move {
            let catalogue =
                catalogue::by_name(query.schema().catalogue).ok_or(Failure::NotFound)?;
            let question = Question::similar(catalogue, &query, to.id, to.cents);
            portal.remembered(question).await
        })
    }

    fn origin(&self) -> String {
        self.origin.clone().unwrap_or_default()
    }

    fn is_cut_off(&self) -> bool {
        self.seen().cut_off.is_some()
    }

    fn visitor(&self) -> Asked<Visitor> {
        let portal = self.clone();
        Box::pin(async move {
            portal.lock().private = true;
            let (app, session) = portal.visitor.as_ref().ok_or(Failure::Unavailable)?;
            let visitor = auth::visitor(app, session).await;
            visitor.map_err(|_: Problem| Failure::Unavailable)
        })
    }
}

fn json(body: &Representation) -> Result<Bytes, Failure> {
    if body.found() {
        Ok(body.content().clone())
    } else {
        Err(Failure::NotFound)
    }
}

fn unavailable(failure: &dyn std::fmt::Display) -> Failure {
    error!(%failure, "a page's question was not answered");
    Failure::Unavailable
}
