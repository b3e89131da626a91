//! Serving while the origin cannot be reached: cached answers, marked.

use std::{sync::Arc, time::Duration};

use ask::Ask;
use parking_lot::Mutex;
use tokio::time::Instant;
use tracing::{info, warn};

use super::{Answer, Cached, Tiers};
use crate::{Entry, Failure, MemoryStep, Origin, Trail};

/// How often a node that cannot reach the origin tries again.
const PROBE: Duration = Duration::from_millis(500);

/// Whether the origin could not be reached when it was last queried.
#[derive(Default)]
pub(super) struct Outage(Mutex<State>);

#[derive(Default)]
struct State {
    /// When the next caller may try, while the outage lasts.
    next_probe: Option<Instant>,
    last_reached: Option<Instant>,
}

impl Outage {
    pub(super) fn is_on(&self) -> bool {
        self.0.lock().next_probe.is_some()
    }

    /// When the origin last answered a load.
    pub(super) fn last_reached(&self) -> Option<Instant> {
        self.0.lock().last_reached
    }

    pub(super) fn begin(&self) {
        let mut state = self.0.lock();
        if state.next_probe.is_none() {
            warn!("the origin is unreachable; serving cached answers, marked");
            state.next_probe = Some(Instant::now() + PROBE);
        }
    }

    /// Notes that the origin has answered.
    pub(super) fn reached(&self) {
        let mut state = self.0.lock();
        state.last_reached = Some(Instant::now());
        if state.next_probe.take().is_some() {
            info!("the origin is reachable again");
        }
    }

    /// Whether this caller is the one to try.
    pub(super) fn may_probe(&self) -> bool {
        let mut state = self.0.lock();
        let now = Instant::now();
        let may = state.next_probe.is_some_and(|at| at <= now);
        if may {
            state.next_probe = Some(now + PROBE);
        }
        may
    }
}

impl<O: Origin> Tiers<O> {
    /// A cached answer, marked; `None` if the node knows that a row it shows was withdrawn.
    pub(super) fn cut_off(&self, entry: &Cached<O>) -> Option<Answer<O>> {
        if !self.settings.serve_cut_off || self.log.knows_withdrawn(entry) {
            return None;
        }
        let mut trail = Trail::memory(MemoryStep::Hit);
        trail.cut_off = true;
        Some(Answer {
            entry: Arc::clone(entry),
            trail,
        })
    }

    /// What a caller gets whose load failed: if the origin cannot be reached, the answer from
    /// memory or the shared tier, marked.
    pub(super) async fn instead_of(
        &self,
        failure: Failure<O::Error>,
        ask: &O::Ask,
        found: Option<Cached<O>>,
    ) -> Result<Answer<O>, Failure<O::Error>> {
        if !self.settings.serve_cut_off || !self.is_unreachable(&failure) {
            return Err(failure);
        }
        let found = match found {
            Some(entry) => Some(entry),
            None => self.in_shared_tier(ask).await,
        };
        found.and_then(|entry| self.cut_off(&entry)).ok_or(failure)
    }

    async fn in_shared_tier(&self, ask: &O::Ask) -> Option<Cached<O>> {
        let bytes = self.shared.as_ref()?.get(&ask.key()).await.ok()??;
        Entry::decode(ask, &bytes, self.settings.revalidate)
            .ok()
            .map(Arc::new)
    }

    /// Whether a failure means that the origin cannot be reached. A node with a lease has reached it a
    /// moment ago, so what is only late there has had to wait.
    pub fn is_unreachable(&self, failure: &Failure<O::Error>) -> bool {
        match failure {
            Failure::Origin(error) if O::is_late(error) => !self.log.has_lease(),
            Failure::Origin(error) => O::is_unreachable(error),
            Failure::Late => !self.log.has_lease(),
            Failure::Interrupted | Failure::Busy => false,
        }
    }
}
