//! Notes which answers a page requests while it is rendered: its parts.

use std::{sync::Arc, time::Duration};

use app::{
    Request,
    functions::{Answers, Pending},
};
use ask::Ask;
use axum::http::HeaderValue;
use cache::{Answer, Entry, Trail};
use leptos_cached::{Representation, cache_status};
use parking_lot::Mutex;
use site::{AnyAsk, Kind};

use crate::{
    answers::{Tiers, fault},
    store::Store,
};

/// The tiers, for the functions that one page calls. Notes their answers as the page's parts.
#[derive(Clone)]
pub(super) struct ForPage {
    tiers: Arc<Tiers>,
    request: Request,
    /// Whether this refreshes a page that has fallen due; its parts must then not be due.
    refresh: bool,
    parts: Arc<Mutex<Vec<Part>>>,
}

/// An answer that a page is made of, and how the tiers found it.
type Part = (Arc<Entry<AnyAsk, Representation>>, Trail);

/// What a page's parts say about caching.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// The `Cache-Status` of the page's list, or otherwise of its main answer; and that answer's
    /// key.
    pub(super) cache_status: Option<HeaderValue>,
    pub(super) key: Option<String>,
    /// Whether one of the parts may not be stored.
    pub(super) private: bool,
    /// The age of the oldest answer that may be from before an edit, because the database is
    /// unreachable.
    pub(super) cut_off: Option<Duration>,
}

impl ForPage {
    pub(super) fn new(tiers: Arc<Tiers>, request: Request, refresh: bool) -> Self {
        Self {
            tiers,
            request,
            refresh,
            parts: Arc::default(),
        }
    }

    /// The answers that the page was made of.
    pub(super) fn parts(&self) -> Vec<Arc<Entry<AnyAsk, Representation>>> {
        let parts = self.parts.lock();
        parts.iter().map(|(entry, _)| Arc::clone(entry)).collect()
    }

    /// What the parts say about caching. They were loaded concurrently, so their order means
    /// nothing.
    pub(super) fn summary(&self) -> Summary {
        let parts = self.parts.lock();
        let first = parts.iter().min_by_key(|(entry, _)| {
            let rank = match entry.ask.kind() {
                Kind::List(_) => 0,
                Kind::Object(_) => 1,
                _ => 2,
            };
            (rank, entry.ask.url().into_owned())
        });
        let cut_off = parts.iter().filter(|(_, trail)| trail.cut_off);
        Summary {
            cache_status: first
                .map(|(entry, trail)| cache_status(*trail, &entry.ask.key(), &entry.body)),
            key: first
                .filter(|(entry, _)| entry.ask.policy().is_stored())
                .map(|(entry, _)| entry.ask.key().into_owned()),
            private: parts
                .iter()
                .any(|(entry, _)| !entry.ask.policy().is_stored()),
            cut_off: cut_off.map(|(entry, _)| entry.age()).max(),
        }
    }

    fn note(&self, answer: &Answer<Store>) {
        if answer.trail.cut_off {
            self.request.mark_cut_off();
        }
        let part = (Arc::clone(&answer.entry), answer.trail);
        self.parts.lock().push(part);
    }
}

impl Answers for ForPage {
    fn answer(&self, ask: AnyAsk) -> Pending<leptos_cached::Answer> {
        let page = self.clone();
        Box::pin(async move {
            let answer = if page.refresh {
                page.tiers.answer_not_due(&ask).await
            } else {
                page.tiers.answer(&ask).await
            };
            let answer = answer.map_err(|failure| fault::of_load(&failure))?;
            page.note(&answer);
            Ok(answer.into())
        })
    }
}
