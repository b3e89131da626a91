//! Noting which answers a page asks for while it is rendered: its parts.

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

/// The tiers, for the functions that one page calls: what it is made of is noted.
#[derive(Clone)]
pub(super) struct ForPage {
    tiers: Arc<Tiers>,
    request: Request,
    /// Whether the page refreshes one that has fallen due: then its parts must not be due.
    refresh: bool,
    parts: Arc<Mutex<Vec<Part>>>,
}

/// An answer that a page is made of, and the way that it came.
type Part = (Arc<Entry<AnyAsk, Representation>>, Trail);

/// What the answers that a page was made of say about caching.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// The `Cache-Status` of the page's list, or else of what it is about, and its key.
    pub(super) cache_status: Option<HeaderValue>,
    pub(super) key: Option<String>,
    /// Whether one of them may not be stored.
    pub(super) private: bool,
    /// The age of the oldest answer that may be from before an edit, as the database cannot be
    /// reached.
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

    /// What they say about caching. Several were under way at once, so their order means nothing.
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
