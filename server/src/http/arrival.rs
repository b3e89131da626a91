//! How the body of a request arrives: one that stops, or takes too long, is the client's fault (408).

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::Poll,
    time::Duration,
};

use axum::{body::Body, extract::Request};
use futures::{StreamExt, TryStreamExt, stream};
use hyper::body::Body as _;
use tower_http::timeout::{TimeoutBody, TimeoutError};

/// For how long a body may pause.
const PAUSE: Duration = Duration::from_secs(10);

// The states of a body.
const AWAITED: u8 = 0;
const COMPLETE: u8 = 1;
const STOPPED: u8 = 2;

/// What is known of the body of a request, if it has one.
pub(super) struct Arrival(Option<Arc<AtomicU8>>);

impl Arrival {
    /// Watches the body of a request, which fails if it stops.
    pub(super) fn watch(request: Request) -> (Request, Self) {
        if request.body().is_end_stream() {
            return (request, Self(None));
        }
        let state = Arc::new(AtomicU8::new(AWAITED));
        let (stopped, complete) = (Arc::clone(&state), Arc::clone(&state));
        let request = request.map(|body| {
            let data = Body::new(TimeoutBody::new(PAUSE, body)).into_data_stream();
            let data = data.inspect_err(move |error| {
                if error.source().is_some_and(|why| why.is::<TimeoutError>()) {
                    stopped.store(STOPPED, Ordering::Relaxed);
                }
            });
            let end = stream::poll_fn(move |_| {
                let _ = complete.compare_exchange(
                    AWAITED,
                    COMPLETE,
                    Ordering::Relaxed,
                    Ordering::Relaxed,
                );
                Poll::Ready(None)
            });
            Body::from_stream(data.chain(end))
        });
        (request, Self(Some(state)))
    }

    /// Whether it has paused for too long.
    pub(super) fn has_stopped(&self) -> bool {
        self.is(STOPPED)
    }

    /// Whether it is not complete, or nobody has looked whether it is.
    pub(super) fn is_awaited(&self) -> bool {
        self.is(AWAITED)
    }

    fn is(&self, state: u8) -> bool {
        let this = self.0.as_ref();
        this.is_some_and(|this| this.load(Ordering::Relaxed) == state)
    }
}
