//! A circuit breaker in front of the shared tier.
//!
//! ```text
//!            FAILURES in a row                 pause over
//!   closed ───────────────────► open ───────────────────────► half open: one call probes,
//!     ▲                          ▲                            the others fail immediately
//!     │                          └──── the probe failed; pause doubled ────┤
//!     └─────────────────────────────── the probe succeeded ────────────────┘
//! ```
//!
//! (Nygard, *Release It!*, chapter 5.) A caller loses at most one timeout to a shared tier that
//! hangs, and nothing to one that is known to be down.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use metrics::Gauge;
use parking_lot::Mutex;
use tokio::time::{Instant, timeout};
use tracing::{info, warn};

use super::{LoadLease, Result, Shared, Unavailable};
use crate::metric;

/// A call that takes longer than this has failed.
const CALL_TIMEOUT: Duration = Duration::from_millis(250);

/// This many failures in a row open the breaker.
const FAILURES: u32 = 5;

/// How long it stays open, at first and at most.
const PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

/// A shared tier that is not called while it is known to be down.
pub struct Breaker {
    inner: Arc<dyn Shared>,
    state: Mutex<State>,
    open: Gauge,
}

enum State {
    Closed { failures: u32 },
    Open { until: Instant, pause: Duration },
    // The probe is under way. If it never reports, the next one may start at `until`.
    HalfOpen { until: Instant, pause: Duration },
}

impl Breaker {
    /// A closed breaker in front of `inner`.
    pub fn new(inner: Arc<dyn Shared>) -> Self {
        let open = metric::breaker();
        open.set(0.0);
        Self {
            inner,
            state: Mutex::new(State::Closed { failures: 0 }),
            open,
        }
    }

    /// Whether calls are refused at present.
    pub fn is_open(&self) -> bool {
        !matches!(*self.state.lock(), State::Closed { .. })
    }

    async fn call<T>(&self, calling: impl Future<Output = Result<T>>) -> Result<T> {
        self.admit()?;
        let outcome = timeout(CALL_TIMEOUT, calling)
            .await
            .unwrap_or_else(|_| Err(Unavailable("timed out".to_owned())));
        match &outcome {
            Ok(_) => self.succeeded(),
            Err(error) => self.failed(error),
        }
        outcome
    }

    /// Lets a call through, or refuses it.
    fn admit(&self) -> Result<()> {
        let mut state = self.state.lock();
        match *state {
            State::Closed { .. } => Ok(()),
            State::Open { until, pause } | State::HalfOpen { until, pause }
                if Instant::now() >= until =>
            {
                *state = State::HalfOpen {
                    until: Instant::now() + CALL_TIMEOUT * 2,
                    pause,
                };
                Ok(())
            }
            State::Open { .. } | State::HalfOpen { .. } => {
                Err(Unavailable("the circuit breaker is open".to_owned()))
            }
        }
    }

    fn succeeded(&self) {
        let mut state = self.state.lock();
        if !matches!(*state, State::Closed { .. }) {
            info!("the shared tier answers again");
            self.open.set(0.0);
        }
        *state = State::Closed { failures: 0 };
    }

    fn failed(&self, error: &Unavailable) {
        let mut state = self.state.lock();
        let pause = match *state {
            State::Closed { failures } if failures + 1 < FAILURES => {
                *state = State::Closed {
                    failures: failures + 1,
                };
                return;
            }
            State::Closed { .. } => {
                warn!(%error, "the shared tier is down; memory and the database take over");
                self.open.set(1.0);
                PAUSE
            }
            State::HalfOpen { pause, .. } => (pause * 2).min(LONGEST_PAUSE),
            // The call began before the breaker opened.
            State::Open { .. } => return,
        };
        *state = State::Open {
            until: Instant::now() + pause,
            pause,
        };
    }
}

#[async_trait]
impl Shared for Breaker {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        self.call(self.inner.get(key)).await
    }

    async fn set(
        &self,
        key: &str,
        value: Bytes,
        lifetime: Duration,
        owner: Option<&str>,
    ) -> Result<()> {
        self.call(self.inner.set(key, value, lifetime, owner)).await
    }

    async fn take_load_lease(&self, key: &str, owner: &str, length: Duration) -> Result<LoadLease> {
        self.call(self.inner.take_load_lease(key, owner, length))
            .await
    }

    async fn has_load_lease(&self, key: &str) -> Result<bool> {
        self.call(self.inner.has_load_lease(key)).await
    }

    async fn release_load_lease(&self, key: &str, owner: &str) -> Result<()> {
        self.call(self.inner.release_load_lease(key, owner)).await
    }

    async fn time_left(&self, key: &str) -> Result<Option<Duration>> {
        self.call(self.inner.time_left(key)).await
    }

    async fn remove(&self, key: &str) -> Result<()> {
        self.call(self.inner.remove(key)).await
    }

    // A tier that refuses this may well do everything else, so it says nothing about being down.
    async fn state(&self) -> Result<Option<super::State>> {
        timeout(CALL_TIMEOUT, self.inner.state())
            .await
            .unwrap_or_else(|_| Err(Unavailable("timed out".to_owned())))
    }
}
